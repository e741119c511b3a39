"""Read ballots on a page: a section or a template for each question, a list item for each person."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from bot.model import Problem
from bot.parse.ballot_item import Items, ItemText, forms
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
    """One ballot as one family of polls reads it, and how much speaks for the family."""

    ballot: Ballot
    weight: int


def read(page: ScannedPage, context: Context, families: Sequence[PollNames]) -> PollReading:
    """Return every answer of a person on a page, each with how it ended."""
    items = Items(page, context)
    readers = [_Reader(page, names, items) for names in families]
    found = [list(reader.read()) for reader in readers]
    polls = {poll.id: poll for names in families for poll in names.polls}
    ballots = settle(_without_offers(_of_best_family(found), polls), polls)
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


def _without_offers(ballots: Sequence[Ballot], polls: Mapping[str, Poll]) -> list[Ballot]:
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
        self.shut: list[int] = []

    def read(self) -> Iterator[_Read]:
        """Yield the ballots in page order."""
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
        found = self._items.read(block)
        filled_in = list(forms(found.shown, self._names))
        if filled_in:
            for question, answer in filled_in:
                own = Roles(question=question, answer=answer).over(scope)
                yield from self._ballot(block, replace(own, answer=answer), found, "" if answer else UNCLEAR)
        elif scope.question:
            yield from self._single(block, scope, found)

    def _single(self, block: Item, scope: Roles, found: ItemText) -> Iterator[_Read]:
        answers = found.said(self._names)
        struck = [] if answers else found.struck(self._names)
        if found.is_struck or (struck and not scope.answer):
            was = struck or ([scope.answer] if scope.answer else [])
            if was or found.signed.user:
                yield from self._ballot(block, replace(scope, answer=was[0] if len(was) == 1 else ""), found, STRUCK)
            return
        if scope.answer and found.signed.user:
            answers = list(dict.fromkeys([scope.answer, *answers]))
        if len(answers) == 1:
            yield from self._ballot(block, replace(scope, answer=answers[0]), found, "")
        elif found.signed.user or answers:
            yield from self._ballot(block, replace(scope, answer=""), found, UNCLEAR)

    def _ballot(self, block: Item, roles: Roles, found: ItemText, status: str) -> Iterator[_Read]:
        """Yield one ballot; an item below another one is a comment on it."""
        is_below = self._is_below(block)
        if is_below and not (found.said(self._names) or any(forms(found.shown, self._names))):
            return
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
        yield _Read(ballot=ballot, weight=2 * bool(roles.poll) + bool(roles.answer))

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
