"""Search the one change of a figure after which a whole table agrees, where no row of its own shows one."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice

from bot.analyze.audit_finding import Figure, Finding, as_printed, rounded
from bot.analyze.audit_grid import At, Grid, Pair
from bot.analyze.audit_totals import wrong_sums

_MOST_CELLS = 120
_MOST_CHANGES = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What is found in a table, and the ways in which its figures were read: totals, shares, rates and changes."""

    found: tuple[Finding, ...]
    ways: tuple[object, ...]


Check = Callable[[Grid], Checked]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One figure and what it would have to be."""

    figure: Figure
    value: Fraction


def mended(grid: Grid, found: Sequence[Finding], check: Check) -> list[Finding]:
    """Return findings with the one change that lets all of them go, or else all of those that have no repair yet."""
    is_open = any(not each.repair for each in found) or len({each.repair for each in found}) > 1
    if not is_open or len(grid.cells) > _MOST_CELLS:
        return list(found)
    known = check(grid)
    left = {_key(each) for each in found if each.repair}
    all_gone: list[Change] = []
    rest_gone: list[Change] = []
    for change in islice(dict.fromkeys(_changes(grid, found)), _MOST_CHANGES):
        again = check(_with(grid, change))
        if again.ways != known.ways:
            continue  # a table that is not understood any more is not mended
        after = {_key(other) for other in again.found}
        all_gone += [] if after else [change]
        rest_gone += [change] if after <= left else []
        if len(all_gone) > 1:
            return [replace(each, repair="") for each in found] if _are_rivals(found, all_gone) else list(found)
    if len(all_gone) == 1:
        return [replace(each, repair=_repair(all_gone[0])) for each in found]
    if len(rest_gone) == 1:
        return [each if each.repair else replace(each, repair=_repair(rest_gone[0])) for each in found]
    return list(found)


def _are_rivals(found: Sequence[Finding], changes: Sequence[Change]) -> bool:
    """Tell whether several changes would each mend everything, where the findings name others, one for each."""
    return len({each.repair for each in found}) > 1 and not any(_repair(each) == found[0].repair for each in changes)


def _repair(change: Change) -> str:
    figure = change.figure
    return f"{figure.name}: {figure.text} → {as_printed(figure.text, figure.quantity, change.value)}"


def _key(finding: Finding) -> tuple[int, str, str, str]:
    return finding.place.line, finding.kind, finding.subject, finding.published


def _changes(grid: Grid, found: Sequence[Finding]) -> Iterator[Change]:
    """Yield what may be wrong: the figures that were found, and those beside them in rows, columns and totals."""
    exact = {(each.place.line, each.published): _read(each.recomputed.details[0]) for each in found}
    for at, pair in grid.cells.items():
        for figure in _figures(pair):
            value = exact.get((figure.line, figure.text))
            if value is not None:
                yield Change(figure=figure, value=rounded(value, figure.quantity.decimals))
                yield from _beside(grid, at, figure, value)
    for each in wrong_sums(grid):
        missing = each.total.value - each.counted
        yield Change(figure=each.total, value=Fraction(each.counted))
        yield from (Change(figure=part, value=part.value + missing) for part in each.parts)


def _beside(grid: Grid, at: At, found: Figure, exact: Fraction) -> Iterator[Change]:
    """Yield the figures in the row and column of a wrong one with what they would have to be for it to be right."""
    off = found.value - exact
    ratios = [found.value / exact] if exact else []
    ratios += [(100 + found.value) / (100 + exact)] if exact > -100 else []
    for (row, column), pair in grid.cells.items():
        if row != at[0] and column != at[1]:
            continue
        for figure in _figures(pair):
            if figure != found:
                wanted = [figure.value + off, figure.value - off]
                wanted += [figure.value * each for each in ratios] + [figure.value / each for each in ratios if each]
                for value in wanted:
                    near = rounded(value, figure.quantity.decimals)
                    if near >= 0 and near != figure.value:
                        yield Change(figure=figure, value=near)


def _figures(pair: Pair) -> list[Figure]:
    return [figure for figure in (pair.count, pair.share, pair.decimal) if figure is not None]


def _read(shown: str) -> Fraction | None:
    """Return the value of a figure as the audit writes it."""
    plain = shown.rstrip("%").replace("\u2212", "-")
    return Fraction(plain) if plain.lstrip("-").replace(".", "", 1).isdigit() else None


def _with(grid: Grid, change: Change) -> Grid:
    cells = {at: _changed(pair, change) for at, pair in grid.cells.items()}
    return replace(grid, cells=cells)


def _changed(pair: Pair, change: Change) -> Pair:
    new = replace(change.figure, quantity=replace(change.figure.quantity, value=change.value))
    return replace(
        pair,
        count=new if pair.count == change.figure else pair.count,
        share=new if pair.share == change.figure else pair.share,
        decimal=new if pair.decimal == change.figure else pair.decimal,
    )
