"""Sum up discussions: how many spoke where, what about, and which questions still wait for an answer."""

from collections.abc import Hashable, Mapping, Sequence
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

    @property
    def answered(self) -> list[OpenQuestion]:
        """Return the questions that somebody else has answered, by when they were asked."""
        return [question for question in self.questions if question.is_answered]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Thread:
    """A thread while it is summed up: heading is None before the first section; it ends before the line until."""

    page: Discussion
    heading: TalkHeading | None
    entries: Sequence[TalkHeading | Comment]
    until: float

    @property
    def comments(self) -> list[Comment]:
        return [entry for entry in self.entries if isinstance(entry, Comment)]


def sum_up(
    discussions: Sequence[Discussion],
    said: Mapping[str, Mapping[int, Said]],
    votes: Mapping[str, Sequence[int]],
) -> DiscussionFigures:
    """Return the figures of several pages.

    said holds for each page what was noticed of its entries, by their index, and votes the lines of its votes.
    """
    threads = [thread for page in discussions for thread in _threads(page)]
    questions = [each for thread in threads for each in _questions(thread, said[thread.page.title])]
    comments = [comment for page in discussions for comment in page.comments]
    times = [comment.timestamp for comment in comments]
    noticed = [said[page.title].get(comment.index, Said()) for page in discussions for comment in page.comments]
    return DiscussionFigures(
        threads=tuple(
            _thread_figures(each, said[each.page.title], votes.get(each.page.title, ())) for each in threads
        ),
        comments=len(comments),
        people=_counts([comment.user for comment in comments]),
        first=min(times, default=None),
        last=max(times, default=None),
        themes=_counts([theme for each in noticed for theme in each.themes]),
        questions=tuple(sorted(questions, key=_waiting_since)),
        problems=tuple(problem for page in discussions for problem in page.problems),
    )


def _counts(names: Sequence[str]) -> dict[str, int]:
    """Count names, the most frequent first and equal ones by name."""
    counted = pd.Series(list(names), dtype="str").value_counts()
    return {str(name): int(count) for name, count in sorted(counted.items(), key=_most_first)}


def _most_first(counted: tuple[Hashable, int]) -> tuple[int, str]:
    return -counted[1], str(counted[0])


def _waiting_since(question: OpenQuestion) -> tuple[bool, float, str, int]:
    asked = question.asked.timestamp() if question.asked else float("inf")
    return question.is_answered, asked, question.place.title, question.place.line


def _threads(page: Discussion) -> list[_Thread]:
    """Split a page at its highest sections; only those with comments are threads."""
    top = max(2, min((heading.level for heading in page.headings), default=2))
    tops = [heading for heading in page.headings if heading.level <= top]
    starts = [heading.index for heading in tops]
    lines = [heading.place.line for heading in tops]
    threads = [
        _Thread(page=page, heading=heading, entries=page.entries[start:end], until=until)
        for heading, start, end, until in zip(
            [None, *tops], [0, *starts], [*starts, len(page.entries)], [*lines, float("inf")], strict=True
        )
    ]
    return [thread for thread in threads if thread.comments]


def _thread_figures(thread: _Thread, said: Mapping[int, Said], votes: Sequence[int]) -> ThreadFigures:
    comments = thread.comments
    times = [comment.timestamp for comment in comments]
    place = thread.heading.place if thread.heading else comments[0].place
    themes = _counts([theme for comment in comments for theme in said.get(comment.index, Said()).themes])
    return ThreadFigures(
        title=thread.heading.title if thread.heading else "",
        place=place,
        state=thread.heading.state if thread.heading else "open",
        comments=len(comments),
        people=tuple(_counts([comment.user for comment in comments])),
        first=min(times),
        last=max(times),
        votes=sum(place.line <= line < thread.until for line in votes),
        themes=tuple(themes),
    )


def _questions(thread: _Thread, said: Mapping[int, Said]) -> list[OpenQuestion]:
    """Return one entry for each heading or comment that asks; what it asks stands together."""
    answers = _answers(thread)
    first = {index: next((each for each in thread.comments if each.index > index), None) for index in said}
    title = thread.heading.title if thread.heading else ""
    found = []
    for entry in thread.entries:
        asked = said.get(entry.index, Said()).questions
        asker = entry if isinstance(entry, Comment) else first.get(entry.index)
        if asked and asker is not None:
            found.append(
                OpenQuestion(
                    text=" ".join(asked),
                    user=asker.user,
                    asked=asker.timestamp,
                    place=entry.place,
                    thread=title,
                    answered_by=answers.get(entry.index, ""),
                )
            )
    return found


def _answers(thread: _Thread) -> dict[int, str]:
    """Return for each entry who else spoke below it first; the comment that opens a section is answered with it."""
    openers: dict[int, Comment] = {}
    answers: dict[int, str] = {}
    entries = thread.page.entries
    for comment in thread.comments:
        above = comment.parent
        while above is not None and above >= thread.entries[0].index:
            entry = entries[above]
            asker = entry if isinstance(entry, Comment) else openers.setdefault(above, comment)
            if comment.user != asker.user:
                answers.setdefault(above, comment.user)
                answers.setdefault(asker.index, comment.user)
            above = entry.parent
    return answers
