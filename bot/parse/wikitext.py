"""Find lines, headings and list items in linear time, and hand only small pieces to mwparserfromhell.

`mask` hides what no reader of a page sees as text (comments, nowiki, references …) behind NUL characters of the
same length: every offset into the masked text is an offset into the page, and a hidden line break joins two lines
as it does in MediaWiki.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

HIDDEN = "\0"
OWN_BEGIN = re.compile(r"<!--\s{0,9}dialoguebot:begin ([a-z][a-z0-9-]{0,60})[ 0-9a-f]{0,70}-->")
OWN_END = re.compile(r"<!--\s{0,9}dialoguebot:end ([a-z][a-z0-9-]{0,60})\s{0,9}-->")
# What stands inside these is shown as it stands, elsewhere, or not at all: never a heading, an item or a vote.
_HIDING_TAGS = (
    "nowiki|pre|math|chem|ce|score|syntaxhighlight|source|ref|references|templatedata|timeline|graph|mapframe|"
    "maplink|inputbox|hiero|templatestyles|includeonly"
)
# Of these only the tag itself goes: what stands inside is part of the page.
_TRANSPARENT_TAGS = "translate|noinclude|onlyinclude|tvar|languages|section"
_OPENER = re.compile(
    rf"<!--|<(?P<hiding>{_HIDING_TAGS})(?=[\s/>])|</?(?:{_TRANSPARENT_TAGS})(?=[\s/>|])|</>|__[A-Z]{{3,30}}__",
    re.IGNORECASE,
)
_BRACES = re.compile(r"\{\{|\}\}")
_TABLE_EDGE = re.compile(r"[\s:\0]{0,50}(\{\||\|\}(?!\}))")
_TAG_LENGTH = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: offset of its first character, its number from 1, and its text with HIDDEN stretches in it."""

    start: int
    number: int
    masked: str

    @property
    def visible(self) -> str:
        """Return the text without what is hidden."""
        return self.masked.replace(HIDDEN, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A section heading; wikitext is what stands between the equals signs."""

    level: int
    wikitext: str
    line: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A list item: its markers, such as "*#:", and the wikitext behind them."""

    markers: str
    wikitext: str
    line: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of a page, from the first offset up to the one behind its end."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """A stretch that is hidden: kind is "comment", the name of the element, or empty for what shows nothing.

    starts_line tells of a comment that nothing but space and comments stands before on its line.
    """

    kind: str
    start: int
    end: int
    starts_line: bool = False

    def takes_line(self, offset: int) -> bool:
        """Tell whether this is a comment that starts a line and ends at the offset."""
        return self.starts_line and self.end == offset


def mask(wikitext: str) -> str:
    """Hide comments, nowiki, references and what the bot wrote itself; the result has the same length."""
    text = wikitext.replace(HIDDEN, "\N{REPLACEMENT CHARACTER}")
    pieces: list[str] = []
    done = 0
    for each in hidden(text):
        pieces += [text[done : each.start], HIDDEN * (each.end - each.start)]
        done = each.end
    return "".join([*pieces, text[done:]])


def comments(wikitext: str) -> list[Span]:
    """Return the comments of a page, those left aside that stand in nowiki and the like."""
    return [Span(start=each.start, end=each.end) for each in _hidden(wikitext) if each.kind == "comment"]


def without_comments(wikitext: str) -> str:
    """Return a page without its comments."""
    pieces: list[str] = []
    done = 0
    for span in comments(wikitext):
        pieces.append(wikitext[done : span.start])
        done = span.end
    return "".join([*pieces, wikitext[done:]])


def hidden(wikitext: str) -> list[Hidden]:
    """Return in order what no reader of the page sees as text, and what the bot wrote itself (kind "own")."""
    found = _hidden(wikitext)
    ends: dict[str, list[int]] = {}
    for each in found:
        if mark := OWN_END.match(wikitext, each.start):
            ends.setdefault(mark[1], []).append(each.end)
    return list(_with_own(wikitext, found, ends)) if ends else found


def _with_own(wikitext: str, found: Sequence[Hidden], ends: Mapping[str, Sequence[int]]) -> Iterator[Hidden]:
    done = 0
    for each in found:
        if each.start < done:
            continue
        mark = OWN_BEGIN.match(wikitext, each.start)
        own_ends = ends.get(mark[1], ()) if mark else ()
        at = bisect_right(own_ends, each.end)
        if at < len(own_ends):
            done = own_ends[at]
            yield Hidden(kind="own", start=each.start, end=done)
        else:
            yield each


def _hidden(wikitext: str) -> list[Hidden]:
    found: list[Hidden] = []
    unclosed: set[str] = set()
    done = 0
    while opener := _OPENER.search(wikitext, done):
        if opener.group() == "<!--":
            each = _comment(wikitext, opener.start(), found)
        else:
            each = _hidden_tag(wikitext, opener, unclosed)
        if each.end > each.start:
            found.append(each)
        done = max(each.end, opener.end())
    return found


def _hidden_tag(text: str, opener: re.Match[str], unclosed: set[str]) -> Hidden:
    """Return the hidden stretch that a tag or magic word opens, an empty one where the opener is mere text."""
    start = opener.start()
    if opener.group() == "</>" or opener.group().startswith("__"):
        return Hidden(kind="", start=start, end=opener.end())
    close = text.find(">", opener.end(), opener.end() + _TAG_LENGTH) + 1
    if not close:
        return Hidden(kind="", start=start, end=start)
    kind = (opener["hiding"] or "").lower()
    if kind and text[close - 2] != "/":
        return Hidden(kind=kind, start=start, end=_closing_tag_end(text, kind, close, unclosed))
    return Hidden(kind=kind, start=start, end=close)


def _comment(text: str, start: int, before: Sequence[Hidden]) -> Hidden:
    """Return a comment; one alone on its line takes its line break along, as in MediaWiki."""
    end = text.find("-->", start + 4) + 3
    if end < 3:
        return Hidden(kind="comment", start=start, end=len(text))
    first, last = start, end
    while first and text[first - 1] in " \t":
        first -= 1
    while last < len(text) and text[last] in " \t":
        last += 1
    starts_line = first == 0 or text[first - 1] == "\n" or bool(before and before[-1].takes_line(first))
    if starts_line and text[last : last + 1] == "\n":
        return Hidden(kind="comment", start=start, end=last + 1)
    return Hidden(kind="comment", start=start, end=end, starts_line=starts_line)


def _closing_tag_end(text: str, name: str, start: int, unclosed: set[str]) -> int:
    """Return the end of the element, or of the tag alone where nothing closes it."""
    if name in unclosed:
        return start
    closing = re.compile(rf"</{name}\s{{0,9}}>", re.IGNORECASE).search(text, start)
    if closing is None:
        unclosed.add(name)  # asked once a page: looking again behind every tag would be quadratic
        return start
    return closing.end()


class LineNumbers:
    """Turn offsets of a page into line numbers, counted in the wikitext as it stands."""

    def __init__(self, wikitext: str) -> None:
        self._breaks = [found.start() for found in re.finditer("\n", wikitext)]

    def at(self, offset: int) -> int:
        """Return the line, from 1, that holds the character at offset."""
        return bisect_right(self._breaks, offset - 1) + 1


def lines(wikitext: str, masked: str) -> Iterator[Line]:
    """Yield the lines of a masked page, each numbered by its first character that is not hidden."""
    numbers = LineNumbers(wikitext)
    start = 0
    for text in masked.split("\n"):
        hidden = len(text) - len(text.lstrip(HIDDEN))
        at = start + (hidden if hidden < len(text) else 0)
        yield Line(start=start, number=numbers.at(at), masked=text)
        start += len(text) + 1


def heading(line: Line) -> Heading | None:
    """Read a line as a heading, None where it is none."""
    text = line.visible.rstrip()
    if not text.startswith("=") or not text.endswith("=") or len(text) < 3:
        return None
    inside = text.strip("=")
    left = len(text) - len(text.lstrip("="))
    right = len(text) - len(text.rstrip("="))
    if left == len(text):  # nothing but equals signs: "=====" is a heading named "="
        left = right = (len(text) - 1) // 2
    level = min(left, right, 6)
    inside = text[level : len(text) - level]
    return Heading(level=level, wikitext=inside.strip(), line=line)


def item(line: Line) -> Item | None:
    """Read a line as a list item, None where it is none."""
    text = line.visible
    behind = text.lstrip("*#:;")
    if len(behind) == len(text):
        return None
    return Item(markers=text[: len(text) - len(behind)], wikitext=behind.strip(), line=line)


def template_spans(masked: str) -> list[Span]:
    """Return the outermost ``{{…}}`` that are closed, in order; a brace that nothing closes is text."""
    opened: list[int] = []
    spans: list[Span] = []
    for braces in _BRACES.finditer(masked):
        if braces.group() == "{{":
            opened.append(braces.start())
        elif opened:
            start = opened.pop()
            while spans and spans[-1].start > start:
                spans.pop()
            spans.append(Span(start=start, end=braces.end()))
    return spans


def inside(spans: Sequence[Span], offset: int) -> bool:
    """Tell whether an offset lies behind the first character of one of the spans, which are in order."""
    at = bisect_right(spans, offset, key=lambda span: span.start) - 1
    return at >= 0 and spans[at].start < offset < spans[at].end


def table_spans(page_lines: Sequence[Line], hidden: Sequence[Span] = ()) -> list[tuple[Span, bool]]:
    """Return the outermost tables as index ranges of the lines, and whether each is closed.

    A table that nothing closes ends before the next heading or table, so that it swallows no more than it must.
    """
    opened: list[int] = []
    closed: list[Span] = []
    for index, line in enumerate(page_lines):
        edge = _TABLE_EDGE.match(line.masked)
        if edge is None or inside(hidden, line.start + edge.start(1)):
            continue
        if edge[1] == "{|":
            opened.append(index)
        elif opened:
            start = opened.pop()
            while closed and closed[-1].start > start:
                closed.pop()
            closed.append(Span(start=start, end=index + 1))
    cut_off = [_cut_off(page_lines, start) for start in opened]
    return sorted([(span, True) for span in closed] + [(span, False) for span in cut_off], key=_span_start)


def _span_start(found: tuple[Span, bool]) -> int:
    return found[0].start


def _cut_off(page_lines: Sequence[Line], start: int) -> Span:
    for index in range(start + 1, len(page_lines)):
        line = page_lines[index]
        edge = _TABLE_EDGE.match(line.masked)
        if heading(line) is not None or (edge and edge[1] == "{|"):
            return Span(start=start, end=index)
    return Span(start=start, end=len(page_lines))
