"""What holds of the questions of every page: nothing raises, each is where it says, and each asks something."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.parse.wording import is_same, likeness, tokens, wordings
from tests.questions.reading import Runs as Register
from tests.questions.reading import ids, read

PIECES = [
    "Who pays?", "who decides", "Où est le siège ?", "¿Quién paga?", "من يدفع؟", "谁付钱？", "誰が払うのですか。",
    "Ո՞վ է։",
    "Ποιος πληρώνει;", "Open question:", "Open questions:", "Offene Fragen:", "Q:", "A:", "Response:", "== ", " ==",
    "* ", "** ", "*: ", "; ", ": ", "\n", "\n\n", "{|", "|-", "| ", "! ", "|}", "[[", "]]", "{{open question|", "}}",
    "<s>", "</s>", "<!--", "-->", "<nowiki>", "</nowiki>", "'''", "“", "”", "«", "»", "(", ")", "?", "!", ".", "…",
    "right?", "Nobody.", "→ yes", "-- Ada 10:00\n", "-- Bob 11:00\n", "https://example.org/?a=b", "&nbsp;", "\u200f",
]  # fmt: skip
PAGES = st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join)


@settings(deadline=None, max_examples=150)
@given(PAGES)
@example("Who pays? Open question: |} ?")
def test_any_page_is_read(page: str) -> None:
    for asked in read(page).asked:
        assert any(map(str.isalnum, asked.question)), page
        assert 1 <= asked.place.line <= page.count("\n") + 1
        assert all(1 <= answer.place.line <= page.count("\n") + 1 for answer in asked.answers)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 999), min_size=1, max_size=12, unique=True), st.data())
def test_each_line_holds_the_first_words_of_its_question(numbers: list[int], choose: st.DataObject) -> None:
    frames = [
        "* Q: {}",
        "{}",
        "* {}",
        "== Open question: {} ==",
        "Well. {} -- Ada 10:00",
        "{{| \n! Question\n|-\n| {}\n|}}",
    ]
    between = st.sampled_from(["\n", "\n\n", "\nWords.\n\n"])
    questions = [f"Who pays for room {number}?" for number in numbers]
    page = "".join(choose.draw(st.sampled_from(frames)).format(each) + choose.draw(between) for each in questions)
    lines = page.split("\n")
    found = read(page).asked
    assert [asked.question for asked in found] == questions
    assert all(asked.question in lines[asked.place.line - 1] for asked in found)


@settings(deadline=None, max_examples=60)
@given(PAGES, PAGES, st.booleans())
def test_ids_are_given_once_and_stay(one: str, other: str, is_turned: bool) -> None:
    kept = Register()
    readings = [read(one, "One"), read(other, "Other")]
    first = kept.run(*readings)
    assert len({entry.number for entry in first.entries}) == len(first.entries)
    again = kept.run(*(reversed(readings) if is_turned else readings))
    known = {asked.question: entry.id for entry in first.entries for asked in entry.asked}
    assert {asked.question: entry.id for entry in again.entries for asked in entry.asked} == known
    assert ids(again).keys() == ids(first).keys()


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(PIECES[:8]), min_size=1, max_size=3).map(" ".join), st.text(max_size=40))
def test_likeness_is_the_same_both_ways(one: str, other: str) -> None:
    here, there = wordings().of(one), wordings().of(f"{other}?")
    assert likeness(here, there) == likeness(there, here)
    assert is_same(here, there) == is_same(there, here)
    assert likeness(here, here) == 1.0
    assert tokens(one) == tokens(one.upper()) or not one.isascii()
