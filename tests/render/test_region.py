"""The one part of a page that belongs to the bot: found once and in order, or not at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.render.region import MarkerFault, Region, digest, fields, find, normalised, replaced, with_fields, wrapped
from tests.parse.test_needs import PAGES

BEGIN, END = "<!-- dialoguebot:begin needs -->", "<!-- dialoguebot:end needs -->"


def region(wikitext: str, name: str = "needs") -> Region:
    found = find(wikitext, name)
    assert isinstance(found, Region), found
    return found


def test_a_region_is_what_stands_between_its_markers() -> None:
    found = region(f"a\n{BEGIN}\nb\n{END}\nc")
    assert (found.before, found.body, found.after, found.hash) == ("a\n", "b", "\nc", "")


def test_what_was_written_is_found_again_untouched() -> None:
    page = f"a\n{wrapped('needs', 'b')}\nc"
    found = region(page)
    assert found.body == "b"
    assert found.is_untouched
    assert replaced(found, "needs", "b") == page


def test_a_persons_letter_inside_is_seen() -> None:
    assert not region(wrapped("needs", "b").replace("\nb\n", "\nb!\n")).is_untouched
    assert not region(f"{BEGIN}\nb\n{END}").is_untouched


def test_an_emptied_region_may_be_written_anew() -> None:
    assert region(wrapped("needs", "b").replace("\nb\n", "\n\n")).is_untouched


FAULTS = {
    "nothing": ("a", ["begin needs", "missing"]),
    "begin-missing": (f"a\n{END}", ["begin needs", "missing"]),
    "end-missing": (f"{BEGIN}\na", ["end needs", "missing"]),
    "begin-doubled": (f"{BEGIN}\n{BEGIN}\n{END}", ["begin needs", "1 and 2"]),
    "end-doubled": (f"{BEGIN}\n{END}\na\n{END}", ["end needs", "2 and 4"]),
    "swapped": (f"a\n{END}\n{BEGIN}", ["line 2", "line 3"]),
    "another-begins-inside": (f"{BEGIN}\n<!-- dialoguebot:begin poll -->\n{END}", ["poll", "line 2"]),
    "another-ends-inside": (f"{BEGIN}\na\n<!-- dialoguebot:end poll -->\n{END}", ["poll", "line 3"]),
    "in-nowiki": (f"<nowiki>{BEGIN}\n{END}</nowiki>", ["begin needs", "missing"]),
    "in-pre": (f"<pre>\n{BEGIN}\n{END}\n</pre>", ["begin needs", "missing"]),
    "in-another-comment": (f"<!-- like this: {BEGIN} -->\n{END}", ["begin needs", "missing"]),
    "of-another-name": ("<!-- dialoguebot:begin poll -->\n<!-- dialoguebot:end poll -->", ["begin needs", "missing"]),
    "of-a-longer-name": ("<!-- dialoguebot:begin needs-x -->\n<!-- dialoguebot:end needs-x -->", ["missing"]),
    "end-in-nowiki": (f"{BEGIN}\n<nowiki>{END}</nowiki>", ["end needs", "missing"]),
}


@pytest.mark.parametrize(("wikitext", "said"), FAULTS.values(), ids=FAULTS.keys())
def test_markers_that_cannot_be_used_are_named_with_their_lines(wikitext: str, said: list[str]) -> None:
    found = find(wikitext, "needs")
    assert isinstance(found, MarkerFault)
    assert all(each in found.text for each in said), found.text


def test_markers_in_nowiki_beside_the_real_ones_are_text() -> None:
    assert region(f"<nowiki>{BEGIN}{END}</nowiki>\n{BEGIN}\na\n{END}").body == "a"


def test_two_regions_stand_side_by_side() -> None:
    page = f"{wrapped('needs', 'a')}\n{wrapped('poll', 'b')}"
    assert region(page, "needs").body == "a"
    assert region(page, "poll").body == "b"


def test_spaces_inside_a_marker_do_not_matter() -> None:
    assert region("<!--dialoguebot:begin needs-->\na\n<!--   dialoguebot:end   needs   -->").body == "a"


HASHES = {
    "windows-line-ends": ("a\r\nb", "a\nb"),
    "decomposed-letters": ("e\u0301", "é"),
    "blank-lines-around": ("\n\na\n\n", "a"),
}


@pytest.mark.parametrize(("one", "other"), HASHES.values(), ids=HASHES.keys())
def test_a_hash_is_that_of_what_a_wiki_stores(one: str, other: str) -> None:
    assert digest(one) == digest(other)
    assert wrapped("needs", one) == wrapped("needs", other)


def test_hashes_of_other_words_differ() -> None:
    several = ["", "a", "A", "a ", " a", "a\n\nb", "a\nb", "\ud800"]
    assert len({digest(each) for each in several}) == len(several)


@settings(max_examples=200, deadline=None)
@given(before=PAGES, body=st.text(max_size=80), after=PAGES)
def test_whatever_stands_around_a_region_survives(before: str, body: str, after: str) -> None:
    page = f"{before}\n{wrapped('needs', 'old')}\n{after}"
    found = find(page, "needs")
    if isinstance(found, MarkerFault) or not found.is_untouched:
        return  # the words around hide a marker or hold another one, and the page is refused
    new = replaced(found, "needs", body)
    assert new.startswith(found.before)
    assert new.endswith(found.after)
    assert page.startswith(found.before)
    assert page.endswith(found.after)
    assert normalised(body) in new


ROW = "| Q1 || open || <!-- yours:state-Q1 --><!-- /yours -->"


def test_what_a_person_writes_into_a_field_is_no_edit_of_the_bots_words() -> None:
    page = wrapped("needs", ROW).replace("--><!-- /yours", "-->parked, see [[Talk:A]]<!-- /yours")
    assert region(page).is_untouched
    assert fields(region(page).body) == {"state-Q1": "parked, see [[Talk:A]]"}


def test_a_word_beside_a_field_is_a_persons_edit() -> None:
    assert not region(wrapped("needs", ROW).replace("open", "parked")).is_untouched
    assert not region(wrapped("needs", ROW).replace("<!-- /yours -->", "")).is_untouched


def test_fields_are_carried_into_a_new_text_and_need_no_new_hash() -> None:
    filled = with_fields(ROW, {"state-Q1": "parked <s>not</s>", "state-Q2": "gone"})
    assert filled == ROW.replace("--><!-- /yours", "-->parked <s>not</s><!-- /yours")
    assert digest(filled) == digest(ROW)


def test_a_field_never_reaches_over_another_comment() -> None:
    unclosed = "<!-- yours:a -->one\n<!-- yours:b -->two<!-- /yours -->"
    assert fields(unclosed) == {"b": "two"}
