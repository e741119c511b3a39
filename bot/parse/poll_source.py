"""Find the tables of a page, written as wikitext or as HTML, each with its caption and its rows of cells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.parse import table
from bot.parse.html_table import HtmlTable, html_tables
from bot.parse.page import ScannedPage, Table
from bot.parse.table import Cell
from bot.parse.text import plain
from bot.parse.wikitext import LineNumbers

_ENDS_CAPTION = ("|", "!")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A table as it stands on a page: its first and last line, and whether anything closes it."""

    rows: Sequence[Sequence[Cell]]
    caption: str
    first: int
    last: int
    is_closed: bool = True


def sources(page: ScannedPage) -> list[Source]:
    """Return the outermost tables of a page in order."""
    found = [_source(page, each) for each in page.tables()]
    return sorted([*found, *_html(page)], key=lambda source: source.first)


def _source(page: ScannedPage, found: Table) -> Source:
    return Source(
        rows=table.rows(found.lines, page.templates),
        caption=_caption(found),
        first=found.lines[0].number,
        last=found.lines[-1].number,
        is_closed=found.is_closed,
    )


def _caption(found: Table) -> str:
    """Return the caption of a table; one may go on in further lines."""
    texts: list[str] = []
    for line in found.lines[1:]:
        visible = line.visible.strip()
        if visible.startswith("|+"):
            texts.append(visible[2:])
        elif texts and visible.startswith(_ENDS_CAPTION):
            break
        elif texts:
            texts.append(visible)
    whole = "\n".join(texts)
    before, bar, behind = whole.partition("|")
    return plain(behind if bar and "[[" not in before and "{{" not in before else whole)


def _html(page: ScannedPage) -> Iterator[Source]:
    """Yield the HTML tables that stand in no other one."""
    masked = "\n".join(line.masked for line in page.lines)
    if "<table" not in masked.casefold():
        return
    numbers = LineNumbers(page.revision.wikitext)
    done = 0
    for found in sorted(html_tables(page.revision.wikitext, masked, page.templates), key=_start):
        if found.span.start >= done:
            done = found.span.end
            first, last = numbers.at(found.span.start), numbers.at(found.span.end)
            yield Source(rows=found.rows, caption=plain(found.caption), first=first, last=last)


def _start(found: HtmlTable) -> int:
    return found.span.start
