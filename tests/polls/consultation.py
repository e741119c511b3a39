"""A small consultation with polls, and how the files of cases write what was read."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

from bot import languages
from bot.model import Revision, WikiProfile
from bot.parse import poll
from bot.parse.context import Context
from bot.parse.poll_values import Ballot, Poll, PollReading, Result
from bot.poll_settings import PollSettings, polls
from bot.wikis import known, profile

QUESTIONS = [
    {"id": "knowledge", "title": {"en": "Knowledge", "ar": "المعرفة"}, "aliases": ["Knowledge exchange"]},
    {"id": "skills", "title": {"en": "Skills", "fr": "Compétences"}},
]
CHOICES = [
    {"id": "must", "title": {"en": "Must have", "fr": "Indispensable", "ar": "ضروري"}, "aliases": ["Must-have"]},
    {"id": "nice", "title": {"en": "Nice to have", "fr": "Souhaitable"}},
    {"id": "unsure", "title": {"en": "Not sure", "fr": "Ne sait pas"}, "unsure": True},
]
REGIONS = [
    {"id": "north", "title": {"en": "North", "fr": "Nord"}},
    {"id": "south", "title": {"en": "South", "fr": "Sud"}},
]
REGION = {"id": "region", "title": {"en": "Region"}, "columns": ["Your region"], "values": REGIONS}
FIRST: dict[str, Any] = {
    "id": "first",
    "title": {"en": "First poll"},
    "aliases": ["Poll 1"],
    "kind": "choice",
    "answers": CHOICES,
    "questions": QUESTIONS,
    "opens": "2024-01-01T00:00:00Z",
    "closes": "2024-02-01T00:00:00Z",
    "person": ["Username"],
    "breakdowns": [REGION],
}
SECOND: dict[str, Any] = {
    "id": "second",
    "title": {"en": "Second poll"},
    "aliases": ["Poll 2"],
    "repeats": "first",
    "kind": "choice",
}
FIT: dict[str, Any] = {
    "id": "fit",
    "title": {"en": "Agreement"},
    "answers": [
        {"id": "yes-yes", "title": {"en": "Fully agree"}, "value": 3},
        {"id": "yes", "title": {"en": "Agree"}, "value": 2},
        {"id": "no", "title": {"en": "Disagree"}, "value": 1},
        {"id": "unsure", "title": {"en": "Not sure"}, "aliases": ["N/A"], "unsure": True},
    ],
    "questions": QUESTIONS,
}


def made(*several: dict[str, Any]) -> tuple[Poll, ...]:
    """Return polls as the settings make them."""
    return polls([PollSettings.model_validate(each) for each in several], [])


POLLS = made(FIRST, SECOND, FIT)


def page(wikitext: str, title: str = "Page") -> Revision:
    """Return a revision."""
    return Revision(title=title, revid=7, timestamp=datetime(2024, 1, 1, tzinfo=UTC), user="", wikitext=wikitext)


@cache
def words(language: str) -> languages.Language:
    """Return the words of all languages with the numbers of one."""
    return replace(languages.together(languages.known()), numbers=languages.together([language]).numbers)


@cache
def foreign() -> tuple[WikiProfile, ...]:
    """Return the wikis whose users and stamps turn up on Meta."""
    return tuple(profile(each) for each in known())


def context(several: Sequence[Poll], language: str = "en") -> Context:
    """Return what readers know on Meta: the polls, and the words of all languages."""
    layers = tuple(languages.language(code) for code in (language, "mul"))
    return Context(
        polls=tuple(several), words=words(language), layers=layers, profile=profile("meta"), foreign=foreign()
    )


def read(wikitext: str, title: str = "Page", several: Sequence[Poll] = POLLS, language: str = "en") -> PollReading:
    """Read a page."""
    return poll.read(page(wikitext, title), context(several, language))


def written(reading: PollReading) -> str:
    """Write what was read as the files of cases do, by line."""
    lines = [(each.place.line, _result(each)) for each in reading.results]
    lines += [(each.place.line, _ballot(each)) for each in reading.ballots]
    lines += [(each.place.line, f"{each.place.line} {each.poll}: {each.people} people") for each in reading.turnouts]
    for problem in reading.problems:
        said = " | ".join([f"! {problem.place.line} {problem.message}", *problem.details])
        lines.append((problem.place.line, said.rstrip()))
    return "\n".join(text for _, text in sorted(lines, key=lambda pair: pair[0]))


def _result(result: Result) -> str:
    shares = {answer: f" ({float(share):g}%)" for answer, share in result.shares.items()}
    counts = [f"{answer} {count}{shares.get(answer, '')}" for answer, count in result.counts.items()]
    only = [f"{answer}{share}" for answer, share in shares.items() if answer not in result.counts]
    total = f" of {result.total}" if result.total else ""
    return f"{result.place.line} {result.poll} {result.question}: {', '.join([*counts, *only])}{total}"


def _ballot(ballot: Ballot) -> str:
    who = ballot.who or ("somebody" if ballot.is_public else "respondent")
    traits = "".join(f" [{name} {value}]" for name, value in ballot.traits.items())
    return (
        f"{ballot.place.line} {ballot.poll} {ballot.question} {who}: {ballot.answer or '?'} {ballot.status}{traits}"
    )
