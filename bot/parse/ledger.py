"""Settle which answers of people count: one for each question, the latest, given while the poll is open."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from bot.parse.poll_values import COUNTED, DUPLICATE, EARLY, LATE, UNCLEAR, UNDATED, Ballot, Poll

_FIRST = datetime.min.replace(tzinfo=UTC)


def settle(ballots: Sequence[Ballot], polls: Mapping[str, Poll]) -> tuple[Ballot, ...]:
    """Return the answers with those that do not count marked; settling twice changes nothing."""
    timely = [_timely(ballot, polls.get(ballot.poll)) for ballot in ballots]
    latest: dict[tuple[str, str, str], Ballot] = {}
    for ballot in timely:
        key = (ballot.poll, ballot.question, ballot.who)
        if ballot.status == COUNTED and ballot.who and _is_later(ballot, latest.get(key)):
            latest[key] = ballot
    return tuple(_single(ballot, latest.get((ballot.poll, ballot.question, ballot.who))) for ballot in timely)


def _is_later(ballot: Ballot, other: Ballot | None) -> bool:
    """Dates decide where both have one; else the order on the page does."""
    if other is None:
        return True
    if ballot.timestamp is None or other.timestamp is None:
        return True
    return ballot.timestamp >= other.timestamp


def _timely(ballot: Ballot, poll: Poll | None) -> Ballot:
    if ballot.status != COUNTED or poll is None or not (poll.opens or poll.closes) or not ballot.is_public:
        return ballot
    if ballot.timestamp is None:
        return replace(ballot, status=UNCLEAR, reason=UNDATED)
    if poll.closes and ballot.timestamp > poll.closes:
        return replace(ballot, status=LATE, reason=f"the poll closed at {poll.closes:%Y-%m-%dT%H:%M}")
    if poll.opens and ballot.timestamp < poll.opens:
        return replace(ballot, status=EARLY, reason=f"the poll opened at {poll.opens:%Y-%m-%dT%H:%M}")
    return ballot


def _single(ballot: Ballot, counted: Ballot | None) -> Ballot:
    if ballot.status != COUNTED or not ballot.who or counted is None or ballot is counted:
        return ballot
    return replace(ballot, status=DUPLICATE, reason=f"the same person answered again in line {counted.place.line}")
