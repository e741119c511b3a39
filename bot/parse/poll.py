"""Read polls: tables of results, ballots under headings, and answers of a survey as CSV."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.model import Revision
from bot.parse import ballot, poll_table, survey, survey_rows
from bot.parse.context import Context
from bot.parse.page import ScannedPage
from bot.parse.poll_cell import LABEL, NUMBERS
from bot.parse.poll_grid import Row, parts
from bot.parse.poll_names import PollNames, families
from bot.parse.poll_notes import PollNotes
from bot.parse.poll_open import Found
from bot.parse.poll_source import Source, sources
from bot.parse.poll_table import Around
from bot.parse.poll_values import Ballot, Named, Poll, PollReading, Result
from bot.parse.poll_words import Measures, measures
from bot.parse.text import plain
from bot.parse.wikitext import Heading

KIND = "poll"


def read(revision: Revision, context: Context) -> PollReading:
    """Return what a page says of polls; without settings, a table's own headers name what it is about."""
    page = ScannedPage(revision)
    polls = [poll for poll in context.polls if not poll.pages or revision.title in poll.pages]
    words = measures(context.words.polls)
    readings = [survey.read(page, families(polls, words))]
    if not survey_rows.is_export(revision.title):
        readings.append(_Page(page, context, polls, words).read())
    reading = PollReading.together(readings)
    if not (reading.results or reading.ballots or reading.turnouts or reading.problems):
        nothing = page.problem(1, "poll-nothing-read")
        return PollReading(problems=(nothing,))
    return reading


class _Page:
    """Reads the tables and ballots of one wiki page."""

    def __init__(self, page: ScannedPage, context: Context, polls: Sequence[Poll], words: Measures) -> None:
        self._page = page
        self._context = context
        self._families = families(polls, words)
        self._has_settings = bool(context.polls)
        self._headings = [block for block in page.blocks() if isinstance(block, Heading)]
        self._found = Found(words)

    def read(self) -> PollReading:
        """Return what tables and ballots say."""
        readings = [self._table(table) for table in sources(self._page)]
        readings.append(ballot.read(self._page, self._context, self._families))
        return self._found.joined(PollReading.together(readings))

    def _table(self, source: Source) -> PollReading:
        rows = poll_table.rows_of(source, self._context.words)
        around = self._around(source)
        names = self._known(rows, around, source) if self._has_settings else self._found.names(rows, around)
        if isinstance(names, PollReading):
            return names
        if names is None:
            return PollReading() if self._has_settings else self._unnamed(rows, source)
        notes = PollNotes(names.polls)
        poll_table.read(self._page, source, rows, names, around, notes)
        notes.end_table()
        return notes.reading()

    def _unnamed(self, rows: Sequence[Row], source: Source) -> PollReading:
        """Report a table of counts without settings that has no header either; another table is no poll."""
        found = parts(rows, None)
        lost = bool(found) and not found[0].headers and all(_is_counted(row) for row in found[0].rows[:2])
        if not lost or len(found[0].rows) < 2:
            return PollReading()
        return PollReading(problems=(self._page.problem(source.first, "poll-no-header", found[0].rows[0][0].text),))

    def _known(self, rows: Sequence[Row], around: Around, source: Source) -> PollNames | PollReading | None:
        """Return the family of polls that a table is about, or the problem of finding it."""
        scores = [names.score(poll_table.texts_of(rows, names)) for names in self._families]
        best = max(scores, default=0)
        fitting = [names for names, score in zip(self._families, scores, strict=True) if score == best]
        named = [names for names in fitting if around.roles(names).poll]
        line = source.first
        if not best:
            return self._headless(rows, line)
        if len(fitting) > 1 and len(named) != 1:
            titles = " · ".join(poll.title("en") for names in fitting for poll in names.polls)
            return PollReading(problems=(self._page.problem(line, "poll-ambiguous", titles),))
        return (named or fitting)[0]

    def _headless(self, rows: Sequence[Row], line: int) -> PollReading | None:
        """A table whose rows are questions and whose columns nobody names is one that lost its header."""
        for names in self._families:
            found = [row[0].text for row in rows if names.question(row[0].text)]
            if len(found) > 1 and any(entry.numbers for row in rows for entry in row[1:]):
                return PollReading(problems=(self._page.problem(line, "poll-no-header", found[0]),))
        return None

    def _around(self, source: Source) -> Around:
        line = source.first
        above: list[Heading] = []
        for heading in self._headings:
            if heading.line.number < line:
                above = [each for each in above if each.level < heading.level] + [heading]
        headings = [plain(heading.wikitext) for heading in reversed(above)]
        caption = source.caption
        title = self._page.revision.title
        return Around(
            texts=(caption, *headings, *reversed(title.split("/"))),
            caption=caption,
            headings=tuple(headings),
            title=title,
        )


def _is_counted(row: Row) -> bool:
    """Tell whether a row is a label with counts behind it."""
    return row[0].kind == LABEL and len(row) > 2 and all(entry.kind == NUMBERS for entry in row[1:])


def as_json(reading: PollReading) -> list[dict[str, Any]]:
    """Return what was read as objects for programs, by line; of a survey only counts, never one person's row."""
    polls = {poll.id: poll for poll in reading.polls}
    results = [_result(each, polls) for each in reading.results]
    ballots = [_ballot(each, polls) for each in reading.ballots if each.is_public]
    return sorted([*results, *ballots, *survey.as_json(reading, polls)], key=_line)


def _result(result: Result, polls: Mapping[str, Poll]) -> dict[str, Any]:
    poll = polls[result.poll]
    return {
        "kind": "result",
        "poll": result.poll,
        "question": _title(poll.questions, result.question),
        "n": sum(result.counts.values()) or result.total,
        "answers": {_title(poll.answers, answer): count for answer, count in result.counts.items()},
        "shares": {_title(poll.answers, answer): float(share) for answer, share in result.shares.items()},
        "line": result.place.line,
    }


def _ballot(cast: Ballot, polls: Mapping[str, Poll]) -> dict[str, Any]:
    poll = polls.get(cast.poll)
    return {
        "kind": "ballot",
        "poll": cast.poll,
        "question": _title(poll.questions, cast.question) if poll else cast.question,
        "user": cast.who,
        "answer": _title(poll.answers, cast.answer) if poll else cast.answer,
        "timestamp": cast.timestamp.strftime("%Y-%m-%dT%H:%M:%SZ") if cast.timestamp else None,
        "status": cast.status,
        "reason": cast.reason,
        "line": cast.place.line,
    }


def _title(several: Sequence[Named], id_: str) -> str:
    return next((each.title("en") for each in several if each.id == id_), id_)


def _line(value: Mapping[str, Any]) -> int:
    return int(value["line"])
