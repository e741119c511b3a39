"""Find the headings that sessions agreed on, and put the sections of each page under them."""

from bisect import bisect_right
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.minutes import NOTES, TEMPLATE, Agreed, MinutePage, MinuteRules, Section
from bot.parse.minute_names import heading_key, heading_names

EXTRA = -1
_HIGHEST, _DEEPEST = 2, 6
_ALIKE = 0.5  # of the shorter list of headings
_FEWEST = 2  # headings, before notes can be said to follow a template
_MOST_RUNS = 200  # that are compared with each other
_MOST_TITLES = 10  # of headings that may have been lost at one place


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Run:
    """The sections of one session on one page, by their indexes."""

    page: MinutePage
    session: str
    sections: tuple[int, ...]

    @property
    def headings(self) -> Iterator[Section]:
        """Yield the sections that have a heading."""
        return (self.page.sections[index] for index in self.sections if self.page.sections[index].title)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the headings as they are compared."""
        return tuple(dict.fromkeys(heading_key(section.title) for section in self.headings))


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """The agreed headings in order; is_given says that the settings name them, strangers follow another template."""

    headings: tuple[Agreed, ...] = ()
    is_given: bool = False
    strangers: tuple[Run, ...] = ()


def runs(pages: Sequence[MinutePage]) -> list[Run]:
    """Return the runs of sections of all pages, one for each session on a page of notes."""
    found: list[Run] = []
    for page in pages:
        by_session: dict[str, list[int]] = {}
        for index, section in enumerate(page.sections):
            by_session.setdefault(section.session if page.shape == NOTES else "", []).append(index)
        found += [Run(page=page, session=name, sections=tuple(several)) for name, several in by_session.items()]
    return found


def agreed(pages: Sequence[MinutePage], rules: MinuteRules, own: Sequence[Run] = ()) -> Template:
    """Return the template that the settings give, else the headings that most of the runs have in common."""
    given = rules.headings or _of_page(pages, rules)
    if given:
        template = Template(headings=_levelled(given), is_given=True)
        return replace(template, strangers=tuple(run for run in own if _is_stranger(run, template)))
    alike = _most_alike(own)
    strangers = tuple(run for run in own if run not in alike and len(run.names) >= _FEWEST)
    return Template(headings=_levelled(_common(alike)), strangers=strangers)


def _of_page(pages: Sequence[MinutePage], rules: MinuteRules) -> tuple[Agreed, ...]:
    template = next((page for page in pages if page.shape == TEMPLATE), None)
    if template is None:
        return ()
    aliases = {heading_key(title): names for title, names in rules.aliases.items()}
    return tuple(
        _as_agreed(section, aliases.get(heading_key(section.title), ()))
        for section in template.sections
        if section.title
    )


def _as_agreed(section: Section, aliases: Sequence[str] = ()) -> Agreed:
    return Agreed(title=section.title, level=section.level, place=section.place, aliases=tuple(aliases))


def _levelled(headings: Sequence[Agreed]) -> tuple[Agreed, ...]:
    """Return headings whose levels begin at 2 and go down one by one, as deep as a wiki has headings."""
    above: list[int] = []
    found = []
    for heading in headings:
        while above and above[-1] >= heading.level:
            above.pop()
        found.append(replace(heading, level=min(_HIGHEST + len(above), _DEEPEST)))
        above.append(heading.level)
    return tuple(found)


def _is_stranger(run: Run, template: Template) -> bool:
    known = {name for heading in template.headings for name in heading_names(heading.title, heading.aliases)}
    own = [heading_key(section.title) for section in run.headings if not section.is_outside]
    return len(own) >= _FEWEST and sum(name in known for name in own) < len(own) * _ALIKE


def _most_alike(own: Sequence[Run]) -> list[Run]:
    """Return the largest lot of runs that have headings in common; of two as large, the one that begins first."""
    if len(own) > _MOST_RUNS:
        return list(own)
    names = {id(run): frozenset(run.names) for run in own}
    lots: list[list[Run]] = []
    for run in own:
        near = [lot for lot in lots if any(_are_alike(names[id(run)], names[id(other)]) for other in lot)]
        lots = [lot for lot in lots if lot not in near]
        lots.append([*(each for lot in near for each in lot), run])
    lots.sort(key=lambda lot: min(own.index(run) for run in lot))
    return max(lots, key=len, default=[])


def _are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    shorter = min(len(one), len(other))
    return bool(shorter) and len(one & other) >= shorter * _ALIKE


def _common(alike: Sequence[Run]) -> list[Agreed]:
    """Return the headings that more than half of the runs have, in the order of the run that has most of them."""
    counts = Counter(name for run in alike for name in run.names)
    kept = {name for name, count in counts.items() if count * 2 > len(alike)}
    ordered = sorted(alike, key=lambda run: -len(kept & set(run.names)))
    often = _how_often(alike)
    found: list[Agreed] = []
    taken: Counter[str] = Counter()
    for section in ordered[0].headings if ordered else ():
        name = heading_key(section.title)
        if name in kept and not section.is_outside and taken[name] < often[name]:
            taken[name] += 1
            found.append(_as_agreed(section))
    for run in ordered[1:]:
        _insert_missing(found, run, kept)
    return found


def _how_often(alike: Sequence[Run]) -> Mapping[str, int]:
    """Return how many times more than half of the runs that have a heading have it."""
    several: dict[str, list[int]] = {}
    for run in alike:
        for name, count in Counter(heading_key(section.title) for section in run.headings).items():
            several.setdefault(name, []).append(count)
    return {name: sorted(counts)[(len(counts) - 1) // 2] for name, counts in several.items()}


def _insert_missing(found: list[Agreed], run: Run, kept: set[str]) -> None:
    """Put the headings of a run that are still missing behind those that they stand behind there."""
    places = {heading_key(each.title): at for at, each in reversed(list(enumerate(found)))}
    missing = dict.fromkeys(name for name in run.names if name in kept and name not in places)
    behind: dict[int, list[Agreed]] = {}
    at = -1
    for section in run.headings if missing else ():
        name = heading_key(section.title)
        at = places.get(name, at)
        if name in missing and not section.is_outside:
            del missing[name]
            behind.setdefault(at, []).append(_as_agreed(section))
    found[:] = [
        *behind.get(-1, ()),
        *(heading for at, each in enumerate(found) for heading in (each, *behind.get(at, ()))),
    ]


def placed(run: Run, template: Template) -> Mapping[int, int]:
    """Return for each section of a run which agreed heading it is, EXTRA where it is none; gaps are left out.

    Where the template has a heading twice, it is the one below the same heading, else the next one in order.
    """
    order = _Order(template)
    found: dict[int, int] = {}
    above: list[tuple[int, int]] = []
    for at in run.sections:
        section = run.page.sections[at]
        if not section.title:
            continue
        while above and above[-1][0] >= section.level:
            above.pop()
        found[at] = order.take(heading_key(section.title), above[-1][1] if above else EXTRA)
        above.append((section.level, found[at]))
    return found


class _Order:
    """The agreed headings by what they are called, each taken once, in order."""

    def __init__(self, template: Template) -> None:
        parents = _parents(template)
        self._by_name: dict[str, list[int]] = {}
        self._below: dict[tuple[str, int], deque[int]] = {}
        self._taken: set[int] = set()
        self._last = -1
        for index, heading in enumerate(template.headings):
            for name in heading_names(heading.title, heading.aliases):
                self._by_name.setdefault(name, []).append(index)
                self._below.setdefault((name, parents[index]), deque()).append(index)

    def take(self, name: str, parent: int) -> int:
        """Return the next heading of a name: below its parent, else behind the last one, else the first at all."""
        several = self._by_name.get(name, [])
        below = self._below.get((name, parent), deque())
        while below and below[0] in self._taken:
            below.popleft()
        found = EXTRA
        if below:
            found = below[0]
        elif several:
            at = bisect_right(several, self._last)
            found = several[at] if at < len(several) else several[0]
        self._taken.add(found)
        self._last = max(self._last, found)
        return found


def _parents(template: Template) -> list[int]:
    """Return for each agreed heading the index of the one that it stands below, EXTRA where there is none."""
    found: list[int] = []
    above: list[int] = []
    for index, heading in enumerate(template.headings):
        while above and template.headings[above[-1]].level >= heading.level:
            above.pop()
        found.append(above[-1] if above else EXTRA)
        above.append(index)
    return found


def lost(run: Run, template: Template, places: Mapping[int, int]) -> Mapping[int, tuple[str, ...]]:
    """Return the sections of a run whose heading is lost, each with the agreed ones that may have stood there.

    Where the settings give the template, a list that begins anew between two headings that follow each other there
    has lost none.
    """
    if run in template.strangers:
        return {at: () for at in run.sections if run.page.sections[at].is_lost}
    missing = sorted(set(range(len(template.headings))) - set(places.values()))
    behind = _next_agreed(run, places, len(template.headings))
    found: dict[int, tuple[str, ...]] = {}
    before = -1
    for at in run.sections:
        section = run.page.sections[at]
        before = places.get(at, before) if places.get(at, EXTRA) != EXTRA else before
        if section.title:
            continue
        first = bisect_right(missing, before)
        between = [index for index in missing[first : first + _MOST_TITLES] if index < behind[at]]
        if between or (section.is_lost and not template.is_given):
            found[at] = tuple(template.headings[index].title for index in between)
    return found


def _next_agreed(run: Run, places: Mapping[int, int], end: int) -> Mapping[int, int]:
    """Return for each section of a run the agreed heading that comes next, at it or behind it."""
    found: dict[int, int] = {}
    for at in reversed(run.sections):
        end = places[at] if places.get(at, EXTRA) != EXTRA else end
        found[at] = end
    return found
