"""Find phrases of a language in a text, word by word, in time that grows with the text alone."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from bot.parse.text import fold

_WORD = re.compile(r"\w+")
_REACH = 6  # words, more than the longest phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One word of a text, as it is compared, and where it stands."""

    word: str
    start: int
    end: int


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


class Lexicon:
    """Phrases by their first word, each with the roles that it plays."""

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        self._phrases: dict[str, dict[tuple[str, ...], list[str]]] = {}
        for role, several in phrases.items():
            for phrase in several:
                split = words(phrase)
                if split:
                    self._phrases.setdefault(split[0], {}).setdefault(split, []).append(role)

    def roles(self, label: Sequence[str]) -> frozenset[str]:
        """Return the roles of a label that says nothing more than a phrase."""
        return frozenset(self._phrases.get(label[0], {}).get(tuple(label), ())) if label else frozenset()

    def marks(self, text: Sequence[Token], *, keep: str = "") -> tuple[Mark, ...]:
        """Return the phrases in a text; one inside a longer one is left out, unless that plays the role keep."""
        found = [self._at(text, at) for at in range(len(text))]
        near = [list(chain.from_iterable(found[max(0, at - _REACH) : at + 1])) for at in range(len(text))]
        return tuple(
            mark
            for at, several in enumerate(found)
            for mark in several
            if not any(_hides(other, mark, keep) for other in near[at])
        )

    def _at(self, text: Sequence[Token], at: int) -> list[Mark]:
        found = []
        for phrase, roles in self._phrases.get(text[at].word, {}).items():
            last = at + len(phrase) - 1
            if tuple(token.word for token in text[at : last + 1]) == phrase:
                start, end = text[at].start, text[last].end
                found += [Mark(role=role, first=at, last=last, start=start, end=end) for role in roles]
        return found


def _hides(other: Mark, mark: Mark, keep: str) -> bool:
    is_longer = other.last - other.first > mark.last - mark.first
    return is_longer and other.last >= mark.last and other.role != keep
