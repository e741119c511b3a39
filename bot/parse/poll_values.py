"""Polls as the settings describe them, and what pages say of them: counts in tables, and answers of single people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

from bot.model import Place, Problem

SCALE, CHOICE = "scale", "choice"
COUNTED, STRUCK, DUPLICATE = "counted", "struck", "duplicate"
LATE, EARLY, UNSIGNED, UNCLEAR, REPLY = "late", "early", "unsigned", "unclear", "reply"
# Why an answer that is understood cannot be counted all the same.
UNDATED = "it has no date, so that nobody can tell whether it came in time"
WHICH_POLL = "nothing says which of the polls it answers"
SIGNED_FOR = "only a template, put there by somebody else, names the author"
STATUSES = (COUNTED, STRUCK, DUPLICATE, LATE, EARLY, UNSIGNED, UNCLEAR, REPLY)


def in_language(texts: Mapping[str, str], language: str, otherwise: str) -> str:
    """Return a text of the settings in a language, else in the first one that they give."""
    return texts.get(language) or next(iter(texts.values()), otherwise)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Something of the settings that pages call by several names; titles by language code."""

    id: str
    titles: Mapping[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Return every name that a page may use."""
        return tuple(dict.fromkeys((self.id, *self.titles.values(), *self.aliases)))

    def title(self, language: str) -> str:
        """Return the title in a language, else in the first one that the settings give."""
        return in_language(self.titles, language, self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Named):
    """One answer that can be chosen; value is its step on a scale, which a "not sure" has none of."""

    value: int = 0
    is_unsure: bool = False
    agrees: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown(Named):
    """A trait by which answers may be told apart, such as the region: where a form asks for it, and its values."""

    columns: tuple[str, ...] = ()
    values: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll(Named):
    """One poll; pages are where it may be read, none for any. Zero invited or participants are not known.

    repeats is the poll that was asked before with the same questions; respondents says whether the same people
    answered: "same", "different" or "unknown". person is the column of a survey that names who answered. changed says
    which of a person's answers counts: the "last", the "first" or, with "void", none.
    """

    kind: str
    answers: tuple[Answer, ...]
    questions: tuple[Named, ...]
    wording: Mapping[str, str] = field(default_factory=dict)
    pages: tuple[str, ...] = ()
    invited: int = 0
    participants: int = 0
    opens: datetime | None = None
    closes: datetime | None = None
    agreement_of_sure: bool = False
    repeats: str = ""
    respondents: str = "unknown"
    before_minus_after: bool = False
    person: tuple[str, ...] = ()
    breakdowns: tuple[Breakdown, ...] = ()
    changed: str = "last"
    counts_unsigned: bool = False

    def question_asked(self, language: str) -> str:
        """Return the question as it was asked, in a language, or nothing where the settings do not give it."""
        return in_language(self.wording, language, "")

    def agreeing(self, language: str) -> list[str]:
        """Return the titles of the answers that count as agreement."""
        return [answer.title(language) for answer in self.answers if answer.agrees]

    @property
    def has_unsure(self) -> bool:
        """Tell whether an answer takes no side."""
        return any(answer.is_unsure for answer in self.answers)

    @property
    def family(self) -> str:
        """Return what polls with the same questions and answers have in common."""
        return self.repeats or self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The counts of one question as one place states them, with the shares in percent and the total beside them.

    A total of 0 is not stated; counts are missing where only shares are given and nobody says of how many.
    """

    poll: str
    question: str
    counts: Mapping[str, int]
    shares: Mapping[str, Fraction]
    total: int
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """One answer of one person to one question, and whether it counts; who is empty where nobody signed.

    traits are the person's values of breakdowns. respondent keeps apart the people of a survey that names none.
    """

    poll: str
    question: str
    answer: str
    who: str
    place: Place
    status: str = COUNTED
    reason: str = ""
    timestamp: datetime | None = None
    respondent: str = ""
    traits: Mapping[str, str] = field(default_factory=dict)
    is_public: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnout:
    """How many people filled in a survey, whether or not they answered a certain question."""

    poll: str
    people: int
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class PollReading:
    """What pages say of polls, and what a person should look at."""

    results: tuple[Result, ...] = ()
    ballots: tuple[Ballot, ...] = ()
    turnouts: tuple[Turnout, ...] = ()
    problems: tuple[Problem, ...] = ()
    polls: tuple[Poll, ...] = ()

    @classmethod
    def together(cls, several: Iterable["PollReading"]) -> "PollReading":
        """Return several readings as one, in order."""
        readings = list(several)
        return cls(
            results=tuple(result for reading in readings for result in reading.results),
            ballots=tuple(ballot for reading in readings for ballot in reading.ballots),
            turnouts=tuple(turnout for reading in readings for turnout in reading.turnouts),
            problems=tuple(problem for reading in readings for problem in reading.problems),
            polls=tuple({poll.id: poll for reading in readings for poll in reading.polls}.values()),
        )
