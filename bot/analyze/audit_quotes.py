"""Hold the shares that sentences quote against the tables that they are quoted from."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.analyze.audit_claims import Mention, answers, is_guarded, matching, with_inherited
from bot.analyze.audit_clause import distance, only_of, words_in
from bot.analyze.audit_finding import Finding, Phrase, as_printed, closer, fits, plain
from bot.analyze.audit_limits import described
from bot.analyze.audit_series import Label, Series
from bot.model import Place
from bot.parse.published import Sentence
from bot.parse.quantity import PERCENT, Quantity

_NEAR = 3
_SHOWN = 4
_ALL = 100


def check_quotes(
    sentence: Sentence, named: Sequence[Mention], before: Sequence[Mention], known: Series, place: Place
) -> Iterator[Finding]:
    """Yield "A (p%)" where no table of the page has p% for A."""
    for figure in (*sentence.figures, *sentence.fractions):
        if figure.kind != PERCENT or figure.sign or figure.bound or figure.value > _ALL:
            continue
        label = _quoted_label(sentence, figure, named)
        if label is None or (_is_alone(sentence, figure) and _is_measure(label, named, known)):
            continue
        wide = with_inherited(frozenset({label.label}), [named, answers(before, known)], known)
        about = frozenset({label.label}) if _is_alone(sentence, figure) else wide
        keys = [(snapshot, key) for snapshot in known.snapshots for key in matching(about, snapshot.values, known)[0]]
        values = [snapshot.values[key] for snapshot, key in keys if snapshot.values[key].is_share]
        is_exact = all({known.dimensions[each] for each in key} <= _dimensions(about, known) for _, key in keys)
        if not values or not (is_exact or _is_alone(sentence, figure)):
            continue
        if not any(fits(figure, each) for value in values for each in (value.exact, value.printed)):
            yield _quoted(sentence, figure, label, wide, known, place)


def _is_measure(label: Mention, named: Sequence[Mention], known: Series) -> bool:
    """Tell whether a share is not of the label before it, but of a thing: "food cost more than planned (110%)"."""
    is_thing = known.dimensions[label.label] in known.things
    return not is_thing and any(known.dimensions[each.label] in known.things for each in named)


def _dimensions(labels: frozenset[Label], known: Series) -> set[int]:
    return {known.dimensions[label] for label in labels}


def _quoted_label(sentence: Sentence, figure: Quantity, named: Sequence[Mention]) -> Mention | None:
    """Return the label that a share is said of: "A (p%)" beside a rank, or "A reached p%"."""
    if _is_alone(sentence, figure):
        close = [each for each in named if _is_right_before(sentence, each, figure)]
        return close[0] if close and _is_rank(sentence) else None
    after = next((token for token in sentence.words if token.start >= figure.end), None)
    ends = after is None or sentence.text[figure.end : after.start].strip(" ") != ""
    starts = {mark.start for mark in sentence.having("conjunction", "within", "of")} | {each.start for each in named}
    goes_on = after is not None and after.start in starts
    ahead = [each for each in named if each.end <= figure.start]
    if not ahead or not (ends or goes_on):
        return None
    nearest = max(ahead, key=lambda each: each.end)
    text = sentence.text[nearest.end : figure.start]
    words = words_in(sentence, nearest.end, figure.start)
    is_linked = 0 < len(words) <= _NEAR and only_of(sentence, nearest.end, figure.start, "reach")
    is_free = not is_guarded(sentence, 0, figure.end, named, "maybe", "negation", "gap")
    return nearest if is_linked and is_free and not any(sign in text for sign in ",.;:()") else None


def _is_rank(sentence: Sentence) -> bool:
    return bool(sentence.having("first", "second", "third", "last", "followed", "up", "down", "above", "poll"))


def _is_alone(sentence: Sentence, figure: Quantity) -> bool:
    """Tell whether a share fills a parenthesis."""
    before, after = sentence.text[: figure.start].rstrip("~≈ "), sentence.text[figure.end :].lstrip()
    return before.endswith("(") and after.startswith(")")


def _is_right_before(sentence: Sentence, label: Mention, figure: Quantity) -> bool:
    text = sentence.text[label.end : figure.start]
    is_near = label.end <= figure.start and distance(sentence, label.end, figure.start) <= 1
    return is_near and not any(sign in text for sign in ".,;:)")


def _quoted(
    sentence: Sentence, figure: Quantity, label: Mention, wide: frozenset[Label], known: Series, place: Place
) -> Finding:
    several = [each for each in known.snapshots if matching(wide, each.values, known)[0]]
    here = [each for each in several if each.section == sentence.section]
    snapshot = (here or several)[0]
    keys, _ = matching(wide, snapshot.values, known)
    value = snapshot.values[keys[0]]
    text = sentence.text[figure.start : figure.end]
    shown = ", ".join(described(key, snapshot, known) for key in keys[:_SHOWN])
    is_sure = len(keys) == len(here) == 1 and not figure.leeway
    return Finding(
        place=replace(place, line=sentence.line_at(figure.start)),
        kind="fraction" if figure.leeway else "share",
        subject=known.names[label.label],
        published=text,
        recomputed=plain(closer(figure, value.exact) if len(keys) == 1 else shown),
        formula=Phrase(key="audit-formula-table", details=(shown, str(snapshot.line))),
        repair=f"{text} → {as_printed(text, figure, value.printed)}" if is_sure else "",
    )
