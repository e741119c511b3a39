"""Put a published table into a grid: tell heads from figures, and counts from shares."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from bot.analyze.audit_finding import Figure
from bot.analyze.audit_grid import Grid, Head, Pair, Words
from bot.analyze.audit_heads import with_ranks, with_totals, with_waves
from bot.analyze.audit_merge import with_shares
from bot.parse.published import PublishedTable
from bot.parse.published_cell import PublishedCell
from bot.parse.quantity import COUNT, DECIMAL, PERCENT, POINTS, Quantity

_ANSWERS = {"exclusive", "agree", "disagree", "unsure", "unanswered"}


def grid_of(table: PublishedTable) -> Grid | None:
    """Return the grid of a table, None where it has no body or no figures."""
    heads = _head_rows(table.rows)
    body = table.rows[heads:]
    if not body:
        return None
    labels = _label_columns(body, table.rows[:heads])
    above = [row for row in table.rows[:heads] if not _spans_all(row)]
    columns = [_column_head(above, at, table.line) for at in range(labels, len(table.rows[0]))]
    rows = list(_row_heads(body, labels))
    cells = {
        (number, at - labels): _pair(cell, row_head, columns[at - labels])
        for number, (row_head, row) in enumerate(rows)
        for at, cell in enumerate(row)
        if at >= labels
    }
    kept = {at: pair for at, pair in cells.items() if not pair.is_empty or pair.is_unknown or pair.mark is not None}
    grid = Grid(
        section=table.section,
        line=table.line,
        rows=tuple(with_waves([head for head, _ in rows])),
        columns=tuple(_without_lone_sizes(with_waves(columns))),
        cells=kept,
        corner=_corner(above),
    )
    merged = with_totals(_with_one_count(with_shares(with_shares(with_ranks(grid)).turned()).turned()))
    return merged if any(not pair.is_empty for pair in merged.cells.values()) else None


def _corner(above: Sequence[Sequence[PublishedCell]]) -> Words:
    """Return what the head of the first column says: the name of what stands in the rows."""
    return next((row[0].words for row in reversed(above) if row[0].text), ())


def _head_rows(rows: Sequence[Sequence[PublishedCell]]) -> int:
    number = 0
    while number < len(rows) - 1 and _is_head_row(rows, number):
        number += 1
    return number


def _is_head_row(rows: Sequence[Sequence[PublishedCell]], number: int) -> bool:
    row = rows[number]
    if _spans_all(row):
        return number == 0  # a title; further down it names the rows below it
    filled = [cell for cell in row if cell.text]
    if number > 0 and _is_counted(filled):
        return False  # a row of totals, say, whose cells are all set as heads
    if all(cell.is_header for cell in filled) and (number == 0 or len(filled) > 1):
        return bool(filled)
    has_figures = any(cell.is_figure or cell.mark for cell in row[1:])
    follows_spanning = number > 0 and any(cell.is_copy for cell in rows[number - 1])
    return not has_figures and len(filled) > 1 and (number == 0 or follows_spanning)


def _is_counted(filled: Sequence[PublishedCell]) -> bool:
    """Tell whether most cells behind the first are figures, and no years or steps of a scale."""
    figures = [cell.figures[0] for cell in filled[1:] if cell.is_figure]
    named = [each for each in figures if each.kind == COUNT and (each.value <= 10 or 1900 <= each.value < 2100)]
    return 2 * len(figures) >= max(len(filled) - 1, 2) and len(named) < len(figures)


def _spans_all(row: Sequence[PublishedCell]) -> bool:
    first = row[0]
    return len(row) > 2 and bool(first.text) and all(cell.is_copy and cell.text == first.text for cell in row[1:])


def _label_columns(body: Sequence[Sequence[PublishedCell]], above: Sequence[Sequence[PublishedCell]]) -> int:
    width = len(body[0])
    if above and above[-1][0].roles & _ANSWERS and all(row[0].is_figure for row in body):
        return 0  # the rows have no names: there is but one
    number = 1
    while number < width - 1 and _is_text(body, number):
        number += 1
    return number


def _is_text(body: Sequence[Sequence[PublishedCell]], number: int) -> bool:
    column = [row[number] for row in body]
    text = sum(bool(cell.text) and not cell.is_figure and cell.mark is None for cell in column)
    others = sum(cell.is_figure or cell.mark is True for cell in column)
    return text > others


def _column_head(rows: Sequence[Sequence[PublishedCell]], at: int, line: int) -> Head:
    return _head([row[at] for row in rows], line)


def _without_lone_sizes(heads: Sequence[Head]) -> Iterator[Head]:
    """Yield heads; an "n" that is the only count under a label of its own is that label's count, and no size."""
    for head in heads:
        outer = head.labels[:-1]
        beside = [
            each for each in heads if each.labels[:-1] == outer and each.own - {word for one in outer for word in one}
        ]
        is_lone = bool(outer) and "size" in head.roles and not [each for each in beside if each is not head]
        yield replace(head, roles=head.roles - {"size"}) if is_lone else head


def _with_one_count(grid: Grid) -> Grid:
    """Return a table whose only count is no size of something else, whatever it is called: "People"."""
    counted = [at for at, head in enumerate(grid.columns) if any(pair.count for pair in grid.column(at))]
    if len(counted) != 1 or grid.columns[counted[0]].special() != "size":
        return grid
    head = grid.columns[counted[0]]
    lone = replace(head, roles=head.roles - {"size"})
    return replace(grid, columns=(*grid.columns[: counted[0]], lone, *grid.columns[counted[0] + 1 :]))


def _head(cells: Sequence[PublishedCell], line: int) -> Head:
    """Put the labels of a row or column together; the roles are those of the innermost, shares of any."""
    filled: list[PublishedCell] = []
    for cell in cells:
        if cell.text and (not filled or cell.text != filled[-1].text):
            filled.append(cell)
    roles = set(filled[-1].roles) if filled else set()
    roles |= {role for cell in filled for role in cell.roles if role in ("share", "change", "mean", "rate")}
    scale = next((_scale(cell) for cell in reversed(filled) if not cell.roles & {"generic", "wave"}), None)
    if scale is not None:
        roles.discard("agreement")  # a step of a scale is an answer: "Accord (3)"
    return Head(
        names=tuple(cell.name for cell in filled),
        labels=tuple(cell.words for cell in filled),
        kinds=tuple(cell.roles for cell in filled),
        roles=frozenset(roles),
        line=next((cell.line for cell in reversed(filled) if not cell.is_copy), cells[-1].line if cells else line),
        scale=scale,
        wave=next((cell.words for cell in reversed(filled) if "wave" in cell.roles), ()),
        wavelike=next((cell.poll for cell in filled if cell.poll), ()),
        rest=next((cell.rest for cell in filled if cell.poll), ()),
        beside=next((cell.words for cell in filled if cell.poll), ()),
        own=frozenset(word for cell in filled if "generic" not in cell.roles for word in cell.words),
    )


def _scale(cell: PublishedCell) -> Fraction | None:
    """Return the number of a step that stands in its label, as in "Agree (3)", "3 = agree" or "3"."""
    counts = [each for each in cell.figures if each.kind == COUNT and not each.sign]
    if len(counts) != 1 or len(cell.figures) != 1 or counts[0].value > 10:
        return None
    before, after = cell.text[: counts[0].start].rstrip(), cell.text[counts[0].end :].lstrip()
    is_set_apart = before[-1:] in (*"(=:[–-",) or (not before and after[:1] in (*"=:–-.)",))
    return counts[0].value if is_set_apart or cell.is_figure else None


def _row_heads(
    body: Sequence[Sequence[PublishedCell]], labels: int
) -> Iterator[tuple[Head, Sequence[PublishedCell]]]:
    """Yield rows with their heads; a row across the whole table names those below it."""
    above: list[PublishedCell] = []
    for row in body:
        first = row[0]
        if _spans_all(row):
            above = [first]
            continue
        line = next((cell.line for cell in row[labels:] if not cell.is_copy), first.line)
        yield replace(_head([*above, *row[:labels]], first.line), line=line), row


def _pair(cell: PublishedCell, row: Head, column: Head) -> Pair:
    empty = Pair(line=cell.line, is_unknown=cell.is_unknown, mark=cell.mark)
    if not cell.is_figure or cell.is_unknown:
        return empty
    is_share = "share" in (*column.roles, *row.roles) and len(cell.figures) == 1
    name = ", ".join(part for part in (row.name, column.name) if part)
    found: dict[str, Figure] = {}
    for each in cell.figures:
        kind = PERCENT if is_share and each.kind in (COUNT, DECIMAL) else each.kind
        slot = _slot(kind, found)
        if slot in found:
            return replace(empty, is_unknown=True)
        text = cell.text[each.start : each.end]
        found[slot] = Figure(quantity=_as(each, kind), text=text, line=cell.line, name=name)
    count, base = found.get("count"), found.get("base")
    if count is not None and base is not None and base.value < count.value:
        count, base = base, count  # "56中的40": where the whole comes first
    return replace(
        empty,
        count=count,
        share=found.get("share"),
        decimal=found.get("decimal"),
        base=base,
        mark=None if len(found) > 1 else cell.mark,
    )


def _slot(kind: str, found: Mapping[str, Figure]) -> str:
    if kind == COUNT:
        return "base" if "count" in found else "count"
    return "share" if kind in (PERCENT, POINTS) else "decimal"


def _as(quantity: Quantity, kind: str) -> Quantity:
    return quantity if quantity.kind == kind else replace(quantity, kind=kind)
