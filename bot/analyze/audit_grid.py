"""Put a published table into a grid of counts and shares under the names and roles of its rows and columns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from bot.analyze.audit_finding import Figure
from bot.parse.published import PublishedCell, PublishedTable
from bot.parse.quantity import COUNT, DECIMAL, PERCENT, POINTS, Quantity

SPECIAL = ("total", "size", "mean", "agreement", "change", "rate")
Words = tuple[str, ...]
At = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The name of a row or column: the words of each of its labels, outermost first, and the roles of the last.

    own holds the words that say more than "count" or "percentage"; scale is the number of a step of a scale,
    and wave the label that names one poll of several.
    """

    names: tuple[str, ...]
    labels: tuple[Words, ...]
    roles: frozenset[str]
    line: int
    scale: Fraction | None = None
    own: frozenset[str] = frozenset()
    wave: Words = ()

    @property
    def name(self) -> str:
        """Return the labels in one."""
        return ", ".join(self.names)

    def special(self) -> str:
        """Return the role that keeps it from being one answer or thing among others, or nothing."""
        return next((role for role in SPECIAL if role in self.roles), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """What one cell says, together with the cell that holds its share."""

    line: int
    count: Figure | None = None
    share: Figure | None = None
    decimal: Figure | None = None
    base: Figure | None = None
    is_unknown: bool = False
    mark: bool | None = None

    @property
    def is_empty(self) -> bool:
        """Tell whether no figure stands there."""
        return not (self.count or self.share or self.decimal)

    @property
    def any(self) -> Figure | None:
        """Return whichever figure stands there."""
        return self.count or self.share or self.decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table as rows and columns with roles; cells without a figure are left out."""

    section: int
    line: int
    rows: tuple[Head, ...]
    columns: tuple[Head, ...]
    cells: Mapping[At, Pair] = field(repr=False)
    is_turned: bool = False

    def turned(self) -> "Grid":
        """Return the grid with rows for columns."""
        cells = {(column, row): pair for (row, column), pair in self.cells.items()}
        return replace(self, rows=self.columns, columns=self.rows, cells=cells, is_turned=not self.is_turned)

    def column(self, number: int) -> list[Pair]:
        """Return the cells of a column that hold figures."""
        return [self.cells[at, number] for at in range(len(self.rows)) if (at, number) in self.cells]


def grid_of(table: PublishedTable) -> Grid | None:
    """Return the grid of a table, None where it has no body or no figures."""
    heads = _head_rows(table.rows)
    body = table.rows[heads:]
    if not body:
        return None
    labels = _label_columns(body)
    above = [row for row in table.rows[:heads] if not _spans_all(row)]
    columns = [_column_head(above, at, table.line) for at in range(labels, len(table.rows[0]))]
    rows = list(_row_heads(body, labels))
    cells = {
        (number, at - labels): _pair(cell, row_head, columns[at - labels])
        for number, (row_head, row) in enumerate(rows)
        for at, cell in enumerate(row)
        if at >= labels
    }
    kept = {at: pair for at, pair in cells.items() if not pair.is_empty or pair.is_unknown or pair.mark is not None}
    grid = Grid(
        section=table.section,
        line=table.line,
        rows=tuple(head for head, _ in rows),
        columns=tuple(columns),
        cells=kept,
    )
    merged = _with_shares(_with_shares(grid).turned()).turned()
    return merged if any(not pair.is_empty for pair in merged.cells.values()) else None


def _head_rows(rows: Sequence[Sequence[PublishedCell]]) -> int:
    number = 0
    while number < len(rows) - 1 and _is_head_row(rows, number):
        number += 1
    return number


def _is_head_row(rows: Sequence[Sequence[PublishedCell]], number: int) -> bool:
    row = rows[number]
    if _spans_all(row):
        return number == 0  # a title; further down it names the rows below it
    filled = [cell for cell in row if cell.text]
    if all(cell.is_header for cell in filled) and (number == 0 or len(filled) > 1):
        return bool(filled)
    has_figures = any(cell.is_figure or cell.mark for cell in row[1:])
    follows_spanning = number > 0 and any(cell.is_copy for cell in rows[number - 1])
    return not has_figures and len(filled) > 1 and (number == 0 or follows_spanning)


def _spans_all(row: Sequence[PublishedCell]) -> bool:
    first = row[0]
    return len(row) > 2 and bool(first.text) and all(cell.is_copy and cell.text == first.text for cell in row[1:])


def _label_columns(body: Sequence[Sequence[PublishedCell]]) -> int:
    width = len(body[0])
    number = 1
    while number < width - 1 and _is_text(body, number):
        number += 1
    return number


def _is_text(body: Sequence[Sequence[PublishedCell]], number: int) -> bool:
    column = [row[number] for row in body]
    text = sum(bool(cell.text) and not cell.is_figure and cell.mark is None for cell in column)
    others = sum(cell.is_figure or cell.mark is True for cell in column)
    return text > others


def _column_head(rows: Sequence[Sequence[PublishedCell]], at: int, line: int) -> Head:
    return _head([row[at] for row in rows], line)


def _head(cells: Sequence[PublishedCell], line: int) -> Head:
    """Put the labels of a row or column together; the roles are those of the innermost, shares of any."""
    filled: list[PublishedCell] = []
    for cell in cells:
        if cell.text and (not filled or cell.text != filled[-1].text):
            filled.append(cell)
    roles = set(filled[-1].roles) if filled else set()
    roles |= {role for cell in filled for role in cell.roles if role in ("share", "change", "mean", "rate")}
    return Head(
        names=tuple(cell.name for cell in filled),
        labels=tuple(cell.words for cell in filled),
        roles=frozenset(roles),
        line=next((cell.line for cell in reversed(filled) if not cell.is_copy), cells[-1].line if cells else line),
        scale=_scale(filled[-1]) if filled and "wave" not in roles else None,
        wave=next((cell.words for cell in reversed(filled) if "wave" in cell.roles), ()),
        own=frozenset(word for cell in filled if "generic" not in cell.roles for word in cell.words),
    )


def _scale(cell: PublishedCell) -> Fraction | None:
    """Return the number of a step that stands in its label, as in "Agree (3)", "3 = agree" or "3"."""
    counts = [each for each in cell.figures if each.kind == COUNT and not each.sign]
    if len(counts) != 1 or len(cell.figures) != 1 or counts[0].value > 10:
        return None
    before, after = cell.text[: counts[0].start].rstrip(), cell.text[counts[0].end :].lstrip()
    is_set_apart = before[-1:] in (*"(=:[–-",) or (not before and after[:1] in (*"=:–-.)",))
    return counts[0].value if is_set_apart or cell.is_figure else None


def _row_heads(
    body: Sequence[Sequence[PublishedCell]], labels: int
) -> Iterator[tuple[Head, Sequence[PublishedCell]]]:
    """Yield rows with their heads; a row across the whole table names those below it."""
    above: list[PublishedCell] = []
    for row in body:
        first = row[0]
        if _spans_all(row):
            above = [first]
            continue
        line = next((cell.line for cell in row[labels:] if not cell.is_copy), first.line)
        yield replace(_head([*above, *row[:labels]], first.line), line=line), row


def _pair(cell: PublishedCell, row: Head, column: Head) -> Pair:
    empty = Pair(line=cell.line, is_unknown=cell.is_unknown, mark=cell.mark)
    if not cell.is_figure or cell.is_unknown:
        return empty
    is_share = "share" in (*column.roles, *row.roles) and len(cell.figures) == 1
    name = ", ".join(part for part in (row.name, column.name) if part)
    found: dict[str, Figure] = {}
    for each in cell.figures:
        kind = PERCENT if is_share and each.kind in (COUNT, DECIMAL) else each.kind
        slot = _slot(kind, found)
        if slot in found:
            return replace(empty, is_unknown=True)
        text = cell.text[each.start : each.end]
        found[slot] = Figure(quantity=_as(each, kind), text=text, line=cell.line, name=name)
    return replace(
        empty,
        count=found.get("count"),
        share=found.get("share"),
        decimal=found.get("decimal"),
        base=found.get("base"),
        mark=None if len(found) > 1 else cell.mark,
    )


def _slot(kind: str, found: Mapping[str, Figure]) -> str:
    if kind == COUNT:
        return "base" if "count" in found else "count"
    return "share" if kind in (PERCENT, POINTS) else "decimal"


def _as(quantity: Quantity, kind: str) -> Quantity:
    return quantity if quantity.kind == kind else replace(quantity, kind=kind)


def _with_shares(grid: Grid) -> Grid:
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
