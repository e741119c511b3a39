"""The report of open questions: by theme, those that are asked longest first, and what became of the others."""

from typing import Any

from bot.analyze.register import Register, Rules, register
from bot.consultation import Consultation
from bot.languages import known, together
from bot.memory import Memory
from bot.model import Place
from bot.parse.question import answer_json
from bot.parse.said_state import States
from bot.parse.wording import wordings
from bot.questions import ANSWERED, OPEN, PARKED, Answer, Asked, Entry, QuestionReading
from bot.render import numbers
from bot.render.labels import Labels
from bot.render.terminal import table

READS = "questions"
REMEMBERS = "register"
combine = QuestionReading.together
MOST_PLACES = 5  # that are named of one question
_STAMP = "%Y-%m-%dT%H:%M:%SZ"


def figures(reading: QuestionReading, consultation: Consultation, memory: Memory) -> Register:
    """Bring the register up to date with the questions of the pages."""
    return register(reading, memory, _rules(reading, consultation))


def _rules(reading: QuestionReading, consultation: Consultation) -> Rules:
    words = together(known())
    settings = consultation.questions
    is_kept = any(target.report == REMEMBERS for target in consultation.reports)
    return Rules(
        kinds=frozenset(settings.kinds),
        likeness=settings.likeness,
        themes=tuple(theme.id for theme in consultation.question_themes()),
        words=wordings(),
        states=States(words.questions, words.needs.nothing, reading.users),
        unkept=None if is_kept else consultation.place("reports"),
    )


def as_json(kept: Register, language: str) -> dict[str, Any]:
    """Return the register with the keys that ``show questions --json`` promises; times are ISO 8601 in UTC."""
    del language
    return {
        "open": len(kept.in_state(OPEN)),
        "answered": len(kept.in_state(ANSWERED)),
        "parked": len(kept.in_state(PARKED)),
        "unsure": len(kept.unsure),
        "not_asked_now": len(kept.gone),
        "questions": [_entry_json(entry) for entry in kept.entries],
    }


def _entry_json(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "question": entry.question,
        "first_wording": entry.first_wording,
        "theme": entry.theme or None,
        "state": entry.state,
        "state_found": entry.found,
        "state_said": entry.said.state or None,
        "said": entry.said.text or None,
        "unsure": entry.is_unsure,
        "asked_now": entry.is_asked,
        "asked": [_asked_json(asked) for asked in entry.asked],
        "times": entry.times,
        "first": entry.first.strftime(_STAMP),
        "answered": [answer_json(answer) for answer in entry.answers],
    }


def _asked_json(asked: Asked) -> dict[str, Any]:
    return {
        "title": asked.place.title,
        "line": asked.place.line,
        "section": asked.place.section or None,
        "kind": asked.kind,
        "question": asked.question,
        "user": asked.user or None,
        "timestamp": asked.timestamp.strftime(_STAMP) if asked.timestamp else None,
        "unsure": asked.is_unsure,
    }


def as_text(kept: Register, labels: Labels) -> str:
    """Return the open questions as a table for the terminal, and how many others there are."""
    rows = [[labels.text(f"questions-{key}") for key in ("question", "id", "first", "times")]]
    for entry in kept.in_state(OPEN):
        rows.append([entry.question, entry.id, numbers.date(entry.first, labels.code), str(entry.times)])
    return "\n".join([lead(kept, labels), "", table(rows, has_total=False)])


def summary(kept: Register) -> tuple[int, ...]:
    """Return what the edit summary says: how many questions are open, answered and parked."""
    return tuple(len(kept.in_state(state)) for state in (OPEN, ANSWERED, PARKED))


def lead(kept: Register, labels: Labels) -> str:
    """Return how many questions are in which state, in a sentence or two."""
    said = [labels.text("questions-lead", *summary(kept))]
    if kept.unsure:
        said.append(labels.text("questions-lead-unsure", len(kept.unsure)))
    return " ".join(said)


def theme_titles(consultation: Consultation, language: str) -> dict[str, str]:
    """Return the titles of all themes that questions may have, by id."""
    return {theme.id: theme.title(language) for theme in consultation.question_themes()}


def has_open(kept: Register) -> bool:
    """Tell whether any question is open."""
    return bool(kept.in_state(OPEN))


def open_themes(kept: Register) -> list[str]:
    """Return the themes with open questions in the settings' order, the empty one of those without a theme last."""
    about = {entry.theme for entry in kept.in_state(OPEN)}
    return [theme for theme in (*kept.themes, "") if theme in about]


def row(kept: Register, entry: Entry | None = None) -> Place:
    """Return where the register is, or one row of it."""
    return Place(title=kept.title, revid=0, line=1, section=entry.id if entry else "")


def state(entry: Entry) -> str:
    """Return the key of the label for a question's state."""
    return f"questions-state-{entry.state}"


def target(answer: Answer) -> Place:
    """Return where a person's link leads; an address stays in the register, to be followed from there."""
    title, _, section = answer.target.partition("#")
    if answer.target.startswith(("http://", "https://")) or not title.strip():
        return answer.place
    return Place(title=title.strip(), revid=0, line=1, section=section.strip())


def answer_key(answer: Answer) -> str:
    """Return the key of the label for an answer that names nobody."""
    return f"questions-answer-{answer.kind}"
