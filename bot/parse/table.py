"""Read one wikitable, line by line, into a grid of cells that know their lines."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.parse.wikitext import HIDDEN, Line, Span, inside

_SEPARATOR = re.compile(r"\|\||!!")
_SPANNING = re.compile(r"""\b(row|col)span\s{0,9}=\s{0,9}["']?\s{0,9}(\d{1,4})""", re.IGNORECASE)
_LARGEST_SPAN = 1_000
_LARGEST_GRID = 100_000  # cells
_WIDEST_ROW = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell; start is the offset of its wikitext in the page, number its line."""

    wikitext: str
    is_header: bool
    number: int
    start: int
    rowspan: int = 1
    colspan: int = 1
    is_copy: bool = False


@dataclass(slots=True)
class _Building:
    """The rows of a table while its lines are read."""

    rows: list[list[Cell]]
    caption: str = ""


def rows(table: Sequence[Line], templates: Sequence[Span]) -> list[list[Cell]]:
    """Return the rows of cells of a table whose lines begin with the one that holds ``{|``."""
    building = _Building(rows=[[]])
    depth = 0
    for line in table:
        text = line.masked.lstrip(HIDDEN + " \t:")
        if inside(templates, line.start + len(line.masked) - len(text)):
            _continue_cell(building, line.masked)
        elif text.startswith("{|"):
            depth += 1
        elif text.startswith("|}"):
            depth -= 1
        elif depth == 1:
            _read_line(building, line, text, templates)
    return [row for row in building.rows if row]


def grid(table_rows: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """Return the rows with spanning cells repeated in each place that they cover (marked as copies)."""
    expanded: list[list[Cell]] = []
    hanging: dict[int, Cell] = {}
    size = 0
    for row in table_rows:
        filled, hanging = _fill_row(row, hanging)
        size += len(filled)
        if size > _LARGEST_GRID:
            break
        expanded.append(filled)
    return expanded


def _fill_row(row: Sequence[Cell], hanging: dict[int, Cell]) -> tuple[list[Cell], dict[int, Cell]]:
    """Lay cells into the columns that no cell from above hangs into; return the row and what hangs on."""
    filled: list[Cell] = []
    below: dict[int, Cell] = {}

    def put(cell: Cell) -> None:
        if cell.rowspan > 1:
            below[len(filled)] = replace(cell, rowspan=cell.rowspan - 1, is_copy=True)
        filled.append(cell)

    for cell in row[:_WIDEST_ROW]:
        while len(filled) in hanging:
            put(hanging[len(filled)])
        for repeat in range(min(cell.colspan, _WIDEST_ROW - len(filled))):
            put(replace(cell, is_copy=cell.is_copy or repeat > 0))
    while len(filled) in hanging:
        put(hanging[len(filled)])
    return filled, below


def _read_line(building: _Building, line: Line, text: str, templates: Sequence[Span]) -> None:
    if text.startswith("|-"):
        building.rows.append([])
    elif text.startswith("|+"):
        building.caption = text[2:].replace(HIDDEN, "").strip()
    elif text.startswith(("|", "!")):
        offset = line.start + len(line.masked) - len(text) + 1
        building.rows[-1].extend(_cells(text[1:], offset, line.number, text[0] == "!", templates))
    else:
        _continue_cell(building, line.masked)


def _continue_cell(building: _Building, masked: str) -> None:
    if building.rows[-1]:
        last = building.rows[-1][-1]
        building.rows[-1][-1] = replace(last, wikitext=f"{last.wikitext}\n{masked.replace(HIDDEN, '')}".strip())


def _cells(text: str, offset: int, number: int, is_header: bool, templates: Sequence[Span]) -> Iterator[Cell]:
    start = 0
    for separator in [*_SEPARATOR.finditer(text), None]:
        if separator is not None:
            if separator.group() == "!!" and not is_header:
                continue
            if inside(templates, offset + separator.start()):
                continue
        end = separator.start() if separator else len(text)
        yield _cell(text[start:end], offset + start, number, is_header, templates)
        start = separator.end() if separator else end


def _cell(text: str, offset: int, number: int, is_header: bool, templates: Sequence[Span]) -> Cell:
    """Split attributes from content at the first bar that belongs to no template or link, as MediaWiki does."""
    bar = text.find("|")
    while bar >= 0 and inside(templates, offset + bar):
        bar = text.find("|", bar + 1)
    attributes = "" if bar < 0 or "[[" in text[:bar] else text[:bar]
    content = text[bar + 1 :] if attributes or bar == 0 else text
    rowspan, colspan = spans_in(attributes)
    return Cell(
        wikitext=content.replace(HIDDEN, "").strip(),
        is_header=is_header,
        number=number,
        start=offset + len(text) - len(content),
        rowspan=rowspan,
        colspan=colspan,
    )


def spans_in(attributes: str) -> tuple[int, int]:
    """Return over how many rows and how many columns the attributes of a cell spread it."""
    spans = {name.lower(): min(int(value), _LARGEST_SPAN) for name, value in _SPANNING.findall(attributes)}
    return max(spans.get("row", 1), 1), max(spans.get("col", 1), 1)
