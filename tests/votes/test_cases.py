"""Votes are read as the .cases tables say; behind a bar stand the wiki and the languages of the consultation."""

from pathlib import Path

import pytest

from tests.cases import Case, parameters
from tests.votes.reading import counted, described, settings

FILES = sorted(Path(__file__).parent.glob("*.cases"))


@pytest.mark.parametrize("case", parameters(*FILES))
def test_case(case: Case) -> None:
    wiki, _, languages = ("meta" if case.title == "Page" else case.title).partition(" ")
    consultation = settings(languages=languages.split()) if languages else None
    lines = "\n".join(described(counted(case.wikitext, wiki, consultation)))
    assert lines == case.expected, case.differs(lines)
