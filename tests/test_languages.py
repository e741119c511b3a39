"""What people write in each language: that the words are whole, findable and mean one thing."""

import itertools
from collections.abc import Iterator
from dataclasses import fields

import pytest

from bot import languages, wikis
from bot.languages import Language, together
from bot.parse.text import fold

CHOICES = ("support", "oppose", "neutral", "other", "never")
TEMPLATES = tuple(f"{choice}_templates" for choice in CHOICES)
HEADINGS = ("support_headings", "oppose_headings", "neutral_headings", "other_headings")


@pytest.fixture(params=languages.known())
def code(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=[code for code in languages.known() if code != "mul"])
def expected(request: pytest.FixtureRequest) -> Language:
    return languages.language(request.param)


def words_of(language: Language) -> Iterator[tuple[str, str, str]]:
    for section in fields(language):
        words = getattr(language, section.name)
        for name in fields(words):
            yield from ((section.name, name.name, word) for word in getattr(words, name.name))


def in_two(codes: list[str], names: tuple[str, ...]) -> list[str]:
    """Return the words that stand in two of the lists of votes."""
    votes = together(codes).votes
    lists = {name: set(getattr(votes, name)) for name in names}
    pairs = itertools.combinations(names, 2)
    return [f"{word}: {one}, {other}" for one, other in pairs for word in sorted(lists[one] & lists[other])]


def test_a_word_stands_as_it_is_compared(code: str) -> None:
    wrong = [
        f"{name} {word} -> {fold(word)}" for _, name, word in words_of(languages.language(code)) if word != fold(word)
    ]
    assert not wrong


def test_no_word_is_empty_but_a_cell_that_says_no(code: str) -> None:
    empty = [(section, name) for section, name, word in words_of(languages.language(code)) if not word]
    assert empty in ([], [("needs", "no")])


def test_no_word_stands_twice_in_a_list(code: str) -> None:
    found = list(words_of(languages.language(code)))
    assert len(found) == len(set(found))


@pytest.mark.parametrize("names", [CHOICES, TEMPLATES, HEADINGS], ids=["words", "templates", "headings"])
def test_a_word_means_one_choice(code: str, names: tuple[str, ...]) -> None:
    assert not in_two([code, "en"], names)


def test_an_ambiguous_template_is_not_counted_in_the_same_language(code: str) -> None:
    assert not in_two([code], (*TEMPLATES, "ambiguous_templates"))


def test_how_strongly_is_not_a_choice(code: str) -> None:
    votes = together([code, "en"]).votes
    assert not set(votes.strong) & set(votes.weak)
    assert not {*votes.strong, *votes.weak} & {*votes.support, *votes.oppose, *votes.neutral}


def test_yes_is_not_no(code: str) -> None:
    needs = together([code, "en"]).needs
    assert not set(needs.yes) & set(needs.no)
    assert not set(needs.yes_templates) & set(needs.no_templates)
    assert not set(needs.needs) & set(needs.problems)


def test_a_language_knows_every_kind_of_word(expected: Language) -> None:
    votes, talk, needs = expected.votes, expected.talk, expected.needs
    assert votes.support
    assert votes.oppose
    assert votes.neutral
    assert votes.strong
    assert votes.weak
    assert votes.support_headings
    assert votes.oppose_headings
    assert votes.neutral_headings
    assert votes.support_templates
    assert votes.oppose_templates
    assert votes.neutral_templates
    assert votes.never
    assert votes.never_templates
    assert talk.unsigned_templates
    assert talk.open_question_headings
    assert needs.needs
    assert needs.problems
    assert needs.nothing
    assert needs.yes
    assert needs.no


def test_enough_languages_are_known() -> None:
    assert len(languages.known()) > 36


def test_a_language_is_written_on_a_wiki_that_is_known(code: str) -> None:
    assert code == "mul" or code in wikis.known()


def test_words_that_differ_between_neighbours() -> None:
    assert "בעד" in languages.language("he").votes.support
    assert "за" in languages.language("ru").votes.support_templates
    assert {"за", "za"} <= set(languages.language("sr").votes.support_templates)
    assert {"反对", "反對"} <= set(languages.language("zh").votes.oppose)
    assert "ei" in languages.language("fi").votes.ambiguous_templates
