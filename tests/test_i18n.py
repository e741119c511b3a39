"""The labels of every language: whole, with the parameters and plurals of the English ones, and fit to be shown."""

import json
import re
from importlib import resources
from itertools import product

import pytest

from bot import i18n
from bot.render.labels import Labels
from bot.render.numbers import locale_of

NUMBERS = (0, 1, 2, 3, 5, 11, 21, 100)
PARAMETER = re.compile(r"\$(\d)")
PLURAL = re.compile(r"\{\{PLURAL:\$(\d)\|([^{}]*)\}\}")
EXACT = re.compile(r"\d+=")
FOLDER = resources.files("bot.i18n")


def loaded(code: str) -> dict[str, object]:
    content = json.loads(FOLDER.joinpath(f"{code}.json").read_text(encoding="utf-8"), object_pairs_hook=no_doubles)
    assert isinstance(content, dict)
    return content


def no_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
    keys = [key for key, _ in pairs]
    assert len(keys) == len(set(keys)), "a key stands twice"
    return dict(pairs)


def labels_of(code: str) -> dict[str, str]:
    return {key: str(text) for key, text in loaded(code).items() if not key.startswith("@")}


def plain(text: str) -> str:
    """Return a label with the last form of each plural, which is the one that must always show its number."""
    return PLURAL.sub(lambda found: found[2].rpartition("|")[2], text)


ENGLISH = labels_of("en")
TRANSLATED = [code for code in i18n.known() if code != "en"]


def test_there_are_translations_and_their_documentation() -> None:
    assert {"ar", "de", "es", "fr", "hi", "id", "ja", "pt-br", "ru", "uk", "zh"} <= set(TRANSLATED)
    assert FOLDER.joinpath("qqq.json").is_file()


@pytest.mark.parametrize("code", [*TRANSLATED, "qqq"])
def test_the_keys_are_those_of_english(code: str) -> None:
    assert loaded(code).keys() == loaded("en").keys()


@pytest.mark.parametrize("code", [*i18n.known(), "qqq"])
def test_every_label_is_text_that_is_not_empty(code: str) -> None:
    for key, text in loaded(code).items():
        if key == "@metadata":
            assert isinstance(text, dict)
            assert text["authors"]
        else:
            assert isinstance(text, str), key
            assert text.strip(), key
            assert text == text.strip(" \n\t") or key == "colon", key


@pytest.mark.parametrize("code", i18n.known())
def test_labels_have_the_parameters_of_the_english_ones(code: str) -> None:
    for key, text in labels_of(code).items():
        assert set(PARAMETER.findall(plain(text))) == set(PARAMETER.findall(plain(ENGLISH[key]))), key
        assert set(PARAMETER.findall(text)) <= set(PARAMETER.findall(ENGLISH[key])), key


def test_the_documentation_says_what_each_parameter_is() -> None:
    for key, text in labels_of("qqq").items():
        assert set(PARAMETER.findall(text)) == set(PARAMETER.findall(ENGLISH[key])), key


@pytest.mark.parametrize("code", i18n.known())
def test_plurals_are_whole_and_have_no_more_forms_than_the_language(code: str) -> None:
    categories = {*locale_of(code).plural_form.tags, "other"}
    for key, text in labels_of(code).items():
        assert not re.search(r"[{}|]", PLURAL.sub("", text)), f"{key}: braces that are no plural"
        for found in PLURAL.finditer(text):
            forms = [form for form in found[2].split("|") if not EXACT.match(form)]
            assert 1 <= len(forms) <= len(categories), key
            assert not EXACT.match(found[2].rpartition("|")[2]), f"{key}: the last form serves all that are left"
            for form in forms:
                assert set(PARAMETER.findall(form)) <= {found[1]}, f"{key}: a form shows another number than its own"


@pytest.mark.parametrize("code", i18n.known())
def test_problems_choose_no_plural_as_their_details_are_text(code: str) -> None:
    assert not [key for key, text in labels_of(code).items() if key.startswith("problem-") and PLURAL.search(text)]


@pytest.mark.parametrize(("code", "number"), list(product(i18n.known(), NUMBERS)))
def test_labels_are_shown_without_remains_of_markup(code: str, number: int) -> None:
    labels = Labels(code)
    for key, text in ENGLISH.items():
        arguments = [number] * len(set(PARAMETER.findall(text)))
        shown = labels.text(key, *arguments)
        assert shown.strip(), key
        assert not re.search(r"[⧼⧽${}|]|PLURAL", shown), f"{key}: {shown}"
        assert not re.search(r"[⧼⧽$]|PLURAL", labels(key, *arguments)), key


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_translation_leaves_no_sentence_in_english(code: str) -> None:
    own = labels_of(code)
    sentences = [key for key, text in ENGLISH.items() if len(re.findall(r"[^\W\d_]+", text)) > 2]
    assert not [key for key in sentences if own[key] == ENGLISH[key]]


def test_numbers_choose_the_form_of_the_language() -> None:
    assert [Labels("ar").text("groups", n) for n in (1, 2, 3)] == ["مجموعة واحدة", "مجموعتان", "3 مجموعات"]
    assert [Labels("ru").text("groups", n) for n in (1, 3, 5, 21)] == ["1 группа", "3 группы", "5 групп", "21 группа"]
    assert [Labels("fr").text("groups", n) for n in (0, 1, 2)] == ["0 groupe", "1 groupe", "2 groupes"]
    assert Labels("pt").text("groups", 0) == "nenhum grupo"


def test_the_colon_is_the_one_of_the_language() -> None:
    assert Labels("fr").text("colon") == "\u00a0: "
    assert Labels("zh").text("colon") == Labels("ja").text("colon") == "："


def test_french_keeps_its_spaces_from_breaking() -> None:
    assert not [key for key, text in labels_of("fr").items() if re.search(r"« | »| [:;?%]", text)]
