"""A register in two languages: a word on either page counts for both."""

import pytest

from tests.sandbox import Sandbox

ENGLISH, FRENCH = "Tea/Report/Register", "Tea/Report/Register/fr"
EMPTY = "<!-- yours:state-Q1 --><!-- /yours -->"


@pytest.fixture
def published(sandbox: Sandbox) -> Sandbox:
    sandbox.settings(
        languages=["en", "fr"],
        sources=[{"page": "Tea/Questions", "read": "questions"}],
        reports=[
            {"report": "register", "page": ENGLISH, "create": True},
            {"report": "register", "page": FRENCH, "language": "fr", "create": True},
        ],
    )
    sandbox.write("Tea/Questions", "== Open questions ==\n* Who pays for the tea?\n")
    assert sandbox.run("publish").code == 0
    return sandbox


def write(sandbox: Sandbox, title: str, words: str) -> None:
    text = sandbox.read(title)
    assert EMPTY in text
    sandbox.write(title, text.replace(EMPTY, EMPTY.replace("><!-- /", f">{words}<!-- /")))


@pytest.mark.parametrize("page", [ENGLISH, FRENCH])
def test_a_word_on_either_page_is_the_state_on_both(published: Sandbox, page: str) -> None:
    write(published, page, "reportée")
    ran = published.run("publish")
    assert (ran.code, "HumanEdited" in ran.out) == (0, False)
    assert ">reportée<!-- /yours -->" in published.read(page)
    assert "parked" in published.read(ENGLISH).rpartition("yours:")[2]
    assert "Nothing changed." in published.run("publish").out


def test_an_unknown_word_is_told_with_its_page_and_line(published: Sandbox) -> None:
    write(published, FRENCH, "peut-être")
    ran = published.run("publish")
    line = next(at for at, text in enumerate(published.read(FRENCH).split("\n"), 1) if "peut-être<!-- /yours" in text)
    assert f"{FRENCH}, line {line}: " in ran.err
    assert "peut-être" in ran.err
