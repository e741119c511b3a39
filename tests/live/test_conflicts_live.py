"""Somebody else saves while the bot works: nothing of theirs is lost, and the report still gets there."""

import pytest

from .scene import ARABIC, FRENCH, REPORT, STOP_PAGE, Scene, publish

pytestmark = pytest.mark.live

SENTENCE = "A sentence that came just in time."
LAST_WORDS = "Something wrong in a table?"


def is_current(scene: Scene, revid: int) -> bool:
    """Tell whether the report shows the change of its source, from the very revision."""
    wikitext = scene.admin.read(REPORT)
    return "A course in mediation." in wikitext and f"PermanentLink/{revid}" in wikitext


def test_an_edit_next_to_the_region_just_before_the_save(live: Scene) -> None:
    revid = live.change_source()
    live.gate.before(
        "edit", lambda: live.volunteer.replace(REPORT, "\n\n<!-- dialogue", f"\n{SENTENCE}\n<!-- dialogue")
    )
    ran = live.publish()
    assert (ran.code, ran.outcomes) == (0, ["Saved"] * 3)
    assert SENTENCE in live.admin.read(REPORT)
    assert is_current(live, revid)
    assert live.admin.users(REPORT)[:2] == ["DialogueBot", "Volunteer"]
    assert live.gate.edited == [REPORT, REPORT, FRENCH, ARABIC]


def test_an_edit_in_another_section_just_before_the_save(live: Scene) -> None:
    revid = live.change_source()
    live.gate.before("edit", lambda: live.volunteer.replace(REPORT, LAST_WORDS, f"{SENTENCE} {LAST_WORDS}"))
    ran = live.publish()
    assert (ran.code, ran.outcomes) == (0, ["Saved"] * 3)
    assert f"{SENTENCE} {LAST_WORDS}" in live.admin.read(REPORT)
    assert is_current(live, revid)
    assert live.publish().outcomes == ["Unchanged"] * 3


def test_an_edit_of_the_same_lines_just_before_the_save(live: Scene) -> None:
    live.change_source()
    live.gate.before(
        "edit", lambda: live.volunteer.replace(REPORT, "Sources, exactly", f"{SENTENCE} Sources, exactly")
    )
    ran = live.publish()
    assert (ran.code, ran.outcomes) == (1, ["HumanEdited", "Saved", "Saved"])
    assert SENTENCE in live.admin.read(REPORT)
    assert SENTENCE in ran.out
    assert live.admin.users(REPORT)[0] == "Volunteer"


def test_an_edit_of_other_lines_inside_the_region_just_before_the_save(live: Scene) -> None:
    """The wiki puts both together by itself; the person's words stay, and the outcome says that they are there."""
    live.change_source()
    live.gate.before("edit", lambda: live.volunteer.replace(REPORT, "\n|}", f"\n|-\n| {SENTENCE}\n|}}"))
    ran = live.publish()
    assert (ran.code, ran.outcomes) == (1, ["HumanEdited", "Saved", "Saved"])
    assert SENTENCE in live.admin.read(REPORT)
    assert SENTENCE in ran.out


def test_somebody_who_saves_before_each_try(live: Scene) -> None:
    live.change_source()
    marker = "\n<!-- dialoguebot:begin"
    live.gate.before("edit", lambda: live.volunteer.replace(REPORT, marker, f"\n{SENTENCE}{marker}"), times=3)
    ran = live.publish()
    assert (ran.code, ran.outcomes) == (1, ["Conflict", "Saved", "Saved"])
    assert live.admin.read(REPORT).count(SENTENCE) == 3
    assert live.admin.users(REPORT)[:4] == ["Volunteer", "Volunteer", "Volunteer", "DialogueBot"]


def test_a_second_process_that_read_a_newer_source(live: Scene) -> None:
    """The first process holds figures that are out of date when it saves: those of the second stay."""
    live.change_source()
    other = live.bot.copy(live.bot.folder / "other")
    newer: list[int] = []

    def publish_newer_figures() -> None:
        newer.append(live.volunteer.append("Hubs/Dialogue/Notes/ESEAP", "\n\nA last word."))
        publish(other)

    live.gate.before("edit", publish_newer_figures)
    ran = live.publish()
    assert ran.code == 0
    assert is_current(live, newer[0])
    assert live.admin.users(REPORT) == ["DialogueBot", "DialogueBot", "Admin"]
    assert live.publish().outcomes == ["Unchanged"] * 3


def test_a_page_deleted_just_before_the_save_stays_deleted(live: Scene) -> None:
    live.change_source()
    live.gate.before("edit", lambda: live.admin.delete(REPORT))
    ran = live.publish()
    assert (ran.code, ran.outcomes) == (1, ["OptedOut", "Saved", "Saved"])
    assert live.admin.history(REPORT) == []
    assert live.publish().outcome(REPORT) == "NoMarker"
    assert live.admin.history(REPORT) == []


def test_a_page_that_a_person_makes_just_before_the_bot_does(fresh: Scene) -> None:
    fresh.admin.replace(REPORT, "<!-- dialoguebot:end needs -->", "")  # so that the French page is the first edit
    fresh.gate.before("edit", lambda: fresh.volunteer.edit(FRENCH, SENTENCE))
    ran = fresh.publish()
    assert (ran.code, ran.outcomes) == (1, ["NoMarker", "NoMarker", "Saved"])
    assert fresh.admin.read(FRENCH) == SENTENCE
    assert fresh.admin.users(FRENCH) == ["Volunteer"]


def test_an_answer_that_is_lost_after_the_save(live: Scene) -> None:
    revid = live.change_source()
    live.gate.lose_answer("edit")
    ran = live.publish()
    assert ran.code == 0
    assert set(ran.outcomes) <= {"Saved", "Unchanged"}
    assert is_current(live, revid)
    assert live.admin.users(REPORT) == ["DialogueBot", "DialogueBot", "Admin"]


def test_an_answer_that_is_lost_after_a_page_was_made(fresh: Scene) -> None:
    fresh.admin.replace(REPORT, "<!-- dialoguebot:end needs -->", "")
    fresh.gate.lose_answer("edit")
    ran = fresh.publish()
    assert (ran.code, ran.outcome(REPORT)) == (1, "NoMarker")
    assert ran.outcome(FRENCH) in ("Saved", "Unchanged")
    assert fresh.admin.users(FRENCH) == ["DialogueBot"]


def test_answers_that_are_lost_before_the_wiki_hears(live: Scene) -> None:
    """Reading is tried again when the wiki hangs up."""
    live.gate.lose_answer("query")
    assert live.publish().code == 0


def test_a_stop_page_is_obeyed(live: Scene) -> None:
    live.change_source()
    newest = live.volunteer.edit(STOP_PAGE, "Please stop, the figures look wrong.")
    ran = live.publish()
    assert (ran.code, ran.outcomes, live.gate.edited) == (77, ["Stopped", "NotTried", "NotTried"], [])
    assert STOP_PAGE in ran.out
    assert live.wiki.newest_revid() == newest
    live.volunteer.edit(STOP_PAGE, "<!-- a comment stops nothing -->")
    assert live.publish().outcomes == ["Saved"] * 3
