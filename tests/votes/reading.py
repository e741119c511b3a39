"""Small pages of votes for the tests: ``-- Ada 14:30`` is signed as that wiki signs, on 2 March 2022."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from bot import reporting, wikis
from bot.analyze.tally import VoteFigures
from bot.consultation import Consultation
from bot.model import Revision, WikiProfile
from bot.parse import vote
from bot.people import UserFacts
from bot.reports import votes
from bot.votes import VoteReading
from tests.test_wikis import written

_SIGNED = re.compile(
    r"(?<!!)-- (?P<user>[^\s<{|}][^<{|}\n]*?)(?: (?P<hour>\d\d):(?P<minute>\d\d))?(?P<end>$|[<{|}]|(?= \())",
    re.MULTILINE,
)


def signed(wikitext: str, profile: WikiProfile) -> str:
    """Return a page with its signatures written out as the wiki writes them."""

    def one(found: re.Match[str]) -> str:
        hour, minute = int(found["hour"] or 12), int(found["minute"] or 0)
        stamp = written(profile, datetime(2022, 3, 2, hour, minute, tzinfo=UTC))
        user = found["user"].strip()
        return f"[[{profile.user_namespaces[0]}:{user}|{user}]] {stamp} (UTC){found['end']}"

    return _SIGNED.sub(one, wikitext)


def settings(**keys: object) -> Consultation:
    """Return settings with these keys beside those that every consultation needs."""
    needed = {
        "title": "Hubs",
        "sources": [{"page": "Page", "read": "votes"}],
        "reports": [{"report": "votes", "page": "Out"}],
        "output_prefixes": ["Out"],
    }
    return Consultation.model_validate(needed | keys)


def read(wikitext: str, wiki: str = "meta", consultation: Consultation | None = None) -> VoteReading:
    """Return what is read of a page."""
    profile = wikis.profile(wiki)
    text = signed(wikitext, profile)
    revision = Revision(title="Page", revid=7, timestamp=datetime(2022, 4, 1, tzinfo=UTC), user="Eve", wikitext=text)
    return vote.read(revision, reporting.context(consultation, profile, "votes"))


def counted(
    wikitext: str,
    wiki: str = "meta",
    consultation: Consultation | None = None,
    facts: dict[str, UserFacts] | None = None,
) -> VoteFigures:
    """Return what is counted of a page."""
    return votes.figures(read(wikitext, wiki, consultation), consultation, facts or {})


def described(figures: VoteFigures) -> Iterator[str]:
    """Yield a line for each vote and each problem, as the tables write them."""
    asked = {each.question.title for each in figures.questions}
    for each in figures.votes:
        said = " ".join(filter(None, (each.strength, each.choice)))
        question = f" on {each.question.title or 'the page'}" if len(asked) > 1 else ""
        yield f"{each.place.line} {each.user or 'nobody'}: {said}, {each.status} ({each.reason}){question}"
    for problem in figures.problems:
        details = ", ".join(problem.details)
        yield f"! {problem.message} in line {problem.place.line}: {details}"
