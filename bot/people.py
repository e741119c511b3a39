"""What a wiki knows of its users, as frozen values: another page of bot.model, and as free to import."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class UserFacts:
    """One user as the wiki knows them now, by the name that was asked for.

    registered is None for accounts so old that no date was kept; edits are those on this wiki. renamed_to is the user
    whose page the own user page redirects to. unknown names the facts that the wiki does not tell.
    """

    name: str
    is_registered: bool = True
    registered: datetime | None = None
    edits: int = 0
    is_blocked: bool = False
    is_bot: bool = False
    renamed_to: str = ""
    unknown: frozenset[str] = frozenset()


FACTS = frozenset({"registered", "edits", "blocked", "groups"})


def nothing_known(name: str, renamed_to: str = "") -> UserFacts:
    """Return a user of whom the wiki tells nothing but perhaps the new name."""
    return UserFacts(name=name, renamed_to=renamed_to, unknown=FACTS)


def newest_name(user: str, facts: Mapping[str, UserFacts]) -> str:
    """Return what a user is called now, as far as is known; names that lead to each other end at the last new one."""
    seen = [user]
    while known := facts.get(seen[-1]):
        if not known.renamed_to or known.renamed_to in seen:
            break
        seen.append(known.renamed_to)
    return seen[-1]
