"""The report names everybody once, under what became of the line, and its sums add up."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from bot.analyze.signups import LONGEST
from bot.memory import Memory
from tests.reports import FOLDER, ReportCase
from tests.sandbox import Sandbox
from tests.signups.reading import FACTS, NOTHING, counted, settings

TROUBLE = FOLDER / "signups" / "every-trouble"
PAGE = "Case/Sign-up"
STATUS_OF = {
    "Sample Struck": "struck",
    "Sample Unsigned": "unsigned",
    "192.0.2.7": "anonymous",
    "~2026-12345-6": "anonymous",
    "Sample New Name": "duplicate",
    "Sample Early": "early",
    "Sample Late": "late",
    "Sample Tenth": "waiting",
    "Sample Away": "absent",
    "Sample Host": "reply",
    "Sample Curious": "reply",
}
PRIVATE = "sample@example.org, +44 20 7946 0000, sample (at) example (dot) org, sample at example dot org"


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return ReportCase(report="signups", folder=TROUBLE).made()


@pytest.fixture(scope="module")
def figures(made: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(made["expected.json"])["figures"]
    return found


@pytest.fixture
def tea(sandbox: Sandbox) -> Sandbox:
    """Return a consultation whose only source is a page of sign-ups."""
    sandbox.settings(sources=[{"page": "Tea/Sign-up", "read": "signups"}], reports=[REPORT], signups=SHOWN)
    return sandbox


REPORT = {"report": "signups", "page": "Tea/Report/Sign-ups", "create": True}
SHOWN = {"publish": ["user", "time", "affiliation", "role", "languages", "place", "text"]}


def rows(wikitext: str, heading: str) -> Iterator[list[str]]:
    """Yield the rows of the table below a heading as plain cells."""
    table = wikitext.partition(f"=== {heading} ===")[2].partition("\n|}")[0]
    for row in table.split('\n|-\n! scope="row"')[1:]:
        text = re.sub(r"<[^<>]*>|\[\[[^\[\]|]*\||\]\]", "", row)
        text = text.replace("&#45;", "-").replace("&#126;", "~")
        yield [cell.rpartition("| ")[2] for cell in text.split("\n| ")]


@pytest.mark.parametrize(("user", "status"), STATUS_OF.items(), ids=STATUS_OF.keys())
def test_each_is_named_once_with_what_became_of_the_line(made: dict[str, str], user: str, status: str) -> None:
    named = [
        row for row in rows(made["expected.wikitext"], "Lines that are not plain sign&#45;ups") if row[1] == user
    ]
    assert [row[3] for row in named] == [status]


def test_every_line_has_one_status(figures: dict[str, Any]) -> None:
    lines = [each["line"] for each in figures["signups"]]
    assert len(lines) == len(set(lines)) == sum(figures["statuses"].values()) == 21


def test_who_comes_and_who_waits_add_up(figures: dict[str, Any]) -> None:
    statuses = figures["statuses"]
    assert figures["entries"] == statuses["counted"] + statuses["unsigned"] + statuses["anonymous"]
    assert figures["entries"] == sum(each["people"] for each in figures["lists"])
    assert figures["people"] == figures["entries"] - figures["in_several_lists"] == figures["capacity"]
    assert statuses["waiting"] == sum(each["waiting"] for each in figures["lists"])


def test_nobody_who_asks_for_a_place_is_lost(figures: dict[str, Any]) -> None:
    wanted = [each for each in figures["signups"] if each["counts"] or each["status"] in ("waiting", "duplicate")]
    people = {each["user"] for each in wanted} - {"Sample New Name"}
    assert len(people) == figures["people"] + figures["waiting"]


def test_a_form_adds_nobody(figures: dict[str, Any]) -> None:
    assert (figures["people"], figures["outside_forms"]) == (8, 42)


def test_addresses_and_numbers_are_nowhere(tea: Sandbox) -> None:
    entries = "\n".join(f"# -- {PRIVATE} {{{{u|Sample {number}}}}}" for number in range(3))
    trouble = (
        f"# {PRIVATE}\n# {{{{sample@example.org}}}}\n* {PRIVATE}: 17 people by form\n== {PRIVATE} ==\n# {{{{u|A}}}}"
    )
    tea.write("Tea/Sign-up", f"== Participants ==\n{entries}\n{trouble}\n")
    outputs = [
        tea.run("show", "signups").out,
        tea.run("show", "signups", "--json").out,
        tea.run("read", "Tea/Sign-up", "--as", "signups", "--json").out,
        tea.run("read", "Tea/Sign-up", "--as", "signups").out,
    ]
    for found in outputs:
        assert "Sample 2" in found
        assert "example" not in found.lower()
        assert "7946" not in found


def test_fields_that_are_private_are_not_shown(tea: Sandbox) -> None:
    tea.settings(
        sources=[{"page": "Tea/Sign-up", "read": "signups"}],
        reports=[REPORT],
        signups={"publish": ["languages"], "languages_wanted": True},
    )
    tea.write(
        "Tea/Sign-up",
        "== Participants ==\n# [[User:Sample Secret|Secret]] 10:00, 2 March 2022 (UTC)"
        " needs French, as a facilitator, on behalf of Wiki Club\n"
        "#: Hi [[User:Sample Other]] 10:00, 3 March 2022 (UTC)\n",
    )
    for arguments in (("show", "signups"), ("show", "signups", "--json")):
        found = tea.run(*arguments).out.replace("&#45;", "-")
        assert "rench" in found or '"fr"' in found
        for private in ("Secret", "Other", "acilitator", "Wiki Club", "2022-03-02", "2 March 2022"):
            assert private not in found


def test_publishing_again_changes_nothing_and_one_more_is_new(tea: Sandbox) -> None:
    first = "== Participants ==\n# {{u|Sample One}}\n# {{u|Sample Two}}\n"
    tea.write("Tea/Sign-up", first)
    assert "Saved" in tea.run("publish", "signups").said
    assert "Unchanged" in tea.run("publish", "signups").said
    tea.write("Tea/Sign-up", f"{first}# {{{{u|Sample Three}}}}\n")
    assert "Saved" in tea.run("publish", "signups").said
    assert "Unchanged" in tea.run("publish", "signups").said
    assert "1 person is new" in tea.read("Tea/Report/Sign-ups")


def test_five_thousand_are_counted_and_what_is_not_shown_is_said() -> None:
    page = "\n".join(f"# {{{{u|Sample {number}}}}} – français" for number in range(5_000))
    figures = counted(f"== Participants ==\n{page}\n")
    assert (figures.people, len(figures.signups)) == (5_000, 5_000)
    said = [(each.message, each.details) for each in figures.problems]
    assert said == [("signup-long-list", ("5000", str(LONGEST)))]


MET = """== Conversations ==
{| class="wikitable"
! Group !! People !! Date%s
|-
| Peru || {{u|Cem}}, {{u|Dee}} || 3 May 2023
|-
| Chile || {{u|Eli}}, {{u|Fay}} || 4 May 2023
|}
== Participants ==
# [[User:Gus|Gus]] ([[User talk:Gus|talk]]) 10:00, 5 May 2023 (UTC)
# {{u|Hal}}
# [[User:Cem|Cem]] ([[User talk:Cem|talk]]) 10:00, 6 May 2023 (UTC)
"""


@pytest.mark.parametrize(
    ("title", "days", "undated"),
    [
        ("", {"2023-05-05": 1, "2023-05-06": 1}, 4),
        (" of registration", {"2023-05-03": 2, "2023-05-04": 2, "2023-05-05": 1}, 1),
    ],
    ids=["of-the-meeting", "of-signing"],
)
def test_days_of_signing_and_people_without_one_are_all_people(
    title: str, days: dict[str, int], undated: int
) -> None:
    figures = counted(MET % title)
    assert {day.isoformat(): count for day, count in figures.days.items()} == days
    assert figures.undated == undated
    assert figures.people == sum(days.values()) + undated == 6


def test_a_heading_of_a_session_asks_for_its_language_where_the_settings_name_it() -> None:
    page = "== Sesión en español ==\n# {{u|Ada}}\n"
    named = counted(page, consultation=settings({"languages_wanted": ["Sesión en español"]}))
    assert [each.code for each in named.languages] == ["es"]
    assert not counted(page, consultation=settings({"languages_wanted": True})).languages


def test_of_a_link_that_writes_or_calls_only_the_words_are_left() -> None:
    page = "== Sign up ==\n# {{u|Ada}} [mailto:a@b.org write me], [tel:+442079460000 call] or [MAILTO:a@b.org]"
    assert counted(page).signups[0].text == "write me, call or •••"


def test_where_names_are_private_only_numbers_are_remembered(tea: Sandbox) -> None:
    tea.settings(sources=[{"page": "Tea/Sign-up", "read": "signups"}], reports=[REPORT], signups={"publish": []})
    first = "== Participants ==\n# {{u|Sample One}}\n# {{u|Sample Two}}\n"
    tea.write("Tea/Sign-up", first)
    assert "Saved" in tea.run("publish", "signups").said
    assert "Unchanged" in tea.run("publish", "signups").said
    tea.write("Tea/Sign-up", f"{first}# {{{{u|Sample Three}}}}\n")
    assert "Saved" in tea.run("publish", "signups").said
    assert "Unchanged" in tea.run("publish", "signups").said
    report = tea.read("Tea/Report/Sign-ups")
    assert "1 person is new\n" in report
    assert "<!-- dialoguebot-signups later now: #3 new: #1 -->" in report


def test_somebody_renamed_is_not_new() -> None:
    page = "== Participants ==\n# {{u|Old Bob}}\n"
    first = counted(page)
    memory = Memory(place=NOTHING.place, body=first.memory.comment)
    later = counted("== Participants ==\n# {{u|Bob}}\n# {{u|Cem}}\n", facts=FACTS, memory=memory)
    assert [each.user for each in later.new] == ["Cem"]
