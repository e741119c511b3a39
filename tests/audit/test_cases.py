"""Small pieces of pages with what is found in them, in tables that a wiki person can read and add to.

A case begins with "== name", its wikitext follows, and behind "--" stands a line for each finding: line, kind, what is
published, what was recomputed and, behind a bar, the repair. ``python -m tests.audit.test_cases`` writes the findings
of every case anew; read the difference before you keep it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.analyze.audit_finding import Finding
from bot.auditing import said
from bot.render.labels import Labels
from tests.audit.reading import findings

FOLDER = Path(__file__).parent / "cases"
_CASE = re.compile(r"^== (.+)\n((?:.*\n)*?)--\n((?:(?!== ).*\n)*)", re.MULTILINE)


@dataclass(frozen=True)
class Case:
    name: str
    wiki: str
    wikitext: str
    expected: str


def cases(file: Path) -> Iterator[Case]:
    for found in _CASE.finditer(file.read_text(encoding="utf-8")):
        yield Case(
            name=found[1], wiki=file.stem.partition("-")[0], wikitext=found[2].strip("\n"), expected=found[3].strip()
        )


def shown(finding: Finding) -> str:
    recomputed = said(finding.recomputed, Labels("en"))
    repair = f" | {finding.repair}" if finding.repair else ""
    published = finding.published if len(finding.published) < 40 else f"{finding.published[:39]}…"
    return f"{finding.place.line} {finding.kind}: {published} → {recomputed}{repair}"


def found_in(case: Case) -> str:
    wiki = "meta" if case.wiki == "en" else case.wiki
    return "\n".join(shown(finding) for finding in findings(case.wikitext, wiki=wiki))


EVERY = [(file.stem, case) for file in sorted(FOLDER.glob("*.cases")) for case in cases(file)]


@pytest.mark.parametrize("case", [case for _, case in EVERY], ids=[f"{stem}:{case.name}" for stem, case in EVERY])
def test_case(case: Case) -> None:
    assert found_in(case) == case.expected


def rewrite() -> None:
    for file in FOLDER.glob("*.cases"):
        parts = [
            f"== {case.name}\n{case.wikitext}\n--\n{found_in(case)}\n".replace("--\n\n", "--\n")
            for case in cases(file)
        ]
        file.write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    rewrite()
