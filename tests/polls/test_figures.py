"""The published figures, out of the sample pages; and how polls are counted where sources differ."""

import json
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from bot import reporting
from bot.analyze.poll_figures import PollFigures
from bot.analyze.polls import count_polls
from bot.parse.poll_values import PollReading
from bot.render import numbers
from bot.run import Run
from bot.wiki.folder import FolderWiki
from tests.polls.consultation import FIRST, FIT, POLLS, SECOND, made, read

SAMPLE = Path(__file__).parent.parent.parent / "samples" / "hubs-dialogue"
NEEDS = ("Knowledge", "Skills", "Coordination", "Staff support")
AGREEMENT = {
    "Knowledge": ((27, 21, 2, 1, 4), Fraction(48, 55), Fraction(176, 51), "87%", "3.45"),
    "Skills": ((34, 16, 1, 2, 2), Fraction(50, 55), Fraction(188, 53), "91%", "3.55"),
    "Coordination": ((27, 22, 0, 2, 5), Fraction(49, 56), Fraction(176, 51), "88%", "3.45"),
    "Staff support": ((25, 17, 4, 2, 7), Fraction(42, 55), Fraction(161, 48), "76%", "3.35"),
}
# Must have, nice to have, not sure: the first time, the second time, and the change as it was published.
TWICE = {
    "Knowledge": ((40, 12, 4), (27, 13, 1), (6, -10, 5)),
    "Skills": ((42, 11, 3), (33, 8, 0), (-5, 0, 5)),
    "Coordination": ((32, 22, 2), (26, 14, 1), (-6, 5, 1)),
    "Staff support": ((30, 22, 4), (23, 14, 4), (-3, 5, -3)),
}
ANSWERS = ("Must have", "Nice to have", "Not sure")


@pytest.fixture(scope="module")
def run() -> Run:
    return Run(FolderWiki(SAMPLE), "User:DialogueBot/Hubs Dialogue.json")


@pytest.fixture(scope="module")
def figures(run: Run) -> PollFigures:
    found: PollFigures = run.report("polls").figures
    return found


@pytest.fixture(scope="module")
def shown(run: Run) -> dict[str, Any]:
    found = reporting.as_json(run.report("polls"), run.consultation, run.labels("en"))
    return dict(json.loads(json.dumps(found))["figures"])


@pytest.mark.parametrize("need", NEEDS)
def test_agreement_and_mean_are_the_published_ones(figures: PollFigures, need: str) -> None:
    counts, agreement, mean, printed_agreement, printed_mean = AGREEMENT[need]
    question = next(each for each in figures.polls[0].questions if each.question.title("en") == need)
    assert tuple(each.count for each in question.counts) == counts
    assert question.agreement.percent == 100 * agreement
    assert (question.agreement.numerator, question.agreement.denominator) == (sum(counts[:2]), sum(counts))
    assert question.mean.value == mean
    assert numbers.exact_percent(question.agreement.percent, "en") == printed_agreement
    assert numbers.decimal(question.mean.value, "en", 2) == printed_mean


@pytest.mark.parametrize("need", NEEDS)
def test_changes_are_the_published_ones_turned_round(figures: PollFigures, need: str) -> None:
    before, after, published = TWICE[need]
    changes = [each for each in figures.comparisons[0].changes if each.question.title("en") == need]
    assert tuple(each.before.count for each in changes) == before
    assert tuple(each.after.count for each in changes) == after
    exact = [
        Fraction(100 * b, sum(after)) - Fraction(100 * a, sum(before)) for a, b in zip(before, after, strict=True)
    ]
    assert [each.change for each in changes] == exact
    assert [int(numbers.rounded(each.change)) for each in changes] == [-change for change in published]


def test_the_published_convention_is_a_setting() -> None:
    """All twelve, from tables alone."""
    tables = "".join(
        f"== {title} ==\n{{|\n! !! Knowledge !! Skills\n"
        + "".join(
            f"|-\n| {answer} || {TWICE['Knowledge'][at][row]} || {TWICE['Skills'][at][row]}\n"
            for row, answer in enumerate(ANSWERS)
        )
        + "|}\n"
        for at, title in enumerate(("First poll", "Second poll"))
    )
    polls = made(FIRST, {**SECOND, "change": "before-after"})
    counted = count_polls(read(tables, several=polls), polls)
    printed = [int(numbers.rounded(each.change)) for each in counted.comparisons[0].changes]
    assert printed == [*TWICE["Knowledge"][2], *TWICE["Skills"][2]]
    interval = counted.comparisons[0].changes[0].interval
    assert interval.lower < counted.comparisons[0].changes[0].change < interval.upper


def test_json_has_the_promised_keys_and_nothing_rounded(shown: dict[str, Any]) -> None:
    first = shown["polls"][0]
    assert {key: first[key] for key in ("poll", "question", "kind", "n")} == {
        "poll": "fit",
        "question": "Knowledge",
        "kind": "scale",
        "n": 55,
    }
    assert first["answers"]["Strongly agree"] == 27
    assert first["agreement"] == pytest.approx(87.2727272727)
    assert first["mean"] == pytest.approx(176 / 51)
    assert first["shares"]["Strongly agree"] == pytest.approx(2700 / 55)
    choice = next(each for each in shown["polls"] if each["poll"] == "must-have")
    assert (choice["kind"], choice["agreement"], choice["mean"]) == ("choice", None, None)
    assert len(shown["comparisons"]) == 12
    assert shown["comparisons"][0] == {
        "question": "Knowledge",
        "answer": "Must have",
        "before": pytest.approx(71.428571),
        "after": pytest.approx(65.853658),
        "change": pytest.approx(-5.574912),
    }


def test_fifteen_fewer_people_are_a_decrease_of_27_percent(figures: PollFigures) -> None:
    comparison = figures.comparisons[0]
    assert (comparison.before.people, comparison.after.people, comparison.fewer) == (56, 41, 15)
    assert comparison.fewer_percent == Fraction(1500, 56)


def test_skills_rank_first_both_times(figures: PollFigures) -> None:
    for result in figures.polls[1:3]:
        ranks = {each.question.title("en"): each.rank for each in result.questions}
        assert ranks == {"Skills": 1, "Knowledge": 2, "Coordination": 3, "Staff support": 4}


def test_the_feedback_form_has_33_of_72_and_30_answers_to_one_question(figures: PollFigures) -> None:
    result = figures.polls[-1]
    assert (result.people, result.poll.invited) == (33, 72)
    assert result.response.percent == Fraction(3300, 72)
    assert [each.count for each in result.questions[0].counts] == [16, 7, 3, 4]
    assert result.questions[0].n == 30


def test_the_row_with_an_answer_too_many_is_reported(figures: PollFigures) -> None:
    found = [problem.details for problem in figures.problems if problem.message == "poll-more-than-people"]
    assert found == [("Coordination", "56", "55")]


def test_the_page_says_what_it_must(run: Run) -> None:
    text = run.made("polls", "en").wikitext
    for words in (
        "48 of 55",
        "176 ÷ 51",
        "second minus first",
        "15 fewer",
        "away from zero",
        "It is not known whether",
    ):
        assert words in text, words
    assert not re.search(r"significan", text, re.IGNORECASE)
    assert text.count('role="img"') == 4 + 8 + 2


def test_free_text_of_the_form_is_nowhere(run: Run) -> None:
    for code in ("en", "fr", "ar"):
        everything = run.made("polls", code).wikitext + json.dumps(
            reporting.as_json(run.report("polls"), run.consultation, run.labels(code))
        )
        for words in ("Thank you", "last hour", "parking lot", "à refaire"):
            assert words not in everything


def table(count: int, heading: str = "First poll") -> str:
    return f"== {heading} ==\n{{|\n! !! Must have !! Nice to have\n|-\n| Skills || {count} || 1\n|}}\n"


def ballots(*answers: str) -> str:
    lines = [f"* {each} [[User:P{at}]] 12:00, 5 January 2024 (UTC)" for at, each in enumerate(answers)]
    return "\n".join(["== First poll ==", "=== Skills ===", *lines, ""])


def test_answers_of_people_go_before_a_table_that_differs() -> None:
    counted = count_polls(read(ballots("Must have", "Must have", "Nice to have") + table(9)), POLLS)
    assert [each.count for each in counted.polls[0].questions[0].counts] == [2, 1, 0]
    assert [problem.message for problem in counted.problems] == ["poll-sources-disagree"]


def test_a_table_that_agrees_is_no_problem() -> None:
    counted = count_polls(read(ballots("Must have", "Must have", "Nice to have") + table(2)), POLLS)
    assert counted.problems == ()


def test_as_many_took_part_as_answered_any_question() -> None:
    other = "\n{|\n! !! Must have !! Nice to have\n|-\n| Knowledge || 30 || 8\n|}"
    counted = count_polls(read(ballots("Must have", "Must have") + other), POLLS)
    assert counted.polls[0].people == 38


def test_one_person_counts_once_over_several_pages() -> None:
    pages = [read(ballots("Must have"), "First poll/a"), read(ballots("Nice to have"), "First poll/b")]
    counted = count_polls(PollReading.together(pages), POLLS)
    assert counted.polls[0].questions[0].n == 1
    assert counted.polls[0].uncounted == {"duplicate": 1}


def test_not_sure_may_be_left_out_of_the_agreement_rate() -> None:
    text = "{|\n! !! Fully agree !! Agree !! Disagree !! N/A\n|-\n| Skills || 1 || 2 || 1 || 4\n|}"
    with_all = count_polls(read(text), POLLS).polls[0].questions[0].agreement
    assert (with_all.numerator, with_all.denominator) == (1, 8)  # of three steps, only one is above the middle
    polls = made({**FIT, "agreement_of": "sure"})
    assert count_polls(read(text, several=polls), polls).polls[0].questions[0].agreement.denominator == 4


def test_a_poll_without_settings_has_figures_too() -> None:
    text = "{|\n! !! Agree (2) !! Disagree (1) !! Not sure\n|-\n| Tea || 3 || 1 || 1\n|}"
    counted = count_polls(read(text, several=()), ())
    question = counted.polls[0].questions[0]
    assert (question.agreement.percent, question.mean.value) == (Fraction(60), Fraction(7, 4))


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        (Fraction(1, 2), 0, "1"),
        (Fraction(-1, 2), 0, "-1"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(-1, 3), 0, "0"),
        (Fraction(1735, 500), 2, "3.47"),
        (Fraction(2675, 1000), 2, "2.68"),
    ],
)
def test_halves_are_rounded_up_from_the_exact_value(value: Fraction, digits: int, expected: str) -> None:
    assert str(numbers.rounded(value, digits)) == expected


def test_a_step_of_nought_counts_in_the_mean() -> None:
    text = "{|\n! !! 0 !! 1 !! 2 !! don't know\n|-\n| Tea || 3 || 1 || 4 || 2\n|}"
    question = count_polls(read(text, several=()), ()).polls[0].questions[0]
    assert (question.mean.total, question.mean.answers) == (9, 8)
    assert (question.agreement.numerator, question.agreement.denominator) == (4, 10)
