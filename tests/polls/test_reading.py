"""Polls, read from tables, ballots and surveys: the files of cases, and what no file of cases can say."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.parse import poll
from tests.cases import Case, parameters
from tests.polls.consultation import FIRST, POLLS, made, read, written

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("*.cases"))


def found(case: Case) -> str:
    has_settings = case.file.stem != "tables_without_settings"
    language = "de" if case.title.endswith("/de") else "en"
    return written(read(case.wikitext, case.title, POLLS if has_settings else (), language))


@pytest.mark.parametrize("case", parameters(*FILES))
def test_case(case: Case) -> None:
    assert found(case) == case.expected, case.differs(found(case))


def test_there_are_cases_for_all_shapes() -> None:
    assert [file.stem for file in FILES] == ["ballots", "surveys", "tables", "tables_without_settings"]


def test_what_people_wrote_in_a_survey_goes_nowhere() -> None:
    secret = "My phone is 555 0199"
    rows = f"Username,Knowledge,Skills,More\nAnn,{secret},Must have,{secret}\nBob,Must have,{secret},x\n"
    reading = read(rows, "First poll/Answers.csv")
    assert len(reading.ballots) == 4
    assert "555" not in repr(reading)
    shown = poll.as_json(reading)
    assert "Ann" not in repr(shown)
    assert [(each["question"], each["people"], each["n"], each["not_counted"]) for each in shown] == [
        ("Knowledge", 2, 1, 1),
        ("Skills", 2, 1, 1),
    ]


SECRETS = ("555", "secret", "example.org", "192.0.2", "write to", "hello", "Ann", "A.", "R_1")


@pytest.mark.parametrize("case", parameters(FOLDER / "surveys.cases"))
def test_nothing_of_an_export_is_passed_on_but_counts(case: Case) -> None:
    """Neither to programs nor into problems: no name, no address, no remark, no answer that is not offered."""
    reading = read(case.wikitext, case.title)
    passed_on = repr(poll.as_json(reading)) + repr(reading.problems)
    assert not [secret for secret in SECRETS if secret in passed_on.replace("Answers.csv", "")]


def test_json_names_every_ballot_with_its_ending_and_every_result_with_its_shares() -> None:
    text = (
        "== First poll ==\n=== Skills ===\n* Must have [[User:Ann]] 12:00, 5 January 2024 (UTC)\n"
        "{|\n! !! Must have !! Nice to have\n|-\n| Skills || 3 (75%) || 1 (25%)\n|}\n"
    )
    assert poll.as_json(read(text)) == [
        {
            "kind": "ballot",
            "poll": "first",
            "question": "Skills",
            "user": "Ann",
            "answer": "Must have",
            "timestamp": "2024-01-05T12:00:00Z",
            "status": "counted",
            "reason": "",
            "line": 3,
        },
        {
            "kind": "result",
            "poll": "first",
            "question": "Skills",
            "n": 4,
            "answers": {"Must have": 3, "Nice to have": 1},
            "shares": {"Must have": 75.0, "Nice to have": 25.0},
            "line": 7,
        },
    ]


def test_polls_are_only_read_where_the_settings_say() -> None:
    table = "{|\n! !! Must have !! Nice to have\n|-\n| Skills || 3 || 1\n|}\n"
    several = made({**FIRST, "pages": ["Here"]})
    assert [result.poll for result in read(table, "Here", several).results] == ["first"]
    assert read(table, "Elsewhere", several).results == ()


PIECES = st.sampled_from(
    [
        *("{|", "|}", "|-", "|", "||", "!", "!!", "colspan=3 |", "rowspan=9|", "40", " 71%", "-3"),
        *("\n", "\n* ", "\n== Knowledge ==\n", "<s>", "</s>", "<pre>", "</pre>", "'''", "{{", "}}"),
        *("[[User:Ann]]", " 12:00, 5 January 2024 (UTC)", "Must have", "Nice to have", "Knowledge", "Skills"),
        *(",", ";", '"', "First poll", "\N{REPLACEMENT CHARACTER}"),
        *("<table>", "<tr>", "<td rowspan=9>", "<caption>", "</table>", "{{abbr|", "|+ n = ", "(n = 5)", "%", "\n;"),
        *("1. ", "Agree", "not sure", "2022", "{{unsigned|", "sep=;\n", "{{Ballot|knowledge="),
    ]
)


@given(st.lists(PIECES, max_size=40), st.booleans(), st.booleans())
def test_no_text_stops_the_reader_and_every_place_is_on_the_page(
    pieces: list[str], has_settings: bool, is_csv: bool
) -> None:
    text = "".join(pieces)
    reading = read(text, "First poll.csv" if is_csv else "First poll", POLLS if has_settings else ())
    places = [each.place for several in (reading.results, reading.ballots, reading.problems) for each in several]
    assert places
    assert all(1 <= place.line <= text.count("\n") + 1 for place in places)


HOSTILE = ["{{First poll|", "* <s>Must have", "{|\n! a !! b\n|-\n| 1 ||", "\n* {{x|", '"a,', "\n# [[User:Bob]], "]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_pages_are_read_to_their_end(piece: str) -> None:
    last = "\n== Skills ==\n* Must have [[User:Ann]] 12:00, 5 January 2024 (UTC)"
    assert read("== Knowledge ==\n" + piece * 200, "First poll").problems
    assert "Ann" in [each.who for each in read(piece.replace("{", "") * 200 + last, "First poll").ballots]
