"""Put the columns of shares into the columns of counts that they are the shares of."""

from dataclasses import replace

from bot.analyze.audit_grid import Grid, Pair


def with_shares(grid: Grid) -> Grid:
    """Return the grid with columns of shares put into the columns that they are the shares of."""
    taken: dict[int, int] = {}
    for number in range(len(grid.columns)):
        if _is_share_column(grid, number):
            at = _counted_by(grid, number, set(taken.values()))
            if at is not None:
                taken[number] = at
    if not taken:
        return grid
    kept = [number for number in range(len(grid.columns)) if number not in taken]
    cells = {(row, kept.index(column)): pair for (row, column), pair in grid.cells.items() if column not in taken}
    for (row, column), pair in grid.cells.items():
        if column in taken:
            place = (row, kept.index(taken[column]))
            counted = cells.get(place, Pair(line=pair.line))
            is_unknown = counted.is_unknown or pair.is_unknown
            cells[place] = replace(counted, share=pair.share or counted.share, is_unknown=is_unknown)
    return replace(grid, columns=tuple(grid.columns[number] for number in kept), cells=cells)


def _is_share_column(grid: Grid, number: int) -> bool:
    pairs = _answers(grid, number)
    if grid.columns[number].special() not in ("", "total", "size"):
        return False
    shares = [pair for pair in pairs if pair.share and not pair.count]
    return bool(shares) and not any(pair.count or pair.decimal for pair in pairs)


def _counted_by(grid: Grid, number: int, taken: set[int]) -> int | None:
    """Return the column of counts that a column of shares belongs to: of the same name, or the one before it."""
    head = grid.columns[number]
    counted = [at for at in range(number) if at not in taken and _is_count_column(grid, at)]
    same = [at for at in counted if head.own and grid.columns[at].own == head.own]
    if same:
        return same[-1]
    if not counted:
        return None
    around = {word for label in grid.columns[counted[-1]].labels for word in label}
    return counted[-1] if head.own <= around else None


def _is_count_column(grid: Grid, number: int) -> bool:
    pairs = _answers(grid, number)
    return any(pair.count for pair in pairs) and not any(pair.share or pair.decimal for pair in pairs)


def _answers(grid: Grid, number: int) -> list[Pair]:
    """Return the cells of a column beside rates, means and changes, which are of another kind."""
    rows = [at for at, head in enumerate(grid.rows) if head.special() in ("", "total", "size")]
    return [grid.cells[at, number] for at in rows if (at, number) in grid.cells]
