"""Walk down one page and notice each question in it: how it stands there, who asked it, and who answered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.discussion import Comment, Discussion
from bot.model import Revision, Theme
from bot.parse.asking import Sentence
from bot.parse.calendar_dates import Dates
from bot.parse.context import Context
from bot.parse.names import Themes
from bot.parse.question_answers import Answers
from bot.parse.question_page import HEADING, ITEM, ROW, TEXT, QuestionPage, Unit, shown
from bot.parse.question_words import Labelled, question_names
from bot.parse.suggestion import Suggestions
from bot.questions import BULLET, LIST, PROSE, TALK, Answer, Asked
from bot.questions import HEADING as KIND_HEADING

_LONGEST = 300
_LONGEST_BULLET = 2_000  # whose other words tell what its questions are about
_MOST_WORDS = 15
_ENDS = (".", "!", "。", "।", "…")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Section:
    """A heading above what is read: is_open where open questions stand below it, date where it gives one."""

    level: int
    title: str
    is_open: bool
    date: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """A question in a unit: the offset in its text, its answer in the same unit, and whether it was labelled."""

    text: str
    start: int
    is_unsure: bool
    answered_at: int = -1


class QuestionReader:
    """Reads the questions of one page."""

    def __init__(self, revision: Revision, page: QuestionPage, talk: Discussion, context: Context) -> None:
        self._revision = revision
        self._page = page
        self._talk = talk
        self._names = question_names(context.words)
        self._answers = Answers(page, talk, self._names, has_anchors=context.profile.has_discussion_tools)
        self._themes = _ThemeFinder(context.themes)
        self._dates = Dates(context.profile, context.foreign)
        self._page_date = self._dates.find(revision.title.replace("_", " ").replace("/", " / "))
        self._sections: list[_Section] = []
        self._list_level = -1  # of the items of a list below the label "Open questions:", -1 outside such a list
        self._headings = {heading.place.line: heading for heading in talk.headings}

    def read(self) -> tuple[Asked, ...]:
        """Return the questions in page order."""
        return tuple(asked for index, unit in enumerate(self._page.units) for asked in self._unit(index, unit))

    def _unit(self, index: int, unit: Unit) -> Iterator[Asked]:
        if unit.kind == HEADING:
            yield from self._heading(index, unit)
            return
        label = self._names.split(unit.text)
        is_listed = self._is_listed(unit, label)
        if self._is_title_of_list(index, unit, label):
            return
        comment = self._asker(unit)
        if label.kind == "answer" and unit.kind != ROW:
            is_listed = False
        below: tuple[Answer, ...] | None = None
        for question in self._questions(unit, label, comment, is_listed=is_listed):
            if below is None:
                below = self._answers.below(index, comment.user if comment else "")
            kind = self._kind(unit, label, comment, is_listed=is_listed)
            yield self._asked(index, question, kind, comment, below)

    def _heading(self, index: int, unit: Unit) -> Iterator[Asked]:
        title = shown(unit.text)
        while self._sections and self._sections[-1].level >= unit.level:
            self._sections.pop()
        self._list_level = -1
        found = self._names.of_heading(unit.text)
        is_open = not found.kind and self._names.is_open_list(title)
        outer = any(section.is_open for section in self._sections)
        self._sections.append(
            _Section(level=unit.level, title=title, is_open=is_open or outer, date=self._dates.find(title))
        )
        if not found.kind:
            return
        sentence = Sentence(text=found.rest, start=0, is_question=True)
        is_unsure = found.kind == "question" and self._names.is_rhetorical(sentence)
        question = _Question(text=found.rest, start=0, is_unsure=is_unsure)
        heading = self._headings.get(unit.line)
        opener = self._answers.opener(heading) if heading else None
        asked = self._asked(index, question, KIND_HEADING, opener)
        answers = self._answers.of_section(heading) if heading else ()
        answers = answers or self._answers.below(index, "")
        if found.kind == "question":
            answers = answers or self._answers.paragraph(index)
        yield replace(asked, answers=answers, comment="")

    def _is_listed(self, unit: Unit, label: Labelled) -> bool:
        """Tell whether a unit is one of the open questions of a list, or opens such a list with its first ones."""
        if label.kind == "open":
            self._list_level = unit.level + 1 if unit.kind == ITEM else 1
            return bool(label.rest)
        if unit.kind == ROW:
            return unit.is_open
        if self._list_level >= 0:
            if unit.kind == ITEM and unit.level >= self._list_level:
                return unit.level == self._list_level
            self._list_level = -1
        if not (self._sections and self._sections[-1].is_open):
            return False
        return unit.level == 1 and ":" not in unit.markers if unit.kind == ITEM else self._asker(unit) is None

    def _is_title_of_list(self, index: int, unit: Unit, label: Labelled) -> bool:
        """Tell whether a line says what the open questions in the list below it are about."""
        below = next(iter(self._page.units[index + 1 : index + 2]), None)
        is_above = below is not None and below.kind == ITEM and below.level >= self._list_level
        return is_above and self._names.is_list_about(unit.text, label)

    def _asker(self, unit: Unit) -> Comment | None:
        """Return the comment that asks; one that is signed further down in a list is a reply to an unsigned line."""
        comment = self._page.comment(unit)
        signed = self._page.signed(comment) if comment else None
        return None if signed is None or signed.is_below(unit) else comment

    def _kind(self, unit: Unit, label: Labelled, comment: Comment | None, *, is_listed: bool) -> str:
        if is_listed:
            return LIST
        if comment is not None:
            return TALK
        return PROSE if unit.kind == TEXT and not label.kind else BULLET

    def _questions(
        self, unit: Unit, label: Labelled, comment: Comment | None, *, is_listed: bool
    ) -> Iterator[_Question]:
        """Yield the questions of a unit; what is labelled or listed as one needs no question mark.

        What begins as quoted lines of letters do was asked by somebody else, and is read there.
        """
        if label.rest.startswith(">"):
            return
        said = self._names.sentences(label.rest)
        offset = len(unit.text) - len(label.rest)
        is_meant = is_listed or label.kind in ("question", "open") or unit.kind == ROW
        asking = [at for at, sentence in enumerate(said) if sentence.is_question]
        if not asking and is_meant and self._is_topic(unit, label, comment):
            yield _Question(text=_cut(" ".join(label.rest.split())), start=offset, is_unsure=False)
        for at in asking:
            following = said[at + 1] if at + 1 < len(said) else None
            answer = self._names.split(following.text if following else "")
            is_answered = answer.kind == "answer" and self._names.is_answer(answer.rest)
            is_answered = is_answered or (following is not None and self._names.is_answered(following.text))
            text = self._wording(said[at], unit, is_meant=is_meant)
            asked = replace(said[at], text=text)
            is_unsure = not (is_meant or is_answered) and self._names.is_rhetorical(asked, following)
            answered_at = offset + following.start if following and is_answered else -1
            yield _Question(text=text, start=offset + said[at].start, is_unsure=is_unsure, answered_at=answered_at)

    def _is_topic(self, unit: Unit, label: Labelled, comment: Comment | None) -> bool:
        """Tell whether words without a question mark are a question: where nobody signs them as a sentence."""
        if not self._names.is_something(label.rest) or (unit.kind == TEXT and not label.kind):
            return False
        is_own = comment is not None and self._page.signed(comment) is unit and not label.kind
        is_short = len(label.rest.split()) <= _MOST_WORDS and not label.rest.rstrip().endswith(_ENDS)
        return not is_own or is_short or self._names.asks(label.rest)

    def _wording(self, sentence: Sentence, unit: Unit, *, is_meant: bool) -> str:
        """Return a question as it is shown: with the statement that a tail belongs to, without what announces it."""
        text = sentence.text[self._page.speakers.behind(sentence.text) :] or sentence.text
        label = self._names.split(text)
        if label.kind in ("question", "open") and any(map(str.isalpha, label.rest)):
            return label.rest
        if sentence.lead and self._names.tag(sentence):
            return _cut(f"{sentence.lead.rstrip('¿ ')} {text}")
        return text if is_meant or unit.kind != TEXT else self._names.without_lead(text)

    def _asked(
        self, index: int, question: _Question, kind: str, comment: Comment | None, below: tuple[Answer, ...] = ()
    ) -> Asked:
        unit = self._page.units[index]
        line = unit.line_at(question.start)
        answers: tuple[Answer, ...] = self._answers.of_comment(comment) if comment and kind != KIND_HEADING else ()
        answers = (*answers, *below)
        if question.answered_at >= 0:
            answered = self._page.place(unit.line_at(question.answered_at))
            answers = (Answer(kind="response", place=answered, user=comment.user if comment else ""), *answers)
        is_speech = kind == PROSE or len(unit.text) > _LONGEST_BULLET
        return Asked(
            question=shown(question.text),
            kind=kind,
            place=self._page.place(line),
            seen=self._revision.timestamp,
            user=comment.user if comment else "",
            timestamp=comment.timestamp if comment else self._date(),
            is_unsure=question.is_unsure,
            theme=self._themes.of(question.text if is_speech else unit.text, self._sections),
            answers=_once(answers),
            comment=self._answers.anchor(comment) if comment else "",
        )

    def _date(self) -> datetime | None:
        """Return the date that the nearest heading gives, else the page's title."""
        dates = (section.date for section in reversed(self._sections))
        return next((date for date in dates if date), self._page_date)


class _ThemeFinder:
    """The one theme of a question, by its own words, else by the headings above it."""

    def __init__(self, themes: Sequence[Theme]) -> None:
        self._suggestions = Suggestions(themes)
        self._themes = Themes(themes)

    def of(self, text: str, sections: Sequence[_Section]) -> str:
        """Return the id of a theme, or nothing where none is told."""
        above = [theme for section in reversed(sections) for theme in self._themes.find(section.title)]
        own = self._suggestions.of(text) or tuple(self._themes.by_keyword(text))
        both = [theme for theme in own if theme in above]
        return next(iter([*both, *own, *above]), "")


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _once(answers: Sequence[Answer]) -> tuple[Answer, ...]:
    """Return answers without those at the place of one before."""
    lines = [answer.place.line for answer in answers]
    return tuple(answer for at, answer in enumerate(answers) if answer.place.line not in lines[:at])
