"""Find words and phrases of people's languages in a text, in one pass, also where a script writes without spaces."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from bot.parse.text import fold

# Scripts that write without spaces, where a phrase has no edges to look for.
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")
_LONGEST = 8


class Word(NamedTuple):
    """One word of a text: as it is compared, as it stands, and where."""

    folded: str
    written: str
    start: int
    end: int


class Found(NamedTuple):
    """What was found: the value of the phrase, the stretch of text, and the first and last word but one of it."""

    value: str
    start: int
    end: int


@cache
def _word() -> re.Pattern[str]:
    """Compile what a word is made of: letters, digits, and the marks that many scripts write vowels with."""
    marks = [chr(code) for code in range(0x300, 0x20D0) if unicodedata.category(chr(code)).startswith("M")]
    return re.compile(f"[^\\W_](?:[^\\W_]|[{''.join(marks)}\u200c\u200d])*")


def words(text: str) -> list[Word]:
    """Return the words of a text; apostrophes and hyphens part them."""
    return [Word(_folded(found[0]), found[0], found.start(), found.end()) for found in _word().finditer(text)]


@lru_cache(maxsize=50_000)
def _folded(word: str) -> str:
    """Return a word as it is compared; people write few words often."""
    return word.casefold() if word.isascii() else fold(word)


def key(phrase: str) -> str:
    """Return a phrase as it is looked up: its folded words with single spaces."""
    return " ".join(word.folded for word in words(phrase))


def is_unspaced(text: str) -> bool:
    """Tell whether a text is in a script that writes without spaces."""
    return any(unicodedata.name(letter, "").startswith(_UNSPACED) for letter in text)


class Phrases:
    """Phrases by what they mean, longest first."""

    def __init__(self, meanings: Mapping[str, str]) -> None:
        self._spaced = {key(phrase): value for phrase, value in meanings.items() if not is_unspaced(phrase)}
        self._spaced.pop("", None)
        joined = {fold(phrase): value for phrase, value in meanings.items() if is_unspaced(phrase)}
        self._joined = joined
        longest = sorted(joined, key=lambda phrase: (-len(phrase), phrase))
        self._pattern = re.compile("|".join(map(re.escape, longest))) if longest else None
        # Few words of a text begin any phrase, so that most are passed at once.
        self._longest: dict[str, int] = {}
        for phrase in self._spaced:
            first, length = phrase.partition(" ")[0], min(phrase.count(" ") + 1, _LONGEST)
            self._longest[first] = max(length, self._longest.get(first, 0))

    @classmethod
    def of(cls, **lists: Iterable[str]) -> "Phrases":
        """Return phrases that mean the name of the list that they are in; the first list is right."""
        meanings: dict[str, str] = {}
        for name, several in lists.items():
            for phrase in several:
                meanings.setdefault(phrase, name)
        return cls(meanings)

    def meaning(self, text: str) -> str:
        """Return what a whole text means, or nothing."""
        return self._spaced.get(key(text), "") or self._joined.get(fold(text), "")

    def find(self, text: str, among: Sequence[Word] | None = None) -> list[Found]:
        """Return the phrases in a text in order; none lies in another."""
        found = self._among(words(text) if among is None else among)
        if self._pattern is not None and not text.isascii():
            plain = text.casefold()
            if len(plain) == len(text):
                found += [
                    Found(self._joined[each[0]], each.start(), each.end()) for each in self._pattern.finditer(plain)
                ]
                found.sort(key=_start)
        return found

    def _among(self, several: Sequence[Word]) -> list[Found]:
        found: list[Found] = []
        at = 0
        while at < len(several):
            length = self._at(several, at)
            if length:
                value = self._spaced[_joined(several, at, length)]
                found.append(Found(value, several[at].start, several[at + length - 1].end))
            at += length or 1
        return found

    def _at(self, several: Sequence[Word], at: int) -> int:
        """Return how many words the longest phrase has that begins at a word, 0 where none does."""
        longest = self._longest.get(several[at].folded, 0)
        for length in range(min(longest, len(several) - at), 0, -1):
            if _joined(several, at, length) in self._spaced:
                return length
        return 0


def _joined(several: Sequence[Word], at: int, length: int) -> str:
    return several[at].folded if length == 1 else " ".join(word.folded for word in several[at : at + length])


def _start(found: Found) -> int:
    return found.start
