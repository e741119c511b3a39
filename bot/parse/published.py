"""Read what a page publishes: its tables cell by cell and its sentences, with their figures, words and lines."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache

from bot.languages import AuditWords, Language, NumberWords
from bot.model import Place, Revision
from bot.parse import table
from bot.parse.context import Context
from bot.parse.lexicon import Lexicon, Mark, Token, tokens, words
from bot.parse.page import ScannedPage, Table
from bot.parse.quantity import Quantity, quantities
from bot.parse.sentence import split_sentences
from bot.parse.table import Cell
from bot.parse.text import fold, plain, template_names
from bot.parse.wikitext import HIDDEN, Heading, heading

_LARGEST_TABLE = 10_000  # cells; a bigger or wider one is data, not something that people publish to read
_WIDEST_TABLE = 100
_LONGEST_CELL = 2_000
_MAIN = re.compile(r"\s[-–—=]\s|[:：(\[（,،]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_HEAD_ROLES = (
    "total", "size", "count", "share", "change", "mean", "agreement", "rate", "wave", "unsure", "agree", "disagree",
    "exclusive",
)  # fmt: skip
_AT_EDGE = ("total", "change", "mean", "agreement", "rate")
_UNKNOWN = frozenset({"n/a", "na", "*", "?", "…", "..."})


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedCell:
    """One cell: its text, the words of its main part, its figures, and the roles it plays as a head.

    is_figure tells a cell that says nothing but figures; mark is True for a tick and False for an empty or crossed
    cell; is_unknown is one that stands for a figure that is not given.
    """

    text: str
    name: str
    words: tuple[str, ...]
    figures: tuple[Quantity, ...]
    roles: frozenset[str]
    line: int
    is_header: bool
    is_copy: bool
    is_figure: bool
    is_unknown: bool
    mark: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedTable:
    """One table: cells in rows, all of one length, spanning cells repeated."""

    line: int
    section: int
    rows: tuple[tuple[PublishedCell, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence, heading or caption with what was understood of its words."""

    text: str
    line: int
    lines: tuple[tuple[int, int], ...]
    section: int
    paragraph: int
    kind: str
    words: tuple[Token, ...]
    marks: tuple[Mark, ...]
    figures: tuple[Quantity, ...]

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


def read(revision: Revision, context: Context) -> Published:
    """Return the tables and sentences of a page."""
    page = ScannedPage(revision)
    return _Reader(page, context.words).read()


@cache
def _sentence_lexicon(known: AuditWords) -> Lexicon:
    return Lexicon(asdict(known))


@cache
def _head_lexicon(known: AuditWords) -> Lexicon:
    return Lexicon({role: several for role, several in asdict(known).items() if role in _HEAD_ROLES})


class _Reader:
    """Walks down a page and keeps count of its sections."""

    def __init__(self, page: ScannedPage, known: Language) -> None:
        self._page = page
        self._known = known
        self._sections = [Section(number=0, level=0, parent=0)]
        self._sentences: list[Sentence] = []
        self._tables: list[PublishedTable] = []
        self._paragraph = 0

    def read(self) -> Published:
        starts = {each.lines[0].number: each for each in self._page.tables() if each.lines}
        in_text = self._page.text_lines()
        pending: list[tuple[int, str]] = []
        for line in self._page.lines:
            found = heading(line) if line.number in in_text else None
            visible = line.visible.strip(HIDDEN + " \t") if line.number in in_text else ""
            if found or not visible or visible[0] in "*#:;" or line.number in starts:
                self._end(pending)
            if found:
                self._open(found)
            elif line.number in starts:
                self._add_table(starts[line.number])
            elif visible:
                pending.append((line.number, plain(visible.lstrip("*#:; "), struck=False)))
        self._end(pending)
        place = self._page.place(1)
        return Published(
            place=place,
            tables=tuple(self._tables),
            sentences=tuple(self._sentences),
            sections=tuple(self._sections),
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

    def _add(self, several: Sequence[tuple[int, str]], kind: str) -> None:
        self._paragraph += 1
        for text, starts in split_sentences(several):
            found = tokens(text)
            marks = _sentence_lexicon(self._known.audit).marks(found, keep="gap")
            self._sentences.append(
                Sentence(
                    text=text,
                    line=starts[0][1],
                    lines=starts,
                    section=len(self._sections) - 1,
                    paragraph=self._paragraph,
                    kind=kind,
                    words=found,
                    marks=tuple(mark for mark in marks if not _is_name(text, mark)),
                    figures=tuple(quantities(text, self._known.numbers)),
                )
            )

    def _add_table(self, source: Table) -> None:
        for line in source.lines:
            text = line.visible.strip()
            if text.startswith("|+"):
                caption = text[2:].split("|", 1)[-1] if "[[" not in text.split("|", 2)[-1] else text[2:]
                self._add([(line.number, plain(caption))], "caption")
        grid = table.grid(table.rows(source.lines, self._page.templates))
        width = max(map(len, grid), default=0)
        if width * len(grid) > _LARGEST_TABLE or width > _WIDEST_TABLE:
            return
        nothing = self._cell(Cell(wikitext="", is_header=False, number=source.lines[0].number, start=0))
        empty = replace(nothing, is_unknown=True, mark=None)
        rows = [[self._cell(cell) for cell in row] for row in grid]
        filled = tuple((*row, *[empty] * (width - len(row))) for row in rows)
        self._tables.append(PublishedTable(line=source.lines[0].number, section=len(self._sections) - 1, rows=filled))

    def _cell(self, cell: Cell) -> PublishedCell:
        text = plain(cell.wikitext[:_LONGEST_CELL], struck=False)
        found = tuple(quantities(text, self._known.numbers))
        name = _MAIN.split(text, maxsplit=1)[0].strip() or text
        return PublishedCell(
            text=text,
            name=name,
            words=words(name),
            figures=found,
            roles=self._roles(text, name),
            line=cell.number,
            is_header=cell.is_header,
            is_copy=cell.is_copy,
            is_figure=bool(found) and not _letters_beside(text, found, self._known),
            is_unknown=fold(text) in _UNKNOWN or any(each.bound for each in found),
            mark=self._mark(cell, text),
        )

    def _roles(self, text: str, name: str) -> frozenset[str]:
        """Return the roles of a head: those of its main words, and of words at their edges for some."""
        lexicon = _head_lexicon(self._known.audit)
        label = words(name)
        roles = set(lexicon.roles(label)) | set(lexicon.roles(words(text)))
        for cut in range(1, min(len(label), 6)):
            for part in (label[:cut], label[cut:]):
                is_plain = " ".join(part) not in self._known.audit.all  # "open to all" is no total
                roles |= {role for role in lexicon.roles(part) if role in _AT_EDGE and is_plain}
        if any(sign in text for sign in "%٪％") or "share" in lexicon.roles(label[:1]):
            roles.add("share")
        if lexicon.roles(label) & {"share", "count"} or "share" in lexicon.roles(label[:1]):
            roles.add("generic")
        unnumbered = tuple(word for word in label if not word.isdecimal())
        if "wave" in lexicon.roles(unnumbered) or (not unnumbered and _YEAR.fullmatch(name)):
            roles.add("wave")
        return frozenset(roles)

    def _mark(self, cell: Cell, text: str) -> bool | None:
        needs = self._known.needs
        templates = template_names(cell.wikitext)
        if any(name in needs.yes_templates for name in templates):
            return True
        if any(name in needs.no_templates for name in templates):
            return False
        folded = fold(text)
        if folded in needs.yes:
            return True
        return False if folded in needs.no and not cell.wikitext.startswith("[[") else None


def _is_name(text: str, mark: Mark) -> bool:
    """Tell the month of May from what may be."""
    return mark.role == "maybe" and mark.start > 0 and text[mark.start].isupper()


def _letters_beside(text: str, found: Sequence[Quantity], known: Language) -> bool:
    """Tell whether a cell says more than figures and what they count."""
    rest = text
    for each in reversed(found):
        rest = f"{rest[: each.start]} {rest[each.end :]}"
    return any(token not in _counted_words(known.audit, known.numbers) for token in words(rest))


@cache
def _counted_words(audit: AuditWords, numbers: NumberWords) -> frozenset[str]:
    return frozenset(words(" ".join([*audit.people, *audit.of, *numbers.about, *numbers.points])))
