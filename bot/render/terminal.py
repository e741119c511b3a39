"""Lay out a table in columns of a terminal."""

import unicodedata
from collections.abc import Sequence


def table(rows: Sequence[Sequence[str]], *, has_total: bool = True) -> str:
    """Return rows as lines: the first row is the header, the last one a total unless there is none."""
    widths = [max(width(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = [_line(row, widths) for row in rows]
    rule = "  ".join("─" * each for each in widths)
    if not has_total:
        return "\n".join([lines[0], rule, *lines[1:]])
    return "\n".join([lines[0], rule, *lines[1:-1], rule, lines[-1]])


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first = row[0] + " " * (widths[0] - width(row[0]))
    rest = [_centred(cell, each) for cell, each in zip(row[1:], widths[1:], strict=True)]
    return "  ".join([first, *rest]).rstrip()


def _centred(cell: str, columns: int) -> str:
    room = columns - width(cell)
    return " " * (room // 2) + cell + " " * (room - room // 2)


def width(text: str) -> int:
    """Return how many columns a text takes: two for wide letters, none for marks."""
    return sum(_letter_width(letter) for letter in text)


def _letter_width(letter: str) -> int:
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in ("W", "F") else 1
