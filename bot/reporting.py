"""Turn pages into reports: choose the sources, read them, compute the figures, and write them in a language."""

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import ModuleType
from typing import Any

from bot import languages, parse, reports, wikis
from bot.consultation import Consultation, Target
from bot.errors import SettingsError, UsageError
from bot.languages import Language
from bot.model import Problem, Revision, Theme, WikiProfile
from bot.parse.context import Context
from bot.people import UserFacts
from bot.render.chart import Chart
from bot.render.environment import template
from bot.render.labels import Labels
from bot.render.view import View

# Kinds of pages on which people of other wikis sign.
_TALK = frozenset({"discussion", "votes", "signups", "questions", "poll", "minutes"})
# Kinds whose questions, signatures and templates are known in every language, whatever the wiki's is.
_EVERY_LANGUAGE = frozenset({"signups", "minutes", "questions"})
_GAP = re.compile(r"\n{3,}")  # which a wiki would show as an empty paragraph
_STALE = '<div class="mw-notalk dialoguebot-stale"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The figures of one report, the revisions that they came from, and what a person should look at."""

    name: str
    figures: Any
    revisions: tuple[Revision, ...]
    problems: tuple[Problem, ...]
    unusable: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What was understood of one page: objects for programs, and lines for people where they read better."""

    values: Sequence[dict[str, Any]]
    problems: Sequence[Problem]
    lines: Sequence[tuple[int, str]] = ()


Ask = Callable[[Sequence[str]], Mapping[str, UserFacts]]


def names() -> list[str]:
    """Return the names of all reports; the folder is the list."""
    return [module.name for module in pkgutil.iter_modules(reports.__path__)]


def reader(kind: str) -> ModuleType:
    """Return the reader of a kind of page: the module of the folder that says it reads that kind."""
    for name in (module.name for module in pkgutil.iter_modules(parse.__path__)):
        module = importlib.import_module(f"bot.parse.{name}")
        if getattr(module, "KIND", "") == kind:
            return module
    raise UsageError(f"Nothing reads pages as “{kind}” yet; known are {', '.join(kinds())}.")


def kinds() -> list[str]:
    """Return the kinds of pages that can be read."""
    modules = (importlib.import_module(f"bot.parse.{each.name}") for each in pkgutil.iter_modules(parse.__path__))
    return sorted(module.KIND for module in modules if hasattr(module, "KIND"))


def context(consultation: Consultation | None, profile: WikiProfile, kind: str = "") -> Context:
    """Return what readers must know of a consultation; without one, only what the wiki's language tells."""
    codes = tuple(dict.fromkeys([profile.language, *(consultation.languages if consultation else ())]))
    words = _words(codes, knows_all_talk=profile.knows_foreign_stamps or kind in _EVERY_LANGUAGE)
    foreign = tuple(wikis.profile(each) for each in wikis.known()) if kind in _TALK else ()
    layers = tuple(languages.language(code) for code in (*codes, "mul"))
    if consultation is None:
        return Context(words=words, layers=layers, profile=profile, foreign=foreign)
    return Context(
        groups=tuple(group.group() for group in consultation.groups),
        themes=_themes(consultation, kind),
        polls=consultation.all_polls(),
        minutes=consultation.minute_rules(),
        words=words,
        layers=(consultation.votes.words.language(), *layers),
        profile=profile,
        foreign=foreign,
    )


@lru_cache(maxsize=64)
def _words(codes: tuple[str, ...], *, knows_all_talk: bool) -> Language:
    """Return the words that count on a page; what readers compile of them is kept as long as they are the same."""
    everything = languages.together(languages.known())
    # Notes are written in every language, whatever the report's is; votes only count in the wiki's own words.
    words = replace(
        languages.together(codes),
        needs=everything.needs,
        polls=everything.polls,
        signups=everything.signups,
        minutes=everything.minutes,
        questions=everything.questions,
    )
    return replace(words, talk=everything.talk) if knows_all_talk else words


def _themes(consultation: Consultation, kind: str) -> tuple[Theme, ...]:
    if kind == "questions":
        return consultation.question_themes()
    return tuple(theme.theme() for theme in consultation.themes)


def profile_of(consultation: Consultation | None, profile: WikiProfile) -> WikiProfile:
    """Return the profile that the settings name, in the wiki's own time zone, else that of the wiki."""
    if consultation is None or not consultation.wiki:
        return profile
    if consultation.wiki not in wikis.known():
        place = consultation.place("wiki")
        raise SettingsError(
            f"{place.title}, line {place.line}: wiki: “{consultation.wiki}” is not among {', '.join(wikis.known())}"
        )
    return replace(wikis.profile(consultation.wiki), timezone=profile.timezone)


def understood(kind: str, reading: Any, consultation: Consultation | None, ask: Ask) -> Understood:
    """Return what was read of a page as objects for programs; where a report settles it further, settled."""
    for name in names():
        module = importlib.import_module(f"bot.reports.{name}")
        if kind == module.READS and hasattr(module, "settled"):
            values, problems = module.settled(reading, consultation, ask(module.people(reading, consultation)))
            return Understood(values=values, problems=problems)
    module = reader(kind)
    lines = module.as_lines(reading) if hasattr(module, "as_lines") else ()
    return Understood(values=module.as_json(reading), problems=reading.problems, lines=lines)


def with_problems(report: Report, more: Sequence[Problem]) -> Report:
    """Return a report with further problems at its end."""
    return replace(report, problems=(*report.problems, *more))


def as_json(report: Report, consultation: Consultation, labels: Labels) -> dict[str, Any]:
    """Return a report for programs: figures, revisions and problems."""
    module = importlib.import_module(f"bot.reports.{report.name}")
    return {
        "report": report.name,
        "consultation": consultation.title,
        "revisions": [{"title": each.title, "revid": each.revid} for each in report.revisions],
        "figures": module.as_json(report.figures, labels.code),
        "problems": [problem_json(problem, labels) for problem in report.problems],
    }


def as_text(report: Report, labels: Labels) -> str:
    """Return a report's figures as tables for the terminal."""
    module = importlib.import_module(f"bot.reports.{report.name}")
    return str(module.as_text(report.figures, labels))


def problem_json(problem: Problem, labels: Labels) -> dict[str, Any]:
    """Return a problem with the keys that every command prints."""
    place = problem.place
    return {"title": place.title, "line": place.line, "kind": problem.kind, "text": labels.problem(problem)}


def wikitext(report: Report, consultation: Consultation, labels: Labels, version: str) -> str:
    """Return the wikitext of a report in the language of the labels."""
    text = template(report.name).render(
        report=report,
        figures=report.figures,
        charts=charts(report, labels),
        consultation=consultation,
        own=importlib.import_module(f"bot.reports.{report.name}"),
        msg=labels,
        view=View(labels),
        version=version,
    )
    return _GAP.sub("\n\n", text)


def charts(report: Report, labels: Labels) -> Mapping[str, Chart]:
    """Return the pictures of a report by id; most reports have none."""
    module = importlib.import_module(f"bot.reports.{report.name}")
    make_charts = getattr(module, "charts", None)
    return make_charts(report.figures, labels) if make_charts else {}


def summary(report: Report, labels: Labels) -> str:
    """Return the edit summary for publishing a report."""
    module = importlib.import_module(f"bot.reports.{report.name}")
    return labels.text(f"summary-{report.name}", *module.summary(report.figures))


def stale(body: str, report: Report, labels: Labels) -> str:
    """Return the text of an earlier run under a notice of which source could not be read this time."""
    old = "\n".join(line for line in body.split("\n") if not line.startswith(_STALE))
    view = View(labels)
    why = " ".join(labels.problem(problem) for problem in report.unusable)
    style = "border: 1px solid #fc3; background: #fef6e7; color: #202122; padding: 0.3em 1em;"
    attributes = f'lang="{view.language}" dir="{view.direction}" style="{style}"'
    return f"{_STALE} {attributes}>{labels('stale-notice', why)}</div>\n{old}"


def targets(consultation: Consultation, wanted: Sequence[str]) -> list[Target]:
    """Return where the wanted reports go, or all; raise UsageError for one that does not exist."""
    check_names([*wanted, *(target.report for target in consultation.reports)])
    return [target for target in consultation.reports if not wanted or target.report in wanted]


def check_names(wanted: Iterable[str]) -> None:
    """Raise UsageError where there is no such report."""
    for name in wanted:
        if name not in names():
            raise UsageError(f"There is no report “{name}”; there are: {', '.join(names())}.")
