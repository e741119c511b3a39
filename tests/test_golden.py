"""The sample consultation gives the published figures, from wikitext pages and nothing else."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox import SAMPLE, Ran, Sandbox

GROUPS = [
    "WikiArabia",
    "Capacity Exchange Network",
    "FKAGEU",
    "Wiki Education",
    "East African",
    "Iberocoop",
    "ESEAP",
    "CEE",
    "Language Diversity",
    "Volunteer Supporters Network",
    "Bangla Wikimaitree",
    "Wikifranca",
    "WLM",
    "Content Partnerships",
    "Africa Wiki Tech",
    "Lusophone",
    "Wikiproject Med Foundation",
]
# The published table, a row per group: knowledge, skills, coordination, staff support.
TICKS = {
    "WikiArabia": "xx.x",
    "Capacity Exchange Network": "x...",
    "FKAGEU": "..x.",
    "Wiki Education": "xx.x",
    "East African": "xxxx",
    "Iberocoop": "x.xx",
    "ESEAP": "x.x.",
    "CEE": ".x..",
    "Language Diversity": "..xx",
    "Volunteer Supporters Network": "x.xx",
    "Bangla Wikimaitree": "xxxx",
    "Wikifranca": "xxxx",
    "WLM": "x..x",
    "Content Partnerships": "x..x",
    "Africa Wiki Tech": ".xxx",
    "Lusophone": "..xx",
    "Wikiproject Med Foundation": "....",
}
SHARED = {"knowledge": 11, "skills": 7, "coordination": 10, "staff-support": 12}
SPECIFIC = {
    "technical-infrastructure": ["Wiki Education", "Africa Wiki Tech", "Lusophone"],
    "new-initiatives": ["Language Diversity"],
    "conflict-resolution": ["CEE"],
    "facilitate-collaboration": ["Volunteer Supporters Network", "Lusophone"],
    "legal-support": ["WikiArabia"],
}


@pytest.fixture
def sample(sandbox: Sandbox) -> Sandbox:
    """Return a copy of the sample consultation."""
    shutil.rmtree(sandbox.folder)
    shutil.copytree(SAMPLE, sandbox.folder)
    return sandbox


@pytest.fixture
def shown(sample: Sandbox) -> dict[str, Any]:
    """Return what `show needs --json` prints of it."""
    ran = sample.refuses("show", "needs", "--json")
    assert ran.code == 0, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return found


def needs(shown: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {need["need"]: need for need in shown["figures"]["needs"]}


def test_seventeen_groups_in_order_and_the_last_one_names_nothing(shown: dict[str, Any]) -> None:
    assert shown["figures"]["groups"] == GROUPS
    assert not [need for need in shown["figures"]["needs"] if GROUPS[-1] in need["groups"]]


def test_four_needs_are_shared(shown: dict[str, Any]) -> None:
    counts = {need["need"]: need["count"] for need in shown["figures"]["needs"] if need["kind"] == "shared"}
    assert counts == SHARED
    assert shown["figures"]["shared_min"] == 6


def test_each_tick_is_that_of_the_published_table(shown: dict[str, Any]) -> None:
    found = {
        group: "".join("x" if group in needs(shown)[need]["groups"] else "." for need in SHARED) for group in GROUPS
    }
    assert found == TICKS


def test_five_needs_are_context_specific_and_name_their_groups(shown: dict[str, Any]) -> None:
    specific = {each["need"]: each["groups"] for each in shown["figures"]["needs"] if each["kind"] != "shared"}
    assert specific == SPECIFIC
    assert {needs(shown)[need]["kind"] for need in SPECIFIC} == {"context-specific"}
    assert [needs(shown)[need]["count"] for need in SPECIFIC] == [3, 1, 1, 2, 1]


def test_borderline_is_a_count_near_the_threshold_or_a_remark(shown: dict[str, Any]) -> None:
    borderline = {name for name, need in needs(shown).items() if need["borderline"]}
    assert borderline == {"skills", "technical-infrastructure"}


def test_counts_are_those_of_the_names(shown: dict[str, Any]) -> None:
    for need in shown["figures"]["needs"]:
        assert need["count"] == len(need["groups"]) == len(set(need["groups"]))
        assert need["groups"] == [group for group in GROUPS if group in need["groups"]]


# A group may name what nobody foresaw: the sample shows what becomes of that.
KNOWN_PROBLEM = ("Hubs/Dialogue/Notes/Content Partnerships", 23, "unknown-need")


def test_the_sample_has_one_problem_which_is_meant(shown: dict[str, Any]) -> None:
    assert [(each["title"], each["line"], each["kind"]) for each in shown["problems"]] == [KNOWN_PROBLEM]


def test_json_has_exactly_the_keys_that_were_promised(shown: dict[str, Any]) -> None:
    assert list(shown) == ["report", "consultation", "revisions", "figures", "problems"]
    assert (shown["report"], shown["consultation"]) == ("needs", "Hubs Dialogue")
    assert {tuple(each) for each in shown["revisions"]} == {("title", "revid")}
    assert list(shown["figures"]) == ["shared_min", "groups", "needs"]
    assert {tuple(need) for need in shown["figures"]["needs"]} == {
        ("need", "title", "count", "kind", "borderline", "groups")
    }


def test_problems_have_exactly_the_keys_that_were_promised(sample: Sandbox) -> None:
    sample.write("Hubs/Dialogue/Notes/Unheard of", "== Skills ==\n* Need: a trainer\n")
    problems = json.loads(sample.run("show", "needs", "--json").out)["problems"]
    assert {tuple(each) for each in problems} == {("title", "line", "kind", "text")}
    assert [(each["title"], each["line"], each["kind"]) for each in problems] == [
        KNOWN_PROBLEM,
        ("Hubs/Dialogue/Notes/Unheard of", 1, "unknown-group"),
    ]
    assert "Unheard of" in problems[1]["text"]


def test_every_page_that_was_read_is_named_with_its_revision(shown: dict[str, Any]) -> None:
    titles = [each["title"] for each in shown["revisions"]]
    assert len(titles) == len(set(titles)) == 19
    assert {"Hubs/Dialogue/Matrix", "Hubs/Dialogue/Context-specific needs"} < set(titles)
    assert all(isinstance(each["revid"], int) and each["revid"] > 0 for each in shown["revisions"])


SPOILT = {
    "a-tick-taken-away": (
        "Hubs/Dialogue/Matrix",
        "| [[WikiArabia]] || ✓",
        "| [[WikiArabia]] || ",
        "sources-disagree",
    ),
    "a-count-that-is-wrong": ("Hubs/Dialogue/Matrix", "! 12 !! 11", "! 13 !! 11", "count-differs"),
    "a-group-nobody-knows": ("Hubs/Dialogue/Matrix", "| ''WikiFranca''", "| Wikifrance", "unknown-group"),
    "a-cell-in-doubt": (
        "Hubs/Dialogue/Matrix",
        "| Lusophone communities || X",
        "| Lusophone || perhaps",
        "unclear-cell",
    ),
    "a-group-left-out-of-the-list": (
        "Hubs/Dialogue/Context-specific needs",
        "Wiki Education, Africa Wiki Tech",
        "Africa Wiki Tech",
        "sources-disagree",
    ),
}


@pytest.mark.parametrize(("title", "old", "new", "kind"), SPOILT.values(), ids=SPOILT.keys())
def test_an_error_in_the_sample_is_found(sample: Sandbox, title: str, old: str, new: str, kind: str) -> None:
    text = sample.read(title)
    assert old in text, f"the sample has changed: {old} is not in {title}"
    sample.write(title, text.replace(old, new))
    shown = json.loads(sample.run("show", "needs", "--json").out)
    assert kind in {problem["kind"] for problem in shown["problems"]}
    assert {need["need"]: need["count"] for need in shown["figures"]["needs"] if need["need"] in SHARED} == SHARED


def publish(sample: Sandbox) -> Ran:
    ran = sample.run("publish")
    assert ran.code == 0, ran.said
    return ran


def test_all_reports_are_published_once_and_then_never_without_need(sample: Sandbox) -> None:
    first = publish(sample)
    assert [line.split()[0] for line in first.out.split("\n") if "Hubs/Dialogue/Report" in line] == ["Saved"] * 17
    before = sample.everything()
    second = publish(sample)
    assert [line.split()[0] for line in second.out.split("\n") if "Hubs/Dialogue/Report" in line] == [
        "Unchanged"
    ] * 17
    assert sample.everything() == before


def test_reports_are_in_the_words_of_their_language(sample: Sandbox) -> None:
    publish(sample)
    assert 'lang="fr" dir="ltr"' in sample.read("Hubs/Dialogue/Report/fr")
    assert "Connaissances" in sample.read("Hubs/Dialogue/Report/fr")
    assert 'lang="ar" dir="rtl"' in sample.read("Hubs/Dialogue/Report/ar")
    assert "المعرفة" in sample.read("Hubs/Dialogue/Report/ar")


def test_the_same_pages_in_another_folder_give_the_same_report(sample: Sandbox, tmp_path: Path) -> None:
    publish(sample)
    other = tmp_path / "other"
    shutil.copytree(SAMPLE, other)
    there = sample.folder
    sample.folder = other
    publish(sample)
    for title in ("Hubs/Dialogue/Report", "Hubs/Dialogue/Report/fr", "Hubs/Dialogue/Report/ar"):
        path = (there / "pages" / title).with_name(f"{Path(title).name}.wikitext")
        assert sample.path(title).read_bytes() == path.read_bytes()


def test_problems_that_groups_told_in_their_language_stand_under_problems(sample: Sandbox) -> None:
    """The notes of WikiArabia say "المشكلات" above theirs."""
    said = "بعد كل مؤتمر تبقى التجارب"
    ran = sample.run("read", "Hubs/Dialogue/Notes/WikiArabia", "--as", "needs", "--json")
    found = [json.loads(line) for line in ran.out.splitlines()]
    assert [each["kind"] for each in found if each["text"].startswith(said)] == ["problem"]


def figures_of(sample: Sandbox, report: str) -> dict[str, Any]:
    ran = sample.refuses("show", report, "--json")
    assert ran.code == 0, ran.err
    found: dict[str, Any] = json.loads(ran.out)["figures"]
    return found


def test_the_sign_up_page_has_84_people_in_three_lists_and_six_languages(sample: Sandbox) -> None:
    figures = figures_of(sample, "signups")
    assert figures["people"] == 84
    assert len(figures["lists"]) == 3
    assert len([each for each in figures["languages"] if each["wanted"]]) == 6


def test_the_session_notes_merge_to_115_statements(sample: Sandbox) -> None:
    figures = figures_of(sample, "minutes")
    assert figures["statements"] == 115
    assert {each["session"]: each["citations"] for each in figures["sessions"]} == {
        "Session 1, Room A": 51,
        "Session 1, Room B+C": 19,
        "Session 2, Room A": 36,
        "Session 2, Room B": 25,
        "Session 2, Room C": 20,
    }
    assert [each["text"] for each in figures["uncited"]] == ["Profile:"]
