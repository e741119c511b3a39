"""Each consultation in the folders beside this file gives the page that stands with it."""

import difflib
import re
import unicodedata

import mwparserfromhell
import pytest

from bot import reporting
from tests.reports import ReportCase, cases

REWRITE = "if this is meant, run: python -m tests.reports --rewrite"


@pytest.fixture(params=cases(), ids=lambda case: case.name)
def case(request: pytest.FixtureRequest) -> ReportCase:
    found: ReportCase = request.param
    return found


def test_every_report_has_cases() -> None:
    assert {case.report for case in cases()} == set(reporting.names())


def test_report(case: ReportCase) -> None:
    for name, text in case.made().items():
        expected = (case.folder / name).read_text(encoding="utf-8")
        difference = difflib.unified_diff(expected.split("\n"), text.split("\n"), "expected", "made", lineterm="")
        assert text == expected, f"{case.folder / name}: {REWRITE}\n" + "\n".join(difference)


def test_report_is_the_same_again(case: ReportCase) -> None:
    assert case.made() == case.made()


def test_report_is_whole_wikitext(case: ReportCase) -> None:
    """Tables, elements, links and headings are closed, and nothing acts when the page is saved."""
    wikitext = case.made()["expected.wikitext"]
    if case.report == "merged":  # which cites its sessions
        wikitext = re.sub(r'<ref name="[a-z0-9-]+"(?: />|>[^<>]*</ref>)', "", wikitext).replace("<references />", "")
    assert unicodedata.normalize("NFC", wikitext) == wikitext
    assert len(re.findall(r"^\{\|", wikitext, re.MULTILINE)) == len(re.findall(r"^\|\}", wikitext, re.MULTILINE))
    for tag in ("div", "span", "bdi"):
        assert len(re.findall(rf"<{tag}[ >]", wikitext)) == wikitext.count(f"</{tag}>"), tag
    assert wikitext.count("[[") == wikitext.count("]]")
    assert not re.search(r"~~~|\{\{|\[\[(?!Special:PermanentLink/\d|:)|<ref|<nowiki|__[A-Z]", wikitext)
    assert not mwparserfromhell.parse(wikitext).filter_templates()
    assert not re.search(r"⧼|\$\d", wikitext)


def test_report_needs_no_sight_and_no_mouse(case: ReportCase) -> None:
    wikitext = case.made()["expected.wikitext"]
    assert re.search(r'<div [^>]*lang="[a-z-]+" dir="(ltr|rtl)"', wikitext)
    if "{|" in wikitext:
        assert re.search(r"^\|\+ \S", wikitext, re.MULTILINE)
        assert 'scope="col"' in wikitext
        assert 'scope="row"' in wikitext
        assert "sortable" in wikitext
    assert all(re.search(r'aria-label="[^"]+"', tick) for tick in re.findall(r"<span[^>]*>[✓–]", wikitext))
