"""One run: read every page that is needed at once, make the reports, and bring each target up to date."""

import contextlib
import random
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import metadata

from bot import consultation as settings
from bot import reporting, sources, status
from bot.consultation import Consultation, Target
from bot.errors import NotAllowed, SettingsError, TryLater
from bot.labels_page import overrides
from bot.model import (
    Blocked,
    Conflict,
    Edit,
    Failed,
    Missing,
    NotTried,
    Outcome,
    Page,
    Problem,
    ReadOnly,
    Revision,
    Saved,
    Stale,
    Stopped,
    Unchanged,
    WikiProfile,
)
from bot.parse.wikitext import without_comments
from bot.people import UserFacts
from bot.publish import Plan, plan_edit
from bot.readings import Readings
from bot.render.labels import Labels
from bot.render.region import Region, find
from bot.reporting import Report
from bot.wiki.protocol import Wiki

_TRIES = 3
_STOP_PAGE_SECONDS = 20.0  # a run slower than this asks again, before a save, whether it should stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A report for one target: its wikitext and the edit summary, in the target's language."""

    report: Report
    wikitext: str
    summary: str


def version() -> str:
    """Return the version of the bot that is installed."""
    return metadata.version("dialoguebot")


class Run:
    """Everything that was read for one consultation, and what can be made of it."""

    def __init__(self, wiki: Wiki, title: str, *, accept_shrink: bool = False) -> None:
        self._wiki = wiki
        self._title = title
        self._accept_shrink = accept_shrink
        self.old_settings: Stale | None = None  # that the newest settings are broken, and older ones are used
        self.consultation = self._read_settings()
        self._pages: Mapping[str, Page] = {}
        self._moved: Mapping[str, str] = {}
        self._reports: dict[str, Report] = {}
        self._users_known: dict[str, UserFacts] = {}
        self._asked: set[str] = set()
        self.chosen: Sequence[str] = ()  # the reports that will be made; who they ask for is asked for at once
        self._read_at = 0.0
        self.is_interrupted = False  # set from outside; the request in hand is finished, and no other begun
        self._read()

    def _read_settings(self) -> Consultation:
        page = self._wiki.pages([self._title])[self._title]
        if isinstance(page, Missing):
            raise SettingsError(f"{self._title}: {page.why}; a consultation needs its page of settings.")
        try:
            return settings.load(page)
        except SettingsError as error:
            if not page.wikitext.strip():
                raise
            return self._last_good_settings(error)

    def _last_good_settings(self, error: SettingsError) -> Consultation:
        """Return the latest settings that can be used; raise the error of the newest where there are none."""
        for revision in self._wiki.earlier(self._title):
            with contextlib.suppress(SettingsError):
                good = settings.load(revision)
                text = f"the newest settings cannot be used, so those of revision {revision.revid} are. {error}"
                self.old_settings = Stale(title=self._title, text=text)
                return good
        raise error

    def _read(self) -> None:
        """Read sources, targets, labels and the stop page, all in one go."""
        chosen = self.consultation
        codes = dict.fromkeys([*chosen.languages, *(self.language(target) for target in chosen.reports)])
        titles = chosen.titles()
        titles += [target.page for target in chosen.reports]
        titles += [title for title in (chosen.stop_page, chosen.status_page) if title]
        titles += [f"{chosen.labels_prefix}{code}.json" for code in codes]
        prefixes = [source.prefix for source in chosen.sources if source.prefix is not None]
        self._pages = self._wiki.pages(titles, prefixes)
        goals = sources.moved(chosen, self._pages)
        if goals:
            self._pages = {**self._pages, **self._wiki.pages(list(goals.values()))}
        self._moved = {title: goal for title, goal in goals.items() if isinstance(self._pages.get(goal), Revision)}
        self._readings = Readings(chosen, self._pages, self.profile, self._users)
        self._reports = {}
        self._users_known, self._asked = {}, set()
        self._read_at = time.monotonic()

    def language(self, target: Target) -> str:
        """Return the language that a target is written in."""
        return target.language or self.consultation.languages[0]

    def labels(self, code: str) -> Labels:
        """Return the labels of a language, with those that people replaced on the wiki."""
        replaced, _ = overrides(self._pages.get(f"{self.consultation.labels_prefix}{code}.json"))
        return Labels(code, replaced)

    def report(self, name: str) -> Report:
        """Return a report's figures, computed once for all languages."""
        if name not in self._reports:
            self._reports[name] = self._readings.report(name)
        return self._reports[name]

    @property
    def profile(self) -> WikiProfile:
        """Return what MediaWiki dictates there: the settings may name the wiki whose customs the pages follow."""
        return reporting.profile_of(self.consultation, self._wiki.profile)

    def _users(self, names: Sequence[str]) -> Mapping[str, UserFacts]:
        """Ask for users once, however many reports want to know of them."""
        if any(name not in self._asked for name in names):
            everyone = dict.fromkeys([*names, *self._readings.people(self.chosen)])
            unknown = [name for name in everyone if name not in self._asked]
            only_renames = not self.consultation.votes.rules().eligibility.asks
            self._users_known |= self._wiki.users(unknown, only_renames=only_renames)
            self._asked |= set(unknown)
        return self._users_known

    def made(self, name: str, code: str) -> Made:
        """Return a report in a language."""
        return self._written(self.report(name), code)

    def _written(self, report: Report, code: str) -> Made:
        labels = self.labels(code)
        report = self._with_label_problems(report, code)
        text = reporting.wikitext(report, self.consultation, labels, version())
        return Made(report=report, wikitext=text, summary=reporting.summary(report, labels))

    def _with_label_problems(self, report: Report, code: str) -> Report:
        _, problems = overrides(self._pages.get(f"{self.consultation.labels_prefix}{code}.json"))
        return reporting.with_problems(report, problems)

    def plan(self, target: Target) -> Edit | Outcome:
        """Return the edit of a target, or why there is none; nothing is sent."""
        target = target.model_copy(update={"page": self._moved.get(target.page, target.page)})
        page = self._pages.get(target.page, Missing(title=target.page))
        made = self.made(target.report, self.language(target))
        body, summary = made.wikitext, made.summary
        if made.report.unusable:
            old = _published(page, target)
            if not old:
                return self._stale(target, made.report)
            labels = self.labels(self.language(target))
            body, summary = reporting.stale(old, made.report, labels), labels.text("summary-stale")
        planned = self._planned(target, page, body, summary)
        is_source = any(revision.title == target.page for revision in made.report.revisions)
        return self._with_own_lines(target, page, planned) if is_source else planned

    def _planned(self, target: Target, page: Page, body: str, summary: str) -> Edit | Outcome:
        plan = Plan(target=target, body=body, summary=summary, accept_shrink=self._accept_shrink)
        return plan_edit(plan, page, self.consultation)

    def _with_own_lines(self, target: Target, page: Page, planned: Edit | Outcome) -> Edit | Outcome:
        """Where a report stands on a page that it reads, name the lines as they will be below the report."""
        for _ in range(_TRIES):
            if not isinstance(planned, Edit) or isinstance(page, Missing):
                break
            after = {**self._pages, page.title: replace(page, wikitext=planned.wikitext)}
            readings = Readings(self.consultation, after, self.profile, self._users)
            made = self._written(readings.report(target.report), self.language(target))
            again = self._planned(target, page, made.wikitext, made.summary)
            if again == planned:
                break
            planned = again
        return planned

    def _stale(self, target: Target, report: Report) -> Stale:
        labels = self.labels("en")
        why = " ".join(
            f"{each.place.title}, line {each.place.line}: {labels.problem(each)}" for each in report.unusable
        )
        return Stale(title=target.page, text=f"the last figures stay. {why}")

    def publish(self, targets: Sequence[Target]) -> Iterator[Outcome]:
        """Bring each target up to date and yield how that ended, as soon as it is known."""
        outcomes: list[Outcome] = []
        for target in targets:
            if self.is_interrupted or any(outcome.stops_run for outcome in outcomes):
                yield NotTried(title=target.page, text="the run stopped before it came to this page")
                continue
            outcomes.append(self._publish(target))
            yield outcomes[-1]
        # A run of some targets knows nothing of the others, and would drop them from the list of those that wait.
        is_whole = len(outcomes) == len(self.consultation.reports)
        about_settings = [self.old_settings] if self.old_settings else []
        yield from about_settings
        if is_whole and not self.is_interrupted and not any(outcome.stops_run for outcome in outcomes):
            yield from self._publish_status([*about_settings, *outcomes])

    def _publish_status(self, outcomes: Sequence[Outcome]) -> Iterator[Outcome]:
        """Write the status page where the settings name one; a page is only made when there is something to say."""
        title = self.consultation.status_page
        page = self._pages.get(title, Missing(title=title))
        if not title or (isinstance(page, Missing) and not any(outcome.failed for outcome in outcomes)):
            return
        labels = self.labels(self.consultation.languages[0])
        target = Target(report=status.NAME, page=title, create=True)
        body, summary = status.wikitext(outcomes, labels), labels.text("summary-status")
        planned = plan_edit(
            Plan(target=target, body=body, summary=summary, accept_shrink=True), page, self.consultation
        )
        if isinstance(planned, Edit) and not self._is_stopped():
            yield self._guarded(title, lambda: self._wiki.save(planned))
        elif isinstance(planned, Outcome) and planned.failed:
            yield planned

    def _publish(self, target: Target) -> Outcome:
        outcome = self._guarded(target.page, lambda: self._try(target))
        for tried in range(1, _TRIES):
            if not isinstance(outcome, Conflict):
                break
            time.sleep(random.uniform(0.2, 0.8) * 2**tried)  # so that two bots do not meet again
            outcome = self._guarded(target.page, lambda: self._try_afresh(target))
        return outcome

    def _try_afresh(self, target: Target) -> Outcome:
        self._read()
        return self._try(target)

    def _guarded(self, title: str, work: Callable[[], Outcome]) -> Outcome:
        """Name how work ends that breaks off, so that the outcomes of other pages are said all the same."""
        try:
            return work()
        except TryLater as error:
            return ReadOnly(title=title, text=str(error))
        except NotAllowed as error:
            return Blocked(title=title, text=str(error))
        except Exception as error:
            traceback.print_exc()
            return Failed(title=title, text=f"{type(error).__name__}: {error}")

    def _try(self, target: Target) -> Outcome:
        planned = self.plan(target)
        if not isinstance(planned, Edit):
            return self.or_stale(planned, target)
        if self._is_stopped():
            return Stopped(title=target.page, text=f"{self.consultation.stop_page} asks the bot to stop")
        outcome = self._wiki.save(planned)
        if isinstance(outcome, Saved) and outcome.merged:
            self._read()
            if not isinstance(self.plan(target), Unchanged):
                return Conflict(title=target.page, text="the wiki merged the report with somebody else's edit")
        return self.or_stale(outcome, target)

    def or_stale(self, outcome: Outcome, target: Target) -> Outcome:
        """A page that only got a notice, or has it already, still waits for its figures."""
        report = self.report(target.report)
        return self._stale(target, report) if report.unusable and not outcome.failed else outcome

    def _is_stopped(self) -> bool:
        title = self.consultation.stop_page
        if time.monotonic() - self._read_at > _STOP_PAGE_SECONDS:
            self._pages = {**self._pages, **self._wiki.pages([title])}
            self._read_at = time.monotonic()
        page = self._pages.get(title, Missing(title=title))
        if isinstance(page, Missing):
            return page.exists  # it is there and cannot be read: better stop than overlook what it says
        return bool(without_comments(page.wikitext).strip())

    def problems(self) -> list[Problem]:
        """Return the problems of the reports that were made, each once."""
        return list(dict.fromkeys(problem for report in self._reports.values() for problem in report.problems))


def _published(page: Page, target: Target) -> str:
    """Return what stands in a target's region now."""
    region = find(page.wikitext, target.report) if isinstance(page, Revision) else None
    return region.body if isinstance(region, Region) else ""
