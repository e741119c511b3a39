"""Find which counts of a table make up a whole: the answers of a row, of a column, or of each poll in one."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from bot.analyze.audit_finding import Figure, fits
from bot.analyze.audit_grid import Grid, Head, Pair

Key = tuple[str, ...]
_CONFIRMED = Fraction(1, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One answer of a whole under its head."""

    head: Head
    pair: Pair


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """Answers that together are everybody's: head names what was answered, group the answers that were put together.

    poll is the same for all that the same people answered.
    """

    head: Head
    group: Key
    poll: Key
    entries: tuple[Entry, ...]
    total: Figure | None = None
    total_share: Figure | None = None
    agreement: Figure | None = None
    mean: Figure | None = None

    @property
    def line(self) -> int:
        """Return the line that the whole begins on."""
        return self.entries[0].pair.line

    @property
    def counts(self) -> list[int] | None:
        """Return the counts in order, None where one of them is not known."""
        counts = [int(entry.pair.count.value) for entry in self.entries if entry.pair.count]
        return counts if len(counts) == len(self.entries) and min(counts, default=0) >= 0 else None

    @property
    def base(self) -> int | None:
        """Return the number of people that every one of its cells names, as in "27 of 55", None where they do not."""
        bases = {int(entry.pair.base.value) if entry.pair.base else None for entry in self.entries}
        return bases.pop() if len(bases) == 1 else None

    @property
    def shares(self) -> list[Figure]:
        """Return the shares that stand beside counts."""
        return [entry.pair.share for entry in self.entries if entry.pair.share and entry.pair.count]


@dataclass(frozen=True, slots=True, kw_only=True)
class Partition:
    """A table cut into wholes; across tells that each whole runs along a row of the grid."""

    grid: Grid
    wholes: tuple[Whole, ...]
    score: Fraction


def partition(grid: Grid, sizes: Iterable[int]) -> Partition | None:
    """Return the way of cutting a table into wholes that its own figures confirm best, None where none does."""
    if any(pair.mark and pair.is_empty for pair in grid.cells.values()):
        return None  # a table of ticks; its numbers count them
    known = frozenset(sizes)
    found = []
    for each in (grid, grid.turned()):
        for group in _groupings(each):
            wholes = _wholes(each, group)
            score = _score(wholes, known)
            found.append(Partition(grid=each, wholes=tuple(wholes), score=score))
    best = max(found, key=lambda each: each.score, default=None)
    return best if best is not None and best.score >= _CONFIRMED else None


def entries_of(heads: Sequence[Head], grid: Grid) -> list[int]:
    """Return the columns that are answers: not totals, means and the like, and counts or shares."""
    plain = [number for number, head in enumerate(heads) if not head.special() and grid.column(number)]
    sizes = [number for number, head in enumerate(heads) if head.special() == "size" and grid.column(number)]
    return plain if len(plain) > 1 else sorted([*plain, *sizes])


def _groupings(grid: Grid) -> list[Callable[[Head], Key]]:
    depth = max((len(head.labels) for head in grid.columns), default=0)
    together: list[Callable[[Head], Key]] = [lambda _: ()]
    if depth < 2:
        return together
    return [*together, lambda head: head.names[-1:], lambda head: head.names[:1]]


def _wholes(grid: Grid, group: Callable[[Head], Key]) -> list[Whole]:
    columns = entries_of(grid.columns, grid)
    keys = list(dict.fromkeys(group(grid.columns[number]) for number in columns))
    found = []
    for row, head in enumerate(grid.rows):
        if head.special() in ("", "total", "size"):
            for key in keys:
                members = [number for number in columns if group(grid.columns[number]) == key]
                whole = _whole(grid, row, key, members, is_only=len(keys) == 1)
                if whole is not None:
                    found.append(whole)
    return found


def _whole(grid: Grid, row: int, key: Key, members: Sequence[int], *, is_only: bool) -> Whole | None:
    entries = [_entry(grid, row, number) for number in members]
    filled = [entry for entry in entries if entry is not None and not entry.pair.is_empty]
    if len(filled) < 2 or any(entry is None or entry.pair.is_unknown for entry in entries):
        return None  # an empty cell is a nought, one that is not there is nothing to count with
    special = _specials(grid, row, key, is_only=is_only)
    return Whole(
        head=grid.rows[row],
        group=key,
        poll=(*key, *grid.rows[row].wave),
        entries=tuple(filled),
        total=special.get("total") or special.get("size"),
        total_share=special.get("share"),
        agreement=special.get("agreement"),
        mean=special.get("mean"),
    )


def _entry(grid: Grid, row: int, column: int) -> Entry | None:
    pair = grid.cells.get((row, column))
    return None if pair is None else Entry(head=grid.columns[column], pair=pair)


def _specials(grid: Grid, row: int, key: Key, *, is_only: bool) -> dict[str, Figure]:
    found: dict[str, Figure] = {}
    for number, head in enumerate(grid.columns):
        pair = grid.cells.get((row, number))
        if pair is None or not head.special() or not (is_only or set(key) & set(head.names)):
            continue
        if head.special() not in ("total", "size") and _is_of_another_poll(head, grid):
            continue
        figure = pair.count if head.special() in ("total", "size") else (pair.decimal or pair.share or pair.count)
        if figure is not None:
            found.setdefault(head.special(), figure)
        if head.special() == "total" and pair.share is not None:
            found.setdefault("share", pair.share)
    return found


def _is_of_another_poll(head: Head, grid: Grid) -> bool:
    """Tell whether a rate or mean is that of a poll whose answers do not stand here: "agreement in 2022"."""
    plain = [other for other in grid.columns if not other.special()]
    return bool(head.wavelike) and not any(other.wavelike == head.wavelike for other in plain)


def _score(wholes: Sequence[Whole], sizes: frozenset[int]) -> Fraction:
    """Return how much of a table the wholes explain, from 0 to 1; rows of totals count least."""
    counted = [whole for whole in wholes if whole.counts]
    shared = [whole for whole in counted if whole.shares]
    if shared:
        return sum((_confirmed(whole, sizes) for whole in shared), Fraction(0)) / len(shared)
    if any(whole.agreement or whole.mean for whole in counted):
        return _CONFIRMED  # such a column says what the row before it is
    totalled = [whole for whole in counted if (whole.total or sizes) and not _is_trivial(whole)]
    agreeing = sum(sum(whole.counts or ()) in _bases(whole, sizes) for whole in totalled)
    if 2 * agreeing >= max(len(totalled), 1):
        return Fraction(agreeing, len(totalled))
    if not counted:
        return Fraction(0)
    sums = {sum(whole.counts or ()) for whole in counted}
    is_sure = len(counted) > 1 or any("exclusive" in entry.head.roles for entry in counted[0].entries)
    is_steady = len(sums) == 1 and is_sure and not any(whole.total for whole in counted)
    return _CONFIRMED if is_steady and sizes else Fraction(0)


def _is_trivial(whole: Whole) -> bool:
    """Tell whether a row has one answer and noughts: that it is equal to its neighbour says nothing."""
    counts = whole.counts or []
    return sum(count > 0 for count in counts) < 2 and whole.total is not None and sum(counts) == whole.total.value


def _bases(whole: Whole, sizes: frozenset[int]) -> set[int]:
    return {int(whole.total.value)} if whole.total else set(sizes)


def _confirmed(whole: Whole, sizes: frozenset[int]) -> Fraction:
    """Return the part of the shares of a whole that its counts confirm, on the base that confirms most."""
    counts = whole.counts or []
    near = {size for size in sizes if abs(size - sum(counts)) <= max(2, size // 10)}
    bases = {sum(counts), *near, *(_bases(whole, frozenset()) if whole.total else ())}
    best = max((_fitting(whole, base) for base in bases if base), default=0)
    is_whole = abs(sum((share.value for share in whole.shares), Fraction(0)) - 100) <= len(whole.entries)
    if best < len(whole.shares) and is_whole and len(whole.shares) == len(whole.entries):
        best = max(best, len(whole.shares) - 1 if _is_one_off(whole) else 0)
    return Fraction(best, len(whole.shares))


def _fitting(whole: Whole, base: int) -> int:
    pairs = [entry.pair for entry in whole.entries if entry.pair.count and entry.pair.share]
    return sum(share_fits(pair, base) for pair in pairs)


def share_fits(pair: Pair, base: int) -> bool:
    """Tell whether the share of a cell is that of its count among so many."""
    if pair.count is None or pair.share is None or not base:
        return True
    return fits(pair.share.quantity, 100 * pair.count.value / base)


def _is_one_off(whole: Whole) -> bool:
    """Tell whether another value of one count would make all the shares fit."""
    counts = whole.counts or []
    for at, share in enumerate(whole.shares):
        rest = sum(counts) - counts[at]
        if share.value >= 100 or not rest:
            continue
        wanted = round(share.value * rest / (100 - share.value))
        for value in range(max(0, wanted - 1), wanted + 2):
            changed = [*counts[:at], value, *counts[at + 1 :]]
            exact = [Fraction(100 * count, rest + value) for count in changed if rest + value]
            if all(fits(one.quantity, each) for one, each in zip(whole.shares, exact, strict=True)):
                return True
    return False
