"""The command that audits pages: prints what it finds, and writes it on a page of its own where that is asked for."""

import argparse
import json
import random
import sys
import time
from collections.abc import Callable, Sequence
from typing import TextIO

from bot import auditing, consultation
from bot.auditing import Audited
from bot.consultation import Consultation, Target
from bot.errors import NotAllowed, SettingsError, TryLater, UsageError
from bot.labels_page import overrides
from bot.model import (
    Blocked,
    Conflict,
    Edit,
    Missing,
    Outcome,
    ReadOnly,
    Revision,
    Saved,
    Stopped,
    Unchanged,
    exit_code,
)
from bot.parse.wikitext import without_comments
from bot.publish import Plan, plan_edit
from bot.render.labels import Labels
from bot.run import version
from bot.wiki.protocol import Wiki

_TRIES = 3
Say = Callable[[str, TextIO], None]


def audit_pages(wiki: Wiki, titles: Sequence[str], *, as_json: bool, say: Say) -> tuple[Audited, bool]:
    """Audit pages and print each finding; tell whether a page could not be read."""
    if not titles:
        raise UsageError("Name at least one page to audit.")
    labels = Labels("en")
    pages = [wiki.pages([title])[title] for title in dict.fromkeys(titles)]
    for page in pages:
        if isinstance(page, Missing):
            say(f"dialoguebot: {page.title}, line {page.line}: {page.why}", sys.stderr)
    revisions = [page for page in pages if isinstance(page, Revision)]
    result = auditing.audited(revisions, wiki.profile)
    for problem in result.problems:
        say(f"{problem.place.title}, line {problem.place.line}: {labels.problem(problem)}", sys.stderr)
    for finding in result.findings:
        if as_json:
            say(json.dumps(auditing.as_json(finding, labels), ensure_ascii=False), sys.stdout)
        else:
            say(auditing.as_line(finding, labels), sys.stdout)
    if not (as_json or result.findings) and revisions:
        say(labels.text("audit-nothing"), sys.stdout)
    return result, len(revisions) < len(pages)


class AuditPublisher:
    """Writes the findings on one page, within what the consultation allows."""

    def __init__(self, wiki: Wiki, settings_title: str, title: str, language: str | None) -> None:
        self._wiki = wiki
        page = wiki.pages([settings_title])[settings_title]
        if isinstance(page, Missing):
            raise SettingsError(f"{settings_title}: {page.why}; a consultation needs its page of settings.")
        self._consultation: Consultation = consultation.load(page)
        code = language or self._consultation.languages[0]
        self._target = Target(report=auditing.REGION, page=title, language=code, create=True)
        self._code = code

    def publish(self, result: Audited) -> Outcome:
        """Save the table of findings and say how that ended."""
        try:
            outcome = self._try(result)
            for tried in range(1, _TRIES):
                if not isinstance(outcome, Conflict):
                    break
                time.sleep(random.uniform(0.2, 0.8) * 2**tried)  # so that two bots do not meet again
                outcome = self._try(result)
        except TryLater as error:
            return ReadOnly(title=self._target.page, text=str(error))
        except NotAllowed as error:
            return Blocked(title=self._target.page, text=str(error))
        return outcome

    def _try(self, result: Audited) -> Outcome:
        planned = self._plan(result)
        if not isinstance(planned, Edit):
            return planned
        if self._is_stopped():
            return Stopped(title=planned.title, text=f"{self._consultation.stop_page} asks the bot to stop")
        outcome = self._wiki.save(planned)
        if isinstance(outcome, Saved) and outcome.merged and not isinstance(self._plan(result), Unchanged):
            return Conflict(title=planned.title, text="the wiki merged the findings with somebody else's edit")
        return outcome

    def _plan(self, result: Audited) -> Edit | Outcome:
        """Return the edit that writes the findings, with the ticks that people set since."""
        title, code = self._target.page, self._code
        labels_title = f"{self._consultation.labels_prefix}{code}.json"
        pages = self._wiki.pages([title, labels_title])
        labels = Labels(code, overrides(pages[labels_title])[0])
        body = auditing.wikitext(result, auditing.settled(pages[title]), labels, version())
        summary = labels.text("summary-audit", len(result.findings), len(result.revisions))
        plan = Plan(target=self._target, body=body, summary=summary, accept_shrink=True)
        return plan_edit(plan, pages[title], self._consultation)

    def _is_stopped(self) -> bool:
        page = self._wiki.pages([self._consultation.stop_page])[self._consultation.stop_page]
        if isinstance(page, Missing):
            return page.exists  # it is there and cannot be read: better stop than overlook what it says
        return bool(without_comments(page.wikitext).strip())


def code_of(result: Audited, outcomes: Sequence[Outcome], *, is_incomplete: bool) -> int:
    """Return the exit code: that of saving where it failed, 1 where something was found or could not be read."""
    return exit_code(outcomes) or int(bool(result.findings) or is_incomplete)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("pages", nargs="+", metavar="PAGE")
    parser.add_argument("--json", action="store_true", help="print one JSON object a finding")
    parser.add_argument("--publish", metavar="TITLE", help="also write the findings on that page, to be ticked off")
