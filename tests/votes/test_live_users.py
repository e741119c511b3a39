"""Users are asked for in batches, and what the wiki answers is understood."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from bot import wikis
from bot.people import UserFacts
from bot.wiki.live.users import read_users

FACTS = {
    "Ada": {
        "userid": 1,
        "name": "Ada",
        "registration": "2015-01-01T00:00:00Z",
        "editcount": 7,
        "groups": ["*", "user", "bot"],
    },
    "Ben": {"userid": 2, "name": "Ben", "registration": None, "editcount": 3, "blockid": 5, "groups": []},
    "Cas": {"userid": 3, "name": "Cas", "registration": None, "editcount": 3, "blockid": 6, "blockpartial": True},
    "Dan": {"name": "Dan", "missing": True},
    "192.0.2.1": {"name": "192.0.2.1", "invalid": True},
}


class Api:
    """A wiki that answers questions for users, two answers for each question."""

    def __init__(self) -> None:
        self.asked: list[Mapping[str, Any]] = []

    def __call__(self, parameters: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        self.asked.append(parameters)
        names = parameters["ususers"]
        yield {"users": [FACTS[name] for name in names]}
        yield {"redirects": [{"from": "Benutzer:Dan", "to": "Benutzer:Ada"}] if "Dan" in names else []}


def test_facts_and_new_names_come_with_one_request_for_each_batch() -> None:
    api = Api()
    found = read_users(api, ["Dan", "Ben", "Cas", "192.0.2.1", "Dan"], wikis.profile("de"), 2)
    assert [asked["ususers"] for asked in api.asked] == [["Dan", "Ben"], ["Cas", "192.0.2.1"], ["Ada"]]
    assert found == {
        "Dan": UserFacts(name="Dan", is_registered=False, renamed_to="Ada"),
        "Ben": UserFacts(name="Ben", edits=3, is_blocked=True),
        "Cas": UserFacts(name="Cas", edits=3),
        "192.0.2.1": UserFacts(name="192.0.2.1", is_registered=False),
        "Ada": UserFacts(name="Ada", registered=datetime(2015, 1, 1, tzinfo=UTC), edits=7, is_bot=True),
    }


def test_nobody_is_asked_for_where_nobody_voted() -> None:
    api = Api()
    assert read_users(api, [], wikis.profile("meta"), 50) == {}
    assert api.asked == []
