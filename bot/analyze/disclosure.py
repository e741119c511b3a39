"""Keep small counts of a table back, and as many others as it takes that none can be worked out from the totals.

What a reader knows is taken to be: every column's total and the grand total, which are published elsewhere; that a
small cell lies below the threshold; and that a withheld one does not. With that, the counts that fit form the flows
of a network, and a cell is safe exactly where a flow can be sent round a circle through it, one way or the other.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.analyze.poll_figures import Guarded

SMALLEST = 5
SMALL, WITHHELD = "small", "withheld"
Table = tuple[tuple[int, ...], ...]
Place = tuple[int, int]  # row and column; the column of a row's total is -1
Arc = tuple[str, str]
_TOTAL = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Protected:
    """A table that may be published; not shown where even keeping everything back would tell."""

    cells: tuple[tuple[Guarded, ...], ...]
    totals: tuple[Guarded, ...]
    is_shown: bool = True


def protect(tables: Sequence[Table]) -> list[Protected]:
    """Return tables of the same rows for publication; a row's total is shown in all of them or in none."""
    hidden_totals: set[int] = set()
    while True:
        marks = [_marks(table, hidden_totals) for table in tables]
        totals = {row for each in marks if each is not None for row, column in each if column == _TOTAL}
        if totals == hidden_totals:
            return [_published(table, each) for table, each in zip(tables, marks, strict=True)]
        hidden_totals = totals


def _marks(table: Table, hidden_totals: set[int]) -> dict[Place, str] | None:
    """Return which counts to keep back and why, None where no choice of them is safe."""
    counts = _counts(table)
    # An answer that nobody gave has a total of nothing, which tells all of its cells.
    known = {place for place in counts if place[1] != _TOTAL and not any(line[place[1]] for line in table)}
    counts = {place: count for place, count in counts.items() if place not in known}
    marks = {place: SMALL for place, count in counts.items() if count < SMALLEST}
    marks |= {(row, _TOTAL): WITHHELD for row in hidden_totals if (row, _TOTAL) not in marks}
    while True:
        told = next((place for place in marks if not _is_safe(place, counts, marks)), None)
        if told is None:
            return marks
        more = _cheapest(told, counts, marks)
        if more is None:
            return None
        marks[more] = WITHHELD


def _counts(table: Table) -> dict[Place, int]:
    counts = {(row, column): count for row, line in enumerate(table) for column, count in enumerate(line)}
    return counts | {(row, _TOTAL): sum(line) for row, line in enumerate(table)}


def _cheapest(told: Place, counts: Mapping[Place, int], marks: Mapping[Place, str]) -> Place | None:
    """Return the smallest count that is still shown, in the same row or column if there is one."""
    shown = [place for place in counts if place not in marks]
    near = [place for place in shown if place[0] == told[0] or place[1] == told[1]]
    return min(near or shown, key=lambda place: (counts[place], place), default=None)


def _is_safe(place: Place, counts: Mapping[Place, int], marks: Mapping[Place, str]) -> bool:
    """Tell whether a count that is kept back could be another one as well."""
    arcs = {other: tuple(_arcs(other, counts[other], mark)) for other, mark in marks.items()}
    free = [arc for other, several in arcs.items() if other != place for arc in several]
    return any(_leads(free, end, start) for start, end in arcs[place])


def _arcs(place: Place, count: int, mark: str) -> Iterator[Arc]:
    """Yield the ways in which a count that is kept back may move: up along its arc, down against it."""
    row, column = place
    start, end = ("all", f"row {row}") if column == _TOTAL else (f"row {row}", f"column {column}")
    lowest, highest = (0, SMALLEST - 1) if mark == SMALL else (SMALLEST, None)
    if highest is None or count < highest:
        yield start, end
    if count > lowest:
        yield end, start


def _leads(arcs: Sequence[Arc], start: str, end: str) -> bool:
    reached = {start}
    grew = True
    while grew and end not in reached:
        more = {arc[1] for arc in arcs if arc[0] in reached} - reached
        reached |= more
        grew = bool(more)
    return end in reached


def _published(table: Table, marks: Mapping[Place, str] | None) -> Protected:
    if marks is None or len(table) < 2:
        return Protected(cells=(), totals=(), is_shown=False)
    cells = [
        tuple(_guarded(count, marks.get((row, column), "")) for column, count in enumerate(line))
        for row, line in enumerate(table)
    ]
    totals = [_guarded(sum(line), marks.get((row, _TOTAL), "")) for row, line in enumerate(table)]
    return Protected(cells=tuple(cells), totals=tuple(totals))


def _guarded(count: int, mark: str) -> Guarded:
    return Guarded(count=0 if mark else count, mark=mark)
