"""Read the tables of a page: groups, the people who came for each, and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.discussion import Signature
from bot.parse.days import Days
from bot.parse.page import Table
from bot.parse.signup_away import says_absent
from bot.parse.signup_cell import PeopleCell, Present
from bot.parse.signup_forms import count_of_form
from bot.parse.signup_notes import Notes, status_of
from bot.parse.signup_page import Section, SignupPage
from bot.parse.signup_text import FieldReader, Fields
from bot.parse.signup_who import SIGNED, UNDATED
from bot.parse.signup_words import LIST, OTHER, STAFF
from bot.parse.table import Cell, grid, rows
from bot.parse.text import fold, plain
from bot.signups import ABSENT, STRUCK, FormCount, Signup

_PEOPLE = "people"
_DATES = ("signing_dates", "dates")  # the former tells when people signed, the latter may be the day of a meeting
_HEADS = 3  # rows that may hold the heads of columns
_COLUMNS = 20
_FAR = 5_000  # characters of one cell


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """What the columns of a table hold, by their number; those of people, the likeliest first; and the first row.

    lists are the titles of columns that are each a list of its own.
    """

    kinds: Mapping[int, str]
    people: Sequence[int]
    first_row: int
    lists: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """What a row says of all its people, who signed in it, and where the cell of people starts in the page."""

    fields: Fields
    day: str
    is_away: bool
    says_signed: bool
    signed: Mapping[str, Signature]
    start: int


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
            cells = self._upright(grid(rows(table.lines, self._page.scanned.templates)))
            start = table.lines[0].start
            section = self._page.section(start)
            self._forms(cells, section)
            layout = None if section.kind in (OTHER, STAFF) else self._layout(cells, section)
            if layout is not None:
                taken.add(number)
                self._table(table, cells, layout, section)
        return frozenset(taken)

    def _upright(self, cells: Sequence[Sequence[Cell]]) -> Sequence[Sequence[Cell]]:
        """Return a table with its heads above; one that has them at the left, people among them, is turned."""
        if not cells or any(
            not row or not row[0].is_header or any(cell.is_header for cell in row[1:]) for row in cells
        ):
            return cells
        is_turned = _PEOPLE in self._kinds([row[0] for row in cells]).values() and len(cells) <= _COLUMNS
        is_even = len({len(row) for row in cells}) == 1
        return [list(column) for column in zip(*cells, strict=True)] if is_turned and is_even else cells

    def _forms(self, cells: Sequence[Sequence[Cell]], section: Section) -> None:
        """Note rows that count an outside form."""
        is_of_people = self._counts_people(cells)
        for row in cells:
            texts = [self._page.clean(plain(cell.wikitext)) for cell in row if cell.wikitext and not cell.is_copy]
            if len(texts) == 2 and texts[1].strip().isdecimal():
                text = f"{texts[0]}: {texts[1]}"
                count = int(texts[1]) if is_of_people else count_of_form(text, self._page.names)
                if count is not None:
                    place = self._page.place(row[0].start)
                    self._notes.forms.append(FormCount(list=section.list, count=count, text=text, place=place))

    def _counts_people(self, cells: Sequence[Sequence[Cell]]) -> bool:
        """Tell whether a table is one of numbers below a head such as "Number of people"."""
        if len(cells) < 2 or any(len(row) != 2 for row in cells):
            return False
        head = fold(plain(cells[0][1].wikitext)).split()
        known = self._page.context.words.signups.people
        return (
            len(head) > 1
            and any(word in known for word in head)
            and all(plain(row[1].wikitext).strip().isdecimal() for row in cells[1:])
        )

    def _layout(self, cells: Sequence[Sequence[Cell]], section: Section) -> _Layout | None:
        """Find the column of people: by its head, else by the accounts that stand in it where that is safe."""
        for number, row in enumerate(cells[:_HEADS]):
            kinds = self._kinds(row)
            several = [at for at, kind in kinds.items() if kind == _PEOPLE]
            if several:
                accounts = {at: self._accounts(cells[number + 1 :], at) for at in several}
                several.sort(key=lambda at: -accounts[at])
                return _Layout(kinds=kinds, people=several, first_row=number + 1)
        first = 1 if cells and all(cell.is_header for cell in cells[0]) else 0
        widest = max((len(row) for row in cells), default=0)
        counts = [self._accounts(cells[first:], at) for at in range(min(widest, _COLUMNS))]
        best = counts.index(max(counts)) if any(counts) else -1
        is_safe = section.kind == LIST or best == 0
        if best < 0 or not is_safe or counts[best] * 2 < len(cells) - first:
            return None
        if any(self._cell(row[best]).has_list() for row in cells if best < len(row)):
            return None  # a table for layout: what stands in it are lists
        kinds = self._kinds(cells[0]) if first else {}
        lists = [at for at, count in enumerate(counts) if count * 2 >= len(cells) - first and not kinds.get(at)]
        titles = {at: self._page.clean(plain(cells[0][at].wikitext)) for at in lists if first and at < len(cells[0])}
        is_several = len(titles) > 1 and all(titles.values())
        return _Layout(kinds=kinds, people=[best], first_row=first, lists=titles if is_several else {})

    def _kinds(self, row: Sequence[Cell]) -> dict[int, str]:
        """Return what the cells of a row say that the columns below them hold, by the columns' numbers."""
        said = ((at, self._page.names.column(plain(cell.wikitext))) for at, cell in enumerate(row))
        return {at: kind for at, kind in said if kind}

    def _accounts(self, cells: Sequence[Sequence[Cell]], at: int) -> int:
        """Return how many cells of a column name users by links or templates."""
        column = [row[at] for row in cells if at < len(row) and not row[at].is_copy]
        return sum(self._cell(cell).has_accounts() for cell in column if "[" in cell.wikitext or "{" in cell.wikitext)

    def _cell(self, cell: Cell) -> PeopleCell:
        return PeopleCell(self._page, self._reader, cell.wikitext)

    def _table(self, table: Table, cells: Sequence[Sequence[Cell]], layout: _Layout, section: Section) -> None:
        bullets = first = 0
        for row in cells[layout.first_row :]:
            found = [row[at] for at in layout.people if at < len(row) and not row[at].is_copy]
            if layout.lists:
                self._beside(row, layout, section)
            elif found:
                cell = next((each for each in found if self._cell(each).has_accounts()), found[0])
                self._row(row, cell, layout, section)
                if self._cell(cell).has_list():
                    bullets += len(self._cell(cell).people())
                    first = first or cell.start
        if bullets:
            self._page.problem(self._page.place(first), "signup-list-in-table", str(bullets))
        if not table.is_closed:
            start, last = table.lines[0].start, table.lines[-1].number
            self._page.problem(self._page.place(start), "table-cut-off", str(last))

    def _beside(self, row: Sequence[Cell], layout: _Layout, section: Section) -> None:
        """Note the people of a row in which each column is a list."""
        for at, title in layout.lists.items():
            if at < len(row) and not row[at].is_copy:
                above = (*section.list.above, section.list.title) if section.list.title else section.list.above
                own = replace(section, list=replace(section.list, title=title, above=above))
                present = self._cell(row[at]).people()
                none = _Row(fields=Fields(), day="", is_away=False, says_signed=False, signed={}, start=row[at].start)
                self._all(present, none, own)

    def _row(self, row: Sequence[Cell], people: Cell, layout: _Layout, section: Section) -> None:
        """Note the people of a row, with what its other cells say of them all."""
        said = Fields()
        texts: list[str] = []
        days: dict[str, str] = {}
        for at, cell in enumerate(row):
            kind = layout.kinds.get(at, "")
            text = self._page.clean(plain(cell.wikitext))
            if kind in _DATES:
                days.setdefault(kind, self._days.read(text))
            elif kind and kind not in (_PEOPLE, "absent", "attends"):
                said = said.with_more(self._reader.column(kind, text))
            elif not kind and at not in layout.people and text:
                texts.append(text)
        free = self._reader.read(", ".join(texts))
        fields = replace(said.with_more(free), text=free.text)
        signed = {each.user: each for cell in row if "(" in cell.wikitext for each in self._cell(cell).signatures()}
        present = self._cell(people).people()
        row_said = _Row(
            fields=fields,
            day=next((days[kind] for kind in _DATES if days.get(kind)), ""),
            is_away=self._is_away(row, layout, texts),
            says_signed=bool(days.get(_DATES[0])),
            signed=signed,
            start=people.start,
        )
        self._all(present, row_said, section)
        if not present and not self._is_total(row) and self._cell(people).asks_for_name():
            self._page.problem(self._page.place(people.start), "signup-unclear/nobody")
        for at, cell in enumerate(row):
            if layout.kinds.get(at) == "absent" and not cell.is_copy:
                away = [replace(each, is_absent=True) for each in self._cell(cell).people()]
                self._all(away, replace(row_said, signed={}, start=cell.start), section)

    def _is_total(self, row: Sequence[Cell]) -> bool:
        """Tell whether a row sums up the others."""
        return fold(plain(row[0].wikitext)) in self._page.context.words.polls.totals

    def _is_away(self, row: Sequence[Cell], layout: _Layout, texts: Sequence[str]) -> bool:
        """Tell whether a row says that its people stay away: no below "Attending", or in words of their own."""
        names = self._page.names
        asked = [cell for at, cell in enumerate(row) if layout.kinds.get(at) == "attends"]
        said = [*texts, *(self._page.clean(plain(cell.wikitext)) for cell in asked)]
        return any(names.is_no(cell.wikitext) for cell in asked) or any(says_absent(text, names) for text in said)

    def _all(self, present: Sequence[Present], row: _Row, section: Section) -> None:
        """Note some people of a row, each where the name stands in the page."""
        at = row.start
        for each in present:
            at = self._find(each.who.user, at)
            self._notes.add(self._signup(each, row, section, at))

    def _signup(self, each: Present, row: _Row, section: Section, at: int) -> Signup:
        signature = each.who.signature or row.signed.get(each.who.user)
        who = replace(each.who, how=SIGNED) if signature and each.who.how == UNDATED else each.who
        is_away = row.is_away or says_absent(each.fields.text, self._page.names)
        status, reason = status_of(who, section.kind, is_away=is_away)
        if each.is_absent and status != STRUCK:
            status, reason = ABSENT, "absent"
        elif not each.is_account and reason == UNDATED:
            reason = "name"
        own = each.fields.with_more(row.fields)
        return Signup(
            user=who.user,
            list=section.list,
            place=self._page.place(at),
            status=status,
            reason=reason,
            index=0,
            is_account=each.is_account,
            timestamp=signature.timestamp if signature else None,
            day=row.day,
            says_signed=row.says_signed,
            affiliation=own.affiliation,
            group=own.group,
            role=own.role,
            based=own.based,
            text=", ".join(filter(None, [each.fields.text, row.fields.text])),
            mentions=own.mentions,
        )

    def _find(self, user: str, after: int) -> int:
        """Return where a name stands in the page, at an offset or behind it."""
        text = self._page.revision.wikitext
        spellings = (user, user.replace(" ", "_"), user.split(" ", maxsplit=1)[0])
        return next((at for each in spellings if (at := text.find(each, after, after + _FAR)) >= 0), after)
