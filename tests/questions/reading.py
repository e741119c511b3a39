"""Small pages of questions for the tests: ``-- Ada 14:30`` is signed as on Meta, on 2 March 2022."""

from datetime import UTC, datetime
from typing import Any

from bot import reporting, wikis
from bot.analyze.register import Register
from bot.consultation import Consultation
from bot.memory import Memory
from bot.model import Place, Revision
from bot.parse import question
from bot.questions import Asked, QuestionReading
from bot.render.labels import Labels
from bot.render.region import fields, normalised, with_fields
from bot.reports import register
from tests.votes.reading import signed

THEMES = [
    {"id": "money", "title": {"en": "Money"}, "keywords": {"en": ["pays", "budget"], "fr": ["paie"]}},
    {"id": "skills", "title": {"en": "Skills"}, "keywords": {"en": ["trainers"], "de": ["Ausbilder"]}},
]
REGISTER = "Out/Register"


def settings(**keys: Any) -> Consultation:
    """Return settings with these keys beside those that every consultation needs."""
    needed = {
        "title": "Hubs",
        "languages": ["en"],
        "themes": THEMES,
        "sources": [{"page": "Page", "read": "questions"}],
        "reports": [{"report": "register", "page": REGISTER, "create": True}],
        "output_prefixes": ["Out"],
    }
    return Consultation.model_validate(needed | keys)


def read(wikitext: str, title: str = "Page", wiki: str = "meta", saved: str = "2022-04-01") -> QuestionReading:
    """Return the questions of a page."""
    profile = wikis.profile(wiki)
    revision = Revision(
        title=title,
        revid=7,
        timestamp=datetime.fromisoformat(saved).replace(tzinfo=UTC),
        user="Eve",
        wikitext=signed(wikitext, profile),
    )
    return question.read(revision, reporting.context(settings(), profile, "questions"))


def described(asked: Asked) -> str:
    """Return a question as the tables of cases write it."""
    parts = [f"{asked.place.line} {asked.kind}{' by ' + asked.user if asked.user else ''}: {asked.question}"]
    parts += [f"theme {asked.theme}"] if asked.theme else []
    parts += ["unsure"] if asked.is_unsure else []
    for answer in asked.answers:
        parts.append(f"{answer.kind} in {answer.place.line}{' by ' + answer.user if answer.user else ''}")
    return " | ".join(parts)


class Runs:
    """A register over several runs: what one run writes, the next one reads."""

    def __init__(self, **keys: Any) -> None:
        self.consultation = settings(**keys)
        self.body = ""
        self.line = 1

    def run(self, *readings: QuestionReading) -> Register:
        """Bring the register up to date, as a run does, and return it."""
        place = Place(title=REGISTER, revid=0, line=self.line)
        memory = Memory(place=place, body=self.body, fields=fields(self.body))
        kept = register.figures(QuestionReading.together(readings), self.consultation, memory)
        self.body = with_fields(normalised(self.written(kept)), memory.fields)
        return kept

    def written(self, kept: Register, code: str = "en") -> str:
        """Return the wikitext of the register in a language."""
        report = reporting.Report(name="register", figures=kept, revisions=(), problems=kept.problems, unusable=())
        return reporting.wikitext(report, self.consultation, Labels(code), "0.0")

    def write(self, field: str, words: str) -> None:
        """Write into a field, as a person does."""
        before = f"<!-- yours:{field} -->"
        start = self.body.index(before) + len(before)
        end = self.body.index("<!-- /yours -->", start)
        self.body = self.body[:start] + words + self.body[end:]


def ids(kept: Register) -> dict[str, str]:
    """Return the questions that are asked, by id."""
    return {entry.id: entry.question for entry in kept.entries if entry.is_asked}
