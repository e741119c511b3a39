"""Find who signed one statement and when, in the piece of wikitext that is the statement."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.languages import TalkWords
from bot.model import WikiProfile
from bot.parse.text import fold

_LONGEST = 4_000
_LINK = re.compile(r"\[\[:?([^\[\]|#<>{}\n]{1,255})(?:#[^\[\]|]{0,255})?(?:\||\]\])")
_TEMPLATE = re.compile(r"\{\{([^{}|]{1,80})\|([^{}|]{1,300})(?:\|[^{}]{0,500})?\}\}")
_NAMES = ("F", "M", "xg")
_NUMBERS = {"j": r"\d{1,2}", "d": r"\d{1,2}", "H": r"\d{1,2}", "G": r"\d{1,2}", "i": r"\d{2}", "Y": r"\d{4}"}
_NUMBERS |= {"n": r"\d{1,2}", "m": r"\d{1,2}"}
_TOKEN = re.compile(r"xg|xn|\\.|\"[^\"]{0,40}\"|.", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """Who signed and when; empty and None where that cannot be found. start is where the signature begins."""

    user: str = ""
    timestamp: datetime | None = None
    start: int = -1


class Signatures:
    """Knows how one wiki links users and writes dates."""

    def __init__(self, profile: WikiProfile, words: TalkWords) -> None:
        names = (*profile.user_namespaces, *profile.user_talk_namespaces, "User", "User talk")
        self._users = frozenset(fold(name) for name in names)
        self._special = frozenset(fold(name) for name in (*profile.special_namespaces, "Special"))
        self._contributions = frozenset(fold(name) for name in (*profile.contributions, "Contributions"))
        self._unsigned = frozenset(fold(name) for name in words.unsigned_templates)
        self._user_templates = frozenset(fold(name) for name in words.user_templates)
        self._zone = ZoneInfo(profile.timezone)
        self._zones = {name.casefold(): minutes for name, minutes in profile.zones.items()}
        self._months = _months(profile)
        self._digits = str.maketrans(profile.digits, "0123456789") if profile.digits else {}
        self._stamps = [_pattern(each, self._months) for each in profile.timestamp_formats]

    def find(self, wikitext: str) -> Signed:
        """Return the last user that a piece names, with the date behind."""
        piece = wikitext[-_LONGEST:]
        shift = len(wikitext) - len(piece)
        links = [(user, start) for user, start in self._named(piece) if user]
        if not links:
            return Signed(timestamp=self._stamp(piece))
        user = links[-1][0]
        start = next(start for name, start in links if name == user)
        return Signed(user=user, timestamp=self._stamp(piece), start=start + shift)

    def _named(self, piece: str) -> Iterator[tuple[str, int]]:
        """Yield users by links, then by templates; a template settles it where it says that somebody did not sign."""
        for found in _LINK.finditer(piece):
            yield self.user_of(found[1]), found.start()
        if "{{" not in piece:
            return
        for found in _TEMPLATE.finditer(piece):
            if fold(found[1]) in self._unsigned | self._user_templates:
                yield _canonical(found[2].rpartition("=")[2]), found.start()

    def user_of(self, title: str) -> str:
        """Return the user whose page, talk page or contributions a title is, or nothing."""
        namespace, sign, rest = title.partition(":")
        if not sign:
            return ""
        name, _, below = rest.partition("/")
        if fold(namespace) in self._users:
            return _canonical(name)
        is_list = fold(namespace) in self._special and fold(name) in self._contributions
        return _canonical(below) if is_list else ""

    def _stamp(self, piece: str) -> datetime | None:
        """Return the last date of a piece in UTC."""
        text = piece.translate(self._digits)
        found = [match for stamp in self._stamps for match in stamp.finditer(text)]
        if not found:
            return None
        last = max(found, key=_end)
        return self._in_utc(last)

    def _in_utc(self, found: re.Match[str]) -> datetime | None:
        parts = found.groupdict()
        month = self._months.get((parts.get("name") or "").casefold()) or int(parts.get("month") or 0)
        try:
            wall = datetime(int(parts["year"]), month, int(parts["day"]), int(parts["hour"]), int(parts["minute"]))  # noqa: DTZ001
        except ValueError:
            return None
        zone = parts["zone"].casefold()
        if zone in self._zones:
            return (wall - timedelta(minutes=self._zones[zone])).replace(tzinfo=UTC)
        return wall.replace(tzinfo=UTC if zone in ("utc", "gmt", "z") else self._zone).astimezone(UTC)


def _canonical(name: str) -> str:
    clean = " ".join(name.replace("_", " ").replace("\u200e", "").split())
    return clean[:1].upper() + clean[1:]


def _months(profile: WikiProfile) -> dict[str, int]:
    lists = [*profile.months_former, profile.months_short, profile.months_genitive, profile.months]
    return {name.casefold(): number for several in lists for number, name in enumerate(several, 1) if name}


def _pattern(php: str, months: dict[str, int]) -> re.Pattern[str]:
    """Turn a PHP date format into a pattern with the zone in parentheses behind it."""
    names = "|".join(sorted(map(re.escape, months), key=len, reverse=True)) or "(?!)"
    pieces = []
    for token in _TOKEN.findall(php):
        group = {"H": "hour", "G": "hour", "i": "minute", "j": "day", "d": "day", "Y": "year"}.get(token)
        group = "month" if token in ("n", "m") else group
        if token in _NAMES:
            pieces.append(f"(?P<name>{names})")
        elif group and f"<{group}>" not in "".join(pieces):
            pieces.append(f"(?P<{group}>{_NUMBERS[token]})")
        elif token != "xn":
            literal = token[1:] if token.startswith("\\") else token.strip('"')
            pieces.append(r"\s" if literal == " " else re.escape(literal))
    return re.compile("".join(pieces) + r"\s?\((?P<zone>[^()\n]{1,12})\)", re.IGNORECASE)


def _end(found: re.Match[str]) -> int:
    return found.end()
