"""Hold sentences of thresholds, majorities and quoted shares against the figures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.analyze.audit_claims import Mention, answers, is_guarded, matching, polls_of, with_inherited
from bot.analyze.audit_clause import clause_bounds, distance, is_parted, marks_in
from bot.analyze.audit_finding import Finding, Phrase, plain, printed
from bot.analyze.audit_series import Key, Label, Series, Snapshot, Value
from bot.model import Place
from bot.parse.lexicon import Mark
from bot.parse.published import Sentence
from bot.parse.quantity import PERCENT, Quantity

_NEAR = 3
_FAR = 6
_SHOWN = 4


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
        if not inside and not limit.is_all:
            continue
        polls = polls_of(sentence, _here(known, sentence.section))
        said = with_inherited(inside, [later], known)
        wide = with_inherited(said, [answers(before, known)], known)
        seen = [each for labels in dict.fromkeys((wide, said)) for each in seen_in(labels, limit, known, polls)]
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
        if bound is None or bound.kind != PERCENT or distance(sentence, mark.end, bound.start) > _NEAR:
            continue
        if is_guarded(sentence, start, end, named, "maybe", "gap", "rule") or is_parted(
            sentence.text[mark.end : bound.start]
        ):
            continue
        if _has_exception(sentence, mark):
            continue
        every, none = (marks_in(sentence, start, mark.start, role) for role in ("all", "none"))
        is_near = [distance(sentence, each.end, mark.start) <= _FAR for each in (*every, *none)]
        has_people = bool(marks_in(sentence, start, mark.start, "people"))
        other_no = [each for each in marks_in(sentence, start, end, "negation") if not _within(each, none)]
        is_denied = any(not any(one.start <= each.start < one.end for one in named) for each in other_no)
        if is_denied or (any(is_near) and has_people):
            continue
        yield Limit(bound=bound, is_above=(mark.role == "above") != bool(none), is_all=any(is_near), mark=mark)


def _has_exception(sentence: Sentence, mark: Mark) -> bool:
    """Tell whether not all are meant: "all formats but the panel"."""
    for but in [each for each in sentence.having("but", "negation") if each.end <= mark.start]:
        ahead = [each for each in sentence.having("all", "none") if each.end <= but.start]
        if ahead and distance(sentence, ahead[-1].end, but.start) <= _NEAR + 1:
            return True
    return False


def _within(mark: Mark, several: Sequence[Mark]) -> bool:
    return any(each.start <= mark.start and mark.end <= each.end for each in several)


def _here(known: Series, section: int) -> list[Snapshot]:
    return [each for each in known.snapshots if each.section == section] or list(known.snapshots)


def seen_in(labels: frozenset[Label], limit: Limit, known: Series, snapshots: Sequence[Snapshot]) -> Iterator[Seen]:
    """Yield for each poll, and for each answer where none is named, whether all lie on the right side."""
    for snapshot in snapshots:
        keys, _ = matching(labels, [key for key, each in snapshot.values.items() if each.is_share], known)
        lines: dict[Key, list[Key]] = {}
        for key in keys:
            answer = frozenset(label for label in key if known.dimensions[label] not in known.things)
            lines.setdefault(answer, []).append(key)
        for line in lines.values():
            if len(line) > 1 or not limit.is_all:
                wrong = [key for key in line if not is_beyond(snapshot.values[key], limit)]
                shown = ", ".join(described(key, snapshot, known) for key in (wrong or line)[:_SHOWN])
                yield Seen(holds=not wrong, shown=shown, line=snapshot.line)


def is_beyond(value: Value, limit: Limit) -> bool:
    """Tell whether a share lies on the right side of a threshold."""
    if limit.is_above:
        return max(value.exact, value.printed) >= limit.bound.value
    return min(value.exact, value.printed) <= limit.bound.value


def described(key: Key, snapshot: Snapshot, known: Series) -> str:
    """Write the share that stands under a key."""
    name = ", ".join(sorted(known.names[label] for label in key))
    return f"{name}: {printed(snapshot.values[key].exact, 1)}%"
