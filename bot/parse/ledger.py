"""Settle which answers of people count: one for each question, the latest, given while the poll is open."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from bot.parse.poll_values import COUNTED, DUPLICATE, EARLY, LATE, SIGNED_FOR, UNCLEAR, UNDATED, Ballot, Poll
from bot.people import UserFacts, newest_name

_FIRST = datetime.min.replace(tzinfo=UTC)


def settle(ballots: Sequence[Ballot], polls: Mapping[str, Poll]) -> tuple[Ballot, ...]:
    """Return the answers with those that do not count marked; settling twice changes nothing."""
    settled = [_timely(ballot, polls.get(ballot.poll)) for ballot in ballots]
    several: dict[tuple[str, str, str], list[int]] = {}
    for index, ballot in enumerate(settled):
        if ballot.status == COUNTED and ballot.who:
            several.setdefault((ballot.poll, ballot.question, ballot.who), []).append(index)
    for (poll, _, _), indexes in several.items():
        in_order = _in_order([settled[index] for index in indexes], indexes)
        counted = _counted([settled[index] for index in in_order], polls.get(poll))
        for index in in_order:
            settled[index] = _single(settled[index], counted)
    return tuple(settled)


def under_newest_names(ballots: Sequence[Ballot], facts: Mapping[str, UserFacts]) -> tuple[Ballot, ...]:
    """Return the answers with each user by the name that is known last; surveys name people in their own way."""
    return tuple(replace(each, who=newest_name(each.who, facts)) if each.is_public else each for each in ballots)


def _in_order(ballots: Sequence[Ballot], indexes: Sequence[int]) -> list[int]:
    """Return the places of one person's answers by their dates, or by the order on the page where one has none."""
    if any(ballot.timestamp is None for ballot in ballots):
        return list(indexes)
    moments = {index: ballot.timestamp or _FIRST for index, ballot in zip(indexes, ballots, strict=True)}
    return sorted(indexes, key=lambda index: moments[index])


def _counted(ballots: Sequence[Ballot], poll: Poll | None) -> Ballot | None:
    """Return which of one person's answers counts, in order of time."""
    changed = poll.changed if poll else "last"
    if changed == "void" and len({ballot.answer for ballot in ballots}) > 1:
        return None
    return ballots[-1] if changed == "last" else ballots[0]


def _timely(ballot: Ballot, poll: Poll | None) -> Ballot:
    if poll is None:
        return ballot
    if ballot.reason == SIGNED_FOR and poll.counts_unsigned:
        ballot = replace(ballot, status=COUNTED, reason="")
    if ballot.status != COUNTED or not (poll.opens or poll.closes) or not ballot.is_public:
        return ballot
    if ballot.timestamp is None:
        return replace(ballot, status=UNCLEAR, reason=UNDATED)
    if poll.closes and ballot.timestamp > poll.closes:
        return replace(ballot, status=LATE, reason=f"the poll closed at {poll.closes:%Y-%m-%dT%H:%M}")
    if poll.opens and ballot.timestamp < poll.opens:
        return replace(ballot, status=EARLY, reason=f"the poll opened at {poll.opens:%Y-%m-%dT%H:%M}")
    return ballot


def _single(ballot: Ballot, counted: Ballot | None) -> Ballot:
    if ballot is counted:
        return ballot
    if counted is None:
        return replace(ballot, status=DUPLICATE, reason="the same person gave different answers, and none counts")
    where = "earlier" if counted.timestamp and ballot.timestamp and counted.timestamp < ballot.timestamp else "again"
    return replace(ballot, status=DUPLICATE, reason=f"the same person answered {where} in line {counted.place.line}")
