"""Cut a page into what may ask or answer: headings, list items, paragraphs, and rows of tables of questions.

Signatures are taken out, and question marks that ask nothing are veiled: those in code, quotations and struck words.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.discussion import Comment, Discussion
from bot.model import Place, Revision
from bot.parse.layer import summary_spans
from bot.parse.names import Themes
from bot.parse.page import ScannedPage, element_spans
from bot.parse.question_words import QuestionNames
from bot.parse.speakers import Speakers, common_words
from bot.parse.table import Cell, grid, rows
from bot.parse.text import plain, template_names
from bot.parse.wikitext import Heading, Item, Line, Span, heading, item, mask

HEADING, ITEM, TEXT, ROW = "heading", "item", "text", "row"
_SILENT = ("code", "kbd", "samp", "tt", "var", "blockquote", "q", "cite")
_TAGS = {name: re.compile(rf"<(/?){name}(?=[\s>])[^<>]{{0,500}}>", re.IGNORECASE) for name in _SILENT}
_ASKING = "?？؟‽፧;՞¿\u037e"
_VEIL = {ord(mark): chr(0xFDE0 + index) for index, mark in enumerate(_ASKING)}
_UNVEIL = {ord(veiled): chr(mark) for mark, veiled in _VEIL.items()}
_BLANK = re.compile(r"\s{0,500}")
_MARKERS = re.compile(r"^[*#:;]{1,20}\s{0,9}")
_BOLD = re.compile(r"\s{0,9}'''(?!')[^\n]{1,300}?'''\s{0,9}")
_UNLABELLED = re.compile(r"\[\[[^\[\]{}|\n]{1,255}\]\]")
_TEMPLATE = re.compile(r"\{\{(?P<name>[^\[\]{}|<>\n]{4,40})\|(?P<one>1=)?(?P<said>[^{}|\n]{3,300})\}\}")
_STRAY = re.compile(r"</?[A-Za-z][^<>]{0,500}>")  # tags whose other half stands on another line
_NOT_NEWLINE = re.compile(r"[^\n]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One piece of a page: text as it is read, starts the offsets in it at which lines begin, with their numbers.

    level is that of a heading, or the depth of a list item; start and end are offsets in the page. kind "row" is a
    row of a table of questions: answer is what stands in the column of answers. A paragraph in bold letters is the
    title of the next one; templates are the names of those in a list item.
    """

    kind: str
    text: str
    level: int
    start: int
    end: int
    starts: tuple[tuple[int, int], ...]
    markers: str = ""
    answer: str = ""
    is_open: bool = False
    is_title: bool = False
    templates: tuple[str, ...] = ()

    @property
    def line(self) -> int:
        """Return the line on which it begins."""
        return self.starts[0][1]

    def line_at(self, offset: int) -> int:
        """Return the line that holds an offset of its text."""
        return self.starts[bisect_right(self.starts, (offset, 1 << 60)) - 1][1]

    def is_below(self, other: "Unit") -> bool:
        """Tell whether this list item stands deeper than another one, or behind a paragraph as its reply."""
        if self.kind != ITEM:
            return False
        return self.level > other.level if other.kind == ITEM else other.kind == TEXT and ":" in self.markers


class QuestionPage:
    """The units of one page in order, and the comments that they stand in."""

    def __init__(
        self, revision: Revision, talk: Discussion, names: QuestionNames, themes: Themes | None = None
    ) -> None:
        self._revision = revision
        self._names = names
        self._comments = talk.comments
        self._starts = [comment.start for comment in talk.comments]
        self._text = _readable(revision.wikitext, talk, names)
        self._scanned = ScannedPage(replace(revision, wikitext=self._text))
        users = {comment.user for comment in talk.comments}
        self._themes = themes
        self._common = common_words(revision.wikitext)
        self.speakers = Speakers(self._spoken(), users, self._is_topic)
        self.units: Sequence[Unit] = sorted([*self._lines(), *self._rows()], key=_start)
        self._unit_starts = [unit.start for unit in self.units]

    def place(self, line: int) -> Place:
        """Return where a line is."""
        place = self._scanned.place(line)
        return replace(place, section=shown(place.section)) if place.section else place

    def comment(self, unit: Unit) -> Comment | None:
        """Return the comment that a unit stands in, None where nobody signed it."""
        at = bisect_left(self._starts, unit.end) - 1
        found = self._comments[at] if at >= 0 else None
        return found if found and found.end > unit.start else None

    def signed(self, comment: Comment) -> Unit | None:
        """Return the unit in which a comment is signed."""
        at = bisect_right(self._unit_starts, comment.signatures[0].start) - 1
        return self.units[at] if at >= 0 else None

    def index(self, line: int) -> int:
        """Return the number of the first unit that begins on a line or below."""
        return next((at for at, unit in enumerate(self.units) if unit.line >= line), len(self.units))

    def _is_topic(self, name: str) -> bool:
        """Tell whether a word before a colon is a label, a theme, or one that the page writes small elsewhere."""
        is_theme = self._themes is not None and bool(self._themes.find(name))
        return is_theme or name.lower() in self._common or self._names.is_label(name)

    def _spoken(self) -> Iterator[str]:
        """Yield the lines at the beginning of which a speaker may be named."""
        text_lines = self._scanned.text_lines()
        return (line.visible for line in self._scanned.lines if line.number in text_lines)

    def _lines(self) -> Iterator[Unit]:
        text_lines = self._scanned.text_lines()
        waiting: list[tuple[Line, str]] = []
        for line in self._scanned.lines:
            found = (heading(line) or item(line)) if line.number in text_lines else None
            said = "" if found or line.number not in text_lines else self._prose(line)
            if waiting and (not said or self._names.split(said).kind or self.speakers.behind(said)):
                yield _paragraph(waiting)
                waiting = []
            if said:
                waiting.append((line, said))
            elif isinstance(found, Heading):
                yield _unit(HEADING, _said(found.wikitext), found.level, line)
            elif isinstance(found, Item):
                unit = _unit(ITEM, _said(found.wikitext), len(found.markers), line)
                yield replace(unit, markers=found.markers, templates=tuple(template_names(found.wikitext)))
        if waiting:
            yield _paragraph(waiting)

    def _prose(self, line: Line) -> str:
        """Return the text of a line of prose; one behind a space is an example, unless somebody signed it."""
        visible = line.visible
        if not visible.strip() or visible.startswith("----"):
            return ""
        if self._revision.wikitext[line.start : line.start + 1] == " ":
            at = bisect_right(self._starts, line.start + len(line.masked)) - 1
            if at < 0 or self._comments[at].end <= line.start:
                return ""
        return _said(visible)

    def _rows(self) -> Iterator[Unit]:
        """Yield the rows of tables that have a column of questions."""
        for table in self._scanned.tables():
            filled = grid(rows(table.lines, self._scanned.templates))
            heads = [self._names.heads(plain(cell.wikitext)) for cell in filled[0]] if filled else []
            asked = next((at for at, head in enumerate(heads) if head in ("question", "open")), -1)
            if asked < 0:
                continue
            answered = heads.index("answer") if "answer" in heads else len(heads)
            for row in filled[1:]:
                if asked < len(row) and not row[asked].is_copy:
                    answer = row[answered].wikitext if answered < len(row) else ""
                    yield self._row(row[asked], plain(answer, struck=False), is_open=heads[asked] == "open")

    def _row(self, cell: Cell, answer: str, *, is_open: bool) -> Unit:
        """Return a cell line by line, as it may hold a list; its first lines may be empty."""
        blank = _BLANK.match(self._text, cell.start)
        number = cell.number + (blank.group().count("\n") if blank else 0)
        lines = [
            (at, _said(_MARKERS.sub("", said))) for at, said in enumerate(cell.wikitext.split("\n"), start=number)
        ]
        return replace(
            _joined(ROW, [each for each in lines if each[1]] or [(number, "")], "\n"),
            start=cell.start,
            end=cell.start + len(cell.wikitext),
            answer=answer,
            is_open=is_open,
        )


def _said(wikitext: str) -> str:
    """Return what a piece of wikitext says, without struck words."""
    text = plain(wikitext, struck=False)
    return _STRAY.sub(" ", text).strip() if "<" in text else text


def _start(unit: Unit) -> int:
    return unit.start


def shown(text: str) -> str:
    """Return text with its veiled question marks as they were written."""
    return text.translate(_UNVEIL)


def _unit(kind: str, text: str, level: int, line: Line) -> Unit:
    end = line.start + len(line.masked)
    return Unit(kind=kind, text=text, level=level, start=line.start, end=end, starts=((0, line.number),))


def _paragraph(several: Sequence[tuple[Line, str]]) -> Unit:
    first, last = several[0][0], several[-1][0]
    return replace(
        _joined(TEXT, [(line.number, said) for line, said in several], " "),
        start=first.start,
        end=last.start + len(last.masked),
        is_title=first is last and _BOLD.fullmatch(first.visible) is not None,
    )


def _joined(kind: str, several: Sequence[tuple[int, str]], separator: str) -> Unit:
    """Return numbered lines as one unit that knows where each of them begins."""
    starts = []
    at = 0
    for number, said in several:
        starts.append((at, number))
        at += len(said) + 1
    text = separator.join(said for _, said in several)
    return Unit(kind=kind, text=text, level=0, start=0, end=0, starts=tuple(starts))


def _readable(wikitext: str, talk: Discussion, names: QuestionNames) -> str:
    """Return a page of the same length without signatures and summaries, its silent question marks veiled.

    A link without a label shows the title of a page, which asks nothing; a template that is named as a label of
    questions is, stands for it.
    """
    masked = mask(wikitext)
    text = _changed(wikitext, summary_spans(masked), _blanked)
    text = _changed(text, [_span(each) for each in _UNLABELLED.finditer(masked)], _veiled)
    labels = [_span(each) for each in _TEMPLATE.finditer(masked) if names.labels(each["name"])]
    text = _changed(text, labels, _labelled)
    text = _changed(text, _signatures(talk), _blanked)
    for tags in _TAGS.values() if "<" in masked else ():
        text = _changed(text, element_spans(masked, tags), _veiled)
    return text


def _changed(text: str, spans: Sequence[Span], change: Callable[[str], str]) -> str:
    pieces: list[str] = []
    done = 0
    for span in spans:
        pieces += [text[done : span.start], change(text[max(done, span.start) : span.end])]
        done = max(done, span.end)
    return "".join([*pieces, text[done:]]) if pieces else text


def _signatures(talk: Discussion) -> list[Span]:
    return [Span(start=each.start, end=each.end) for comment in talk.comments for each in comment.signatures]


def _span(found: re.Match[str]) -> Span:
    return Span(start=found.start(), end=found.end())


def _labelled(template: str) -> str:
    """Return a template as the label that it stands for, and what it says behind it."""
    found = _TEMPLATE.fullmatch(template)
    return f"{found['name']}: {found['one'] or ''}".replace("1=", "  ") + f"{found['said']}   " if found else template


def _blanked(text: str) -> str:
    return _NOT_NEWLINE.sub(" ", text)


def _veiled(text: str) -> str:
    return text.translate(_VEIL)
