"""What the counting of polls comes to: exact numbers, each with what it was computed from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from bot.model import Place, Problem
from bot.parse.poll_values import Answer, Breakdown, Named, Poll


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A 95 % confidence interval, in percent or points; only known where somebody answered."""

    lower: float = 0.0
    upper: float = 0.0
    is_known: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A share with what it is a share of."""

    numerator: int
    denominator: int
    interval: Interval = field(default_factory=Interval)

    @property
    def is_known(self) -> bool:
        """Tell whether there is anything to take a share of."""
        return self.denominator > 0

    @property
    def percent(self) -> Fraction:
        """Return the share in percent, exactly."""
        return Fraction(100 * self.numerator, self.denominator) if self.denominator else Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mean:
    """A mean as the sum of values over the answers that have one."""

    total: int
    answers: int

    @property
    def is_known(self) -> bool:
        """Tell whether anybody gave an answer with a value."""
        return self.answers > 0

    @property
    def value(self) -> Fraction:
        """Return the mean, exactly."""
        return Fraction(self.total, self.answers) if self.answers else Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerCount:
    """How many gave one answer, of all who answered the question."""

    answer: Answer
    count: int
    of: int

    @property
    def percent(self) -> Fraction:
        """Return the share in percent, exactly."""
        return Fraction(100 * self.count, self.of) if self.of else Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarded:
    """A count that may be kept back: mark is empty, "small" for one under the threshold, or "withheld"."""

    count: int
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenDown:
    """The answers to one question by a trait, kept so that no small cell can be worked out.

    There are no rows where that cannot be done, or where too few answered. Each row is a value of the trait, its
    total and its counts; an id of nothing stands for people who did not say. One that is held was published before,
    and stays as long as too few have answered since.
    """

    breakdown: Breakdown
    rows: tuple[tuple[Named, Guarded, tuple[Guarded, ...]], ...]
    is_small: bool = False
    is_held: bool = False

    @property
    def keeps_back(self) -> bool:
        """Tell whether anything is kept back."""
        return any(guarded.mark for _, total, cells in self.rows for guarded in (total, *cells))


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionFigures:
    """One question of one poll; agreement and mean are only known for scales, rank begins at 1."""

    question: Named
    counts: tuple[AnswerCount, ...]
    agreement: Rate
    mean: Mean
    place: Place
    rank: int = 0
    broken_down: tuple[BrokenDown, ...] = ()

    @property
    def n(self) -> int:
        """Return how many answered."""
        return sum(each.count for each in self.counts)

    @property
    def unsure(self) -> int:
        """Return how many took no side."""
        return sum(each.count for each in self.counts if each.answer.is_unsure)


@dataclass(frozen=True, slots=True, kw_only=True)
class PollResult:
    """One poll: its questions, how many people answered of how many invited, and what was not counted."""

    poll: Poll
    questions: tuple[QuestionFigures, ...]
    people: int
    uncounted: Mapping[str, int]

    @property
    def has_breakdowns(self) -> bool:
        """Tell whether any question is broken down in a table."""
        return any(broken.rows for question in self.questions for broken in question.broken_down)

    @property
    def response(self) -> Rate:
        """Return the response rate, unknown where nobody says how many were invited."""
        return Rate(numerator=self.people, denominator=self.poll.invited)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One answer to one question, asked twice: shares in percent, change in points under the poll's convention."""

    question: Named
    before: AnswerCount
    after: AnswerCount
    change: Fraction
    interval: Interval

    @property
    def answer(self) -> Answer:
        """Return the answer that both shares are of."""
        return self.before.answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The same poll taken twice."""

    before: PollResult
    after: PollResult
    changes: tuple[Change, ...]

    @property
    def id(self) -> str:
        """Return the name of the comparison's chart."""
        return f"{self.before.poll.id}-{self.after.poll.id}"

    @property
    def questions(self) -> list[Named]:
        """Return the questions that both polls have."""
        return list({change.question.id: change.question for change in self.changes}.values())

    @property
    def fewer(self) -> int:
        """Return how many people fewer answered the second time, less than zero where it was more."""
        return self.before.people - self.after.people

    @property
    def fewer_percent(self) -> Fraction:
        """Return that as a share of those who answered the first time."""
        return abs(Rate(numerator=self.fewer, denominator=self.before.people).percent)

    def of(self, question: str) -> list[Change]:
        """Return the changes of one question, by answer."""
        return [change for change in self.changes if change.question.id == question]


@dataclass(frozen=True, slots=True, kw_only=True)
class PollFigures:
    """All polls of a consultation, and those that repeat another one."""

    polls: tuple[PollResult, ...]
    comparisons: tuple[Comparison, ...]
    smallest: int
    smallest_question: int
    problems: tuple[Problem, ...]

    def ending_in(self, poll: str) -> list[Comparison]:
        """Return the comparisons of a poll with the one that it repeats."""
        return [each for each in self.comparisons if each.after.poll.id == poll]

    def is_compared(self, poll: str) -> bool:
        """Tell whether a poll is shown beside another one."""
        return any(poll in (each.before.poll.id, each.after.poll.id) for each in self.comparisons)
