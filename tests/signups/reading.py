"""Small pages of sign-ups for the tests: ``-- Ada 14:30`` is signed as that wiki signs, on 2 March 2022."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any

from bot import reporting, wikis
from bot.analyze.signups import SignupFigures
from bot.consultation import Consultation
from bot.memory import Memory
from bot.model import Place, Revision
from bot.parse import signup
from bot.parse.context import Context
from bot.people import UserFacts
from bot.reports import signups
from bot.signups import DUPLICATE, OFFERED, WAITING, WANTED, Signup, SignupReading
from tests.votes.reading import signed

NOTHING = Memory(place=Place(title="Out", revid=0, line=1))
# Every rule that lines of one page can break; the wiki knows that one account has a new name.
RULES: dict[str, Any] = {
    "capacity": 3,
    "opens": "2022-03-02T08:00:00Z",
    "closes": "2022-03-02T12:00:00Z",
    "lists": [{"title": {"en": "Workshop"}, "capacity": 1}, {"title": {"en": "Not for us"}, "ignore": True}],
}
FACTS = {"Old Bob": UserFacts(name="Old Bob", renamed_to="Bob")}


def settings(keys: dict[str, Any] | None = None, **more: object) -> Consultation:
    """Return settings with these keys of sign-ups beside those that every consultation needs."""
    needed = {
        "title": "Hubs",
        "groups": [
            {"name": "WikiArabia", "aliases": ["Wiki Arabia"], "region": "Arab world"},
            {"name": "CEE", "aliases": ["Central and Eastern Europe"], "region": "Europe"},
        ],
        "sources": [{"page": "Page", "read": "signups"}],
        "reports": [{"report": "signups", "page": "Out"}],
        "output_prefixes": ["Out"],
        "signups": keys or {},
    }
    return Consultation.model_validate(needed | more)


def read(wikitext: str, wiki: str = "meta", consultation: Consultation | None = None) -> SignupReading:
    """Return what is read of a page."""
    profile = wikis.profile(wiki)
    text = signed(wikitext, profile)
    revision = Revision(title="Page", revid=7, timestamp=datetime(2022, 4, 1, tzinfo=UTC), user="Eve", wikitext=text)
    context = reporting.context(consultation, profile, "signups") if consultation else _context(wiki)
    return signup.read(revision, context)


@cache
def _context(wiki: str) -> Context:
    """Return what is known without settings, once: its words are many."""
    return reporting.context(None, wikis.profile(wiki), "signups")


def counted(
    wikitext: str,
    wiki: str = "meta",
    consultation: Consultation | None = None,
    facts: dict[str, UserFacts] | None = None,
    memory: Memory = NOTHING,
) -> SignupFigures:
    """Return what is counted of a page."""
    return signups.figures(read(wikitext, wiki, consultation), consultation, facts or {}, memory)


def described(figures: SignupFigures) -> Iterator[str]:
    """Yield a line for each entry, each count and each problem, as the tables write them."""
    titles = {each.list.title for each in figures.signups}
    for each in figures.signups:
        own = f" in {each.list.title or 'the page'}" if len(titles) > 1 else ""
        why = " ".join([each.reason, *(each.details if each.status in (WAITING, DUPLICATE) else ())])
        yield f"{each.place.line} {each.user or 'nobody'}: {each.status} ({why}){own}{_fields(each)}"
    for form in figures.forms:
        yield f"{form.place.line} form: {form.count}"
    for problem in figures.problems:
        details = ", ".join(problem.details)
        yield f"! {problem.message} in line {problem.place.line}{': ' if details else ''}{details}"


def _fields(each: Signup) -> str:
    said = {
        "for": each.affiliation + (f" = {each.group}" if each.group else ""),
        "as": each.role,
        "wants": ", ".join(signups.languages_of(each, WANTED)),
        "offers": ", ".join(signups.languages_of(each, OFFERED)),
        "in": each.based,
        "on": each.day,
    }
    return "".join(f"; {key} {value}" for key, value in said.items() if value)
