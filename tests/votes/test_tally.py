"""Votes are counted by the rules of the settings, and every voting line is accounted for."""

from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bot.analyze.lookalike import lookalikes
from bot.errors import SettingsError
from bot.people import FACTS, UserFacts
from bot.reports import votes
from bot.votes import CHOICES, STATUSES, UNCLEAR
from tests.votes.reading import counted, read, settings

CHANGED = """\
* {{support}} -- Ada 10:00
* {{oppose}} -- Ada 11:00
* {{neutral}} -- Ben 10:00
* {{neutral}} -- Ben 11:00
"""


def statuses(wikitext: str, rules: dict[str, Any], facts: dict[str, UserFacts] | None = None) -> list[str]:
    figures = counted(wikitext, consultation=settings(votes=rules), facts=facts)
    return [f"{vote.user} {vote.status} {vote.reason}" for vote in figures.votes]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("last", ["Ada changed changed-last", "Ada counted template"]),
        ("first", ["Ada counted template", "Ada changed changed-first"]),
        ("void", ["Ada changed changed-void", "Ada changed changed-void"]),
    ],
)
def test_a_changed_vote_follows_the_rule_and_the_same_choice_again_is_a_duplicate(
    rule: str, expected: list[str]
) -> None:
    assert statuses(CHANGED, {"changed": rule}) == [*expected, "Ben counted template", "Ben duplicate duplicate"]


def test_the_dates_hold_in_the_zone_that_they_name() -> None:
    wikitext = "".join(
        f"* {{{{support}}}} -- {user}\n" for user in ("Ada 09:59", "Ben 10:00", "Cas 12:30", "Dan 12:31")
    )
    rules = {"opens": "2022-03-02T12:00:00+02:00", "closes": "2022-03-02T07:30:00-05:00"}
    assert statuses(wikitext, rules) == [
        "Ada early early",
        "Ben counted template",
        "Cas counted template",
        "Dan late late",
    ]


def test_a_late_vote_changes_nothing() -> None:
    rules = {"closes": "2022-03-02T10:30:00Z"}
    assert statuses(CHANGED, rules)[:2] == ["Ada counted template", "Ada late late"]


@pytest.mark.parametrize("moment", ["2022-03-02T12:00:00", "tomorrow", 5])
def test_a_date_without_its_zone_is_refused(moment: object) -> None:
    with pytest.raises(ValueError, match=r"zone|timestamp"):
        settings(votes={"closes": moment})


def test_votes_cannot_close_before_they_open() -> None:
    with pytest.raises(ValueError, match="before they open"):
        settings(votes={"opens": "2022-03-02T12:00:00Z", "closes": "2022-03-02T14:00:00+05:00"})
    assert SettingsError.exit_code == 2


ELIGIBLE = {"registered_before": "2022-01-01T00:00:00Z", "edits_min": 100, "not_blocked": True, "not_bot": True}


def user(name: str, **more: Any) -> UserFacts:
    facts: dict[str, Any] = {"registered": datetime(2015, 1, 1, tzinfo=UTC), "edits": 100}
    return UserFacts(name=name, **(facts | more))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (user("Ada"), "counted template"),
        (user("Ada", registered=None), "counted template"),
        (user("Ada", edits=99), "ineligible few-edits"),
        (user("Ada", registered=datetime(2022, 1, 1, tzinfo=UTC)), "ineligible registered-late"),
        (user("Ada", is_blocked=True), "ineligible blocked"),
        (user("Ada", is_bot=True), "ineligible bot"),
        (user("Ada", is_registered=False), "ineligible not-registered"),
        (user("Ada", edits=0, unknown=frozenset({"edits"})), "counted template"),
        (user("Ada", edits=0, unknown=FACTS), "counted template"),
    ],
)
def test_who_may_vote_is_judged_by_what_the_wiki_knows(facts: UserFacts, expected: str) -> None:
    found = statuses("* {{support}} -- Ada\n", {"eligibility": ELIGIBLE}, {"Ada": facts})
    assert found == [f"Ada {expected}"]


def test_what_is_not_known_shuts_nobody_out_and_is_said() -> None:
    consultation = settings(votes={"eligibility": ELIGIBLE})
    figures = counted("* {{support}} -- Ada\n* {{oppose}} -- Ben\n", consultation=consultation)
    assert {vote.status for vote in figures.votes} == {"counted"}
    found = {(problem.message, problem.details) for problem in figures.problems}
    assert found == {(f"eligibility-unknown/{fact}", ("Ada, Ben",)) for fact in FACTS}


def test_the_wiki_is_asked_only_where_a_rule_needs_it() -> None:
    reading = read("* {{support}} -- Ada\n* {{oppose}} -- Ben\n* {{oppose}} -- Ada\n")
    assert votes.people(reading, settings(votes={"follow_renames": False})) == []
    assert votes.people(reading, settings(votes={"eligibility": {"edits_min": 1}})) == ["Ada", "Ben"]


def test_a_renamed_user_is_one_person() -> None:
    wikitext = "* {{support}} -- Old name 10:00\n* {{oppose}} -- New name 11:00\n"
    facts = {"Old name": user("Old name", renamed_to="New name"), "New name": user("New name")}
    assert statuses(wikitext, {}, facts) == ["Old name changed changed-last", "New name counted template"]
    assert statuses(wikitext, {"follow_renames": False}, facts) == [
        "Old name counted template",
        "New name counted template",
    ]


def test_redirects_that_go_round_in_a_circle_end_somewhere() -> None:
    facts = {"Ada": user("Ada", renamed_to="Ben"), "Ben": user("Ben", renamed_to="Ada")}
    assert statuses("* {{support}} -- Ada\n", {}, facts) == ["Ada counted template"]


def test_a_proposer_votes_only_where_the_settings_say_so() -> None:
    wikitext = "== Shall we? ==\nI propose it. -- Zoe 09:00\n* {{support}} -- Ada\n"
    wikitext += "== And that? ==\nText. -- Ada\n* {{oppose}} -- Ada\n"
    assert statuses(wikitext, {}) == ["Ada counted template", "Ada counted template"]
    found = statuses(wikitext, {"proposer_counts": True, "opens": "2022-03-02T10:00:00Z"})
    assert found == ["Zoe counted proposer", "Ada counted template", "Ada counted template"]


def test_a_vote_that_others_signed_counts_only_where_the_settings_say_so() -> None:
    wikitext = "* {{oppose}} {{unsigned|Ada|12:00, 2 March 2022 (UTC)}}\n"
    assert statuses(wikitext, {}) == ["Ada unsigned signed-for"]
    assert statuses(wikitext, {"count_unsigned": True}) == ["Ada counted signed-for-counted"]


def test_settings_add_words_of_their_own() -> None:
    wikitext = (
        "* {{aye aye}} -- Ada\n* '''Count me in''' -- Ben\n* {{count me in}} -- Cas\n=== Hell no ===\n# x -- Dan\n"
    )
    assert statuses(wikitext, {}) == []
    words = {"support": ["{{Aye aye}}", "Count me in"], "oppose": ["hell no"]}
    assert statuses(wikitext, {"words": words}) == [
        "Ada counted template",
        "Ben counted bold",
        "Cas counted template",
        "Dan counted heading",
    ]


@pytest.mark.parametrize(("share_of", "expected"), [("support_oppose", (0.5, 2)), ("all", (0.25, 4))])
def test_the_share_names_its_denominator(share_of: str, expected: tuple[float, int]) -> None:
    wikitext = (
        "* {{support}} -- Ada\n* {{oppose}} -- Ben\n* {{neutral}} -- Cas\n* {{neutral}} -- Dan\n* Support. -- Eva\n"
    )
    found = votes.as_json(counted(wikitext, consultation=settings(votes={"share_of": share_of})), "en")
    assert found["questions"] == [
        {
            "question": "",
            "page": "Page",
            "support": 1,
            "oppose": 1,
            "neutral": 2,
            "unclear": 1,
            "share": expected[0],
            "denominator": expected[1],
            "people": 4,
        }
    ]


def test_a_share_of_nothing_is_none() -> None:
    found = votes.as_json(counted("* {{neutral}} -- Ada\n"), "en")["questions"][0]
    assert (found["share"], found["denominator"], found["people"]) == (None, 0, 1)


def test_names_that_look_alike() -> None:
    alike = ("Ada", "\u0410d\u0430", "ADA", "\u00c1da")
    assert lookalikes([*alike, "Ben", "User1", "User2"]) == [alike]
    assert lookalikes(["Bill", "Bi11", "Modern", "Modem"]) == [("Bill", "Bi11"), ("Modern", "Modem")]


_PIECES = (
    "* ", "# ", "*: ", ": ", "\n", "\n\n", "{{support}}", "{{oppose|weak}}", "{{no}}", "{{comment}}", "'''Support'''",
    "'''", "<s>", "</s>", "<b>", "</b>", "== Q ==\n", "=== Support (3) ===\n", "=== Keep ===\n", ";Oppose\n",
    "{{hat}}", "{{hab}}", "{{collapse|", "}}", "{{strike|", "<nowiki>", "</nowiki>", "<!--", "-->", "<q>", "</q>",
    "Support.",
    "<div class='mw-collapsed'>", "</div>", "{|class=mw-collapsed\n", "\n|}\n", "| ", " ",
    "{{unsigned|Cas|12:00, 2 March 2022}}", "[[User:Ada]] 12:00, 2 March 2022 (UTC)",
    "[[User:ADA]] 13:00, 2 March 2022 (CET)", "[[User:Ben]] 12:00, 2 March 2022 (XYZ)",
)  # fmt: skip


@given(st.text() | st.lists(st.sampled_from(_PIECES) | st.text(max_size=2), max_size=40).map("".join))
@hypothesis_settings(max_examples=300, deadline=None)
def test_whatever_people_write_every_voting_line_has_one_status(wikitext: str) -> None:
    reading = read(wikitext)
    rules = {"proposer_counts": True, "eligibility": {"edits_min": 1}, "closes": "2022-03-02T12:30:00Z"}
    figures = counted(wikitext, consultation=settings(votes=rules), facts={"Ben": user("Ben", edits=0)})
    own = [vote for vote in figures.votes if vote.reason != "proposer"]
    assert [vote.place for vote in own] == [vote.place for vote in reading.votes]
    tallied = Counter(vote.status for vote in figures.votes)
    assert tallied.keys() <= set(STATUSES)
    assert sum(len(each.votes) for each in figures.questions) == len(figures.votes) == tallied.total()
    assert sum(each.people for each in figures.questions) == tallied["counted"]
    assert sum(each.unclear for each in figures.questions) == tallied["unclear"]
    for vote in figures.votes:
        assert vote.choice in (*CHOICES, UNCLEAR)
        assert vote.status != "counted" or (vote.choice in CHOICES and vote.user and vote.timestamp)
        assert 1 <= vote.place.line <= wikitext.count("\n") + 1
