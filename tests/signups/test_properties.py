"""What holds for every page of sign-ups, whatever people write."""

import json
import re
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.memory import Memory
from bot.reports import signups
from tests.signups.reading import counted, read
from tests.signups.reading import settings as consultation

PLAIN = settings(max_examples=25, deadline=None)
EVERYTHING = {"publish": ["user", "time", "affiliation", "role", "languages", "place", "text"]}
STAMP = "10:00, 2 March 2022 (UTC)"
USERS = st.sampled_from(["Ada", "Bob", "Cem", "Dee", "Eli", "Fay Gum", "Élodie", "أحمد", "あおい"])
WORDS = st.sampled_from([
    "", "français, please", "on behalf of [[Wiki Club]]", "as a facilitator", "<s>maybe</s>", "'''yes'''", "(CEE)",
    "I can interpret into Arabic", "{{thanks}}", "from Peru – see you", "https://example.org/x", "中文",
    "[[Page|a link]]",
])  # fmt: skip
NAMED = st.sampled_from(["[[User:{0}|{0}]]", "{{{{u|{0}}}}}", "{{{{user|1={0}}}}}", "[[User:{0}|{0}]] " + STAMP])
ENTRIES = st.builds(lambda named, user, words: f"{named.format(user)} {words}", NAMED, USERS, WORDS)
PIECES = [
    *"[]{}|'=#*:;<>!-~&\n\0",
    "\n* ",
    "\n# ",
    "[[User:Ada]]",
    "{{u|",
    "\n{|\n",
    "\n|}\n",
    "\n|-\n| ",
    STAMP,
    "é",
]
MARKUP = st.lists(st.sampled_from([*PIECES, "<s>", "</s>", "<li>", "<br>", "\n== ", " ==\n", "sign up"]), max_size=60)
NAMES = st.from_regex(r"[a-z][a-z0-9.+_]{0,12}", fullmatch=True)
DOMAINS = st.from_regex(r"[a-z][a-z0-9-]{0,9}[a-z0-9]\.(org|com|net|de)", fullmatch=True)


@PLAIN
@given(MARKUP)
def test_nothing_that_people_write_raises(pieces: Sequence[str]) -> None:
    figures = counted("".join(pieces))
    assert figures.people <= figures.entries <= len(figures.signups)
    signups.as_json(figures, "en")


@PLAIN
@given(st.lists(ENTRIES, min_size=1, max_size=12), st.sampled_from("#*"))
def test_each_item_of_a_list_is_one_line(entries: Sequence[str], mark: str) -> None:
    page = "\n".join(f"{mark} {entry}" for entry in entries)
    found = read(f"== Participants ==\n{page}\n").signups
    assert [each.place.line for each in found] == list(range(2, len(entries) + 2))
    assert all(each.user for each in found)


@PLAIN
@given(st.lists(ENTRIES, min_size=1, max_size=12))
def test_people_are_those_who_are_named(entries: Sequence[str]) -> None:
    page = "\n".join(f"# {entry}" for entry in entries)
    figures = counted(f"== Participants ==\n{page}\n")
    users = {each.user for each in figures.signups}
    assert figures.people == len(users)
    assert figures.entries + sum(each.status == "duplicate" for each in figures.signups) == len(entries)


@PLAIN
@given(st.lists(ENTRIES, min_size=1, max_size=8), st.permutations(["Agenda", "Questions", "See also"]))
def test_other_sections_change_nobody(entries: Sequence[str], titles: Sequence[str]) -> None:
    page = "== Participants ==\n" + "\n".join(f"# {entry}" for entry in entries)
    others = [f"== {title} ==\n* A line with [[User:Somebody else]] in it\n" for title in titles]
    alone = counted(page)
    before = counted("\n".join([*others, page]))
    behind = counted("\n".join([page, *others]))
    people = [(each.user, each.status) for each in alone.signups]
    assert people == [(each.user, each.status) for each in before.signups]
    assert people == [(each.user, each.status) for each in behind.signups]


@PLAIN
@given(st.lists(ENTRIES, min_size=1, max_size=10), st.integers(1, 6))
def test_places_are_never_given_twice(entries: Sequence[str], capacity: int) -> None:
    page = "\n".join(f"# {entry}" for entry in entries)
    figures = counted(f"== Participants ==\n{page}\n", consultation=consultation({"capacity": capacity}))
    everybody = counted(f"== Participants ==\n{page}\n")
    assert figures.people == min(capacity, everybody.people)
    assert figures.people + figures.waiting == everybody.people
    positions = sorted(int(each.details[0]) for each in figures.signups if each.status == "waiting")
    assert positions == list(range(1, len(positions) + 1))


@PLAIN
@given(
    NAMES,
    DOMAINS,
    WORDS,
    st.sampled_from(["{0}@{1}", "{0} (at) {1}", "<{0}@{1}>", "[mailto:{0}@{1} me]", "{0} @ {1}"]),
)
def test_no_address_is_ever_passed_on(name: str, domain: str, words: str, shape: str) -> None:
    address = shape.format(name, domain)
    page = f"== {address} ==\n# {{{{u|Ada}}}} {words} {address}\n# {address}\n* 17 people by form, {address}\n"
    figures = counted(page, consultation=consultation(EVERYTHING))
    said = json.dumps(signups.as_json(figures, "en"), ensure_ascii=False)
    said += " ".join(detail for each in figures.problems for detail in (*each.details, each.place.section))
    assert "@" not in said
    assert not re.search(rf"(?<![\w-]){re.escape(domain)}(?![\w-])", said)


@PLAIN
@given(st.lists(ENTRIES, min_size=1, max_size=8))
def test_the_memory_of_one_report_makes_the_same_again(entries: Sequence[str]) -> None:
    page = "== Participants ==\n" + "\n".join(f"# {entry}" for entry in entries)
    first = counted(page)
    place = first.lists[0].list.place
    again = counted(page, memory=Memory(place=place, body=str(signups.memory(first))))
    third = counted(page, memory=Memory(place=place, body=str(signups.memory(again))))
    assert signups.memory(first) == signups.memory(again) == signups.memory(third)
