"""Read the days that people write into tables: "21 February 2022", "12.03.2022", "2022-03-12", "2022年3月12日"."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date

from bot.model import WikiProfile
from bot.parse.text import fold

_ISO = re.compile(r"(?<!\d)(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
_CHINESE = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_DOTTED = re.compile(r"(?<!\d)(\d{1,2})\s?\.\s?(\d{1,2})\s?\.\s?(\d{4})(?!\d)")
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_DAY = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")
_LONGEST = 120


class Days:
    """Read days with the names of months of a wiki and of others; a name that two wikis use differently is left."""

    def __init__(self, profile: WikiProfile, foreign: Sequence[WikiProfile]) -> None:
        others: dict[str, int] = {}
        doubtful: set[str] = set()
        for each in foreign:
            for name, month in _months(each):
                if others.setdefault(name, month) != month:
                    doubtful.add(name)
        self._months = {name: month for name, month in others.items() if name not in doubtful} | dict(
            _months(profile)
        )

    def read(self, text: str) -> str:
        """Return the first day of a text as "YYYY-MM-DD", or nothing."""
        plain = "".join(map(_digit, text[:_LONGEST]))
        for pattern in (_ISO, _CHINESE):
            if found := pattern.search(plain):
                return _day(int(found[1]), int(found[2]), int(found[3]))
        if found := _DOTTED.search(plain):
            return _day(int(found[3]), int(found[2]), int(found[1]))
        return self._with_name(plain)

    def _with_name(self, text: str) -> str:
        year, day = _YEAR.search(text), _DAY.search(text)
        month = next((found for word in _WORD.findall(text) if (found := self._months.get(fold(word)))), None)
        return _day(int(year[1]), month, int(day[1])) if year and day and month else ""


def _months(profile: WikiProfile) -> Iterator[tuple[str, int]]:
    lists = [*profile.months_former, profile.months_short, profile.months_genitive, profile.months]
    for several in lists:
        yield from ((fold(name).strip("."), number) for number, name in enumerate(several, start=1) if name)


def _digit(letter: str) -> str:
    value = unicodedata.decimal(letter, -1) if not letter.isascii() else -1
    return str(value) if value >= 0 else letter


def _day(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
