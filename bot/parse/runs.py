"""Collect the runs of a page: stretches of text that no block element interrupts, and the tags that do.

One run is one paragraph, list item or table cell, so it holds one comment at most.
"""

import re
from dataclasses import dataclass

from bot.parse.elements import Elements
from bot.parse.layer import BLOCK, EDGE, FILLER
from bot.parse.lists import Lists

_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>div|p|ul|ol|li|dl|dd|dt|table|caption|tr|td|th|center|blockquote|hr|h[1-6]|q|cite|gallery|poem"
    rf"|(?:span|small|font|b|i)(?=[^<>]{{0,300}}mw-notalk))(?=[\s/>])(?P<rest>[^<>]{{0,2000}})>|{BLOCK}{FILLER}*|{EDGE}{FILLER}*",
    re.IGNORECASE,
)
_OPENS_BLOCK = frozenset(["table", "h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "dl"])
_ALWAYS_BLOCK = frozenset(["tr", "caption", "dt", "dd", "li"])
_CELLS = frozenset({"td", "th"})
_WITHIN_LINE = frozenset(["q", "cite", "span", "small", "font", "b", "i"])
_NO_BLOCK = _WITHIN_LINE | {"gallery", ""}
_HOLDS_RUNS = _ALWAYS_BLOCK | _CELLS | {"div", "ul", "ol", "dl", "table", "center", "blockquote"}
_NOTALK = re.compile(r"""class\s{0,9}=\s{0,9}["'][^"']{0,500}\bmw-notalk\b|class=mw-notalk\b""", re.IGNORECASE)
_SILENT_LENGTH = 5_000


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one block; level is the list depth plus one."""

    start: int
    end: int
    level: int
    is_quoted: bool


@dataclass(frozen=True, slots=True)
class HeadingRun:
    """A heading: its line from start to end, and what stands between its signs."""

    start: int
    end: int
    level: int
    text_start: int
    text_end: int


class Runs:
    """Runs and headings as they are found; quotes are stretches within runs that are quoted."""

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.runs: list[Run | HeadingRun] = []
        self.quotes: list[tuple[int, int]] = []
        self.elements = Elements()
        self.lists = Lists(self.elements)
        self.start = 0
        self.in_block = False
        self.tables: list[int] = []
        self.in_gallery = False
        self.next_tag = 0
        self._tags = [*_TAG.finditer(shown)]
        self._tags.reverse()
        self._open_quotes: list[int] = []
        self._find_next_tag()

    def end_run(self, end: int, start: int) -> None:
        """End the run that is open, and begin one at start."""
        if end > self.start and not self.elements.is_silent:
            self.runs.append(Run(self.start, end, self.elements.level, self.elements.is_quoted))
        self.start = start
        if self._open_quotes:
            self.quotes.append((self._open_quotes[0], end))
            self._open_quotes.clear()

    def add_heading(self, heading: HeadingRun) -> None:
        """Add a heading, unless nothing here is talk."""
        if not self.elements.is_silent and not self.elements.is_quoted:
            self.runs.append(heading)

    def skip_tags(self, end: int) -> None:
        """Leave out the tags up to an offset."""
        while self.next_tag < end:
            self._tags.pop()
            self._find_next_tag()

    def read_tags(self, end: int) -> None:
        """Apply the tags up to the end of a line; what stands between them goes into runs."""
        opens = closes = False
        while self.next_tag < end:
            tag = self._tags.pop()
            self._find_next_tag()
            if tag.end() <= self.start:
                continue
            name = (tag["name"] or "").lower()
            opens = opens or _opens_block(name, ending=bool(tag["end"]))
            closes = closes or _closes_block(name, ending=bool(tag["end"]))
            self._apply(tag, name, end)
        if opens or closes:
            self.in_block = not closes

    def _find_next_tag(self) -> None:
        self.next_tag = self._tags[-1].start() if self._tags else len(self.shown) + 1

    def _apply(self, tag: re.Match[str], name: str, line_end: int) -> None:
        if name in _WITHIN_LINE:
            self._apply_inline(tag, name)
        elif name[:1] == "h" and name != "hr":
            self._html_heading(tag, name, line_end)
        elif name == "gallery":
            self._gallery(tag)
        elif not name and self.shown[tag.start()] == BLOCK:
            self.end_run(tag.start(), tag.start())
            self.end_run(tag.end(), tag.end())
        else:
            self.end_run(tag.start(), tag.end())
            if name in _HOLDS_RUNS:
                self._open_or_close(tag, name)

    def _open_or_close(self, tag: re.Match[str], name: str) -> None:
        if tag["end"]:
            self.elements.close(name)
            if name == "table" and self.tables:
                self.tables.pop()
        elif not tag["rest"].endswith("/"):
            self.elements.open(name)
            if name == "table":
                self.tables.append(0)
            if _NOTALK.search(tag["rest"]):
                self.elements.open("notalk")

    def _apply_inline(self, tag: re.Match[str], name: str) -> None:
        if name in ("q", "cite"):
            if not tag["end"]:
                self._open_quotes.append(tag.start())
            elif len(self._open_quotes) > 1:
                self._open_quotes.pop()
            elif self._open_quotes:
                self.quotes.append((self._open_quotes.pop(), tag.end()))
        elif _NOTALK.search(tag["rest"]):
            end = self.shown.find(f"</{name}", tag.end(), tag.end() + _SILENT_LENGTH)
            self.end_run(tag.start(), max(end, tag.end()))

    def _gallery(self, tag: re.Match[str]) -> None:
        self.end_run(tag.start(), tag.end())
        if tag["end"]:
            self.elements.close("ul")
            self.in_gallery = False
        elif any(other["name"] == "gallery" and other["end"] for other in self._tags[-2:]):
            self.elements.open("ul")
            self.in_gallery = True

    def _html_heading(self, tag: re.Match[str], name: str, line_end: int) -> None:
        close = self._tags[-1] if self._tags else None
        if tag["end"] or close is None or close.end() > line_end or (close["name"] or "").lower() != name:
            self.end_run(tag.start(), tag.end())
            return
        self.end_run(tag.start(), close.end())
        self.add_heading(HeadingRun(tag.start(), close.end(), int(name[1]), tag.end(), close.start()))


def _opens_block(name: str, *, ending: bool) -> bool:
    """Tell whether MediaWiki makes no paragraphs behind a tag."""
    if name in _CELLS:
        return ending
    return name in _ALWAYS_BLOCK or (name in _OPENS_BLOCK and not ending)


def _closes_block(name: str, *, ending: bool) -> bool:
    """Tell whether MediaWiki makes paragraphs again behind a tag."""
    if name in _OPENS_BLOCK:
        return ending
    if name in _CELLS:
        return not ending
    return name not in _NO_BLOCK and name not in _ALWAYS_BLOCK
