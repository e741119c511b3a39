"""Find the tables of a page, written as wikitext or as HTML, each with its caption and its rows of cells."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.parse import table
from bot.parse.page import ScannedPage, Table, element_spans
from bot.parse.table import Cell, spans_in
from bot.parse.text import plain
from bot.parse.wikitext import HIDDEN, LineNumbers, Span, inside

_TABLE = re.compile(r"<(/?)table(?=[\s>])", re.IGNORECASE)
_PART = re.compile(r"<(?P<end>/?)(?P<name>table|caption|tr|td|th)(?P<attributes>\s[^<>]{0,2000})?>", re.IGNORECASE)
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
    masked = "\n".join(line.masked for line in page.lines)
    if "<table" not in masked.casefold():
        return
    numbers = LineNumbers(page.revision.wikitext)
    for span in element_spans(masked, _TABLE):
        if not inside(page.templates, span.start):
            yield _Html(masked, span, numbers).source()


class _Html:
    """Reads one HTML table; a table within it is left aside."""

    def __init__(self, masked: str, span: Span, numbers: LineNumbers) -> None:
        self._masked = masked
        self._span = span
        self._numbers = numbers
        self._rows: list[list[Cell]] = [[]]
        self._caption = ""
        self._open: re.Match[str] | None = None

    def source(self) -> Source:
        """Return the table."""
        depth = 0
        for tag in _PART.finditer(self._masked, self._span.start, self._span.end):
            if tag["name"].lower() == "table":
                depth += -1 if tag["end"] else 1
            elif depth == 1:
                self._part(tag)
        self._close(self._span.end)
        first, last = (self._numbers.at(offset) for offset in (self._span.start, self._span.end))
        return Source(rows=[row for row in self._rows if row], caption=self._caption, first=first, last=last)

    def _part(self, tag: re.Match[str]) -> None:
        self._close(tag.start())
        if tag["end"]:
            return
        if tag["name"].lower() == "tr":
            self._rows.append([])
        else:
            self._open = tag

    def _close(self, end: int) -> None:
        """End the cell or caption that is open."""
        tag, self._open = self._open, None
        if tag is None:
            return
        text = self._masked[tag.end() : end].replace(HIDDEN, "").strip()
        if tag["name"].lower() == "caption":
            self._caption = plain(text)
            return
        rowspan, colspan = spans_in(tag["attributes"] or "")
        cell = Cell(
            wikitext=text,
            is_header=tag["name"].lower() == "th",
            number=self._numbers.at(tag.end()),
            start=tag.end(),
            rowspan=rowspan,
            colspan=colspan,
        )
        self._rows[-1].append(cell)
