"""Cut a page into headings and runs: stretches of text that no block element interrupts.

It follows the order in which MediaWiki works: tables first, then lists and paragraphs line by line, with HTML
elements in between; a comment never holds more than one author because one run is one paragraph or list item.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.parse.elements import Elements
from bot.parse.layer import BLOCK, FILLER
from bot.parse.wikitext import HIDDEN

_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>div|p|ul|ol|li|dl|dd|dt|table|caption|tr|td|th|center|blockquote|hr|h[1-6]|q|cite|gallery|poem"
    rf"|(?:span|small|font|b|i)(?=[^<>]{{0,200}}mw-notalk))(?=[\s/>])(?P<rest>[^<>]{{0,2000}})>|{BLOCK}{FILLER}{{0,}}",
    re.IGNORECASE,
)
_OPENS_BLOCK = frozenset("table h1 h2 h3 h4 h5 h6 p ul ol dl".split())
_ALWAYS_BLOCK = frozenset("tr caption dt dd li".split())
_CELLS = frozenset({"td", "th"})
_WITHIN_LINE = frozenset("q cite span small font b i gallery pre".split())
_INLINE = frozenset("q cite span small font b i".split())
_KEPT = frozenset("div ul ol li dl dd dt table caption tr td th center blockquote".split())
_NOTALK = re.compile(r"""class\s{0,9}=\s{0,9}["'][^"']{0,500}\bmw-notalk\b|class=mw-notalk\b""", re.IGNORECASE)
_MARKERS = re.compile(rf"[*#:;{HIDDEN}]+")
_TABLE = re.compile(rf"(?P<indent>[\s:{HIDDEN}]{{0,300}})\{{\|")
_BREAKS = re.compile(r"\n|\r")
_DEEPEST_LIST = 240


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


class Blocks:
    """The runs and headings of a shown page, collected line by line."""

    def __init__(self, shown: str) -> None:
        self._shown = shown
        self._tags = [*_TAG.finditer(shown)]
        self._tags.reverse()
        self._next_tag = self._tags[-1].start() if self._tags else len(shown) + 1
        self._elements = Elements()
        self._list = ""
        self._paragraph = ""
        self._in_block = False
        self._tables = 0
        self._indents: list[int] = []
        self._galleries = 0
        self._start = 0
        self._is_term = False
        self._quotes: list[int] = []
        self.quotes: list[tuple[int, int]] = []
        self.runs: list[Run | HeadingRun] = []

    def read(self) -> "Blocks":
        """Read the whole page."""
        start = 0
        for line in self._shown.split("\n"):
            self._line(line, start)
            start += len(line) + 1
        self._break(len(self._shown), len(self._shown))
        return self

    def _break(self, end: int, start: int) -> None:
        """End the run that is open and begin one at start."""
        if end > self._start and not self._elements.is_silent:
            self.runs.append(Run(self._start, end, self._elements.level, self._elements.is_quoted))
        self._start = start
        if self._quotes:
            self.quotes += [(at, end) for at in self._quotes]
            self._quotes.clear()

    def _line(self, line: str, start: int) -> None:
        text = line.lstrip(HIDDEN) if line[:1] == HIDDEN else line
        first = text[:1]
        at = start + len(line) - len(text)
        if self._galleries:
            self._gallery_line(text, at)
        elif first in ("*", "#", ":", ";") and first and not (first == ":" and _TABLE.match(text)):
            self._item(text, at)
        elif first == "=" and self._heading(text, at):
            pass
        else:
            if self._list:
                self._change_list("", at)
            self._plain(text, at)

    def _plain(self, text: str, at: int) -> None:
        """Read a line that is no list item and no heading."""
        stripped = text.lstrip()
        if stripped[:2] == "{|" or (stripped[:1] == ":" and _TABLE.match(stripped)):
            self._table_start(text, at)
        elif self._tables and stripped[:1] in ("|", "!") and stripped:
            self._table_line(stripped, at + len(text) - len(stripped))
        elif text.startswith("----"):
            self._closed_paragraph(at)
            self._break(at, at + len(text) - len(text.lstrip("-")))
            self._text(at + len(text))
        else:
            self._paragraph_line(text, at)

    def _paragraph_line(self, text: str, at: int) -> None:
        end = at + len(text)
        if self._next_tag < end:
            self._closed_paragraph(at)
            self._text(end)
            return
        if self._in_block:
            return
        kind = "" if not text or text.isspace() else "pre" if text[0] == " " else "p"
        if kind == "" and text and self._paragraph == "pre":
            kind = "pre"
        if kind != self._paragraph or not kind:
            self._break(at, at)
        self._paragraph = kind

    def _closed_paragraph(self, at: int) -> None:
        if not self._in_block:
            self._break(at, at)
        self._paragraph = ""

    def _text(self, end: int) -> None:
        """Apply the tags up to the end of a line; what stands between them goes into runs."""
        opens = closes = False
        while self._next_tag < end:
            tag = self._tags.pop()
            self._next_tag = self._tags[-1].start() if self._tags else len(self._shown) + 1
            if tag.start() < self._start and tag.end() <= self._start:
                continue
            name = (tag["name"] or "pre").lower()
            ending = bool(tag["end"])
            opens = opens or name in _ALWAYS_BLOCK or (name in _OPENS_BLOCK and not ending) or (name in _CELLS and ending)
            closes = closes or _closes_block(name, ending=ending)
            self._apply(tag, name, end)
        if opens or closes:
            self._in_block = opens and not closes

    def _apply(self, tag: re.Match[str], name: str, line_end: int) -> None:
        if name in _INLINE:
            self._inline(tag, name)
        elif name[0] == "h" and name[1:].isdigit():
            self._html_heading(tag, name, line_end)
        elif name == "gallery":
            self._gallery(tag)
        else:
            if name == "pre":
                self._break(tag.start(), tag.start())
                self._break(tag.end(), tag.end())
            else:
                self._break(tag.start(), tag.end())
            if name in _KEPT:
                self._change(tag, name)

    def _change(self, tag: re.Match[str], name: str) -> None:
        """Open or close an element that may hold lists or comments."""
        if name == "table":
            self._tables += -1 if tag["end"] else 1
            self._tables = max(self._tables, 0)
        if tag["end"]:
            self._elements.close(name)
        elif not tag["rest"].endswith("/"):
            self._elements.open(name)
            if _NOTALK.search(tag["rest"]):
                self._elements.open("notalk")

    def _inline(self, tag: re.Match[str], name: str) -> None:
        if name in ("q", "cite"):
            if not tag["end"]:
                self._quotes.append(tag.start())
            elif self._quotes:
                self.quotes.append((self._quotes.pop(), tag.end()))
        elif _NOTALK.search(tag["rest"]):
            end = self._shown.find(f"</{name}", tag.end(), tag.end() + 5_000)
            self._break(tag.start(), max(end, tag.end()))

    def _gallery(self, tag: re.Match[str]) -> None:
        self._break(tag.start(), tag.end())
        if tag["end"]:
            self._elements.close("ul")
            self._galleries = 0
        elif any(other["name"] == "gallery" and other["end"] for other in self._tags[-2:]):
            self._elements.open("ul")
            self._galleries = 1

    def _gallery_line(self, text: str, at: int) -> None:
        """Read a line of a gallery: a file, and behind the bar a caption that is an item."""
        end = at + len(text)
        if self._next_tag < end:
            self._text(end)
            return
        self._break(at, at + text.find("|") + 1)
        self._elements.open("li")
        self._break(end, end)

    def _html_heading(self, tag: re.Match[str], name: str, line_end: int) -> None:
        close = self._tags[-1] if self._tags else None
        if tag["end"] or close is None or close.end() > line_end or not (close["name"] or "").lower() == name:
            self._break(tag.start(), tag.end())
            return
        self._break(tag.start(), close.end())
        self._add_heading(HeadingRun(tag.start(), close.end(), int(name[1]), tag.end(), close.start()))

    def _add_heading(self, heading: HeadingRun) -> None:
        if not self._elements.is_silent and not self._elements.is_quoted:
            self.runs.append(heading)

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
        if self._list:
            self._change_list("", at)
        end = at + len(text)
        self._break(at, end)
        self._add_heading(HeadingRun(at, end, level, at + level, at + len(visible) - level))
        self._paragraph = ""
        self._in_block = False
        self._skip_tags(end)
        return True

    def _skip_tags(self, end: int) -> None:
        while self._next_tag < end:
            self._tags.pop()
            self._next_tag = self._tags[-1].start() if self._tags else len(self._shown) + 1

    def _item(self, text: str, at: int) -> None:
        """Read a list item."""
        found = _MARKERS.match(text)
        raw = found.group() if found else ""
        markers = raw.replace(HIDDEN, "")[:_DEEPEST_LIST]
        self._change_list(markers, at)
        self._start = at + len(raw)
        self._paragraph = ""
        end = at + len(text)
        if markers[-1] == ";":
            self._term(at + len(raw), end)
        if self._next_tag < end:
            self._text(end)

    def _term(self, start: int, end: int) -> None:
        """Read ``; term : definition`` on one line."""
        colon = self._definition_colon(start, end)
        if colon >= 0:
            self._break(colon, colon + 1)
            self._swap_item(":")

    def _definition_colon(self, start: int, end: int) -> int:
        """Return where the definition's colon stands outside links and tags, -1 where there is none."""
        depth = 0
        for found in re.finditer(r"\[\[|\]\]|<[^<>]{0,2000}>|:(?!//)", self._shown[start:end]):
            mark = found.group()
            depth += (mark == "[[") - (mark == "]]" and depth > 0)
            if mark == ":" and not depth:
                return start + found.start()
        return -1

    def _change_list(self, markers: str, at: int) -> None:
        """Close and open lists between one line's markers and the next's."""
        self._break(at, at)
        normal = markers.replace(";", ":")
        last = self._list
        if normal == last:
            if markers:
                self._swap_item(markers[-1])
            return
        common = _common(markers, last)
        for marker in reversed(last[common:]):
            self._close_list(marker)
        if 0 < len(markers) <= common:
            self._swap_item(markers[common - 1])
        for marker in markers[common:]:
            self._open_list(marker)
        self._list = normal

    def _swap_item(self, marker: str) -> None:
        """End the item of the innermost list and begin the next."""
        name = _item_name(marker)
        last = "li" if name == "li" else "dt" if self._is_term else "dd"
        if name != last or not self._elements.ends_with(name):
            self._elements.close(last)
            self._elements.open(name)
        self._is_term = name == "dt"

    def _open_list(self, marker: str) -> None:
        self._elements.open({"*": "ul", "#": "ol"}.get(marker, "dl"))
        self._elements.open(_item_name(marker))
        self._is_term = marker == ";"

    def _close_list(self, marker: str) -> None:
        item = "li" if marker in "*#" else "dt" if self._is_term else "dd"
        self._elements.close(item)
        self._elements.close({"*": "ul", "#": "ol"}.get(marker, "dl"))
        self._is_term = False

    def _table_start(self, text: str, at: int) -> None:
        found = _TABLE.match(text)
        indent = found["indent"].count(":") if found else 0
        self._closed_paragraph(at)
        self._break(at, at + len(text))
        for _ in range(min(indent, _DEEPEST_LIST)):
            self._elements.open("dl")
            self._elements.open("dd")
        self._elements.open("table")
        self._indents.append(min(indent, _DEEPEST_LIST))
        self._tables += 1
        self._skip_tags(at + len(text))
        self._in_block = True

    def _table_line(self, text: str, at: int) -> None:
        """Read a line of table markup."""
        end = at + len(text)
        self._break(at, at)
        self._paragraph = ""
        if text.startswith("|}"):
            self._table_end(at)
        elif text.startswith("|-"):
            self._elements.open("tr")
            self._start = end
            self._skip_tags(end)
            self._in_block = True
        elif text.startswith("|+"):
            self._cell("caption", at + 2, end)
            self._in_block = True
        else:
            self._cells(text, at)
            self._in_block = False

    def _table_end(self, at: int) -> None:
        self._elements.close("table")
        for _ in range(self._indents.pop() if self._indents else 0):
            self._elements.close("dd")
            self._elements.close("dl")
        self._tables -= 1
        self._start = at + 2
        self._in_block = False
        line_end = self._shown.find("\n", at)
        self._text(line_end if line_end >= 0 else len(self._shown))
        self._break(line_end if line_end >= 0 else len(self._shown), self._start)

    def _cells(self, text: str, at: int) -> None:
        name = "th" if text[0] == "!" else "td"
        start = 1
        for found in re.finditer(r"\|\||!!" if name == "th" else r"\|\|", text):
            self._cell(name, at + start, at + found.start())
            start = found.end()
        self._cell(name, at + start, at + len(text))

    def _cell(self, name: str, start: int, end: int) -> None:
        """Open a cell and read what stands in it behind its attributes."""
        self._break(start, start)
        self._elements.open(name)
        bar = self._shown.find("|", start, end)
        if bar >= 0 and "[[" not in self._shown[start:bar]:
            self._skip_tags(bar)
            self._start = bar + 1
        self._text(end)
        self._break(end, end)


def _closes_block(name: str, *, ending: bool) -> bool:
    """Tell whether MediaWiki makes paragraphs again behind a tag."""
    if name in _OPENS_BLOCK:
        return ending
    if name in _CELLS:
        return not ending
    return name not in _WITHIN_LINE and name not in _ALWAYS_BLOCK


def _item_name(marker: str) -> str:
    return "li" if marker in "*#" else "dt" if marker == ";" else "dd"


def _common(markers: str, last: str) -> int:
    """Return how many markers two lines share from the left."""
    for at, (one, other) in enumerate(zip(markers, last, strict=False)):
        if one != other:
            return at
    return min(len(markers), len(last))


def runs(shown: str) -> Sequence[Run | HeadingRun]:
    """Return the runs and headings of a shown page in order."""
    return Blocks(shown).read().runs
