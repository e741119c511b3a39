"""Ask a wiki for many users with one request: their facts, and where their user pages lead."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.model import Page, Revision, WikiProfile
from bot.people import UserFacts, nothing_known
from bot.wiki.user_names import user_of

_ROUNDS = 3  # a user renamed more often than that is known by the name reached so far
_Read = Callable[[Sequence[str]], Mapping[str, Page]]
_Ask = Callable[[Mapping[str, Any]], Iterable[Mapping[str, Any]]]


def read_users(ask: _Ask, names: Sequence[str], profile: WikiProfile, size: int) -> Mapping[str, UserFacts]:
    """Return the facts of users, and of those that they are called now, asked for so many at once."""
    known: dict[str, UserFacts] = {}
    wanted = list(dict.fromkeys(names))
    for _ in range(_ROUNDS):
        for start in range(0, len(wanted), size):
            known |= _batch(ask, wanted[start : start + size], profile)
        wanted = [each for each in dict.fromkeys(user.renamed_to for user in known.values()) if each not in known]
        wanted = [each for each in wanted if each]
        if not wanted:
            break
    return known


def read_renames(read: _Read, names: Sequence[str], profile: WikiProfile) -> Mapping[str, UserFacts]:
    """Return whom user pages redirect to, and nothing else of the users."""
    known: dict[str, UserFacts] = {}
    wanted = list(dict.fromkeys(names))
    for _ in range(_ROUNDS):
        pages = read([f"User:{name}" for name in wanted])
        for name in wanted:
            page = pages.get(f"User:{name}")
            target = user_of(page.redirect, profile) if isinstance(page, Revision) and page.redirect else ""
            known[name] = nothing_known(name, "" if target == name else target)
        wanted = [
            each for each in dict.fromkeys(user.renamed_to for user in known.values()) if each and each not in known
        ]
        if not wanted:
            break
    return known


def _batch(ask: _Ask, names: Sequence[str], profile: WikiProfile) -> Mapping[str, UserFacts]:
    parameters = {
        "action": "query",
        "formatversion": 2,
        "list": "users",
        "ususers": list(names),
        "usprop": ["registration", "editcount", "blockinfo", "groups"],
        "titles": [f"User:{name}" for name in names],
        "redirects": True,
    }
    users: dict[str, UserFacts] = {}
    renamed: dict[str, str] = {}
    for answer in ask(parameters):
        users |= {each["name"]: _facts(each) for each in answer.get("users", ())}
        renamed |= dict(_renames(answer, profile))
    return {name: replace(user, renamed_to=renamed.get(name, "")) for name, user in users.items()}


def _renames(answer: Mapping[str, Any], profile: WikiProfile) -> Iterator[tuple[str, str]]:
    for each in answer.get("redirects", ()):
        old, new = user_of(each["from"], profile), user_of(each["to"], profile)
        if old and new and old != new:
            yield old, new


def _facts(answer: Mapping[str, Any]) -> UserFacts:
    """Return one user out of an answer; a block of single pages leaves a vote alone."""
    if answer.get("missing") or answer.get("invalid") or "userid" not in answer:
        return UserFacts(name=answer["name"], is_registered=False)
    registered = answer.get("registration")
    return UserFacts(
        name=answer["name"],
        registered=datetime.fromisoformat(registered) if registered else None,
        edits=answer.get("editcount", 0),
        is_blocked="blockid" in answer and not answer.get("blockpartial"),
        is_bot="bot" in answer.get("groups", ()),
    )
