"""Read one cell of a table of results: a label, a count, a share, or both."""

import re
from dataclasses import dataclass
from fractions import Fraction

from bot.languages import Language
from bot.parse.dressed import TEMPLATE, undressed
from bot.parse.poll_words import COUNT, OTHER, SHARE, TOTAL
from bot.parse.quantity import PERCENT, POINTS, Quantity, quantities
from bot.parse.table import Cell
from bot.parse.text import plain

LABEL, NUMBERS, BLANK = "label", "numbers", "blank"
_FOOTNOTE = re.compile(r"<sup(?:\s[^<>]{0,200})?>.{0,300}?</sup\s{0,9}>", re.IGNORECASE | re.DOTALL)
_MOST_WORDS = 2
_DASHES = frozenset("-–—−‐")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A cell as it was understood: what a reader sees, and the numbers that it consists of."""

    cell: Cell
    text: str
    kind: str
    numbers: tuple[Quantity, ...] = ()

    @property
    def line(self) -> int:
        """Return the line of the cell."""
        return self.cell.number

    @property
    def is_dash(self) -> bool:
        """Tell whether a dash stands for none."""
        return bool(self.text) and set(self.text) <= _DASHES

    @property
    def has_share(self) -> bool:
        """Tell whether a share is printed here."""
        return any(number.kind == PERCENT for number in self.numbers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a cell states; a fault is the kind of problem with it, empty where there is none."""

    counts: tuple[int, ...] = ()
    shares: tuple[Fraction, ...] = ()
    fault: str = ""


def entry(cell: Cell, words: Language) -> Entry:
    """Return a cell with its text, footnotes taken away."""
    shown = _FOOTNOTE.sub("", cell.wikitext)
    text = plain(undressed(shown, words.polls), struck=False)
    text = text or _named_by_template(shown)
    numbers = tuple(quantities(text, words.numbers))
    if not numbers:
        kind = LABEL if any(letter.isalnum() or letter == "%" for letter in text) else BLANK
        return Entry(cell=cell, text=text, kind=kind)
    is_label = not _is_numeric(text, numbers)
    return Entry(cell=cell, text=text, kind=LABEL if is_label else NUMBERS, numbers=numbers)


def _named_by_template(wikitext: str) -> str:
    """Return the words that a template gets, where a cell holds nothing else, such as ``{{Need|Skills}}``."""
    found = TEMPLATE.fullmatch(wikitext.strip())
    first = plain(found[2].split("|")[0]) if found else ""
    return first if "=" not in first and not any(sign.isdecimal() for sign in first) else ""


def _is_numeric(text: str, numbers: tuple[Quantity, ...]) -> bool:
    """A cell is one of numbers if nothing else stands in it, or a word or two behind the first number."""
    rest, done = "", 0
    for number in numbers:
        rest += text[done : number.start] + " "
        done = number.end
    words = [word for word in (rest + text[done:]).split() if any(letter.isalpha() for letter in word)]
    starts = not any(letter.isalpha() for letter in text[: numbers[0].start])
    return not words or (starts and len(words) <= _MOST_WORDS)


def figures(found: Entry, measure: str) -> Figures:
    """Return the counts and shares that a cell states; measure is what its headers say, if they do."""
    if measure == OTHER:
        return Figures()
    if found.is_dash and measure != SHARE:
        return Figures(counts=(0,))
    shares = [each for each in found.numbers if each.kind == PERCENT or (measure == SHARE and each.kind != POINTS)]
    counts = [each for each in found.numbers if each not in shares and each.kind != POINTS]
    if measure in (COUNT, TOTAL):
        shares = []
    fault = _fault(counts)
    sound = tuple(each.value for each in shares if 0 <= each.value <= 100)
    if not fault and len(sound) < len(shares):
        fault = "poll-negative" if any(each.value < 0 for each in shares) else "poll-share-above"
    elif not fault and len(shares) > 1:
        fault = "poll-unclear-cell"
    is_sound = fault != "poll-unclear-cell" and not _fault(counts)
    return Figures(counts=tuple(int(each.value) for each in counts) if is_sound else (), shares=sound, fault=fault)


def _fault(counts: list[Quantity]) -> str:
    if any(each.value < 0 for each in counts):
        return "poll-negative"
    if len(counts) > 1 or any(each.value.denominator != 1 or each.bound or each.is_approximate for each in counts):
        return "poll-unclear-cell"
    return ""
