"""People who answer under an old and under a new name answer once."""

import json

import pytest

from tests.polls.consultation import FIRST
from tests.sandbox import Sandbox

PAGE = """== Knowledge ==
* Must have. [[User:Sample Old|Old]] 10:00, 1 January 2024 (UTC)
* Must have. [[User:Sample Other|Other]] 10:30, 1 January 2024 (UTC)
* Nice to have. [[User:Sample New|New]] 11:00, 1 January 2024 (UTC)
"""


def prepare(sandbox: Sandbox, **votes: object) -> None:
    sources = [{"page": "First poll", "read": "poll"}]
    sandbox.settings(sources=sources, polls=[FIRST], votes=votes)
    sandbox.write("First poll", PAGE)
    sandbox.write("User:Sample Old", "#REDIRECT [[User:Sample New]]")


@pytest.mark.parametrize(
    ("votes", "counts"),
    [({}, [1, 1, 0]), ({"changed": "first"}, [2, 0, 0]), ({"follow_renames": False}, [2, 1, 0])],
    ids=["the last answer counts", "the first answer counts", "renames are not followed"],
)
def test_a_renamed_person_answers_once(sandbox: Sandbox, votes: dict[str, object], counts: list[int]) -> None:
    prepare(sandbox, **votes)
    ran = sandbox.run("show", "polls", "--json")
    assert ran.code == 0, ran.err
    shown = json.loads(ran.out)
    assert list(shown["figures"]["polls"][0]["answers"].values()) == counts


def test_the_line_of_the_old_name_says_which_line_counts(sandbox: Sandbox) -> None:
    prepare(sandbox)
    found = [
        json.loads(line) for line in sandbox.run("read", "First poll", "--as", "poll", "--json").out.splitlines()
    ]
    assert [(each["line"], each["status"]) for each in found] == [(2, "duplicate"), (3, "counted"), (4, "counted")]
    assert "line 4" in found[0]["reason"]
