"""What each command does, and what it prints."""

import argparse
import json
import re
import signal
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import FrameType
from typing import Any, TextIO

from bot import consultation, i18n, reporting
from bot.audit_command import AuditPublisher, audit_pages, code_of
from bot.consultation import Target
from bot.errors import SettingsError, TryLater, UsageError
from bot.model import Edit, HumanEdited, Missing, Outcome, Problem, Revision, Saved, Shown, Unchanged, exit_code
from bot.publish import unified
from bot.render import chart_pages
from bot.render.labels import Labels
from bot.render.svg import svg
from bot.render.view import View
from bot.reporting import Understood
from bot.run import Run, version
from bot.wiki.folder import FolderWiki
from bot.wiki.protocol import Wiki

__all__ = ["audit", "diff", "list_reports", "publish", "read", "schema", "show", "version"]

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_LEAVE_SECONDS = 4
_SETTINGS_PREFIX = "User:DialogueBot/"


def list_reports(options: argparse.Namespace) -> int:
    """Print the reports that exist and where the consultation publishes them."""
    wiki = _wiki(options)
    run = Run(wiki, _settings_title(options, wiki))
    reporting.targets(run.consultation, [])
    for name in reporting.names():
        print(name)
        for target in run.consultation.reports:
            if target.report == name:
                print(f"    {target.page} ({run.language(target)})  {wiki.address(target.page)}")
    return 0 if _settings_are_new(run) else 1


def show(options: argparse.Namespace) -> int:
    """Print the wikitext of reports, or their figures as JSON, one object a line where there are several."""
    wiki = _wiki(options)
    run = Run(wiki, _settings_title(options, wiki))
    reporting.check_names(options.reports)
    names = options.reports or list(dict.fromkeys(target.report for target in run.consultation.reports))
    code = options.language or run.consultation.languages[0]
    _check_language(code)
    is_complete = _settings_are_new(run)
    run.chosen = names
    for name in names:
        made = run.made(name, code)
        if options.svg is not None:
            _write_charts(run, made.report, code, options.svg)
        if options.json:
            print(json.dumps(reporting.as_json(made.report, run.consultation, run.labels(code)), ensure_ascii=False))
        elif options.text:
            print(reporting.as_text(made.report, run.labels(code)))
        else:
            print(made.wikitext)
        is_complete = is_complete and not made.report.unusable
        _warn(made.report.unusable)
    return 0 if is_complete else 1


def _settings_are_new(run: Run) -> bool:
    """Tell whether the newest settings are used; say so where older ones are."""
    if run.old_settings:
        _say(f"dialoguebot: {run.old_settings.title}: {run.old_settings.text}", file=sys.stderr)
    return run.old_settings is None


def _write_charts(run: Run, report: reporting.Report, code: str, folder: Path) -> None:
    """Write each chart as an SVG file and as the two pages of Extension:Chart, and the figures beside them."""
    labels = {each: run.labels(each) for each in dict.fromkeys([code, *run.consultation.languages])}
    drawn = {each: reporting.charts(report, own) for each, own in labels.items()}
    figures = reporting.as_json(report, run.consultation, labels[code])
    files = {f"{report.name}.json": json.dumps(figures, ensure_ascii=False, indent=4) + "\n"}
    for name, chart in drawn[code].items():
        files[f"{chart_pages.page_name('', name)}.svg"] = svg(
            chart, View(labels[code]).direction, View(labels[code]).language
        )
        same = {each: several[name] for each, several in drawn.items()}
        files |= chart_pages.pages(same, run.consultation.chart_pages)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        path = folder / name.replace("/", "%2F")
        path.write_text(text, encoding="utf-8")
        print(path, file=sys.stderr)


def diff(options: argparse.Namespace) -> int:
    """Print the exact difference that publish would make to each page."""
    run, targets = _run(options)
    outcomes: list[Outcome] = [run.old_settings] if run.old_settings else []
    _settings_are_new(run)
    for target in targets:
        planned = run.plan(target)
        if isinstance(planned, Edit):
            names = (f"{planned.title} (now)", f"{planned.title} (new)")
            _say(unified(planned.base.wikitext if planned.base else "", planned.wikitext, names, whole=True))
        outcome = run.or_stale(Shown(title=target.page) if isinstance(planned, Edit) else planned, target)
        outcomes.append(outcome)
        if not isinstance(outcome, Shown):
            _print_outcome(outcome)
    return exit_code(outcomes)


def publish(options: argparse.Namespace) -> int:
    """Save what changed and print how it ended for each page."""
    run, targets = _run(options, will_save=True)
    _heed_sigterm(run)
    outcomes = []
    for outcome in run.publish(targets):
        outcomes.append(outcome)
        _print_outcome(outcome)
    if all(isinstance(outcome, Unchanged) for outcome in outcomes):
        print("Nothing changed.")
    _warn(run.problems())
    return TryLater.exit_code if run.is_interrupted else exit_code(outcomes)


def _heed_sigterm(run: Run) -> None:
    """On SIGTERM finish the request in hand and leave, within five seconds at any rate."""

    def leave(_number: int, _frame: FrameType | None) -> None:
        run.is_interrupted = True
        signal.alarm(_LEAVE_SECONDS)

    signal.signal(signal.SIGTERM, leave)


def read(options: argparse.Namespace) -> int:
    """Print what was understood of pages, line by line."""
    wiki = _wiki(options)
    reader = reporting.reader(options.kind)
    titles, prefixes = list(options.pages), []
    chosen = None
    title = _settings_title(options, wiki, required=options.all or options.kind in _NEED_SETTINGS)
    if title:
        chosen = Run(wiki, title).consultation
    if options.all and chosen is not None:
        titles += chosen.source_pages(options.kind)
        prefixes = chosen.source_prefixes(options.kind)
    if not titles and not prefixes:
        raise UsageError("Name at least one page, or say --all.")
    knowledge = reporting.context(chosen, reporting.profile_of(chosen, wiki.profile), options.kind)
    failed = False
    for page in wiki.pages(titles, prefixes).values():
        if isinstance(page, Missing):
            failed = True
            _say(f"dialoguebot: {page.title}, line {page.line}: {page.why}", file=sys.stderr)
        elif page.redirect:
            _say(f"{page.title}, line 1: the page is a redirect to {page.redirect}", file=sys.stderr)
        else:
            reading = reader.read(page, knowledge)
            found = reporting.understood(options.kind, reading, chosen, wiki.users)
            _print_reading(found, page, as_json=options.json)
    return 1 if failed else 0


_NEED_SETTINGS = frozenset({"needs"})


def audit(options: argparse.Namespace) -> int:
    """Print what pages publish and their own figures contradict; write it on a page where that is asked for."""
    wiki = _wiki(options, will_save=bool(options.publish))
    publisher = None
    if options.publish:
        code = options.language
        publisher = AuditPublisher(wiki, _settings_title(options, wiki), options.publish, code)
    result, is_incomplete = audit_pages(wiki, options.pages, as_json=options.json, say=_say)
    outcomes = [publisher.publish(result)] if publisher else []
    for outcome in outcomes:
        _say(f"{type(outcome).__name__}: {outcome.title} {outcome.text}".rstrip(), file=sys.stderr)
    return code_of(result, outcomes, is_incomplete=is_incomplete)


def schema(options: argparse.Namespace) -> int:
    """Print the JSON Schema of a page of settings."""
    del options
    print(json.dumps(consultation.json_schema(), indent=2, ensure_ascii=False))
    return 0


def _run(options: argparse.Namespace, *, will_save: bool = False) -> tuple[Run, list[Target]]:
    wiki = _wiki(options, will_save=will_save)
    run = Run(wiki, _settings_title(options, wiki), accept_shrink=options.accept_shrink)
    targets = reporting.targets(run.consultation, options.reports)
    if options.language:
        _check_language(options.language)
        targets = [target for target in targets if run.language(target) == options.language]
    if not targets:
        raise UsageError("The settings name no page for that; see “dialoguebot list”.")
    run.chosen = [target.report for target in targets]
    return run, targets


def _wiki(options: argparse.Namespace, *, will_save: bool = False) -> Wiki:
    kind, _, rest = options.wiki.partition(":")
    if kind == "folder" and rest:
        return FolderWiki(Path(rest).expanduser())
    if not rest:
        raise UsageError(f"“{options.wiki}” is no wiki; say folder:PATH or FAMILY:CODE, such as meta:meta.")
    from bot.wiki.live import LiveWiki  # noqa: PLC0415 -- pywikibot reads the command line and files when imported

    return LiveWiki(kind, rest, will_save=will_save)


def _settings_title(options: argparse.Namespace, wiki: Wiki, *, required: bool = True) -> str:
    """Return the title of the settings: as said, or the only one that the wiki has."""
    said = options.consultation
    if said:
        said = said.replace("_", " ").strip()
        title = said if said.endswith(".json") else f"{said}.json"
        return title if ":" in title else f"{_SETTINGS_PREFIX}{title}"
    pages = wiki.pages([], [_SETTINGS_PREFIX])
    found = [title for title in pages if title.endswith(".json") and title.count("/") == 1]
    if len(found) == 1:
        return found[0]
    if not required:
        return ""
    if not found:
        raise SettingsError(f"The wiki has no page of settings ({_SETTINGS_PREFIX}….json); say --consultation TITLE.")
    raise UsageError(f"Say which consultation: {', '.join(f'--consultation “{title}”' for title in found)}.")


def _check_language(code: str) -> None:
    if code not in i18n.known() and not set(i18n.fallbacks(code)) & set(i18n.known()) - {"en"}:
        raise UsageError(f"No labels are known in “{code}”; there are: {', '.join(i18n.known())}.")


def _say(text: str, file: TextIO | None = None) -> None:
    """Print text that may hold what people wrote, without characters that command a terminal."""
    print(_CONTROL.sub("\N{REPLACEMENT CHARACTER}", text), file=file, flush=True)


def _print_outcome(outcome: Outcome) -> None:
    name = type(outcome).__name__
    detail = f": {outcome.text}" if outcome.text else ""
    if isinstance(outcome, Saved):
        detail = f" as revision {outcome.revid}{', a new page' if outcome.created else ''}"
    _say(f"{name:<15} {outcome.title}{detail}")
    if isinstance(outcome, HumanEdited) and outcome.diff:
        _say("\n".join(f"    {line}" for line in outcome.diff.split("\n")))


def _warn(problems: Iterable[Problem]) -> None:
    labels = Labels("en")
    for problem in problems:
        _say(f"{problem.place.title}, line {problem.place.line}: {labels.problem(problem)}", file=sys.stderr)


def _print_reading(found: Understood, page: Revision, *, as_json: bool) -> None:
    labels = Labels("en")
    problems = [
        {"problem": each.kind, "line": each.place.line, "text": labels.problem(each)} for each in found.problems
    ]
    if as_json:
        for value in [*found.values, *problems]:
            print(json.dumps({"page": page.title, **value}, ensure_ascii=False))
        return
    lines = list(found.lines) or [_as_line(value) for value in found.values]
    for line, text in [*lines, *(_as_line(problem) for problem in problems)]:
        _say(f"{page.title}:{line}  {text}")


def _as_line(value: Mapping[str, Any]) -> tuple[int, str]:
    rest = (str(said) for key, said in value.items() if key != "line" and said not in ("", None))
    return value.get("line", 0), " · ".join(rest)
