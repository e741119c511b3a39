"""What the bot publishes holds in its own audit, in languages of several scripts and orders of words."""

from pathlib import Path

import pytest

from bot import cli
from tests.audit.reading import findings
from tests.audit.test_planted import shown
from tests.reports import cases
from tests.sandbox import SAMPLE

LANGUAGES = ["ar", "de", "en", "es", "fr", "hi", "ja", "ru", "zh"]
SHOW = ["show", "--wiki", f"folder:{SAMPLE}", "--consultation", "User:DialogueBot/Hubs Dialogue.json", "--language"]
PAGES = [case.folder / "expected.wikitext" for case in cases()]


@pytest.mark.parametrize("code", LANGUAGES)
def test_reports_of_the_sample_raise_no_alarm(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([*SHOW, code]) == 0
    text = capsys.readouterr().out
    assert "wikitable" in text
    found = findings(text, f"Report/{code}")
    assert not found, shown(found)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.parent.name}-{page.parent.name}")
def test_reports_of_the_tests_raise_no_alarm(page: Path) -> None:
    found = findings(page.read_text(encoding="utf-8"))
    assert not found, shown(found)
