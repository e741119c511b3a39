"""Read tables that are written in HTML into the cells that wikitables have."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.parse.table import Cell, spans_in
from bot.parse.wikitext import HIDDEN, LineNumbers, Span, inside

_TAG = re.compile(r"<(/?)(table|caption|tr|td|th)(?=[\s>/])([^<>]{0,2000})>", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlTable:
    """One table: where it stands in the page, its caption with the line of that, and its rows."""

    span: Span
    caption: str
    caption_line: int
    rows: Sequence[Sequence[Cell]]


@dataclass(slots=True)
class _Open:
    """A table whose end was not met yet; at is where its cell or caption begins, -1 between cells."""

    start: int
    rows: list[list[Cell]] = field(default_factory=list)
    caption: str = ""
    caption_line: int = 0
    name: str = ""
    attributes: str = ""
    at: int = -1


def html_tables(wikitext: str, masked: str, templates: Sequence[Span]) -> list[HtmlTable]:
    """Return the closed tables of a masked page, also those inside others, in the order in which they end."""
    numbers = LineNumbers(wikitext)
    opened: list[_Open] = []
    found: list[HtmlTable] = []
    for tag in _TAG.finditer(masked):
        if inside(templates, tag.start()):
            continue
        name, is_end = tag[2].lower(), bool(tag[1])
        if name == "table" and not is_end:
            opened.append(_Open(start=tag.start()))
        elif opened:
            _end_cell(opened[-1], masked, tag.start(), numbers)
            if name == "table":
                found.append(_closed(opened.pop(), tag.end()))
                if opened and opened[-1].at >= 0:
                    opened[-1].at = tag.end()  # the words behind an inner table are the outer cell's
            elif not is_end:
                _begin(opened[-1], name, tag)
    return found


def _begin(table: _Open, name: str, tag: re.Match[str]) -> None:
    if name == "tr":
        table.rows.append([])
    else:
        table.name, table.attributes, table.at = name, tag[3], tag.end()


def _end_cell(table: _Open, masked: str, end: int, numbers: LineNumbers) -> None:
    """Put away the cell or caption that is open, if any."""
    if table.at < 0:
        return
    wikitext = masked[table.at : end].replace(HIDDEN, "").strip()
    first = table.at + len(masked[table.at : end]) - len(masked[table.at : end].lstrip())
    line = numbers.at(min(first, end))
    if table.name == "caption":
        table.caption, table.caption_line = wikitext, line
    else:
        rows, columns = spans_in(table.attributes)
        if not table.rows:
            table.rows.append([])
        is_header = table.name == "th"
        cell = Cell(
            wikitext=wikitext, is_header=is_header, number=line, start=table.at, rowspan=rows, colspan=columns
        )
        table.rows[-1].append(cell)
    table.at = -1


def _closed(table: _Open, end: int) -> HtmlTable:
    return HtmlTable(
        span=Span(start=table.start, end=end),
        caption=table.caption,
        caption_line=table.caption_line,
        rows=[row for row in table.rows if row],
    )
