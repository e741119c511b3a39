"""Audit a piece of wikitext as a page would be, for the tests."""

import json
from datetime import UTC, datetime
from pathlib import Path

from bot import wikis
from bot.analyze.audit import audit
from bot.analyze.audit_finding import Finding
from bot.auditing import as_json, said
from bot.model import Revision
from bot.parse import published
from bot.parse.context import Context
from bot.render.labels import Labels
from tests.cases import Case

FOLDER = Path(__file__).parent / "cases"
PAGES = Path(__file__).parent / "pages"
SAMPLES = Path(__file__).parent.parent.parent / "samples" / "hubs-dialogue" / "pages"
GOLDEN = SAMPLES / "Hubs" / "Dialogue" / "Conversation of 12 March.wikitext"
WHOLE = [*sorted(PAGES.glob("*.wikitext")), GOLDEN]
_WHEN = datetime(2022, 3, 12, 13, tzinfo=UTC)
_LONGEST = 40


def findings(wikitext: str, title: str = "Report", wiki: str = "meta") -> list[Finding]:
    """Return what is found on a page."""
    profile = wikis.profile(wiki)
    revision = Revision(title=title, revid=7, timestamp=_WHEN, user="A", wikitext=wikitext)
    return audit(published.read(revision, Context(profile=profile)))


def found(case: Case) -> str:
    """Write what is found in a case as the files of cases do."""
    language = case.file.stem.partition("-")[0]
    wiki = "meta" if language == "en" else language
    return "\n".join(_shown(finding) for finding in findings(case.wikitext, case.title, wiki))


def expected(file: Path) -> Path:
    """Return the file with what is found on a whole page."""
    return PAGES / f"{file.stem}.jsonl"


def as_lines(file: Path) -> str:
    """Write what is found on a whole page as the command prints it for programs; the language ends the name."""
    language = file.stem.rpartition(".")[2] if "." in file.stem else "meta"
    several = findings(file.read_text(encoding="utf-8"), file.stem, language)
    return "".join(f"{json.dumps(as_json(each, Labels('en')), ensure_ascii=False)}\n" for each in several)


def _shown(finding: Finding) -> str:
    recomputed = said(finding.recomputed, Labels("en"))
    repair = f" | {finding.repair}" if finding.repair else ""
    published = finding.published if len(finding.published) <= _LONGEST else f"{finding.published[:_LONGEST]}…"
    return f"{finding.place.line} {finding.kind}: {published} → {recomputed}{repair}"
