"""Read ballots on a page: a section or a template for each question, a list item for each person."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import mwparserfromhell

from bot.model import Place, Problem
from bot.parse.ballot_signature import Signatures, Signed
from bot.parse.context import Context
from bot.parse.ledger import settle
from bot.parse.page import ScannedPage
from bot.parse.poll_names import PollNames, Roles
from bot.parse.poll_values import COUNTED, REPLY, STRUCK, UNCLEAR, UNSIGNED, Ballot, Poll, PollReading
from bot.parse.text import plain
from bot.parse.wikitext import HIDDEN, Heading, Item, Line, Span, item

_STRUCK = re.compile(r"<(/?)(s|del|strike)(?:\s[^<>]{0,200})?>", re.IGNORECASE)
_BOLD = re.compile(r"\s{0,9}'''(.{1,200}?)'''")
_LEAD = re.compile(r"\s[-–—−]|[–—:：.,;!،؛。！(（\n]|\[\[|\s~")
_TEMPLATE = re.compile(r"\{\{([^{}]{1,2000})\}\}")
_LONGEST_ITEM = 8_000
_DRESS = re.compile(r"(?:<[^/<>][^<>]{0,300}>\s{0,9}){1,9}$")  # tags that open a signature before its link
_LOOSE = " '–—―~-"  # and what else may stand there


@dataclass(frozen=True, slots=True, kw_only=True)
class _Marker:
    """A template that stands for a heading, and what lies in it."""

    roles: Roles
    line: Line
    span: Span


def read(page: ScannedPage, context: Context, families: Sequence[PollNames]) -> PollReading:
    """Return every answer of a person on a page, each with how it ended."""
    if not families:
        return PollReading()
    signatures = Signatures(context.profile, context.words.talk)
    found: list[Ballot] = []
    for names in families:
        found += _Reader(page, names, signatures).read()
    polls = {poll.id: poll for names in families for poll in names.polls}
    ballots = settle(found, polls)
    unclear = [ballot for ballot in ballots if ballot.status in (UNCLEAR, UNSIGNED)]
    problems = [_problem(ballot, polls[ballot.poll]) for ballot in unclear]
    return PollReading(
        ballots=ballots,
        problems=tuple(problems),
        polls=tuple({each.poll: polls[each.poll] for each in ballots}.values()),
    )


def _problem(ballot: Ballot, poll: Poll) -> Problem:
    title = next((answer.title("en") for answer in poll.answers if answer.id == ballot.answer), ballot.reason)
    return Problem(place=ballot.place, message=f"ballot-{ballot.status}", details=(title,))


def _unsigned(text: str, signed: Signed) -> str:
    """Return what stands before a signature, without the markup that dresses it up."""
    return _DRESS.sub("", text[: signed.start]) if signed.start >= 0 else text


class _Reader:
    """Reads the ballots of one family of polls."""

    def __init__(self, page: ScannedPage, names: PollNames, signatures: Signatures) -> None:
        self._page = page
        self._names = names
        self._signatures = signatures
        self._struck = _struck_spans(page)
        self._headings: list[tuple[int, Roles]] = []
        self._marker: _Marker | None = None
        self._depth = 0

    def read(self) -> Iterator[Ballot]:
        """Yield the ballots in page order."""
        title = self._names.roles(self._page.revision.title.rpartition("/")[2])
        self._headings = [(0, Roles(poll=title.poll, question=title.question))]
        for block in self._blocks():
            if isinstance(block, Heading):
                self._under(block.level, self._names.roles(plain(block.wikitext)))
            elif isinstance(block, _Marker):
                self._under(7, block.roles)
            else:
                yield from self._item(block)

    def _under(self, level: int, roles: Roles) -> None:
        self._headings = [each for each in self._headings if each[0] < level] + [(level, roles)]
        self._depth = 0

    def _blocks(self) -> list[Heading | Item | _Marker]:
        """Return headings, items and templates that name a question, with the items inside those templates."""
        markers = [marker for marker in self._markers() if marker.roles.question or marker.roles.poll]
        within = [
            found
            for marker in markers
            for line in self._page.lines
            if marker.span.start < line.start < marker.span.end and (found := item(line)) is not None
        ]
        blocks: list[Heading | Item | _Marker] = [*markers, *self._page.blocks(), *within]
        return sorted(blocks, key=_line_of)

    def _markers(self) -> Iterator[_Marker]:
        starts = {span.start: span for span in self._page.templates}
        for line in self._page.lines:
            span = starts.get(line.start + len(line.masked) - len(line.masked.lstrip(HIDDEN + " ")))
            if span is not None:
                head = line.visible.strip()[2:].replace("}}", "").split("|")
                found = Roles()
                for part in head:
                    found = found.over(self._names.roles(part.rpartition("=")[2].strip()))
                yield _Marker(roles=Roles(question=found.question, poll=found.poll), line=line, span=span)

    def _scope(self) -> Roles:
        scope = Roles()
        for _, roles in self._headings:
            scope = roles.over(scope)
        return scope

    def _item(self, block: Item) -> Iterator[Ballot]:
        scope = self._scope()
        start = block.line.start
        text = self._page_text(block)
        shown = self._unstruck(text, start)
        forms = list(_forms(shown, self._names)) if "{{" in shown else []
        if not scope.question and not forms:
            return
        signed = self._signatures.find(shown)
        if not signed.user and shown != text:
            signed = self._signatures.find(text)
        if forms:
            for question, answer in forms:
                yield from self._ballot(
                    block, Roles(question=question, answer=answer), scope, signed, "" if answer else UNCLEAR
                )
            return
        answers = self._answers(shown, signed, scope)
        yield from self._single(block, scope, signed, answers, is_struck=shown != text)

    def _single(
        self, block: Item, scope: Roles, signed: Signed, answers: list[str], *, is_struck: bool
    ) -> Iterator[Ballot]:
        if len(answers) == 1:
            yield from self._ballot(block, Roles(question=scope.question, answer=answers[0]), scope, signed, "")
        elif is_struck and not answers:
            bare = _STRUCK.sub("", self._page_text(block))
            was = self._answers(bare, self._signatures.find(bare), scope)
            answer = was[0] if len(was) == 1 else ""
            yield from self._ballot(block, Roles(question=scope.question, answer=answer), scope, signed, STRUCK)
        elif signed.user or answers:
            yield from self._ballot(block, Roles(question=scope.question), scope, signed, UNCLEAR)

    def _ballot(self, block: Item, own: Roles, scope: Roles, signed: Signed, status: str) -> Iterator[Ballot]:
        """Yield one ballot; an item below another one is a comment on it."""
        depth = len(block.markers)
        self._depth = min(depth, self._depth or depth)
        text = plain(_unsigned(self._page_text(block), signed)).strip(_LOOSE)[:160]
        reason = text if status == UNCLEAR else ""
        if depth > self._depth:
            if not own.answer:
                return
            status, reason = REPLY, "it stands below another answer"
        poll = scope.poll or (self._names.polls[0].id if len(self._names.polls) == 1 else "")
        if not poll:
            status, reason = UNCLEAR, "nothing says which of the polls this answers"
        if not status and not signed.user:
            status, reason = UNSIGNED, "nobody signed it"
        yield Ballot(
            poll=poll or self._names.polls[0].id,
            question=own.question,
            answer=own.answer,
            who=signed.user,
            place=self._place(block),
            status=status or COUNTED,
            reason=reason,
            timestamp=signed.timestamp,
        )

    def _place(self, block: Item) -> Place:
        return self._page.place(block.line.number)

    def _answers(self, shown: str, signed: Signed, scope: Roles) -> list[str]:
        """Return the different answers that an item gives: as a template, as its first bold words, or as its lead."""
        said = _unsigned(shown, signed)
        found = [self._names.answer(name) for name in _template_words(shown)]
        bold = _BOLD.match(said)
        if bold:
            found.append(self._names.answer(plain(bold[1])))
        if not any(found):
            lead = plain(said).strip(_LOOSE)
            found += [self._names.answer(_LEAD.split(lead, maxsplit=1)[0]), self._names.answer(lead)]
        given = [answer for answer in dict.fromkeys(found) if answer]
        if scope.answer:
            return [scope.answer, *(answer for answer in given if answer != scope.answer)] if signed.user else given
        return given

    def _page_text(self, block: Item) -> str:
        text = block.line.masked[:_LONGEST_ITEM].replace(HIDDEN, "")
        return text.lstrip("*#:; ")

    def _unstruck(self, text: str, start: int) -> str:
        """Return an item without what is struck; a stroke may begin and end on other lines."""
        line = next(each for each in self._page.lines if each.start == start)
        masked = line.masked[:_LONGEST_ITEM]
        kept = "".join(
            sign
            for at, sign in enumerate(masked, start)
            if not any(span.start <= at < span.end for span in self._struck)
        )
        kept = kept.replace(HIDDEN, "").lstrip("*#:; ")
        return text if len(kept) == len(text) else kept


def _line_of(block: Heading | Item | _Marker) -> int:
    return block.line.start


def _struck_spans(page: ScannedPage) -> list[Span]:
    masked = "\n".join(line.masked for line in page.lines)
    spans: list[Span] = []
    opened: list[int] = []
    for tag in _STRUCK.finditer(masked):
        if not tag[1]:
            opened.append(tag.start())
        elif opened:
            start = opened.pop()
            if not opened:
                spans.append(Span(start=start, end=tag.end()))
    return spans


def _template_words(shown: str) -> Iterator[str]:
    """Yield the names of an item's templates and their first arguments."""
    for found in _TEMPLATE.finditer(shown):
        parts = found[1].split("|")
        yield parts[0].strip()
        if len(parts) > 1 and "=" not in parts[1]:
            yield parts[1].strip()


def _forms(shown: str, names: PollNames) -> Iterator[tuple[str, str]]:
    """Yield question and answer of a template that a person fills in, such as ``{{Ballot|knowledge=Must have}}``."""
    if len(shown) > _LONGEST_ITEM:
        return
    for template in mwparserfromhell.parse(shown).filter_templates():
        for parameter in template.params:
            question = names.question(str(parameter.name)) if parameter.showkey else ""
            if question and str(parameter.value).strip():
                yield question, names.answer(plain(str(parameter.value)))
