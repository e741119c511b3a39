"""Questions are read as the .cases tables say."""

from pathlib import Path

import pytest

from tests.cases import Case, parameters
from tests.questions.reading import described, read

FILES = sorted(Path(__file__).parent.glob("*.cases"))


def found(case: Case) -> str:
    title, _, wiki = case.title.partition("@")
    reading = read(case.wikitext, title.strip(), wiki.strip() or "meta")
    return "\n".join(described(asked) for asked in reading.asked)


@pytest.mark.parametrize("case", parameters(*FILES))
def test_case(case: Case) -> None:
    assert found(case) == case.expected, case.differs(found(case))


def test_there_are_cases_of_every_kind() -> None:
    assert [file.stem for file in FILES] == ["answers", "languages", "places", "prose"]
