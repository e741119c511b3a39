"""Recompute changes from row to row, as in a table with a year in each row."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from bot.analyze.audit_finding import Figure, Finding, as_printed, closer, fits, plain
from bot.analyze.audit_grid import Grid, Pair
from bot.model import Place
from bot.parse.quantity import COUNT, PERCENT

_ENOUGH = 2
_MOST_COLUMNS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One published change with the figures that it is between."""

    change: Figure
    before: Figure
    after: Figure
    is_relative: bool

    @property
    def exact(self) -> Fraction:
        """Return what the change should be."""
        step = self.after.value - self.before.value
        return 100 * step / self.before.value if self.is_relative else step

    def holds(self, *, ignores_sign: bool) -> bool:
        """Tell whether the change is right, as far as rounding lets it be."""
        is_count = self.before.quantity.kind == COUNT or self.is_relative
        leeway = Fraction(0) if is_count else (self.before.quantity.unit + self.after.quantity.unit) / 2
        quantity = replace(self.change.quantity, leeway=self.change.quantity.leeway + leeway)
        return fits(quantity, self.exact, ignores_sign=ignores_sign)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """A figure with what it has to be."""

    figure: Figure
    value: Fraction

    @property
    def repair(self) -> str:
        """Return the repair as the page would have it."""
        figure = self.figure
        return f"{figure.name}: {figure.text} → {as_printed(figure.text, figure.quantity, self.value)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The changes of a column under one way of reading them, those that are right and the others."""

    links: tuple[Link, ...]
    wrong: tuple[Link, ...]

    @property
    def is_sure(self) -> bool:
        """Tell whether enough is right that the rest must be wrong."""
        told = sum(link.change.value != 0 for link in self.links if link not in self.wrong)
        return told >= _ENOUGH and (told >= 2 * len(self.wrong) or self.mended is not None)

    @property
    def mended(self) -> Mended | None:
        """Return the figure that makes all changes right, where two of them meet in one and say the same of it."""
        if len(self.wrong) != 2 or self.wrong[0].is_relative:
            return None
        for one, two in (self.wrong, reversed(self.wrong)):
            value = one.before.value + one.change.value
            if one.after == two.before and two.after.value - value == two.change.value:
                return Mended(figure=one.after, value=value)
        return None


def check_runs(grid: Grid, place: Place) -> Iterator[Finding]:
    """Yield the changes of a column that are not those from the row before, where most are."""
    changes = [at for at, head in enumerate(grid.columns) if head.special() == "change"][:_MOST_COLUMNS]
    others = [at for at, head in enumerate(grid.columns) if head.special() in ("", "size", "total", "rate")]
    for at in changes:
        runs = [run for other in others[:_MOST_COLUMNS] for run in _runs(grid, at, other)]
        best = max(runs, key=lambda run: len(run.links) - len(run.wrong), default=None)
        if best is not None and best.is_sure:
            yield from (_finding(link, best, place) for link in best.wrong)


def _runs(grid: Grid, at: int, other: int) -> Iterator[Run]:
    """Yield each way of reading a column of changes: from the row above, from that below, or from the first row."""
    rows = [row for row, head in enumerate(grid.rows) if not head.special()]
    pairs = list(pairwise(rows))
    told = [pair for row in rows if (pair := grid.cells.get((row, at))) is not None]
    figures = [pair.any for pair in told if pair.any is not None]
    ignores_sign = not any(figure.quantity.sign for figure in figures)
    downwards, upwards = [(one, two, two) for one, two in pairs], [(two, one, one) for one, two in pairs]
    for way in (downwards, upwards, [(rows[0], row, row) for row in rows[1:]]):
        for is_relative in (False, True):
            found = (_link(grid, at, other, one, two, row, is_relative=is_relative) for one, two, row in way)
            links = tuple(link for link in found if link is not None)
            wrong = tuple(link for link in links if not link.holds(ignores_sign=ignores_sign))
            if len(links) == len(figures):
                yield Run(links=links, wrong=wrong)


def _link(grid: Grid, at: int, other: int, before: int, after: int, row: int, *, is_relative: bool) -> Link | None:
    """Return the change of a row between two others, None where it cannot be one in that kind."""
    told = grid.cells.get((row, at))
    one, two = _figure(grid.cells.get((before, other))), _figure(grid.cells.get((after, other)))
    change = told.any if told is not None else None
    if change is None or one is None or two is None or one.quantity.kind != two.quantity.kind:
        return None
    is_percent = change.quantity.kind == PERCENT
    if (is_relative and (not is_percent or not one.value)) or (
        not is_relative and is_percent and one.quantity.kind == COUNT
    ):
        return None
    return Link(change=change, before=one, after=two, is_relative=is_relative)


def _figure(pair: Pair | None) -> Figure | None:
    return (pair.count or pair.share or pair.decimal) if pair is not None else None


def _finding(link: Link, run: Run, place: Place) -> Finding:
    exact = link.exact
    shown = closer(link.change.quantity, exact)
    terms = f"{link.after.text} − {link.before.text}"
    formula = f"({terms}) / {link.before.text}" if link.is_relative else terms
    only = Mended(figure=link.change, value=exact) if _is_confirmed(link, run) else run.mended
    return Finding(
        place=replace(place, line=link.change.line),
        kind="change",
        subject=link.change.name,
        published=link.change.text,
        recomputed=plain(shown),
        formula=plain(f"{formula} = {shown}"),
        repair=only.repair if only is not None else "",
    )


def _is_confirmed(link: Link, run: Run) -> bool:
    """Tell whether both figures of a change are right by another change, so that only itself can be wrong."""
    right = [each for each in run.links if each not in run.wrong]
    known = [figure for each in right for figure in (each.before, each.after)]
    return link.before in known and link.after in known
