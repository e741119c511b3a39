"""The settings of polls: what may be left out, and what is said of what is wrong."""

import json
from typing import Any

import pytest
from pydantic import ValidationError

from bot.consultation import Consultation, load
from bot.errors import SettingsError
from bot.model import Theme
from bot.poll_settings import PollSettings, polls
from tests.polls.consultation import CHOICES, FIRST, FIT, QUESTIONS, SECOND, made, page

REST: dict[str, Any] = {
    "title": "Case",
    "sources": [{"page": "Case", "read": "poll"}],
    "reports": [{"report": "polls", "page": "Case/Report"}],
    "output_prefixes": ["Case/Report"],
}


def loaded(*several: dict[str, Any]) -> Consultation:
    return load(page(json.dumps({**REST, "polls": list(several)}, indent=1), "User:DialogueBot/Case.json"))


def test_a_poll_that_repeats_another_takes_over_what_it_does_not_say() -> None:
    first, second = loaded(FIRST, SECOND).all_polls()
    assert (second.questions, second.answers, second.family) == (first.questions, first.answers, "first")
    assert second.closes is None


def test_a_question_called_like_a_theme_has_the_titles_of_the_theme() -> None:
    theme = Theme(id="skills", titles={"en": "Skills", "de": "Fähigkeiten"}, aliases=("Skills", "Training"))
    settings = PollSettings.model_validate(
        {**FIRST, "questions": [{"id": "skills", "title": {"fr": "Savoir-faire"}}]}
    )
    question = polls([settings], [theme])[0].questions[0]
    assert (question.title("de"), question.title("fr")) == ("Fähigkeiten", "Savoir-faire")
    assert "Training" in question.names


def test_values_above_the_middle_agree_unless_the_settings_say_otherwise() -> None:
    assert [each.agrees for each in made(FIT)[0].answers] == [True, False, False, False]
    answers = [{**each, "agrees": True} if each["id"] == "yes" else each for each in FIT["answers"]]
    assert [each.agrees for each in made({**FIT, "answers": answers})[0].answers] == [True, True, False, False]


def test_no_answer_of_a_choice_agrees() -> None:
    assert not any(each.agrees for each in made(FIRST)[0].answers)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"colour": "red"}, "polls.0.colour: unknown key"),
        ({"answers": []}, "“answers” and “questions”"),
        ({"kind": "scale"}, "a “value” or is “unsure”"),
        ({"closes": "2023-01-01T00:00:00Z"}, "closes after it opens"),
        ({"closes": "tomorrow"}, "no moment such as"),
        ({"closes": "2024-02-01T00:00:00"}, "timezone"),
        ({"invited": -1}, "greater than or equal to 0"),
        ({"questions": [*QUESTIONS, {"id": "other", "title": {"en": "skills"}}]}, "both called “skills”"),
        ({"answers": [*CHOICES, {"id": "x", "unsure": True, "value": 3}]}, "has no value"),
        ({"change": "backwards"}, "polls.0.change"),
        ({"repeats": "nobody"}, "repeats “nobody”"),
    ],
)
def test_what_is_wrong_is_said_with_its_key_and_line(change: dict[str, Any], said: str) -> None:
    with pytest.raises(SettingsError) as raised:
        loaded({**FIRST, **change})
    assert said in str(raised.value)
    assert str(raised.value).startswith("User:DialogueBot/Case.json, line ")


def test_two_polls_of_one_name_are_refused() -> None:
    with pytest.raises(SettingsError, match="two polls are called “first”"):
        loaded(FIRST, FIRST)


def test_a_poll_repeats_the_first_one_not_a_repetition() -> None:
    with pytest.raises(SettingsError, match="should name the first one"):
        loaded(FIRST, SECOND, {**SECOND, "id": "third", "repeats": "second"})


def test_numbers_as_text_are_refused() -> None:
    with pytest.raises(ValidationError):
        PollSettings.model_validate({**FIRST, "invited": "72"})
