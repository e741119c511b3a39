"""Read the answers of a survey as CSV: a row for each respondent, a column for each question.

Only the columns that the settings name are looked at; what people wrote in their own words is never passed on.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.model import Problem
from bot.parse.ledger import settle
from bot.parse.page import ScannedPage
from bot.parse.poll_names import PollNames
from bot.parse.poll_values import COUNTED, UNCLEAR, Ballot, Breakdown, Named, Poll, PollReading, Turnout
from bot.parse.poll_words import variants
from bot.parse.survey_rows import Export, Record, exports, sheet
from bot.parse.user import canonical

_MOST_LINES_NAMED = 20
_MOJIBAKE = re.compile("[\u00c2\u00c3\u00d8\u00d9\u00d0\u00d1][\u0080-\u00bf\u0152-\u2122]|\u00e2\u20ac|\ufffd")
_USER = re.compile(r":?(?:[a-z-]{1,12}:)?user(?: talk)?:", re.IGNORECASE)
_Columns = dict[int, tuple[Poll, Named]]


def read(page: ScannedPage, families: Sequence[PollNames]) -> PollReading:
    """Return the answers of the surveys on a page; text that names no question of the settings is no survey."""
    return PollReading.together(_Survey(page, export, families).read() for export in exports(page.revision))


class _Survey:
    """Reads one table of answers."""

    def __init__(self, page: ScannedPage, export: Export, families: Sequence[PollNames]) -> None:
        self._page = page
        self._export = export
        self._families = families
        self._problems: list[Problem] = []

    def read(self) -> PollReading:
        """Return the answers with what is wrong about them."""
        found = sheet(self._export, self._asks)
        if self._export.is_bare and found.is_wikitext:
            return PollReading()
        if found.broken and (self._export.is_page or found.header.cells):
            self._problem(found.broken, "survey-quotes")
        columns = self._columns(found.header, found.rows)
        is_first = self._export.is_page and found.is_first
        if not columns or not (is_first or self._knows_an_answer(found.rows, columns)):
            if self._export.is_page and not self._problems:
                self._problem(self._export.line, "survey-no-column")
            return PollReading(problems=tuple(self._problems) if self._export.is_page else ())
        self._check_encoding()
        rows = [row for row in found.rows if not self._repeats(row, columns) and self._fits(row, found.header)]
        ballots: list[Ballot] = []
        for column, (poll, question) in columns.items():
            ballots += self._answers(found.header, rows, column, poll, question)
        polls = {poll.id: poll for poll, _ in columns.values()}
        turnouts = [self._turnout(poll, found.header, rows) for poll in polls.values()]
        self._check_questions(columns)
        return PollReading(
            ballots=settle(ballots, polls),
            turnouts=tuple(turnouts),
            problems=tuple(sorted(self._problems, key=_line_of)),
            polls=tuple(polls.values()),
        )

    def _asks(self, text: str) -> bool:
        return any(names.roles(text).question for names in self._families)

    def _columns(self, header: Record, rows: Sequence[Record]) -> _Columns:
        """Return which columns hold the answers to which questions; of several for one, that with most answers."""
        found: dict[int, tuple[Poll, Named]] = {}
        for column, text in enumerate(header.cells):
            polls = self._polls_of(text, [row.cell(column) for row in rows])
            if len(polls) > 1:
                self._problem(header.line, "poll-ambiguous", " · ".join(poll.title("en") for poll, _ in polls))
            elif polls:
                found[column] = polls[0]
        return self._once(found, header, rows)

    def _once(self, found: _Columns, header: Record, rows: Sequence[Record]) -> _Columns:
        """Leave each question one column; a column without a known answer beside it holds remarks."""
        several: dict[tuple[str, str], list[int]] = {}
        for column, (poll, question) in found.items():
            several.setdefault((poll.id, question.id), []).append(column)
        kept: list[int] = []
        for columns in several.values():
            known = {column: self._known(found[column][0], rows, column) for column in columns}
            if sum(map(bool, known.values())) > 1:
                self._problem(header.line, "survey-column-twice", found[columns[0]][1].title("en"))
                kept.append(next(column for column in columns if known[column]))
            else:
                kept.append(max(columns, key=lambda column: known[column]))
        return {column: found[column] for column in sorted(kept)}

    def _known(self, poll: Poll, rows: Sequence[Record], column: int) -> int:
        names = self._names(poll)
        return sum(bool(names.answer(row.cell(column))) for row in rows if row.cell(column))

    def _knows_an_answer(self, rows: Sequence[Record], columns: _Columns) -> bool:
        return any(self._known(poll, rows, column) for column, (poll, _) in columns.items())

    def _repeats(self, record: Record, columns: _Columns) -> bool:
        """Tell whether a row is the header once more, as where exports were put together or questions have codes."""
        said = {column: record.cell(column) for column in columns if record.cell(column)}
        asked = {column: self._names(columns[column][0]).roles(text).question for column, text in said.items()}
        return bool(said) and all(asked[column] == columns[column][1].id for column in said)

    def _names(self, poll: Poll) -> PollNames:
        return next(each for each in self._families if poll in each.polls)

    def _polls_of(self, text: str, cells: Sequence[str]) -> list[tuple[Poll, Named]]:
        """Return what a column may ask: what its header names, else the title, else what its answers fit best."""
        asked = [(names, names.roles(text)) for names in self._families]
        fitting = [(names, roles.question) for names, roles in asked if roles.question]
        named = [(names, roles.poll, roles.question) for names, roles in asked if roles.question and roles.poll]
        before = text.partition("[")[0]
        for each in [before, *reversed(self._page.revision.title.split("/"))]:
            named = named or [(names, names.poll(each), asks) for names, asks in fitting if names.poll(each)]
        if named:
            return [_pair(names, poll, asks) for names, poll, asks in named]
        known = [sum(bool(names.answer(cell)) for cell in cells if cell) for names, _ in fitting]
        best = [pair for pair, count in zip(fitting, known, strict=True) if count == max(known)]
        return [_pair(names, poll.id, question) for names, question in best for poll in names.polls]

    def _check_questions(self, columns: _Columns) -> None:
        for poll in {poll.id: poll for poll, _ in columns.values()}.values():
            present = {question.id for other, question in columns.values() if other is poll}
            for question in poll.questions:
                if question.id not in present:
                    self._problem(self._export.line, "survey-missing-column", question.title("en"), poll.title("en"))

    def _check_encoding(self) -> None:
        broken = _MOJIBAKE.search(self._export.text)
        if broken:
            self._problem(self._export.line + self._export.text.count("\n", 0, broken.start()), "survey-encoding")

    def _fits(self, record: Record, header: Record) -> bool:
        if record.fits(header):
            return True
        self._problem(record.line, "survey-ragged", str(len(record.cells)), str(len(header.cells)))
        return False

    def _answers(
        self, header: Record, rows: Sequence[Record], column: int, poll: Poll, question: Named
    ) -> Iterator[Ballot]:
        names = self._names(poll)
        person = _column_of(header, poll.person)
        traits = [(breakdown, _column_of(header, breakdown.columns)) for breakdown in poll.breakdowns]
        unknown: list[int] = []
        for row in rows:
            said = row.cell(column)
            if not said:
                continue
            answer = names.answer(said)
            if not answer:
                unknown.append(row.line)
            yield Ballot(
                poll=poll.id,
                question=question.id,
                answer=answer,
                who=_person(row.cell(person)) if person >= 0 else "",
                place=self._page.place(row.line),
                status=COUNTED if answer else UNCLEAR,
                respondent=f"{self._page.revision.title}:{row.line}",
                traits={breakdown.id: _value(breakdown, row.cell(at)) for breakdown, at in traits if at >= 0},
                is_public=False,
            )
        if unknown:
            lines = ", ".join(map(str, unknown[:_MOST_LINES_NAMED])) + (
                " …" if len(unknown) > _MOST_LINES_NAMED else ""
            )
            self._problem(unknown[0], "survey-unknown-answer", question.title("en"), lines)

    def _turnout(self, poll: Poll, header: Record, rows: Sequence[Record]) -> Turnout:
        person = _column_of(header, poll.person)
        people = {_person(row.cell(person)) if person >= 0 and row.cell(person) else str(row.line) for row in rows}
        return Turnout(poll=poll.id, people=len(people), place=self._page.place(header.line))

    def _problem(self, line: int, message: str, *details: str) -> None:
        problem = self._page.problem(line, message, *(detail[:160] for detail in details))
        if problem not in self._problems:
            self._problems.append(problem)


def _pair(names: PollNames, poll: str, question: str) -> tuple[Poll, Named]:
    return (
        next(each for each in names.polls if each.id == poll),
        next(each for each in names.questions if each.id == question),
    )


def _person(said: str) -> str:
    """Return who a cell names: users as wikis write them, addresses in lower case."""
    if "@" in said:
        return said.casefold()
    bare = _USER.sub("", said.strip("[] ").partition("|")[0])
    return canonical(bare) or said


def _column_of(header: Record, names: Sequence[str]) -> int:
    wanted = {each for name in names for each in variants(name)}
    found = [column for column, text in enumerate(header.cells) if wanted & set(variants(text))]
    return found[0] if found else -1


def _value(breakdown: Breakdown, said: str) -> str:
    known = {each: value.id for value in breakdown.values for name in value.names for each in variants(name)}
    return next((known[each] for each in variants(said) if each in known), "")


def as_json(reading: PollReading, polls: Mapping[str, Poll]) -> list[dict[str, Any]]:
    """Return the counts of a survey's questions."""
    objects = []
    for turnout in reading.turnouts:
        poll = polls[turnout.poll]
        for question in poll.questions:
            cast = [
                each
                for each in reading.ballots
                if not each.is_public and each.poll == poll.id and each.question == question.id
            ]
            counted = [each.answer for each in cast if each.status == COUNTED]
            objects.append(
                {
                    "kind": "survey",
                    "poll": poll.id,
                    "question": question.title("en"),
                    "people": turnout.people,
                    "n": len(counted),
                    "answers": {answer.title("en"): counted.count(answer.id) for answer in poll.answers},
                    "not_counted": len(cast) - len(counted),
                    "line": turnout.place.line,
                }
            )
    return objects


def _line_of(problem: Problem) -> int:
    return problem.place.line
