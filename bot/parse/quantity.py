"""Find the numbers in a piece of plain text: what each is worth, exactly, and how it was printed."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from bot.languages import NumberWords

COUNT = "count"
DECIMAL = "decimal"
PERCENT = "percent"
POINTS = "points"

_DIGITS = re.compile(r"\d+")
_LONGEST = 15  # a longer row of digits is an id, not a figure
_WINDOW = 40
_DECIMAL_ONLY = "٫"
_THOUSANDS_ONLY = "٬'’\u00a0\u2009\u202f "
_SEPARATORS = f"{_DECIMAL_ONLY}{_THOUSANDS_ONLY}.,"
_PERCENT_SIGNS = ("%", "٪", "％", "﹪")
_MINUS = "-\u2212\ufe63\uff0d"
_SIGNS = f"{_MINUS}+\uff0b"
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_APPROXIMATE = ("~", "≈", "∼", "≃", "\uff5e")
_BOUNDS = {"<": "<", ">": ">", "≤": "≤", "≥": "≥", "⩽": "≤", "⩾": "≥"}
_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u061c\u2066\u2067\u2068\u2069"), " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number in a text; value is in percent where the kind is, and unit the printed step, such as 1/100.

    sign is "+", "-" or empty as printed; bound is "<", "≤", ">", "≥" where only a limit is named; leeway is how far
    off the value may be beside what rounding explains, for shares in words.
    """

    value: Fraction
    kind: str
    decimals: int
    start: int
    end: int
    sign: str = ""
    bound: str = ""
    is_approximate: bool = False
    leeway: Fraction = Fraction(0)

    @property
    def unit(self) -> Fraction:
        """Return one in the last printed digit."""
        return Fraction(1, 10**self.decimals)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """Rows of digits with one separator between each and the next."""

    start: int
    end: int
    rows: tuple[str, ...]
    separators: str


def quantities(text: str, words: NumberWords = NumberWords()) -> list[Quantity]:  # noqa: B008 -- it is frozen
    """Return the numbers of a text in order; dates, times, ranges, ordinals and names such as Q3 are none."""
    shown = text.translate(_MARKS)
    found = (_quantity(shown, run, words) for run in _runs(shown, _decimal_mark(words)))
    return [quantity for quantity in found if quantity is not None]


def only(text: str, words: NumberWords = NumberWords()) -> Quantity | None:  # noqa: B008
    """Return the number that a text consists of, None where it says anything more or less."""
    found = quantities(text, words)
    if len(found) != 1:
        return None
    around = text[: found[0].start] + text[found[0].end :]
    return None if any(letter.isalnum() for letter in around) else found[0]


def _decimal_mark(words: NumberWords) -> str:
    return words.decimal[0] if words.decimal else "."


def _runs(text: str, decimal: str) -> Iterator[_Run]:
    """Yield the rows of digits, those of one number put together."""
    rows = list(_DIGITS.finditer(text))
    at = 0
    while at < len(rows):
        end = at + 1
        while end < len(rows) and _touches(text, rows[end - 1].end(), rows[end].start()):
            end += 1
        yield from _numbers(text, rows[at:end], decimal)
        at = end


def _touches(text: str, end: int, start: int) -> bool:
    return start == end + 1 and text[end] in _SEPARATORS


def _numbers(text: str, rows: Sequence[re.Match[str]], decimal: str) -> Iterator[_Run]:
    """Split rows with single separators between them where one number ends and another begins."""
    at = 0
    while at < len(rows):
        end = at + 1
        while end < len(rows) and _continues(text, rows, at, end, decimal):
            end += 1
        separators = "".join(text[row.end()] for row in rows[at : end - 1])
        yield _Run(
            start=rows[at].start(),
            end=rows[end - 1].end(),
            rows=tuple(row.group() for row in rows[at:end]),
            separators=separators,
        )
        at = end


def _continues(text: str, rows: Sequence[re.Match[str]], first: int, at: int, decimal: str) -> bool:
    """Tell whether a row of digits belongs to the number that began before it."""
    separator = text[rows[at - 1].end()]
    if separator in ".," or separator == _DECIMAL_ONLY:
        return True
    groups = rows[max(first, at - _LONGEST) : at]
    if len(rows[at].group()) != 3 or len(groups[0].group()) > 3 or any(len(row.group()) != 3 for row in groups[1:]):
        return False
    before = "".join(text[row.end()] for row in groups[:-1])
    if before and before[-1] != separator:
        return False
    # "56 100%" and "56 100.0%" are a count and its share, in one cell
    return separator != " " or not _is_percent(text, _end_of_number(text, rows, at)) or decimal in before


def _end_of_number(text: str, rows: Sequence[re.Match[str]], at: int) -> int:
    """Return where a number ends whose last row of digits before the decimal mark is given."""
    end = rows[at].end()
    has_more = at + 1 < len(rows) and text[end] in f".,{_DECIMAL_ONLY}"
    return rows[at + 1].end() if has_more else end


def _is_percent(text: str, end: int) -> bool:
    return text[end : end + 2].lstrip().startswith(_PERCENT_SIGNS)


def _quantity(text: str, run: _Run, words: NumberWords) -> Quantity | None:
    if sum(map(len, run.rows)) > _LONGEST or not _stands_alone(text, run, words):
        return None
    after = _unit_after(text, run.end, words)
    kind, end = after if after else _percent_before(text, run)
    parts = _split(run, _decimal_mark(words), is_share=kind in (PERCENT, POINTS))
    if parts is None:
        return None
    whole, fraction = parts
    sign, start = _sign(text, run.start)
    before = text[max(0, start - _WINDOW) : start].rstrip()
    value = Fraction(int(whole + fraction), 10 ** len(fraction))
    return Quantity(
        value=-value if sign == "-" else value,
        kind=kind or (DECIMAL if fraction else COUNT),
        decimals=len(fraction),
        start=start,
        end=end,
        sign=sign,
        bound=_BOUNDS.get(before[-1:], ""),
        is_approximate=before.endswith(_APPROXIMATE) or _ends_with_word(before, words.about),
    )


def _stands_alone(text: str, run: _Run, words: NumberWords) -> bool:
    """Tell a number from a part of a name, an ordinal, a time, a range or a date."""
    before, after = text[run.start - 1 : run.start], text[run.end : run.end + 1]
    beyond = text[run.end + 1 : run.end + 2]
    if before == "#" or _is_cased(before) or (_is_cased(after) and not _unit_after(text, run.end, words)):
        return False
    if before in ("_", ":") and before and text[run.start - 2 : run.start - 1].isdigit():
        return False
    if after == ":" and beyond.isdigit():
        return False
    if before and before in _DASHES and (text[run.start - 2 : run.start - 1].isalnum()):
        return False
    if after and after in _DASHES and beyond.isalnum():
        return _unit_after(text, run.end, words) is not None
    return not (_is_date(text, run))


def _is_date(text: str, run: _Run) -> bool:
    """Tell whether slashes on both sides of some row make it a date: 12/03/2022."""
    around = text[max(0, run.start - 8) : run.end + 8]
    return "/" in around and re.search(r"\d/\d{1,4}/\d", around) is not None


def _is_cased(letter: str) -> bool:
    return bool(letter) and unicodedata.category(letter) in ("Lu", "Ll", "Lt")


def _unit_after(text: str, end: int, words: NumberWords) -> tuple[str, int] | None:
    """Return the kind that stands behind a number and where it ends."""
    window = text[end : end + _WINDOW]
    rest = window.lstrip(" \u00a0\u2009\u202f-")  # "27-percent drop"
    if len(window) - len(rest) > 2:
        return None
    start = end + len(window) - len(rest)
    folded = rest.casefold()
    if rest.startswith(_PERCENT_SIGNS):
        behind = folded[1:].lstrip(" -\u00a0")
        if length := _starts_with_word(behind, words.points):
            return POINTS, start + len(rest) - len(behind) + length
        return PERCENT, start + 1
    for kind, several in ((POINTS, words.points), (PERCENT, words.percent)):
        if length := _starts_with_word(folded, several):
            return kind, start + length
    return None


def _percent_before(text: str, run: _Run) -> tuple[str, int]:
    """Read %45 as some languages print it; a sign that ends another number is not ours."""
    sign = text[run.start - 1 : run.start]
    before = text[run.start - 2 : run.start - 1]
    is_ours = sign.startswith(_PERCENT_SIGNS) and not before.isdigit()
    return (PERCENT if is_ours else ""), run.end


def _starts_with_word(folded: str, several: Sequence[str]) -> int:
    """Return the length of the longest of the words that a text starts with, 0 where there is none."""
    fitting = [len(word) for word in several if folded.startswith(word) and not _is_cased(folded[len(word) :][:1])]
    return max(fitting, default=0)


def _ends_with_word(before: str, several: Sequence[str]) -> bool:
    folded = before.casefold().rstrip(" (")
    return any(folded.endswith(word) and not folded[: -len(word)][-1:].isalpha() for word in several)


def _split(run: _Run, decimal: str, *, is_share: bool) -> tuple[str, str] | None:
    """Return the digits before and behind the decimal mark; None for dates, versions and lists."""
    rows, separators = run.rows, run.separators
    marks = set(separators)
    if not marks:
        return rows[0], ""
    last = separators[-1]
    if len(marks) == 1 and len(separators) == 1:
        is_decimal = _is_decimal(rows, last, decimal, is_share=is_share)
        return (rows[0], rows[1]) if is_decimal else (("".join(rows), "") if _grouped(rows) else None)
    if len(marks) == 1:
        return ("".join(rows), "") if _grouped(rows) and last != _DECIMAL_ONLY else None
    if len(marks) == 2 and separators.count(last) == 1 and last in f".,{_DECIMAL_ONLY}" and _grouped(rows[:-1]):
        return "".join(rows[:-1]), rows[-1]
    return None


def _grouped(rows: Sequence[str]) -> bool:
    return 1 <= len(rows[0]) <= 3 and all(len(row) == 3 for row in rows[1:])


def _is_decimal(rows: Sequence[str], separator: str, decimal: str, *, is_share: bool) -> bool:
    """Decide what one comma or point is: before three digits it may part thousands, unless the language says no."""
    if separator in _THOUSANDS_ONLY:
        return False
    if separator in (_DECIMAL_ONLY, decimal) or not _grouped(rows):
        return True
    return is_share or int(rows[0]) == 0


def _sign(text: str, start: int) -> tuple[str, int]:
    """Return the sign before a number, also one before its percent sign, and where the number starts with it."""
    mark = text[start - 1 : start]
    if mark.startswith(_PERCENT_SIGNS) and not text[start - 2 : start - 1].isdigit():
        start, mark = start - 1, text[start - 2 : start - 1]
    if mark and mark in _SIGNS and not text[max(0, start - 2) : start - 1].isalnum():
        return ("-" if mark in _MINUS else "+"), start - 1
    lead = text[:start].strip() if start <= 4 else ""
    if len(lead) == 1 and lead in f"{_SIGNS}\u2013":  # a cell may say "- 5 %" or "–5 %"
        return ("+" if lead in "+\uff0b" else "-"), text.index(lead)
    return "", start
