"""What is asked of the marks of one line: which stand where, whom they name, and what stands between them."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from bot.parse.shown import shown_text
from bot.parse.signature import Named


def offsets_between(starts: Sequence[int], start: int, end: int) -> Sequence[int]:
    """Return the offsets, of those in order, that lie between two."""
    return starts[bisect_left(starts, start) : bisect_left(starts, end)]


def one_each(marks: Iterable[Named]) -> list[Named]:
    """Return the first mark of each user."""
    found: dict[str, Named] = {}
    for mark in marks:
        found.setdefault(mark.user, mark)
    return list(found.values())


def has_letters(shown: str) -> bool:
    """Tell whether a stretch of wikitext shows any word."""
    return any(letter.isalnum() for letter in shown_text(shown))
