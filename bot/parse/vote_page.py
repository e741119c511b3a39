"""One talk page as the reader of votes sees it: its lines, sections, signatures and what in it is struck or shut."""

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from typing import Protocol

from bot.discussion import Comment, Discussion, Signature, TalkHeading
from bot.model import Place, Revision
from bot.parse.layer import Layer
from bot.parse.runs import Run
from bot.parse.shown import shown_text
from bot.parse.vote_marks import Marker
from bot.parse.vote_spans import Spans
from bot.parse.vote_words import Phrase, VoteNames
from bot.parse.wikitext import HIDDEN, LineNumbers
from bot.votes import Question

_MARKERS = frozenset("*#:;")
_LONGEST_MARKERS = 600
_SEPARATORS = " -–—~•·"


@dataclass(frozen=True, slots=True, kw_only=True)
class VotePage:
    """A page, what was understood of it as a discussion, and what its words and templates mean."""

    revision: Revision
    talk: Discussion
    layer: Layer
    names: VoteNames
    struck: Spans
    boxes: Spans
    marker: Marker
    has_anchors: bool = False


class SignedPage(Protocol):
    """What must be known of a page to look things up in it."""

    @property
    def revision(self) -> Revision:
        """Return the page as it was read."""

    @property
    def talk(self) -> Discussion:
        """Return what was understood of it as a discussion."""

    @property
    def layer(self) -> Layer:
        """Return it as it is shown."""

    @property
    def has_anchors(self) -> bool:
        """Tell whether the wiki makes an anchor for each comment."""


class Lookup:
    """Find what stands at an offset of a page."""

    def __init__(self, page: SignedPage) -> None:
        self._page = page
        self._shown = page.layer.shown
        self._numbers = LineNumbers(page.revision.wikitext)
        self._breaks = [found.start() for found in re.finditer("\n", self._shown)]
        self._comments = page.talk.comments
        signed = [(each, comment) for comment in self._comments for each in comment.signatures]
        signed.sort(key=lambda pair: pair[0].start)
        self._signatures = [each for each, _ in signed]
        self._signed = {each.start: comment for each, comment in signed}

    def place(self, offset: int, section: str) -> Place:
        """Return the place of an offset."""
        revision = self._page.revision
        return Place(title=revision.title, revid=revision.revid, line=self._numbers.at(offset), section=section)

    def line_start(self, offset: int) -> int:
        """Return where the line of an offset begins."""
        at = bisect_left(self._breaks, offset)
        return self._breaks[at - 1] + 1 if at else 0

    def markers(self, run: Run) -> str:
        """Return the list markers right before a run, empty where it does not begin an item."""
        start = self.line_start(run.start)
        if not 0 < run.start - start < _LONGEST_MARKERS:
            return ""
        before = self._shown[start : run.start].replace(HIDDEN, "")
        return before if before and not set(before) - _MARKERS else ""

    def signatures(self, start: int, end: int) -> list[Signature]:
        """Return the signatures between two offsets."""
        first = bisect_left(self._signatures, start, key=_start)
        return self._signatures[first : bisect_left(self._signatures, end, key=_start)]

    def is_bare(self, start: int, signature: Signature) -> bool:
        """Tell whether nothing but a signature stands behind an offset."""
        return not shown_text(self._shown[start : max(start, signature.start)]).strip(_SEPARATORS)

    def anchor(self, signature: Signature | None) -> str:
        """Return the anchor that the wiki makes for the comment of a signature, if it makes any."""
        if signature is None or not self._page.has_anchors:
            return ""
        return self._signed[signature.start].id

    def comment(self, signature: Signature) -> Comment:
        """Return the comment that a signature ends."""
        return self._signed[signature.start]


def _start(signature: Signature) -> int:
    return signature.start


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Where on a page votes stand: the question, and what the heading above says of every item."""

    question: Question
    anchor: str = ""
    heading: Place | None = None
    title: str = ""
    says: Phrase = field(default_factory=Phrase)


class Sections:
    """The questions and vote headings of a page, heading by heading."""

    def __init__(self, page: VotePage, lookup: Lookup) -> None:
        self._page = page
        self._lookup = lookup
        self._headings = {each.start: each for each in page.talk.headings}
        self._titles = Counter(each.title for each in page.talk.headings)
        self._seen: Counter[str] = Counter()
        self._questions: dict[int, Question] = {}
        self._open: list[TalkHeading] = []
        self._whole_page = Question(title="", place=lookup.place(0, ""))

    def first(self) -> Section:
        """Return what stands before the first heading."""
        return Section(question=self._whole_page)

    def enter(self, start: int) -> tuple[Section, int | None]:
        """Return the section that a heading opens, and the number typed into a heading of votes."""
        heading = self._headings[start]
        anchor = self._anchor(heading)
        place = self._lookup.place(start, anchor)
        says, count = self._says(heading)
        if says.role:
            question = self._question_above(heading)
            section = Section(question=question, anchor=anchor, heading=place, title=heading.title, says=says)
            return section, count
        question = Question(title=self._title(heading), place=place)
        self._questions[heading.index] = question
        self._open = [each for each in self._open if each.level < heading.level] + [heading]
        return Section(question=question, anchor=anchor), None

    def below(self, section: Section, start: int, title: str) -> tuple[Section, int | None] | None:
        """Return the section that a line opens which only looks like a heading of votes, None where it opens none."""
        says, count = self._page.names.heading(title)
        if not says.role:
            return None
        place = self._lookup.place(start, section.anchor)
        made = Section(question=section.question, anchor=section.anchor, heading=place, title=title, says=says)
        return made, count

    def _says(self, heading: TalkHeading) -> tuple[Phrase, int | None]:
        says, count = self._page.names.heading(heading.title)
        if not says.role and not heading.title.strip("()0123456789 "):
            first = self._page.marker.inside(heading.start, heading.end)
            number = heading.title.strip("() ")
            return (first.phrase if first else Phrase()), int(number) if number.isdecimal() else None
        return says, count

    def _question_above(self, heading: TalkHeading) -> Question:
        """Return the nearest heading of no votes that this one stands below, else beside."""
        index = heading.parent
        entries = self._page.talk.entries
        while index is not None:
            if index in self._questions:
                return self._questions[index]
            index = entries[index].parent
        beside = [each for each in self._open if each.level <= heading.level]
        return self._questions[beside[-1].index] if beside else self._whole_page

    def _title(self, heading: TalkHeading) -> str:
        """Return the title, with that of the heading above where a page has the same one twice."""
        if self._titles[heading.title] == 1 or heading.parent is None:
            return heading.title
        above = self._page.talk.entries[heading.parent]
        return f"{above.title} / {heading.title}" if isinstance(above, TalkHeading) else heading.title

    def _anchor(self, heading: TalkHeading) -> str:
        key = heading.title.casefold()
        self._seen[key] += 1
        return heading.title if self._seen[key] == 1 else f"{heading.title} {self._seen[key]}"
