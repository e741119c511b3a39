"""Labels: parameters, plurals of every kind, and what translators or strangers may write into them."""

import pytest

from bot import i18n
from bot.model import Place, Problem
from bot.render.labels import Labels
from bot.render.wikitext import Wikitext


def text(message: str, *arguments: int | float | str, code: str = "en") -> str:
    return Labels(code, {"key": message}).text("key", *arguments)


def wikitext(message: str, *arguments: int | float | str) -> str:
    return Labels("en", {"key": message})("key", *arguments)


PLURALS = {
    "en": ("one|many", {0: "many", 1: "one", 2: "many", 11: "many"}),
    "fr": ("one|many", {0: "one", 1: "one", 2: "many", 1_000_000: "many"}),
    "pl": ("one|few|many", {1: "one", 2: "few", 5: "many", 12: "many", 22: "few", 112: "many"}),
    "ru": ("one|few|many", {1: "one", 3: "few", 5: "many", 11: "many", 21: "one", 111: "many"}),
    "ar": (
        "zero|one|two|few|many|other",
        {0: "zero", 1: "one", 2: "two", 3: "few", 10: "few", 11: "many", 99: "many", 100: "other", 103: "few"},
    ),
    "ja": ("all", {0: "all", 1: "all", 7: "all"}),
}


@pytest.mark.parametrize(
    ("code", "forms", "count", "expected"),
    [(code, forms, count, form) for code, (forms, counts) in PLURALS.items() for count, form in counts.items()],
)
def test_plural(code: str, forms: str, count: int, expected: str) -> None:
    assert text(f"{{{{PLURAL:$1|{forms}}}}}", count, code=code) == expected


def test_a_language_that_gives_fewer_forms_than_it_has_uses_its_last() -> None:
    assert [text("{{PLURAL:$1|one|more}}", count, code="ar") for count in (0, 1, 2, 50)] == [
        "one",
        "more",
        "more",
        "more",
    ]
    assert text("{{PLURAL:$1|all}}", 5, code="ru") == "all"


EXACT = {
    "said": ("{{PLURAL:$1|0=none|$1 group|$1 groups}}", 0, "none"),
    "not-said": ("{{PLURAL:$1|0=none|$1 group|$1 groups}}", 1, "1 group"),
    "behind-the-forms": ("{{PLURAL:$1|one|many|12=a dozen}}", 12, "a dozen"),
    "nothing-else-is-given": ("{{PLURAL:$1|0=none}}", 0, "none"),
    "word-with-an-equals-sign-is-a-form": ("{{PLURAL:$1|a=b|c}}", 1, "a=b"),
    "in-small-letters": ("{{plural:$1|one|many}}", 2, "many"),
}


@pytest.mark.parametrize(("message", "count", "expected"), EXACT.values(), ids=EXACT.keys())
def test_a_plural_with_forms_for_exact_numbers(message: str, count: int, expected: str) -> None:
    assert text(message, count) == expected


def test_several_plurals_and_parameters_in_any_order() -> None:
    message = "{{PLURAL:$2|$2 need|$2 needs}} of {{PLURAL:$1|$1 group|$1 groups}}: $3"
    assert text(message, 1, 2, "x") == "2 needs of 1 group: x"


def test_a_parameter_that_looks_like_one_is_not_filled_again() -> None:
    assert text("$1 and $2", "$2", "$1") == "$2 and $1"
    assert text("$1", "{{PLURAL:$2|a|b}}", 2) == "{{PLURAL:$2|a|b}}"


def test_a_parameter_that_is_not_given_stays_visible() -> None:
    assert text("$1 and $2", "a") == "a and $2"


def test_a_missing_key_is_shown_as_mediawiki_shows_it() -> None:
    assert Labels("en").text("no-such-key") == "⧼no-such-key⧽"
    assert Labels("en")("no-[[such]]-key").count("[") == 0


def test_markup_in_a_parameter_is_escaped_and_wikitext_is_not() -> None:
    assert "[" not in wikitext("see $1", "[[Category:X]]")
    assert wikitext("see $1.", Wikitext("[[a|b]]")) == "see [[a|b]]."


@pytest.mark.parametrize("message", ["[[Category:X]]", "{{subst:X}}", "~~~~", "<b>", "\n== a ==", "'''a'''", "|}"])
def test_markup_in_a_label_is_escaped(message: str) -> None:
    assert not set("[{~<=|'\n") & set(wikitext(message))


def test_spaces_beside_parameters_are_kept() -> None:
    assert wikitext("a $1 b $2", "x", 3) == "a x b 3"
    assert text("{{PLURAL:$1|a |b }}c", 1) == "a c"


def test_numbers_are_written_in_the_digits_of_the_language() -> None:
    assert text("$1", 12, code="fa") == "۱۲"
    assert text("$1", "12", code="fa") == "12"


def test_an_override_replaces_one_label_and_no_other() -> None:
    labels = Labels("en", {"needs-group": "Organisation"})
    assert labels.text("needs-group") == "Organisation"
    assert labels.text("needs-count") == Labels("en").text("needs-count") != ""


def test_a_language_without_labels_speaks_its_neighbours_tongue_and_at_last_english() -> None:
    assert Labels("xx").text("needs-group") == Labels("en").text("needs-group")
    assert set(i18n.messages("xx")) == set(i18n.messages("en"))


def test_a_problem_is_a_sentence_with_its_details() -> None:
    place = Place(title="A", revid=1, line=2)
    problem = Problem(place=place, message="unknown-group/listed", details=("Omega", "Skills"))
    assert problem.kind == "unknown-group"
    assert {"Omega", "Skills"} <= set(Labels("en").problem(problem).replace("“", " ").replace("”", " ").split())
