"""The loader of `.cases` files says what it found, and where a file is not in its form."""

from pathlib import Path

import pytest

from tests.cases import CasesError, load

GOOD = "Words.\n\n@@ nothing-here\n\n@@=\n\n@@ one-item | Notes/A\n== h ==\n* {U+200F}a\n\n@@=\n2 a\n\n"


def test_cases_have_name_title_wikitext_expected_and_line(tmp_path: Path) -> None:
    file = tmp_path / "x.cases"
    file.write_text(GOOD, encoding="utf-8")
    nothing, one = load(file, "Default")
    assert (nothing.name, nothing.title, nothing.wikitext, nothing.expected, nothing.line) == (
        "nothing-here",
        "Default",
        "",
        "",
        3,
    )
    assert (one.name, one.title, one.wikitext, one.expected, one.line) == (
        "one-item",
        "Notes/A",
        "== h ==\n* \u200fa\n",
        "2 a",
        7,
    )
    assert f"{file}:7: one-item" in one.differs("3 b")


WRONG = {
    "no-case": ("", "x.cases:1:"),
    "first-case-finds-something": ("@@ a\n@@=\n", "x.cases:1:"),
    "nothing-expected": ("@@ nothing\n@@=\n@@ a\nb\n", "x.cases:3:"),
    "twice": ("@@ nothing\n@@=\n@@ a\n@@=\n@@ a\n@@=\n", "x.cases:3:"),
    "name-with-spaces": ("@@ nothing\n@@=\n@@ a b\n@@=\n", "x.cases:3:"),
}


@pytest.mark.parametrize(("text", "where"), WRONG.values(), ids=WRONG.keys())
def test_a_file_in_another_form_is_refused_with_its_line(tmp_path: Path, text: str, where: str) -> None:
    file = tmp_path / "x.cases"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CasesError, match=where):
        load(file)
