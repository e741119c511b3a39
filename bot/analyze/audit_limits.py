"""Hold sentences of thresholds, majorities and quoted shares against the figures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from bot.analyze.audit_claims import Mention, answers, is_guarded, matching, with_inherited
from bot.analyze.audit_clause import clause_bounds, figures_in, is_parted, marks_in, words_in
from bot.analyze.audit_finding import Finding, Phrase, closer, fits, plain, printed
from bot.analyze.audit_ratios import ratios
from bot.analyze.audit_series import Key, Label, Series, Snapshot, Value
from bot.model import Place
from bot.parse.lexicon import Mark
from bot.parse.published import Sentence
from bot.parse.quantity import PERCENT, Quantity

_NEAR = 3
_FAR = 6
_SHOWN = 4
_HALF = Fraction(50)
# A majority is more than half; how much more a huge one is, nobody says: below these the word is wrong for sure.
_BOUNDS = {
    "majority": (_HALF, Fraction(100)),
    "huge_majority": (Fraction(55), Fraction(100)),
    "minority": (Fraction(0), _HALF),
    "small_minority": (Fraction(0), Fraction(40)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A percentage that things are said to lie above or below."""

    bound: Quantity
    is_above: bool
    is_all: bool
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What one poll says of a threshold."""

    holds: bool
    shown: str
    line: int


def check_limits(
    sentence: Sentence, named: Sequence[Mention], before: Sequence[Mention], known: Series, place: Place
) -> Iterator[Finding]:
    """Yield "all above p%" where under no poll and no answer all are."""
    for limit in _limits(sentence, named):
        start = clause_bounds(sentence, limit.mark.start)[0]
        inside = frozenset(each.label for each in named if start <= each.start and each.end <= limit.bound.start)
        later = [each for each in named if each.label not in inside]
        labels = with_inherited(inside, [later, answers(before, known)], known)
        if not inside and not limit.is_all:
            continue
        seen = list(_seen(labels, limit, known, _here(known, sentence.section)))
        if seen and not any(each.holds for each in seen):
            yield Finding(
                place=replace(place, line=sentence.line_at(limit.mark.start)),
                kind="threshold",
                subject="",
                published=sentence.text,
                recomputed=plain(seen[0].shown),
                formula=Phrase(key="audit-formula-table", details=(seen[0].shown, str(seen[0].line))),
            )


def _limits(sentence: Sentence, named: Sequence[Mention]) -> Iterator[Limit]:
    for mark in sentence.having("above", "below"):
        bound = next((each for each in sentence.figures if each.start >= mark.end), None)
        start, end = clause_bounds(sentence, mark.start)
        if bound is None or bound.kind != PERCENT or len(words_in(sentence, mark.end, bound.start)) > _NEAR:
            continue
        if is_guarded(sentence, start, end, named, "maybe", "gap", "rule") or is_parted(
            sentence.text[mark.end : bound.start]
        ):
            continue
        every, none = (marks_in(sentence, start, mark.start, role) for role in ("all", "none"))
        is_near = [len(words_in(sentence, each.end, mark.start)) <= _FAR for each in (*every, *none)]
        has_people = bool(marks_in(sentence, start, mark.start, "people"))
        other_no = [each for each in marks_in(sentence, start, end, "negation") if not _within(each, none)]
        is_denied = any(not any(one.start <= each.start < one.end for one in named) for each in other_no)
        if is_denied or (any(is_near) and has_people):
            continue
        yield Limit(bound=bound, is_above=(mark.role == "above") != bool(none), is_all=any(is_near), mark=mark)


def _within(mark: Mark, several: Sequence[Mark]) -> bool:
    return any(each.start <= mark.start and mark.end <= each.end for each in several)


def _here(known: Series, section: int) -> list[Snapshot]:
    return [each for each in known.snapshots if each.section == section] or list(known.snapshots)


def _seen(labels: frozenset[Label], limit: Limit, known: Series, snapshots: Sequence[Snapshot]) -> Iterator[Seen]:
    """Yield for each poll, and for each answer where none is named, whether all lie on the right side."""
    for snapshot in snapshots:
        keys, _ = matching(labels, [key for key, each in snapshot.values.items() if each.is_share], known)
        lines: dict[Key, list[Key]] = {}
        for key in keys:
            answer = frozenset(label for label in key if known.dimensions[label] != known.things)
            lines.setdefault(answer, []).append(key)
        for line in lines.values():
            if len(line) > 1 or not limit.is_all:
                wrong = [key for key in line if not _is_beyond(snapshot.values[key], limit)]
                shown = ", ".join(_described(key, snapshot, known) for key in (wrong or line)[:_SHOWN])
                yield Seen(holds=not wrong, shown=shown, line=snapshot.line)


def _is_beyond(value: Value, limit: Limit) -> bool:
    if limit.is_above:
        return max(value.exact, value.printed) >= limit.bound.value
    return min(value.exact, value.printed) <= limit.bound.value


def _described(key: Key, snapshot: Snapshot, known: Series) -> str:
    name = ", ".join(sorted(known.names[label] for label in key))
    return f"{name}: {printed(snapshot.values[key].exact, 1)}%"


def check_majorities(sentence: Sentence, place: Place) -> Iterator[Finding]:
    """Yield a majority that is none, by the figures that the same clause gives for it."""
    marks = sentence.having(*_BOUNDS)
    for mark in marks:
        start, end = clause_bounds(sentence, mark.start)
        if _is_denied(sentence, start, mark) or marks_in(sentence, start, end, "rule"):
            continue
        end = min([end, *(other.start for other in marks if other.start >= mark.end)])
        said = _said_share(sentence, mark, end)
        if said is None or _is_such(mark.role, said):
            continue
        exact = said.most if mark.role.endswith("majority") else said.least
        yield Finding(
            place=replace(place, line=sentence.line_at(said.start)),
            kind="majority",
            subject="",
            published=f"{sentence.text[mark.start : mark.end]} ({said.text})",
            recomputed=plain(f"{printed(exact, 1)}%"),
            formula=plain(f"{said.text} = {printed(exact, 1)}%"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """From what to what a share may be that a sentence gives, how it is written and where."""

    least: Fraction
    most: Fraction
    text: str
    start: int


def _is_denied(sentence: Sentence, start: int, mark: Mark) -> bool:
    denied = marks_in(sentence, start, mark.start, "negation")
    return bool(denied) and len(words_in(sentence, denied[-1].end, mark.start)) < _NEAR


def _is_such(role: str, said: Said) -> bool:
    low, high = _BOUNDS[role]
    return said.most > low if role.endswith("majority") else said.least < high


def _said_share(sentence: Sentence, mark: Mark, end: int) -> Said | None:
    """Return the share that stands next behind a word of majority; None where none is given."""
    found = next((each for each in ratios(sentence) if mark.end <= each.start and each.end <= end), None)
    behind = figures_in(sentence, mark.end, end)
    if found is not None and behind and behind[0] in (found.part, found.whole, found.share):
        text = sentence.text[found.start : found.end]
        return Said(least=found.exact, most=found.exact, text=text, start=found.start)
    if not behind or behind[0].kind != PERCENT or behind[0].bound:
        return None
    several = _in_parentheses(sentence, behind[0], behind)
    values = [each.value for each in several]
    text = " + ".join(sentence.text[each.start : each.end] for each in several)
    return Said(least=max(values), most=sum(values, Fraction(0)), text=text, start=behind[0].start)


def _in_parentheses(sentence: Sentence, first: Quantity, behind: Sequence[Quantity]) -> list[Quantity]:
    """Return a percentage with those that stand in one parenthesis with it: they may be meant together."""
    close = sentence.text.find(")", first.end)
    if close < 0 or "(" in sentence.text[first.end : close]:
        return [first]
    return [each for each in behind if each.end <= close and each.kind == PERCENT]


def check_quotes(
    sentence: Sentence, named: Sequence[Mention], before: Sequence[Mention], known: Series, place: Place
) -> Iterator[Finding]:
    """Yield "A (p%)" where no table of the page has p% for A."""
    for figure in sentence.figures:
        if figure.kind != PERCENT or figure.sign or not _is_alone(sentence, figure):
            continue
        label = next((each for each in named if _is_right_before(sentence, each, figure)), None)
        if label is None or not _is_rank(sentence):
            continue
        values = [
            value
            for snapshot in known.snapshots
            for key, value in snapshot.values.items()
            if label.label in key and value.is_share
        ]
        if values and not any(fits(figure, each) for value in values for each in (value.exact, value.printed)):
            yield _quoted(sentence, figure, label, [named, answers(before, known)], known, place)


def _is_rank(sentence: Sentence) -> bool:
    return bool(sentence.having("first", "second", "third", "last", "followed", "up", "down", "above", "poll"))


def _is_alone(sentence: Sentence, figure: Quantity) -> bool:
    """Tell whether a share fills a parenthesis."""
    before, after = sentence.text[: figure.start].rstrip("~≈ "), sentence.text[figure.end :].lstrip()
    return before.endswith("(") and after.startswith(")")


def _is_right_before(sentence: Sentence, label: Mention, figure: Quantity) -> bool:
    text = sentence.text[label.end : figure.start]
    is_near = label.end <= figure.start and len(words_in(sentence, label.end, figure.start)) <= 1
    return is_near and not any(sign in text for sign in ".,;:)")


def _quoted(
    sentence: Sentence,
    figure: Quantity,
    label: Mention,
    around: Sequence[Sequence[Mention]],
    known: Series,
    place: Place,
) -> Finding:
    wide = with_inherited(frozenset({label.label}), around, known)
    here = [each for each in _here(known, sentence.section) if matching(wide, each.values, known)[0]]
    snapshot = here[0] if here else next(each for each in known.snapshots if matching(wide, each.values, known)[0])
    keys, _ = matching(wide, snapshot.values, known)
    value = snapshot.values[keys[0]]
    text = sentence.text[figure.start : figure.end]
    shown = ", ".join(_described(key, snapshot, known) for key in keys[:_SHOWN])
    return Finding(
        place=replace(place, line=sentence.line_at(figure.start)),
        kind="share",
        subject=known.names[label.label],
        published=text,
        recomputed=plain(closer(figure, value.exact) if len(keys) == 1 else shown),
        formula=Phrase(key="audit-formula-table", details=(shown, str(snapshot.line))),
        repair=f"{text} → {printed(value.printed, figure.decimals)}%" if len(keys) == len(here) == 1 else "",
    )
