"""Suggest which statements may say the same in other words; a person decides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy
import numpy.typing
from rapidfuzz import fuzz, process

from bot.analyze.minute_meaning import Meaning, Meanings, differ
from bot.analyze.minute_merge import Accepted, Merged
from bot.minutes import Same
from bot.parse.same_words import normal

_ALIKE = 82  # of 100
_LONGEST = 300  # characters that are compared
_CHUNK = 500
_MOST_COMPARED = 2_500  # statements below one heading; more than this is no session's notes
_MOST_EXAMINED = 100_000  # pairs below one heading
_MOST = 200
_SHORTEST = 5  # characters: below that, nearly the same letters are another word


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
    """What of a statement is compared: its words, and what they mean."""

    said: Merged
    words: str
    meaning: Meaning


def suggestions(
    sections: Sequence[Sequence[Merged]], declared: Sequence[Same], meanings: Meanings
) -> tuple[Suggestion, ...]:
    """Return the pairs below each heading that may be merged, the likest first; several sessions are behind each.

    What people declared the same is suggested no more.
    """
    accepted = Accepted(declared)
    found = [pair for section in sections for pair in _pairs(section, accepted, meanings)]
    return tuple(sorted(found, key=lambda pair: -pair.likeness)[:_MOST])


def _pairs(section: Sequence[Merged], accepted: Accepted, meanings: Meanings) -> Iterator[Suggestion]:
    shown = [said for said in section if said.voices and not said.is_label and not said.is_cut]
    several = _different([_compared(said, meanings) for said in shown])
    texts = [each.words for each in several]
    examined = 0
    for start in range(0, len(texts), _CHUNK):
        scores = _scores(texts[start : start + _CHUNK], texts[start:])
        rows, columns = (axis.tolist() for axis in numpy.nonzero(numpy.triu(scores, 1)))
        for row, column in zip(rows, columns, strict=True):
            one, other = several[start + row], several[start + column]
            if _may_be_same(one, other, accepted):
                yield Suggestion(one=one.said, other=other.said, likeness=int(scores[row, column]))
            examined += 1
            if examined >= _MOST_EXAMINED:
                return


def _scores(some: Sequence[str], others: Sequence[str]) -> "numpy.typing.NDArray[numpy.uint8]":
    """Return how alike texts are, in their own order of words or sorted; 0 where that is too little."""
    in_order = _ratios(some, others)
    in_any_order = _ratios([_sorted(text) for text in some], [_sorted(text) for text in others])
    return numpy.where(in_order > in_any_order, in_order, in_any_order)


def _ratios(some: Sequence[str], others: Sequence[str]) -> "numpy.typing.NDArray[numpy.uint8]":
    return process.cdist(some, others, scorer=fuzz.ratio, score_cutoff=_ALIKE, dtype=numpy.uint8)


def _different(several: Sequence[_Compared]) -> list[_Compared]:
    """Return the statements, those in the same words only twice, and the second time from another session."""
    kept: list[_Compared] = []
    first: dict[str, _Compared] = {}
    doubled: set[str] = set()
    for each in several:
        known = first.setdefault(each.words, each)
        if known is each:
            kept.append(each)
        elif each.words not in doubled and {*known.said.sessions, *each.said.sessions} != set(known.said.sessions):
            doubled.add(each.words)
            kept.append(each)
    return kept[:_MOST_COMPARED]


def _compared(said: Merged, meanings: Meanings) -> _Compared:
    return _Compared(said=said, words=normal(said.text)[:_LONGEST], meaning=meanings.of(said.text))


def _sorted(words: str) -> str:
    return " ".join(sorted(words.split()))


def _may_be_same(one: _Compared, other: _Compared, accepted: Accepted) -> bool:
    """Tell whether a person should look: other numbers or names or a "not" more make another statement of it."""
    if accepted.key(one.said.text) == accepted.key(other.said.text) and accepted.holds(accepted.key(one.said.text)):
        return False
    if len({*one.said.sessions, *other.said.sessions}) < 2:
        return False
    if len(one.words) < _SHORTEST and one.words != other.words:
        return False
    return not differ(one.meaning, other.meaning)
