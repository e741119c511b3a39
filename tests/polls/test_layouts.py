"""The published figures out of tables as strangers lay them out, under other names, with and without settings."""

from collections.abc import Callable
from fractions import Fraction

import pytest

from bot.analyze.poll_figures import PollFigures
from bot.analyze.polls import count_polls
from bot.parse.poll_values import Poll
from bot.render.numbers import rounded
from tests.polls.consultation import made, read

TOPICS = ("Parks", "Roads", "Schools", "Libraries")
ANSWERS = ("Essential", "Welcome", "Not sure")
BEFORE = ((40, 12, 4), (42, 11, 3), (32, 22, 2), (30, 22, 4))
AFTER = ((27, 13, 1), (33, 8, 0), (26, 14, 1), (23, 14, 4))
PUBLISHED = ((6, -10, 5), (-5, 0, 5), (-6, 5, 1), (-3, 5, -3))
STEPS = ("Strongly agree", "Agree", "Disagree", "Strongly disagree", "Not sure")
RATED = ((27, 21, 2, 1, 4), (34, 16, 1, 2, 2), (27, 22, 0, 2, 5), (25, 17, 4, 2, 7))
RATES = ((48, 55, 176, 51), (50, 55, 188, 53), (49, 56, 176, 51), (42, 55, 161, 48))
QUESTIONS = [{"id": name.casefold(), "title": {"en": name}} for name in TOPICS]
TWICE = made(
    {
        "id": "one",
        "title": {"en": "Poll 1"},
        "kind": "choice",
        "answers": [{"id": f"a{at}", "title": {"en": name}, "unsure": at == 2} for at, name in enumerate(ANSWERS)],
        "questions": QUESTIONS,
    },
    {"id": "two", "title": {"en": "Poll 2"}, "kind": "choice", "repeats": "one"},
)
SCALE = made(
    {
        "id": "fit",
        "title": {"en": "Agreement"},
        "answers": [{"id": f"a{at}", "title": {"en": name}, "value": 4 - at} for at, name in enumerate(STEPS[:4])]
        + [{"id": "unsure", "title": {"en": "Not sure"}, "unsure": True}],
        "questions": QUESTIONS,
    }
)


def percent(count: int, row: tuple[int, ...], digits: int = 0) -> str:
    return f"{rounded(Fraction(100 * count, sum(row)), digits)}%"


def rows(*lines: str, caption: str = "") -> str:
    return "\n|-\n".join([f'{{| class="wikitable"\n|+ {caption}' if caption else "{|", *lines]) + "\n|}\n"


def transposed() -> str:
    """Rows of both polls with their shares and the variance, answer by answer."""
    lines = ["! !! !! " + " !! ".join(TOPICS)]
    for at, answer in enumerate(ANSWERS):
        cells = [[str(row[at]) for row in BEFORE], [percent(row[at], row).rstrip("%") for row in BEFORE]]
        cells += [[str(row[at]) for row in AFTER], [percent(row[at], row).rstrip("%") for row in AFTER]]
        cells.append([f"{change[at]}%" for change in PUBLISHED])
        names = ("Poll 1", "%", "Poll 2", "%", "Variance")
        for name, several in zip(names, cells, strict=True):
            head = f'! rowspan="5" | {answer}\n' if name == "Poll 1" else ""
            lines.append(f"{head}| {name} || " + " || ".join(several))
    return rows(*lines)


def under_polls() -> str:
    """A header of two rows: polls above, answers below, questions down the side."""
    top = '! rowspan="2" | Topic\n! colspan="3" | Poll 1\n! colspan="3" | Poll 2'
    cells = [
        f"| {topic} || " + " || ".join(f"{count} ({percent(count, row)})" for row in pair for count in row)
        for topic, *pair in zip(TOPICS, BEFORE, AFTER, strict=True)
    ]
    return rows(top, "! " + " !! ".join([*ANSWERS, *ANSWERS]), *cells)


def under_answers() -> str:
    """The same the other way round, with a column of changes that nobody asked for."""
    top = '! rowspan="2" | Topic\n' + "\n".join(f'! colspan="3" | {answer}' for answer in ANSWERS)
    cells = []
    for at, topic in enumerate(TOPICS):
        several = [(BEFORE[at][of], AFTER[at][of], f"{PUBLISHED[at][of]}%") for of in range(3)]
        cells.append(f"! scope=row | {topic}\n| " + " || ".join(str(each) for three in several for each in three))
    return rows(top, "! " + " !! ".join(["Poll 1", "Poll 2", "Change"] * 3), *cells)


def flattened() -> str:
    """One header row that says both things at once."""
    heads = [f"{answer} ({poll})" for poll in ("Poll 1", "Poll 2") for answer in ANSWERS]
    cells = [
        f"| '''{topic}''' || " + " || ".join(str(count) for row in pair for count in row)
        for topic, *pair in zip(TOPICS, BEFORE, AFTER, strict=True)
    ]
    return rows("! Topic !! " + " !! ".join(heads), *cells)


def in_rows() -> str:
    """A line for each question and poll."""
    lines = ["! Topic !! Poll !! " + " !! ".join(ANSWERS)]
    for topic, one, other in zip(TOPICS, BEFORE, AFTER, strict=True):
        lines.append(f'| rowspan="2" | {topic} || Poll 1 || ' + " || ".join(map(str, one)))
        lines.append("| Poll 2 || " + " || ".join(map(str, other)))
    return rows(*lines)


def two_tables() -> str:
    """A table for each poll, with nothing but shares and the number of people above."""
    return "".join(
        f"== {poll} (n = {sum(counts[0])}) ==\n"
        + rows(
            "! Topic !! " + " !! ".join(ANSWERS),
            *(
                f"| {topic} || " + " || ".join(percent(count, row, 1) for count in row)
                for topic, row in zip(TOPICS, counts, strict=True)
            ),
        )
        for poll, counts in (("Poll 1", BEFORE), ("Poll 2", AFTER))
    )


def in_html() -> str:
    """HTML, answers down the side, a table for each poll."""
    texts = []
    for poll, counts in (("Poll 1", BEFORE), ("Poll 2", AFTER)):
        lines = [f"<table><caption>{poll}</caption><tr><th></th><th>{'</th><th>'.join(TOPICS)}</th></tr>"]
        for at, answer in enumerate(ANSWERS):
            lines.append(f"<tr><th>{answer}</th><td>{'</td><td>'.join(str(row[at]) for row in counts)}</td></tr>")
        texts.append("\n".join([*lines, "</table>"]))
    return "\n".join(texts)


LAYOUTS = [transposed, under_polls, under_answers, flattened, in_rows, two_tables, in_html]


@pytest.mark.parametrize("polls", [TWICE, ()], ids=["with-settings", "without"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_twelve_changes_come_out(layout: Callable[[], str], polls: tuple[Poll, ...]) -> None:
    counted = count_polls(read(layout(), several=polls), polls)
    assert counted.problems == ()
    (comparison,) = counted.comparisons
    found = {(each.question.title("en"), each.answer.title("en")): each for each in comparison.changes}
    assert len(found) == 12
    for at, topic in enumerate(TOPICS):
        for of, answer in enumerate(ANSWERS):
            change = found[topic, answer]
            assert (change.before.count, change.after.count) == (BEFORE[at][of], AFTER[at][of])
            assert int(rounded(change.change)) == -PUBLISHED[at][of]
    assert (comparison.before.people, comparison.after.people) == (56, 41)


def across() -> str:
    """Steps in words alone, with the rates that somebody worked out."""
    lines = [
        f"| {topic} || " + " || ".join(f"{count} {percent(count, row)}" for count in row) + " || 99% || 1.23"
        for topic, row in zip(TOPICS, RATED, strict=True)
    ]
    return rows("! Topic !! " + " !! ".join(STEPS) + " !! Agreement rate !! Mean", *lines)


def from_the_other_end() -> str:
    """Steps from the worst to the best, each with its value, "not sure" first."""
    order = (4, 3, 2, 1, 0)
    heads = [STEPS[at] if at == 4 else f"{STEPS[at]} ({4 - at})" for at in order]
    lines = [
        f"| {number} || {topic} || " + " || ".join(str(row[at]) for at in order) + f" || {sum(row)}"
        for number, (topic, row) in enumerate(zip(TOPICS, RATED, strict=True), 1)
    ]
    return rows("! # !! Topic !! " + " !! ".join(heads) + " !! Total", *lines)


def down() -> str:
    """Steps down the side, counts and shares in turn."""
    lines = ["! " + " !! ".join(["Answer", *TOPICS])]
    for at, step in enumerate(STEPS):
        lines.append(f'! rowspan="2" | {step}\n| ' + " || ".join(str(row[at]) for row in RATED))
        lines.append("| " + " || ".join(percent(row[at], row) for row in RATED))
    return rows(*lines)


def one_table_each() -> str:
    """A table for each question, named by its heading."""
    return "".join(
        f"=== {topic} ===\n"
        + rows(
            "! Answer !! Votes !! Share",
            *(f"| {step} || {count} || {percent(count, row)}" for step, count in zip(STEPS, row, strict=True)),
            f"! Total\n| {sum(row)} || 100%",
        )
        for topic, row in zip(TOPICS, RATED, strict=True)
    )


RATINGS = [across, from_the_other_end, down, one_table_each]


def rates(counted: PollFigures) -> dict[str, tuple[int, int, int, int]]:
    return {
        each.question.title("en"): (
            each.agreement.numerator,
            each.agreement.denominator,
            each.mean.total,
            each.mean.answers,
        )
        for result in counted.polls
        for each in result.questions
    }


@pytest.mark.parametrize("polls", [SCALE, ()], ids=["with-settings", "without"])
@pytest.mark.parametrize("layout", RATINGS)
def test_the_eight_rates_come_out(layout: Callable[[], str], polls: tuple[Poll, ...]) -> None:
    counted = count_polls(read(layout(), several=polls), polls)
    assert counted.problems == ()
    assert rates(counted) == dict(zip(TOPICS, RATES, strict=True))
