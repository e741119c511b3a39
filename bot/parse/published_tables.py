"""Find all tables of a page: wikitables and HTML tables, also those that stand inside others."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.parse import table
from bot.parse.html_table import html_tables
from bot.parse.page import ScannedPage
from bot.parse.table import Cell
from bot.parse.wikitext import HIDDEN, Line, Span, mask, table_spans

_DEEPEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSource:
    """One table before its cells are read: its first line, its caption line by line, and its rows."""

    line: int
    caption: tuple[tuple[int, str], ...]
    rows: Sequence[Sequence[Cell]]


class PageTables:
    """The tables of a page by the line on which they begin, and what is text although it stands in one."""

    def __init__(self, page: ScannedPage) -> None:
        self._page = page
        self.starting: dict[int, list[TableSource]] = {}
        self.text: dict[int, str] = {}
        for each in page.tables():
            for source in self._wikitables(each.lines, 0):
                self.starting.setdefault(source.line, []).append(source)
        self._html: list[Span] = []
        if "<table" in page.revision.wikitext.casefold():
            self._read_html()

    def is_inside(self, line: Line) -> bool:
        """Tell whether a line begins inside an HTML table."""
        at = bisect_right(self._html, line.start, key=lambda span: span.start) - 1
        return at >= 0 and line.start < self._html[at].end

    def _read_html(self) -> None:
        masked = mask(self._page.revision.wikitext)
        found = html_tables(self._page.revision.wikitext, masked, self._page.templates)
        for each in sorted(found, key=lambda each: each.span.start):
            at = bisect_right(self._page.lines, each.span.start, key=lambda line: line.start) - 1
            first = self._page.lines[at].number
            caption = ((each.caption_line, each.caption),) if each.caption else ()
            self.starting.setdefault(first, []).append(TableSource(line=first, caption=caption, rows=each.rows))
            if not self._html or each.span.start >= self._html[-1].end:
                self._html.append(each.span)

    def _wikitables(self, lines: Sequence[Line], depth: int) -> Iterator[TableSource]:
        """Yield a table and those inside it; one that holds others may hold text, too, for the sake of layout."""
        yield TableSource(
            line=lines[0].number,
            caption=tuple(_caption(lines)),
            rows=table.rows(lines, self._page.templates),
        )
        body = lines[1:-1]
        spans = [span for span, is_closed in table_spans(body, self._page.templates) if is_closed]
        if not spans or depth >= _DEEPEST:
            return
        for span in spans:
            yield from self._wikitables(body[span.start : span.end], depth + 1)
        for at, line in enumerate(body):
            if not any(span.start <= at < span.end for span in spans):
                self.text[line.number] = _without_markup(line.visible)


def _caption(lines: Sequence[Line]) -> Iterator[tuple[int, str]]:
    depth = 0
    for line in lines:
        text = line.visible.strip()
        depth += text.startswith("{|") - text.startswith("|}")
        if depth == 1 and text.startswith("|+"):
            yield line.number, (text[2:].split("|", 1)[-1] if "[[" not in text.split("|", 2)[-1] else text[2:])


def _without_markup(text: str) -> str:
    """Return what a line of a layout table says beside the marks and attributes of its cells."""
    shown = text.replace(HIDDEN, "").strip()
    if shown.startswith(("|-", "|}", "{|")):
        return ""
    if not shown.startswith(("|", "!")):
        return shown
    before, bar, behind = shown.lstrip("|!+").partition("|")
    return behind.strip() if bar and "=" in before and "[[" not in before else shown.lstrip("|!+ ")
