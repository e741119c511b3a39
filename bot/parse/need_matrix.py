"""Read tables of ticks: groups down the side and needs across the top, or the other way round."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from bot.parse import table
from bot.parse.names import label
from bot.parse.need_names import NeedNames, Notebook
from bot.parse.page import ScannedPage, Table
from bot.parse.table import Cell
from bot.parse.text import fold, plain, template_names

_HEADER_ROWS = 5
_MOST_ROWS = 500
_NUMBER = re.compile(r"\d{1,9}")
_FILE = re.compile(r"\[\[[^\[\]|:]{1,40}:")
Grid = list[list[Cell | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Matrix:
    """A grid that was recognised: which row heads it, which column names the groups, what the other columns are."""

    grid: Grid
    header: int
    group_column: int
    themes: dict[int, str]


def read(page: ScannedPage, names: NeedNames, notes: Notebook) -> bool:
    """Note what the matrices of a page say; tell whether there is one."""
    found = [_read_table(page, each, names, notes) for each in page.tables()]
    return any(found)


def _read_table(page: ScannedPage, source: Table, names: NeedNames, notes: Notebook) -> bool:
    upright: Grid = [list(row) for row in table.grid(table.rows(source.lines, page.templates))]
    matrix = _recognise(upright, names) or _recognise(_turned(upright), names)
    if matrix is None:
        return False
    if not source.is_closed:
        notes.problem(page.place(source.lines[0].number), "table-cut-off", str(source.lines[-1].number))
    reader = _MatrixReader(page, matrix, names, notes)
    reader.read()
    return True


def _turned(upright: Grid) -> Grid:
    """Return the columns as rows; no more rows than a matrix can have groups, as the widest decides the size."""
    return [list(column) for column in zip_longest(*upright[:_MOST_ROWS])]


def _recognise(grid: Grid, names: NeedNames) -> _Matrix | None:
    """Return the grid as a matrix, None where it has no needs across the top or nothing that names groups."""
    heads = [_themes_of(row, names) for row in grid[:_HEADER_ROWS]]
    # A title across the columns of needs names one theme over and over, so different ones count.
    header = max(range(len(heads)), key=lambda index: len(set(heads[index].values())), default=0)
    if not heads or not heads[header]:
        return None
    themes = heads[header]
    group_column = _group_column(grid[header + 1 :], set(themes), len(grid[header]), names)
    if group_column is None:
        return None
    matrix = _Matrix(grid=grid, header=header, group_column=group_column, themes=themes)
    rows = grid[header + 1 :]
    ticks = sum(_mark(row[column], names) is True for row in rows for column in themes if column < len(row))
    known = sum(bool(names.groups.find(_text(_at(row, group_column)))) for row in rows)
    return matrix if ticks or (len(themes) > 1 and known > 1) else None


def _themes_of(row: Sequence[Cell | None], names: NeedNames) -> dict[int, str]:
    found = {column: names.themes.find(_text(cell)) for column, cell in enumerate(row) if cell and _text(cell)}
    return {column: themes[0] for column, themes in found.items() if len(themes) == 1}


def _group_column(rows: Grid, themes: set[int], width: int, names: NeedNames) -> int | None:
    """Return the column, beside those of needs, that names most groups; the first one where none is known."""
    columns = [column for column in range(width) if column not in themes]
    if not columns:
        return None
    known = {column: sum(bool(names.groups.find(_text(_at(row, column)))) for row in rows) for column in columns}
    return max(columns, key=lambda column: known[column])


def _at(row: Sequence[Cell | None], column: int) -> Cell | None:
    return row[column] if column < len(row) else None


def _text(cell: Cell | None) -> str:
    return _plain(cell.wikitext) if cell else ""


@lru_cache(maxsize=2_048)
def _plain(wikitext: str) -> str:
    """Take a cell apart once, though it may span many places of the grid and is looked at for several reasons."""
    return plain(wikitext, struck=False)


def _mark(cell: Cell | None, names: NeedNames) -> bool | None:
    """Return whether a cell is ticked, None where it is neither a tick nor its opposite."""
    if cell is None:
        return False
    templates = set(template_names(cell.wikitext))
    ticks, crosses = bool(templates & names.yes_templates), bool(templates & names.no_templates)
    if ticks != crosses:
        return ticks
    text = fold(_text(cell))
    # Behind a mark there may be a remark, as in "✓ (partly)"; behind a word such as "no" it may change the meaning.
    first = text.partition(" ")[0].strip(",.;:()")
    has_remark = not first.isalnum() or text[len(first) :].lstrip().startswith((",", ";", ":", "(", "–", "-"))
    if text in names.yes or (has_remark and first in names.yes):
        return True
    if (text in names.no or (first and has_remark and first in names.no)) and not (
        ticks or templates or _FILE.search(cell.wikitext)
    ):
        return False
    return None


class _MatrixReader:
    """Walks down the rows of one matrix."""

    def __init__(self, page: ScannedPage, matrix: _Matrix, names: NeedNames, notes: Notebook) -> None:
        self._page = page
        self._matrix = matrix
        self._names = names
        self._notes = notes
        self._counts = dict.fromkeys(matrix.themes, 0)
        self._strangers: dict[int, list[str]] = {}

    def read(self) -> None:
        """Note every row, then the columns that are no theme."""
        rows = self._matrix.grid[self._matrix.header + 1 :]
        counts = [row for row in rows if self._is_count_row(row)]
        for row in rows:
            if row and row not in counts and not self._is_header_again(row):
                self._read_row(row)
        for row in counts:
            self._check_counts(row)
        self._note_strange_columns()

    def _is_count_row(self, row: Sequence[Cell | None]) -> bool:
        beside = [_text(cell) for column, cell in enumerate(row) if column not in self._matrix.themes]
        return any(label(text.partition("(")[0]) in self._names.count for text in beside)

    def _is_header_again(self, row: Sequence[Cell | None]) -> bool:
        return _themes_of(row, self._names) == self._matrix.themes

    def _read_row(self, row: Sequence[Cell | None]) -> None:
        named_cell = _at(row, self._matrix.group_column)
        name = _text(named_cell)
        group = self._names.groups.find(name)
        marks = {column: _mark(_at(row, column), self._names) for column in self._matrix.themes}
        if named_cell is not None and named_cell.colspan > 1 and not group and not any(marks.values()):
            return  # a row across the table that only names a part of it
        if not name and not any(marks.values()):
            return
        line = named_cell.number if named_cell else next((cell.number for cell in row if cell), 1)
        if not group:
            self._note_unknown_group(name, marks, line)
        for column, mark in marks.items():
            self._note_cell(group or name, column, mark, _at(row, column), line)
        self._check_width(row, group or name, line)
        self._collect_strangers(row, group or name)

    def _note_cell(self, group: str, column: int, mark: bool | None, cell: Cell | None, line: int) -> None:
        theme = self._matrix.themes[column]
        place = self._page.place(cell.number if cell else line)
        if mark:
            self._counts[column] += 1
            self._notes.need(group, theme, "tick", "", place)
        elif mark is None and cell is not None:
            said = _text(cell) or cell.wikitext
            self._notes.problem(place, "unclear-cell", said, group, self._names.themes.title(theme))
        elif self._names.groups.find(group):
            self._notes.blank(group, theme, "tick", place)

    def _note_unknown_group(self, name: str, marks: dict[int, bool | None], line: int) -> None:
        titles = [self._names.themes.title(self._matrix.themes[column]) for column, mark in marks.items() if mark]
        message = "unknown-group/ticked" if titles else "unknown-group/empty"
        self._notes.problem(self._page.place(line), message, name, ", ".join(titles))

    def _check_width(self, row: Sequence[Cell | None], group: str, line: int) -> None:
        width = len(self._matrix.grid[self._matrix.header])
        cells = sum(cell is not None for cell in row)
        if cells != width:
            self._notes.problem(self._page.place(line), "ragged-row", group, str(cells), str(width))

    def _check_counts(self, row: Sequence[Cell | None]) -> None:
        for column, theme in self._matrix.themes.items():
            cell = _at(row, column)
            published = _NUMBER.search(_text(cell))
            if cell is None or published is None or int(published.group()) == self._counts[column]:
                continue
            title = self._names.themes.title(theme)
            said = str(int(published.group()))
            place = self._page.place(cell.number)
            self._notes.problem(place, "count-differs", title, said, str(self._counts[column]))

    def _collect_strangers(self, row: Sequence[Cell | None], group: str) -> None:
        for column, cell in enumerate(row):
            is_known = column in self._matrix.themes or column == self._matrix.group_column
            if not is_known and cell is not None and _text(cell) + cell.wikitext and _mark(cell, self._names):
                self._strangers.setdefault(column, []).append(group)

    def _note_strange_columns(self) -> None:
        for column, groups in self._strangers.items():
            head = _at(self._matrix.grid[self._matrix.header], column)
            if head is None:  # beyond the header: its rows are reported as ragged
                continue
            line = head.number
            themes = self._names.themes.find(_text(head))
            message = "ambiguous-need/column" if len(themes) > 1 else "unknown-need/column"
            self._notes.problem(self._page.place(line), message, _text(head), ", ".join(groups))
