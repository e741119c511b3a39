"""Count the ticks of a table and hold its own counts against them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from bot.analyze.audit_finding import Figure, Finding, Phrase, as_printed, closer, fits, plain
from bot.analyze.audit_grid import Grid
from bot.model import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class TickLines:
    """The rows and the columns that count ticks."""

    rows: frozenset[int]
    columns: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """The marks of a column, and how many of its cells hold figures."""

    marks: tuple[bool, ...]
    figures: int

    @property
    def is_counted(self) -> bool:
        """Tell whether the only figure of a column may be the number of its ticks."""
        return self.figures == 1 and any(self.marks) and len(self.marks) > 1


def tick_lines(grid: Grid) -> TickLines:
    """Return which rows and columns hold counts, where those that they cross hold ticks."""
    return TickLines(rows=_counting(grid), columns=_counting(grid.turned()))


def _counting(grid: Grid) -> frozenset[int]:
    """Return the rows without a mark in columns that have marks."""
    marked: dict[int, int] = {}
    for (_, column), pair in grid.cells.items():
        if pair.mark is not None and pair.is_empty:
            marked[column] = marked.get(column, 0) + 1
    rows: dict[int, list[bool]] = {}
    for (row, column), pair in grid.cells.items():
        if marked.get(column, 0) > 1:
            rows.setdefault(row, []).append(pair.count is not None)
    return frozenset(row for row, several in rows.items() if several and all(several))


def check_ticks(grid: Grid, place: Place) -> Iterator[Finding]:
    """Yield the counts that differ from the number of ticks beside them."""
    if not any(pair.mark and pair.is_empty for pair in grid.cells.values()):
        return
    columns = [_column(grid, number) for number in range(len(grid.columns))]
    for row, head in enumerate(grid.rows):
        cells = [(grid.cells.get((row, number)), column) for number, column in enumerate(columns)]
        counted = [(cell.count, sum(each.marks)) for cell, each in cells if cell and cell.count and each.is_counted]
        wrong = [(figure, ticks) for figure, ticks in counted if figure.value != ticks]
        is_named = bool(head.roles & {"total", "count", "size", "countlike"})
        if is_named or 2 * len(wrong) <= len(counted):
            yield from (_finding(figure, ticks, place) for figure, ticks in wrong)


def check_tick_shares(grid: Grid, place: Place) -> Iterator[Finding]:
    """Yield the shares in a row of shares that are not those of the ticks above them, where others are."""
    columns = [_column(grid, number).marks for number in range(len(grid.columns))]
    rows: dict[int, list[tuple[Figure, int]]] = {}
    for (row, at), pair in grid.cells.items():
        if pair.share and len(columns[at]) > 1:
            rows.setdefault(row, []).append((pair.share, at))
    for row in sorted(rows):
        known = [(share, at, columns[at]) for share, at in rows[row]]
        wrong = [each for each in known if not fits(each[0].quantity, Fraction(100 * sum(each[2]), len(each[2])))]
        if 2 * len(wrong) < len(known):
            yield from (_share_finding(share, marks, place) for share, _, marks in wrong)


def _column(grid: Grid, number: int) -> Column:
    several = grid.column(number)
    marks = tuple(pair.mark for pair in several if pair.mark is not None and pair.is_empty)
    return Column(marks=marks, figures=sum(not pair.is_empty for pair in several))


def _share_finding(share: Figure, marks: Sequence[bool], place: Place) -> Finding:
    exact = Fraction(100 * sum(marks), len(marks))
    shown = closer(share.quantity, exact)
    return Finding(
        place=replace(place, line=share.line),
        kind="share",
        subject=share.name,
        published=share.text,
        recomputed=plain(shown),
        formula=plain(f"{sum(marks)} / {len(marks)} = {shown}"),
        repair=f"{share.name}: {share.text} → {as_printed(share.text, share.quantity, exact)}",
    )


def check_all_ticks(grid: Grid, place: Place) -> Iterator[Finding]:
    """Yield the count where a row and a column of counts meet, where it is not that of all ticks."""
    lines = tick_lines(grid)
    if len(lines.rows) != 1 or len(lines.columns) != 1:
        return
    (row,), (column,) = lines.rows, lines.columns
    cell = grid.cells.get((row, column))
    ticks = sum(pair.mark is True and pair.is_empty for pair in grid.cells.values())
    if cell is not None and cell.count is not None and cell.count.value != ticks:
        yield _finding(cell.count, ticks, place)


def _finding(figure: Figure, ticks: int, place: Place) -> Finding:
    return Finding(
        place=replace(place, line=figure.line),
        kind="ticks",
        subject=figure.name,
        published=figure.text,
        recomputed=plain(str(ticks)),
        formula=Phrase(key="audit-formula-ticks", details=(str(ticks),)),
        repair=f"{figure.name}: {figure.text} → {ticks}",
    )
