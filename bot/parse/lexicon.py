"""Find phrases of a language in a text, word by word, in time that grows with the text alone."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from bot.parse.text import fold

# Scripts that put no spaces between words: each character is a word of its own, and a phrase is several of them.
_SINGLE = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# Vowel signs and the like, which Python counts as no letters: without them क़ and का would be one.
_SIGNS = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0903\u093a-\u094f\u0955-\u0957"
    "\u0962\u0963\u0981-\u0983\u09bc-\u09d7\u0a01-\u0a51\u0a81-\u0acd\u0b01-\u0b57\u0b82-\u0bd7\u0c00-\u0c56"
    "\u0c81-\u0cd6\u0d00-\u0d57\u0d82-\u0ddf\u200c\u200d"
)
_WORD = re.compile(
    r"\d{1,20}(?=[\uac00-\ud7a3])"  # a number from the Korean word that counts with it
    rf"|[{_SINGLE}][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]{{0,5}}"
    rf"|(?:(?![{_SINGLE}])[\w{_SIGNS}]){{1,200}}"
)
_SINGLE_WORD = re.compile(rf"\d{{1,20}}(?=[\uac00-\ud7a3])|[{_SINGLE}]")
_REACH = 12  # words, more than the longest phrase
_SHORTEST_STEM = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One word of a text, as it is compared, and where it stands."""

    word: str
    start: int
    end: int

    @property
    def weight(self) -> float:
        """Return how much it counts when words are counted: a character of a script without spaces is half a word."""
        return 0.5 if _SINGLE_WORD.match(self.word) else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A phrase that plays a role, such as "up" for "went up"; first and last are the numbers of its words."""

    role: str
    first: int
    last: int
    start: int
    end: int


def tokens(text: str) -> tuple[Token, ...]:
    """Return the words of a text; hyphens, quotation marks and apostrophes part them."""
    return tuple(Token(word=fold(each.group()), start=each.start(), end=each.end()) for each in _WORD.finditer(text))


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text without their places."""
    return tuple(token.word for token in tokens(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stems:
    """What a language puts before and behind its words, so that "Координации" is known for "Координация"."""

    beginnings: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()

    def of(self, word: str) -> str:
        """Return a word without its longest known ending and beginning, if enough of it is left."""
        for ending in sorted(self.endings, key=len, reverse=True):
            if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
                word = word.removesuffix(ending)
                break
        for beginning in sorted(self.beginnings, key=len, reverse=True):
            if word.startswith(beginning) and len(word) - len(beginning) >= _SHORTEST_STEM - 1:
                return word.removeprefix(beginning)
        return word


@dataclass(frozen=True, slots=True, kw_only=True)
class _Phrase:
    """The words of a phrase with the roles that it plays; of an open word only the beginning is given."""

    words: tuple[str, ...]
    is_open: tuple[bool, ...]
    roles: tuple[str, ...]

    def fits(self, several: Sequence[str]) -> bool:
        """Tell whether words, as many as the phrase has, are its own."""
        return all(
            each.startswith(word) if is_open else each == word
            for each, word, is_open in zip(several, self.words, self.is_open, strict=True)
        )


class Lexicon:
    """Phrases by their first word, each with the roles that it plays.

    A word of a phrase may end in ``*``, which stands for any ending: "increas*".
    """

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        roles: dict[str, list[str]] = {}
        for role, several in phrases.items():
            for phrase in several:
                roles.setdefault(phrase, []).append(role)
        self._phrases: dict[str, list[_Phrase]] = {}
        self._open: dict[str, list[_Phrase]] = {}
        for phrase, played in roles.items():
            each = _phrase(phrase, played)
            if each.words:
                found = self._open if each.is_open[0] else self._phrases
                found.setdefault(each.words[0], []).append(each)
        self._lengths = sorted({len(word) for word in self._open})

    def roles(self, label: Sequence[str]) -> frozenset[str]:
        """Return the roles of a label that says nothing more than a phrase."""
        same = [each for each in self._beginning(label, 0) if len(each.words) == len(label)]
        return frozenset(role for each in same for role in each.roles)

    def marks(self, text: Sequence[Token], *, keep: str = "") -> tuple[Mark, ...]:
        """Return the phrases in a text; one inside a longer one is left out, unless that plays the role keep."""
        several = [token.word for token in text]
        found = [list(self._at(text, several, at)) for at in range(len(text))]
        near = [list(chain.from_iterable(found[max(0, at - _REACH) : at + 1])) for at in range(len(text))]
        return tuple(
            mark
            for at, marks in enumerate(found)
            for mark in marks
            if not any(_hides(other, mark, keep) for other in near[at])
        )

    def _at(self, text: Sequence[Token], several: Sequence[str], at: int) -> Iterator[Mark]:
        for phrase in self._beginning(several, at):
            last = at + len(phrase.words) - 1
            start, end = text[at].start, text[last].end
            yield from (Mark(role=role, first=at, last=last, start=start, end=end) for role in phrase.roles)

    def _beginning(self, several: Sequence[str], at: int) -> list[_Phrase]:
        """Return the phrases that begin at a word."""
        if at >= len(several):
            return []
        word = several[at]
        known = [*self._phrases.get(word, ())]
        known += [each for length in self._lengths for each in self._open.get(word[:length], ())]
        ends = [(each, at + len(each.words)) for each in known]
        return [each for each, end in ends if end <= len(several) and each.fits(several[at:end])]


def _phrase(phrase: str, roles: Sequence[str]) -> _Phrase:
    split = tokens(phrase)
    is_open = tuple(phrase[token.end : token.end + 1] == "*" for token in split)
    return _Phrase(words=tuple(token.word for token in split), is_open=is_open, roles=tuple(roles))


def _hides(other: Mark, mark: Mark, keep: str) -> bool:
    is_longer = other.last - other.first > mark.last - mark.first
    return is_longer and other.last >= mark.last and other.role != keep
