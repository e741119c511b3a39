"""Read the answers of a survey as CSV: a row for each respondent, a column for each question.

Only the columns that the settings name are looked at; what people wrote in their own words is never passed on.
"""

import csv
import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.model import Problem, Revision
from bot.parse.ledger import settle
from bot.parse.page import ScannedPage
from bot.parse.poll_names import PollNames, in_parentheses, variants
from bot.parse.poll_values import COUNTED, UNCLEAR, Ballot, Breakdown, Named, Poll, PollReading, Turnout

_ENDINGS = (".csv", ".tsv")
_BLOCK = re.compile(
    r"<(pre|syntaxhighlight|source)(?:\s[^<>]{0,300})?>\n?(.*?)</\1\s{0,9}>", re.IGNORECASE | re.DOTALL
)
_DELIMITERS = ",;\t"
_MOST_LINES_NAMED = 20
_MOJIBAKE = re.compile("[\u00c2\u00c3\u00d8\u00d9\u00d0\u00d1][\u0080-\u00bf\u0152-\u2122]|\u00e2\u20ac|\ufffd")


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """The text of one table of answers, and the line of the page that it begins in."""

    text: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Record:
    """One row and the line that it begins in."""

    cells: tuple[str, ...]
    line: int

    def cell(self, column: int) -> str:
        return self.cells[column].strip() if column < len(self.cells) else ""


def is_export(title: str) -> bool:
    """Tell whether a page is nothing but a table of answers, by its title."""
    return title.casefold().endswith(_ENDINGS)


def exports(revision: Revision) -> list[Export]:
    """Return the texts of a page that may be tables of answers."""
    text = revision.wikitext
    blocks = [
        Export(text=html.unescape(found[2]), line=text.count("\n", 0, found.start(2)) + 1)
        for found in _BLOCK.finditer(text)
    ]
    return blocks or [Export(text=text, line=1)]


def read(page: ScannedPage, families: Sequence[PollNames]) -> PollReading:
    """Return the answers of the surveys on a page; text that names no question of the settings is no survey."""
    must_be = is_export(page.revision.title)
    readings = [_Survey(page, export, families, must_be=must_be).read() for export in exports(page.revision)]
    return PollReading.together(readings)


class _Survey:
    """Reads one table of answers."""

    def __init__(self, page: ScannedPage, export: Export, families: Sequence[PollNames], *, must_be: bool) -> None:
        self._page = page
        self._export = export
        self._families = families
        self._must_be = must_be
        self._problems: list[Problem] = []

    def read(self) -> PollReading:
        """Return the answers with what is wrong about them."""
        records = list(self._records())
        columns = self._columns(records[0], records[1:]) if records else {}
        if not columns:
            if self._must_be and not self._problems:
                self._problem(self._export.line, "survey-no-column")
            return PollReading(problems=tuple(self._problems) if self._must_be else ())
        self._check_encoding()
        rows = [record for record in records[1:] if self._fits(record, records[0])]
        ballots: list[Ballot] = []
        for column, (poll, question) in columns.items():
            ballots += self._answers(records[0], rows, column, poll, question)
        polls = {poll.id: poll for poll, _ in columns.values()}
        turnouts = [self._turnout(poll, records[0], rows) for poll in polls.values()]
        self._check_questions(columns)
        return PollReading(
            ballots=settle(ballots, polls),
            turnouts=tuple(turnouts),
            problems=tuple(sorted(self._problems, key=_line_of)),
            polls=tuple(polls.values()),
        )

    def _records(self) -> Iterator[_Record]:
        lines = self._export.text.removeprefix("\ufeff").splitlines(keepends=True)
        reader = csv.reader(lines, delimiter=_delimiter(lines), strict=True, skipinitialspace=True)
        begin = 0
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield _Record(cells=tuple(cells), line=self._export.line + begin)
                begin = reader.line_num
        except csv.Error:
            if self._must_be or begin:
                self._problem(self._export.line + begin, "survey-quotes")

    def _columns(self, header: _Record, rows: Sequence[_Record]) -> dict[int, tuple[Poll, Named]]:
        """Return which columns hold the answers to which questions."""
        found: dict[int, tuple[Poll, Named]] = {}
        for column, text in enumerate(header.cells):
            polls = self._polls_of(text, [row.cell(column) for row in rows])
            if len(polls) > 1:
                self._problem(header.line, "poll-ambiguous", " · ".join(poll.title("en") for poll, _ in polls))
            elif polls and polls[0] in found.values():
                self._problem(header.line, "survey-column-twice", polls[0][1].title("en"))
            elif polls:
                found[column] = polls[0]
        return found

    def _polls_of(self, text: str, cells: Sequence[str]) -> list[tuple[Poll, Named]]:
        """Return what a column may ask: what its header names, else the title, else what its answers fit best."""
        fitting = [(names, names.question(text)) for names in self._families if names.question(text)]
        before = text.partition("[")[0]
        titles = [before, in_parentheses(text), *reversed(self._page.revision.title.split("/"))]
        for each in titles:
            named = [(names, names.poll(each), question) for names, question in fitting if names.poll(each)]
            if named:
                return [_pair(names, poll, question) for names, poll, question in named]
        known = [sum(bool(names.answer(cell)) for cell in cells if cell) for names, _ in fitting]
        best = [pair for pair, count in zip(fitting, known, strict=True) if count == max(known)]
        return [_pair(names, poll.id, question) for names, question in best for poll in names.polls]

    def _check_questions(self, columns: Mapping[int, tuple[Poll, Named]]) -> None:
        for poll in {poll.id: poll for poll, _ in columns.values()}.values():
            present = {question.id for other, question in columns.values() if other is poll}
            for question in poll.questions:
                if question.id not in present:
                    self._problem(self._export.line, "survey-missing-column", question.title("en"), poll.title("en"))

    def _check_encoding(self) -> None:
        broken = _MOJIBAKE.search(self._export.text)
        if broken:
            self._problem(self._export.line + self._export.text.count("\n", 0, broken.start()), "survey-encoding")

    def _fits(self, record: _Record, header: _Record) -> bool:
        if len(record.cells) == len(header.cells):
            return True
        self._problem(record.line, "survey-ragged", str(len(record.cells)), str(len(header.cells)))
        return False

    def _answers(
        self, header: _Record, rows: Sequence[_Record], column: int, poll: Poll, question: Named
    ) -> Iterator[Ballot]:
        names = next(each for each in self._families if poll in each.polls)
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
                who=row.cell(person) if person >= 0 else "",
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

    def _turnout(self, poll: Poll, header: _Record, rows: Sequence[_Record]) -> Turnout:
        person = _column_of(header, poll.person)
        people = {row.cell(person) if person >= 0 and row.cell(person) else str(row.line) for row in rows}
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


def _delimiter(lines: Sequence[str]) -> str:
    """Return what parts the cells of the header, quoted ones left aside."""
    header = "".join(re.split(r'"[^"]*"', "".join(lines[:1])))
    return max(_DELIMITERS, key=header.count)


def _column_of(header: _Record, names: Sequence[str]) -> int:
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
