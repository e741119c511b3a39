"""Read ballots on a page: a section or a template for each question, a list item for each person."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from bot.model import Problem
from bot.parse.ballot_item import Items, ItemText, forms
from bot.parse.ballot_offer import without_offers
from bot.parse.ballot_verdict import joined, verdict
from bot.parse.context import Context
from bot.parse.ledger import settle
from bot.parse.page import ScannedPage
from bot.parse.poll_names import PollNames, Roles
from bot.parse.poll_values import (
    COUNTED,
    REPLY,
    SIGNED_FOR,
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
_BOLD_LINE = re.compile(r"\s{0,9}\'\'\'([^\']{1,200})\'\'\'\s{0,9}[:：]?\s{0,9}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Marker:
    """A template or a line in bold that stands for a heading; span is what lies in it, if anything does."""

    roles: Roles
    line: Line
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """One ballot as one family of polls reads it, how much speaks for the family, and in which list it stands.

    is_bare tells that nobody signed it and that it names no answer: it may be a remark on the answer above it.
    """

    ballot: Ballot
    weight: int
    list_: int
    is_bare: bool


def read(page: ScannedPage, context: Context, families: Sequence[PollNames]) -> PollReading:
    """Return every answer of a person on a page, each with how it ended."""
    items = Items(page, context)
    readers = [_Reader(page, names, items) for names in families]
    found = [list(reader.read()) for reader in readers]
    polls = {poll.id: poll for names in families for poll in names.polls}
    ballots = settle(without_offers(_of_best_family(found), polls), polls)
    unclear = [ballot for ballot in ballots if ballot.status in (UNCLEAR, UNSIGNED)]
    problems = [_problem(ballot, polls) for ballot in unclear]
    shut = dict.fromkeys(line for reader in readers for line in reader.shut)
    if shut:
        problems.append(page.problem(min(shut), "votes-in-box", str(len(shut))))
    return PollReading(
        ballots=ballots,
        problems=(*problems, *(items.problems if ballots else ())),
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
        self._above = ""
        self._list = 0
        self._below = 0
        self.shut: list[int] = []

    def read(self) -> Iterator[_Read]:
        """Return the ballots in page order; a list with bullets that nobody signs only explains an answer."""
        reads = list(self._reads())
        signed = {read.list_ for read in reads if read.ballot.who}
        return (read for read in reads if not read.is_bare or read.list_ in signed)

    def _reads(self) -> Iterator[_Read]:
        for block in self._blocks():
            if isinstance(block, Heading):
                self._under(block.level, self._names.heading(plain(block.wikitext)))
            elif isinstance(block, _Marker):
                self._under(_BELOW_ALL_HEADINGS + (not block.roles.question), block.roles)
            elif not self._is_term(block):
                yield from self._in_sight(block)

    def _in_sight(self, block: Item) -> Iterator[_Read]:
        """Yield what an item says, unless it stands in a box that is shut."""
        found = list(self._item(block))
        if found and self._items.is_shut(block.line):
            self.shut += [block.line.number] if any(read.ballot.who for read in found) else []
        else:
            yield from found

    def _is_term(self, block: Item) -> bool:
        """Read ``;Must have`` as the heading that it is made to look like."""
        roles = self._names.heading(plain(block.wikitext)) if block.markers.endswith(";") else Roles()
        is_term = bool(roles.question or roles.answer or roles.poll)
        if is_term:
            self._under(_BELOW_ALL_HEADINGS + (not roles.question), roles)
        return is_term

    def _under(self, level: int, roles: Roles) -> None:
        self._headings = [each for each in self._headings if each[0] < level] + [(level, roles)]
        self._above = ""

    def _blocks(self) -> list[Heading | Item | _Marker]:
        """Return headings, items and what stands for headings, with the items inside such templates."""
        markers = [marker for marker in self._markers() if not marker.roles.is_empty]
        spans = [marker.span for marker in markers if marker.span]
        within = [item(line) for line in self._page.lines if inside(spans, line.start)]
        blocks: list[Heading | Item | _Marker] = [*markers, *self._page.blocks(), *filter(None, within)]
        return sorted(blocks, key=_start_of)

    def _markers(self) -> Iterator[_Marker]:
        starts = {span.start: span for span in self._page.templates}
        in_text = self._page.text_lines()
        for line in self._page.lines:
            start = line.start + len(line.masked) - len(line.masked.lstrip(HIDDEN + " "))
            if start in starts:
                yield _Marker(roles=self._head(starts[start]), line=line, span=starts[start])
            elif line.number in in_text and (bold := _BOLD_LINE.fullmatch(line.visible)):
                yield _Marker(roles=self._names.heading(plain(bold[1])), line=line)

    def _head(self, span: Span) -> Roles:
        """Return what the arguments of a template name, up to the first list item."""
        text = self._page.revision.wikitext[span.start + 2 : min(span.end - 2, span.start + _LONGEST_HEAD)]
        found = Roles()
        for part in text.split("\n*")[0].split("\n#")[0].split("|"):
            found = found.over(self._names.heading(part.rpartition("=")[2].strip()))
        return Roles(question=found.question, poll=found.poll)

    def _scope(self) -> Roles:
        scope = Roles()
        for _, roles in self._headings:
            scope = roles.over(scope)
        return scope

    def _item(self, block: Item) -> Iterator[_Read]:
        scope = self._scope()
        self._go_on(block)
        found = self._items.read(block)
        filled_in = list(forms(found.shown, self._names))
        if filled_in:
            for question, answer in filled_in:
                own = Roles(question=question, answer=answer).over(scope)
                yield from self._ballot(block, replace(own, answer=answer), found, "" if answer else UNCLEAR)
        elif scope.question:
            yield from self._single(block, scope, found)

    def _go_on(self, block: Item) -> None:
        """Tell lists apart: one goes on where an item begins in the line below another one."""
        self._list += block.line.number != self._below
        self._below = block.line.number + 1

    def _single(self, block: Item, scope: Roles, found: ItemText) -> Iterator[_Read]:
        """Yield what the people say who signed one item, the first one and those who signed behind."""
        first = verdict(found, scope, self._names)
        if first is not None:
            yield from self._ballot(block, replace(scope, answer=first.answer), found, first.status)
        for other in found.others:
            own = joined(other, scope, self._names, first)
            if own is not None:
                yield from self._ballot(block, replace(scope, answer=own.answer), other, own.status)

    def _ballot(self, block: Item, roles: Roles, found: ItemText, status: str) -> Iterator[_Read]:
        """Yield one ballot; an item below another one is a comment on it."""
        is_below = self._is_below(block)
        has_words = bool(found.said(self._names)) or any(forms(found.shown, self._names))
        if is_below and not has_words:
            return
        is_bare = not (found.signed.user or has_words or status or block.markers.startswith("#"))
        poll = roles.poll or (self._names.polls[0].id if len(self._names.polls) == 1 else "")
        status, reason = _ending(status, found, is_below=is_below, has_poll=bool(poll))
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
        weight = 2 * bool(roles.poll) + bool(roles.answer)
        yield _Read(ballot=ballot, weight=weight, list_=self._list, is_bare=is_bare)

    def _is_below(self, block: Item) -> bool:
        """Tell whether an item answers one above it; ":" below "#" does, although it ends the list."""
        if not self._above:
            self._above = block.markers
        breaks_list = block.markers == ":" and len(self._above) == 1 and self._above in "*#"
        if len(block.markers) < len(self._above):
            self._above = block.markers
        return breaks_list or len(block.markers) > len(self._above)


def _of_title(title: str, names: PollNames) -> Roles:
    found = Roles()
    for part in title.split("/"):
        found = names.heading(part).over(found)
    return Roles(poll=found.poll, question=found.question)


def _ending(status: str, found: ItemText, *, is_below: bool, has_poll: bool) -> tuple[str, str]:
    """Return how a ballot ends before others are known, and why."""
    if is_below:
        return REPLY, "it stands below another answer"
    if status == STRUCK:
        return STRUCK, ""
    if status == UNCLEAR:
        return UNCLEAR, found.detail
    if not has_poll:
        return UNCLEAR, WHICH_POLL
    if found.signed.by_template:
        return UNSIGNED, SIGNED_FOR
    return (COUNTED, "") if found.signed.user else (UNSIGNED, "nobody signed it")


def _start_of(block: Heading | Item | _Marker) -> int:
    return block.line.start
