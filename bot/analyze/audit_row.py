"""Recompute one whole: its total, its shares, its agreement and its mean, and search the one change that mends it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from bot.analyze.audit_finding import closer, fits, like, rounded
from bot.analyze.audit_whole import Whole
from bot.parse.quantity import Quantity

TOTAL, SHARE, AGREEMENT, MEAN = "total", "share", "agreement", "mean"
ALL, WITHOUT_UNSURE, STATED = "all", "without-unsure", "stated"
_MOST_TERMS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How a table computes: who is stated to have answered, other bases, steps, which of them agree, over what.

    known_sum is what the counts add up to where the page says the same in prose; left_out are answers that do not
    count, which a total may leave out.
    """

    size: int | None = None
    known_sum: int | None = None
    bases: frozenset[int] = frozenset()
    weights: tuple[Fraction | None, ...] = ()
    top: frozenset[int] = frozenset()
    unsure: frozenset[int] = frozenset()
    left_out: frozenset[int] = frozenset()
    agreement_over: str = ALL


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The bare figures of a whole."""

    counts: tuple[int, ...]
    shares: tuple[Quantity | None, ...]
    total: Quantity | None = None
    agreement: Quantity | None = None
    mean: Quantity | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One figure of a row that does not follow from the others; at is the number of the answer, for a share."""

    kind: str
    published: str
    exact: Fraction
    recomputed: str
    formula: str
    at: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """One figure and what it would have to be; what is count, share, total, agreement or mean."""

    what: str
    at: int
    value: Fraction


def row_of(whole: Whole) -> Row | None:
    """Return the bare figures of a whole, None where not all its counts are known."""
    counts = whole.counts
    if counts is None:
        return None
    return Row(
        counts=tuple(counts),
        shares=tuple(entry.pair.share.quantity if entry.pair.share else None for entry in whole.entries),
        total=whole.total.quantity if whole.total else None,
        agreement=whole.agreement.quantity if whole.agreement else None,
        mean=whole.mean.quantity if whole.mean else None,
    )


def faults(row: Row, rules: Rules) -> list[Fault]:
    """Return what does not agree in a row."""
    found = [*_total_fault(row, rules), *_share_faults(row, rules)]
    for fault in (_agreement_fault(row, rules), _mean_fault(row, rules)):
        found += [fault] if fault else []
    return found


def _target(row: Row, rules: Rules) -> int | None:
    return int(row.total.value) if row.total else rules.size


def _total_fault(row: Row, rules: Rules) -> list[Fault]:
    target, counted = _target(row, rules), sum(row.counts)
    if target is None or target in (counted, _valid(row, rules)):
        return []
    formula = f"{_terms([str(count) for count in row.counts])} = {counted}"
    exact = Fraction(counted)
    return [Fault(kind=TOTAL, published=str(target), exact=exact, recomputed=str(counted), formula=formula)]


def _valid(row: Row, rules: Rules) -> int:
    return sum(row.counts) - sum(row.counts[at] for at in rules.left_out)


def base_of(row: Row, rules: Rules) -> int:
    """Return the number of people that most shares of a row are shares of."""
    target = _target(row, rules)
    bases = list(
        dict.fromkeys(
            [*([] if target is None else [target]), sum(row.counts), _valid(row, rules), *sorted(rules.bases)]
        )
    )
    return max((base for base in bases if base > 0), key=lambda base: _fitting(row, base), default=0)


def _fitting(row: Row, base: int) -> int:
    return sum(_share_fits(row, at, base) for at in range(len(row.counts)))


def _share_fits(row: Row, at: int, base: int) -> bool:
    share = row.shares[at]
    return share is None or fits(share, Fraction(100 * row.counts[at], base))


def _share_faults(row: Row, rules: Rules) -> Iterator[Fault]:
    base = base_of(row, rules)
    if not base:
        return
    for at, (count, share) in enumerate(zip(row.counts, row.shares, strict=True)):
        exact = Fraction(100 * count, base)
        if share is not None and not fits(share, exact):
            shown = closer(share, exact)
            formula, published = f"{count} / {base} = {shown}", like(share, share.value)
            yield Fault(kind=SHARE, published=published, exact=exact, recomputed=shown, formula=formula, at=at)


def agreement(row: Row, rules: Rules) -> Fraction | None:
    """Return the rate of agreement in percent under the table's own convention."""
    counted = sum(row.counts)
    over = {
        ALL: counted,
        WITHOUT_UNSURE: counted - sum(row.counts[at] for at in rules.unsure),
        STATED: _target(row, rules) or 0,
    }[rules.agreement_over]
    return Fraction(100 * sum(row.counts[at] for at in rules.top), over) if rules.top and over > 0 else None


def _agreement_fault(row: Row, rules: Rules) -> Fault | None:
    exact = agreement(row, rules)
    if row.agreement is None or exact is None or fits(row.agreement, exact):
        return None
    shown = closer(row.agreement, exact)
    top = [row.counts[at] for at in sorted(rules.top)]
    over = Fraction(100 * sum(top)) / exact if exact else Fraction(sum(row.counts))
    formula = f"({_terms([str(count) for count in top])}) / {over} = {shown}"
    published = like(row.agreement, row.agreement.value)
    return Fault(kind=AGREEMENT, published=published, exact=exact, recomputed=shown, formula=formula)


def mean(row: Row, rules: Rules) -> Fraction | None:
    """Return the mean of the answers that have a number."""
    weighed = [(weight, row.counts[at]) for at, weight in enumerate(rules.weights) if weight is not None]
    counted = sum(count for _, count in weighed)
    if len(weighed) < 2 or not counted:
        return None
    return sum((weight * count for weight, count in weighed), Fraction(0)) / counted


def _mean_fault(row: Row, rules: Rules) -> Fault | None:
    exact = mean(row, rules)
    if row.mean is None or exact is None or fits(row.mean, exact):
        return None
    weighed = [(weight, row.counts[at]) for at, weight in enumerate(rules.weights) if weight is not None]
    terms = _terms([f"{weight} × {count}" for weight, count in weighed])
    shown = closer(row.mean, exact)
    formula = f"({terms}) / {sum(count for _, count in weighed)} = {shown}"
    published = like(row.mean, row.mean.value)
    return Fault(kind=MEAN, published=published, exact=exact, recomputed=shown, formula=formula)


def _terms(several: Sequence[str]) -> str:
    shown = [*several[:_MOST_TERMS], "…", several[-1]] if len(several) > _MOST_TERMS + 1 else several
    return " + ".join(shown)


def repairs(row: Row, rules: Rules) -> list[Repair]:
    """Return every change of a single figure that makes the whole row agree."""
    found = [each for each in candidates(row, rules) if not faults(changed(row, each), rules)]
    return [each for each in dict.fromkeys(found) if is_allowed(changed(row, each), rules)]


def is_allowed(row: Row, rules: Rules) -> bool:
    """Tell whether as many answer as the page says in prose, where they did so before."""
    return rules.known_sum is None or sum(row.counts) == rules.known_sum


def changed(row: Row, repair: Repair) -> Row:
    """Return a row with one figure changed."""
    if repair.what == "count":
        counts = (*row.counts[: repair.at], int(repair.value), *row.counts[repair.at + 1 :])
        return replace(row, counts=counts)
    if repair.what == SHARE:
        share = row.shares[repair.at]
        changed = replace(share, value=repair.value) if share else None
        return replace(row, shares=(*row.shares[: repair.at], changed, *row.shares[repair.at + 1 :]))
    if repair.what == TOTAL and row.total:
        return replace(row, total=replace(row.total, value=repair.value))
    if repair.what == AGREEMENT and row.agreement:
        return replace(row, agreement=replace(row.agreement, value=repair.value))
    return replace(row, mean=replace(row.mean, value=repair.value)) if row.mean else row


def candidates(row: Row, rules: Rules) -> Iterator[Repair]:
    """Yield the changes of single figures that may mend a row."""
    for fault in faults(row, rules):
        figure = {AGREEMENT: row.agreement, MEAN: row.mean, TOTAL: row.total}.get(fault.kind)
        if fault.kind == SHARE:
            figure = row.shares[fault.at]
        if figure is not None:
            yield Repair(what=fault.kind, at=fault.at, value=rounded(fault.exact, figure.decimals))
    if len(row.counts) <= _MOST_TERMS:
        for at in range(len(row.counts)):
            yield from (Repair(what="count", at=at, value=Fraction(value)) for value in _values(row, rules, at))


def _values(row: Row, rules: Rules, at: int) -> list[int]:
    """Return what a count might be: what completes the total, and what its share makes of it."""
    rest = sum(row.counts) - row.counts[at]
    target = _target(row, rules)
    wanted = [] if target is None else [target - rest]
    share = row.shares[at]
    if share is not None:
        bases = [base for base in (target, *rules.bases) if base]
        guesses = [round(share.value * base / 100) for base in bases]
        if share.value < 100:
            guesses.append(round(share.value * rest / (100 - share.value)))
        wanted += [guess + step for guess in guesses for step in (-1, 0, 1)]
    return sorted({value for value in wanted if value >= 0 and value != row.counts[at]})
