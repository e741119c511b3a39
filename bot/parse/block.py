"""Cut a page into headings and runs, line by line: headings, list items, tables, paragraphs.

It follows the order in which MediaWiki works, and its reasons to begin a new paragraph.
"""

import re

from bot.parse.lists import DEEPEST
from bot.parse.runs import HeadingRun, Runs
from bot.parse.wikitext import HIDDEN

_MARKERS = re.compile(rf"[*#:;{HIDDEN}]+")
_TABLE = re.compile(rf"[\s:{HIDDEN}]{{0,600}}\{{\|")
_COLON = re.compile(r"\[\[|\]\]|<[^<>]{0,2000}>|:(?!//)")
_CELL_ENDS = {"td": re.compile(r"\|\|"), "th": re.compile(r"\|\||!!")}


class Blocks(Runs):
    """The runs and headings of a shown page."""

    _paragraph = ""

    def read(self) -> None:
        """Read the whole page."""
        start = 0
        for line in self.shown.split("\n"):
            self._line(line, start)
            start += len(line) + 1
        self._change_lists("", len(self.shown))

    def _line(self, line: str, start: int) -> None:
        text = line.lstrip(HIDDEN) if line[:1] == HIDDEN else line
        first = text[:1]
        at = start + len(line) - len(text)
        if self.in_gallery:
            self._gallery_line(text, at)
        elif first and first in "*#:;" and not (first == ":" and _TABLE.match(text)):
            self._item(text, at)
        else:
            if self.lists.markers:
                self._change_lists("", at)
            if first != "=" or not self._heading(text, at):
                self._other_line(text, at)

    def _other_line(self, text: str, at: int) -> None:
        """Read a line that is no list item and no heading."""
        stripped = text.lstrip(f" \t\r{HIDDEN}")
        if stripped[:2] == "{|" or (stripped[:1] == ":" and _TABLE.match(stripped)):
            self._table_start(text, at)
        elif self.tables and stripped[:1] and stripped[0] in "|!":
            self._table_line(stripped, at + len(text) - len(stripped))
        elif text.startswith("----"):
            self._end_paragraph(at)
            self.end_run(at, at + len(text) - len(text.lstrip("-")))
            self.read_tags(at + len(text))
        else:
            self._paragraph_line(text, at)

    def _paragraph_line(self, text: str, at: int) -> None:
        end = at + len(text)
        if self.next_tag < end:
            self._end_paragraph(at)
            self.read_tags(end)
        elif not self.in_block:
            kind = self._kind(text)
            if kind != self._paragraph or not kind:
                self.end_run(at, at)
            self._paragraph = kind

    def _kind(self, text: str) -> str:
        """Return what a line belongs to: a paragraph, preformatted text, or nothing."""
        if text[:1] == " " and (self._paragraph == "pre" or not text.isspace()) and not self.elements.is_quoted:
            return "pre"
        return "p" if text and not text.isspace() else ""

    def _end_paragraph(self, at: int) -> None:
        if not self.in_block:
            self.end_run(at, at)
        self._paragraph = ""

    def _heading(self, text: str, at: int) -> bool:
        """Read a line between equals signs as a heading; False where it is none."""
        visible = text.rstrip(f" \t\r{HIDDEN}")
        if len(visible) < 3 or visible[-1] != "=":
            return False
        left = len(visible) - len(visible.lstrip("="))
        right = len(visible) - len(visible.rstrip("="))
        if left == len(visible):
            left = right = (len(visible) - 1) // 2
        level = min(left, right, 6)
        end = at + len(text)
        self.end_run(at, end)
        self.add_heading(HeadingRun(at, end, level, at + level, at + len(visible) - level))
        self._paragraph = ""
        self.in_block = False
        self.skip_tags(end)
        return True

    def _change_lists(self, markers: str, at: int) -> None:
        self.end_run(at, at)
        self.lists.change(markers, len(self.runs))
        self._paragraph = ""

    def _item(self, text: str, at: int) -> None:
        """Read a list item."""
        found = _MARKERS.match(text)
        raw = found.group() if found else ""
        markers = raw.replace(HIDDEN, "")[:DEEPEST]
        self._change_lists(markers, at)
        self.start = at + len(raw)
        end = at + len(text)
        if markers[-1] == ";":
            self._definition(self.start, end)
        if self.next_tag < end:
            self.read_tags(end)

    def _definition(self, start: int, end: int) -> None:
        """Read the definition in ``; term : definition``: behind the first colon outside links and tags."""
        depth = 0
        for found in _COLON.finditer(self.shown, start, end):
            mark = found.group()
            depth += (mark == "[[") - (mark == "]]" and depth > 0)
            if mark == ":" and not depth:
                self.end_run(found.start(), found.end())
                self.lists.next_item(":")
                return

    def _gallery_line(self, text: str, at: int) -> None:
        """Read a line of a gallery: a file, and behind the bar a caption, which is an item."""
        end = at + len(text)
        if self.next_tag < end:
            self.read_tags(end)
            return
        self.end_run(at, at + text.find("|") + 1)
        self.elements.open("li")
        self.end_run(end, end)

    def _table_start(self, text: str, at: int) -> None:
        """Open a table; colons before it are lists around it."""
        found = _TABLE.match(text)
        indent = min(found.group().count(":") if found else 0, DEEPEST)
        self._end_paragraph(at)
        self.end_run(at, at + len(text))
        for _ in range(indent):
            self.elements.open("dl")
            self.elements.open("dd")
        self.elements.open("table")
        self.tables.append(indent)
        self.skip_tags(at + len(text))
        self.in_block = True

    def _table_line(self, text: str, at: int) -> None:
        """Read a line of table markup."""
        end = at + len(text)
        self.end_run(at, end)
        self._paragraph = ""
        self.in_block = text.startswith(("|-", "|+"))
        if text.startswith("|}"):
            self._table_end(at + 2, end)
        elif text.startswith("|-"):
            self.elements.open("tr")
            self.skip_tags(end)
        elif text.startswith("|+"):
            self._cell("caption", at + 2, end)
        else:
            self._cells(text, at)

    def _table_end(self, start: int, end: int) -> None:
        self.elements.close("table")
        for _ in range(self.tables.pop()):
            self.elements.close("dd")
            self.elements.close("dl")
        self.start = start
        self.read_tags(end)
        self.end_run(end, end)

    def _cells(self, text: str, at: int) -> None:
        name = "th" if text[0] == "!" else "td"
        start = 1
        for found in _CELL_ENDS[name].finditer(text, 1):
            self._cell(name, at + start, at + found.start())
            start = found.end()
        self._cell(name, at + start, at + len(text))

    def _cell(self, name: str, start: int, end: int) -> None:
        """Open a cell and read what stands in it behind its attributes; it goes on in the next lines."""
        self.start = start
        self.elements.open(name)
        bar = self.shown.find("|", start, end)
        if bar >= 0 and "[[" not in self.shown[start:bar]:
            self.skip_tags(bar)
            self.start = bar + 1
        self.read_tags(end)
        if end < len(self.shown) and self.shown[end] != "\n":
            self.end_run(end, end)
