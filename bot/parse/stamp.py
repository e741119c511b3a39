"""Find the timestamps that MediaWiki writes into signatures, driven by the PHP date formats of a wiki's profile.

A stamp is the format, a space and the zone in parentheses. Only the exact form counts: people's own ways to write
a date are no signatures. Out-of-range numbers roll over as in PHP (31 February is 2 March).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.model import WikiProfile

# Copies of signatures pick up direction marks, and a hidden comment may stand between any two characters.
_MARKS = "[\u200e\u200f\0]*"
_SPACE = "(?:[ \u00a0]|&nbsp;|&#160;|&#32;)"
_TOKEN = re.compile(r"xx|x[ijkmot][A-Za-z]|x[A-Za-z]|\\.|\"[^\"]*\"|.", re.DOTALL)
_NUMBERS = {"d": "day", "j": "day", "H": "hour", "G": "hour", "i": "minute", "s": "second", "n": "month", "m": "month"}
_WIDTHS = {"d": "{1,2}", "j": "{1,2}", "G": "{1,2}", "n": "{1,2}"}
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
    """One way to write a date: pattern up to the zone, and what its names and digits mean."""

    pattern: str
    months: Mapping[str, int]
    years: int
    digits: Mapping[int, int]

    def wall_time(self, found: re.Match[str]) -> datetime | None:
        """Return the date and time as written, with no zone; None where no calendar reaches."""
        number = {name: self._number(text) for name, text in found.groupdict().items() if name in _PARTS and text}
        month = self.months[found["name"]] if "name" in found.re.groupindex else number.get("month", 1)
        years, months = divmod(month - 1, 12)
        rest = timedelta(
            days=number.get("day", 1) - 1,
            hours=number.get("hour", 0),
            minutes=number.get("minute", 0),
            seconds=number.get("second", 0),
        )
        try:
            return datetime(number["year"] + self.years + years, months + 1, 1) + rest  # noqa: DTZ001
        except (ValueError, OverflowError):
            return None

    def _number(self, text: str) -> int:
        return int(text.translate(self.digits))


_PARTS = frozenset({"year", "month", "day", "hour", "minute", "second"})


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
    digits = {ord(character): ord("0") + value for value, character in enumerate(profile.digits)}
    return Format(pattern=_MARKS.join(part for part in parts if part), months=months, years=years, digits=digits)


_UNKNOWN = "(?!)"


def _part(token: str, digit: str, months: Mapping[str, int], profile: WikiProfile) -> str:
    """Return the pattern of one token of a PHP date format."""
    if token in _NUMBERS:
        return f"(?P<{_NUMBERS[token]}>{digit}{_WIDTHS.get(token, '{2}')})"
    if token in _YEARS:
        return f"(?P<year>{digit}{{4}})"
    if token in ("F", "xg", "M"):
        return f"(?P<name>{_any_of(months)})"
    if token in ("D", "l"):
        return f"(?:{_any_of([*profile.weekdays_short, *profile.weekdays])})"
    if token in _RAW_DIGITS:
        return ""
    if token == "xx":
        return "x"
    if token.startswith("x") and len(token) > 1:
        return _UNKNOWN
    return _literal(token.strip('"') if len(token) > 1 and token[0] == '"' else token.removeprefix("\\"))


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
    """Return the abbreviations that the wiki's own time zone has, in minutes east of UTC."""
    zone = ZoneInfo(profile.timezone)
    named = [at.astimezone(zone) for at in _SAMPLES]
    zones = {at.tzname() or "": _minutes(at) for at in named}
    # Wikis translate abbreviations; but UTC is never the winter time of London.
    known = frozenset(zones.values())
    return zones | {name: each for name, each in profile.zones.items() if each in known and name != "UTC"}


def _minutes(local: datetime) -> int:
    offset = local.utcoffset() or timedelta()
    return int(offset.total_seconds()) // 60


def in_zone(wall: datetime, minutes: int, timezone: str) -> datetime | None:
    """Turn a wiki's local time into UTC; what its abbreviation means settles the hour that a clock shows twice."""
    local = wall.replace(tzinfo=ZoneInfo(timezone))
    try:
        if _minutes(local) != minutes and _minutes(local.replace(fold=1)) == minutes:
            local = local.replace(fold=1)
        return local.astimezone(UTC)
    except OverflowError:
        return None


def at_offset(wall: datetime, minutes: int) -> datetime | None:
    """Turn a time so many minutes east of UTC into UTC."""
    try:
        return (wall - timedelta(minutes=minutes)).replace(tzinfo=UTC)
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
