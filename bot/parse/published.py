"""Read what a page publishes: its tables cell by cell and its sentences, with their figures, words and lines."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cache

from bot.languages import AuditWords
from bot.model import Place, Problem, Revision, WikiProfile
from bot.parse import table
from bot.parse.context import Context
from bot.parse.dressed import undressed
from bot.parse.lexicon import Lexicon, Mark, Stems, Token, tokens
from bot.parse.number_words import cardinals, fractions
from bot.parse.page import ScannedPage
from bot.parse.published_cell import PublishedCell, read_cell
from bot.parse.published_language import Stretch, code_at, stretches, words_of
from bot.parse.published_tables import PageTables, TableSource
from bot.parse.quantity import Quantity, quantities
from bot.parse.sentence import split_sentences
from bot.parse.table import Cell
from bot.parse.text import plain
from bot.parse.wikitext import HIDDEN, Heading, heading

_LARGEST_TABLE = 20_000  # cells; a bigger or wider one is data, not something that people publish to read
_WIDEST_TABLE = 200
_NO_ROLES = ("beginnings", "endings")
_TAG = re.compile(r"</?(?!(?:s|del|strike|ref|br)\b)[a-zA-Z][^<>]{0,500}>")
_PLAIN_SIGNS = str.maketrans("（）：；，؛＝", "():;,;=")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedTable:
    """One table: cells in rows, all of one length, spanning cells repeated."""

    line: int
    section: int
    rows: tuple[tuple[PublishedCell, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence, heading or caption with what was understood of its words.

    figures are written in digits, counts and fractions in words; stems tell how its language bends names.
    """

    text: str
    line: int
    lines: tuple[tuple[int, int], ...]
    section: int
    paragraph: int
    kind: str
    words: tuple[Token, ...]
    marks: tuple[Mark, ...]
    figures: tuple[Quantity, ...]
    counts: tuple[Quantity, ...] = ()
    fractions: tuple[Quantity, ...] = ()
    stems: Stems = field(default_factory=Stems)

    @property
    def numbers(self) -> list[Quantity]:
        """Return the figures and the counts in words, in order."""
        return sorted((*self.figures, *self.counts), key=lambda each: each.start)

    def line_at(self, offset: int) -> int:
        """Return the line of the page that an offset of the text comes from."""
        return next((line for start, line in reversed(self.lines) if start <= offset), self.line)

    def having(self, *roles: str) -> list[Mark]:
        """Return the marks that play one of the roles, in order."""
        return [mark for mark in self.marks if mark.role in roles]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A stretch of a page under one heading; parent is the number of the section that it belongs to."""

    number: int
    level: int
    parent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What a page publishes, in page order."""

    place: Place
    tables: tuple[PublishedTable, ...]
    sentences: tuple[Sentence, ...]
    sections: tuple[Section, ...]
    problems: tuple[Problem, ...] = ()


def read(revision: Revision, context: Context) -> Published:
    """Return the tables and sentences of a page; on a wiki of many languages each part is read in its own."""
    page = ScannedPage(revision)
    profile: WikiProfile = context.profile
    spoken = stretches(page, profile.language, is_open=profile.knows_foreign_stamps)
    return _Reader(page, spoken).read()


@cache
def _lexicon(known: AuditWords) -> Lexicon:
    return Lexicon({role: several for role, several in asdict(known).items() if role not in _NO_ROLES})


class _Reader:
    """Walks down a page and keeps count of its sections."""

    def __init__(self, page: ScannedPage, spoken: Sequence[Stretch]) -> None:
        self._page = page
        self._spoken = spoken
        self._known = words_of(code_at(spoken, 1))
        self._sections = [Section(number=0, level=0, parent=0)]
        self._sentences: list[Sentence] = []
        self._tables: list[PublishedTable] = []
        self._problems: list[Problem] = []
        self._paragraph = 0

    def read(self) -> Published:
        known = PageTables(self._page)
        in_text = self._page.text_lines()
        pending: list[tuple[int, str]] = []
        for line in self._page.lines:
            text = known.text.get(line.number, "")
            if line.number in in_text and not known.is_inside(line):
                text = line.visible
            shown = _TAG.sub(" ", text).strip(HIDDEN + " \t")
            found = heading(line) if text is line.visible else None
            begins = line.number in known.starting
            if found or not shown or shown[0] in "*#:;" or begins:
                self._end(pending)
            if found:
                self._open(found)
            elif shown:
                pending.append((line.number, self._plain(shown.lstrip("*#:; "))))
            for source in known.starting.get(line.number, ()):
                self._end(pending)
                self._add_table(source)
        self._end(pending)
        return Published(
            place=self._page.place(1),
            tables=tuple(self._tables),
            sentences=tuple(self._sentences),
            sections=tuple(self._sections),
            problems=tuple(self._problems),
        )

    def _open(self, found: Heading) -> None:
        parent = len(self._sections) - 1
        while self._sections[parent].level >= found.level:
            parent = self._sections[parent].parent
        self._sections.append(Section(number=len(self._sections), level=found.level, parent=parent))
        self._add([(found.line.number, plain(found.wikitext))], "heading")

    def _end(self, pending: list[tuple[int, str]]) -> None:
        if pending:
            self._add(pending, "text")
            pending.clear()

    def _plain(self, wikitext: str) -> str:
        return plain(undressed(wikitext, self._known.polls), struck=False)

    def _speak(self, line: int) -> None:
        self._known = words_of(code_at(self._spoken, line))

    def _add(self, several: Sequence[tuple[int, str]], kind: str) -> None:
        self._paragraph += 1
        self._speak(several[0][0])
        plainly = [(number, text.translate(_PLAIN_SIGNS)) for number, text in several]
        for text, starts in split_sentences(plainly):
            self._sentences.append(self._sentence(text, starts, kind))

    def _sentence(self, text: str, starts: tuple[tuple[int, int], ...], kind: str) -> Sentence:
        audit, numbers = self._known.audit, self._known.numbers
        found = tokens(text)
        marks = tuple(mark for mark in _lexicon(audit).marks(found, keep="gap") if not _is_name(text, mark))
        return Sentence(
            text=text,
            line=starts[0][1],
            lines=starts,
            section=len(self._sections) - 1,
            paragraph=self._paragraph,
            kind=kind,
            words=found,
            marks=marks,
            figures=tuple(quantities(text, numbers)),
            counts=tuple(cardinals(found, numbers, audit.conjunction)),
            fractions=tuple(fractions(found, text, numbers, [mark for mark in marks if mark.role == "of"])),
            stems=Stems(beginnings=audit.beginnings, endings=audit.endings),
        )

    def _add_table(self, source: TableSource) -> None:
        self._speak(source.line)
        for number, caption in source.caption:
            self._add([(number, self._plain(caption))], "caption")
        grid = table.grid(source.rows)
        width = max(map(len, grid), default=0)
        if width * len(grid) > _LARGEST_TABLE or width > _WIDEST_TABLE:
            size = (str(len(grid)), str(width))
            self._problems.append(self._page.problem(source.line, "audit/large-table", *size))
            return
        nothing = read_cell(Cell(wikitext="", is_header=False, number=source.line, start=0), self._known)
        empty = replace(nothing, is_unknown=True, mark=None)
        rows = [[read_cell(cell, self._known) for cell in row] for row in grid]
        filled = tuple((*row, *[empty] * (width - len(row))) for row in rows)
        if filled:
            self._tables.append(PublishedTable(line=source.line, section=len(self._sections) - 1, rows=filled))


def _is_name(text: str, mark: Mark) -> bool:
    """Tell the month of May from what may be."""
    return mark.role == "maybe" and mark.start > 0 and text[mark.start].isupper()
