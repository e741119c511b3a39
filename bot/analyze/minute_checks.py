"""Say what is amiss in the headings of sessions and in the merges that people declared."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from rapidfuzz import fuzz, process

from bot.analyze.minute_merge import Accepted, declared_apart, declared_nowhere
from bot.analyze.minute_template import EXTRA, Run, Template
from bot.minutes import MinutePage, Statement
from bot.model import Place, Problem
from bot.parse.minute_names import heading_key

LOST_HEADING = "minutes-lost-heading"
_NEAR = 80  # of 100: a heading is likely to be another one with a slip in it
_SEPARATOR = "; "


class _Counted(Protocol):
    @property
    def title(self) -> str: ...
    @property
    def place(self) -> Place: ...
    @property
    def is_empty(self) -> bool: ...


def left_aside(page: MinutePage) -> Problem:
    """Return what is to be said of merged minutes among notes: nothing is counted twice."""
    return Problem(place=page.place, message="minutes-both-shapes", details=(page.place.title,))


def struck(said: Statement) -> Problem:
    """Return what is to be said of a statement that was struck, and not merged."""
    return Problem(place=said.place, message="minutes-struck", details=(said.text,))


def strangers(template: Template) -> Iterator[Problem]:
    """Yield a problem for each session whose notes follow another template of headings."""
    agreed = _SEPARATOR.join(each.title for each in template.headings)
    for run in template.strangers:
        own = [section for section in run.headings if not section.is_outside]
        said = _SEPARATOR.join(section.title for section in own)
        yield Problem(place=own[0].place, message="minutes-mixed-templates", details=(_called(run), said, agreed))


def lost_headings(run: Run, gone: Mapping[int, tuple[str, ...]]) -> Iterator[Problem]:
    """Yield a problem for each list that has lost its heading, with the agreed ones that may have stood there."""
    counts = Counter(said.section for said in run.page.statements) if gone else Counter()
    for at, titles in gone.items():
        place = run.page.sections[at].place
        if titles:
            details = (str(counts[at]), _SEPARATOR.join(titles))
            yield Problem(place=place, message=f"{LOST_HEADING}/named", details=details)
        else:
            yield Problem(place=place, message=LOST_HEADING, details=(str(counts[at]),))


def missing(
    run: Run, template: Template, places: Mapping[int, int], gone: Mapping[int, tuple[str, ...]]
) -> Iterator[Problem]:
    """Yield one problem for a run that lacks agreed headings; those that were told to be lost are not told again."""
    told = {title for titles in gone.values() for title in titles}
    there = set(places.values())
    lacking = [
        each.title for index, each in enumerate(template.headings) if index not in there and each.title not in told
    ]
    if lacking and any(True for _ in run.headings):
        details = (_called(run), _SEPARATOR.join(lacking))
        yield Problem(place=_first(run), message="minutes-heading-missing", details=details)


def extra(run: Run, template: Template, places: Mapping[int, int]) -> Iterator[Problem]:
    """Yield a problem for each heading that the template lacks; one that is nearly an agreed one names it."""
    known = {heading_key(each.title): each.title for each in template.headings}
    for at, index in places.items():
        section = run.page.sections[at]
        if index != EXTRA or section.is_outside:
            continue
        near = process.extractOne(heading_key(section.title), list(known), scorer=fuzz.ratio, score_cutoff=_NEAR)
        if near is None:
            details: tuple[str, ...] = (_called(run), section.title)
            yield Problem(place=section.place, message="minutes-heading-extra", details=details)
        else:
            name, _, _ = near
            details = (_called(run), section.title, known[name])
            yield Problem(place=section.place, message="minutes-heading-extra/near", details=details)


def repeated(run: Run, template: Template, places: Mapping[int, int]) -> Iterator[Problem]:
    """Yield a problem for each heading of a run that stands there again; what is below both was put together."""
    seen: set[int] = set()
    for at, index in places.items():
        if index in seen:
            details = (_called(run), template.headings[index].title)
            yield Problem(place=run.page.sections[at].place, message="minutes-heading-twice", details=details)
        elif index != EXTRA:
            seen.add(index)


def empty(sections: Sequence[_Counted], template: Template) -> Iterator[Problem]:
    """Yield a problem for each heading with nothing under it."""
    how = "agreed" if template.is_given else "page"
    for section in sections:
        if section.is_empty:
            yield Problem(place=section.place, message=f"minutes-heading-empty/{how}", details=(section.title,))


def declared(accepted: Accepted, sections: Sequence[Mapping[str, object]]) -> Iterator[Problem]:
    """Yield a problem for each merge that people declared and that finds nothing, or nothing to put together."""
    for same, text in declared_nowhere(accepted, sections):
        yield Problem(place=same.place, message="minutes-same-gone", details=(text,))
    for same in declared_apart(accepted, sections):
        yield Problem(place=same.place, message="minutes-same-apart", details=(same.texts[0],))


def _first(run: Run) -> Place:
    return next(run.headings).place


def _called(run: Run) -> str:
    return run.session or run.page.place.title
