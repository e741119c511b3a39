"""The report of discussions: how many spoke where, what about, and which questions wait for an answer."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from bot.analyze.participation import DiscussionFigures, OpenQuestion, Said, sum_up
from bot.analyze.tally import VoteFigures
from bot.consultation import Consultation
from bot.discussion import Comment, Discussion, TalkHeading
from bot.languages import TalkWords, known, together
from bot.parse.asking import open_question, questions
from bot.parse.suggestion import Suggestions
from bot.parse.text import unquoted
from bot.render import numbers
from bot.render.labels import Labels
from bot.render.terminal import table

READS = "discussion"
_MOST_QUESTIONS = 3  # of one comment; they stand together, as one answer may serve all
BESIDE = "votes"  # whose figures tell how many votes each thread has


def combine(discussions: Iterable[Discussion]) -> tuple[Discussion, ...]:
    """Return the readings of several pages, in order."""
    return tuple(discussions)


def figures(discussions: Sequence[Discussion], consultation: Consultation, beside: VoteFigures) -> DiscussionFigures:
    """Sum up the pages, with themes suggested by keywords and questions found by their marks."""
    suggestions = Suggestions([theme.theme() for theme in consultation.themes])
    words = together(known()).talk
    said = {
        page.title: {
            entry.index: _notice(entry, piece, suggestions, words)
            for entry, piece in zip(page.entries, page.pieces[1::2], strict=True)
        }
        for page in discussions
    }
    lines: dict[str, list[int]] = {}
    for vote in beside.votes:
        if vote.status == "counted":
            lines.setdefault(vote.place.title, []).append(vote.place.line)
    return sum_up(discussions, said, lines)


def _notice(entry: TalkHeading | Comment, piece: str, suggestions: Suggestions, words: TalkWords) -> Said:
    if isinstance(entry, TalkHeading):
        asked = open_question(entry.title, words.open_question_headings, words.question_marks)
        return Said(questions=(asked,) if asked else ())
    own = unquoted(piece) if "blockquote" in piece.lower() else entry.text
    asking = questions(own, words.question_marks)[:_MOST_QUESTIONS]
    return Said(themes=suggestions.of(own), questions=tuple(asking))


def as_json(summed: DiscussionFigures, language: str) -> dict[str, Any]:
    """Return the figures with the keys that ``show discussion --json`` promises; times are ISO 8601 in UTC."""
    del language
    threads = [
        {
            "thread": thread.title,
            "title": thread.place.title,
            "line": thread.place.line,
            "state": thread.state,
            "comments": thread.comments,
            "people": len(thread.people),
            "first": _iso(thread.first),
            "last": _iso(thread.last),
            "votes": thread.votes,
            "suggested_themes": list(thread.themes),
        }
        for thread in summed.threads
    ]
    return {
        "size": {
            "threads": len(summed.threads),
            "comments": summed.comments,
            "people": len(summed.people),
            "from": _iso(summed.first),
            "to": _iso(summed.last),
        },
        "threads": threads,
        "people": [{"user": user, "comments": comments} for user, comments in summed.people.items()],
        "suggested_themes": [{"theme": theme, "comments": comments} for theme, comments in summed.themes.items()],
        "questions": [_question_json(question) for question in summed.questions],
    }


def _question_json(question: OpenQuestion) -> dict[str, Any]:
    return {
        "question": question.text,
        "user": question.user,
        "asked": _iso(question.asked),
        "title": question.place.title,
        "line": question.place.line,
        "thread": question.thread,
        "answered_by": question.answered_by or None,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None


def as_text(summed: DiscussionFigures, labels: Labels) -> str:
    """Return the threads as a table for the terminal, and the questions that wait."""
    heads = ("discussion-thread", "discussion-comments", "discussion-people", "discussion-last")
    rows = [[labels.text(key) for key in heads]]
    for thread in summed.threads:
        last = numbers.date(thread.last, labels.code) if thread.last else ""
        title = thread.title or labels.text("discussion-before-sections")
        rows.append([title, str(thread.comments), str(len(thread.people)), last])
    rows.append([labels.text("discussion-all"), str(summed.comments), str(len(summed.people)), ""])
    waiting = [f"  {question.text} ({question.user})" for question in summed.waiting]
    return "\n".join([table(rows), "", labels.text("discussion-waiting-heading"), *waiting])


def summary(summed: DiscussionFigures) -> tuple[int, ...]:
    """Return what the edit summary says: threads, comments and people."""
    return len(summed.threads), summed.comments, len(summed.people)
