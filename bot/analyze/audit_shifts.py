"""Hold sentences on what changed most against the tables."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from bot.analyze.audit_claims import Mention, answers, describe, is_guarded, is_led, matching, with_inherited
from bot.analyze.audit_clause import clause_bounds, distance, marks_in, only_of
from bot.analyze.audit_finding import Finding, Phrase, plain
from bot.analyze.audit_series import Comparison, Key, Label, Series
from bot.model import Place
from bot.parse.lexicon import Mark
from bot.parse.published import Sentence

_NEAR = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Most:
    """Labels said to have changed most, and those that say in what."""

    claimed: frozenset[Label]
    fixed: frozenset[Label]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether the claimed changes are the largest in one comparison, and which are larger."""

    holds: bool
    shown: str
    line: int


def check_biggest(
    sentence: Sentence, named: Sequence[Mention], before: Sequence[Mention], known: Series, place: Place
) -> Iterator[Finding]:
    """Yield what is said to have changed most where something else changed more, under every reading."""
    for mark in sentence.having("biggest"):
        noun = _noun(sentence, mark)
        start, end = clause_bounds(sentence, mark.start)
        if noun is None or is_guarded(sentence, start, end, named, "maybe", "negation"):
            continue
        labels = [each for each in named if start <= each.start and each.end <= end]
        found: list[Verdict] = []
        for most in _readings(sentence, mark, noun, labels, known):
            wide = with_inherited(most.claimed | most.fixed, [answers(before, known)], known) - most.claimed
            found += _verdicts(replace(most, fixed=wide), _size(noun.role), known)
        if found and not any(verdict.holds for verdict in found):
            yield Finding(
                place=replace(place, line=sentence.line_at(mark.start)),
                kind="difference",
                subject="",
                published=sentence.text,
                recomputed=plain(found[0].shown),
                formula=Phrase(key="audit-formula-table", details=(found[0].shown, str(found[0].line))),
            )


def _noun(sentence: Sentence, mark: Mark) -> Mark | None:
    """Return the word for a change that a superlative belongs to: "biggest change", or "changed the most"."""
    verbs = [each for each in sentence.having("difference", "up", "down") if each.end <= mark.start]
    if verbs and only_of(sentence, verbs[-1].end, mark.start, "being", "meaning"):
        return verbs[-1]
    behind = [each for each in sentence.having("difference", "rise", "fall") if each.start >= mark.start]
    near = [each for each in behind if distance(sentence, mark.end, each.start) <= _NEAR]
    return near[0] if near else None


def _readings(sentence: Sentence, mark: Mark, noun: Mark, labels: Sequence[Mention], known: Series) -> list[Most]:
    """Return who may be said to have changed most, and in what: "the biggest must-have change was that of A"."""
    start, end = min(mark.start, noun.start), max(mark.end, noun.end)
    amid = [each for each in labels if mark.end <= each.start and each.end <= noun.start]
    ahead = [each for each in labels if each.end <= start]
    behind = [each for each in labels if each.start >= end]
    if amid:
        return _mosts([(amid, [*ahead, *behind])])
    if behind and mark.start < noun.start and _is_right_behind(sentence, noun, behind[0]):
        who = [] if ahead and is_led(sentence, ahead[0]) else _things(ahead, known)
        measures = [each for each in ahead if each not in who]
        return _mosts([([*measures, behind[0]], [*who, *behind[1:]])])
    if ahead and behind:
        # "In plums, the biggest change …" says in what; "Plums saw the biggest change …" says who
        is_measure = is_led(sentence, ahead[0]) or not any(
            known.dimensions[each.label] in known.things for each in ahead
        )
        return _mosts([(ahead, behind) if is_measure else (behind, ahead)])
    return _mosts([([], [*ahead, *behind])])


def _things(labels: Sequence[Mention], known: Series) -> list[Mention]:
    return [each for each in labels if known.dimensions[each.label] in known.things]


def _mosts(several: Sequence[tuple[Sequence[Mention], Sequence[Mention]]]) -> list[Most]:
    pairs = [
        (frozenset(each.label for each in fixed), frozenset(each.label for each in claimed))
        for fixed, claimed in several
    ]
    return [Most(claimed=claimed - fixed, fixed=fixed) for fixed, claimed in pairs if claimed - fixed]


def _is_right_behind(sentence: Sentence, noun: Mark, label: Mention) -> bool:
    """Tell "change in must-have" from "change was in …"."""
    is_near = distance(sentence, noun.end, label.start) <= 2
    has_verb = marks_in(sentence, noun.end, label.start, "being") or ":" in sentence.text[noun.end : label.start]
    return is_near and not has_verb


def _size(role: str) -> Callable[[Fraction], Fraction]:
    """Return how large a change counts: either way, or only upwards or downwards."""
    return {"rise": _upwards, "up": _upwards, "fall": _downwards, "down": _downwards}.get(role, abs)


def _upwards(change: Fraction) -> Fraction:
    return change


def _downwards(change: Fraction) -> Fraction:
    return -change


def _verdicts(most: Most, size: Callable[[Fraction], Fraction], known: Series) -> Iterator[Verdict]:
    for comparison in known.comparisons:
        keys, _ = matching(most.fixed, comparison.values, known)
        changes = {key: size(_change(comparison, key)) for key in keys}
        claimed, _ = matching(most.claimed, changes, known)
        if claimed and len(claimed) < len(changes):
            larger = [key for key in changes if changes[key] > min(changes[each] for each in claimed)]
            others = [key for key in larger if key not in claimed]
            same = [key for key in others if any(_answer(key, known) == _answer(each, known) for each in claimed)]
            top = sorted(same or others or claimed, key=lambda key: -changes[key])[:2]
            shown = ", ".join(describe(key, comparison, known) for key in top)
            yield Verdict(holds=_holds(most, claimed, changes, known), shown=shown, line=comparison.line)


def _answer(key: Key, known: Series) -> Key:
    return frozenset(label for label in key if known.dimensions[label] not in known.things)


def _change(comparison: Comparison, key: Key) -> Fraction:
    before, after = comparison.values[key]
    return after.exact - before.exact


def _holds(most: Most, claimed: Sequence[Key], changes: Mapping[Key, Fraction], known: Series) -> bool:
    """Tell whether what is claimed is the largest; where no answer is named, in any answer at all."""
    is_open = len({known.dimensions[label] for label in most.claimed | most.fixed}) < len(next(iter(claimed)))
    if len(claimed) == 1 or is_open:
        largest = max(changes.values())
        if any(changes[key] == largest for key in claimed) and not most.fixed:
            return True
    right = [_leads(key, claimed, changes, known) for key in claimed]
    return any(right) if is_open else all(right)


def _leads(key: Key, claimed: Sequence[Key], changes: Mapping[Key, Fraction], known: Series) -> bool:
    """Tell whether a change is the largest among all things for its answer, those claimed as well left aside."""
    answer = _answer(key, known)
    rivals = [other for other in changes if answer <= other and other not in claimed] if answer else []
    rivals = rivals or [other for other in changes if other not in claimed]
    return all(changes[other] <= changes[key] for other in rivals)
