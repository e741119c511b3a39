"""The settings of polls: what was asked, what could be answered, and where the answers lie."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, BeforeValidator, Field, model_validator

from bot.model import Theme
from bot.parse.poll_values import CHOICE, SCALE, Answer, Breakdown, Named, Poll
from bot.parse.poll_words import exact
from bot.settings_base import Identifier, Name, Strict, Texts, Title


def _moment(value: object) -> object:
    """JSON has no dates: a moment is a text such as 2022-03-12T13:00:00Z."""
    if not isinstance(value, str):
        return value
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise ValueError(f"“{value}” is no moment such as 2022-03-12T13:00:00Z") from None


Moment = Annotated[AwareDatetime, BeforeValidator(_moment)]
People = Annotated[int, Field(ge=0)]


class NamedSettings(Strict):
    """Something with an id, titles by language, and what else pages call it."""

    id: Identifier
    title: Texts = {}
    aliases: list[Name] = []

    def named(self) -> Named:
        """Return the value that readers and reports work with."""
        return Named(id=self.id, titles=self.title, aliases=tuple(self.aliases))


class AnswerSettings(NamedSettings):
    """One answer; on a scale it has a value, or takes no side and is “unsure”."""

    value: int | None = None
    unsure: bool = False
    agrees: bool | None = Field(default=None, description="where not said: the values above the middle of the scale")

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if self.unsure and (self.value is not None or self.agrees):
            raise ValueError("an answer that is “unsure” has no value and does not agree")
        return self

    def answer(self, middle: Fraction) -> Answer:
        """Return the value that readers and reports work with; middle is that of the scale."""
        agrees = self.value is not None and self.value > middle if self.agrees is None else self.agrees
        return Answer(
            id=self.id,
            titles=self.title,
            aliases=tuple(self.aliases),
            value=self.value or 0,
            is_unsure=self.unsure,
            agrees=agrees,
        )


class BreakdownSettings(NamedSettings):
    """A trait of people by which answers are told apart: the columns that ask for it, and its values."""

    columns: Annotated[list[Name], Field(min_length=1)]
    values: Annotated[list[NamedSettings], Field(min_length=1)]

    def breakdown(self) -> Breakdown:
        """Return the value that readers and reports work with."""
        values = tuple(value.named() for value in self.values)
        return Breakdown(
            id=self.id,
            titles=self.title,
            aliases=tuple(self.aliases),
            columns=tuple(self.columns),
            values=values,
        )


class PollSettings(NamedSettings):
    """One poll. One that repeats another takes over the questions and answers that it does not give itself."""

    kind: Literal["scale", "choice"] = "scale"
    wording: Texts = {}
    answers: list[AnswerSettings] = []
    questions: list[NamedSettings] = []
    pages: list[Title] = Field(default=[], description="where this poll may be read; on every source where not said")
    invited: People = 0
    participants: People = 0
    opens: Moment | None = None
    closes: Moment | None = None
    agreement_of: Literal["all", "sure"] = Field(
        default="all", description="what the agreement rate is a share of: all answers, or those that are not unsure"
    )
    repeats: Identifier | None = None
    respondents: Literal["same", "different", "unknown"] = "unknown"
    change: Literal["after-before", "before-after"] = "after-before"
    person: list[Name] = Field(default=[], description="the columns of a survey that name who answered")
    breakdowns: list[BreakdownSettings] = []

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.repeats is None and not (self.answers and self.questions):
            raise ValueError("a poll has “answers” and “questions”, or “repeats” one that has them")
        if self.kind == SCALE and any(each.value is None and not each.unsure for each in self.answers):
            raise ValueError("each answer of a scale has a “value” or is “unsure”")
        if self.opens and self.closes and self.opens >= self.closes:
            raise ValueError("a poll closes after it opens")
        for what in (self.answers, self.questions, self.breakdowns):
            _names_once([each.named() for each in what])
        return self

    def poll(self, themes: Sequence[Theme], earlier: "Poll | None" = None) -> Poll:
        """Return the value that readers and reports work with; questions take the titles of themes of their id."""
        return Poll(
            id=self.id,
            titles=self.title,
            aliases=tuple(self.aliases),
            kind=earlier.kind if earlier and not self.answers else self.kind,
            answers=self._answers() or (earlier.answers if earlier else ()),
            questions=self._questions(themes) or (earlier.questions if earlier else ()),
            wording=self.wording or (earlier.wording if earlier else {}),
            pages=tuple(self.pages),
            invited=self.invited,
            participants=self.participants,
            opens=self.opens,
            closes=self.closes,
            agreement_of_sure=self.agreement_of == "sure",
            repeats=self.repeats or "",
            respondents=self.respondents,
            before_minus_after=self.change == "before-after",
            person=tuple(self.person),
            breakdowns=tuple(each.breakdown() for each in self.breakdowns),
        )

    def _answers(self) -> tuple[Answer, ...]:
        values = [each.value for each in self.answers if each.value is not None]
        middle = Fraction(min(values) + max(values), 2) if values and self.kind != CHOICE else Fraction(10**9)
        return tuple(each.answer(middle) for each in self.answers)

    def _questions(self, themes: Sequence[Theme]) -> tuple[Named, ...]:
        known = {theme.id: theme for theme in themes}
        return tuple(_with_theme(each.named(), known) for each in self.questions)


def _with_theme(question: Named, themes: Mapping[str, Theme]) -> Named:
    theme = themes.get(question.id)
    if theme is None:
        return question
    aliases = (*question.aliases, *theme.aliases)
    return Named(id=question.id, titles={**theme.titles, **question.titles}, aliases=aliases)


def _names_once(several: Sequence[Named]) -> None:
    seen: dict[str, str] = {}
    for each in several:
        for name in {exact(name) for name in each.names}:
            if name in seen:
                raise ValueError(f"“{seen[name]}” and “{each.id}” are both called “{name}”")
        seen.update({exact(name): each.id for name in each.names})


def polls(
    several: Sequence[PollSettings], themes: Sequence[Theme], *, changed: str = "last", counts_unsigned: bool = False
) -> tuple[Poll, ...]:
    """Return all polls; each may only repeat one that stands before it. Ballots follow the rules of votes."""
    made: dict[str, Poll] = {}
    for each in several:
        earlier = made.get(each.repeats) if each.repeats else None
        poll = each.poll(themes, earlier)
        made[each.id] = replace(poll, changed=changed, counts_unsigned=counts_unsigned)
    return tuple(made.values())


def check(several: Sequence[PollSettings]) -> None:
    """Raise ValueError for an id that stands twice and for a poll that repeats none before it."""
    seen: dict[str, PollSettings] = {}
    for each in several:
        if each.id in seen:
            raise ValueError(f"two polls are called “{each.id}”")
        if each.repeats is not None and each.repeats not in seen:
            raise ValueError(f"the poll “{each.id}” repeats “{each.repeats}”, which no poll before it is called")
        if each.repeats is not None and seen[each.repeats].repeats is not None:
            raise ValueError(f"“{each.repeats}” repeats a poll itself; “{each.id}” should name the first one")
        seen[each.id] = each
