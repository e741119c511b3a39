"""Publishing on a real wiki: what is saved, by whom, how often, and with how few requests."""

import pytest

from .scene import ARABIC, FRENCH, REPORT, REPORTS, SOURCE, Scene

pytestmark = pytest.mark.live


def test_first_publish_saves_every_page_as_the_bot(fresh: Scene) -> None:
    start, end = fresh.admin.read(REPORT).split("<!-- dialoguebot:begin needs -->\n<!-- dialoguebot:end needs -->")
    ran = fresh.publish()
    assert (ran.code, ran.outcomes) == (0, ["Saved"] * 3)
    assert "a new page" not in ran.line(REPORT)
    for title in (FRENCH, ARABIC):
        assert ran.line(title).endswith(", a new page")
    for title, expected in ((REPORT, ["DialogueBot", "Admin"]), (FRENCH, ["DialogueBot"]), (ARABIC, ["DialogueBot"])):
        newest = fresh.admin.history(title)[0]
        assert fresh.admin.users(title) == expected
        assert not newest["minor"]
        assert newest["comment"]
        assert f"revision {newest['revid']}" in ran.line(title)
        assert is_flagged_as_of_a_bot(fresh, newest["revid"])
    assert "17 groups, 4 shared needs, 5 context-specific needs" in fresh.admin.history(REPORT)[0]["comment"]
    after = fresh.admin.read(REPORT)
    assert (after[: len(start)], after[-len(end) :]) == (start, end)
    assert after.count("<!-- dialoguebot:") == 2


def is_flagged_as_of_a_bot(scene: Scene, revid: int) -> bool:
    """Tell whether the list of recent changes knows an edit as a bot's, which leaves it out for people."""
    answer = scene.admin.ask(action="query", list="recentchanges", rcprop="flags|ids", rclimit="max")
    return any(each["bot"] for each in answer["query"]["recentchanges"] if each["revid"] == revid)


def test_second_publish_makes_no_edit(live: Scene) -> None:
    newest = live.wiki.newest_revid()
    ran = live.publish()
    assert (ran.code, ran.outcomes, live.gate.edited) == (0, ["Unchanged"] * 3, [])
    assert live.wiki.newest_revid() == newest


def test_nothing_changed_takes_two_requests(live: Scene) -> None:
    live.publish()
    assert len(live.gate.asked) == 2, live.gate.actions


def test_three_edits_take_three_requests_and_three_more(live: Scene) -> None:
    live.change_source()
    ran = live.publish()
    assert (ran.outcomes, live.gate.edited) == (["Saved"] * 3, list(REPORTS))
    assert len(live.gate.asked) == 6, live.gate.actions


def test_one_edit_takes_three_requests_and_one_more(live: Scene) -> None:
    live.volunteer.edit(ARABIC, "<!-- dialoguebot:begin needs -->\n<!-- dialoguebot:end needs -->")
    ran = live.publish()
    assert (ran.outcomes, live.gate.edited) == (["Unchanged", "Unchanged", "Saved"], [ARABIC])
    assert len(live.gate.asked) == 4, live.gate.actions


def test_without_its_files_a_run_does_the_same(live: Scene) -> None:
    newest = live.wiki.newest_revid()
    live.bot.forget()
    ran = live.publish()
    assert (ran.code, ran.outcomes) == (0, ["Unchanged"] * 3)
    assert live.wiki.newest_revid() == newest


def test_a_sentence_outside_the_region_survives(live: Scene) -> None:
    live.volunteer.append(REPORT, "\n\nA sentence of mine — with “quotes” and {{PAGENAME}}.")
    live.change_source()
    ran = live.publish()
    assert (ran.code, ran.outcomes) == (0, ["Saved"] * 3)
    after = live.admin.read(REPORT)
    assert after.endswith("\n\nA sentence of mine — with “quotes” and {{PAGENAME}}.")
    assert live.admin.users(REPORT)[:2] == ["DialogueBot", "Volunteer"]


def test_a_new_revision_of_a_source_is_what_the_report_links_to(live: Scene) -> None:
    revid = live.change_source()
    live.publish()
    assert f"Special:PermanentLink/{revid}" in live.admin.read(REPORT)
    assert live.admin.history(SOURCE)[0]["revid"] == revid
