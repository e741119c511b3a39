"""Read the tables of a page: groups, the people who came for each, and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.discussion import Signature
from bot.model import Place
from bot.parse.days import Days
from bot.parse.page import Table
from bot.parse.signup_cell import PeopleCell, Present
from bot.parse.signup_forms import count_of_form
from bot.parse.signup_notes import Notes, status_of
from bot.parse.signup_page import Section, SignupPage
from bot.parse.signup_text import FieldReader, Fields
from bot.parse.signup_words import LIST, OTHER, STAFF
from bot.parse.table import Cell, grid, rows
from bot.parse.text import plain
from bot.signups import ABSENT, FormCount, Signup

_PEOPLE = "people"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """What the columns of a table hold, by their number, and which row the first person can stand in."""

    kinds: Mapping[int, str]
    people: int
    first_row: int


class Tables:
    """Read the tables of one page; taken are the numbers of those with people in them."""

    def __init__(self, page: SignupPage, reader: FieldReader, notes: Notes) -> None:
        self._page = page
        self._reader = reader
        self._notes = notes
        self._days = Days(page.context.profile, page.context.foreign)

    def read(self) -> frozenset[int]:
        """Read every table; return the numbers, from 1, of those that hold people in a column."""
        taken: set[int] = set()
        for number, table in enumerate(self._page.scanned.tables(), start=1):
            cells = grid(rows(table.lines, self._page.scanned.templates))
            start = table.lines[0].start
            section = self._page.section(start)
            self._forms(cells, section)
            layout = None if section.kind in (OTHER, STAFF) else self._layout(cells, section)
            if layout is not None:
                taken.add(number)
                self._table(table, cells, layout, section)
        return frozenset(taken)

    def _forms(self, cells: Sequence[Sequence[Cell]], section: Section) -> None:
        """Note rows that count an outside form."""
        for row in cells:
            texts = [self._page.clean(plain(cell.wikitext)) for cell in row if cell.wikitext and not cell.is_copy]
            if len(texts) == 2 and texts[1].strip().isdecimal():
                text = f"{texts[0]}: {texts[1]}"
                count = count_of_form(text, self._page.names)
                if count is not None:
                    place = self._page.place(row[0].start)
                    self._notes.forms.append(FormCount(list=section.list, count=count, text=text, place=place))

    def _layout(self, cells: Sequence[Sequence[Cell]], section: Section) -> _Layout | None:
        """Find the column of people: by its head, else by the accounts that stand in it where that is safe."""
        for number, row in enumerate(cells[:3]):
            kinds = {
                at: kind for at, cell in enumerate(row) if (kind := self._page.names.column(plain(cell.wikitext)))
            }
            if _PEOPLE in kinds.values():
                several = [at for at, kind in kinds.items() if kind == _PEOPLE]
                people = max(several, key=lambda at: (self._accounts(cells[number + 1 :], at), -at))
                return _Layout(kinds=kinds, people=people, first_row=number + 1)
        header = next((row for row in cells[:1] if all(cell.is_header for cell in row)), ())
        kinds = {
            at: kind for at, cell in enumerate(header) if (kind := self._page.names.column(plain(cell.wikitext)))
        }
        first = 1 if header else 0
        widest = max((len(row) for row in cells), default=0)
        counts = [self._accounts(cells[first:], at) for at in range(min(widest, 20))]
        best = counts.index(max(counts)) if counts and max(counts) else -1
        is_safe = section.kind == LIST or best == 0
        if best < 0 or not is_safe or counts[best] * 2 < len(cells) - first:
            return None
        return _Layout(kinds=kinds, people=best, first_row=first)

    def _accounts(self, cells: Sequence[Sequence[Cell]], at: int) -> int:
        column = [row[at] for row in cells if at < len(row) and not row[at].is_copy]
        return sum(self._cell(cell).has_accounts() for cell in column if "[" in cell.wikitext or "{" in cell.wikitext)

    def _cell(self, cell: Cell) -> PeopleCell:
        return PeopleCell(self._page, self._reader, cell.wikitext)

    def _table(self, table: Table, cells: Sequence[Sequence[Cell]], layout: _Layout, section: Section) -> None:
        bullets = 0
        first = 0
        for row in cells[layout.first_row :]:
            if layout.people >= len(row) or row[layout.people].is_copy:
                continue
            cell = row[layout.people]
            people = self._cell(cell)
            present = people.people()
            self._row(row, layout, section, present)
            if people.bullets > 1:
                bullets += len(present)
                first = first or cell.start
        if bullets:
            self._page.problem(self._page.place(first), "signup-list-in-table", str(bullets))
        if not table.is_closed:
            self._page.problem(self._page.place(table.lines[0].start), "table-cut-off", str(table.lines[-1].number))

    def _row(self, row: Sequence[Cell], layout: _Layout, section: Section, present: Sequence[Present]) -> None:
        fields = Fields()
        texts: list[str] = []
        day = ""
        for at, cell in enumerate(row):
            kind = layout.kinds.get(at, "")
            text = self._page.clean(plain(cell.wikitext))
            if kind == "dates":
                day = day or self._days.read(text)
            elif kind == "absent":
                self._absent(cell, section)
            elif kind and kind != _PEOPLE:
                fields = fields.with_more(self._reader.column(kind, text))
            elif at != layout.people and text:
                texts.append(text)
        more = self._reader.read(", ".join(texts))
        fields = replace(fields.with_more(more), text=more.text)
        signed = {each.user: each for cell in row if "(" in cell.wikitext for each in self._cell(cell).signatures()}
        done = row[layout.people].start
        for each in present:
            done = self._note(each, fields, section, (day, signed, done))

    def _absent(self, cell: Cell, section: Section) -> None:
        """Note the people of a column of those who stay away."""
        for each in self._cell(cell).people():
            self._note(replace(each, is_absent=True), Fields(), section, ("", {}, cell.start))

    def _note(
        self, each: Present, fields: Fields, section: Section, where: tuple[str, Mapping[str, Signature], int]
    ) -> int:
        """Note somebody of a row; return how far in the page the row has been read."""
        day, signed, after = where
        status, reason = status_of(each.who, section.kind)
        if each.is_absent and status != "struck":
            status, reason = ABSENT, "absent"
        elif not each.is_account and reason == "undated":
            reason = "name"
        own = each.fields.with_more(fields)
        signature = each.who.signature or signed.get(each.who.user)
        at = self._find(each.who.user, after)
        self._notes.add(
            Signup(
                user=each.who.user,
                list=section.list,
                place=self._place(at),
                status=status,
                reason="signed" if signature and reason == "undated" else reason,
                index=0,
                is_account=each.is_account,
                timestamp=signature.timestamp if signature else None,
                day=day,
                affiliation=own.affiliation,
                group=own.group,
                role=own.role,
                based=own.based,
                text=", ".join(filter(None, [each.fields.text, fields.text])),
                mentions=own.mentions,
            )
        )
        return at

    def _find(self, user: str, after: int) -> int:
        """Return where a name stands in the page, at an offset or behind it."""
        text = self._page.revision.wikitext
        spellings = (user, user.replace(" ", "_"), user.split(" ", maxsplit=1)[0])
        return next((at for each in spellings if (at := text.find(each, after, after + 5_000)) >= 0), after)

    def _place(self, offset: int) -> Place:
        return self._page.place(offset)
