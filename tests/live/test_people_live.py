"""What people do to the pages between two runs: the bot refuses what is theirs, and goes on when they let it."""

import pytest

from .bot import STATUS_PAGE
from .scene import ARABIC, CONSULTATION, FRENCH, REPORT, REPORTS, SOURCE, Scene

pytestmark = pytest.mark.live

SENTENCE = "A sentence of mine between the markers."
STALE = "dialoguebot-stale"
MAY_HIDE = "$wgGroupPermissions['sysop']['deleterevision'] = true;"
END = "<!-- dialoguebot:end needs -->"
BEGIN = "<!-- dialoguebot:begin needs -->"


def edited_inside(live: Scene) -> str:
    """Let a volunteer write between the markers; return the page as it was."""
    before = live.admin.read(FRENCH)
    live.volunteer.replace(FRENCH, END, f"{SENTENCE}\n{END}")
    return before


def test_a_sentence_inside_the_region_stops_that_page_only(live: Scene) -> None:
    live.change_source()
    edited_inside(live)
    ran = live.publish()
    assert (ran.code, ran.outcomes) == (1, ["Saved", "HumanEdited", "Saved"])
    assert live.gate.edited == [REPORT, ARABIC, STATUS_PAGE]
    assert f"    +{SENTENCE}" in ran.out.split("\n")
    assert SENTENCE in live.admin.read(FRENCH)
    assert live.admin.users(FRENCH)[0] == "Volunteer"


def test_a_restored_or_emptied_region_is_written_again(live: Scene) -> None:
    live.change_source()
    live.volunteer.edit(FRENCH, edited_inside(live))
    live.volunteer.edit(ARABIC, f"{BEGIN}\n{SENTENCE}\n{END}")
    live.volunteer.edit(ARABIC, f"{BEGIN}\n{END}\n\nMy words.")
    ran = live.publish()
    assert (ran.code, ran.outcomes) == (0, ["Saved"] * 3)
    for title in (FRENCH, ARABIC):
        assert live.admin.users(title)[0] == "DialogueBot"
        assert SENTENCE not in live.admin.read(title)
    assert live.admin.read(ARABIC).endswith(f"{END}\n\nMy words.")


def test_a_page_whose_markers_are_gone_is_refused(live: Scene) -> None:
    live.change_source()
    newest = live.volunteer.edit(REPORT, f"{BEGIN}\n")
    ran = live.publish()
    assert (ran.code, ran.outcomes) == (1, ["NoMarker", "Saved", "Saved"])
    assert "end needs --> is missing" in ran.line(REPORT)
    assert live.revids(REPORT) == [newest]


def test_a_target_that_became_a_redirect(live: Scene) -> None:
    live.change_source()
    newest = live.volunteer.edit(FRENCH, "#REDIRECT [[Somewhere else]]")
    ran = live.publish()
    assert (ran.code, ran.outcomes) == (1, ["Saved", "NoMarker", "Saved"])
    assert "Somewhere else" in ran.line(FRENCH)
    assert live.revids(FRENCH) == [newest]


def test_a_target_that_was_moved_is_not_followed_blindly(live: Scene) -> None:
    live.change_source()
    live.admin.move(REPORT, "Elsewhere/Report")
    newest = live.revids(REPORT, "Elsewhere/Report")
    ran = live.publish()
    assert (ran.code, ran.outcomes) == (1, ["NoMarker", "Saved", "Saved"])
    assert "Elsewhere/Report" in ran.line(REPORT)
    assert live.revids(REPORT, "Elsewhere/Report") == newest


def test_a_target_that_was_moved_within_the_prefixes_is_followed(live: Scene) -> None:
    goal = f"{REPORT}/Archive 2022"
    live.admin.move(REPORT, goal)
    live.change_source()
    ran = live.publish()
    assert (ran.code, ran.outcomes) == (0, ["Saved"] * 3)
    assert live.admin.users(goal)[0] == "DialogueBot"
    assert live.admin.read(REPORT).startswith("#REDIRECT")
    assert live.publish().outcomes == ["Unchanged"] * 3


def test_a_deleted_target_without_leave_to_create_stays_deleted(live: Scene) -> None:
    live.admin.delete(REPORT)
    ran = live.publish()
    assert (ran.code, ran.outcomes) == (1, ["NoMarker", "Unchanged", "Unchanged"])
    assert live.admin.history(REPORT) == []


def test_a_deleted_target_with_leave_to_create_stays_deleted_too(live: Scene) -> None:
    """Deleting a page opts it out, until a person makes it again; the wiki is the only memory of that."""
    live.admin.delete(ARABIC)
    ran = live.publish()
    assert (ran.code, ran.outcome(ARABIC)) == (1, "OptedOut")
    assert live.admin.history(ARABIC) == []


def test_a_page_that_asks_bots_to_stay_away(live: Scene) -> None:
    live.change_source()
    newest = live.volunteer.append(REPORT, "\n{{nobots}}")
    live.volunteer.append(FRENCH, "\n{{bots|deny=OtherBot, DialogueBot}}")
    live.volunteer.append(ARABIC, "\n<nowiki>{{nobots}}</nowiki> {{bots|deny=OtherBot}}")
    ran = live.publish()
    assert (ran.code, ran.outcomes) == (1, ["OptedOut", "OptedOut", "Saved"])
    assert live.revids(REPORT) == [newest]


def test_a_text_that_was_hidden_is_not_published(live: Scene) -> None:
    before = live.admin.read(SOURCE)
    revid = live.volunteer.replace(SOURCE, "* None named.", "* '''Needs:'''\n** A private address.")
    live.volunteer.edit(SOURCE, before)
    live.wiki.set(MAY_HIDE)
    live.admin.hide(revid)
    ran = live.publish()
    assert (ran.code, ran.outcomes) == (0, ["Saved"] * 3)
    assert "private address" not in live.admin.read(REPORT)


def test_a_source_whose_newest_text_is_hidden_is_not_read(live: Scene) -> None:
    """MediaWiki itself never hides that, and an account with more rights would be given it all the same."""
    live.gate.change_answer("query", b'"slots":{"main":{', b'"slots":{"main":{"texthidden":true,')
    ran = live.bot.run("read", "--as", "needs", SOURCE, "--consultation", CONSULTATION)
    assert ran.code != 0
    assert "hidden from readers" in ran.err


def test_a_source_whose_author_is_hidden_leaves_the_last_figures(live: Scene) -> None:
    revid = live.change_source()
    live.wiki.set(MAY_HIDE)
    live.admin.hide(revid, "user")
    ran = live.publish()
    assert ran.code == 1
    assert set(ran.outcomes) == {"Stale"}
    for title in REPORTS:
        assert f"“{SOURCE}” cannot be read: its newest revision is hidden" in ran.line(title)
        assert "A course in mediation" not in live.admin.read(title)
        assert STALE in live.admin.read(title)
    assert live.publish().code == 1
    assert live.gate.edited == []


def test_a_source_that_says_nothing_now_leaves_the_last_figures(live: Scene) -> None:
    before = live.admin.read(SOURCE)
    for wikitext in ("", "#REDIRECT [[Somewhere else]]"):
        live.volunteer.edit(SOURCE, wikitext)
        ran = live.publish()
        assert ran.code == 1
        assert set(ran.outcomes) == {"Stale"}
        assert live.admin.read(REPORT).count("aria-label") == 68
        assert STALE in live.admin.read(REPORT)
    live.volunteer.edit(SOURCE, before)
    ran = live.publish()
    assert (ran.code, ran.outcomes) == (0, ["Saved"] * 3)
    assert STALE not in live.admin.read(REPORT)


def test_a_source_that_was_deleted_is_missed(live: Scene) -> None:
    live.admin.delete("Hubs/Dialogue/Matrix")
    ran = live.publish()
    assert ran.code == 1
    assert set(ran.outcomes) == {"Stale"}
    assert "Hubs/Dialogue/Matrix" in ran.line(REPORT)


def test_the_status_page_shows_what_a_person_changed_until_nothing_waits(live: Scene) -> None:
    before = edited_inside(live)
    newest = live.revids(REPORT, ARABIC)
    live.publish()
    shown = live.admin.parse(STATUS_PAGE)["text"]
    assert FRENCH in shown
    assert f"+{SENTENCE}" in shown
    assert live.admin.users(STATUS_PAGE) == ["DialogueBot"]
    assert live.revids(REPORT, ARABIC) == newest
    live.publish()
    assert live.gate.edited == []
    live.volunteer.edit(FRENCH, before)
    ran = live.publish()
    assert (ran.code, live.gate.edited) == (0, [STATUS_PAGE])
    assert FRENCH not in live.admin.read(STATUS_PAGE)
