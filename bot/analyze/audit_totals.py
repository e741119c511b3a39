"""Recompute rows and columns of totals, together: one wrong figure may upset two of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.analyze.audit_finding import Figure, Finding, plain
from bot.analyze.audit_grid import Grid
from bot.model import Place

_MOST_TERMS = 12
_MOST_PARTS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """A total and the figures that it adds up."""

    total: Figure
    parts: tuple[Figure, ...]

    @property
    def counted(self) -> int:
        """Return what the parts add up to."""
        return sum(int(part.value) for part in self.parts)

    @property
    def holds(self) -> bool:
        """Tell whether the total is right."""
        return self.counted == self.total.value


def check_totals(grid: Grid, place: Place) -> Iterator[Finding]:
    """Yield the totals that are not the sum of the figures before them, in a row or column where most are."""
    wrong = wrong_sums(grid)
    if not wrong:
        return
    sums = [*_sums(grid), *_sums(grid.turned())]
    repairs = _repairs(sums, wrong)
    if len(repairs) == 1:
        (figure, value), *_ = repairs
        yield _finding(wrong, figure, figure.text, value, place)
        return
    for each in wrong:
        yield _finding([each], each.total, "", each.counted, place)


def sums_of(grid: Grid) -> int:
    """Return how many totals of a table are understood."""
    return len(_sums(grid)) + len(_sums(grid.turned()))


def wrong_sums(grid: Grid) -> list[Sum]:
    """Return the totals that are not the sum of the figures before them."""
    return [each for each in (*_sums(grid), *_sums(grid.turned())) if not each.holds]


def _sums(grid: Grid) -> list[Sum]:
    """Return the totals in rows; a row in which most are something else is left out."""
    found = []
    for row, head in enumerate(grid.rows):
        if head.special() == "total":
            sums = [each for number in range(len(grid.columns)) if (each := _sum(grid, row, number))]
            wrong = sum(not each.holds for each in sums)
            found += sums if len(sums) == 1 or 2 * wrong <= len(sums) else []
    return found


def _sum(grid: Grid, row: int, number: int) -> Sum | None:
    cell = grid.cells.get((row, number))
    if grid.columns[number].special() not in ("", "total", "size") or cell is None or cell.count is None:
        return None
    totals = [at for at, head in enumerate(grid.rows) if head.special() == "total" and at < row]
    everything = [at for at, head in enumerate(grid.rows) if head.special() in ("", "size")]
    above = [at for at in everything if at < row]
    since = [at for at in above if at > max(totals, default=-1)]
    choices = [_parts(grid, lines, number) for lines in (since, above, totals, everything)]
    sums = [Sum(total=cell.count, parts=parts) for parts in choices if parts is not None]
    return next((each for each in sums if each.holds), sums[0] if sums else None)


def _parts(grid: Grid, lines: Sequence[int], number: int) -> tuple[Figure, ...] | None:
    """Return the figures in some lines of a column, None where one is not known or there are too few."""
    pairs = [pair for at in lines if (pair := grid.cells.get((at, number))) is not None]
    parts = tuple(pair.count for pair in pairs if pair.count)
    return None if len(parts) < 2 or any(pair.is_unknown for pair in pairs) else parts


def _repairs(sums: Sequence[Sum], wrong: Sequence[Sum]) -> list[tuple[Figure, int]]:
    """Return every change of one figure that makes all totals right."""
    if any(len(each.parts) > _MOST_PARTS for each in wrong):
        return []
    first = wrong[0]
    wanted = [(first.total, first.counted)]
    wanted += [(part, int(part.value + first.total.value - first.counted)) for part in first.parts]
    return [(figure, value) for figure, value in wanted if value >= 0 and _mends(sums, figure, value)]


def _mends(sums: Sequence[Sum], figure: Figure, value: int) -> bool:
    step = value - int(figure.value)
    return all(
        each.counted + step * each.parts.count(figure) == each.total.value + (step if each.total == figure else 0)
        for each in sums
    )


def _finding(wrong: Sequence[Sum], figure: Figure, text: str, value: int, place: Place) -> Finding:
    """Return the finding on a total, or on the one figure whose change would mend every total."""
    return Finding(
        place=replace(place, line=figure.line),
        kind="total",
        subject=figure.name,
        published=figure.text,
        recomputed=plain(str(value)),
        formula=plain("; ".join(_formula(each) for each in wrong)),
        repair=f"{figure.name}: {text} → {value}" if text else "",
    )


def _formula(each: Sum) -> str:
    shown = [str(int(part.value)) for part in each.parts]
    terms = [*shown[:_MOST_TERMS], "…", shown[-1]] if len(shown) > _MOST_TERMS + 1 else shown
    return f"{' + '.join(terms)} = {each.counted}"
