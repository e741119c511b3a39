"""Whole pages and what is found on them: each page beside its findings as the command prints them.

``python -m tests.audit`` writes the findings anew.
"""

from pathlib import Path

import pytest

from tests.audit.reading import GOLDEN, PAGES, WHOLE, as_lines, expected, findings


@pytest.mark.parametrize("file", WHOLE, ids=lambda file: file.stem)
def test_page(file: Path) -> None:
    shown = expected(file).read_text(encoding="utf-8")
    assert as_lines(file) == shown, f"{file}: if this is meant, run: python -m tests.audit"


def kinds(file: Path) -> list[tuple[int, str]]:
    text = file.read_text(encoding="utf-8")
    return [(finding.place.line, finding.kind) for finding in findings(text)]


def test_every_known_error_of_the_conversation_is_found_and_nothing_else() -> None:
    found = kinds(GOLDEN)
    assert [kind for _, kind in found] == ["agreement", "mean", "total", "difference", "direction", "majority"]
    assert len({line for line, kind in found if kind in ("agreement", "mean", "total")}) == 1


@pytest.mark.parametrize("file", sorted(PAGES.glob("needs-*.wikitext")), ids=lambda file: file.stem)
def test_the_same_errors_are_found_in_other_layouts_and_words(file: Path) -> None:
    found = kinds(file)
    expected = ["agreement", "difference", "direction", "majority", "mean", "total"]
    assert sorted(kind for _, kind in found) == expected


def test_a_page_of_true_figures_raises_no_alarm() -> None:
    assert kinds(PAGES / "library-survey.wikitext") == []
    assert kinds(PAGES / "workshop-formats.wikitext") == []
