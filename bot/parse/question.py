"""Read the open questions of a page: headings, lists, bullets of notes, talk pages, and prose such as a speech."""

from typing import Any

from bot.model import Revision
from bot.parse import discussion
from bot.parse.context import Context
from bot.parse.names import Themes
from bot.parse.question_page import QuestionPage
from bot.parse.question_reader import QuestionReader
from bot.parse.question_words import question_names
from bot.questions import Answer, Asked, QuestionReading

KIND = "questions"
_STAMP = "%Y-%m-%dT%H:%M:%SZ"


def read(revision: Revision, context: Context) -> QuestionReading:
    """Return every question of a page, in order."""
    talk = discussion.read(revision, context)
    page = QuestionPage(revision, talk, question_names(context.words), Themes(context.themes))
    asked = QuestionReader(revision, page, talk, context).read()
    wiki = context.profile
    users = (*wiki.user_namespaces, *wiki.user_talk_namespaces, *wiki.special_namespaces)
    return QuestionReading(asked=asked, problems=talk.problems, users=users)


def as_json(reading: QuestionReading) -> list[dict[str, Any]]:
    """Return the questions as objects for programs, numbered in page order."""
    return [
        {
            "index": index,
            "question": asked.question,
            "kind": asked.kind,
            "user": asked.user or None,
            "timestamp": asked.timestamp.strftime(_STAMP) if asked.timestamp else None,
            "unsure": asked.is_unsure,
            "answered": bool(asked.answers),
            "answers": [answer_json(answer) for answer in asked.answers],
            "theme": asked.theme or None,
            "line": asked.place.line,
        }
        for index, asked in enumerate(reading.asked)
    ]


def answer_json(answer: Answer) -> dict[str, Any]:
    """Return where a question was answered, for programs."""
    return {
        "kind": answer.kind,
        "title": answer.place.title,
        "line": answer.place.line,
        "user": answer.user or None,
        "timestamp": answer.timestamp.strftime(_STAMP) if answer.timestamp else None,
        "target": answer.target or None,
    }


def as_lines(reading: QuestionReading) -> list[tuple[int, str]]:
    """Return the questions for people: line numbers, what is asked, by whom, and what became of it."""
    return [(asked.place.line, _line(asked)) for asked in reading.asked]


def _line(asked: Asked) -> str:
    said = [asked.question, asked.kind, asked.user, asked.theme]
    said += [f"{answer.kind} by {answer.user}" if answer.user else answer.kind for answer in asked.answers]
    return " · ".join(each for each in [*said, "unsure" if asked.is_unsure else ""] if each)
