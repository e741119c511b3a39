"""Audit pages and say what was found: as lines, as JSON, or as a table on a page of its own that editors tick off."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot import languages
from bot.analyze.audit import audit
from bot.analyze.audit_finding import Finding, Phrase
from bot.model import Page, Problem, Revision, WikiProfile
from bot.parse import published
from bot.parse.context import Context
from bot.parse.page import ScannedPage
from bot.parse.published import Published
from bot.parse.text import fold, template_names
from bot.parse.wikitext import mask
from bot.render.environment import template
from bot.render.labels import Labels
from bot.render.region import Region, fields, find
from bot.render.view import View
from bot.render.wikitext import Wikitext, escape, isolated

REGION = "audit"
_CODE = re.compile(r"\baudit-[0-9a-f]{8}\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """The pages that were audited and what was found on them."""

    revisions: tuple[Revision, ...]
    findings: tuple[Finding, ...]
    name: str = REGION
    problems: tuple[Problem, ...] = ()


def audited(revisions: Sequence[Revision], profile: WikiProfile) -> Audited:
    """Audit pages in order."""
    read = [published.read(revision, Context(profile=profile)) for revision in revisions]
    found = [_placed(each, revision) for each, revision in zip(read, revisions, strict=True)]
    return Audited(
        revisions=tuple(revisions),
        findings=tuple(finding for several in found for finding in several),
        problems=tuple(problem for each in read for problem in each.problems),
    )


def _placed(read: Published, revision: Revision) -> list[Finding]:
    """Return what is found on one page, each in its section."""
    page = ScannedPage(revision)
    return [replace(finding, place=page.place(finding.place.line)) for finding in audit(read)]


def as_json(finding: Finding, labels: Labels) -> dict[str, Any]:
    """Return a finding for programs."""
    return {
        "title": finding.place.title,
        "line": finding.place.line,
        "kind": finding.kind,
        "published": finding.published,
        "recomputed": said(finding.recomputed, labels),
        "formula": explained(finding, labels),
        "repair": repair(finding, labels),
    }


def as_line(finding: Finding, labels: Labels) -> str:
    """Return a finding as one readable line for the terminal."""
    place = f"{finding.place.title}:{finding.place.line}"
    kind = labels.text(f"audit-kind-{finding.kind}")
    values = labels.text("audit-line", finding.published, said(finding.recomputed, labels))
    return f"{place}  {kind}: {values} [{explained(finding, labels)}] {repair(finding, labels)}"


def said(phrase: Phrase, labels: Labels) -> str:
    """Return a phrase in the language of the labels."""
    if phrase.key:
        return labels.text(phrase.key, *(int(each) if each.isdecimal() else each for each in phrase.details))
    return " ".join(phrase.details)


def explained(finding: Finding, labels: Labels) -> str:
    """Return the formula under the name of the row that it is about."""
    formula = said(finding.formula, labels)
    return labels.text("audit-of", finding.subject, formula) if finding.subject else formula


def repair(finding: Finding, labels: Labels) -> str:
    """Return the one change that makes everything agree, or that there is none."""
    return finding.repair or labels.text("audit-no-repair")


def code(finding: Finding) -> str:
    """Return a short name that stays with a finding while lines move."""
    parts = (finding.place.title, finding.kind, finding.subject, finding.published, *finding.recomputed.details)
    digest = hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass"))
    return f"audit-{digest.hexdigest()[:8]}"


def settled(page: Page | None) -> frozenset[str]:
    """Return the findings that people ticked off: in the field of their row, or by their code anywhere else."""
    if not isinstance(page, Revision):
        return frozenset()
    region = find(page.wikitext, REGION)
    said = fields(region.body) if isinstance(region, Region) else {}
    return frozenset(_CODE.findall(mask(page.wikitext))) | {each for each, text in said.items() if _is_tick(text)}


def _is_tick(text: str) -> bool:
    """Tell whether what stands in a field ticks off: anything but a word for no."""
    needs = languages.together(languages.known()).needs
    names = template_names(text)
    is_cross = bool(names) and names[0] in needs.no_templates and text.strip().endswith("}}")
    return fold(text) not in needs.no and not is_cross


def wikitext(result: Audited, done: Iterable[str], labels: Labels, version: str) -> str:
    """Return the table of findings; those that people ticked off stand last."""
    ticked = frozenset(done)
    rows = sorted((_row(finding, ticked, labels) for finding in result.findings), key=lambda row: bool(row["done"]))
    return template(REGION).render(report=result, rows=rows, msg=labels, view=View(labels), version=version)


def _row(finding: Finding, done: frozenset[str], labels: Labels) -> Mapping[str, Any]:
    formula = _isolated(finding.formula, labels)
    return {
        "code": Wikitext(code(finding)),
        "id": code(finding),
        "done": code(finding) in done,
        "place": finding.place,
        "kind": labels.text(f"audit-kind-{finding.kind}"),
        "published": finding.published,
        "recomputed": _isolated(finding.recomputed, labels),
        "formula": labels("audit-of", isolated(finding.subject), formula) if finding.subject else formula,
        "repair": repair(finding, labels),
    }


def _isolated(phrase: Phrase, labels: Labels) -> Wikitext:
    """Return a phrase whose figures keep their direction among words of another one."""
    details = [int(each) if each.isdecimal() else _directed(each) for each in phrase.details]
    return labels(phrase.key, *details) if phrase.key else _directed(" ".join(phrase.details))


def _directed(text: str) -> Wikitext:
    """Return words in their own direction, and a formula, which has none, from left to right."""
    has_words = any(letter.isalpha() for letter in text)
    return isolated(text) if has_words else Wikitext(f'<bdi dir="ltr">{escape(text)}</bdi>')
