"""Compare breakdowns with those published before, so that nobody learns from the difference what a few people said.

The counts that were shown stand in the report itself, as an attribute of each table: one row after the other, each
with its total and its counts, "s" for a small one and "w" for one that was withheld.
"""

import html
import re
from collections.abc import Iterator, Mapping, Sequence

from bot.analyze.disclosure import SMALL, SMALLEST, WITHHELD
from bot.analyze.poll_figures import BrokenDown, Guarded
from bot.parse.poll_values import Named

Key = tuple[str, str, str]  # the poll, the question and the breakdown
Shown = Mapping[str, tuple[Guarded, ...]]  # by the value of the trait: the total, then the counts
_ATTRIBUTE = re.compile(r'data-counts="([^"<>\n]{1,20000})"')
_ROW = re.compile(r"([a-z0-9_-]{0,41})=((?:\d{1,9}|[sw])(?:,(?:\d{1,9}|[sw])){0,200})")
_MARKS = {"s": SMALL, "w": WITHHELD}


def written(poll: str, question: str, broken: BrokenDown) -> str:
    """Return the counts that a table shows as one line for its attribute."""
    rows = [f"{value.id}={','.join(map(_sign, (total, *cells)))}" for value, total, cells in broken.rows]
    return " ".join([poll, question, broken.breakdown.id, *rows])


def _sign(guarded: Guarded) -> str:
    return {SMALL: "s", WITHHELD: "w"}.get(guarded.mark, str(guarded.count))


def published(body: str) -> dict[Key, Shown]:
    """Return the counts that a report shows; what is not written as this module does it is left out."""
    found: dict[Key, Shown] = {}
    for attribute in _ATTRIBUTE.finditer(body):
        poll, question, breakdown, *rows = f"{html.unescape(attribute[1])}   ".split(" ")
        read = [_ROW.fullmatch(row) for row in filter(None, rows)]
        shown = {row[1]: tuple(map(_guarded, row[2].split(","))) for row in read if row}
        if shown and len(shown) == len(read):
            found[poll, question, breakdown] = shown
    return found


def _guarded(sign: str) -> Guarded:
    return Guarded(count=0, mark=_MARKS[sign]) if sign in _MARKS else Guarded(count=int(sign))


def held(tables: Mapping[Key, BrokenDown], before: Mapping[Key, Shown]) -> dict[Key, BrokenDown]:
    """Return the tables, and of a breakdown that tells too much by what changed since, those that were shown before.

    All tables of a breakdown are held together, as what one of them keeps back another one may show.
    """
    telling = {key[2] for key, broken in tables.items() if key in before and _tells(broken, before[key])}
    return {
        key: _as_before(broken, before[key]) if key[2] in telling and key in before else broken
        for key, broken in tables.items()
    }


def _tells(broken: BrokenDown, before: Shown) -> bool:
    """Tell whether a count that is shown both times changed by so few that they may be known by name."""
    return any(0 < abs(change) < SMALLEST for change in _changes(broken, before))


def _changes(broken: BrokenDown, before: Shown) -> Iterator[int]:
    for value, total, cells in broken.rows:
        for now, then in zip((total, *cells), before.get(value.id, ()), strict=False):
            if not (now.mark or then.mark):
                yield now.count - then.count


def _as_before(broken: BrokenDown, before: Shown) -> BrokenDown:
    names = {each.id: each for each in (*broken.breakdown.values, Named(id=""))}
    if not _fits(broken, before, names):
        return broken
    rows = tuple((names[id_], counts[0], counts[1:]) for id_, counts in before.items())
    return BrokenDown(breakdown=broken.breakdown, rows=rows, is_held=True)


def _fits(broken: BrokenDown, before: Shown, names: Mapping[str, Named]) -> bool:
    widths: Sequence[int] = [1 + len(cells) for _, _, cells in broken.rows]
    return set(before) <= set(names) and {len(counts) for counts in before.values()} == set(widths)
