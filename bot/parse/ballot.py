"""Read ballots on a page: a section or a template for each question, a list item for each person."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from bot.model import Problem
from bot.parse.ballot_item import Items, ItemText, forms, said
from bot.parse.ballot_signature import Signatures
from bot.parse.context import Context
from bot.parse.ledger import settle
from bot.parse.page import ScannedPage
from bot.parse.poll_names import PollNames, Roles
from bot.parse.poll_values import (
    COUNTED,
    REPLY,
    STRUCK,
    UNCLEAR,
    UNDATED,
    UNSIGNED,
    WHICH_POLL,
    Ballot,
    Poll,
    PollReading,
)
from bot.parse.text import plain
from bot.parse.wikitext import HIDDEN, Heading, Item, Line, Span, inside, item

_BELOW_ALL_HEADINGS = 7
_LONGEST_HEAD = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class _Marker:
    """A template that stands for a heading, and what lies in it."""

    roles: Roles
    line: Line
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """One ballot as one family of polls reads it, and how much speaks for the family."""

    ballot: Ballot
    weight: int


def read(page: ScannedPage, context: Context, families: Sequence[PollNames]) -> PollReading:
    """Return every answer of a person on a page, each with how it ended."""
    items = Items(page, Signatures(context.profile, context.words.talk))
    found = [list(_Reader(page, names, items).read()) for names in families]
    polls = {poll.id: poll for names in families for poll in names.polls}
    ballots = settle(_of_best_family(found), polls)
    unclear = [ballot for ballot in ballots if ballot.status in (UNCLEAR, UNSIGNED)]
    return PollReading(
        ballots=ballots,
        problems=tuple(_problem(ballot, polls) for ballot in unclear),
        polls=tuple({each.poll: polls[each.poll] for each in ballots}.values()),
    )


def _of_best_family(found: Sequence[Sequence[_Read]]) -> list[Ballot]:
    """Return each line as the family reads it that is named above it, or else the one that knows its answer."""
    best: dict[int, list[Sequence[_Read]]] = {}
    for several in found:
        for line, group in groupby(several, key=_line_of_read):
            reads = list(group)
            known = best.setdefault(line, [])
            if known and _weight(known[0]) < _weight(reads):
                known.clear()
            if not known or _weight(known[0]) == _weight(reads):
                known.append(reads)
    return [ballot for line in sorted(best) for ballot in _only(best[line])]


def _only(readings: Sequence[Sequence[_Read]]) -> list[Ballot]:
    ballots = [read.ballot for read in readings[0]]
    if len(readings) > 1 and any(ballot.answer for ballot in ballots):
        return [replace(ballot, status=UNCLEAR, reason=WHICH_POLL) for ballot in ballots]
    return ballots


def _weight(reads: Sequence[_Read]) -> int:
    return max(read.weight for read in reads)


def _line_of_read(read: _Read) -> int:
    return read.ballot.place.line


def _problem(ballot: Ballot, polls: Mapping[str, Poll]) -> Problem:
    if ballot.reason == WHICH_POLL:
        titles = " · ".join(poll.title("en") for poll in polls.values())
        return Problem(place=ballot.place, message="poll-ambiguous", details=(titles,))
    answers = polls[ballot.poll].answers
    title = next((answer.title("en") for answer in answers if answer.id == ballot.answer), ballot.reason)
    message = "ballot-undated" if ballot.reason == UNDATED else f"ballot-{ballot.status}"
    return Problem(place=ballot.place, message=message, details=(title,))


class _Reader:
    """Reads the ballots of one family of polls."""

    def __init__(self, page: ScannedPage, names: PollNames, items: Items) -> None:
        self._page = page
        self._names = names
        self._items = items
        self._headings = [(0, _of_title(page.revision.title, names))]
        self._depth = 0

    def read(self) -> Iterator[_Read]:
        """Yield the ballots in page order."""
        for block in self._blocks():
            if isinstance(block, Heading):
                self._under(block.level, self._names.roles(plain(block.wikitext)))
            elif isinstance(block, _Marker):
                self._under(_BELOW_ALL_HEADINGS, block.roles)
            else:
                yield from self._item(block)

    def _under(self, level: int, roles: Roles) -> None:
        self._headings = [each for each in self._headings if each[0] < level] + [(level, roles)]
        self._depth = 0

    def _blocks(self) -> list[Heading | Item | _Marker]:
        """Return headings, items and templates that name a question, with the items inside those templates."""
        markers = [marker for marker in self._markers() if not marker.roles.is_empty]
        spans = [marker.span for marker in markers]
        within = [item(line) for line in self._page.lines if inside(spans, line.start)]
        blocks: list[Heading | Item | _Marker] = [*markers, *self._page.blocks(), *filter(None, within)]
        return sorted(blocks, key=_start_of)

    def _markers(self) -> Iterator[_Marker]:
        starts = {span.start: span for span in self._page.templates}
        for line in self._page.lines:
            start = line.start + len(line.masked) - len(line.masked.lstrip(HIDDEN + " "))
            if start in starts:
                yield _Marker(roles=self._head(starts[start]), line=line, span=starts[start])

    def _head(self, span: Span) -> Roles:
        """Return what the arguments of a template name, up to the first list item."""
        text = self._page.revision.wikitext[span.start + 2 : min(span.end - 2, span.start + _LONGEST_HEAD)]
        found = Roles()
        for part in text.split("\n*")[0].split("\n#")[0].split("|"):
            found = found.over(self._names.roles(part.rpartition("=")[2].strip()))
        return Roles(question=found.question, poll=found.poll)

    def _scope(self) -> Roles:
        scope = Roles()
        for _, roles in self._headings:
            scope = roles.over(scope)
        return scope

    def _item(self, block: Item) -> Iterator[_Read]:
        scope = self._scope()
        found = self._items.read(block)
        filled_in = list(forms(found.shown, self._names))
        if filled_in:
            for question, answer in filled_in:
                own = Roles(question=question, answer=answer).over(scope)
                yield from self._ballot(block, replace(own, answer=answer), found, "" if answer else UNCLEAR)
        elif scope.question:
            yield from self._single(block, scope, found)

    def _single(self, block: Item, scope: Roles, found: ItemText) -> Iterator[_Read]:
        answers = said(found.shown, found.signed, self._names)
        if scope.answer and found.signed.user and not (found.is_struck and not answers):
            answers = list(dict.fromkeys([scope.answer, *answers]))
        if len(answers) == 1:
            yield from self._ballot(block, replace(scope, answer=answers[0]), found, "")
        elif found.is_struck and not answers:
            was = self._items.struck_answers(found, self._names) or ([scope.answer] if scope.answer else [])
            yield from self._ballot(block, replace(scope, answer=was[0] if len(was) == 1 else ""), found, STRUCK)
        elif found.signed.user or answers:
            yield from self._ballot(block, replace(scope, answer=""), found, UNCLEAR)

    def _ballot(self, block: Item, roles: Roles, found: ItemText, status: str) -> Iterator[_Read]:
        """Yield one ballot; an item below another one is a comment on it."""
        depth = len(block.markers)
        self._depth = min(depth, self._depth or depth)
        if depth > self._depth and not roles.answer:
            return
        poll = roles.poll or (self._names.polls[0].id if len(self._names.polls) == 1 else "")
        status, reason = _ending(status, found, is_below=depth > self._depth, has_poll=bool(poll))
        ballot = Ballot(
            poll=poll or self._names.polls[0].id,
            question=roles.question,
            answer=roles.answer,
            who=found.signed.user,
            place=self._page.place(block.line.number),
            status=status,
            reason=reason,
            timestamp=found.signed.timestamp,
        )
        yield _Read(ballot=ballot, weight=2 * bool(roles.poll) + bool(roles.answer))


def _of_title(title: str, names: PollNames) -> Roles:
    found = Roles()
    for part in title.split("/"):
        found = names.roles(part).over(found)
    return Roles(poll=found.poll, question=found.question)


def _ending(status: str, found: ItemText, *, is_below: bool, has_poll: bool) -> tuple[str, str]:
    """Return how a ballot ends before others are known, and why."""
    if is_below:
        return REPLY, "it stands below another answer"
    if status == STRUCK:
        return STRUCK, ""
    if status == UNCLEAR:
        return UNCLEAR, found.words
    if not has_poll:
        return UNCLEAR, WHICH_POLL
    return (COUNTED, "") if found.signed.user else (UNSIGNED, "nobody signed it")


def _start_of(block: Heading | Item | _Marker) -> int:
    return block.line.start
