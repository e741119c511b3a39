"""Choose from the pages that were read those that a report needs, and follow those that were moved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.consultation import Consultation
from bot.model import Missing, Page, Place, Problem, Revision


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The revisions to read for one kind, in order, and the pages that should be among them and cannot."""

    revisions: tuple[Revision, ...]
    unusable: tuple[Problem, ...]


def choose(consultation: Consultation, kind: str, pages: Mapping[str, Page]) -> Sources:
    """Return the sources of a kind: pages named one by one first, then those below the prefixes by title.

    A page that the bot writes to is read where it is named itself, as a talk page with a report on it is. It has no
    revision to cite: the report that cites it would be another one as soon as it is saved.
    """
    named = consultation.source_pages(kind)
    prefixes = consultation.source_prefixes(kind)
    written = {target.page for target in consultation.reports} | set(moved(consultation, pages).values())
    below = sorted(title for title in pages if any(title.startswith(prefix) for prefix in prefixes))
    titles = list(dict.fromkeys([*named, *(title for title in below if title not in written)]))
    revisions: list[Revision] = []
    unusable: list[Problem] = []
    for title in titles:
        page = pages.get(title, Missing(title=title))
        fault = _fault(page, titles)
        if isinstance(page, Revision) and fault is None and not page.redirect:
            revisions.append(replace(page, revid=0) if title in written else page)
        if fault is not None:
            unusable.append(fault)
    unusable += [_empty_prefix(prefix) for prefix in prefixes if not any(each.startswith(prefix) for each in titles)]
    return Sources(revisions=tuple(revisions), unusable=tuple(unusable))


def moved(consultation: Consultation, pages: Mapping[str, Page]) -> Mapping[str, str]:
    """Return where reports stand now whose pages were moved within the allowed prefixes, by the titles that are set.

    A page that is another target already is left alone, so that two reports never write over each other.
    """
    found = {target.page: pages.get(target.page) for target in consultation.reports}
    goals = {title: page.redirect for title, page in found.items() if isinstance(page, Revision) and page.redirect}
    return {
        title: goal
        for title, goal in goals.items()
        if consultation.allows_output(title) and consultation.allows_output(goal) and goal not in found
    }


def _fault(page: Page, titles: Sequence[str]) -> Problem | None:
    """Return why a source cannot be read; a redirect to another source is read there."""
    if isinstance(page, Missing):
        message = "source-unreadable" if page.exists else "source-missing"
        place = Place(title=page.title, revid=0, line=page.line)
        return Problem(place=place, message=message, details=(page.title, page.why))
    place = Place(title=page.title, revid=page.revid, line=1)
    if page.redirect and page.redirect not in titles:
        return Problem(place=place, message="source-redirect", details=(page.title, page.redirect))
    if not page.redirect and not page.wikitext.strip():
        return Problem(place=place, message="source-empty", details=(page.title,))
    return None


def _empty_prefix(prefix: str) -> Problem:
    return Problem(place=Place(title=prefix, revid=0, line=1), message="source-prefix-empty", details=(prefix,))
