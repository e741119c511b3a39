"""The sample's questions, from its pages to its reports, through the command line."""

import json
import shutil
from typing import Any

import pytest

from tests.sandbox import SAMPLE, Sandbox

INVITATION = "Hubs/Dialogue/Invitation"
TALK = "Talk:Hubs/Dialogue/Open questions"
REGISTER = "Hubs/Dialogue/Report/Register of questions"
SETTINGS = "User:DialogueBot/Hubs Dialogue.json"


@pytest.fixture
def sample(sandbox: Sandbox) -> Sandbox:
    """Return a copy of the sample consultation whose questions were published once."""
    shutil.rmtree(sandbox.folder)
    shutil.copytree(SAMPLE, sandbox.folder)
    publish(sandbox, "Saved")
    return sandbox


def publish(sample: Sandbox, outcome: str) -> None:
    ran = sample.run("publish", "questions", "register")
    assert ran.code == 0, ran.said
    assert {line.split()[0] for line in ran.out.split("\n") if "Hubs/" in line} == {outcome}


def shown(sample: Sandbox) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(sample.run("show", "questions", "--json").out)["figures"]
    return found


def numbered(sample: Sandbox) -> dict[str, str]:
    return {each["first_wording"]: each["id"] for each in shown(sample)["questions"]}


def change(sample: Sandbox, title: str, old: str, new: str) -> None:
    text = sample.read(title)
    assert old in text, f"the sample has changed: {old} is not in {title}"
    sample.write(title, text.replace(old, new))


def test_the_invitation_asks_about_a_dozen_questions_of_every_theme(sample: Sandbox) -> None:
    lines = sample.run("read", INVITATION, "--as", "questions", "--json").out.splitlines()
    asked = [json.loads(line) for line in lines]
    sure = [each for each in asked if not each["unsure"]]
    assert 11 <= len(sure) <= 14
    assert {"value", "life-cycle", "roles", "exclusivity", "coverage", "interests", "teaching", "entitlement"} <= {
        each["theme"] for each in sure
    }
    assert {each["page"] for each in asked} == {INVITATION}
    assert [each["index"] for each in asked] == list(range(len(asked)))


def test_a_second_publication_changes_nothing(sample: Sandbox) -> None:
    before = sample.everything()
    publish(sample, "Unchanged")
    assert sample.everything() == before


def test_ids_stay_where_a_question_is_put_in_other_words(sample: Sandbox) -> None:
    before = numbered(sample)
    change(sample, INVITATION, "Which roles does every hub have to fill", "Which roles will every hub have to fill")
    publish(sample, "Saved")
    assert numbered(sample) == before
    publish(sample, "Unchanged")


def test_ids_stay_where_pages_are_moved(sample: Sandbox) -> None:
    before = numbered(sample)
    for old, new in ((INVITATION, "Hubs/Dialogue/Speech"), (TALK, "Talk:Hubs/Dialogue/Questions")):
        sample.path(old).rename(sample.path(new))
        change(sample, SETTINGS, f'"{old}"', f'"{new}"')
    publish(sample, "Saved")
    assert numbered(sample) == before


def test_a_person_s_word_moves_a_question_and_stays(sample: Sandbox) -> None:
    id_ = numbered(sample)["Which roles does every hub have to fill, however small it is?"]
    change(sample, REGISTER, f"<!-- yours:state-{id_} -->", f"<!-- yours:state-{id_} -->geparkt bis Mai")
    publish_any = sample.run("publish", "questions", "register")
    assert publish_any.code == 0, publish_any.said
    assert "geparkt bis Mai" in sample.read("Hubs/Dialogue/Report/Open questions/ar")
    publish(sample, "Unchanged")
    states = {each["id"]: each["state"] for each in shown(sample)["questions"]}
    assert states[id_] == "parked"
    assert f"<!-- yours:state-{id_} -->geparkt bis Mai<!-- /yours -->" in sample.read(REGISTER)
