"""Read each page once for all reports of a consultation, and compute their figures."""

import importlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import ModuleType
from typing import Any

from bot import reporting
from bot.consultation import Consultation
from bot.memory import Memory
from bot.model import Page, Place, Revision, WikiProfile
from bot.render.region import Region, fields, find
from bot.reporting import Ask, Report
from bot.sources import choose, moved


class Readings:
    """What the readers found on the pages of one run; ask tells what the wiki knows of users."""

    def __init__(self, consultation: Consultation, pages: Mapping[str, Page], profile: WikiProfile, ask: Ask) -> None:
        self._consultation = consultation
        self._pages = pages
        self._profile = profile
        self._ask = ask
        self._found: dict[tuple[str, str], Any] = {}

    def report(self, name: str) -> Report:
        """Make one report."""
        module = _module(name)
        sources = choose(self._consultation, module.READS, self._pages)
        figures = self._figures(module, sources.revisions)
        return Report(
            name=name,
            figures=figures,
            revisions=sources.revisions,
            problems=(*sources.unusable, *figures.problems),
            unusable=sources.unusable,
        )

    def people(self, names: Iterable[str]) -> list[str]:
        """Return the users of whom some reports want to know, so that the wiki can be asked for all at once."""
        asking = [module for module in map(_module, names) if hasattr(module, "people")]
        return [user for module in asking for user in self._people(module)]

    def _people(self, module: ModuleType) -> Sequence[str]:
        revisions = choose(self._consultation, module.READS, self._pages).revisions
        users: Sequence[str] = module.people(self._reading(module, revisions), self._consultation)
        return users

    def _reading(self, module: ModuleType, revisions: Sequence[Revision]) -> Any:
        return module.combine(self._read(module.READS, revision) for revision in revisions)

    def _read(self, kind: str, revision: Revision) -> Any:
        """Return what a page holds of a kind; its title is enough, as a page has one revision here."""
        key = kind, revision.title
        if key not in self._found:
            knowledge = reporting.context(self._consultation, self._profile, kind)
            self._found[key] = reporting.reader(kind).read(revision, knowledge)
        return self._found[key]

    def _figures(self, module: ModuleType, revisions: Sequence[Revision]) -> Any:
        """Return a report's figures, handing it what its module asks for.

        people names users of whom the wiki tells the facts; BESIDE is a report whose figures over the same revisions
        are wanted beside the own ones; REMEMBERS is a report whose last published text is; ALONG names reports whose
        pages are, as people may write there, outside the bot's own text, what the report heeds.
        """
        wanted: dict[str, Any] = {}
        if hasattr(module, "people"):
            wanted["facts"] = self._ask(self._people(module))
        if hasattr(module, "BESIDE"):
            wanted["beside"] = self._figures(_module(module.BESIDE), revisions)
        if hasattr(module, "REMEMBERS"):
            wanted["memory"] = self._memory(module.REMEMBERS)
        if hasattr(module, "ALONG"):
            wanted["along"] = self._target_pages(module.ALONG)
        return module.figures(self._reading(module, revisions), self._consultation, **wanted)

    def _memory(self, name: str) -> Memory:
        """Return what a report wrote on the first of its pages where it stands, and on the others beside it."""
        elsewhere = moved(self._consultation, self._pages)
        named = [target.page for target in self._consultation.reports if target.report == name]
        titles = [elsewhere.get(title, title) for title in named]
        first, *others = [
            *(each for title in titles if (each := self._written(name, title))),
            Memory(place=Place(title=titles[0] if titles else "", revid=0, line=1)),
        ]
        return replace(first, elsewhere=tuple(others))

    def _written(self, name: str, title: str) -> Memory | None:
        """Return what a report wrote on a page, or nothing where it never did."""
        page = self._pages.get(title)
        region = find(page.wikitext, name) if isinstance(page, Revision) else None
        if not isinstance(region, Region) or not region.body:
            return None
        line = region.before.count("\n") + 2  # the marker has a line of its own
        place = Place(title=title, revid=0, line=line)
        return Memory(place=place, body=region.body, fields=fields(region.body))

    def _target_pages(self, several: Sequence[str]) -> tuple[Revision, ...]:
        """Return the pages of some reports; citing the revision of its own page, a report would never be finished."""
        titles = dict.fromkeys(target.page for target in self._consultation.reports if target.report in several)
        pages = (self._pages.get(title) for title in titles)
        return tuple(replace(page, revid=0) for page in pages if isinstance(page, Revision))


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"bot.reports.{name}")
