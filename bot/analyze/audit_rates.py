"""Recompute shares that are not of the sum beside them, but of another column or of a number that is stated."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import permutations

from bot.analyze.audit_finding import Figure, Finding, as_printed, closer, fits, plain, tolerance
from bot.analyze.audit_grid import Grid, Pair
from bot.model import Place

_MOST_COLUMNS = 12
_MOST_ADDED = 5  # columns of counts of which two may be added up


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A share with its possible counts and bases, the same way of reading the table at the same place in each.

    low and high are the values between which it is right.
    """

    figure: Figure
    low: Fraction
    high: Fraction
    ways: tuple[tuple[Figure | None, Figure | int | None], ...]


def check_bases(grid: Grid, place: Place) -> Iterator[Finding]:
    """Yield shares that are wrong of the number that their own cell names: "27/55 (40%)"."""
    for pair in grid.cells.values():
        if pair.count and pair.base and pair.share:
            yield from _if_wrong(pair.share, pair.count, pair.base, place, is_sure=True)


def check_rates(grid: Grid, sizes: Sequence[int], place: Place, *, is_cut: bool) -> Iterator[Finding]:
    """Yield the rates of a table that are wrong under the reading, by rows or columns, that holds for most."""
    read = [each for turned in (grid, grid.turned()) for each in _readings(turned, sizes, is_cut=is_cut)]
    right = {share.figure for shares, way in read for share in shares if _holds(share, way)}
    for shares, way in sorted(read, key=lambda each: -len(each[0])):
        for share in shares:
            count, base = share.ways[way]
            if count is not None and base is not None and share.figure not in right:
                right.add(share.figure)
                yield from _if_wrong(share.figure, count, base, place, is_sure=isinstance(base, Figure))


def ways_of(grid: Grid, sizes: Sequence[int], *, is_cut: bool) -> tuple[tuple[int, int], ...]:
    """Return how the rates of each column are read, with the number of rates; rows are turned into columns, too."""
    read = [each for turned in (grid, grid.turned()) for each in _readings(turned, sizes, is_cut=is_cut)]
    return tuple((len(shares), way) for shares, way in read)


def _readings(grid: Grid, sizes: Sequence[int], *, is_cut: bool) -> Iterator[tuple[list[Share], int]]:
    """Yield the shares of each column with the way in which most of them are read."""
    columns = {column for (_, column), pair in grid.cells.items() if pair.count}
    counted = sorted(columns)[:_MOST_COLUMNS]
    shared = {column for (_, column), pair in grid.cells.items() if pair.share}
    known = sum(pair.share is not None for pair in grid.cells.values())
    for number in sorted(shared):
        head = grid.columns[number]
        if head.special() not in ("", "rate") or (is_cut and head.special() == ""):
            continue
        own = {number} & columns - set(counted)  # a share beside its count is of that count, however far right
        shares = list(_shares(grid, number, sizes, [*counted, *own]))
        way = _best_way(shares, is_only=len(shares) == known)
        if way is not None:
            yield shares, way


def _shares(grid: Grid, number: int, sizes: Sequence[int], counted: Sequence[int]) -> Iterator[Share]:
    is_several = sum(pair.share is not None for pair in grid.column(number)) > 1
    for row, head in enumerate(grid.rows):
        pair = grid.cells.get((row, number))
        if pair is None or pair.share is None or pair.base or head.special() == "change":
            continue
        counts = {at: cell.count for at in counted if (cell := grid.cells.get((row, at)))}
        ways = [*_ways(pair, number, counts, counted, _unique(sizes))]
        if is_several and number not in counted and len(counted) <= _MOST_ADDED:
            ways += [
                (counts.get(one), _sum(counts.get(one), counts.get(two))) for one, two in permutations(counted, 2)
            ]
        value, far = pair.share.value, tolerance(pair.share.quantity)
        yield Share(figure=pair.share, low=value - far, high=value + far, ways=tuple(ways))


def _unique(sizes: Sequence[int]) -> list[int]:
    return list(dict.fromkeys(sizes))[:_MOST_COLUMNS]


def _ways(
    pair: Pair, number: int, counts: Mapping[int, Figure | None], counted: Sequence[int], sizes: Sequence[int]
) -> Iterator[tuple[Figure | None, Figure | int | None]]:
    """Yield each count and base that the share may be of; the order is the same in every row."""
    own = [number] if number in counted else counted
    for upper in own:
        for lower in counted:
            if upper != lower:
                yield counts.get(upper), counts.get(lower)
    if number in counted:
        yield from ((pair.count, size) for size in sizes)


def _sum(one: Figure | None, two: Figure | None) -> Figure | None:
    """Return two figures added: support is a share of those for and against, say."""
    if one is None or two is None:
        return None
    value = one.value + two.value
    return replace(one, quantity=replace(one.quantity, value=value), text=f"({one.text} + {two.text})")


def _best_way(shares: Sequence[Share], *, is_only: bool) -> int | None:
    """Return the number of the reading under which most shares hold, None where none explains the table."""
    if not shares:
        return None
    ways = range(len(shares[0].ways))
    if len(shares) == 1:  # one row says nothing of its reading, unless there is only one that makes sense
        sensible = [way for way in ways if _is_part(shares[0], way)]
        return sensible[0] if len(sensible) == 1 and is_only else None
    wrong = dict.fromkeys(ways, 0)
    for share in shares:
        for way in list(wrong):  # a way that is wrong too often is not tried any more: they are many
            wrong[way] += not _holds(share, way)
            if 2 * wrong[way] > len(shares):
                del wrong[way]
    return min(wrong, key=lambda way: (wrong[way], way), default=None)


def _holds(share: Share, way: int) -> bool:
    """Tell whether a share is right when it is read in a way; in whole numbers, as it is asked most of all."""
    count, base = share.ways[way]
    if count is None or not base:
        return False
    part, whole = count.value, base.value if isinstance(base, Figure) else Fraction(base)
    upper, lower = 100 * part.numerator * whole.denominator, part.denominator * whole.numerator
    if not lower:
        return False
    low, high = share.low, share.high
    if lower < 0:
        upper, lower = -upper, -lower
    is_inside = (
        low.numerator * lower <= upper * low.denominator and upper * high.denominator <= high.numerator * lower
    )
    return is_inside or bool(share.figure.quantity.bound)


def _is_part(share: Share, way: int) -> bool:
    exact = _exact(*share.ways[way])
    return exact is not None and exact <= 100


def _exact(count: Figure | None, base: Figure | int | None) -> Fraction | None:
    over = base.value if isinstance(base, Figure) else base
    return 100 * count.value / over if count is not None and over else None


def _if_wrong(figure: Figure, count: Figure, base: Figure | int, place: Place, *, is_sure: bool) -> Iterator[Finding]:
    exact = _exact(count, base)
    if exact is None or fits(figure.quantity, exact):
        return
    over = base.text if isinstance(base, Figure) else str(base)
    shown = closer(figure.quantity, exact)
    yield Finding(
        place=replace(place, line=figure.line),
        kind="share",
        subject=figure.name,
        published=figure.text,
        recomputed=plain(shown),
        formula=plain(f"{count.text} / {over} = {shown}"),
        repair=_mended(figure, exact) if is_sure else "",
    )


def _mended(figure: Figure, exact: Fraction) -> str:
    return f"{figure.name}: {figure.text} → {as_printed(figure.text, figure.quantity, exact)}"
