"""Count votes by the rules: in time, by people who may vote, one vote for each person and question."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.analyze.eligibility import judge
from bot.analyze.lookalike import lookalikes
from bot.model import Problem
from bot.people import UserFacts, newest_name, nothing_known
from bot.votes import CHOICES, NEUTRAL, OPPOSE, SUPPORT, Proposal, Question, Vote, VoteReading, VoteRules

_Facts = Mapping[str, UserFacts]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionTally:
    """The voting lines of one question in page order, and how many people have which counted vote."""

    question: Question
    votes: tuple[Vote, ...]
    counts: Mapping[str, int]
    denominator: int

    @property
    def support(self) -> int:
        """Return how many support."""
        return self.counts[SUPPORT]

    @property
    def oppose(self) -> int:
        """Return how many oppose."""
        return self.counts[OPPOSE]

    @property
    def neutral(self) -> int:
        """Return how many are neutral."""
        return self.counts[NEUTRAL]

    @property
    def people(self) -> int:
        """Return how many people have a counted vote."""
        return sum(self.counts.values())

    @property
    def unclear(self) -> int:
        """Return how many lines look like votes and are none for sure."""
        return sum(vote.status == "unclear" for vote in self.votes)

    @property
    def share(self) -> float:
        """Return the share of support; it means nothing where the denominator is 0."""
        return self.support / self.denominator if self.denominator else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteFigures:
    """All questions, every voting line with the status that the rules give it, and the rules."""

    rules: VoteRules
    questions: tuple[QuestionTally, ...]
    votes: tuple[Vote, ...]
    problems: tuple[Problem, ...]

    @property
    def counted(self) -> int:
        """Return how many voting lines count."""
        return sum(vote.status == "counted" for vote in self.votes)


def voters(reading: VoteReading, rules: VoteRules) -> list[str]:
    """Return the users of whom something must be known before the votes are counted."""
    if not (rules.eligibility.asks or rules.follow_renames):
        return []
    names = [vote.user for vote in reading.votes if vote.user]
    if rules.proposer_counts:
        names += [proposal.user for proposal in reading.proposals]
    return list(dict.fromkeys(names))


def tally(reading: VoteReading, rules: VoteRules, facts: _Facts) -> VoteFigures:
    """Give every voting line its one status, and count those that count."""
    people = _People(rules, facts)
    judged = [people.judged(vote) for vote in _with_proposers(reading, rules, people)]
    settled = _settled(judged, rules, people)
    questions = tuple(_counts(reading, settled, rules))
    problems = (*reading.problems, *_heading_problems(reading, settled), *people.problems(settled))
    return VoteFigures(rules=rules, questions=questions, votes=tuple(settled), problems=problems)


class _People:
    """Who stands behind a name, and whether they may vote."""

    def __init__(self, rules: VoteRules, facts: _Facts) -> None:
        self._rules = rules
        self._facts = facts

    def person(self, user: str) -> str:
        """Return the newest name that is known of a user."""
        return newest_name(user, self._facts) if self._rules.follow_renames else user

    def judged(self, vote: Vote) -> Vote:
        """Return a vote with the status that its time and its author give it."""
        if vote.status == "unsigned" and vote.reason == "signed-for" and self._rules.count_unsigned:
            vote = replace(vote, status="counted", reason="signed-for-counted")
        if vote.status != "counted" or vote.timestamp is None:
            return vote
        opens, closes = self._rules.opens, self._rules.closes
        if opens and vote.timestamp < opens and vote.reason != "proposer":
            return replace(vote, status="early", reason="early", details=(opens.isoformat(),))
        if closes and vote.timestamp > closes:
            return replace(vote, status="late", reason="late", details=(closes.isoformat(),))
        verdict = judge(self._known(vote.user), self._rules.eligibility)
        if not verdict.may_vote:
            return replace(vote, status="ineligible", reason=verdict.reason, details=verdict.details)
        return vote

    def problems(self, votes: Sequence[Vote]) -> Iterator[Problem]:
        """Yield whom the wiki tells too little of, and names that look alike."""
        yield from self._unknown(votes)
        by_question: dict[Question, dict[str, Vote]] = {}
        for vote in votes:
            if vote.user:
                by_question.setdefault(vote.question, {}).setdefault(self.person(vote.user), vote)
        seen: set[tuple[str, ...]] = set()
        for named in by_question.values():
            for names in lookalikes(named):
                if names not in seen:
                    seen.add(names)
                    yield Problem(place=named[names[-1]].place, message="look-alike", details=names[:2])

    def _unknown(self, votes: Sequence[Vote]) -> Iterator[Problem]:
        """Yield for each fact that the rules need whose is not known."""
        lacking: dict[str, dict[str, Vote]] = {}
        for vote in votes:
            if vote.status == "counted":
                for fact in judge(self._known(vote.user), self._rules.eligibility).unknown:
                    lacking.setdefault(fact, {}).setdefault(vote.user, vote)
        for fact, users in lacking.items():
            first = next(iter(users.values()))
            yield Problem(place=first.place, message=f"eligibility-unknown/{fact}", details=(", ".join(users),))

    def _known(self, user: str) -> UserFacts:
        newest = self._facts.get(self.person(user))
        return newest or self._facts.get(user) or nothing_known(user)


def _with_proposers(reading: VoteReading, rules: VoteRules, people: _People) -> list[Vote]:
    """Return the votes, and where the settings say so, the support that a proposal implies."""
    votes = list(reading.votes)
    if not rules.proposer_counts:
        return votes
    said = {(vote.question, people.person(vote.user)) for vote in votes}
    asked = set(reading.questions)
    implied = [
        _implied(proposal)
        for proposal in reading.proposals
        if proposal.question in asked and (proposal.question, people.person(proposal.user)) not in said
    ]
    return sorted([*votes, *implied], key=_position) if implied else votes


def _implied(proposal: Proposal) -> Vote:
    return Vote(
        choice=SUPPORT,
        strength="",
        user=proposal.user,
        timestamp=proposal.timestamp,
        question=proposal.question,
        place=proposal.place,
        status="counted",
        reason="proposer",
        comment=proposal.comment,
    )


def _position(vote: Vote) -> tuple[str, int]:
    return vote.place.title, vote.place.line


def _settled(votes: Sequence[Vote], rules: VoteRules, people: _People) -> list[Vote]:
    """Leave each person one counted vote for each question."""
    settled = list(votes)
    several: dict[tuple[Question, str], list[int]] = {}
    for index, vote in enumerate(votes):
        if vote.status == "counted":
            several.setdefault((vote.question, people.person(vote.user)), []).append(index)
    for indexes in several.values():
        indexes.sort(key=lambda index: _moment(votes[index]))
        for index, vote in zip(indexes, _one_of([votes[index] for index in indexes], rules.changed), strict=True):
            settled[index] = vote
    return settled


def _moment(vote: Vote) -> float:
    return vote.timestamp.timestamp() if vote.timestamp else 0.0


def _one_of(votes: Sequence[Vote], changed: str) -> Iterator[Vote]:
    """Yield one person's votes on one question, in order of time: one counts, the others say why not."""
    if len({vote.choice for vote in votes}) == 1 or changed == "first":
        kept = votes[0]
    elif changed == "last":
        kept = votes[-1]
    else:
        yield from (replace(vote, status="changed", reason="changed-void", details=()) for vote in votes)
        return
    line = str(kept.place.line)
    for vote in votes:
        if vote is kept:
            yield vote
        elif vote.choice == kept.choice:
            yield replace(vote, status="duplicate", reason="duplicate", details=(line,))
        else:
            yield replace(vote, status="changed", reason=f"changed-{changed}", details=(line,))


def _counts(reading: VoteReading, votes: Iterable[Vote], rules: VoteRules) -> Iterator[QuestionTally]:
    by_question: dict[Question, list[Vote]] = {question: [] for question in reading.questions}
    for vote in votes:
        by_question[vote.question].append(vote)
    for question, own in by_question.items():
        counts = Counter(vote.choice for vote in own if vote.status == "counted")
        asked = (SUPPORT, OPPOSE, NEUTRAL) if rules.share_of == "all" else (SUPPORT, OPPOSE)
        yield QuestionTally(
            question=question,
            votes=tuple(own),
            counts={choice: counts[choice] for choice in CHOICES},
            denominator=sum(counts[choice] for choice in asked),
        )


def _heading_problems(reading: VoteReading, votes: Sequence[Vote]) -> Iterator[Problem]:
    """Yield the headings whose typed number is not that of the votes counted below them."""
    counted = Counter(vote.heading for vote in votes if vote.status == "counted")
    for typed in reading.counts:
        found = counted[typed.place]
        if found != typed.count:
            details = (typed.title, str(typed.count), str(found))
            yield Problem(place=typed.place, message="heading-count-differs", details=details)
