"""Recompute the rows and columns of a table: totals, shares, rates of agreement and means."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from bot.analyze.audit_clause import text_of
from bot.analyze.audit_finding import Finding, Phrase, as_printed, fits, plain, printed
from bot.analyze.audit_grid import Grid
from bot.analyze.audit_pairs import repairs_of_two
from bot.analyze.audit_row import (
    AGREEMENT,
    MEAN,
    SHARE,
    TOTAL,
    Fault,
    Repair,
    Row,
    Rules,
    base_of,
    faults,
    repairs,
    row_of,
)
from bot.analyze.audit_rules import convention, top_of
from bot.analyze.audit_scale import inferred
from bot.analyze.audit_sizes import Size
from bot.analyze.audit_whole import Partition, Whole, partition
from bot.model import Place

_NEAR_MISS = 2
_MOST_SEARCHED = 30  # rows of a table that are searched for two changes at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A table that was understood: how it is cut, and how many people each poll in it had."""

    grid: Grid
    partition: Partition | None
    sizes: dict[tuple[str, ...], int]


def read_table(grid: Grid, stated: Sequence[Size]) -> Read:
    """Return how a table is to be computed."""
    found = partition(grid, [size.value for size in stated])
    return Read(grid=grid, partition=found, sizes=_sizes(found, stated) if found else {})


def check_wholes(
    read: Read, stated: Sequence[Size], used: frozenset[int], place: Place, *, is_thorough: bool = True
) -> Iterator[Finding]:
    """Yield what does not agree inside the wholes of a table; used are the sizes that some table confirms."""
    if read.partition is None:
        return
    groups: dict[tuple[str, ...], list[Whole]] = {}
    for whole in read.partition.wholes:
        groups.setdefault(whole.poll, []).append(whole)
    for key, wholes in groups.items():
        yield from _check_group(wholes, read.sizes.get(key), stated, place, _MOST_SEARCHED if is_thorough else 0)
        if key not in read.sizes and len(groups) == 1:
            yield from _check_statement(wholes, [size for size in stated if size.value not in used], place)


def _sizes(cut: Partition, stated: Sequence[Size]) -> dict[tuple[str, ...], int]:
    """Return the stated size of each group: one that at least half of its rows add up to."""
    found = {}
    for key in dict.fromkeys(whole.poll for whole in cut.wholes):
        sums = [sum(whole.counts) for whole in cut.wholes if whole.poll == key and whole.counts]
        matching = [size.value for size in stated if 2 * sums.count(size.value) >= max(len(sums), 1)]
        if matching:
            found[key] = max(matching, key=sums.count)
    return found


def _check_group(
    wholes: Sequence[Whole], size: int | None, stated: Sequence[Size], place: Place, searches: int
) -> Iterator[Finding]:
    rows = [(whole, row) for whole in wholes if (row := row_of(whole)) is not None]
    if not rows:
        return
    possible = _stated_bases([row for _, row in rows], stated) | _common(rows)
    rules = [rules_of(whole, row, size if whole.base is None else whole.base, possible) for whole, row in rows]
    rules = _scaled([row for _, row in rows], rules)
    over = convention([(row, each) for (_, row), each in zip(rows, rules, strict=True)])
    source = next((each for each in stated if each.value == size), None)
    for (whole, row), each in zip(rows, rules, strict=True):
        used = replace(each, agreement_over=over)
        told = source if whole.base is None else None
        found = list(_check_row(whole, row, used, told, place, is_thorough=searches > 0))
        searches -= bool(found)
        yield from found


def _scaled(rows: Sequence[Row], rules: Sequence[Rules]) -> list[Rules]:
    """Return rules with the steps and the answers of agreement that the means and rates themselves show."""
    both = list(zip(rows, rules, strict=True))
    weights = () if any(each.weights for each in rules) else inferred(both)
    scaled = [replace(each, weights=weights) if weights else each for each in rules]
    top = frozenset() if any(each.top for each in rules) else top_of(list(zip(rows, scaled, strict=True)))
    return [replace(each, top=top) if top else each for each in scaled]


def base_of_whole(whole: Whole, read: Read) -> int:
    """Return how many people the shares of a whole are shares of, nought where that is not known."""
    row = row_of(whole)
    return base_of(row, Rules(size=read.sizes.get(whole.poll))) if row is not None else 0


def _common(rows: Sequence[tuple[Whole, Row]]) -> frozenset[int]:
    """Return the sum that most rows share, nothing where no two of them do."""
    (value, times), *_ = Counter(sum(row.counts) for _, row in rows).most_common(1)
    return frozenset({value} if times > 1 and 2 * times > len(rows) else ())


def _stated_bases(rows: Sequence[Row], stated: Sequence[Size]) -> frozenset[int]:
    """Return the sizes stated around a table that at least half of its shares are shares of."""
    shares = [(share, count) for row in rows for share, count in zip(row.shares, row.counts, strict=True) if share]
    values = dict.fromkeys(size.value for size in stated)
    right = {value: sum(fits(share, Fraction(100 * count, value)) for share, count in shares) for value in values}
    return frozenset(value for value in values if shares and 2 * right[value] >= len(shares))


def rules_of(whole: Whole, row: Row, size: int | None, possible: frozenset[int]) -> Rules:
    """Return how a row is computed, by what its heads say."""
    heads = [entry.head for entry in whole.entries]
    weights = tuple(None if "unsure" in head.roles else head.scale for head in heads)
    scale = [weight for weight in weights if weight is not None]
    is_scale = len(set(scale)) == len(scale) > 1
    top = {at for at, head in enumerate(heads) if "agree" in head.roles}
    if not top and is_scale:
        middle = (min(scale) + max(scale)) / 2
        top = {at for at, weight in enumerate(weights) if weight is not None and weight > middle}
    return Rules(
        size=size if row.total is None else None,
        known_sum=size if size == sum(row.counts) else None,
        bases=possible,
        weights=weights if is_scale else (),
        top=frozenset(top),
        unsure=frozenset(at for at, head in enumerate(heads) if "unsure" in head.roles),
        left_out=frozenset(at for at, head in enumerate(heads) if "invalid" in head.roles),
    )


def _check_row(
    whole: Whole, row: Row, rules: Rules, source: Size | None, place: Place, *, is_thorough: bool
) -> Iterator[Finding]:
    yield from _total_share(whole, place)
    found = faults(row, rules)
    if not found or _is_several_choice(row, found):
        return
    possible = repairs(row, rules)
    if len(possible) == 1 and possible[0].what == "count" and rules.size is None and row.total is None:
        found = _about(row, rules, possible[0]) or found
    mending = dict.fromkeys(found, possible[0]) if len(possible) == 1 else {}
    if not possible and len(found) > 1 and is_thorough:
        mending = dict(repairs_of_two(row, rules, found))
    for fault in found:
        repair = _repair_text(whole, mending[fault]) if fault in mending else ""
        yield _finding(whole, fault, source, repair, place)


def _total_share(whole: Whole, place: Place) -> Iterator[Finding]:
    """Yield the share of a total that is neither all nor the sum of the shares as printed."""
    figure = whole.total_share
    shares = [share.value for share in whole.shares]
    if figure is None or len(shares) < len(whole.entries):
        return
    added = sum(shares, Fraction(0))
    if abs(figure.value - 100) <= 1 or abs(figure.value - added) <= max(figure.quantity.unit, Fraction(1)):
        return
    yield Finding(
        place=replace(place, line=figure.line),
        kind=SHARE,
        subject=figure.name,
        published=figure.text,
        recomputed=plain("100%"),
        formula=plain(f"{' + '.join(share.text for share in whole.shares)} = {printed(added, 0)}%"),
        repair=f"{figure.name}: {figure.text} → 100%" if abs(added - 100) <= len(shares) else "",
    )


def _is_several_choice(row: Row, found: Sequence[Fault]) -> bool:
    """Tell whether people could choose several answers: every share fits, and together they exceed the whole."""
    shares = [share.value for share in row.shares if share]
    is_all = bool(shares) and len(shares) == len(row.shares)
    return is_all and sum(shares) > 100 + len(shares) and {fault.kind for fault in found} == {TOTAL}


def _about(row: Row, rules: Rules, repair: Repair) -> list[Fault]:
    """Return the faults on the base that the row would have once it is mended: those of the wrong count itself."""
    mended = sum(row.counts) - row.counts[repair.at] + int(repair.value)
    return [fault for fault in faults(row, replace(rules, bases=frozenset({mended}))) if fault.kind != TOTAL]


def _repair_text(whole: Whole, repair: Repair) -> str:
    entry = whole.entries[repair.at] if repair.at >= 0 else None
    figure = {AGREEMENT: whole.agreement, MEAN: whole.mean, TOTAL: whole.total}.get(repair.what)
    if entry is not None:
        figure = entry.pair.share if repair.what == SHARE else entry.pair.count
    if figure is None:
        return ""
    return f"{figure.name}: {figure.text} → {as_printed(figure.text, figure.quantity, repair.value)}"


def _finding(whole: Whole, fault: Fault, source: Size | None, repair: str, place: Place) -> Finding:
    entry = whole.entries[fault.at] if fault.at >= 0 else None
    special = {AGREEMENT: whole.agreement, MEAN: whole.mean, TOTAL: whole.total}.get(fault.kind)
    line = special.line if special else whole.line
    published = special.text if special else fault.published
    subject = ", ".join(part for part in (whole.head.name, *whole.group) if part)
    if fault.kind == TOTAL and whole.total is not None:
        subject = whole.total.name
    if entry is not None and entry.pair.share is not None:
        line, subject = entry.pair.share.line, entry.pair.share.name
        published = entry.pair.share.text
    formula = plain(fault.formula)
    if fault.kind == TOTAL and whole.total is None and source is not None:
        formula = Phrase(key="audit-formula-stated", details=(fault.formula, str(source.value), str(source.line)))
    return Finding(
        place=replace(place, line=line),
        kind=fault.kind,
        subject=subject,
        published=published,
        recomputed=plain(fault.recomputed),
        formula=formula,
        repair=repair,
    )


def _check_statement(wholes: Sequence[Whole], stated: Sequence[Size], place: Place) -> Iterator[Finding]:
    """Yield the statement of how many answered where all rows agree on another number."""
    rows = [(whole, row) for whole in wholes if (row := row_of(whole)) is not None]
    sums = {sum(row.counts) for _, row in rows}
    answers = list({size.value: size for size in stated if size.is_answer}.values())
    if len(sums) != 1 or len(answers) != 1:
        return
    counted, size = sums.pop(), answers[0]
    is_near = abs(counted - size.value) <= max(_NEAR_MISS, counted // 20)
    if any(row.total for _, row in rows) and not (is_near and len(rows) > 1):
        return
    is_sure = len(rows) > 1 or _is_exclusive(rows[0])
    is_complete = len(rows) > 1 or _sums_up(rows[0][1]) or _has_unanswered(rows[0][0])
    if not is_sure or counted == size.value or (counted < size.value and not is_complete):
        return
    if any(figure.value == counted for figure in size.sentence.figures):
        return  # "of 1,250 voters 475 cast a ballot"
    counts = rows[0][1].counts
    formula = f"{' + '.join(map(str, counts))} = {counted}"
    yield Finding(
        place=replace(place, line=size.line),
        kind=TOTAL,
        subject="",
        published=text_of(size.sentence, size.figure),
        recomputed=plain(str(counted)),
        formula=Phrase(key="audit-formula-table", details=(formula, str(rows[0][0].line))),
        repair=_restated(size, counted) if len(rows) > 1 else "",
    )


def _restated(size: Size, counted: int) -> str:
    text = text_of(size.sentence, size.figure)
    return f"{text} → {as_printed(text, size.figure, Fraction(counted))}"


def _has_unanswered(whole: Whole) -> bool:
    """Tell whether a row of its own counts those who gave no answer, so that nobody is left out."""
    return any("unanswered" in entry.head.roles for entry in whole.entries)


def _is_exclusive(row: tuple[Whole, Row]) -> bool:
    whole, bare = row
    return any("exclusive" in entry.head.roles for entry in whole.entries) or _sums_up(bare)


def _sums_up(row: Row) -> bool:
    shares = [share.value for share in row.shares if share]
    return len(shares) == len(row.shares) and abs(sum(shares, Fraction(0)) - 100) <= len(shares)
