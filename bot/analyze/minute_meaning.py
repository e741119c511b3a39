"""Tell whether two statements in nearly the same words mean something else: other numbers, names, or a "not" more."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

from rapidfuzz import fuzz

from bot.parse.same_words import normal
from bot.parse.text import fold

_NUMBER = re.compile(r"\d(?:[.,:/·٫٬-]?\d){0,30}%?")
_CONTRACTED = re.compile(r"n['’]t$")
_WORD = re.compile(r"[^\W\d_][\w'’-]{0,80}")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\uffff]")  # scripts without spaces
_ONE_NAME = 75  # of 100: below, two names are two, and not one with a slip in it


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What makes another statement of the same words; numbers in figures stand apart from those in words."""

    figures: Counter[str]
    numerals: Counter[str]
    negated: int
    names: frozenset[str]
    words: frozenset[str]


class Meanings:
    """The words that negate and those that count, in all languages; cardinals stand with their value behind."""

    def __init__(self, negations: Iterable[str], cardinals: Iterable[str]) -> None:
        several = {normal(word) for word in negations}
        self._negations = frozenset(word for word in several if not _UNSPACED.match(word))
        self._unspaced = tuple(sorted(several - self._negations))
        self._cardinals = _values(cardinals)

    def of(self, text: str) -> Meaning:
        """Return what a statement means as far as words alone tell."""
        words = normal(text)
        numbers = _NUMBER.findall(words)
        shown = _WORD.findall(text)
        return Meaning(
            figures=Counter(_in_latin_digits(number) for number in numbers),
            numerals=Counter(self._numerals(words)),
            negated=sum(self._is_negated(word) for word in fold(text).split())
            + sum(words.count(word) for word in self._unspaced),
            names=frozenset(fold(word) for word in shown[1:] if word[0].isupper()),
            words=frozenset(fold(word) for word in shown),
        )

    def _is_negated(self, word: str) -> bool:
        return normal(word) in self._negations or bool(_CONTRACTED.search(word.rstrip(".,;:!?)")))

    def _numerals(self, words: str) -> Iterable[str]:
        for word in words.split():
            if word in self._cardinals:
                yield self._cardinals[word]
        for letter in words:
            if unicodedata.category(letter) == "Lo" and unicodedata.numeric(letter, -1) >= 0:
                yield f"{unicodedata.numeric(letter):g}"


def _values(cardinals: Iterable[str]) -> Mapping[str, str]:
    """Return the values by single words; one that counts differently in two languages counts nothing."""
    found: dict[str, set[str]] = {}
    for each in cardinals:
        word, _, value = each.rpartition(" ")
        if " " not in word:
            found.setdefault(word, set()).add(value)
    return {word: value for word, values in found.items() if len(values) == 1 for value in values}


def _in_latin_digits(number: str) -> str:
    return "".join(str(unicodedata.digit(letter, letter)) for letter in number)


def differ(one: Meaning, other: Meaning) -> bool:
    """Tell whether two statements cannot be the same."""
    return one.negated != other.negated or _count_differently(one, other) or _name_differently(one, other)


def _count_differently(one: Meaning, other: Meaning) -> bool:
    """Tell whether numbers differ; "3" and "three" do not, and a number in words more may be "one" of them."""
    here, there = one.figures + one.numerals, other.figures + other.numerals
    only_here, only_there = here - there, there - here
    is_figure = any(number in one.figures for number in only_here) or any(
        number in other.figures for number in only_there
    )
    return is_figure or bool(only_here and only_there)


def _name_differently(one: Meaning, other: Meaning) -> bool:
    """Tell whether each names what the other does not: words in capitals amid a sentence."""
    here, there = one.names - other.words, other.names - one.words
    pairs = product(here, there)
    return bool(here and there) and all(fuzz.ratio(*pair) < _ONE_NAME for pair in pairs)
