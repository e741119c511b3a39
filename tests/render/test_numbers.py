"""Numbers, shares, dates and lists of names, the way each language writes them."""

import re
from datetime import UTC, datetime

import pytest

from bot import i18n, wikis
from bot.model import Need, Place, Problem
from bot.render import numbers
from bot.render.labels import Labels
from bot.render.view import View
from bot.render.wikitext import Wikitext

NUMBERS = {
    "en": "1,234,567",
    "de": "1.234.567",
    "fa": "۱٬۲۳۴٬۵۶۷",
    "bn": "১২,৩৪,৫৬৭",
}


@pytest.mark.parametrize(("code", "expected"), NUMBERS.items(), ids=NUMBERS.keys())
def test_number(code: str, expected: str) -> None:
    assert numbers.number(1_234_567, code) == expected


def digits_of_wikis() -> dict[str, str]:
    profiles = [wikis.profile(code) for code in wikis.known()]
    written_0_to_9 = {"ar", "hi"}  # CLDR's default there, as on the Arabic and Hindi wikis themselves
    known = [each for each in profiles if each.digits and each.id == each.language]
    return {each.id: each.digits for each in known if each.id not in written_0_to_9}


@pytest.mark.parametrize(("code", "digits"), digits_of_wikis().items(), ids=digits_of_wikis().keys())
def test_digits_are_those_that_mediawiki_writes_in_the_language(code: str, digits: str) -> None:
    assert numbers.number(9, code) == digits[9]
    assert re.sub(r"\D", "", numbers.number(1_234_567, code)) == digits[1:8]
    assert digits[5] in numbers.percent(0.5, code)


def test_shares_have_as_many_digits_as_asked_for() -> None:
    assert numbers.percent(0.8727, "en") == "87%"
    assert numbers.percent(0.8727, "en", 1) == "87.3%"
    assert numbers.percent(0.8727, "de", 2).replace("\u00a0", "") == "87,27%"
    assert numbers.percent(0, "en") == "0%"


def test_dates_have_the_months_of_the_language() -> None:
    when = datetime(2022, 3, 6, 9, 7, tzinfo=UTC)
    assert "mars" in numbers.date(when, "fr")
    assert numbers.moment(when, "en") == "6 March 2022, 09:07 UTC"


def test_names_are_listed_with_the_word_for_and() -> None:
    assert numbers.enumeration([], "en") == ""
    assert numbers.enumeration(["a"], "en") == "a"
    assert numbers.enumeration(["a", "b"], "fr") == "a et b"
    assert numbers.enumeration(["a", "b", "c"], "de") == "a, b und c"


@pytest.mark.parametrize(
    "code", ["als", "roa-rup", "zh-classical", "simple", "be-x-old", "xx", "", "en-x-odd", "x" * 300]
)
def test_any_code_that_a_wiki_may_use_has_some_locale(code: str) -> None:
    assert numbers.number(5, code) == "5"
    assert numbers.direction(code) in ("ltr", "rtl")


def test_directions() -> None:
    assert [numbers.direction(code) for code in ("ar", "fa", "he", "ckb", "ps", "en", "hi")] == ["rtl"] * 5 + [
        "ltr"
    ] * 2


@pytest.mark.parametrize("code", i18n.known())
def test_plural_forms_stay_within_those_given(code: str) -> None:
    for count in (0, 1, 2, 3, 5, 7, 11, 21, 100, 101, 1_000_000):
        for forms in (1, 2, 3, 6):
            assert 0 <= numbers.plural_index(count, forms, code) < forms


# What templates may use.


def view(code: str = "en") -> View:
    return View(Labels(code))


def test_names_keep_their_direction_to_themselves() -> None:
    assert view().names(["Alpha", "ألفا", "Beta"]) == "<bdi>Alpha</bdi>, <bdi>ألفا</bdi>, and <bdi>Beta</bdi>"
    shown = view("ar").names(["Alpha", "ألفا"])
    assert shown.count("<bdi>") == shown.count("</bdi>") == 2
    assert shown.index("Alpha") < shown.index("ألفا")


def test_names_of_nobody() -> None:
    assert view().names([]) == ""


def test_names_are_escaped_once_and_wikitext_stays() -> None:
    assert view().names(["a|b", Wikitext("[[c]]")]) == "<bdi>a&#124;b</bdi> and [[c]]"


def test_no_name_can_stand_for_another_one() -> None:
    """Private characters in a title are a stranger's words like any other, and cannot make a page explode."""
    odd = ["\ue0001\ue001" * 3, "\ue0002\ue001" * 3, "end"]
    shown = view().names(odd)
    assert shown.count("<bdi>") == 3
    assert shown.count("end") == 1


def test_more_than_ten_names_are_each_in_their_place() -> None:
    names = [f"g{number}" for number in range(25)]
    assert re.findall(r"g\d+", view().names(names)) == names


def test_directions_of_a_view() -> None:
    assert (view("ar").direction, view("ar").start) == ("rtl", "right")
    assert (view("en").direction, view("en").start) == ("ltr", "left")


PLACE = Place(title="Notes/A", revid=7, line=3, section="Skills & more")


def test_a_place_links_to_the_exact_revision_and_section() -> None:
    assert view().at(PLACE, "x").startswith("[[Special:PermanentLink/7#Skills &#38; more|")
    assert view().at(Place(title="Notes/A", revid=0, line=1), "x").startswith("[[:Notes")


def test_a_tick_tells_a_screen_reader_what_it_stands_for() -> None:
    shown = view().tick(PLACE, 'Alpha "names" Skills')
    assert 'aria-label="Alpha &#34;names&#34; Skills"' in shown
    assert 'role="img"' in shown
    assert shown.startswith("[[Special:PermanentLink/7#")


def test_groups_are_linked_to_where_they_name_a_need() -> None:
    need = Need(group="Alpha", theme="skills", kind="need", text="x", place=PLACE)
    assert view().links([need]) == [view().at(PLACE, Wikitext("<bdi>Alpha</bdi>"))]


def test_a_problem_leads_to_its_line() -> None:
    shown = view().where(Problem(place=PLACE, message="unknown-need"))
    assert "Special:PermanentLink/7#" in shown
    assert "3" in shown
