"""Put the sessions' statements under the agreed headings and count them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.analyze import minute_checks
from bot.analyze.minute_likeness import Suggestion, suggestions
from bot.analyze.minute_meaning import Meanings
from bot.analyze.minute_merge import Accepted, Merged, Node, SectionMerge
from bot.analyze.minute_sessions import Sessions
from bot.analyze.minute_template import EXTRA, Run, Template, agreed, lost, placed, runs
from bot.minutes import MERGED, NOTES, TEMPLATE, MinutePage, MinuteReading, MinuteRules, Same, Section, Session
from bot.model import Place, Problem
from bot.parse.minute_names import heading_key
from bot.parse.same_words import normal

AGREED, ADDED, LOST, LOOSE = "agreed", "extra", "lost", "loose"


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionFigures:
    """One heading with its statements: state is "agreed", "extra", "lost" (a heading is gone) or "loose" (none)."""

    title: str
    level: int
    place: Place
    state: str
    statements: tuple[Merged, ...] = ()
    is_empty: bool = False

    @property
    def counts(self) -> Counter[str]:
        """Return how many of the statements each session supports."""
        return Counter(name for said in self.statements for name in said.sessions)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionFigures:
    """One session: how often it is cited, and how many statements it supports."""

    name: str
    reference: str
    place: Place
    citations: int
    statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MinuteFigures:
    """The merged minutes, what they add up to, and what a person may want to merge further."""

    sessions: tuple[SessionFigures, ...]
    sections: tuple[SectionFigures, ...]
    is_given: bool
    unused: tuple[Session, ...]
    accepted: tuple[Same, ...]
    problems: tuple[Problem, ...]
    pages: int
    suggestions: tuple[Suggestion, ...] = ()

    @property
    def statements(self) -> tuple[Merged, ...]:
        """Return all statements in order."""
        return tuple(said for section in self.sections for said in section.statements)

    @property
    def uncited(self) -> tuple[Merged, ...]:
        """Return the statements that no session is cited for."""
        return tuple(said for said in self.statements if not said.voices)

    @property
    def supported(self) -> tuple[Merged, ...]:
        """Return the statements, those that most sessions support first, else in order."""
        return tuple(sorted(self.statements, key=lambda said: -len(said.voices)))


@dataclass(slots=True, kw_only=True, eq=False)
class _Slot:
    """One heading of the merged minutes while they are put together."""

    title: str
    level: int
    place: Place
    state: str
    index: int = EXTRA
    texts: dict[str, None]
    merge: SectionMerge
    has_text: bool = False


def merge(reading: MinuteReading, rules: MinuteRules, along: Sequence[Same], *, keeps_pages: bool) -> MinuteFigures:
    """Return the minutes of all pages; with keeps_pages those that are merged already stay as they stand."""
    return _Minutes(reading, rules, along, keeps_pages=keeps_pages).figures()


def with_suggestions(counted: MinuteFigures, meanings: Meanings) -> MinuteFigures:
    """Return the figures with what a person may want to merge further."""
    sections = [section.statements for section in counted.sections]
    return replace(counted, suggestions=suggestions(sections, counted.accepted, meanings))


class _Minutes:
    """Puts the minutes together."""

    def __init__(
        self, reading: MinuteReading, rules: MinuteRules, along: Sequence[Same], *, keeps_pages: bool
    ) -> None:
        has_notes = any(page.shape == NOTES for page in reading.pages)
        self._left = [page for page in reading.pages if has_notes and page.shape == MERGED]
        left = {page.place.title for page in self._left}
        self._pages = [page for page in reading.pages if page not in self._left]
        # Which lists have lost their heading is told below, by the template where there is one.
        self._problems = [
            each
            for each in reading.problems
            if each.place.title not in left and each.kind != minute_checks.LOST_HEADING
        ]
        self._problems += [minute_checks.left_aside(page) for page in self._left]
        self._as_is = keeps_pages and not has_notes
        own = [page for page in self._pages if page.shape != TEMPLATE]
        self._accepted = Accepted(
            list(dict.fromkeys([*rules.same, *(same for page in reading.pages for same in page.same), *along]))
        )
        self._sessions = Sessions(own, rules)
        self._runs = runs(own)
        self._template = agreed(self._pages, rules, self._runs)
        self._prompts = frozenset(
            said.whole or normal(said.text)
            for page in self._pages
            if page.shape == TEMPLATE
            for said in page.statements
        )
        self._slots = [
            self._slot(each.title, each.level, each.place, AGREED, index)
            for index, each in enumerate(self._template.headings)
        ]
        self._agreed_slots = list(self._slots)
        self._added_slots: dict[str, _Slot] = {}
        self._loose = self._slot("", 2, Place(title="", revid=0, line=1), LOOSE)

    def _slot(self, title: str, level: int, place: Place, state: str, index: int = EXTRA) -> _Slot:
        merging = SectionMerge(self._accepted, self._sessions, self._prompts, as_is=self._as_is)
        return _Slot(title=title, level=level, place=place, state=state, index=index, texts={}, merge=merging)

    def figures(self) -> MinuteFigures:
        """Take in every page and count."""
        self._problems += self._sessions.problems
        self._problems += minute_checks.strangers(self._template)
        for page in self._pages:
            if page.shape != TEMPLATE:
                self._page(page)
        slots = [*self._slots, *([self._loose] if self._loose.texts else [])]
        sections = _with_empty([self._section(slot) for slot in slots], slots, self._template)
        self._problems += minute_checks.empty(sections, self._template)
        self._problems += minute_checks.declared(self._accepted, [slot.texts for slot in slots])
        statements = [said for section in sections for said in section.statements]
        return MinuteFigures(
            sessions=self._counted(statements),
            sections=tuple(sections),
            is_given=self._template.is_given,
            unused=tuple(each for page in self._pages for each in page.unused),
            accepted=self._accepted.all,
            problems=tuple(dict.fromkeys(self._problems)),
            pages=sum(page.shape != TEMPLATE for page in self._pages),
        )

    def _page(self, page: MinutePage) -> None:
        targets: dict[int, _Slot] = {}
        for run in self._runs:
            if run.page is page:
                targets |= self._targets(run)
        nodes: dict[int, Node] = {}
        struck_parents = {said.parent for said in page.statements if not said.is_struck}
        for index, said in enumerate(page.statements):
            slot = targets.get(said.section, self._loose)
            if said.is_outside and slot.index == EXTRA:
                continue
            if page.shape == NOTES and said.is_struck and index not in struck_parents:
                self._problems.append(minute_checks.struck(said))
                continue
            if slot is self._loose and not slot.texts:
                slot.place = said.place
            nodes[index] = slot.merge.add(said, nodes.get(said.parent))
            slot.texts.setdefault(said.whole or normal(said.text))

    def _targets(self, run: Run) -> Mapping[int, _Slot]:
        """Return where each section of a run goes, with what is amiss in the headings of the run."""
        places = placed(run, self._template)
        gone = lost(run, self._template, places)
        self._check(run, places, gone)
        found: dict[int, _Slot] = {}
        above: list[tuple[int, _Slot]] = []
        last: _Slot | None = None
        for at in run.sections:
            section = run.page.sections[at]
            if at in gone:
                last = self._without_heading(section, last)
            elif section.title:
                while above and above[-1][0] >= section.level:
                    above.pop()
                last = self._agreed(places[at]) or self._added(section, above[-1][1] if above else None)
                above.append((section.level, last))
                last.has_text = last.has_text or section.has_text
            if last is not None:
                found[at] = last
        return found

    def _agreed(self, index: int) -> _Slot | None:
        return self._agreed_slots[index] if index >= 0 else None

    def _added(self, section: Section, parent: _Slot | None) -> _Slot:
        """Return the place of a heading that the template lacks: below the one that it stood below, or at the end."""
        known = self._added_slots.get(heading_key(section.title))
        if known is not None:
            return known
        level = parent.level + 1 if parent else 2
        made = self._slot(section.title, min(level, 6), section.place, ADDED)
        if not section.is_outside:
            self._added_slots[heading_key(section.title)] = made
            self._insert(made, parent)
        return made

    def _without_heading(self, section: Section, behind: _Slot | None) -> _Slot:
        """Return the place of a list whose heading is lost: right behind the list before it, for all sessions."""
        at = self._slots.index(behind) + 1 if behind in self._slots else len(self._slots)
        if at < len(self._slots) and self._slots[at].state == LOST:
            return self._slots[at]
        made = self._slot("", behind.level if behind else 2, section.place, LOST)
        self._slots.insert(at, made)
        return made

    def _insert(self, slot: _Slot, parent: _Slot | None) -> None:
        at = self._slots.index(parent) + 1 if parent in self._slots else len(self._slots)
        while parent is not None and at < len(self._slots) and self._slots[at].level > parent.level:
            at += 1
        self._slots.insert(at, slot)

    def _check(self, run: Run, places: Mapping[int, int], gone: Mapping[int, tuple[str, ...]]) -> None:
        self._problems += minute_checks.lost_headings(run, gone)
        if run not in self._template.strangers:
            self._problems += minute_checks.missing(run, self._template, places, gone)
            self._problems += minute_checks.extra(run, self._template, places)
            self._problems += minute_checks.repeated(run, self._template, places)

    def _section(self, slot: _Slot) -> SectionFigures:
        return SectionFigures(
            title=slot.title,
            level=slot.level,
            place=slot.place,
            state=slot.state,
            statements=slot.merge.merged(),
        )

    def _counted(self, statements: Sequence[Merged]) -> tuple[SessionFigures, ...]:
        supported = Counter(name for said in statements for name in said.sessions)
        cited = Counter(name for said in statements for name in said.citations)
        if self._as_is:  # a citation behind a heading or in a table has its link back, too
            cited = Counter()
            for page in self._pages:
                for each in page.sessions:
                    cited[self._sessions.name(page.place.title, each.name)] += each.citations
        return tuple(
            SessionFigures(
                name=each.name,
                reference=each.reference,
                place=each.place,
                citations=cited[each.name],
                statements=supported[each.name],
            )
            for each in self._sessions.all
        )


def _with_empty(
    sections: Sequence[SectionFigures], slots: Sequence[_Slot], template: Template
) -> list[SectionFigures]:
    """Mark the headings with no statement below them, be it below a heading of their own.

    Where nobody says which headings were agreed on, one with text below it is not empty.
    """
    found: list[SectionFigures] = []
    totals: Counter[int] = Counter()  # of what follows, by level, up to the next heading that is not below
    for section, slot in zip(reversed(sections), reversed(slots), strict=True):
        below = sum(totals.pop(level) for level in list(totals) if level > section.level)
        has_text = slot.has_text and not (template.is_given and section.state == AGREED)
        is_empty = not section.statements and not below and section.state in (AGREED, ADDED) and not has_text
        found.append(replace(section, is_empty=is_empty))
        totals[section.level] += len(section.statements) + below
    return found[::-1]
