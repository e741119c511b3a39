"""Hold the means that sentences quote against the tables that they are quoted from."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.analyze.audit_claims import Mention, is_guarded, matching
from bot.analyze.audit_clause import distance, only_of, text_of
from bot.analyze.audit_finding import Finding, Phrase, fits, plain, printed
from bot.analyze.audit_series import Series, Value
from bot.model import Place
from bot.parse.published import Sentence
from bot.parse.quantity import DECIMAL, Quantity

_NEAR = 4


def check_scores(sentence: Sentence, named: Sequence[Mention], known: Series, place: Place) -> Iterator[Finding]:
    """Yield "A reached a mean of 3.5", or "A (3.5)" beside a rank, where no table has that mean for A."""
    figures = [each for each in sentence.figures if each.kind == DECIMAL and not each.sign and not each.bound]
    things = [each for each in named if "mean" not in known.roles[each.label]]
    for figure in figures:
        label = _label(sentence, figure, things)
        if label is None or is_guarded(sentence, 0, len(sentence.text), named, "maybe", "negation", "gap"):
            continue
        values = list(_means(label, known))
        if any(value.line in known.doubtful for value in values):
            continue
        if values and not any(fits(figure, each) for value in values for each in (value.exact, value.printed)):
            yield _finding(sentence, figure, label, values, known, place)


def _label(sentence: Sentence, figure: Quantity, named: Sequence[Mention]) -> Mention | None:
    """Return what a mean is said of: the nearest name before, with nothing but words of means between."""
    ahead = [each for each in named if each.end <= figure.start]
    if not ahead:
        return None
    nearest = max(ahead, key=lambda each: each.end)
    between = sentence.text[nearest.end : figure.start]
    roles = ("mean", "reach", "being", "meaning", "of", "poll", "first", "second", "third", "last")
    is_plain = only_of(sentence, nearest.end, figure.start, *roles) and not any(sign in between for sign in ",;:)")
    is_near = distance(sentence, nearest.end, figure.start) <= _NEAR
    has_mean = bool(sentence.having("mean"))
    is_alone = between.rstrip().endswith("(") and sentence.text[figure.end :].lstrip().startswith(")")
    is_ranked = is_alone and bool(sentence.having("first", "second", "third", "last", "followed"))
    return nearest if is_plain and is_near and (has_mean or is_ranked) else None


def _means(label: Mention, known: Series) -> Iterator[Value]:
    for snapshot in known.snapshots:
        keys, _ = matching(frozenset({label.label}), snapshot.values, known)
        for key in keys:
            if any("mean" in known.roles[each] for each in key):
                yield snapshot.values[key]


def _finding(
    sentence: Sentence, figure: Quantity, label: Mention, values: Sequence[Value], known: Series, place: Place
) -> Finding:
    text = text_of(sentence, figure)
    shown = " / ".join(printed(value.printed, figure.decimals) for value in values)
    formula = f"{known.names[label.label]}: {shown}"
    return Finding(
        place=replace(place, line=sentence.line_at(figure.start)),
        kind="mean",
        subject="",
        published=text,
        recomputed=plain(shown),
        formula=Phrase(key="audit-formula-table", details=(formula, str(values[0].line))),
        repair=f"{text} → {shown}" if len(values) == 1 else "",
    )
