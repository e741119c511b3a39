"""Recompute rows of totals and of counted ticks."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.analyze.audit_finding import Figure, Finding, Phrase, plain
from bot.analyze.audit_grid import Grid
from bot.model import Place

_MOST_TERMS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What a row of totals says of one column, and what it may add up to."""

    figure: Figure
    parts: tuple[Figure, ...]
    sums: frozenset[int]


def check_totals(grid: Grid, place: Place) -> Iterator[Finding]:
    """Yield the totals that are not the sum of the figures above them, in a row where most are."""
    for row, head in enumerate(grid.rows):
        if head.special() != "total":
            continue
        columns = [column for number in range(len(grid.columns)) if (column := _column(grid, row, number))]
        wrong = [column for column in columns if column.figure.value not in column.sums]
        if len(columns) > 1 and 2 * len(wrong) > len(columns):
            continue
        yield from (_total_finding(column, place) for column in wrong)


def _column(grid: Grid, row: int, number: int) -> Column | None:
    if grid.columns[number].special() not in ("", "total", "size"):
        return None
    cell = grid.cells.get((row, number))
    others = [at for at in range(len(grid.rows)) if at != row and grid.rows[at].special() in ("", "size")]
    pairs = [pair for at in others if (pair := grid.cells.get((at, number))) is not None]
    parts = [pair.count for pair in pairs if pair.count]
    if cell is None or cell.count is None or len(parts) < 2 or any(pair.is_unknown for pair in pairs):
        return None
    return Column(figure=cell.count, parts=tuple(parts), sums=_sums(grid, row, number))


def _sums(grid: Grid, row: int, number: int) -> frozenset[int]:
    """Return what a total may be: the sum of all, of those since the last total, or of the totals above."""
    everything = since = totals = all_above = 0
    for at, head in enumerate(grid.rows):
        pair = grid.cells.get((at, number))
        value = int(pair.count.value) if pair and pair.count else 0
        if head.special() == "total":
            totals += value if at < row else 0
            since = 0 if at < row else since
        elif head.special() in ("", "size"):
            everything += value
            since += value if at < row else 0
            all_above += value if at < row else 0
    return frozenset({everything, since, totals, all_above} - {0})


def _total_finding(column: Column, place: Place) -> Finding:
    counted = sum(int(part.value) for part in column.parts)
    shown = [str(int(part.value)) for part in column.parts]
    terms = [*shown[:_MOST_TERMS], "…", shown[-1]] if len(shown) > _MOST_TERMS + 1 else shown
    return Finding(
        place=replace(place, line=column.figure.line),
        kind="total",
        subject=column.figure.name,
        published=column.figure.text,
        recomputed=plain(str(counted)),
        formula=plain(f"{' + '.join(terms)} = {counted}"),
    )


def check_ticks(grid: Grid, place: Place) -> Iterator[Finding]:
    """Yield the counts that differ from the number of ticks above them."""
    for row, head in enumerate(grid.rows):
        counted = [found for number in range(len(grid.columns)) if (found := _ticked(grid, row, number))]
        wrong = [(figure, ticks) for figure, ticks in counted if figure.value != ticks]
        is_named = bool(head.roles & {"total", "count", "size"})
        if is_named or 2 * len(wrong) <= len(counted):
            yield from (_tick_finding(figure, ticks, place) for figure, ticks in wrong)


def _ticked(grid: Grid, row: int, number: int) -> tuple[Figure, int] | None:
    cell = grid.cells.get((row, number))
    if cell is None or cell.count is None:
        return None
    others = [pair for at in range(len(grid.rows)) if at != row and (pair := grid.cells.get((at, number)))]
    marks = [pair.mark for pair in others if pair.mark is not None and pair.is_empty]
    has_figures = any(not pair.is_empty for pair in others)
    return None if has_figures or not any(marks) or len(marks) < 2 else (cell.count, sum(marks))


def _tick_finding(figure: Figure, ticks: int, place: Place) -> Finding:
    return Finding(
        place=replace(place, line=figure.line),
        kind="ticks",
        subject=figure.name,
        published=figure.text,
        recomputed=plain(str(ticks)),
        formula=Phrase(key="audit-formula-ticks", details=(str(ticks),)),
        repair=f"{figure.name}: {figure.text} → {ticks}",
    )
