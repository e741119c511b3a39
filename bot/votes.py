"""The words of votes, as frozen values: another page of bot.model, and as free to import."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.model import Place, Problem

SUPPORT, OPPOSE, NEUTRAL, UNCLEAR = "support", "oppose", "neutral", "unclear"
CHOICES = (SUPPORT, OPPOSE, NEUTRAL)
STATUSES = (
    "counted",
    "struck",
    "duplicate",
    "changed",
    "late",
    "early",
    "unsigned",
    "reply",
    "ineligible",
    "unclear",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is voted on: the heading above the votes that is no vote heading itself; without one, the page."""

    title: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """One voting line; exactly one status, and the rule that decided it.

    choice is "support", "oppose", "neutral" or "unclear", strength "strong", "weak" or empty. The rule is the label
    "vote-reason-…", filled with the details. timestamp is aware, in UTC, None where nobody signed. heading is the
    vote heading above, comment the anchor of the comment where the wiki makes one.
    """

    choice: str
    strength: str
    user: str
    timestamp: datetime | None
    question: Question
    place: Place
    status: str
    reason: str
    details: tuple[str, ...] = ()
    heading: Place | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingCount:
    """A number that somebody typed into the heading of votes."""

    question: Question
    title: str
    count: int
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Who put a question, by the first signed comment below it that is no vote."""

    question: Question
    user: str
    timestamp: datetime
    place: Place
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteReading:
    """What pages hold of votes: questions in order, every voting line, and what should be looked at."""

    questions: tuple[Question, ...] = ()
    votes: tuple[Vote, ...] = ()
    counts: tuple[HeadingCount, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    problems: tuple[Problem, ...] = ()

    @staticmethod
    def together(readings: "Iterable[VoteReading]") -> "VoteReading":
        """Return the readings of several pages as one."""
        several = list(readings)
        return VoteReading(
            questions=tuple(each for reading in several for each in reading.questions),
            votes=tuple(each for reading in several for each in reading.votes),
            counts=tuple(each for reading in several for each in reading.counts),
            proposals=tuple(each for reading in several for each in reading.proposals),
            problems=tuple(each for reading in several for each in reading.problems),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Eligibility:
    """Who may vote; a rule that is not set asks nothing."""

    registered_before: datetime | None = None
    edits_min: int = 0
    not_blocked: bool = False
    not_bot: bool = False

    @property
    def asks(self) -> bool:
        """Tell whether anything must be known of the voters."""
        return bool(self.registered_before or self.edits_min or self.not_blocked or self.not_bot)


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteRules:
    """By which rules votes count; opens and closes are aware, and both moments are still in time."""

    opens: datetime | None = None
    closes: datetime | None = None
    changed: str = "last"
    share_of: str = "support_oppose"
    proposer_counts: bool = False
    count_unsigned: bool = False
    follow_renames: bool = True
    eligibility: Eligibility = Eligibility()
