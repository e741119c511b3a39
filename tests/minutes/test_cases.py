"""Notes and minutes are read, and merged, as the .cases tables say."""

from pathlib import Path

import pytest

from tests.cases import Case, parameters
from tests.minutes.reading import described, figures, outline, read

FOLDER = Path(__file__).parent


@pytest.mark.parametrize("case", parameters(FOLDER / "notes.cases", FOLDER / "references.cases"))
def test_page(case: Case) -> None:
    lines = "\n".join(described(read(case.wikitext, case.title)))
    assert lines == case.expected, case.differs(lines)


@pytest.mark.parametrize("case", parameters(FOLDER / "merging.cases", FOLDER / "headings.cases"))
def test_merged(case: Case) -> None:
    lines = "\n".join(outline(figures(case.wikitext)))
    assert lines == case.expected, case.differs(lines)
