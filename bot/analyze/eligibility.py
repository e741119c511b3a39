"""Judge who may vote, by facts that the wiki tells; where it tells none, nobody is shut out."""

from dataclasses import dataclass

from bot.people import UserFacts
from bot.votes import Eligibility


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a user may vote, by which rule not, and which facts would have to be known to tell."""

    may_vote: bool = True
    reason: str = ""
    details: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def judge(user: UserFacts, rules: Eligibility) -> Verdict:
    """Return whether a user meets every rule that is set; one that is clearly broken decides."""
    broken = _broken(user, rules)
    if broken is not None:
        return broken
    asked = {
        "registered": rules.registered_before is not None,
        "edits": rules.edits_min > 0,
        "blocked": rules.not_blocked,
        "groups": rules.not_bot,
    }
    return Verdict(unknown=tuple(fact for fact, is_asked in asked.items() if is_asked and fact in user.unknown))


def _broken(user: UserFacts, rules: Eligibility) -> Verdict | None:
    """Return the first rule that is known to be broken, None where none is."""
    if not user.is_registered and (rules.registered_before or rules.edits_min):
        return Verdict(may_vote=False, reason="not-registered")
    before = rules.registered_before if "registered" not in user.unknown else None
    if before and user.registered and user.registered >= before:
        return Verdict(may_vote=False, reason="registered-late", details=(user.registered.isoformat(),))
    if "edits" not in user.unknown and user.is_registered and user.edits < rules.edits_min:
        return Verdict(may_vote=False, reason="few-edits", details=(str(user.edits), str(rules.edits_min)))
    if "blocked" not in user.unknown and rules.not_blocked and user.is_blocked:
        return Verdict(may_vote=False, reason="blocked")
    if "groups" not in user.unknown and rules.not_bot and user.is_bot:
        return Verdict(may_vote=False, reason="bot")
    return None
