"""One page, taken apart once: its lines, what stands inside templates and tables, and its section anchors."""

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass

from bot.model import Place, Problem, Revision
from bot.parse.text import plain
from bot.parse.wikitext import (
    Heading,
    Item,
    Line,
    Span,
    heading,
    inside,
    item,
    lines,
    mask,
    table_spans,
    template_spans,
)

_QUOTE_TAG = re.compile(r"<(/?)blockquote(?=[\s>])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Table:
    """The lines of one outermost table, and whether anything closes it."""

    lines: tuple[Line, ...]
    is_closed: bool


class ScannedPage:
    """The blocks of a page in order, with a Place for each line."""

    def __init__(self, revision: Revision) -> None:
        self.revision = revision
        masked = mask(revision.wikitext)
        self.templates = template_spans(masked)
        self.lines = list(lines(revision.wikitext, masked))
        self._quotes = element_spans(masked, _QUOTE_TAG)
        self._tables = table_spans(self.lines, self.templates)
        self._anchors = self._find_anchors()

    def tables(self) -> list[Table]:
        """Return the outermost tables."""
        return [Table(tuple(self.lines[span.start : span.end]), closed) for span, closed in self._tables]

    def blocks(self) -> list[Heading | Item]:
        """Return the headings and list items outside tables, templates and quotations, in page order."""
        found = (self._block(index, line) for index, line in enumerate(self.lines))
        return [block for block in found if block is not None]

    def text_lines(self) -> set[int]:
        """Return the numbers of the lines that stand outside tables, templates and quotations."""
        return {line.number for index, line in enumerate(self.lines) if self._is_text(index, line)}

    def place(self, line: int) -> Place:
        """Return where a line is, with the anchor of the section that it stands in."""
        at = bisect_right(self._anchors, line, key=lambda anchor: anchor[0]) - 1
        section = self._anchors[at][1] if at >= 0 else ""
        return Place(title=self.revision.title, revid=self.revision.revid, line=line, section=section)

    def problem(self, line: int, message: str, *details: str) -> Problem:
        """Return a problem at a line of this page."""
        return Problem(place=self.place(line), message=message, details=details)

    def _block(self, index: int, line: Line) -> Heading | Item | None:
        return (heading(line) or item(line)) if self._is_text(index, line) else None

    def _is_text(self, index: int, line: Line) -> bool:
        first = line.start + len(line.masked) - len(line.masked.lstrip("\0"))
        return not (inside(self.templates, first) or inside(self._quotes, first) or self._in_table(index))

    def _in_table(self, index: int) -> bool:
        at = bisect_right(self._tables, index, key=lambda found: found[0].start) - 1
        return at >= 0 and index < self._tables[at][0].end

    def _find_anchors(self) -> list[tuple[int, str]]:
        seen: Counter[str] = Counter()
        anchors = []
        for block in self.blocks():
            if isinstance(block, Heading):
                title = plain(block.wikitext)
                seen[title.casefold()] += 1
                count = seen[title.casefold()]
                anchors.append((block.line.number, title if count == 1 else f"{title} {count}"))
        return anchors


def element_spans(masked: str, tags: re.Pattern[str]) -> list[Span]:
    """Return the outermost closed elements in order; the pattern's first group is "/" in a closing tag."""
    spans: list[Span] = []
    opened: list[int] = []
    for tag in tags.finditer(masked):
        if not tag[1]:
            opened.append(tag.start())
        elif opened:
            start = opened.pop()
            if not opened:
                spans.append(Span(start=start, end=tag.end()))
    return spans
