"""Break answers down by a trait of the people who gave them, where that tells of no single person."""

from collections.abc import Sequence

import pandas as pd

from bot.analyze.disclosure import SMALLEST, Table, protect
from bot.analyze.poll_figures import BrokenDown
from bot.parse.poll_values import Ballot, Breakdown, Named, Poll

SMALLEST_QUESTION = 10
_NOT_SAID = Named(id="")

__all__ = ["SMALLEST", "SMALLEST_QUESTION", "broken_down"]


def broken_down(poll: Poll, questions: Sequence[tuple[str, Sequence[Ballot]]]) -> dict[str, tuple[BrokenDown, ...]]:
    """Return the breakdowns of each question; one with too few answers has none."""
    found: dict[str, list[BrokenDown]] = {question: [] for question, _ in questions}
    for breakdown in poll.breakdowns:
        asked = {question: ballots for question, ballots in questions if any(each.traits for each in ballots)}
        large = {question: ballots for question, ballots in asked.items() if len(ballots) >= SMALLEST_QUESTION}
        rows = _rows(breakdown, [ballot for ballots in large.values() for ballot in ballots])
        tables = protect([_table(poll, breakdown, rows, ballots) for ballots in large.values()])
        for question, table in zip(large, tables, strict=True):
            lines = zip(rows, table.totals, table.cells, strict=True) if table.is_shown else ()
            found[question].append(BrokenDown(breakdown=breakdown, rows=tuple(lines)))
        for question in asked.keys() - large.keys():
            found[question].append(BrokenDown(breakdown=breakdown, rows=(), is_small=True))
    return {question: tuple(several) for question, several in found.items()}


def _rows(breakdown: Breakdown, ballots: Sequence[Ballot]) -> list[Named]:
    """Return the values of a trait, and a row for those who did not say where there are any."""
    silent = any(not ballot.traits.get(breakdown.id) for ballot in ballots)
    return [*breakdown.values, *([_NOT_SAID] if silent else [])]


def _table(poll: Poll, breakdown: Breakdown, rows: Sequence[Named], ballots: Sequence[Ballot]) -> Table:
    people = pd.DataFrame(
        [(ballot.traits.get(breakdown.id, ""), ballot.answer) for ballot in ballots], columns=["trait", "answer"]
    )
    counts = pd.crosstab(people["trait"], people["answer"]).reindex(
        index=[row.id for row in rows], columns=[answer.id for answer in poll.answers], fill_value=0
    )
    return tuple(tuple(int(count) for count in line) for line in counts.to_numpy())
