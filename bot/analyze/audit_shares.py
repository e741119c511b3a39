"""Recompute rows that are printed as shares alone: their sum, agreement and mean, as far as rounding lets them be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from bot.analyze.audit_finding import Figure, Finding, as_printed, closer, plain, printed
from bot.analyze.audit_grid import Grid, Head
from bot.analyze.audit_whole import entries_of
from bot.model import Place

_ALL = Fraction(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareRow:
    """One row of shares that together are everybody's, with what was computed from them."""

    head: Head
    heads: tuple[Head, ...]
    shares: tuple[Figure, ...]
    agreement: Figure | None
    mean: Figure | None

    @property
    def sum(self) -> Fraction:
        """Return what the shares add up to."""
        return sum((share.value for share in self.shares), Fraction(0))

    @property
    def leeway(self) -> Fraction:
        """Return how far off their sum may be by rounding: never less than one."""
        return max(Fraction(1), sum((share.quantity.unit for share in self.shares), Fraction(0)) / 2)

    @property
    def is_whole(self) -> bool:
        """Tell whether the shares add up to all."""
        return abs(self.sum - _ALL) <= self.leeway


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """The lowest and the highest value that unrounded shares allow, and the one that the printed shares give."""

    low: Fraction
    middle: Fraction
    high: Fraction


def check_shares(grid: Grid, place: Place) -> Iterator[Finding]:
    """Yield what does not follow from the shares of a row, in a table of rows of shares that add up to all."""
    columns = entries_of(grid.columns, grid)
    rows = [each for at in range(len(grid.rows)) if (each := _row(grid, at, columns)) is not None]
    right = sum(each.is_whole for each in rows)
    if 2 * right < max(len(rows), 2) or not rows:
        return
    for each in rows:
        if not each.is_whole:
            yield _sum_finding(each, place)
            continue
        for figure, kind, between in (
            (each.agreement, "agreement", _agreement(each)),
            (each.mean, "mean", _mean(each)),
        ):
            if figure is not None and between is not None and not _is_inside(figure, between):
                yield _finding(figure, kind, each, between, place)


def _row(grid: Grid, row: int, columns: Sequence[int]) -> ShareRow | None:
    """Return a row that has shares and no counts, None where it has others."""
    if grid.rows[row].special():
        return None
    pairs = [grid.cells.get((row, number)) for number in columns]
    shares = [pair.share for pair in pairs if pair is not None and pair.share is not None and not pair.count]
    if len(shares) < 2 or len(shares) != len(columns) or any(pair and pair.is_unknown for pair in pairs):
        return None
    special = {head.special(): grid.cells.get((row, at)) for at, head in enumerate(grid.columns) if head.special()}
    agreement, mean = special.get("agreement"), special.get("mean")
    return ShareRow(
        head=grid.rows[row],
        heads=tuple(grid.columns[number] for number in columns),
        shares=tuple(shares),
        agreement=agreement.share if agreement else None,
        mean=mean.decimal or mean.count if mean else None,
    )


def _agreement(row: ShareRow) -> Between | None:
    top = [share for head, share in zip(row.heads, row.shares, strict=True) if "agree" in head.roles]
    if not top:
        scale = [head.scale for head in row.heads if head.scale is not None and "unsure" not in head.roles]
        middle = (min(scale) + max(scale)) / 2 if scale else Fraction(0)
        steps = zip(row.heads, row.shares, strict=True)
        top = [share for head, share in steps if head.scale is not None and head.scale > middle]
    added = sum((share.value for share in top), Fraction(0))
    off = sum((share.quantity.unit for share in top), Fraction(0)) / 2
    return Between(low=added - off, middle=added, high=added + off) if top else None


def _mean(row: ShareRow) -> Between | None:
    steps = zip(row.heads, row.shares, strict=True)
    weighed = [(head.scale, share) for head, share in steps if head.scale is not None and "unsure" not in head.roles]
    whole = sum((share.value for _, share in weighed), Fraction(0))
    if len(weighed) < 2 or whole <= 0:
        return None
    middle = sum((scale * share.value for scale, share in weighed), Fraction(0)) / whole
    off = sum((abs(scale - middle) * share.quantity.unit / 2 for scale, share in weighed), Fraction(0)) / whole
    return Between(low=middle - off, middle=middle, high=middle + off)


def _is_inside(figure: Figure, between: Between) -> bool:
    half = figure.quantity.unit / 2
    return between.low - half <= figure.value <= between.high + half


def _sum_finding(row: ShareRow, place: Place) -> Finding:
    shown = " + ".join(share.text for share in row.shares)
    added = f"{printed(row.sum, max(share.quantity.decimals for share in row.shares))}%"
    return Finding(
        place=replace(place, line=row.shares[0].line),
        kind="total",
        subject=row.head.name,
        published=shown,
        recomputed=plain(added),
        formula=plain(f"{shown} = {added}"),
    )


def _finding(figure: Figure, kind: str, row: ShareRow, between: Between, place: Place) -> Finding:
    low, high = (as_printed(figure.text, figure.quantity, value) for value in (between.low, between.high))
    exact = closer(figure.quantity, between.middle)
    return Finding(
        place=replace(place, line=figure.line),
        kind=kind,
        subject=row.head.name,
        published=figure.text,
        recomputed=plain(exact),
        formula=plain(_formula(kind, row, exact)),
        repair=f"{figure.name}: {figure.text} → {low}" if low == high else "",
    )


def _formula(kind: str, row: ShareRow, exact: str) -> str:
    scaled: Sequence[tuple[Head, Figure]] = list(zip(row.heads, row.shares, strict=True))
    if kind == "mean":
        weighed = [(head.scale, share) for head, share in scaled if head.scale is not None]
        terms = " + ".join(f"{scale} × {share.text}" for scale, share in weighed)
        whole = sum((share.value for _, share in weighed), Fraction(0))
        return f"({terms}) / {printed(whole, 0)}% = {exact}"
    top = [share.text for head, share in scaled if "agree" in head.roles]
    return f"{' + '.join(top)} = {exact}" if top else exact
