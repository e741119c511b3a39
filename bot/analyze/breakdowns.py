"""Break answers down by a trait of the people who gave them, where that tells of no single person."""

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

import pandas as pd

from bot.analyze.disclosure import SMALLEST, Table, protect
from bot.analyze.poll_figures import BrokenDown
from bot.analyze.republished import Key, Shown, held
from bot.parse.poll_values import Ballot, Breakdown, Named, Poll

SMALLEST_QUESTION = 10
_NOT_SAID = Named(id="")

__all__ = ["SMALLEST", "SMALLEST_QUESTION", "Asked", "broken_down"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question of a poll with the answers that count."""

    poll: Poll
    question: str
    ballots: tuple[Ballot, ...]

    @property
    def key(self) -> tuple[str, str]:
        """Return the poll and the question."""
        return self.poll.id, self.question


def broken_down(several: Sequence[Asked], before: Mapping[Key, Shown]) -> dict[tuple[str, str], list[BrokenDown]]:
    """Return the breakdowns of each question; before are those that were published the last time.

    Questions of several polls are kept together: the same people may have answered them, and the totals of one table
    would tell what another one keeps back.
    """
    tables: dict[Key, BrokenDown] = {}
    breakdowns = {_values(each): each for asked in several for each in asked.poll.breakdowns}
    for values, breakdown in breakdowns.items():
        own = [asked for asked in several if _has(asked, values)]
        earlier = list({key[2]: None for key in tables})
        found = _by_trait(breakdown, own)
        if any(_tells(breakdown, other, tables, found) for other in earlier):
            found = [(asked, replace(broken, rows=())) for asked, broken in found]
        tables |= {(*asked.key, breakdown.id): broken for asked, broken in found}
    shown: dict[tuple[str, str], list[BrokenDown]] = {asked.key: [] for asked in several}
    for (poll, question, _), broken in held(tables, before).items():
        shown[poll, question].append(broken)
    return shown


def _tells(
    breakdown: Breakdown, other: str, tables: Mapping[Key, BrokenDown], found: Sequence[tuple[Asked, BrokenDown]]
) -> bool:
    """Tell whether a table of one trait would give away what one of another trait keeps back.

    It would where the people of one value are those of some values of the other trait, as in countries and regions:
    whoever knows that can take the one table's counts from those of the other.
    """
    for asked, broken in found:
        known = tables.get((*asked.key, other))
        if known and (known.keeps_back or broken.keeps_back) and _share_a_border(asked.ballots, other, breakdown.id):
            return True
    return False


def _share_a_border(ballots: Sequence[Ballot], one: str, other: str) -> bool:
    pairs = {(ballot.traits.get(one, ""), ballot.traits.get(other, "")) for ballot in ballots}
    left, right = ({pair[side] for pair in pairs} for side in (0, 1))
    if len(left) < 2 or len(right) < 2:
        return False
    return _is_made_up(pairs) or _is_made_up({(theirs, ours) for ours, theirs in pairs})


def _is_made_up(pairs: AbstractSet[tuple[str, str]]) -> bool:
    """Tell whether a value on the left holds exactly the people of some values on the right."""
    owners = Counter(right for _, right in pairs)
    by_left: dict[str, list[str]] = {}
    for left, right in pairs:
        by_left.setdefault(left, []).append(right)
    return any(all(owners[right] == 1 for right in several) for several in by_left.values())


def _values(breakdown: Breakdown) -> tuple[str, ...]:
    return (breakdown.id, *(value.id for value in breakdown.values))


def _has(asked: Asked, values: tuple[str, ...]) -> bool:
    is_set = any(_values(breakdown) == values for breakdown in asked.poll.breakdowns)
    return is_set and any(values[0] in ballot.traits for ballot in asked.ballots)


def _by_trait(breakdown: Breakdown, several: Sequence[Asked]) -> list[tuple[Asked, BrokenDown]]:
    large = [asked for asked in several if len(asked.ballots) >= SMALLEST_QUESTION]
    rows = _rows(breakdown, [ballot for asked in large for ballot in asked.ballots])
    tables = protect([_table(breakdown, rows, asked) for asked in large])
    found = []
    for asked, table in zip(large, tables, strict=True):
        lines = zip(rows, table.totals, table.cells, strict=True) if table.is_shown else ()
        found.append((asked, BrokenDown(breakdown=breakdown, rows=tuple(lines))))
    small = [asked for asked in several if asked not in large]
    return found + [(asked, BrokenDown(breakdown=breakdown, rows=(), is_small=True)) for asked in small]


def _rows(breakdown: Breakdown, ballots: Sequence[Ballot]) -> list[Named]:
    """Return the values of a trait, and a row for those who did not say where there are any."""
    silent = any(not ballot.traits.get(breakdown.id) for ballot in ballots)
    return [*breakdown.values, *([_NOT_SAID] if silent else [])]


def _table(breakdown: Breakdown, rows: Sequence[Named], asked: Asked) -> Table:
    people = pd.DataFrame(
        [(ballot.traits.get(breakdown.id, ""), ballot.answer) for ballot in asked.ballots],
        columns=["trait", "answer"],
    )
    counts = pd.crosstab(people["trait"], people["answer"]).reindex(
        index=[row.id for row in rows], columns=[answer.id for answer in asked.poll.answers], fill_value=0
    )
    return tuple(tuple(int(count) for count in line) for line in counts.to_numpy())
