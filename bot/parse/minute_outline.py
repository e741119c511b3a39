"""Walk down one page of notes or minutes: sections, statements with their nesting, and what stands outside."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.minutes import NOTES, Section, Statement
from bot.model import Problem
from bot.parse.minute_names import COMMENT, QUESTION, RESPONSE, MinuteNames, is_bare_label
from bot.parse.minute_rows import MinuteScan, Row, is_prompt
from bot.parse.minute_text import Taken, Taker
from bot.parse.text import plain

_LONGEST_QUOTE = 200
_HOLDS_WORDS = re.compile(r"\|[^|{}]{0,200}[^\W\d_]{2,40}\s{1,9}[^\W\d_]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Owned:
    """The stretch of the page that belongs to one statement."""

    start: int
    end: int
    statement: int


@dataclass(slots=True, kw_only=True)
class Outline:
    """What was found on a page so far; speakers names the session of each statement."""

    sections: list[Section] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    speakers: list[str] = field(default_factory=list)
    owned: list[Owned] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Open:
    """A list item that deeper ones may stand below; an answer may stand beside one that asks."""

    level: float
    statement: int
    term: str = ""  # the markers of a term's definitions, as in "; term", which alone stand below it


class Walker:
    """Walks down the rows of one page; session is whose notes they are where no heading says so."""

    def __init__(self, scan: MinuteScan, names: MinuteNames, taker: Taker, shape: str, session: str) -> None:
        self._scan = scan
        self._names = names
        self._taker = taker
        self._shape = shape
        self._page_session = session
        self._session_headings: Mapping[int, str] = {}
        self._opened_sessions: list[tuple[int, str]] = []
        self._references = [each.start for each in scan.stretches if each.kind == "ref"]
        self._outline = Outline()
        self._section = -1
        self._has_headings = False
        self._more: dict[int, list[Taken]] = {}
        self._items: list[_Open] = []
        self._asked: list[_Open] = []
        self._last = Row(kind="other", number=0, start=0, end=0)  # the last row that is not blank
        self._blank = 0

    def walk(self, rows: Sequence[Row]) -> Outline:
        """Return what the rows hold."""
        if self._shape == NOTES:
            self._session_headings = session_headings(rows, self._names)
        self._has_headings = any(row.kind == "heading" for row in rows)
        for row in rows:
            if row.kind == "blank":
                self._blank += 1
                continue
            if row.kind == "heading":
                self._heading(row)
            elif row.kind == "item":
                self._item(row)
            else:
                self._text(row)
            self._last, self._blank = row, 0
        self._put_together()
        return self._outline

    def _heading(self, row: Row) -> None:
        self._items, self._asked = [], []
        # What a template says as a heading is not known; what stands below it still belongs to no other heading.
        title = plain(row.wikitext) or (row.wikitext.strip() if "{{" in row.wikitext else "")
        self._opened_sessions = [each for each in self._opened_sessions if each[0] < row.level]
        if row.number in self._session_headings:
            self._opened_sessions.append((row.level, title))
            self._section = -1
        elif title:
            self._open(title, row, row.level)

    def _open(self, title: str, row: Row, level: int, blank: int = 0) -> None:
        is_outside = self._names.is_outside(title) if title else False
        section = Section(
            title=title,
            level=level,
            place=self._scan.page.place(row.number),
            session=self._speaker,
            blank=blank,
            is_outside=is_outside,
        )
        self._section = len(self._outline.sections)
        self._outline.sections.append(section)

    @property
    def _speaker(self) -> str:
        return ", ".join(title for _, title in self._opened_sessions) or self._page_session

    def _item(self, row: Row) -> None:
        if self._continues(row):
            self._continue(row)
            return
        is_list = self._last.kind == "item"
        if is_list and self._blank and len(row.markers) == 1 and self._section >= 0:
            self._items, self._asked = [], []
            self._open("", row, self._outline.sections[self._section].level, self._blank)
        self._statement(row, len(row.markers) - (0.5 if row.markers[-1] == ";" else 0))

    def _continues(self, row: Row) -> bool:
        """Tell whether a line goes on with the paragraph of the item above, as "*:" does below "*"."""
        last = self._last
        if row.markers[-1] != ":" or self._blank or last.kind != "item" or not self._items:
            return False
        is_below = row.markers[:-1] in (last.markers, last.markers[:-1]) and row.markers.strip(":") != ""
        return is_below and not self._names.kind(plain(row.wikitext))

    def _continue(self, row: Row) -> None:
        index = self._items[-1].statement
        taken = self._taker.take(row.wikitext)
        self._more.setdefault(index, []).append(taken)
        for name in taken.left:
            self._not_carried(row, name)
        self._outline.owned.append(Owned(start=row.start, end=row.end, statement=index))

    def _put_together(self) -> None:
        """Give the statements the lines that go on with them."""
        for index, several in self._more.items():
            now = self._outline.statements[index]
            shown = [more for more in several if more.text]
            text = " ".join([now.text, *(more.text for more in shown)]).strip()
            wording = [*now.wording]
            for more in shown:
                wording += [replace(more.pieces[0], text=f" {more.pieces[0].text}"), *more.pieces[1:]]
            is_cut = now.whole or any(more.whole for more in several)
            whole = "\n".join([now.whole or now.text, *(more.whole or more.text for more in several)])
            self._outline.statements[index] = replace(
                now, text=text, wording=tuple(wording), whole=whole if is_cut else ""
            )

    def _statement(self, row: Row, level: float) -> None:
        taken = self._taker.take(row.wikitext)
        while self._items and not _is_below(row, level, self._items[-1]):
            self._items.pop()
        kind = self._names.kind(taken.text)
        answered = self._answered(kind, level)
        parent = self._items[-1].statement if self._items else -1
        index = len(self._outline.statements)
        for name in taken.left:
            self._not_carried(row, name)
        if not taken.is_said:
            if self._holds_reference(row):
                self._not_carried(row, "<ref>")
            return
        self._outline.statements.append(
            Statement(
                text=taken.text,
                wording=taken.pieces,
                place=self._scan.page.place(row.number),
                level=len(self._items) + 1,
                section=self._section,
                parent=answered if answered >= 0 else parent,
                kind=kind,
                is_answer=answered >= 0,
                is_label=is_bare_label(taken.text),
                is_struck=taken.is_struck,
                whole=taken.whole,
            )
        )
        self._outline.speakers.append(self._speaker)
        self._outline.owned.append(Owned(start=row.start, end=row.end, statement=index))
        term = f"{row.markers[:-1]}:" if row.markers.endswith(";") else ""
        self._items.append(_Open(level=level, statement=index, term=term))
        if kind in (QUESTION, COMMENT):
            self._asked.append(_Open(level=level, statement=index))

    def _not_carried(self, row: Row, what: str) -> None:
        if self._shape == NOTES:
            self._outline.problems.append(self._scan.page.problem(row.number, "minutes-not-carried", what))

    def _holds_reference(self, row: Row) -> bool:
        at = bisect_left(self._references, row.start)
        return at < len(self._references) and self._references[at] <= row.end

    def _answered(self, kind: str, level: float) -> int:
        """Return the question or comment that a response beside it answers, -1 where there is none."""
        while self._asked and self._asked[-1].level > level:
            self._asked.pop()
        beside = self._asked and self._asked[-1].level == level
        if kind == RESPONSE and beside:
            return self._asked[-1].statement
        if beside:
            self._asked.pop()
        return -1

    def _text(self, row: Row) -> None:
        if row.kind == "text" and self._shape == NOTES and self._names.kind(plain(row.wikitext)):
            self._statement(row, 1)
            return
        goes_on = self._last.kind == "item" and not self._blank
        self._items, self._asked = [], []
        is_outside = self._section >= 0 and self._outline.sections[self._section].is_outside
        if row.kind == "other":
            if row.wikitext and self._is_inside:
                self._not_carried(row, row.wikitext)
        else:
            taken = self._taker.take(row.wikitext)
            if self._is_inside and not is_outside:
                self._alone(row, taken)
            if is_prompt(row.wikitext) and not taken.is_said:
                return
            if is_prompt(row.wikitext) and "{{" not in row.wikitext:
                return
            is_said = (self._shape == NOTES and not is_outside) or (goes_on and self._holds_reference(row))
            if is_said and taken.is_said and not self._is_about(row, taken):
                said = taken.text[:_LONGEST_QUOTE]
                self._outline.problems.append(self._scan.page.problem(row.number, "minutes-not-a-bullet", said))
        if self._section >= 0:
            sections = self._outline.sections
            sections[self._section] = replace(sections[self._section], has_text=True)

    def _alone(self, row: Row, taken: Taken) -> None:
        """Tell what cannot be carried over from a line of its own: files, formulas, and templates that hold words."""
        for name in taken.left:
            if not name.startswith("{{") or _HOLDS_WORDS.search(row.wikitext):
                self._not_carried(row, name)

    def _is_about(self, row: Row, taken: Taken) -> bool:
        """Tell whether a line before the first heading says who came, or only leads to another page."""
        if self._section >= 0:
            return False
        is_link = all(piece.page or piece.address for piece in taken.pieces if any(map(str.isalnum, piece.text)))
        return is_link or self._names.is_about(taken.text)

    @property
    def _is_inside(self) -> bool:
        return self._section >= 0 or not self._has_headings


def _is_below(row: Row, level: float, above: _Open) -> bool:
    return above.level < level and row.markers.startswith(above.term)


def session_headings(rows: Sequence[Row], names: MinuteNames) -> dict[int, str]:
    """Return the titles of the headings that name sessions, by their lines, on a page that holds several or one.

    One heading such as "Session 2" amid others may well be about that session; two beside each other, or one above
    all others, are not.
    """
    headings = [row for row in rows if row.kind == "heading"]
    named = [row for row in headings if names.names_session(plain(row.wikitext))]
    if not named:
        return {}
    highest = min(row.level for row in named)
    numbers = {row.number for row in named}
    others = Counter(row.level for row in headings if row.number not in numbers)
    is_first = named[0] is headings[0] and highest < min(others, default=9)
    if not is_first and sum(row.level == highest for row in named) < 2:
        return {}
    rooms = [row for row in named if row.level == highest + 1]
    levels = {highest, highest + 1} if len(rooms) > max(1, others[highest + 1]) else {highest}
    return {row.number: plain(row.wikitext) for row in named if row.level in levels}
