"""Search the two changes that mend a row with two unrelated errors."""

from collections.abc import Mapping, Sequence

from bot.analyze.audit_row import Fault, Repair, Row, Rules, candidates, changed, faults, is_allowed

_MOST_CANDIDATES = 24


def repairs_of_two(row: Row, rules: Rules, found: Sequence[Fault]) -> Mapping[Fault, Repair]:
    """Return for each fault the change that mends it, where the two changes that mend a row are the only two."""
    pairs: set[frozenset[Repair]] = set()
    first = list(dict.fromkeys(candidates(row, rules)))
    if len(first) > _MOST_CANDIDATES:
        return {}
    for one in first:
        once = changed(row, one)
        for two in candidates(once, rules):
            is_other = (one.what, one.at) != (two.what, two.at)
            if is_other and is_allowed(changed(once, two), rules) and not faults(changed(once, two), rules):
                pairs.add(frozenset({one, two}))
    if len(pairs) != 1:
        return {}
    (only,) = pairs
    mending = {fault: [each for each in only if _mends(row, rules, fault, each)] for fault in found}
    return {fault: several[0] for fault, several in mending.items() if len(several) == 1}


def _mends(row: Row, rules: Rules, fault: Fault, repair: Repair) -> bool:
    """Tell whether a change alone takes a fault away, and the other one has no part in it."""
    left = {(each.kind, each.at) for each in faults(changed(row, repair), rules)}
    return (fault.kind, fault.at) not in left
