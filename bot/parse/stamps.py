"""Find all stamps of a page: the wiki's own, and on wikis where people paste them, those of other wikis."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.model import WikiProfile
from bot.parse.stamp import Format, Stamp, at_offset, formats, in_zone, looks_like_zone, numeric_offset, own_zones

_ZONE = r"[\u200e\u200f\0]* (?:[\u200e\u200f\0]*)\((?P<zone>[^()\[\]{}<>|\n]{1,40})\)"
_TAIL = re.compile(r"\(([^()\[\]{}<>|\n]{1,40})\)")
_WORD = re.compile(r"[^\W\d_]+")
_UNSEEN = re.compile("[\u200e\u200f\0]+")
_YEAR = re.compile(r"\d\d\d\d")
_LONGEST = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """One format of one wiki, compiled; zones are those of its own clock, named adds all that the wiki names."""

    format: Format
    pattern: re.Pattern[str]
    bare: re.Pattern[str]
    is_own: bool
    clock: ZoneInfo
    zones: Mapping[str, int]
    named: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamps:
    """Find and read stamps by the conventions of one wiki and, behind them, of others."""

    own: tuple[_Known, ...]
    others: Mapping[str, tuple[_Known, ...]]
    zones: Mapping[str, int]
    knows_others: bool

    def find(self, text: str) -> list[Stamp]:
        """Return the stamps of a masked page in order."""
        found = [
            stamp
            for known in self.own
            for match in known.pattern.finditer(text)
            if (stamp := self._stamp(known, match)) is not None
        ]
        if self.knows_others:
            ends = {stamp.end for stamp in found}
            found += [stamp for tail in _TAIL.finditer(text) if (stamp := self._foreign(text, tail, ends))]
        return _apart(found)

    def read(self, text: str) -> datetime | None:
        """Read text that is nothing but a date: a stamp, or one with no zone, which is in UTC."""
        stamps = [stamp for stamp in self.find(text) if stamp.time is not None]
        if stamps:
            return stamps[0].time
        for known in self._candidates(text):
            if bare := known.bare.search(text):
                wall = known.format.wall_time(bare)
                return at_offset(wall, 0) if wall else None
        return None

    def _candidates(self, text: str) -> Iterator[_Known]:
        yield from self.own
        seen: set[int] = set()
        for word in ["", *_WORD.findall(text)]:
            for known in self.others.get(word, ()):
                if id(known) not in seen:
                    seen.add(id(known))
                    yield known

    def _stamp(self, known: _Known, found: re.Match[str]) -> Stamp | None:
        wall = known.format.wall_time(found)
        if wall is None:
            return None
        zone = _zone(found["zone"])
        time = self._time(wall, zone, known)
        if time is None and not looks_like_zone(zone):
            return None
        return Stamp(start=found.start(), end=found.end(), time=time, zone=zone)

    def _time(self, wall: datetime, zone: str, known: _Known) -> datetime | None:
        """Return the instant: in a zone of the wiki whose format it is, or in any that only one zone is called."""
        if known.is_own and zone in known.zones:
            minutes = known.zones[zone]
            return in_zone(wall, minutes, known.clock) if len(known.zones) > 1 else at_offset(wall, minutes)
        if known.is_own and not self.knows_others:
            return None
        offset: int | None = known.named.get(zone)
        if offset is None:
            offset = numeric_offset(zone) if zone not in self.zones else self.zones[zone]
        return None if offset is None else at_offset(wall, offset)

    def _foreign(self, text: str, tail: re.Match[str], ends: set[int]) -> Stamp | None:
        if tail.end() in ends:
            return None
        zone = _zone(tail[1])
        if not (zone in self.zones or looks_like_zone(zone)):
            return None
        start = max(0, tail.start() - _LONGEST)
        window = text[start : tail.end()]
        if not _YEAR.search(window):
            return None
        for known in self._candidates(window[: tail.start() - start]):
            # The wiki's own stamps have been found, so only the last one of the window can be new.
            for match in [*known.pattern.finditer(window)][-1:]:
                stamp = self._stamp(known, match) if match.end() == len(window) else None
                if stamp is not None:
                    return Stamp(start=start + stamp.start, end=tail.end(), time=stamp.time, zone=zone)
        return None


def stamps(profile: WikiProfile, foreign: tuple[WikiProfile, ...] = ()) -> Stamps:
    """Compile what stamps look like on a wiki."""
    others = [each for each in foreign if each.id != profile.id]
    own = tuple(_compiled(profile, is_own=True))
    # Many wikis write alike: what reads a stamp in the same way is tried once.
    seen = {(known.pattern.pattern, frozenset(known.named.items())) for known in own}
    keyed: dict[str, list[_Known]] = {}
    for known in (known for other in others for known in _compiled(other, is_own=False)):
        same = (known.pattern.pattern, frozenset(known.named.items()))
        if same not in seen:
            seen.add(same)
            for key in _keys(known):
                keyed.setdefault(key, []).append(known)
    return Stamps(
        own=own,
        others={key: tuple(several) for key, several in keyed.items()},
        zones=_unambiguous([profile, *others]),
        knows_others=profile.knows_foreign_stamps,
    )


def _compiled(profile: WikiProfile, *, is_own: bool) -> Iterator[_Known]:
    for each in formats(profile):
        zones = own_zones(profile)
        yield _Known(
            format=each,
            pattern=re.compile(each.pattern + _ZONE),
            bare=re.compile(each.pattern),
            is_own=is_own,
            clock=ZoneInfo(profile.timezone),
            zones=zones,
            named={**zones, **profile.zones},
        )


def _keys(known: _Known) -> set[str]:
    """Return words of which one stands in every stamp of the format; the empty one where there may be none."""
    before, month, behind = known.format.outline.partition("\0")
    if not month:
        return {(_WORD.findall(before) or [""])[0]}
    words = (_WORD.finditer(f"{before}{name}{behind}") for name in known.format.months)
    return {next((word.group() for word in each if word.end() > len(before)), "") for each in words}


def _unambiguous(profiles: Sequence[WikiProfile]) -> dict[str, int]:
    """Return the abbreviations that mean one zone alone wherever they are known."""
    meanings: dict[str, set[int]] = {}
    for profile in profiles:
        for name, minutes in {**own_zones(profile), **profile.zones}.items():
            meanings.setdefault(name, set()).add(minutes)
    return {name: next(iter(several)) for name, several in meanings.items() if len(several) == 1}


def _zone(text: str) -> str:
    if text.isascii() and text.isalnum():
        return text
    return _UNSEEN.sub("", text).replace("\u00a0", " ").replace("&nbsp;", " ").strip()


def _apart(found: list[Stamp]) -> list[Stamp]:
    """Return the stamps in order, without those that overlap one before."""
    found.sort(key=_start)
    kept: list[Stamp] = []
    for stamp in found:
        if not kept or stamp.start >= kept[-1].end:
            kept.append(stamp)
    return kept


def _start(stamp: Stamp) -> int:
    return stamp.start
