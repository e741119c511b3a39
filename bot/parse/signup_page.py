"""One page of sign-ups, taken apart once: runs, signatures, what is struck, headings, and the lines of tables."""

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, replace

from bot.discussion import Discussion, TalkHeading
from bot.model import Place, Problem, Revision
from bot.parse import discussion
from bot.parse.block import Blocks
from bot.parse.contact import redacted
from bot.parse.context import Context
from bot.parse.conventions import Conventions, conventions
from bot.parse.layer import Layer, lay, uncontrolled, veiled
from bot.parse.page import ScannedPage
from bot.parse.runs import HeadingRun, Run
from bot.parse.signature import Signers
from bot.parse.signup_words import SignupNames, signup_names
from bot.parse.text import fold
from bot.parse.vote_page import Lookup
from bot.parse.vote_spans import Spans, struck
from bot.parse.wikitext import HIDDEN, Line, template_spans
from bot.signups import SignupList

_LIST = re.compile(r"\n[*#]")
_NAME = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """What stands below one heading: the list that it would be, its anchor, and what the headings say of it.

    kind is that of the nearest heading that says anything.
    """

    list: SignupList
    kind: str = ""
    level: int = 0


class SignupPage:
    """A page, and what of it every reader of sign-ups must know."""

    def __init__(self, revision: Revision, context: Context) -> None:
        self.revision = revision
        self.context = context
        self.has_anchors = context.profile.has_discussion_tools
        self.talk: Discussion = discussion.read(revision, context)
        self.known: Conventions = conventions(context.profile, context.words, context.foreign)
        self.names: SignupNames = signup_names(context.words)
        text = veiled(uncontrolled(self._with_signs(revision.wikitext)))
        self.layer: Layer = lay(_opened(text, self.known), self.known)
        blocks = Blocks(self.layer.shown)
        blocks.read()
        self.runs: list[Run | HeadingRun] = blocks.runs
        headings = [run.start for run in blocks.runs if isinstance(run, HeadingRun)]
        ends = sorted(run.end for run in blocks.runs)
        self.struck: Spans = struck(self.layer, context.layers or (context.words,), ends, headings)
        self.signers = Signers(self.layer, self.known)
        self.lookup = Lookup(self)
        self.scanned = ScannedPage(revision)
        self.problems: list[Problem] = list(self.talk.problems)
        self._tables = [(table.lines[0].start, _end(table.lines[-1])) for table in self.scanned.tables()]
        self._sections = _sections(self)

    def _with_signs(self, text: str) -> str:
        """Return a text of the same length in which "<at>" is no tag: the wiki shows it as it stands."""
        words = self.names.words
        signs = "|".join(map(re.escape, ("at", "dot", *words.at_words, *words.dot_words)))
        return re.sub(rf"<(\s?(?:{signs})\s?)>", r"(\1)", text, flags=re.IGNORECASE) if "<" in text else text

    def clean(self, text: str) -> str:
        """Return a text without e-mail addresses and telephone numbers."""
        words = self.names.words
        return redacted(text, words.at_words, words.dot_words)

    def cleaned(self, problem: Problem) -> Problem:
        """Return a problem without addresses and numbers, also in the anchor that it links to."""
        section = problem.place.section
        place = problem.place if self.clean(section) == section else replace(problem.place, section="")
        return replace(problem, place=place, details=tuple(map(self.clean, problem.details)))

    def in_table(self, offset: int) -> int:
        """Return the number of the table, from 1, that holds an offset, 0 where none does."""
        at = bisect_right(self._tables, (offset, len(self.layer.shown) + 1)) - 1
        return at + 1 if at >= 0 and offset < self._tables[at][1] else 0

    def section(self, offset: int) -> Section:
        """Return the section that an offset stands in."""
        at = bisect_right(self._sections, offset, key=_start) - 1
        return self._sections[at][1]

    def place(self, offset: int) -> Place:
        """Return the place of an offset."""
        return self.lookup.place(offset, self.section(offset).list.place.section)

    def problem(self, place: Place, message: str, *details: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(place=place, message=message, details=details))


def _opened(text: str, known: Conventions) -> str:
    """Return a page in which templates around lists, such as columns, are gone and the lists are not."""
    pieces: list[str] = []
    done = 0
    for span in template_spans(text):
        first = _LIST.search(text, span.start, span.end)
        name = fold(text[span.start + 2 : span.start + _NAME].partition("|")[0])
        if first is not None and name not in known.opaque:
            head = first.start() - span.start
            pieces += [text[done : span.start], HIDDEN * head, text[first.start() : span.end - 2], HIDDEN * 2]
            done = span.end
    return "".join([*pieces, text[done:]]) if pieces else text


def _end(line: Line) -> int:
    return line.start + len(line.masked)


def _start(found: tuple[int, Section]) -> int:
    return found[0]


def _sections(page: SignupPage) -> list[tuple[int, Section]]:
    """Return the sections of a page with the offsets where they begin; the first stands before any heading."""
    top = Place(title=page.revision.title, revid=page.revision.revid, line=1)
    found = [(0, Section(list=SignupList(title="", place=top)))]
    titles = Counter(heading.title for heading in page.talk.headings)
    seen: Counter[str] = Counter()
    opened: list[Section] = []
    for heading in page.talk.headings:
        opened = [each for each in opened if each.level < heading.level]
        outer = opened[-1] if opened else found[0][1]
        section = _section(page, heading, outer, _anchor(heading, seen), is_alone=titles[heading.title] == 1)
        opened.append(section)
        found.append((heading.start, section))
    return found


def _anchor(heading: TalkHeading, seen: Counter[str]) -> str:
    seen[heading.title.casefold()] += 1
    count = seen[heading.title.casefold()]
    return heading.title if count == 1 else f"{heading.title} {count}"


def _section(page: SignupPage, heading: TalkHeading, outer: Section, anchor: str, *, is_alone: bool) -> Section:
    title = page.clean(heading.title)
    above = outer.list.title
    # An anchor is a heading to the letter: one with an address in it is not linked to.
    place = page.lookup.place(heading.start, anchor if page.clean(anchor) == anchor else "")
    whole = title if is_alone or not above else f"{above} / {title}"
    kind = page.names.heading(heading.title) or outer.kind
    names = (*outer.list.above, above) if above else outer.list.above
    return Section(list=SignupList(title=whole, place=place, above=names), kind=kind, level=heading.level)
