"""Know the words of votes: what a template, the first bold words of an item, or a heading say.

Where languages use one word differently, the first language is right: the wiki's own stands before the others.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.languages import Language
from bot.parse.text import fold
from bot.votes import CHOICES

NEVER, OTHER, AMBIGUOUS = "never", "other", "ambiguous"
_ROLES = (*CHOICES, OTHER, NEVER)
_LONGEST = 120
_SHORT = 4  # a word as short as "for" or "no" begins too many sentences
_NUMBERING = re.compile(r"^\(?\d{1,3}\s?[.)]\s{1,3}")
_FEW = 6  # more words than that are a title rather than a vote
_COUNT = re.compile(r"[\s:,–—-]{0,5}[(\[]?\s?(?P<count>\d{1,6})(?:\s[^\s()\[\]]{1,20})?\s?[)\]]?$")
# Scripts that write without spaces, where a word has no edges to look for.
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """What a few words say: role is a choice, "other", "never", "ambiguous", or empty where they say none of these.

    rest is what stands behind the word; mentions tells of a choice's word anywhere in it, mixed of another choice's.
    """

    role: str = ""
    strength: str = ""
    word: str = ""
    rest: str = ""
    mentions: bool = False
    mixed: bool = False

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing stands behind the word but punctuation."""
        return not any(letter.isalnum() for letter in self.rest)

    @property
    def is_asked(self) -> bool:
        """Tell whether it is a question rather than a vote."""
        return self.rest.rstrip().endswith("?")

    @property
    def is_short(self) -> bool:
        """Tell whether only a short word says it, with more words right behind it."""
        return _is_short(self.word) and self.rest[1:2].isalnum()


class _Table:
    """Words by what they mean, looked up at any place of a text, the longest word first."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self.words = words
        self._by_first: dict[str, list[str]] = {}
        for word in sorted(words, key=len, reverse=True):
            self._by_first.setdefault(word[0], []).append(word)

    def at(self, text: str, start: int) -> str:
        """Return the longest word that begins there and ends at an edge, or nothing."""
        for word in self._by_first.get(text[start : start + 1], ()):
            if text.startswith(word, start) and _is_edge(text[start + len(word) : start + len(word) + 1], word[-1]):
                return word
        return ""

    def anywhere(self, text: str) -> Iterable[str]:
        """Yield what words within the text mean."""
        start = 0
        while start < len(text):
            word = self.at(text, start) if _is_edge(text[start - 1 : start], text[start]) else ""
            if word:
                yield self.words[word]
            start += len(word) or 1


class VoteNames:
    """The words, headings and templates of votes that count on one page."""

    def __init__(self, layers: Sequence[Language]) -> None:
        votes = [layer.votes for layer in layers]
        self._words = _Table(_roles((role, getattr(each, role)) for each in votes for role in _ROLES))
        self._headings = _Table(
            _roles((role, getattr(each, f"{role}_headings")) for each in votes for role in _ROLES if role != NEVER)
        )
        self._templates = _Table(
            _roles((role, getattr(each, f"{role}_templates")) for each in votes for role in (*_ROLES, AMBIGUOUS))
        )
        self._strengths = _Table(_roles((name, getattr(each, name)) for each in votes for name in ("strong", "weak")))
        self._answers = frozenset(fold(word) for each in layers for word in (*each.needs.yes, *each.needs.no))
        chosen = ((word, role) for word, role in self._words.words.items() if role in CHOICES)
        self._loud = _Table(
            {word: role for word, role in chosen if word not in self._answers and not _is_short(word)}
        )

    def template(self, name: str, argument: str = "") -> Phrase:
        """Return what a template of that folded name says; its argument may say how strongly."""
        name = name.removeprefix("template:").strip()
        found = self._exact(name, self._templates)
        strength = found.strength or self._strengths.words.get(fold(argument), "")
        return Phrase(role=found.role, strength=strength, word=name)

    def phrase(self, text: str) -> Phrase:
        """Return what words say that stand at the start of an item."""
        folded = _trimmed(fold(text[:_LONGEST]))
        found = self._leading(folded, self._words)
        # "Support, no doubt" is no contradiction, while "no support" is one.
        others = self._words if found.word in self._answers else self._loud
        mixed = found.role in CHOICES and bool({*others.anywhere(found.rest)} & {*CHOICES} - {found.role})
        mentions = len(folded.split()) <= _FEW and any(self._loud.anywhere(folded))
        return replace(found, mentions=mentions, mixed=mixed)

    def is_answer(self, word: str) -> bool:
        """Tell whether a word answers questions as well, as "yes" does."""
        return word in self._answers

    def strength(self, text: str) -> str:
        """Return "strong" or "weak" where the words say that and nothing else."""
        return self._strengths.words.get(_trimmed(fold(text[:_LONGEST])), "")

    def heading(self, title: str) -> tuple[Phrase, int | None]:
        """Return what a heading says of the items below it, and the number that is typed into it, if any."""
        folded = _trimmed(_NUMBERING.sub("", fold(title[:_LONGEST]), count=1), "()[]")
        count = _COUNT.search(folded)
        name = folded[: count.start()] if count else folded
        found = self._heading(name)
        number = int(count["count"]) if count and found.role else None
        return found, number

    def _heading(self, name: str) -> Phrase:
        """Read a heading without its number; one in several languages says the same in those that are known."""
        found = self._exact(_bare(name), self._headings)
        if found.role or "/" not in name:
            return found
        first, *others = [_bare(part) for part in name.split("/")]
        found = self._exact(first, self._headings)
        roles = {self._exact(each, self._headings).role or self._words.words.get(each, "") for each in others}
        return found if roles <= {found.role, ""} else Phrase()

    def _exact(self, text: str, table: _Table) -> Phrase:
        """Read a text that is a word of the table and nothing else, but for how strongly."""
        if text in table.words:
            return Phrase(role=table.words[text], strength=self._inside(text), word=text)
        found = self._leading(text, table)
        return found if found.is_whole else Phrase()

    def _inside(self, name: str) -> str:
        words = (self._strengths.words.get(word, "") for word in name.split())
        return next(filter(None, words), "") or self._skip_strengths(name, 0)[0]

    def _leading(self, text: str, table: _Table) -> Phrase:
        """Read the word that a text begins with; words of strength may stand before and behind it."""
        strength, at = self._skip_strengths(text, 0)
        word = table.at(text, at)
        whole = table.at(text, 0)  # "moral support" may be a word of its own
        if whole and (not word or len(whole) >= at + len(word)):
            word, at, strength = whole, 0, ""
        if not word:
            return Phrase()
        end = at + len(word)
        behind, after = self._skip_strengths(text, end)
        rest = text[after:] if behind else text[end:]
        return Phrase(role=table.words[word], strength=strength or behind or self._inside(word), word=word, rest=rest)

    def _skip_strengths(self, text: str, start: int) -> tuple[str, int]:
        strength = ""
        at = start
        while True:
            begin = at
            while begin < len(text) and text[begin] in " -,(":
                begin += 1
            word = self._strengths.at(text, begin)
            if not word or (begin == at and at > start and not _is_unspaced(text[at - 1 : at])):
                return (strength, begin) if start == 0 else (strength, at)
            strength = strength or self._strengths.words[word]
            at = begin + len(word)


def _roles(several: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, str]:
    """Return what each word means to the first that uses it."""
    roles: dict[str, str] = {}
    for role, words in several:
        for word in words:
            if word:
                roles.setdefault(word, role)
    return roles


def _trimmed(text: str, keep: str = "") -> str:
    """Take punctuation off the start, but not the sign of "+1", and spaces and full stops off the end."""
    start = 0
    while start < len(text) and text[start] not in keep and not _begins(text, start):
        start += 1
    return text[start:].rstrip(" :.!;,-–—")


def _bare(text: str) -> str:
    """Return text without the signs around it."""
    text = _trimmed(text)
    end = len(text)
    while end and not _begins(text, end - 1):
        end -= 1
    return text[:end]


def _begins(text: str, start: int) -> bool:
    if text[start] in "+-−–±":
        return text[start + 1 : start + 2].isdigit()
    return text[start].isalnum() or unicodedata.category(text[start]).startswith("M")


def _is_short(word: str) -> bool:
    return len(word) <= _SHORT and not _is_unspaced(word[-1:])


def _is_edge(neighbour: str, own: str) -> bool:
    if not neighbour or not (neighbour.isalnum() or unicodedata.category(neighbour).startswith("M")):
        return True
    return _is_unspaced(own)


def _is_unspaced(letter: str) -> bool:
    return bool(letter) and unicodedata.name(letter, "").startswith(_UNSPACED)
