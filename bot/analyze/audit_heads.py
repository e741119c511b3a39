"""Tell from a whole table what one head alone does not say: which heads are polls, and which are totals."""

from collections.abc import Sequence
from dataclasses import replace

from bot.analyze.audit_grid import Grid, Head, Words

_ENOUGH = 2
_LEAST_SUM = 10
_ANSWERS = {"exclusive", "agree", "disagree", "unsure", "unanswered"}  # what no total is called
_OFF = 8  # a wrong total is no further off than an eighth


def with_waves(heads: Sequence[Head]) -> list[Head]:
    """Return heads; those that sound like one poll of several are that where others say the same of another poll."""
    heads = _with_answer(heads)
    likely: dict[Words, list[Head]] = {}
    for head in heads:
        if head.wavelike and not head.wave:
            likely.setdefault(head.wavelike, []).append(head)
    if len(likely) < _ENOUGH or not _are_alike(likely):
        return list(heads)
    return [_as_wave(head) if head.wavelike and not head.wave else head for head in heads]


def _with_answer(heads: Sequence[Head]) -> list[Head]:
    """Return heads; a word for a poll is an answer where no other head is a poll: "voor" beside "tegen"."""
    polls = [head for head in heads if head.wave]
    answers = sum(bool(head.roles & _ANSWERS) and not head.special() for head in heads)
    if len(polls) != 1 or answers < _ENOUGH or not polls[0].roles & _ANSWERS:
        return list(heads)
    return [replace(head, wave=()) if head is polls[0] else head for head in heads]


def _are_alike(likely: dict[Words, list[Head]]) -> bool:
    """Tell whether the same answers stand under each, or the names are the same but for the poll."""
    inner = [{_inner(head) for head in heads} for heads in likely.values()]
    rests = [{head.rest for head in heads} for heads in likely.values()]
    has_inner = all(len(each) > 1 or any(each) for each in inner)
    return all(each == inner[0] for each in inner) and (has_inner or all(each == rests[0] for each in rests))


def _inner(head: Head) -> tuple[Words, ...]:
    return tuple(label for label in head.labels if label != head.beside)


def _as_wave(head: Head) -> Head:
    """Return the head of a poll; what else its label says stays as its label."""
    if head.wavelike == head.beside:
        return replace(head, wave=head.wavelike)
    labels = tuple(head.rest if label == head.beside and head.rest else label for label in head.labels)
    return replace(head, wave=head.wavelike, labels=labels)


def with_ranks(grid: Grid) -> Grid:
    """Return a table in which only those lines are ranks whose figures can be that: a "place" may be a town."""
    return _with_rank_columns(_with_rank_columns(grid).turned()).turned()


def _with_rank_columns(grid: Grid) -> Grid:
    heads = [
        replace(head, roles=head.roles - {"rank"}) if "rank" in head.roles and not _are_ranks(grid, at) else head
        for at, head in enumerate(grid.columns)
    ]
    return replace(grid, columns=tuple(heads))


def _are_ranks(grid: Grid, at: int) -> bool:
    """Tell whether no figure of a column is higher than there are things to rank."""
    counts = [pair.count.value if pair.count else 0 for pair in grid.column(at) if not pair.is_empty]
    return all(1 <= each <= len(counts) + 1 for each in counts)


def with_totals(grid: Grid) -> Grid:
    """Return a table in which the rows and columns are totals that add up the others, whatever they are called."""
    return _with_total_rows(_with_total_rows(grid).turned()).turned()


def _with_total_rows(grid: Grid) -> Grid:
    plain = [at for at, head in enumerate(grid.rows) if not head.special()]
    if any(head.special() == "total" for head in grid.rows) or len(plain) <= _ENOUGH:
        return grid
    for at in {plain[0], plain[-1]}:
        if not grid.rows[at].roles & _ANSWERS and _adds_up(grid, at, [each for each in plain if each != at]):
            head = grid.rows[at]
            total = replace(head, roles=head.roles | {"total"})
            return replace(grid, rows=(*grid.rows[:at], total, *grid.rows[at + 1 :]))
    return grid


def _adds_up(grid: Grid, at: int, others: Sequence[int]) -> bool:
    """Tell whether a row is the sum of others: in one column where its name says so, else in two and in most."""
    right = near = wrong = 0
    for number, column in enumerate(grid.columns):
        cell = grid.cells.get((at, number))
        if cell is None or cell.count is None or column.special() not in ("", "total", "size"):
            continue
        parts = [pair.count.value for each in others if (pair := grid.cells.get((each, number))) and pair.count]
        is_sum = sum(parts) == cell.count.value and cell.count.value >= _LEAST_SUM
        is_right = is_sum and sum(part > 0 for part in parts) >= _ENOUGH
        right, wrong = right + is_right, wrong + (not is_right)
        near += len(parts) >= _ENOUGH and abs(sum(parts) - cell.count.value) <= sum(parts) / _OFF
    if "sumlike" in grid.rows[at].roles:
        return near >= 1 and near >= wrong + right - near
    return right >= _ENOUGH and right > 2 * wrong
