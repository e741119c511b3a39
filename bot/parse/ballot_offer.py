"""Leave out of the ballots of a page the lists that only say what can be answered."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from bot.parse.poll_values import UNSIGNED, Ballot, Poll


def without_offers(ballots: Sequence[Ballot], polls: Mapping[str, Poll]) -> list[Ballot]:
    """Leave out lists that only say what can be answered: each answer once, line below line, and nobody signed."""
    kept: list[Ballot] = []
    for _, several in groupby(enumerate(ballots), key=_run):
        offer = [ballot for _, ballot in several]
        kept += [] if _is_offer(offer, polls) else offer
    return kept


def _run(numbered: tuple[int, Ballot]) -> tuple[bool, int]:
    """Return what lines have in common that follow one another, signed or not."""
    index, ballot = numbered
    return ballot.status == UNSIGNED and not ballot.who, ballot.place.line - index


def _is_offer(ballots: Sequence[Ballot], polls: Mapping[str, Poll]) -> bool:
    if any(ballot.status != UNSIGNED or ballot.who for ballot in ballots):
        return False
    said = [ballot.answer for ballot in ballots]
    asked = {answer.id for answer in polls[ballots[0].poll].answers if not answer.is_unsure}
    return len(set(said)) == len(said) > 1 and asked <= set(said)
