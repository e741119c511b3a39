"""Work out the PHP date format of a wiki from one date that it has just written."""

import itertools
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from bot.errors import UsageError

# The parts that every date has: year, month, day, hour, minute. A letter belongs to one of them.
_PART_OF = {"Y": "year", "xkY": "year", "n": "month", "m": "month", "j": "day", "d": "day", "H": "hour", "G": "hour"}
_PART_OF |= {"i": "minute", "F": "month", "xg": "month", "M": "month"}
_PARTS = {"year", "month", "day", "hour", "minute"}
_ZONE = re.compile(r" \([^()]+\)$")
_DIGITS = re.compile("([0-9]+)")
_MEANS_SOMETHING = re.compile(r'[A-Za-z"\\]')


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The names that may stand in a date, by PHP letter."""

    months: Mapping[str, Sequence[str]]
    weekdays: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Self:
        """Return the names out of the fields of a stamp."""
        months = {"F": said["months"], "xg": said["months_genitive"], "M": said["months_short"]}
        return cls(months=months, weekdays={"l": said["weekdays"], "D": said["weekdays_short"]})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """A piece of a date: a letter with the text that it wrote, or a literal without a letter."""

    text: str
    letter: str = ""

    @property
    def part(self) -> str:
        return _PART_OF.get(self.letter, "")


def derive(stamp: str, moment: datetime, names: Names, digits: str) -> str:
    """Return the format of a date such as "12:05, 1 January 2024 (UTC)"; moment is the same in the wiki's zone."""
    text = _ZONE.sub("", stamp.strip()).translate({ord(digit): str(value) for value, digit in enumerate(digits)})
    readings = [pieces for pieces in _readings(text, moment, names) if _is_whole(pieces)]
    if not readings:
        raise UsageError(
            f"The date format cannot be derived from \u201c{stamp}\u201d: make the profile from a local MediaWiki "
            "with that content language, without --api."
        )
    if len(readings) > 1:
        raise UsageError(f"\u201c{stamp}\u201d can be read in several ways: run this again in a few minutes.")
    for doubt in _doubts(readings[0], moment, names):
        print(f"Not certain from \u201c{stamp}\u201d: {doubt}.", file=sys.stderr)
    return "".join(piece.letter or _quoted(piece.text) for piece in readings[0])


def _readings(text: str, moment: datetime, names: Names) -> Iterator[list[_Piece]]:
    fields = [
        _numbers(token, moment) if token.isdigit() else [_words(token, moment, names)] for token in _split(text)
    ]
    for choice in itertools.product(*fields):
        yield [piece for pieces in choice for piece in pieces]


def _split(text: str) -> list[str]:
    return [token for token in _DIGITS.split(text) if token]


def _is_whole(pieces: Sequence[_Piece]) -> bool:
    parts = [piece.part for piece in pieces if piece.part]
    return len(parts) == len(_PARTS) and set(parts) == _PARTS


def _numbers(token: str, moment: datetime) -> list[list[_Piece]]:
    written = {
        "Y": str(moment.year),
        "xkY": str(moment.year + 543),
        "n": str(moment.month),
        "m": f"{moment.month:02}",
        "j": str(moment.day),
        "d": f"{moment.day:02}",
        "H": f"{moment.hour:02}",
        "G": str(moment.hour),
        "i": f"{moment.minute:02}",
    }
    letters: dict[str, str] = {}
    for letter, value in written.items():
        if value == token:
            letters.setdefault(_PART_OF[letter], letter)
    return [[_Piece(text=token, letter=letter)] for letter in letters.values()]


def _words(token: str, moment: datetime, names: Names) -> list[_Piece]:
    weekday = (moment.weekday() + 1) % 7
    months = {letter: each[moment.month - 1] for letter, each in names.months.items()}
    days = {letter: rf"(?<!\w){re.escape(each[weekday])}(?!\w)" for letter, each in names.weekdays.items()}
    found = {letter: re.escape(name) for letter, name in months.items() if name and not _DIGITS.search(name)} | days
    longest = sorted(found.items(), key=lambda entry: -len(entry[1]))
    pattern = re.compile("|".join(f"(?P<{letter}>{each})" for letter, each in longest))
    match = pattern.search(token)
    if not match:
        return [_Piece(text=token)]
    around = _words(token[: match.start()], moment, names), _words(token[match.end() :], moment, names)
    return [*around[0], _Piece(text=match[0], letter=match.lastgroup or ""), *around[1]]


def _doubts(pieces: Sequence[_Piece], moment: datetime, names: Names) -> Iterator[str]:
    letters = {piece.letter for piece in pieces}
    for letter, value, padded in (("j", moment.day, "d"), ("H", moment.hour, "G"), ("n", moment.month, "m")):
        if letter in letters and value >= 10:
            yield f"{letter} may be {padded}"
    for letter in letters & names.months.keys():
        same = [other for other in names.months if names.months[other][moment.month - 1] in _texts(pieces, letter)]
        if any(list(names.months[other]) != list(names.months[letter]) for other in same):
            yield f"{letter} may be {', '.join(other for other in same if other != letter)}"


def _texts(pieces: Sequence[_Piece], letter: str) -> list[str]:
    return [piece.text for piece in pieces if piece.letter == letter]


def _quoted(text: str) -> str:
    if not _MEANS_SOMETHING.search(text):
        return text
    return "".join(f"\\{each}" if _MEANS_SOMETHING.match(each) else each for each in text)
