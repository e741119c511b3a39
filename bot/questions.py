"""The words of open questions, as frozen values: another page of bot.model, and as free to import."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.model import Place, Problem

HEADING, LIST, BULLET, TALK, PROSE = "heading", "list", "bullet", "talk", "prose"
KINDS = (HEADING, LIST, BULLET, TALK, PROSE)
OPEN, ANSWERED, PARKED = "open", "answered", "parked"
STATES = (OPEN, ANSWERED, PARKED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Where a question was answered: a "reply", a "response" line, a "resolved" section, or a person's "link".

    A link leads to target, a title or an address, and stands at place, in the register or below the question. user is
    empty where nobody signed; comment is the anchor of a reply where the wiki makes one.
    """

    kind: str
    place: Place
    user: str = ""
    timestamp: datetime | None = None
    target: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question at one place; kind says how it stands there.

    timestamp is that of the signature, else the date of the heading or the page, None where none is given; seen is
    when the revision was saved. An unsure one may be rhetorical. comment is its anchor where the wiki makes one.
    """

    question: str
    kind: str
    place: Place
    seen: datetime
    user: str = ""
    timestamp: datetime | None = None
    is_unsure: bool = False
    theme: str = ""
    answers: tuple[Answer, ...] = ()
    comment: str = ""

    @property
    def first(self) -> datetime:
        """Return when it was asked, as far as the page tells."""
        return self.timestamp or self.seen

    @property
    def is_signed(self) -> bool:
        """Tell whether somebody signed it with a time."""
        return bool(self.user and self.timestamp)

    @property
    def spot(self) -> str:
        """Return what tells where it is asked, whatever its words are: who signed it when, else its section."""
        if self.user and self.timestamp is not None:
            return f"{self.timestamp:%Y-%m-%dT%H:%M:%SZ} {self.user}"
        return f"{self.place.title}#{self.place.section}"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionReading:
    """The questions of one page, or of several, in page order; users are the namespaces that signatures link to."""

    asked: tuple[Asked, ...] = ()
    problems: tuple[Problem, ...] = ()
    users: tuple[str, ...] = ()

    @classmethod
    def together(cls, readings: Iterable["QuestionReading"]) -> "QuestionReading":
        """Return several readings as one."""
        several = list(readings)
        return cls(
            asked=tuple(asked for each in several for asked in each.asked),
            problems=tuple(problem for each in several for problem in each.problems),
            users=tuple(dict.fromkeys(name for each in several for name in each.users)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """What the register wrote of one question the last time: wordings are those that it was asked in then.

    pages are titles where it stood, spots those of its askings, state the one that was found, whatever a person said.
    """

    number: int
    first_wording: str
    wordings: tuple[str, ...]
    first: datetime
    theme: str = ""
    state: str = OPEN
    is_unsure: bool = False
    pages: tuple[str, ...] = ()
    spots: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Return the id, as people cite it."""
        return f"Q{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a person wrote of a question into the register: a state or none, a link to the answer, and the words."""

    state: str = ""
    target: str = ""
    text: str = ""
    problems: tuple[Problem, ...] = ()
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One question of the register; asked is empty where no source asks it any more."""

    number: int
    question: str
    first_wording: str
    first: datetime
    asked: tuple[Asked, ...]
    theme: str = ""
    found: str = OPEN
    is_unsure: bool = False
    said: Said = Said()
    answers: tuple[Answer, ...] = ()
    wordings: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    spots: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Return the id, as people cite it."""
        return f"Q{self.number}"

    @property
    def row(self) -> Remembered:
        """Return what the register is to remember of it."""
        return Remembered(
            number=self.number,
            first_wording=self.first_wording,
            wordings=self.wordings,
            first=self.first,
            theme=self.theme,
            state=self.found,
            is_unsure=self.is_unsure,
            pages=self.pages,
            spots=self.spots,
        )

    @property
    def is_asked(self) -> bool:
        """Tell whether a source still asks it."""
        return bool(self.asked)

    @property
    def is_sure(self) -> bool:
        """Tell whether it surely wants an answer, or a person said what became of it."""
        return bool(self.said.state) or not self.is_unsure

    @property
    def state(self) -> str:
        """Return the state: a person's word is stronger than what was found."""
        return self.said.state or self.found

    @property
    def times(self) -> int:
        """Return how often it is asked now."""
        return len(self.asked)
