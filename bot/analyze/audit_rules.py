"""Find out by which rule a table computes its rates of agreement: the one under which most of them are right."""

from collections.abc import Sequence
from dataclasses import replace

from bot.analyze.audit_finding import fits
from bot.analyze.audit_row import ALL, STATED, WITHOUT_UNSURE, Row, Rules, agreement

_ENOUGH = 2


def convention(rows: Sequence[tuple[Row, Rules]]) -> str:
    """Return over whom the table computes agreement: over all answers unless more of its rows say otherwise."""
    rated = [(row, rules) for row, rules in rows if row.agreement and rules.top]
    right = {
        over: sum(_agrees(row, replace(rules, agreement_over=over)) for row, rules in rated)
        for over in (ALL, WITHOUT_UNSURE, STATED)
    }
    best = max((ALL, WITHOUT_UNSURE), key=lambda over: right[over])
    if 2 * right[best] < len(rated) <= 2 * right[STATED]:
        return STATED
    return best


def _agrees(row: Row, rules: Rules) -> bool:
    exact = agreement(row, rules)
    return row.agreement is not None and exact is not None and fits(row.agreement, exact)


def top_of(rows: Sequence[tuple[Row, Rules]]) -> frozenset[int]:
    """Return the first or last answers whose sum explains most rates of agreement, for tables whose words do not."""
    rated = [(row, rules) for row, rules in rows if row.agreement]
    if len(rated) < _ENOUGH or len({len(row.counts) for row, _ in rated}) != 1:
        return frozenset()
    best: frozenset[int] = frozenset()
    most = max(_ENOUGH - 1, len(rated) // 2)
    size = len(rated[0][0].counts)
    for number in range(1, size):
        for top in (frozenset(range(number)), frozenset(range(size - number, size))):
            right = sum(_agrees(row, replace(rules, top=top)) for row, rules in rated)
            if right > most:
                best, most = top, right
    return best
