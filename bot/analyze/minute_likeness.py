"""Suggest which statements may say the same in other words; a person decides."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy
from rapidfuzz import fuzz, process

from bot.analyze.minute_merge import Accepted, Merged
from bot.minutes import Same
from bot.parse.same_words import normal

_ALIKE = 82  # of 100
_LONGEST = 300  # characters that are compared
_CHUNK = 500
_MOST_COMPARED = 4_000  # statements below one heading; more than this is no session's notes
_MOST = 200
_SHORTEST = 5  # characters: below that, nearly the same letters are another word
_NUMBER = re.compile(r"\d(?:[.,:/·٫٬-]?\d){0,30}%?")
_NEGATED = re.compile(r"n['’]?t$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Two statements below one heading that are nearly in the same words; likeness is in percent."""

    one: Merged
    other: Merged
    likeness: int

    @property
    def texts(self) -> tuple[str, str]:
        """Return both wordings, the first of which would stay."""
        return self.one.text, self.other.text


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compared:
    """What of a statement is compared: its words, its numbers, and what negates it."""

    said: Merged
    words: str
    numbers: tuple[str, ...]
    negated: int


def suggestions(
    sections: Sequence[Sequence[Merged]], declared: Sequence[Same], negations: frozenset[str]
) -> tuple[Suggestion, ...]:
    """Return the pairs below each heading that may be merged, the likest first; several sessions are behind each.

    negations are the words that make another statement of one; what people declared the same is suggested no more.
    """
    accepted = Accepted(declared)
    found = [pair for section in sections for pair in _pairs(section, accepted, negations)]
    return tuple(sorted(found, key=lambda pair: -pair.likeness)[:_MOST])


def _pairs(section: Sequence[Merged], accepted: Accepted, negations: frozenset[str]) -> Iterator[Suggestion]:
    several = [_compared(said, negations) for said in section if said.voices and not said.is_label][:_MOST_COMPARED]
    texts = [each.words for each in several]
    for start in range(0, len(texts), _CHUNK):
        chunk = texts[start : start + _CHUNK]
        scores = process.cdist(chunk, texts[start:], scorer=fuzz.ratio, score_cutoff=_ALIKE, dtype=numpy.uint8)
        sorted_scores = process.cdist(
            [_sorted(text) for text in chunk],
            [_sorted(text) for text in texts[start:]],
            scorer=fuzz.ratio,
            score_cutoff=_ALIKE,
            dtype=numpy.uint8,
        )
        best = numpy.maximum(scores, sorted_scores)
        for row, column in zip(*(axis.tolist() for axis in numpy.nonzero(best)), strict=True):
            one, other = several[start + row], several[start + column]
            if row < column and _may_be_same(one, other, accepted):
                yield Suggestion(one=one.said, other=other.said, likeness=int(best[row, column]))


def _compared(said: Merged, negations: frozenset[str]) -> _Compared:
    words = normal(said.text)
    tokens = words.split()
    return _Compared(
        said=said,
        words=words[:_LONGEST],
        numbers=tuple(sorted(_NUMBER.findall(words))),
        negated=sum(token in negations or bool(_NEGATED.search(token)) for token in tokens),
    )


def _sorted(words: str) -> str:
    return " ".join(sorted(words.split()))


def _may_be_same(one: _Compared, other: _Compared, accepted: Accepted) -> bool:
    """Tell whether a person should look: other numbers or a "not" more make another statement of it."""
    if accepted.key(one.said.text) == accepted.key(other.said.text) and accepted.holds(accepted.key(one.said.text)):
        return False
    if len({*one.said.sessions, *other.said.sessions}) < 2:
        return False
    if len(one.words) < _SHORTEST and one.words != other.words:
        return False
    return one.numbers == other.numbers and one.negated == other.negated
