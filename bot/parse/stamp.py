"""Find the timestamps that MediaWiki writes into signatures, driven by the PHP date formats of a wiki's profile.

A stamp is the format, a space and the zone in parentheses. Only the exact form counts: people's own ways to write
a date are no signatures. Out-of-range numbers roll over as in PHP (31 February is 2 March).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from bot.model import WikiProfile

# Copies of signatures pick up direction marks, and a hidden comment may stand between any two characters.
_MARKS = "[\u200e\u200f\0]*"
_SPACE = "(?:[ \u00a0]|&nbsp;|&#160;|&#32;)"
_TOKEN = re.compile(r"xx|x[ijkmot][A-Za-z]|x[A-Za-z]|\\.|\"[^\"]*\"|.", re.DOTALL)
_NUMBERS = {
    "d": "day",
    "j": "day",
    "H": "hour",
    "G": "hour",
    "i": "minute",
    "s": "second",
    "n": "month",
    "m": "month",
}
_ONE_OR_TWO = frozenset("djGn")
_YEARS = {"Y": 0, "o": 0, "xkY": -543, "xoY": 1911}
_RAW_DIGITS = frozenset({"xn", "xN"})
_ABBREVIATION = re.compile(r"[A-Z]{2,5}|(?:UTC|GMT)?[+\-\u2212]\d{1,2}(?::?\d\d)?")
_OFFSET = re.compile(r"(?:UTC|GMT)?([+\-\u2212])(\d{1,2})(?::?(\d\d))?")
# Abbreviations change over the years, so a zone is asked in both halves of each year since wikis exist.
_SAMPLES = tuple(datetime(year, month, 1, tzinfo=UTC) for year in range(2001, 2041) for month in (1, 7))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A timestamp in a page; time is None where its zone is not known."""

    start: int
    end: int
    time: datetime | None
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One way to write a date: pattern up to the zone, its parts, and what the names of months mean.

    outline is the format with zeros for its numbers and NUL for its month.
    """

    pattern: str
    parts: tuple[str, ...]
    months: Mapping[str, int]
    years: int
    outline: str

    def wall_time(self, found: re.Match[str]) -> datetime | None:
        """Return the date and time as written, with no zone; None where no calendar reaches."""
        number = {"month": 1, "day": 1, "hour": 0, "minute": 0, "second": 0}
        for part, text in zip(self.parts, found.group(*self.parts), strict=True):
            number[part] = self.months[text] if part == "name" else int(text)
        month = number.get("name", number["month"])
        try:
            return _date(number["year"] + self.years, month, number)
        except (ValueError, OverflowError):
            return None


def _date(year: int, month: int, number: Mapping[str, int]) -> datetime:
    """Return a date and time; what is more than a month or a day has rolls over."""
    try:
        return datetime(year, month, number["day"], number["hour"], number["minute"], number["second"])  # noqa: DTZ001
    except ValueError:
        years, months = divmod(month - 1, 12)
        start = datetime(year + years, months + 1, 1)  # noqa: DTZ001
        rest = {"hours": number["hour"], "minutes": number["minute"], "seconds": number["second"]}
        return start + timedelta(days=number["day"] - 1, **rest)


def formats(profile: WikiProfile) -> tuple[Format, ...]:
    """Return the date formats of a wiki that can be read."""
    found = [_format(each, profile) for each in profile.timestamp_formats]
    return tuple(each for each in found if each is not None)


def _format(php: str, profile: WikiProfile) -> Format | None:
    """Turn a PHP date format into a pattern; None where it holds no year or a calendar that is not known."""
    digit = f"[0-9{re.escape(profile.digits)}]"
    months = _month_names(php, profile)
    parts: list[str] = []
    seen: set[str] = set()
    years = 0
    for token in _TOKEN.findall(php):
        if token in _YEARS:
            years = _YEARS[token]
        part = _part(token, digit, months, profile)
        name = part[4 : part.index(">")] if part.startswith("(?P<") else ""
        if part is _UNKNOWN or name in seen:
            return None
        seen |= {name} - {""}
        parts.append(part)
    if "year" not in seen:
        return None
    pattern = _MARKS.join(part for part in parts if part)
    return Format(pattern=pattern, parts=tuple(seen), months=months, years=years, outline=_outline(php))


def _outline(php: str) -> str:
    marks = dict.fromkeys(("F", "xg", "M"), "\0") | dict.fromkeys(("D", "l", *_RAW_DIGITS), " ")
    marks |= dict.fromkeys((*_NUMBERS, *_YEARS), "0")
    return "".join(marks.get(token, _unquoted(token)) for token in _TOKEN.findall(php))


def _unquoted(token: str) -> str:
    """Return what a literal token of a format shows."""
    if token == "xx":
        return "x"
    return token[1:-1] if len(token) > 1 and token[0] == '"' else token.removeprefix("\\")


_UNKNOWN = "(?!)"


def _part(token: str, digit: str, months: Mapping[str, int], profile: WikiProfile) -> str:
    """Return the pattern of one token of a PHP date format."""
    if token in _NUMBERS:
        # Two classes instead of one repeated: the search is faster where a pattern begins with a plain class.
        return f"(?P<{_NUMBERS[token]}>{digit}{digit}{'?' if token in _ONE_OR_TWO else ''})"
    if token in _YEARS:
        return f"(?P<year>{digit * 4})"
    if token in ("F", "xg", "M"):
        return f"(?P<name>{_any_of(months)})"
    if token in ("D", "l"):
        return f"(?:{_any_of([*profile.weekdays_short, *profile.weekdays])})"
    if token in _RAW_DIGITS:
        return ""
    if token.startswith("x") and len(token) > 1 and token != "xx":
        return _UNKNOWN
    return _literal(_unquoted(token))


def _literal(text: str) -> str:
    return "".join(_SPACE if character == "\u00a0" else re.escape(character) for character in text)


def _any_of(names: Sequence[str] | Mapping[str, int]) -> str:
    """Return an alternation, longest name first so that none hides another."""
    return "|".join(re.escape(name) for name in sorted({*names}, key=lambda name: (-len(name), name))) or "(?!)"


def _month_names(php: str, profile: WikiProfile) -> dict[str, int]:
    """Return the month names that a format may show, by number: former ones too, since wikis changed them."""
    short = any(token == "M" for token in _TOKEN.findall(php))
    lists = [profile.months_short] if short else [profile.months, profile.months_genitive]
    names = {}
    for each in [*profile.months_former, *lists]:
        names.update({name: number for number, name in enumerate(each, start=1) if name})
    return names


def own_zones(profile: WikiProfile) -> dict[str, int]:
    """Return the abbreviations of the wiki's own clock, and its words for them, in minutes east of UTC."""
    zones = clock_zones(profile.timezone)
    known = frozenset(zones.values())
    return zones | {name: each for name, each in profile.zones.items() if each in known and not name.isascii()}


@cache
def clock_zones(timezone: str) -> dict[str, int]:
    """Return the abbreviations that a time zone has had since wikis exist, in minutes east of UTC."""
    zone = ZoneInfo(timezone)
    named = [at.astimezone(zone) for at in _SAMPLES]
    return {at.tzname() or "": _minutes(at) for at in named}


def _minutes(local: datetime) -> int:
    offset = local.utcoffset() or timedelta()
    return int(offset.total_seconds()) // 60


def in_zone(wall: datetime, minutes: int, clock: ZoneInfo) -> datetime | None:
    """Turn a wiki's local time into UTC; what its abbreviation means settles the hour that a clock shows twice."""
    local = wall.replace(tzinfo=clock)
    try:
        if _minutes(local) != minutes and _minutes(local.replace(fold=1)) == minutes:
            local = local.replace(fold=1)
        return local.astimezone(UTC)
    except OverflowError:
        return None


def at_offset(wall: datetime, minutes: int) -> datetime | None:
    """Turn a time so many minutes east of UTC into UTC."""
    try:
        return (wall - timedelta(minutes=minutes) if minutes else wall).replace(tzinfo=UTC)
    except OverflowError:
        return None


def numeric_offset(zone: str) -> int | None:
    """Return the minutes that a zone such as "+03" or "UTC-5" names, None where it names none."""
    found = _OFFSET.fullmatch(zone)
    if found is None:
        return None
    minutes = int(found[2]) * 60 + int(found[3] or 0)
    return minutes if found[1] == "+" else -minutes


def looks_like_zone(zone: str) -> bool:
    """Tell whether a word in parentheses can be the abbreviation of a time zone."""
    return _ABBREVIATION.fullmatch(zone) is not None
