"""The id of a question stays, however its page, its section, its place or its words change, and is no other one's."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.questions import PARKED
from tests.questions.reading import Runs, ids, read

ASKED = (
    "Who pays for the rooms?",
    "Should there be one hub?",
    "Who trains the trainers?",
    "How long may a hub live?",
)
SECTION = "== Open questions ==\n"


def listed(*questions: str) -> str:
    return SECTION + "".join(f"* {question}\n" for question in questions)


def numbered(runs: Runs, *pages: str, title: str = "Page") -> dict[str, str]:
    """Run with these pages and return the ids by their questions."""
    titles = [title, *(f"Further page {at}" for at in range(1, len(pages)))]
    kept = runs.run(*(read(page, named) for page, named in zip(pages, titles, strict=True)))
    return {question: id_ for id_, question in ids(kept).items()}


@pytest.fixture
def runs() -> Runs:
    """Return a register in which four questions have their ids."""
    runs = Runs()
    assert list(numbered(runs, listed(*ASKED)).values()) == ["Q1", "Q2", "Q3", "Q4"]
    return runs


@settings(deadline=None, max_examples=30)
@given(st.permutations(ASKED))
def test_another_order_keeps_ids(order: list[str]) -> None:
    runs = Runs()
    before = numbered(runs, listed(*ASKED))
    assert numbered(runs, listed(*order)) == before


@settings(deadline=None, max_examples=30)
@given(st.permutations(range(4)))
def test_another_order_of_sources_keeps_ids(order: list[int]) -> None:
    runs = Runs()
    pages = [read(listed(question), f"Page {at}") for at, question in enumerate(ASKED)]
    before = ids(runs.run(*pages))
    assert ids(runs.run(*(pages[at] for at in order))) == before
    assert sorted(before) == ["Q1", "Q2", "Q3", "Q4"]


def test_two_questions_that_change_places_keep_ids(runs: Runs) -> None:
    one, two, three, four = ASKED
    assert numbered(runs, listed(three, two, one, four))[three] == "Q3"


def test_another_name_of_the_section_keeps_ids(runs: Runs) -> None:
    before = numbered(runs, listed(*ASKED))
    renamed = listed(*ASKED).replace(SECTION, "== Still to be answered ==\n")
    assert numbered(runs, renamed) == before


def test_a_move_keeps_ids_whether_a_redirect_is_left_or_not(runs: Runs) -> None:
    before = numbered(runs, listed(*ASKED))
    assert numbered(runs, listed(*ASKED), title="New name") == before
    assert numbered(runs, "#REDIRECT [[Newer name]]", listed(*ASKED)) == before


def test_a_move_with_other_words_and_another_order_keeps_ids(runs: Runs) -> None:
    moved = "== Left over ==\n* And who will train the trainers?\n* Who pays for rooms?\n"
    assert numbered(runs, moved, title="New name") == {
        "And who will train the trainers?": "Q3",
        "Who pays for rooms?": "Q1",
    }


def test_a_further_page_adds_a_place_and_no_id(runs: Runs) -> None:
    kept = runs.run(read(listed(*ASKED)), read("Who will pay for the rooms? -- Ada 10:00", "Talk:Page"))
    assert len(kept.entries) == 4
    assert [each.times for each in kept.entries] == [2, 1, 1, 1]


def test_a_question_that_comes_back_in_other_words_is_the_old_one(runs: Runs) -> None:
    runs.write("state-Q3", "parked")
    assert "Q3" not in ids(runs.run(read(listed(*ASKED[:2]))))
    kept = runs.run(read(listed(*ASKED[:2], "Who is training the trainers?", "Who sings?")))
    assert ids(kept)["Q3"] == "Who is training the trainers?"
    assert ids(kept)["Q5"] == "Who sings?"
    assert [each.id for each in kept.in_state(PARKED)] == ["Q3"]


@pytest.mark.parametrize("code", ["fr", "ar", "ja"])
def test_a_register_in_another_language_is_the_same_register(code: str) -> None:
    runs = Runs(languages=[code], reports=[{"report": "register", "page": f"Out/Register/{code}", "create": True}])
    first = runs.run(read(listed(*ASKED)))
    runs.body = runs.written(first, code)
    runs.write("state-Q2", "parked")
    again = runs.run(read(listed(*reversed(ASKED))))
    assert ids(again) == ids(first)
    assert [each.id for each in again.in_state(PARKED)] == ["Q2"]


def test_slow_change_keeps_the_id_to_the_end() -> None:
    runs = Runs()
    for asked in (
        "Who pays for the rooms of the regional hubs?",
        "Who is to pay for rooms of regional hubs?",
        "Who will pay for the meeting rooms of regional hubs?",
        "Who pays the rent of meeting rooms of regional hubs?",
        "Who covers the rent of the meeting rooms of regional hubs?",
    ):
        assert numbered(runs, listed(asked)) == {asked: "Q1"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Who pays for the rooms?", "Who will cover the cost of our rooms?"),
        ("What is the value of a hub?", "Which value, exactly, does it bring to have a hub?"),
        ("How will hubs be funded?", "How will funding of the hubs be organised?"),
        ("Wer bezahlt die Räume?", "Wer übernimmt die Kosten der Räume?"),
    ],
)
def test_in_the_same_signed_comment_more_may_change(old: str, new: str) -> None:
    runs = Runs()
    numbered(runs, f"== Money ==\nHello. {old} -- Ada 10:00")
    assert numbered(runs, f"== Funds ==\nHello all. {new} -- Ada 10:00", title="Moved") == {new: "Q1"}


def test_a_long_question_may_change_more_in_its_section() -> None:
    runs = Runs()
    old = "How do small communities without staff take part in the governance of a regional hub?"
    new = "How can small communities without staff take a seat in the board of a regional hub?"
    numbered(runs, listed(old))
    assert numbered(runs, listed(new)) == {new: "Q1"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Should there be one hub for Africa?", "Should there be two hubs for Africa?"),
        ("Can a small hub leave the network?", "Can a small hub not leave the network?"),
        ("Who pays for the meeting rooms?", "When do we pay for the meeting rooms?"),
        ("Why are the meeting rooms closed?", "When are the meeting rooms closed?"),
        ("Does the hub in Berlin pay for travel?", "Does the hub in Nairobi pay for travel?"),
        ("Will WMF pay for the travel of trainers?", "Will WMDE pay for the travel of trainers?"),
        ("Is the 2nd round of grants open to hubs?", "Is the 3rd round of grants open to hubs?"),
        ("Which hubs will be funded this year?", "Will hubs be funded this year?"),
        ("Кто платит за поездки в Киев?", "Кто платит за поездки в Минск?"),
    ],
)
def test_what_asks_for_something_else_is_another_question_even_there(old: str, new: str) -> None:
    for page in ("Hello. {} -- Ada 10:00", f"{SECTION}* {{}}\n"):
        runs = Runs()
        numbered(runs, page.format(old))
        assert numbered(runs, page.format(new)) == {new: "Q2"}


def test_one_comment_with_several_questions_keeps_each_of_them() -> None:
    runs = Runs()
    page = "Who pays for the rooms? Who trains our trainers? And when do we meet again? -- Ada 10:00"
    numbered(runs, page)
    changed = "When is it that we meet? Who pays the rent of the rooms? Who teaches our new trainers? -- Ada 10:00"
    assert numbered(runs, changed) == {
        "Who pays the rent of the rooms?": "Q1",
        "Who teaches our new trainers?": "Q2",
        "When is it that we meet?": "Q3",
    }


@settings(deadline=None, max_examples=30)
@given(st.lists(st.sampled_from(ASKED), unique=True), st.lists(st.sampled_from(ASKED), unique=True))
def test_an_id_belongs_to_one_question_for_ever(first: list[str], then: list[str]) -> None:
    runs = Runs()
    seen: dict[str, str] = {}
    for asked in (first, then, first):
        for question, id_ in numbered(runs, listed(*asked)).items():
            assert seen.setdefault(question, id_) == id_
    assert len(set(seen.values())) == len(seen)
