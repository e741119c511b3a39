"""The register of questions: one row for each, with its id, where it was asked, its state, and fields for people."""

from typing import Any

from bot.analyze.register import Register
from bot.consultation import Consultation
from bot.memory import Memory
from bot.questions import Entry, QuestionReading
from bot.render.labels import Labels
from bot.render.register_row import row_comment
from bot.render.terminal import table
from bot.render.wikitext import Wikitext
from bot.reports import questions

READS = "questions"
REMEMBERS = "register"
combine = QuestionReading.together
summary = questions.summary
lead = questions.lead
theme_titles = questions.theme_titles
target = questions.target
answer_key = questions.answer_key
MOST_PLACES = questions.MOST_PLACES


def figures(reading: QuestionReading, consultation: Consultation, memory: Memory) -> Register:
    """Bring the register up to date with the questions of the pages."""
    return questions.figures(reading, consultation, memory)


def as_json(kept: Register, language: str) -> dict[str, Any]:
    """Return the register with the keys that ``show register --json`` promises."""
    return questions.as_json(kept, language)


def as_text(kept: Register, labels: Labels) -> str:
    """Return the register as a table for the terminal."""
    rows = [[labels.text(f"questions-{key}") for key in ("id", "question", "state", "times")]]
    rows += [[each.id, each.question, labels.text(questions.state(each)), str(each.times)] for each in kept.entries]
    return table(rows, has_total=False)


def state(entry: Entry) -> str:
    """Return the key of the label for a question's state, which a person's word settles."""
    return _found(entry) if not entry.said.state else f"questions-state-{entry.said.state}"


def otherwise(entry: Entry) -> str:
    """Return the key of the label for what was found, where a person says something else; else nothing."""
    return "" if state(entry) == _found(entry) else _found(entry)


def _found(entry: Entry) -> str:
    if not entry.is_asked:
        return "questions-found-gone"
    return "questions-found-unsure" if entry.is_unsure else f"questions-state-{entry.found}"


def state_field(entry: Entry) -> str:
    """Return the id of the field in which people write the state."""
    return f"state-{entry.id}"


def answer_field(entry: Entry) -> str:
    """Return the id of the field in which people link to the answer."""
    return f"answer-{entry.id}"


def comment(entry: Entry) -> Wikitext:
    """Return the comment by which the next run knows the row."""
    return row_comment(entry.row)
