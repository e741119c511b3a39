"""Read tables of results: counts, shares or both, questions down the side or across the top, one poll or several."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.parse.page import ScannedPage
from bot.parse.poll_cell import BLANK, LABEL, NUMBERS, Entry, figures
from bot.parse.poll_grid import Part, Row, across_table, parts, rows_of
from bot.parse.poll_names import PollNames, Roles, stated_total
from bot.parse.poll_notes import PollNotes
from bot.parse.poll_source import Source
from bot.parse.poll_words import COUNT, OTHER, SHARE, TOTAL
from bot.parse.quantity import quantities

_PERCENT = re.compile("[%٪％]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What stands around a table and may name its poll or question: its caption, then the headings above it."""

    texts: tuple[str, ...]
    caption: str = ""
    headings: tuple[str, ...] = ()
    title: str = ""

    def roles(self, names: PollNames) -> Roles:
        """Return the poll and the question that are named around the table, the nearest ones."""
        found = [names.roles(text) for text in self.texts]
        poll = next((each.poll for each in found if each.poll), "")
        poll = poll or next(filter(None, map(names.poll_within, self.texts)), "")
        question = next((each.question for each in found if each.question), "")
        return Roles(poll=poll, question=question)


def read(
    page: ScannedPage, source: Source, rows: Sequence[Row], names: PollNames, around: Around, notes: PollNotes
) -> None:
    """Note the results of one table that is known to be of a family of polls."""
    section = Roles()
    for index, part in enumerate(parts(rows, names)):
        if index and part.headers and section.is_empty:
            notes.problem(page.place(part.headers[0][0].line), "poll-two-tables")
        section = _PartReader(page, part, names, around, notes, section).read()
    if not source.is_closed:
        notes.problem(page.place(source.first), "table-cut-off", str(source.last))


def _is_in_percent(part: Part, around: Around, names: PollNames) -> bool:
    """Tell whether a caption or corner says that bare numbers are percentages, and no cell says so itself."""
    corner = [row[column].text for row in part.headers for column in range(min(part.label_columns, len(row)))]
    says = any(_PERCENT.search(text) or names.measures.names(text, SHARE) for text in (around.caption, *corner))
    return says and not any(entry.has_share for row in part.rows for entry in row)


class _PartReader:
    """Walks down the rows of one table."""

    def __init__(
        self, page: ScannedPage, part: Part, names: PollNames, around: Around, notes: PollNotes, section: Roles
    ) -> None:
        self._page = page
        self._part = part
        self._names = names
        self._notes = notes
        self._around = around.roles(names)
        self._columns = [self._column(column) for column in range(max(len(row) for row in part.rows))]
        self._carried = Roles()
        self._section = section
        self._strangers: set[int] = set()
        self._stated = next(filter(None, map(stated_total, around.texts)), 0)
        self._people = _people(around.caption, names)
        self._is_in_percent = _is_in_percent(part, around, names)

    def read(self) -> Roles:
        """Note every row; return what the last row across the table says of the rows that follow it."""
        for row in self._part.rows:
            across = across_table(row, self._names)
            if across is not None:
                self._enter(across)
                continue
            roles = self._row_roles(row)
            if roles is not None and self._fits(row):
                self._read_row(row, roles)
        return self._section

    def _enter(self, across: Roles) -> None:
        """Go on below a row across the table: where a question follows, a poll stays named, and the reverse."""
        above = Roles() if across.is_empty else replace(self._section, total=0)
        self._section = replace(across.over(above), measure="")
        self._carried = Roles()

    def _column(self, column: int) -> Roles:
        """Return what the headers above a column say; an empty one behind an answer holds its shares."""
        texts = self._part.column_texts(column)
        if not texts and column > self._part.label_columns:
            before = self._column(column - 1)
            return Roles(question=before.question, answer=before.answer, poll=before.poll)
        roles = Roles()
        for text in texts:
            roles = self._names.roles(text).over(roles)
        return roles

    def _row_roles(self, row: Row) -> Roles | None:
        """Return what a row's labels say, with what rows above it said for the rows below."""
        texts = self._part.labels(row)
        if not texts and any(entry.cell.wikitext for entry in row[: self._part.label_columns]):
            self._carried = Roles()  # the name is struck, and the row with it
            return None
        found = [self._names.roles(text) for text in texts]
        own = Roles()
        for each in found:
            own = each.over(own)
        has_numbers = any(entry.kind == NUMBERS for _, entry in self._part.cells(row))
        if texts and own.is_empty:
            self._carried = Roles()
            if has_numbers or any(entry.is_dash for _, entry in self._part.cells(row)):
                self._note_unknown_row(row, texts)
            return None
        if own.question or own.answer:
            self._carried = self._renewed(own)
        elif own.poll:
            self._carried = Roles(poll=own.poll).over(self._carried)
        return own if own.measure == TOTAL else own.over(self._carried)

    def _renewed(self, own: Roles) -> Roles:
        """Return what rows below will be about; a name that only spans on from above leaves the poll as it is."""
        carried = self._carried
        same = (own.question or carried.question, own.answer or carried.answer) == (carried.question, carried.answer)
        poll = own.poll or (carried.poll if same else "")
        return Roles(question=own.question or carried.question, answer=own.answer or carried.answer, poll=poll)

    def _note_unknown_row(self, row: Row, texts: Sequence[str]) -> None:
        across = [each for each in self._columns if each.question]
        message = "poll-unknown-answer/row" if across else "poll-unknown-question/row"
        if not self._part.headers and self._part.label_columns:
            message = "poll-no-header"
        self._notes.problem(self._page.place(row[0].line), message, " · ".join(texts))

    def _fits(self, row: Row) -> bool:
        """Tell whether a row has as many cells as the header, where there is one."""
        width = self._part.width
        if not width or len(row) == width or not any(entry.kind == NUMBERS for entry in row):
            return True
        name = " · ".join(self._part.labels(row)[:1])
        self._notes.problem(self._page.place(row[0].line), "poll-ragged-row", name, str(len(row)), str(width))
        for key in self._keys_of(row):
            self._notes.refuse(key)
        return False

    def _keys_of(self, row: Row) -> list[tuple[str, str]]:
        roles = self._names.roles(next(iter(self._part.labels(row)), ""))
        questions = [roles.question] if roles.question else [each.question for each in self._columns]
        return [(self._poll(roles), question) for question in questions if question]

    def _read_row(self, row: Row, own: Roles) -> None:
        for column, entry in self._part.cells(row):
            if entry.kind == LABEL and not self._columns[column].is_empty and entry.text != "%":
                self._note_label(entry, own.over(self._columns[column]))
            elif entry.kind != LABEL:
                self._read_cell(entry, column, own)

    def _note_label(self, entry: Entry, roles: Roles) -> None:
        """A word where a count should be leaves the question uncounted."""
        if roles.answer and roles.measure in ("", COUNT, SHARE) and not entry.cell.is_header:
            key = (self._poll(roles), roles.over(self._section).over(self._around).question)
            self._fault(entry, "poll-unclear-cell", key)

    def _read_cell(self, entry: Entry, column: int, own: Roles) -> None:
        above = self._columns[column]
        section = replace(self._section, answer="") if own.measure == TOTAL else self._section
        roles = own.over(above).over(section).over(self._around)
        if own.measure == TOTAL and above.answer:
            return  # the sum of a column over several questions counts nobody
        if above.is_empty and self._part.column_texts(column) and not own.measure and not own.answer:
            self._note_stranger(column, entry, roles)
            return
        if not roles.question or not (roles.answer or roles.measure == TOTAL):
            if not self._part.headers and entry.kind == NUMBERS:
                self._notes.once(
                    self._page.place(entry.line), "poll-no-header", " · ".join(self._part.labels([entry]))
                )
            return
        if roles.measure == OTHER:
            return
        if self._is_in_percent and not roles.measure:
            roles = replace(roles, measure=SHARE)
        key = (self._poll(roles), roles.question)
        if entry.cell.is_copy and entry.kind == NUMBERS:
            self._fault(entry, "poll-merged-cell", key)
            return
        self._note_figures(entry, roles, key)

    def _note_figures(self, entry: Entry, roles: Roles, key: tuple[str, str]) -> None:
        if not key[0]:
            self._notes.once(self._page.place(entry.line), "poll-ambiguous", self._poll_titles())
            return
        stated = figures(entry, roles.measure)
        if stated.fault:
            self._fault(entry, stated.fault, key if not stated.counts or stated.fault == "poll-negative" else None)
        place = self._page.place(entry.line)
        if roles.measure == TOTAL and not roles.answer:
            self._notes.total(key, stated.counts, place)
        elif roles.answer:
            if entry.kind == BLANK and not entry.is_dash:
                self._notes.empty(key, roles.answer, place)
            self._notes.figures(key, roles.answer, stated, place)
            self._notes.stated(key, roles.total or self._stated, self._people)

    def _fault(self, entry: Entry, message: str, key: tuple[str, str] | None) -> None:
        self._notes.problem(self._page.place(entry.line), message, entry.text)
        if key is not None:
            self._notes.refuse(key)

    def _note_stranger(self, column: int, entry: Entry, roles: Roles) -> None:
        if entry.kind == NUMBERS and roles.question and self._poll(roles):
            self._notes.left_out(
                (self._poll(roles), roles.question), figures(entry, ""), self._page.place(entry.line)
            )
        if column not in self._strangers and entry.kind == NUMBERS:
            self._strangers.add(column)
            text = " · ".join(self._part.column_texts(column))
            across = any(each.question for each in self._columns)
            message = "poll-unknown-question/column" if across else "poll-unknown-answer/column"
            self._notes.problem(self._page.place(self._part.column_line(column)), message, text)

    def _poll(self, roles: Roles) -> str:
        """Return the poll that is named, or the only one that it can be."""
        named = roles.poll or self._section.poll or self._around.poll
        return named or (self._names.polls[0].id if len(self._names.polls) == 1 else "")

    def _poll_titles(self) -> str:
        return " · ".join(poll.title("en") for poll in self._names.polls)


def _people(text: str, names: PollNames) -> int:
    numbers = [(int(each.value), each.end) for each in quantities(text) if each.kind == COUNT]
    return names.measures.people(text, numbers)


def texts_of(rows: Sequence[Row], names: PollNames | None) -> list[str]:
    """Return every text of a table that may name something."""
    return [text for part in parts(rows, names) for text in part.texts()]


__all__ = ["Around", "read", "rows_of", "texts_of"]
