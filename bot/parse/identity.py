"""Name comments and headings as DiscussionTools does, so that a link to one leads to it.

A comment's name is its author and time. Its id adds the heading or comment that it answers, and a number where that
is still not enough. Texts are cut at 80 bytes each.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.discussion import Comment, TalkHeading

_SPACES = re.compile(r"\s")
_NOT_DIGITS = re.compile(r"\D")
_LONGEST = 80


def with_ids(entries: Sequence[TalkHeading | Comment]) -> Iterator[TalkHeading | Comment]:
    """Yield the entries with their ids."""
    anchors = _anchors(entries)
    oldest = _oldest(entries)
    taken: dict[str, int] = {}
    for entry in entries:
        above = entries[entry.parent] if entry.parent is not None else None
        suffix = "" if above is None else "-" + (anchors[above.index] if isinstance(above, TalkHeading) else _name(above))
        if isinstance(entry, Comment):
            name = f"c-{_name(entry)}"
            yield replace(entry, name=name, id=_unique(name + suffix, taken))
        else:
            first = f"-{oldest[entry.index]}" if entry.index in oldest else ""
            yield replace(entry, id=_unique(f"h-{anchors[entry.index]}{suffix}{first}", taken))


def _unique(id_: str, taken: dict[str, int]) -> str:
    """Return an id that no entry before has, numbered from the second one on."""
    number = taken.get(id_, 0)
    taken[id_] = number + 1
    return _unique(f"{id_}-{number}", taken) if number else id_


def _name(comment: Comment) -> str:
    return f"{_cut(comment.user.replace(' ', '_'))}-{_digits(comment)}"


def _digits(comment: Comment) -> str:
    return _NOT_DIGITS.sub("", comment.timestamp.isoformat()[:19])


def _cut(text: str) -> str:
    return text.encode()[:_LONGEST].decode(errors="ignore")


def _anchors(entries: Sequence[TalkHeading | Comment]) -> dict[int, str]:
    """Return the fragment of each heading, numbered where another heading has it already."""
    anchors: dict[int, str] = {}
    seen: dict[str, int] = {}
    for entry in entries:
        if isinstance(entry, TalkHeading):
            fragment = _SPACES.sub("_", entry.title)
            key = fragment.lower()
            seen[key] = seen.get(key, 0) + 1
            anchors[entry.index] = _cut(fragment if seen[key] == 1 else f"{fragment}_{seen[key]}")
    return anchors


def _oldest(entries: Sequence[TalkHeading | Comment]) -> dict[int, str]:
    """Return the time of the oldest comment right below each heading."""
    oldest: dict[int, str] = {}
    heading = -1
    for entry in entries:
        if isinstance(entry, TalkHeading):
            heading = entry.index
        else:
            stamp = _digits(entry)
            oldest[heading] = min(oldest.get(heading, stamp), stamp)
    return oldest
