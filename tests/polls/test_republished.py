"""What two publications one after the other tell, and two breakdowns of the same people."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.analyze.disclosure import SMALLEST
from bot.analyze.poll_figures import BrokenDown, PollFigures
from bot.analyze.polls import count_polls
from bot.analyze.republished import published, written
from bot.parse.poll_values import Poll
from tests.polls.consultation import FIRST, REGION, REGIONS, made, read

LANGUAGES = [
    {"id": "fr", "title": {"en": "French"}},
    {"id": "pt", "title": {"en": "Portuguese"}},
    {"id": "other", "title": {"en": "Other"}},
]
LANGUAGE = {"id": "language", "title": {"en": "Language"}, "columns": ["Your language"], "values": LANGUAGES}
POLLS = made(FIRST)
Row = tuple[str, str]


def counted(rows: list[Row], before: str = "", polls: tuple[Poll, ...] = POLLS) -> PollFigures:
    text = "\n".join(["Your region,Knowledge", *(f"{region},{answer}" for region, answer in rows)])
    return count_polls(read(text, "First poll.csv", polls), polls, before)


def broken(figures: PollFigures) -> BrokenDown:
    return figures.polls[0].questions[0].broken_down[0]


def report(figures: PollFigures) -> str:
    return f'{{| data-counts="{written("first", "knowledge", broken(figures))}"'


def shown(figures: PollFigures) -> dict[tuple[str, int], int]:
    """Return every count that a reader sees, by row and column."""
    return {
        (value.id, at): guarded.count
        for value, total, cells in broken(figures).rows
        for at, guarded in enumerate((total, *cells))
        if not guarded.mark
    }


MANY: list[Row] = [("North", "Must have")] * 8 + [("North", "Nice to have")] * 7
MANY += [("South", "Must have")] * 9 + [("South", "Nice to have")] * 6


def test_what_is_shown_can_be_read_back() -> None:
    figures = counted(MANY)
    before = published(report(figures))["first", "knowledge", "region"]
    assert {id_: counts[0].count for id_, counts in before.items()} == {"north": 15, "south": 15}
    assert before["north"] == (broken(figures).rows[0][1], *broken(figures).rows[0][2])


@pytest.mark.parametrize(
    "text", ["", 'data-counts=""', 'data-counts="a b c north=x"', 'data-counts="a"', 'data-counts="a b c x=1,2 y"']
)
def test_what_is_not_written_so_is_left_out(text: str) -> None:
    assert published(text) == {}


def test_one_person_more_is_not_told_by_the_difference() -> None:
    first = counted(MANY)
    second = counted([*MANY, ("North", "Must have")], report(first))
    assert broken(second).is_held
    assert shown(second) == shown(first)
    assert second.polls[0].questions[0].n == 31


def test_one_person_fewer_is_not_told_either() -> None:
    first = counted(MANY)
    assert broken(counted(MANY[1:], report(first))).is_held


def test_enough_people_more_are_shown() -> None:
    first = counted(MANY)
    second = counted([*MANY, *[("North", "Must have")] * 5], report(first))
    assert not broken(second).is_held
    assert shown(second)["north", 0] == 20


def test_nothing_new_is_shown_as_it_was() -> None:
    first = counted(MANY)
    assert broken(counted(MANY, report(first))) == broken(first)


def test_other_settings_are_shown_anew() -> None:
    """Counts of another set of values are no counts of these."""
    first = counted(MANY)
    polls = made(
        {**FIRST, "breakdowns": [{**REGION, "values": [*REGIONS[:1], {"id": "west", "title": {"en": "South"}}]}]}
    )
    second = counted([*MANY, ("North", "Must have")], report(first), polls)
    assert not broken(second).is_held


rows = st.tuples(st.sampled_from(["North", "South", ""]), st.sampled_from(["Must have", "Nice to have", "Not sure"]))


@settings(max_examples=40, deadline=None)
@given(st.lists(rows, min_size=10, max_size=60), st.lists(st.lists(rows, max_size=6), max_size=4))
def test_no_count_that_is_shown_twice_changes_by_a_few(start: list[Row], later: list[list[Row]]) -> None:
    before = counted(start)
    everyone = list(start)
    for several in later:
        everyone += several
        after = counted(everyone, report(before))
        changes = [shown(after)[place] - count for place, count in shown(before).items() if place in shown(after)]
        assert not [change for change in changes if 0 < abs(change) < SMALLEST]
        before = after


def twice(*people: tuple[str, str, str, int]) -> list[BrokenDown]:
    lines = [f"{region},{language},{answer}" for region, language, answer, count in people for _ in range(count)]
    polls = made({**FIRST, "breakdowns": [REGION, LANGUAGE]})
    text = "\n".join(["Your region,Your language,Knowledge", *lines])
    counted = count_polls(read(text, "First poll.csv", polls), polls)
    return list(counted.polls[0].questions[0].broken_down)


def test_a_trait_within_another_one_is_not_broken_down_where_it_would_tell() -> None:
    """North is French and Portuguese: North less French gives the three of them, which the table keeps back."""
    region, language = twice(
        ("North", "fr", "Must have", 9),
        ("North", "pt", "Must have", 3),
        ("South", "other", "Must have", 9),
        ("North", "fr", "Nice to have", 8),
        ("South", "other", "Nice to have", 9),
    )
    assert region.rows
    assert language.rows == ()


def test_traits_that_cross_are_both_broken_down() -> None:
    region, language = twice(
        ("North", "fr", "Must have", 6),
        ("North", "pt", "Must have", 3),
        ("South", "fr", "Must have", 5),
        ("South", "pt", "Must have", 9),
        ("North", "other", "Nice to have", 8),
        ("South", "other", "Nice to have", 9),
    )
    assert region.rows
    assert language.rows


def test_a_trait_within_another_one_is_broken_down_where_nothing_is_kept_back() -> None:
    region, language = twice(
        ("North", "fr", "Must have", 9),
        ("North", "pt", "Must have", 8),
        ("South", "other", "Must have", 9),
        ("North", "fr", "Nice to have", 8),
        ("North", "pt", "Nice to have", 8),
        ("South", "other", "Nice to have", 9),
    )
    assert region.rows
    assert language.rows
