"""Read the date in a heading or a title: a day, a month's name in any language that is known, and a year."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from bot.model import WikiProfile
from bot.parse.text import fold

_YEAR = re.compile(r"\d{4}")
_NUMBERS = re.compile(
    r"(?<!\d)(?P<y>\d{4})\s?[-年년]\s?(?P<m>\d{1,2})\s?[-月월]\s?(?P<d>\d{1,2})(?!\d)"
    r"|(?<!\d)(?P<d2>\d{1,2})\.\s?(?P<m2>\d{1,2})\.\s?(?P<y2>\d{4})(?!\d)"
)
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_LONGEST_FILLER = 3  # letters between day, month and year, as in "3rd of May", "3 de mayo de 2022"
_LONGEST = 500
_BUDDHIST = 543


class Dates:
    """The dates that headings give, with the names of months of the wiki first, then of the others."""

    def __init__(self, profile: WikiProfile, foreign: Sequence[WikiProfile] = ()) -> None:
        self._profiles = (profile, *foreign)
        self._months: dict[tuple[str, ...], int] = {}

    def find(self, text: str) -> datetime | None:
        """Return the first date of a text, at its midnight in UTC; None where it gives no whole date."""
        shown = text[:_LONGEST]
        if not _YEAR.search(shown):
            return None
        if numbers := _NUMBERS.search(shown):
            parts = {name[0]: int(said) for name, said in numbers.groupdict().items() if said}
            if date := _date(parts["y"], parts["m"], parts["d"]):
                return date
        if not self._months:
            self._months = _months(self._profiles)
        return next(self._named(_TOKEN.findall(fold(shown))), None)

    def _named(self, said: Sequence[str]) -> Iterator[datetime]:
        """Yield the dates that name their month."""
        for at in range(len(said)):
            length = next((n for n in (4, 3, 2, 1) if tuple(said[at : at + n]) in self._months), 0)
            if not length:
                continue
            month = self._months[tuple(said[at : at + length])]
            before, behind = _number(said, at - 1, -1), _number(said, at + length, 1)
            second = _number(said, at + length + 1, 1)
            found = None
            if len(behind) == 4:
                found = _date(int(behind), month, int(before or 0))
            elif behind and len(second) == 4:
                found = _date(int(second), month, int(behind))
            elif behind and len(before) == 4:
                found = _date(int(before), month, int(behind))
            if found:
                yield found


def _number(said: Sequence[str], at: int, step: int) -> str:
    """Return the number that stands there, or behind two short words; empty where none does."""
    for _ in range(3):
        if not 0 <= at < len(said):
            return ""
        if said[at].isdecimal():
            return said[at] if len(said[at]) in (1, 2, 4) else ""
        if len(said[at]) > _LONGEST_FILLER:
            return ""
        at += step
    return ""


def _date(year: int, month: int, day: int) -> datetime | None:
    try:
        return datetime(year - _BUDDHIST if year > 2400 else year, month, day, tzinfo=UTC)
    except ValueError:
        return None


def _months(profiles: Sequence[WikiProfile]) -> dict[tuple[str, ...], int]:
    """Return the numbers of months by their names; of the other wikis, those that mean one month everywhere."""
    own = _names(profiles[0])
    others: dict[tuple[str, ...], set[int]] = {}
    for profile in profiles[1:]:
        for name, number in _names(profile).items():
            others.setdefault(name, set()).add(number)
    return {name: next(iter(several)) for name, several in others.items() if len(several) == 1} | own


def _names(profile: WikiProfile) -> dict[tuple[str, ...], int]:
    lists = [*profile.months_former, profile.months_short, profile.months, profile.months_genitive]
    found = {tuple(_TOKEN.findall(fold(name))): number for each in lists for number, name in enumerate(each, 1)}
    return {name: number for name, number in found.items() if name and not name[0].isdecimal()}
