"""Sum up discussions: how many spoke where, what about, and which questions still wait for an answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from bot.discussion import Comment, Discussion, TalkHeading
from bot.model import Place, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was noticed of one comment: the themes that its words suggest, and the questions in it."""

    themes: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadFigures:
    """One thread: a section of the highest level that a page has comments under, with all below it."""

    title: str
    place: Place
    state: str
    comments: int
    people: tuple[str, ...]
    first: datetime | None
    last: datetime | None
    votes: int
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """A question that was asked, by whom and when, and who else spoke below it first."""

    text: str
    user: str
    asked: datetime | None
    place: Place
    thread: str
    answered_by: str = ""

    @property
    def is_answered(self) -> bool:
        """Tell whether anyone else has answered."""
        return bool(self.answered_by)


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscussionFigures:
    """All threads of all pages of a consultation."""

    threads: tuple[ThreadFigures, ...]
    comments: int
    people: Mapping[str, int]
    first: datetime | None
    last: datetime | None
    themes: Mapping[str, int]
    questions: tuple[OpenQuestion, ...]
    problems: tuple[Problem, ...]

    @property
    def waiting(self) -> list[OpenQuestion]:
        """Return the questions that nobody else has answered, those that wait longest first."""
        return [question for question in self.questions if not question.is_answered]
