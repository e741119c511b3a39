"""Small counts are kept back so that no reader can work them out, however well they can reckon."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from bot.analyze.disclosure import SMALL, SMALLEST, WITHHELD, Protected, Table, protect
from bot.analyze.poll_figures import Guarded
from bot.analyze.polls import count_polls
from bot.reports import polls as report
from tests.polls.consultation import FIRST, FIT, REGION, REGIONS, made, read

NARROW = 0.5
TOTAL = -1


def ranges(published: Protected, table: Table) -> list[tuple[float, float]]:
    """Return what a reader can work out of each count that is kept back, by linear programming.

    The reader knows every count that is shown, the total of each column (the answers to the question, which stand in
    the report), that "<5" is 0 to 4, and that what is withheld is 5 or more.
    """
    rows, columns = range(len(table)), range(len(table[0]))
    shown = {(row, column): published.cells[row][column] for row in rows for column in columns}
    shown |= {(row, TOTAL): published.totals[row] for row in rows}
    unknown = [place for place, each in shown.items() if each.mark]
    sums = [({(row, column): 1 for column in columns} | {(row, TOTAL): -1}, 0) for row in rows]
    sums += [({(row, column): 1 for row in rows}, sum(line[column] for line in table)) for column in columns]
    equations = [[weights.get(place, 0) for place in unknown] for weights, _ in sums]
    known = [right - sum(weight * shown[place].count for place, weight in weights.items()) for weights, right in sums]
    bounds = [(0, SMALLEST - 1) if shown[place].mark == SMALL else (SMALLEST, None) for place in unknown]

    def least(sign: int, place: tuple[int, int]) -> float:
        found = linprog([sign * (other == place) for other in unknown], A_eq=equations, b_eq=known, bounds=bounds)
        assert found.status in (0, 3)  # 3: no limit, as for a count that is withheld
        return float(found.fun) if found.status == 0 else -1_000_000.0

    return [(least(1, place), -least(-1, place)) for place in unknown]


tables = st.integers(2, 5).flatmap(
    lambda columns: st.lists(
        st.lists(st.integers(0, 14), min_size=columns, max_size=columns).map(tuple), min_size=2, max_size=5
    ).map(tuple)
)


@settings(max_examples=60, deadline=None)
@given(tables)
def test_nothing_that_is_kept_back_can_be_worked_out(table: Table) -> None:
    published = protect([table])[0]
    if published.is_shown:
        assert all(upper - lower > NARROW for lower, upper in ranges(published, table)), published


@settings(max_examples=60, deadline=None)
@given(tables)
def test_every_small_count_is_kept_back_and_every_other_one_shown_as_it_is(table: Table) -> None:
    published = protect([table])[0]
    if not published.is_shown:
        return
    for row, line in zip(published.cells, table, strict=True):
        for column, (cell, count) in enumerate(zip(row, line, strict=True)):
            has_answers = any(other[column] for other in table)
            assert cell.mark == SMALL if count < SMALLEST and has_answers else cell.mark in ("", WITHHELD)
            assert cell.count == (0 if cell.mark else count)


def test_the_reckoning_of_the_test_finds_a_cell_that_is_badly_kept() -> None:
    """One small cell alone is told by the totals: the attack must see that, or it would prove nothing."""
    small = Guarded(count=0, mark=SMALL)
    badly = Protected(
        cells=((small, Guarded(count=9)), (Guarded(count=8), Guarded(count=7))),
        totals=(Guarded(count=12), Guarded(count=15)),
    )
    assert ranges(badly, ((3, 9), (8, 7))) == [(3.0, 3.0)]


def test_a_small_cell_takes_others_with_it() -> None:
    table = ((3, 9), (8, 7))
    published = protect([table])[0]
    marks = [each.mark for row in published.cells for each in row] + [each.mark for each in published.totals]
    assert marks.count(SMALL) == 1
    assert marks.count(WITHHELD) >= 2
    assert all(upper - lower > NARROW for lower, upper in ranges(published, table))


def test_two_small_cells_that_add_up_to_nothing_are_not_shown_as_such() -> None:
    table = ((0, 0, 9), (9, 9, 9), (9, 9, 9))
    assert all(upper - lower > NARROW for lower, upper in ranges(protect([table])[0], table))


def test_a_table_without_small_counts_is_shown_whole() -> None:
    published = protect([((5, 6), (7, 8))])[0]
    assert [[cell.count for cell in row] for row in published.cells] == [[5, 6], [7, 8]]
    assert [total.count for total in published.totals] == [11, 15]


def test_one_row_is_never_shown() -> None:
    assert not protect([((20, 30),)])[0].is_shown


def test_an_answer_that_nobody_gave_is_shown_as_such() -> None:
    published = protect([((9, 0), (8, 0))])[0]
    assert [[cell.count for cell in row] for row in published.cells] == [[9, 0], [8, 0]]


def test_totals_that_are_kept_back_in_one_question_are_in_all() -> None:
    """The same people answered both questions: one table must not tell what the other one keeps."""
    several = protect([((2, 1), (20, 20), (30, 30)), ((6, 7), (20, 20), (30, 30))])
    hidden = [{row for row, total in enumerate(each.totals) if total.mark} for each in several]
    assert hidden[0] == hidden[1]
    assert 0 in hidden[0]


def survey(*rows: tuple[str, str]) -> str:
    return "\n".join(["Your region,Knowledge", *(f"{region},{answer}" for region, answer in rows)])


def test_a_question_under_ten_answers_is_not_broken_down() -> None:
    few = survey(*[("North", "Must have")] * 5, *[("South", "Nice to have")] * 4)
    polls = made(FIRST)
    counted = count_polls(read(few, "First poll.csv", polls), polls)
    broken = counted.polls[0].questions[0].broken_down[0]
    assert broken.is_small
    assert broken.rows == ()


@pytest.mark.parametrize("unknown", ["", "Mars"])
def test_people_who_did_not_say_have_a_row_so_that_they_are_not_the_difference(unknown: str) -> None:
    many = survey(*[("North", "Must have")] * 8, *[("South", "Must have")] * 8, (unknown, "Nice to have"))
    polls = made(FIRST)
    counted = count_polls(read(many, "First poll.csv", polls), polls)
    shown = report.as_json(counted, "en")["polls"][0]["breakdowns"]["region"]
    assert shown[""]["n"] == "<5"
    assert "withheld" in {shown["north"]["n"], shown["south"]["n"]}
    assert '"1"' not in repr(shown).replace("'", '"')


def test_two_polls_of_one_survey_do_not_tell_of_each_other() -> None:
    """North is small among those who answered the one poll, and must not be read off the other one's table."""
    rows = [("North", "Must have", "Agree")] * 4 + [("North", "", "Agree")] * 3
    rows += [("South", "Must have", "Agree")] * 12 + [("West", "Must have", "Disagree")] * 11
    text = "\n".join(["Your region,First poll [Knowledge],Agreement [Knowledge]", *map(",".join, rows)])
    region = {**REGION, "values": [*REGIONS, {"id": "west", "title": {"en": "West"}}]}
    polls = made({**FIRST, "breakdowns": [region]}, {**FIT, "breakdowns": [region]})
    counted = count_polls(read(text, "Form.csv", polls), polls)
    shown = [each["breakdowns"]["region"] for each in report.as_json(counted, "en")["polls"]]
    hidden = [{row for row, cells in table.items() if not isinstance(cells["n"], int)} for table in shown]
    assert hidden[0] == hidden[1]
    assert "north" in hidden[0]
