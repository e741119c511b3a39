"""Go through a page line by line, and give each line that votes its choice, its author and its place."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.discussion import Signature
from bot.model import Place, Problem
from bot.parse.block import Blocks
from bot.parse.runs import HeadingRun, Run
from bot.parse.shown import shown_text
from bot.parse.vote_page import Lookup, Section, Sections, VotePage
from bot.parse.vote_verdict import Item, Judge, Verdict
from bot.votes import CHOICES, HeadingCount, Proposal, Question, Vote, VoteReading

_CONTINUED = 30  # so many paragraphs a vote may go on before it is signed


@dataclass(frozen=True, slots=True, kw_only=True)
class _Above:
    """A line that others may answer."""

    level: int
    markers: str
    is_vote: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A voting line, and what it stands below."""

    vote: Vote
    level: int
    below_vote: bool
    below_comment: bool


class Lines:
    """The voting lines of one page."""

    def __init__(self, page: VotePage, blocks: Blocks) -> None:
        self._page = page
        self._runs = blocks.runs
        self._fake_headings = {at for start, end in blocks.lists.fake_headings for at in range(start, end)}
        self._lookup = Lookup(page)
        self._sections = Sections(page, self._lookup)
        self._judge = Judge(page)
        self._section = self._sections.first()
        self._real = self._section
        self._above: list[_Above] = []
        self._lines: list[_Line] = []
        self._counts: list[HeadingCount] = []
        self._questions: dict[Question, None] = {}
        self._proposals: dict[Question, Proposal] = {}
        self._shut: dict[int, list[Place]] = {}

    def read(self) -> VoteReading:
        """Read the page."""
        for index, run in enumerate(self._runs):
            if isinstance(run, HeadingRun):
                self._enter(*self._sections.enter(run.start))
                self._real = self._section
            elif index in self._fake_headings:
                self._fake_heading(run)
            elif not run.is_quoted:
                self._run(index, run)
        return VoteReading(
            questions=tuple(self._questions),
            votes=tuple(self._settled()),
            counts=tuple(self._counts),
            proposals=tuple(self._proposals.values()),
            problems=tuple(
                Problem(place=places[0], message="votes-in-box", details=(str(len(places)),))
                for places in self._shut.values()
            ),
        )

    def _enter(self, section: Section, count: int | None) -> None:
        self._section = section
        self._above = []
        if section.heading is not None:
            self._questions[section.question] = None
            if count is not None:
                self._counts.append(
                    HeadingCount(question=section.question, title=section.title, count=count, place=section.heading)
                )

    def _fake_heading(self, run: Run) -> None:
        title = shown_text(self._page.layer.shown[run.start : run.end])
        found = self._sections.below(self._section, run.start, title)
        self._enter(*found) if found else self._enter(self._real, None)

    def _run(self, index: int, run: Run) -> None:
        own = tuple(self._lookup.signatures(run.start, run.end))
        markers = self._lookup.markers(run)
        if not own and not markers and self._is_bold_heading(run):
            return
        item = Item(
            index=index,
            run=run,
            markers=markers,
            section=self._section,
            marks=self._page.marker.marks(run.start, run.end),
            own=own,
        )
        shut = self._page.boxes.end(run.start)
        if shut:
            self._in_box(item, shut)
        else:
            self._read_item(item)

    def _is_bold_heading(self, run: Run) -> bool:
        """Read a paragraph of bold words alone as the heading that it is made to look like."""
        text = self._page.layer.shown[run.start : min(run.end, run.start + 200)].strip(" \n\t\r\0")
        if not (text.startswith("'''") and text.endswith("'''") and run.end - run.start < 200):
            return False
        found = self._sections.below(self._section, run.start, shown_text(text))
        if found:
            self._enter(*found)
        return found is not None

    def _in_box(self, item: Item, shut: int) -> None:
        marks = item.marks
        implied = item.section.says.role in CHOICES and bool(item.markers)
        if item.own and (implied or (marks.first and marks.first.kind != "plain")):
            place = self._lookup.place(item.run.start, item.section.anchor)
            self._shut.setdefault(shut, []).append(place)

    def _read_item(self, item: Item) -> None:
        section = item.section
        self._climb(item)
        below_vote = any(self._answers(item, each) for each in self._above)
        below_comment = any(not each.is_vote and each.level > 1 for each in self._above)
        is_nested = below_vote or below_comment
        verdict = None if item.marks.is_never else self._judge.verdict(item, is_nested=is_nested)
        vote = self._vote(item, verdict) if verdict else None
        if vote is not None:
            self._questions[section.question] = None
            line = _Line(vote=vote, level=item.run.level, below_vote=below_vote, below_comment=below_comment)
            self._lines.append(line)
        elif item.own:
            self._propose(item)
        if vote is not None or item.own:
            is_vote = vote is not None and (item.is_item or vote.status == "counted")
            self._above.append(_Above(level=item.run.level, markers=item.markers, is_vote=is_vote))

    def _climb(self, item: Item) -> None:
        """Leave the lines that this one cannot answer."""
        level = item.run.level
        while self._above and self._above[-1].level >= level:
            last = self._above[-1]
            # ": text" below "# text" is an answer in all but markup: it breaks the list that it stands in.
            breaks_list = item.markers == ":" and last.level == level and last.markers[-1:] in ("*", "#")
            if breaks_list and item.section.says.role:
                return
            self._above.pop()

    def _answers(self, item: Item, above: _Above) -> bool:
        return above.is_vote and (above.level > 1 or item.markers.startswith(":"))

    def _vote(self, item: Item, verdict: Verdict) -> Vote | None:
        """Give a voting line its author; a paragraph that nobody signed is no voting line."""
        signature = self._signature(item, verdict)
        if signature is None and not item.markers:
            return None
        status, reason, details = verdict.status, verdict.reason, verdict.details
        if status == "counted" and signature is None:
            status, reason, details = "unsigned", "unsigned", ()
        elif status == "counted" and signature is not None and signature.unsigned:
            status, reason, details = "unsigned", "signed-for", ()
        return Vote(
            choice=verdict.choice,
            strength=verdict.strength,
            user=signature.user if signature else "",
            timestamp=signature.timestamp if signature else None,
            question=item.section.question,
            place=self._lookup.place(max(verdict.at, item.run.start), item.section.anchor),
            status=status,
            reason=reason,
            details=details,
            heading=item.section.heading,
            comment=self._lookup.anchor(signature),
        )

    def _signature(self, item: Item, verdict: Verdict) -> Signature | None:
        """Return the first signature behind the words that vote; a struck one only signs what is struck."""
        if not item.own:
            return self._later_signature(item)
        if verdict.status == "struck":
            return item.own[0]
        valid = [each for each in item.own if not self._page.struck.end(each.start)]
        behind = [each for each in valid if each.start >= verdict.at]
        return next(iter([*behind, *valid, *item.own]))

    def _later_signature(self, item: Item) -> Signature | None:
        """Return the signature of a vote that goes on in further paragraphs, up to the next line that could vote."""
        line = self._lookup.line_start(item.run.start)
        for later in self._runs[item.index + 1 : item.index + _CONTINUED]:
            if isinstance(later, HeadingRun):
                return None
            is_same_line = self._lookup.line_start(later.start) == line
            if not is_same_line and (self._lookup.markers(later) or self._begins_vote(later)):
                return None
            if found := self._lookup.signatures(later.start, later.end):
                is_own = is_same_line or not item.is_item or self._lookup.is_bare(later.start, found[0])
                return found[0] if is_own else None
        return None

    def _begins_vote(self, run: Run) -> bool:
        first = self._page.marker.marks(run.start, run.end).first
        return first is not None and first.kind != "plain"

    def _propose(self, item: Item) -> None:
        """Note the first signed comment of a question as the proposal, unless votes stand before it."""
        question = item.section.question
        if question in self._questions or question in self._proposals or item.section.says.role:
            return
        signature = item.own[0]
        self._proposals[question] = Proposal(
            question=question,
            user=signature.user,
            timestamp=signature.timestamp,
            place=self._lookup.place(self._lookup.comment(signature).start, item.section.anchor),
            comment=self._lookup.anchor(signature),
        )

    def _settled(self) -> Iterator[Vote]:
        """Yield the votes, those that only answer others told apart."""
        shallowest: dict[Question, int] = {}
        for line in self._lines:
            if not line.below_vote:
                question = line.vote.question
                shallowest[question] = min(line.level, shallowest.get(question, line.level))
        for line in self._lines:
            vote = line.vote
            is_reply = line.below_vote or (line.below_comment and line.level > shallowest[vote.question])
            if is_reply and vote.status != "struck":
                reason = "reply" if line.below_vote else "reply-comment"
                vote = replace(vote, status="reply", reason=reason, details=())
            yield vote
