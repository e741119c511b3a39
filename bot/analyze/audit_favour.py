"""Tell what a rank is in: "came second" is said of support, not of opposition, and "most neutral" of one answer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from bot.analyze.audit_claims import Mention
from bot.analyze.audit_clause import marks_in, words_in
from bot.analyze.audit_series import Key, Label, Series, Snapshot
from bot.parse.lexicon import Mark
from bot.parse.published import Sentence

_FEW = 2
Line = Mapping[Label, Key]
_AGAINST = {"refusal", "opposition", "disagree", "unsure", "unanswered", "invalid"}


def favourable(lines: Mapping[Key, Line], known: Series) -> dict[Key, Line]:
    """Return the lines of answers that speak for a thing; all of them where none does."""
    kept = {key: line for key, line in lines.items() if not is_against(key, known)}
    return kept or dict(lines)


def is_against(answer: Key, known: Series) -> bool:
    """Tell whether an answer does not speak for a thing."""
    return any(known.roles[label] & _AGAINST for label in answer)


def balances(lines: Mapping[Key, Line], snapshot: Snapshot, known: Series) -> Iterator[dict[Label, Fraction]]:
    """Yield each other value by which things may be ranked: support less opposition, or as a share of both."""
    kept = favourable(lines, known)
    against = [line for key, line in lines.items() if key not in kept]
    for line in kept.values():
        for several in [*([each] for each in against), against] if against else []:
            whole = [label for label in line if all(label in each for each in several)]
            ours = {label: snapshot.values[line[label]].exact for label in whole}
            theirs = {label: sum(snapshot.values[each[label]].exact for each in several) for label in whole}
            yield {label: ours[label] - theirs[label] for label in whole}
            yield {label: ours[label] / (ours[label] + theirs[label] or 1) for label in whole}
            yield {label: Fraction(-theirs[label]) for label in whole}


def of_answers(sentence: Sentence, named: Sequence[Mention], known: Series) -> Iterator[Mark]:
    """Yield the superlatives right before an answer: "the most neutral votes", "the fewest must-have votes"."""
    answered = [each for each in named if known.dimensions[each.label] not in known.things]
    for mark in sentence.having("biggest", "fewest"):
        if any(each.start >= mark.end and not words_in(sentence, mark.end, each.start) for each in answered):
            yield replace(mark, role="last" if mark.role == "fewest" else "first")


def is_of_others(sentence: Sentence, mark: Mark, end: int, named: Sequence[Mention]) -> bool:
    """Tell whether a rank is one among some people only: "the most support among newcomers"."""
    for led in marks_in(sentence, mark.end, end, "among"):
        behind = words_in(sentence, led.end, end)[:_FEW]
        known: list[Mention | Mark] = [
            *named,
            *sentence.having("people", "poll", "count", "all", "counted", "total", "wave", "of"),
        ]
        is_known = any(each.start <= word.start < each.end for word in behind for each in known)
        if behind and not is_known and led.start not in {each.start for each in sentence.having("of")}:
            return True
    return False
