"""Pages of sign-ups are read and counted as the .cases tables say."""

from pathlib import Path

import pytest

from tests.cases import Case, parameters
from tests.signups.reading import FACTS, RULES, counted, described, settings

FOLDER = Path(__file__).parent


@pytest.mark.parametrize(
    "case",
    parameters(
        *(FOLDER / f"{name}.cases" for name in ("people", "away", "lists", "tables", "counts", "problems", "pages"))
    ),
)
def test_page(case: Case) -> None:
    lines = "\n".join(described(counted(case.wikitext)))
    assert lines == case.expected, case.differs(lines)


@pytest.mark.parametrize("case", parameters(FOLDER / "status.cases"))
def test_under_rules(case: Case) -> None:
    lines = "\n".join(described(counted(case.wikitext, consultation=settings(RULES), facts=FACTS)))
    assert lines == case.expected, case.differs(lines)


@pytest.mark.parametrize("case", parameters(FOLDER / "languages.cases"))
def test_where_languages_are_asked_for(case: Case) -> None:
    lines = "\n".join(described(counted(case.wikitext, consultation=settings({"languages_wanted": True}))))
    assert lines == case.expected, case.differs(lines)


@pytest.mark.parametrize("case", parameters(FOLDER / "fields.cases"))
def test_with_groups_of_the_settings(case: Case) -> None:
    """What an entry says stands behind it, in the words that are left when addresses are taken out."""
    figures = counted(case.wikitext, consultation=settings({"publish": ["user", "text"]}))
    said = [f"{each.place.line} says {each.text}" for each in figures.signups if each.text]
    lines = "\n".join([*described(figures), *said])
    assert lines == case.expected, case.differs(lines)
