"""Match the questions that pages ask now with those of the register, so that a question keeps its id.

The same words come first; then nearly the same ones, asked at the same time or instead of what was asked before. What
is asked instead takes the place of one question alone, the most alike first. In the same signed comment less need be
alike, as nobody asks anew with the time of an old signature, and a long question in the same section some less.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.parse.wording import Wording, Wordings, is_same, likeness
from bot.questions import Asked, Remembered

_LEAST_SIGNED = 0.4  # of what must be alike in the same comment
_LEAST_IN_SECTION = 0.65  # in the same section, of questions with so many words:
_LONG = 5
_MOST_IN_PLACE = 50  # questions that are compared with one of the same place
_KEY = 3  # letters of a word by which candidates are found; a typing error rarely comes earlier


@dataclass(slots=True)
class Group:
    """The places that ask one question; number is that of the register, 0 while it has none."""

    wording: Wording
    asked: list[Asked]
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """A wording with the number of its question, and the beginnings of its words."""

    wording: Wording
    number: int
    keys: frozenset[str]


def _keys(wording: Wording) -> frozenset[str]:
    """Return the beginnings of words, of Semitic ones the ends: what little words add there stands in front."""
    return frozenset(word[-_KEY:] if "\u0590" <= word[0] <= "\u06ff" else word[:_KEY] for word in wording.content)


class _Index:
    """Wordings by the beginnings of their words, so that only those need comparing that may be alike."""

    def __init__(self, least: float) -> None:
        self._least = least
        self._postings: dict[tuple[frozenset[str], str], list[_Known]] = {}

    def add(self, wording: Wording, number: int) -> None:
        known = _Known(wording=wording, number=number, keys=_keys(wording))
        for key in known.keys:
            self._postings.setdefault((wording.turning, key), []).append(known)

    def candidates(self, wording: Wording) -> Iterable[_Known]:
        """Return what may be alike: so many words must be the same that one of the rarest ones is."""
        keys = _keys(wording)
        postings = sorted((self._postings.get((wording.turning, key), []) for key in keys), key=len)
        count = len(wording.content)
        shared = math.ceil(count * self._least / (2 - self._least) - 1e-9)
        # A word that stands twice has one key.
        doubled, half = count - len(keys), self._least / 2
        for known in {id(each): each for several in postings[: count - shared + 1] for each in several}.values():
            if len(keys & known.keys) + doubled >= (count + len(known.wording.content)) * half - 1e-9:
                yield known


def grouped(asked: Sequence[Asked], register: Sequence[Remembered], words: Wordings, least: float) -> list[Group]:
    """Return the questions that are asked, each with all of its places, and numbered where the register has it."""
    groups = _by_key(asked, words)
    known = {each.number: [words.of(said) for said in _wordings(each)] for each in register}
    _number_exact(groups, known)
    groups = _number_same(groups, known)
    unnumbered = [group for group in groups if not group.number]
    _number_instead(unnumbered, groups, known, least)
    _number_in_place(unnumbered, groups, register, known)
    return groups


def _wordings(entry: Remembered) -> list[str]:
    return list(dict.fromkeys([*entry.wordings, entry.first_wording]))


def _by_key(asked: Sequence[Asked], words: Wordings) -> list[Group]:
    groups: dict[str, Group] = {}
    for each in asked:
        wording = words.of(each.question)
        key = wording.key or each.question
        groups.setdefault(key, Group(wording=wording, asked=[])).asked.append(each)
    return list(groups.values())


def _number_exact(groups: Sequence[Group], known: Mapping[int, Sequence[Wording]]) -> None:
    numbers: dict[str, int] = {}
    for depth in (1, None):  # what was asked last before what was asked earlier
        for number, wordings in known.items():
            for wording in wordings[:depth]:
                numbers.setdefault(wording.key, number)
    for group in groups:
        group.number = numbers.get(group.wording.key, 0)


def _number_same(groups: Sequence[Group], known: Mapping[int, Sequence[Wording]]) -> list[Group]:
    """Join what is the same question in nearly the same words, in the register or on the pages."""
    index = _Index(0.85)
    kept: dict[int, Group] = {}
    for number, wordings in known.items():
        for wording in wordings:
            index.add(wording, number)
    for at, group in enumerate(groups):
        mark = group.number or -at - 1  # a question without a number is known by its place in the list
        if not group.number:
            best = _best(group.wording, index)
            mark = best or mark
            group.number = max(mark, 0)
            if not best:
                index.add(group.wording, mark)
        if mark in kept:
            kept[mark].asked += group.asked
        else:
            kept[mark] = group
    return list(kept.values())


def _best(wording: Wording, index: _Index) -> int:
    """Return the number of the same question, 0 where there is none: the most alike, of equals the first."""
    alike = [
        (-likeness(wording, known.wording), abs(known.number), known.number)
        for known in index.candidates(wording)
        if is_same(wording, known.wording)
    ]
    return min(alike)[2] if alike else 0


def _number_instead(
    unnumbered: Sequence[Group], groups: Sequence[Group], known: Mapping[int, Sequence[Wording]], least: float
) -> None:
    """Give what is asked in other words the number of what is asked no more."""
    taken = {group.number for group in groups}
    index = _Index(least)
    for number, wordings in known.items():
        for wording in wordings if number not in taken else ():
            index.add(wording, number)
    pairs = [
        _Pair(share=share, number=known.number, group=group)
        for group in unnumbered
        for known in index.candidates(group.wording)
        if (share := likeness(group.wording, known.wording)) >= least
    ]
    _give(pairs, taken)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """A question and a number that it may have, and how alike the two are."""

    share: float
    number: int
    group: Group


def _order(pair: _Pair) -> tuple[float, int]:
    return -pair.share, pair.number


def _give(pairs: Iterable[_Pair], taken: set[int]) -> None:
    """Give each number to one question, and each question one number: the most alike first, of equals the first."""
    for pair in sorted(pairs, key=_order):
        if pair.number not in taken and not pair.group.number:
            pair.group.number = pair.number
            taken.add(pair.number)


def _number_in_place(
    unnumbered: Sequence[Group],
    groups: Sequence[Group],
    register: Sequence[Remembered],
    known: Mapping[int, Sequence[Wording]],
) -> None:
    """Give what is asked where another question is asked no more its number, if enough of it is the same."""
    taken = {group.number for group in groups}
    at_spot: dict[str, list[int]] = {}
    for row in register:
        for spot in row.spots if row.number not in taken else ():
            at_spot.setdefault(spot, []).append(row.number)
    pairs = [
        _Pair(share=share, number=number, group=group)
        for group in unnumbered
        for asked in (group.asked if not group.number else ())
        for number in at_spot.get(asked.spot, ())[:_MOST_IN_PLACE]
        for wording in known[number][:1]
        if (share := likeness(group.wording, wording)) >= _least(group.wording, wording, is_signed=asked.is_signed)
    ]
    _give(pairs, taken)


def _least(one: Wording, other: Wording, *, is_signed: bool) -> float:
    if is_signed:
        return _LEAST_SIGNED
    is_long = min(len(one.content), len(other.content)) >= _LONG
    return _LEAST_IN_SECTION if is_long else math.inf
