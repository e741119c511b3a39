"""Compare the words of headers, rows and ballots: what they come down to, and what stands beside counts."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from bot.languages import PollWords
from bot.parse.names import label, split_label
from bot.parse.text import fold

COUNT, SHARE, TOTAL, OTHER = "count", "share", "total", "other"
_PARENTHESIS = re.compile(r"[(（]([^()（）]{0,80})[)）]\s{0,9}$")
_BRACKET = re.compile(r"\[([^\[\]]{1,200})\]\s{0,9}$")
_NUMBERED = re.compile(
    r"\(?q(?:uestion)?\s{0,3}\d{1,3}[a-z]?[.):]{0,2}\s{1,9}(.{1,300})"
    r"|\(?\d{1,3}[a-z]?[.):]{1,2}\s{0,9}(.{1,300})|\(?[a-z][.)]\s{1,9}(.{1,300})"
)
_LEADING_VALUE = re.compile(r"(\d{1,2})(?:[.,]0)?\s{0,3}[-–—=:.)]?\s{0,3}(\D.{0,200})")
_TRAILING_VALUE = re.compile(r"(.{0,200}\D)\s{0,3}[-–—=:(]?\s{0,3}\b(\d{1,2})\)?")
_WORD = re.compile(r"\w{1,60}")
_LIST = re.compile(r"[,;/|]\s|\n")
_MOST_PIECES = 4
_ROUND_NUMBER = re.compile(r"(?:\s{0,3}(?:no\.?|nr\.?|n°|№|#)?\s{0,3}\d{1,2}|\s[ivx]{1,4})$")
_ROUND_ORDINAL = re.compile(r"\d{1,2}(?:st|nd|rd|th|er|re|ère|e|ème|ª|º|°|a|o|-?[а-я]{1,3})?[.\s]\s{0,3}(?=\w)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_RAISED = dict.fromkeys(map(ord, "⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜ*†‡§"))
_SAME = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "′": "'", "`": "'", "´": "'", "ـ": ""})
_HYPHENS = re.compile(r"(?<=\w)[-‐‑–](?=\w)")
_NUMBER = re.compile(r"\s{0,9}[-−+]?\d{1,9}[.,/:٫]\d")
_ENDS = " .?？؟¿!"


def normal(text: str) -> str:
    """Return text as it is compared, with every script's digits as 0 to 9 and one kind of apostrophe and hyphen."""
    bare = text.translate(_RAISED)
    # What is a number is not numbered: "2.5" is no "5" in second place.
    folded = (fold(bare) if _NUMBER.match(bare) else label(bare)).translate(_SAME)
    folded = "".join(str(unicodedata.digit(sign)) if sign.isdecimal() else sign for sign in folded)
    return _HYPHENS.sub(" ", folded).strip(_ENDS)


def exact(text: str) -> str:
    """Return text as it is compared where its numbering counts: the "1. Round" is not the "2. Round"."""
    return fold(text.translate(_RAISED)).translate(_SAME)


def variants(text: str) -> Iterator[str]:
    """Yield the ways to take a text: as it stands, without a parenthesis, in brackets, before a colon or dash."""
    yield exact(text)
    yield normal(text)
    bare = without_parenthesis(text)
    yield normal(bare)
    if bracket := _BRACKET.search(text):
        yield normal(bracket[1])
    before, rest = split_label(bare)
    if rest:
        yield normal(before)
    if numbered := _NUMBERED.fullmatch(fold(bare)):
        yield normal(numbered[1] or numbered[2] or numbered[3])


def pieces(text: str) -> list[str]:
    """Return the parts of a header that may name one thing each: of "Must have (Poll 1)" both."""
    bare = without_parenthesis(text)
    found = [bare, in_parentheses(text), *split_label(bare), *_LIST.split(bare)[:_MOST_PIECES]]
    if bracket := _BRACKET.search(text):
        found += [bracket[1], text[: bracket.start()]]
    for piece in found[:]:
        without = piece.strip("%٪ ")
        found += [without, "%"] if without != piece.strip() else []
    return [piece for piece in dict.fromkeys(found) if piece]


def without_parenthesis(text: str) -> str:
    """Return a text without the parenthesis that ends it."""
    return _PARENTHESIS.sub("", text).strip()


def in_parentheses(text: str) -> str:
    """Return what stands in the parentheses that end a text."""
    found = _PARENTHESIS.search(text)
    return found[1].strip() if found else ""


def number_and_label(text: str) -> tuple[str, str]:
    """Return the number that a text begins or ends with, and the rest: of "3 – Agree" "3" and "agree"."""
    plain = "".join(str(unicodedata.digit(sign)) if sign.isdecimal() else sign for sign in fold(text))
    if leading := _LEADING_VALUE.fullmatch(plain):
        return leading[1], normal(leading[2].strip("()（） "))
    if trailing := _TRAILING_VALUE.fullmatch(plain):
        return trailing[2], normal(trailing[1].rstrip("-–—=:(（ "))
    return "", ""


class Measures:
    """The words for what stands beside answers: shares, totals, rates, means, changes; and for rounds of a poll."""

    def __init__(self, words: PollWords) -> None:
        # A name in words of its own would fold away the sign that it consists of: "%" is compared as it is.
        kinds = {SHARE: words.shares, TOTAL: words.totals, COUNT: words.counts}
        kinds[OTHER] = (*words.rates, *words.means, *words.changes)
        named = [(each, kind) for kind, several in kinds.items() for word in several for each in _forms(word)]
        self._kinds = dict(named)
        self._rounds = frozenset(normal(word) for word in words.rounds)
        self._levels = {normal(word): level for level, several in enumerate(_levels(words)) for word in several}
        self.answers = frozenset({*map(normal, (*words.answers, *words.unsure)), *self._levels})
        self.unsure = frozenset(normal(word) for word in words.unsure)
        self.joining = frozenset(map(fold, words.joining))
        self.withdrawn = tuple(f"{fold(word)} " for word in words.withdrawn)
        self._people = tuple(fold(word) for word in (*words.counts, *words.totals) if len(word) > 1)

    def find(self, text: str) -> str:
        """Return what a header measures, or nothing."""
        for each in (fold(text), *variants(text)):
            if kind := self._kinds.get(each):
                return kind
        return ""

    def names(self, text: str, kind: str) -> bool:
        """Tell whether a word of a kind of measure stands among those of a text."""
        words = f" {' '.join(_WORD.findall(fold(text)))} "
        return any(each == kind and len(word) > 1 and f" {word} " in words for word, each in self._kinds.items())

    def is_round(self, text: str) -> bool:
        """Tell whether a text names one of several polls, such as "Poll 2", "Before" or "2022"."""
        bare = normal(without_parenthesis(text))
        plain = (bare, _ROUND_NUMBER.sub("", bare), _ROUND_ORDINAL.sub("", bare, count=1))
        return bool(_YEAR.fullmatch(bare)) or any(each in self._rounds for each in plain)

    def is_answer(self, text: str) -> bool:
        """Tell whether a text is an answer that people are often offered."""
        return any(each in self.answers for each in variants(text))

    def is_unsure(self, text: str) -> bool:
        """Tell whether a text is an answer that takes no side."""
        return any(each in self.unsure for each in (*variants(text), normal(in_parentheses(text))))

    def level(self, text: str) -> int:
        """Return which step of agreement an answer is, from 1 upwards, 0 for none."""
        return next((7 - self._levels[each] for each in variants(text) if each in self._levels), 0)

    def people(self, text: str, numbers: Sequence[tuple[int, int]]) -> int:
        """Return the one number that a word for answers or people stands behind, 0 where there is none."""
        folded = text.casefold()
        found = {value for value, end in numbers if folded[end:].lstrip().startswith(self._people)}
        return found.pop() if len(found) == 1 else 0


@lru_cache(maxsize=8)
def measures(words: PollWords) -> Measures:
    """Return the words of a set of languages, ready to be compared; the same ones are prepared once."""
    return Measures(words)


def _forms(word: str) -> list[str]:
    return [each for each in (fold(word), normal(word)) if each]


def _levels(words: PollWords) -> tuple[tuple[str, ...], ...]:
    return (
        words.agree_strongly,
        words.agree,
        words.agree_somewhat,
        words.neutral,
        words.disagree_somewhat,
        words.disagree,
        words.disagree_strongly,
    )
