"""Count polls: shares, agreement and means as exact fractions, and what changed where a poll was taken twice."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import pandas as pd

from bot.analyze.breakdowns import SMALLEST, SMALLEST_QUESTION, Asked, broken_down
from bot.analyze.intervals import of_difference, of_share
from bot.analyze.poll_figures import (
    AnswerCount,
    Change,
    Comparison,
    Interval,
    Mean,
    PollFigures,
    PollResult,
    QuestionFigures,
    Rate,
)
from bot.analyze.republished import Key, Shown, published
from bot.model import Place, Problem
from bot.parse.ledger import settle, under_newest_names
from bot.parse.poll_values import COUNTED, SCALE, Ballot, Named, Poll, PollReading, Result
from bot.people import UserFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counted:
    """The counts of one question by answer, and where they come from."""

    counts: Mapping[str, int]
    place: Place


def answerers(reading: PollReading) -> list[str]:
    """Return the users who answered on pages of the wiki."""
    return list(dict.fromkeys(ballot.who for ballot in reading.ballots if ballot.is_public and ballot.who))


def settled(reading: PollReading, polls: Sequence[Poll], facts: Mapping[str, UserFacts]) -> PollReading:
    """Return what was read with one answer a person and question, whatever the person was called when answering."""
    ballots = under_newest_names(reading.ballots, facts)
    return replace(reading, ballots=settle(ballots, {poll.id: poll for poll in polls or reading.polls}))


def count_polls(
    reading: PollReading, polls: Sequence[Poll], report: str = "", facts: Mapping[str, UserFacts] | None = None
) -> PollFigures:
    """Count every poll that was read; people's own answers go before what a table says of them.

    report is what was published before, whose breakdowns must not tell of single people by what changed.
    """
    chosen = polls or reading.polls
    ballots = settled(reading, chosen, facts or {}).ballots
    results = [_poll(poll, replace(reading, ballots=ballots)) for poll in chosen]
    read = _with_breakdowns([result for result in results if result.questions], ballots, published(report))
    by_id = {result.poll.id: result for result in read}
    comparisons = [_comparison(by_id[result.poll.repeats], result) for result in read if result.poll.repeats in by_id]
    problems = [*reading.problems, *_disagreements(reading, read), *(each for one in read for each in _crowded(one))]
    return PollFigures(
        polls=tuple(read),
        comparisons=tuple(comparisons),
        smallest=SMALLEST,
        smallest_question=SMALLEST_QUESTION,
        problems=tuple(problems),
    )


def _poll(poll: Poll, reading: PollReading) -> PollResult:
    ballots = [ballot for ballot in reading.ballots if ballot.poll == poll.id]
    by_hand = _by_hand(ballots)
    stated = _stated([result for result in reading.results if result.poll == poll.id])
    counted = {**stated, **by_hand}
    questions = [
        _question(poll, question, counted[question.id]) for question in poll.questions if question.id in counted
    ]
    statuses = Counter(ballot.status for ballot in ballots if ballot.status != COUNTED)
    return PollResult(
        poll=poll,
        questions=tuple(_ranked(poll, questions)),
        people=_people(poll, ballots, reading, questions),
        uncounted=dict(statuses),
    )


def _by_hand(ballots: Sequence[Ballot]) -> dict[str, _Counted]:
    """Count people's answers, question by question."""
    valid = [ballot for ballot in ballots if ballot.status == COUNTED]
    if not valid:
        return {}
    cells = pd.DataFrame([(ballot.question, ballot.answer) for ballot in valid], columns=["question", "answer"])
    table = pd.crosstab(cells["question"], cells["answer"])
    found = {}
    for question in table.index:
        first = next(ballot for ballot in valid if ballot.question == question)
        counts = {str(answer): int(count) for answer, count in table.loc[question].items()}
        found[str(question)] = _Counted(counts=counts, place=first.place)
    return found


def _stated(results: Sequence[Result]) -> dict[str, _Counted]:
    """Return what tables state, the first one where several do."""
    return {
        result.question: _Counted(counts=result.counts, place=result.place)
        for result in reversed(results)
        if result.counts
    }


def _question(poll: Poll, question: Named, counted: _Counted) -> QuestionFigures:
    n = sum(counted.counts.get(answer.id, 0) for answer in poll.answers)
    counts = tuple(
        AnswerCount(answer=answer, count=counted.counts.get(answer.id, 0), of=n) for answer in poll.answers
    )
    return QuestionFigures(
        question=question,
        counts=counts,
        agreement=_agreement(poll, counts, n),
        mean=_mean(poll, counts),
        place=counted.place,
    )


def _agreement(poll: Poll, counts: Sequence[AnswerCount], n: int) -> Rate:
    if poll.kind != SCALE:
        return Rate(numerator=0, denominator=0)
    unsure = sum(each.count for each in counts if each.answer.is_unsure)
    agreeing = sum(each.count for each in counts if each.answer.agrees)
    of = n - unsure if poll.agreement_of_sure else n
    return Rate(numerator=agreeing, denominator=of, interval=of_share(agreeing, of))


def _mean(poll: Poll, counts: Sequence[AnswerCount]) -> Mean:
    valued = [each for each in counts if poll.kind == SCALE and not each.answer.is_unsure]
    total = sum(each.count * each.answer.value for each in valued)
    return Mean(total=total, answers=sum(each.count for each in valued))


def _ranked(poll: Poll, questions: Sequence[QuestionFigures]) -> list[QuestionFigures]:
    """Rank questions by agreement, or by the first answer of a choice; equal shares share a rank."""
    weights = [
        each.agreement.percent if poll.kind == SCALE else each.counts[0].percent if each.counts else Fraction(0)
        for each in questions
    ]
    return [
        replace(each, rank=1 + sum(other > weight for other in weights))
        for each, weight in zip(questions, weights, strict=True)
    ]


def _with_breakdowns(
    results: Sequence[PollResult], ballots: Sequence[Ballot], before: Mapping[Key, Shown]
) -> list[PollResult]:
    """Return the polls with their questions broken down, all at once so that none tells of another."""
    asked = [
        Asked(poll=result.poll, question=each.question.id, ballots=_counting(ballots, result.poll, each.question))
        for result in results
        for each in result.questions
    ]
    tables = broken_down(asked, before)
    return [
        replace(
            result,
            questions=tuple(
                replace(each, broken_down=tuple(tables[result.poll.id, each.question.id]))
                for each in result.questions
            ),
        )
        for result in results
    ]


def _counting(ballots: Sequence[Ballot], poll: Poll, question: Named) -> tuple[Ballot, ...]:
    return tuple(
        each for each in ballots if (each.poll, each.question, each.status) == (poll.id, question.id, COUNTED)
    )


def _people(poll: Poll, ballots: Sequence[Ballot], reading: PollReading, questions: Sequence[QuestionFigures]) -> int:
    """Return how many people took part, as the settings or a survey say, else how many answered at the least."""
    if poll.participants:
        return poll.participants
    turnout = sum(each.people for each in reading.turnouts if each.poll == poll.id)
    signed = len({each.who or each.respondent for each in ballots if each.status == COUNTED})
    return turnout or max(signed, *(each.n for each in questions), 0)


def _comparison(before: PollResult, after: PollResult) -> Comparison:
    earlier = {each.question.id: each for each in before.questions}
    changes = [
        _change(question.question, one, other, after.poll)
        for question in after.questions
        if question.question.id in earlier
        for one in earlier[question.question.id].counts
        for other in question.counts
        if one.answer.id == other.answer.id
    ]
    return Comparison(before=before, after=after, changes=tuple(changes))


def _change(question: Named, before: AnswerCount, after: AnswerCount, poll: Poll) -> Change:
    sign = -1 if poll.before_minus_after else 1
    interval = _of_change(before, after) if poll.respondents != "same" else Interval()
    if sign < 0 and interval.is_known:
        interval = Interval(lower=-interval.upper, upper=-interval.lower, is_known=True)
    points = sign * (after.percent - before.percent)
    return Change(question=question, before=before, after=after, change=points, interval=interval)


def _of_change(before: AnswerCount, after: AnswerCount) -> Interval:
    return of_difference(before.count, before.of, after.count, after.of)


def _crowded(result: PollResult) -> list[Problem]:
    """Report each question that has more answers than the poll has people."""
    poll = result.poll
    return [
        Problem(
            place=each.place,
            message="poll-more-than-people",
            details=(each.question.title("en"), str(each.n), str(poll.participants)),
        )
        for each in result.questions
        if poll.participants and each.n > poll.participants
    ]


def _disagreements(reading: PollReading, results: Sequence[PollResult]) -> list[Problem]:
    """Report each table whose counts are not those that were taken."""
    taken = {(result.poll.id, each.question.id): each for result in results for each in result.questions}
    problems = []
    for result in reading.results:
        figures = taken.get((result.poll, result.question))
        if figures is None or not result.counts:
            continue
        counts = {each.answer.id: each.count for each in figures.counts}
        wrong = {answer for answer, count in result.counts.items() if count != counts.get(answer, 0)}
        if wrong:
            problems.append(_disagreement(result, figures, wrong))
    return problems


def _disagreement(result: Result, figures: QuestionFigures, wrong: set[str]) -> Problem:
    several = [
        f"{each.answer.title('en')} {result.counts[each.answer.id]} ≠ {each.count}"
        for each in figures.counts
        if each.answer.id in wrong
    ]
    details = (figures.question.title("en"), " · ".join(several), figures.place.title, str(figures.place.line))
    return Problem(place=result.place, message="poll-sources-disagree", details=details)
