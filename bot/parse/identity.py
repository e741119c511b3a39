"""Name comments and headings as DiscussionTools does, so that a link to one leads to it.

A comment's name is its author and time. Its id adds the heading or comment that it answers, and a number where that
is still not enough. Texts are cut at 80 bytes each.
"""

import re
from datetime import datetime

_SPACES = re.compile(r"\s")
_LONGEST = 80


class Identities:
    """What the entries of one page are called, given one after the other."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}
        self._fragments: dict[str, int] = {}
        self._names: dict[int, str] = {}

    def comment(self, index: int, parent: int | None, user: str, timestamp: datetime) -> tuple[str, str]:
        """Return the name and the id of a comment."""
        name = f"{cut(user.replace(' ', '_'))}-{digits(timestamp)}"
        self._names[index] = name
        return f"c-{name}", self._unique(f"c-{name}{self._suffix(parent)}")

    def heading(self, index: int, parent: int | None, title: str) -> str:
        """Return the id of a heading, as long as no comment stands below it."""
        fragment = _SPACES.sub("_", title)
        key = fragment.lower()
        number = self._fragments[key] = self._fragments.get(key, 0) + 1
        self._names[index] = cut(fragment if number == 1 else f"{fragment}_{number}")
        return f"h-{self._names[index]}{self._suffix(parent)}"

    def _suffix(self, parent: int | None) -> str:
        return "" if parent is None else f"-{self._names[parent]}"

    def _unique(self, id_: str) -> str:
        """Return an id that no entry before has, numbered from the second one on."""
        number = self._taken.get(id_, 0)
        self._taken[id_] = number + 1
        return self._unique(f"{id_}-{number}") if number else id_


def digits(timestamp: datetime) -> str:
    """Return a time as MediaWiki writes it: YYYYMMDDHHMMSS."""
    iso = timestamp.isoformat()
    return iso[:4] + iso[5:7] + iso[8:10] + iso[11:13] + iso[14:16] + iso[17:19]


def cut(text: str) -> str:
    """Return as much of a text as 80 bytes hold."""
    return text if len(text) <= _LONGEST // 4 else text.encode()[:_LONGEST].decode(errors="ignore")
