"""Recompute published changes between two polls, whichever way round and however rounded they were computed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations

from bot.analyze.audit_finding import Figure, Finding, as_printed, closer, fits, plain
from bot.analyze.audit_grid import Grid, Pair
from bot.model import Place
from bot.parse.quantity import COUNT

POINTS, NUMBER, RELATIVE = "points", "number", "relative"
_MOST_LINES = 12
_FEW = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One published change with every pair of cells that it may be between."""

    figure: Figure
    pairs: tuple[tuple[Pair, Pair], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Convention:
    """How changes are printed: in what, with which sign for a rise, and between which of the polls before them."""

    kind: str
    sign: int
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadChanges:
    """How the changes of a table are computed, how many there are, and which of them are not."""

    convention: Convention
    number: int
    wrong: tuple[Change, ...]


def check_changes(
    grid: Grid, bases: Mapping[Figure, frozenset[int]], place: Place, mended: frozenset[str] = frozenset()
) -> Iterator[Finding]:
    """Yield the changes of a table that no convention explains under which most of them hold.

    mended names the figures that are known to be wrong: a change from one of them is right once that is mended.
    """
    read = read_changes(grid, bases)
    if read is None:
        return
    convention, wrong = read.convention, read.wrong
    for change in wrong:
        if any(f"{figure.name}: {figure.text}" in mended for figure in _figures(change)):
            continue
        finding = _finding(change, convention, bases, place)
        if finding is not None:
            yield finding


def read_changes(grid: Grid, bases: Mapping[Figure, frozenset[int]]) -> ReadChanges | None:
    """Return under which convention most changes of a table are right, None where under none they are."""
    changes = [*_changes(grid), *_changes(grid.turned())]
    if not changes:
        return None
    convention = _best(changes, bases)
    wrong = [each for each in changes if not _holds(each, convention, bases)]
    wrong = [each for each in wrong if not _holds_otherwise(each, convention, bases)]
    if 2 * len(wrong) > len(changes) > _FEW:
        return None
    return ReadChanges(convention=convention, number=len(changes), wrong=tuple(wrong))


def _changes(grid: Grid) -> Iterator[Change]:
    """Yield the changes in rows: each is between rows above it, up to the change before."""
    begin = 0
    for row, head in enumerate(grid.rows):
        if head.special() != "change":
            continue
        above: Sequence[int] = [at for at in range(begin, row) if grid.rows[at].special() in ("", "size", "total")]
        if not above:  # several changes side by side after all the polls
            above = [at for at in range(row) if grid.rows[at].special() in ("", "size", "total")]
        above = _of_same_name(grid, row, above)[-_MOST_LINES:]
        begin = row + 1
        for column in range(len(grid.columns)):
            pair = grid.cells.get((row, column))
            if pair is not None and pair.any is not None and grid.columns[column].special() != "change":
                between = [(grid.cells.get((one, column)), grid.cells.get((two, column))) for one, two in _two(above)]
                whole = tuple((one, two) for one, two in between if one is not None and two is not None)
                if whole:
                    yield Change(figure=pair.any, pairs=whole)


def _figures(change: Change) -> Iterator[Figure]:
    """Yield the figures that a change may be between."""
    for pair in (pair for two in change.pairs for pair in two):
        yield from (figure for figure in (pair.count, pair.share) if figure is not None)


def _two(lines: Sequence[int]) -> list[tuple[int, int]]:
    return sorted(combinations(lines, 2), key=lambda two: (-two[1], -two[0]))


def _of_same_name(grid: Grid, row: int, above: Sequence[int]) -> Sequence[int]:
    """Return those of the rows that are about what the change is about, where its head says that."""
    head = grid.rows[row]
    about = [at for at in above if grid.rows[at].own & head.own]
    return about if len(about) > 1 else above


def _best(changes: Sequence[Change], bases: Mapping[Figure, frozenset[int]]) -> Convention:
    most = max(len(change.pairs) for change in changes)
    several = [
        Convention(kind=kind, sign=sign, at=at)
        for at in range(most)
        for kind in (POINTS, NUMBER, RELATIVE)
        for sign in _signs(changes)
    ]
    return max(several, key=lambda each: sum(_holds(change, each, bases) for change in changes))


def _signs(changes: Sequence[Change]) -> tuple[int, ...]:
    """Both directions, and none at all where nothing was printed with a sign."""
    is_signed = any(change.figure.quantity.sign for change in changes)
    return (1, -1) if is_signed or len(changes) == 1 else (1, -1, 0)


def _holds(change: Change, convention: Convention, bases: Mapping[Figure, frozenset[int]]) -> bool:
    if convention.at >= len(change.pairs):
        return False
    exact = _exact(change, convention, bases)
    factor = convention.sign or 1
    quantity = replace(change.figure.quantity, leeway=_leeway(change, convention, bases))
    return any(fits(quantity, factor * each, ignores_sign=not convention.sign) for each in exact)


def _holds_otherwise(change: Change, convention: Convention, bases: Mapping[Figure, frozenset[int]]) -> bool:
    """Tell whether a change between mere counts, among others between shares, is one in number or in percent.

    One between mere shares, among others between counts, is one in points.
    """
    if convention.at >= len(change.pairs):
        return False
    if _are_mere_shares(change.pairs[convention.at]):
        return _holds(change, replace(convention, kind=POINTS), bases)
    if any(pair.share for pair in change.pairs[convention.at]):
        return False
    return any(_holds(change, replace(convention, kind=kind), bases) for kind in (NUMBER, RELATIVE))


def _are_mere_shares(pairs: Sequence[Pair]) -> bool:
    return all(pair.share is not None and pair.count is None for pair in pairs)


def _leeway(change: Change, convention: Convention, bases: Mapping[Figure, frozenset[int]]) -> Fraction:
    """Return how far rounding may move the difference of two printed shares, where nothing more exact is known."""
    one, two = change.pairs[convention.at]
    shares = [share for share in (one.share or one.decimal, two.share or two.decimal) if share]
    is_exact = bool(_shares(one, bases) and _shares(two, bases))
    if convention.kind != POINTS or is_exact:
        return Fraction(0)
    return sum((share.quantity.unit / 2 for share in shares), Fraction(0))


def _exact(change: Change, convention: Convention, bases: Mapping[Figure, frozenset[int]]) -> list[Fraction]:
    """Return what the change may be, second poll minus first, the best value first."""
    one, two = change.pairs[convention.at]
    if convention.kind == POINTS:
        unrounded = [after - before for before in _shares(one, bases) for after in _shares(two, bases)]
        shares = [two.share.value - one.share.value] if one.share and two.share else []
        decimals = [two.decimal.value - one.decimal.value] if one.decimal and two.decimal else []
        return [*unrounded, *shares, *decimals]
    if not (one.count and two.count):
        return []
    if convention.kind == NUMBER:
        return [two.count.value - one.count.value] if change.figure.quantity.kind == COUNT else []
    is_percent = change.figure.quantity.kind != COUNT and one.count.value
    return [100 * (two.count.value - one.count.value) / one.count.value] if is_percent else []


def _shares(pair: Pair, bases: Mapping[Figure, frozenset[int]]) -> list[Fraction]:
    if pair.count is None:
        return []
    return [100 * pair.count.value / base for base in sorted(bases.get(pair.count, ())) if base]


def _finding(
    change: Change, convention: Convention, bases: Mapping[Figure, frozenset[int]], place: Place
) -> Finding | None:
    used = convention if _exact(change, convention, bases) else replace(convention, kind=_kind(change, convention))
    exact = _exact(change, used, bases) if used.at < len(change.pairs) else []
    if not exact:
        return None
    value = exact[0] * (used.sign or 1)
    quantity = change.figure.quantity
    one, two = change.pairs[used.at]
    is_confirmed = all(_is_confirmed(pair, bases) for pair in (one, two))
    mended = as_printed(change.figure.text, quantity, value)
    return Finding(
        place=replace(place, line=change.figure.line),
        kind="change",
        subject=change.figure.name,
        published=change.figure.text,
        recomputed=plain(closer(quantity, value)),
        formula=plain(_formula(one, two, used, bases, closer(quantity, value))),
        repair=f"{change.figure.name}: {change.figure.text} → {mended}" if is_confirmed else "",
    )


def _kind(change: Change, convention: Convention) -> str:
    """Return in what a change is that the convention of the table does not cover: in percent between mere counts."""
    pairs = change.pairs[convention.at] if convention.at < len(change.pairs) else ()
    if change.figure.quantity.kind == COUNT and not (pairs and _are_mere_shares(pairs)):
        return NUMBER
    return POINTS if any(pair.share or pair.decimal for pair in pairs) else RELATIVE


def _is_confirmed(pair: Pair, bases: Mapping[Figure, frozenset[int]]) -> bool:
    """Tell whether a second figure vouches for the cell that a change was computed from."""
    if pair.count is None or pair.share is None:
        return False
    return any(fits(pair.share.quantity, share) for share in _shares(pair, bases))


def _formula(one: Pair, two: Pair, convention: Convention, bases: Mapping[Figure, frozenset[int]], shown: str) -> str:
    terms = [_term(pair, convention, bases) for pair in (one, two)]
    if convention.kind == RELATIVE and one.count and two.count:
        return f"({two.count.text} − {one.count.text}) / {one.count.text} = {shown}"
    after, before = (terms[0], terms[1]) if convention.sign < 0 else (terms[1], terms[0])
    return f"{after} − {before} = {shown}"


def _term(pair: Pair, convention: Convention, bases: Mapping[Figure, frozenset[int]]) -> str:
    if convention.kind == POINTS and pair.count and bases.get(pair.count):
        return f"{pair.count.text}/{min(bases[pair.count])}"
    figure = pair.any if convention.kind != POINTS else pair.share or pair.decimal
    return figure.text if figure else "?"
