"""The wiki refuses an edit: one page is left alone, or the whole run stops, after one attempt."""

import pytest

from .bot import STATUS_PAGE, Ran
from .scene import ARABIC, CONSULTATION, FRENCH, REPORT, Scene

pytestmark = pytest.mark.live

SOON = 30  # seconds


def add_filter(scene: Scene, *consequences: str) -> None:
    """Make an abuse filter that catches every edit of the bot; the extension has no API for that."""
    scene.wiki.sql(
        "INSERT INTO abuse_filter (af_pattern, af_user, af_user_text, af_timestamp, af_public_comments, af_actions)"
        " VALUES (?, 1, 'Admin', '20220101000000', 'All of the bot', ?)",
        ('user_name == "DialogueBot"', ",".join(consequences)),
    )
    for consequence in consequences:
        message = "abusefilter-warning" if consequence == "warn" else ""
        scene.wiki.sql("INSERT INTO abuse_filter_action VALUES (1, ?, ?)", (consequence, message))


def stopped_at_once(scene: Scene, ran: Ran) -> None:
    """Check that everything stopped after one attempt and nothing was saved."""
    assert (ran.code, ran.outcomes) == (77, ["Blocked", "NotTried", "NotTried"])
    assert scene.gate.edited == [REPORT]


def test_pages_that_only_sysops_may_edit(live: Scene) -> None:
    """One page is protected itself, and one by another page that shows it."""
    live.change_source()
    live.admin.protect(FRENCH)
    live.admin.edit("Main Page", f"{{{{:{ARABIC}}}}}")
    live.admin.protect("Main Page", cascade="1")
    newest = live.revids(FRENCH, ARABIC)
    ran = live.publish()
    assert (ran.code, ran.outcomes) == (1, ["Saved", "Protected", "Protected"])
    assert "cascad" in ran.line(ARABIC)
    assert live.gate.edited == [REPORT, FRENCH, ARABIC, STATUS_PAGE]
    assert live.revids(FRENCH, ARABIC) == newest
    assert FRENCH in live.admin.parse(STATUS_PAGE)["text"]


def test_titles_that_only_sysops_may_make(fresh: Scene) -> None:
    """One title is protected itself, and one is on the blacklist."""
    fresh.admin.protect(FRENCH, "create=sysop")
    fresh.admin.edit("MediaWiki:Titleblacklist", ".*Report.ar")
    ran = fresh.publish()
    assert (ran.code, ran.outcomes) == (1, ["Saved", "Protected", "Protected"])
    assert fresh.admin.history(FRENCH) == fresh.admin.history(ARABIC) == []


def test_a_namespace_that_only_sysops_may_edit(live: Scene) -> None:
    live.change_source()
    live.wiki.set("$wgNamespaceProtection[NS_MAIN] = [ 'editinterface' ];")
    ran = live.publish()
    assert ran.code == 1
    assert ran.outcomes == ["Protected"] * 3
    assert len(live.gate.edited) == len(set(live.gate.edited))


def test_a_blocked_account_stops_at_once(live: Scene) -> None:
    live.change_source()
    newest = live.wiki.newest_revid()
    live.admin.block("DialogueBot")
    ran = live.publish()
    assert (ran.code, live.wiki.newest_revid()) == (77, newest)
    assert len(live.gate.edited) <= 1
    assert "block" in ran.out + ran.err


def test_an_account_that_is_blocked_from_one_page_only(live: Scene) -> None:
    """A partial block is still a word from people to this account: it stops too."""
    live.change_source()
    live.admin.block("DialogueBot", partial="1", allowusertalk="1", pagerestrictions=FRENCH)
    ran = live.publish()
    assert (ran.code, ran.outcomes) == (77, ["Saved", "Blocked", "NotTried"])
    assert live.gate.edited == [REPORT, FRENCH]


@pytest.mark.parametrize("consequences", [("warn",), ("warn", "disallow")], ids=" and ".join)
def test_an_abuse_filter_stops_at_once(live: Scene, consequences: tuple[str, ...]) -> None:
    live.change_source()
    newest = live.wiki.newest_revid()
    add_filter(live, *consequences)
    ran = live.publish()
    stopped_at_once(live, ran)
    assert "abusefilter" in ran.line(REPORT)
    assert live.wiki.newest_revid() == newest


def test_a_link_on_the_spam_blacklist_is_refused_once(live: Scene) -> None:
    """The words around the table hold an address that the wiki has blacklisted since."""
    live.change_source()
    live.volunteer.append(REPORT, "\n\nhttps://spam.example/page")
    live.admin.edit("MediaWiki:Spam-blacklist", r"spam\.example")
    live.volunteer.edit(ARABIC, "<!-- dialoguebot:begin needs -->\n<!-- dialoguebot:end needs -->")
    ran = live.publish()
    assert ran.outcomes[1:] == ["Saved", "Saved"]
    assert live.gate.edited.count(REPORT) == 1


def test_a_read_only_wiki_is_tried_later(live: Scene) -> None:
    live.change_source()
    newest = live.wiki.newest_revid()
    live.wiki.set("$wgReadOnly = 'Maintenance until noon';")
    ran = live.publish()
    assert (ran.code, ran.outcomes) == (75, ["ReadOnly", "NotTried", "NotTried"])
    assert live.wiki.newest_revid() == newest
    assert ran.seconds < SOON


def test_a_read_only_wiki_without_anything_to_save(live: Scene) -> None:
    live.wiki.set("$wgReadOnly = 'Maintenance until noon';")
    ran = live.publish()
    assert (ran.code, ran.outcomes) == (0, ["Unchanged"] * 3)


def test_a_page_too_big_for_the_wiki(live: Scene) -> None:
    live.change_source()
    live.wiki.set("$wgMaxArticleSize = 20;")
    ran = live.publish()
    assert ran.code == 1
    assert ran.outcome(REPORT) == "TooBig"
    assert live.gate.edited.count(REPORT) == 1


def test_broken_settings_leave_the_last_good_ones_in_use(live: Scene) -> None:
    settings = f"User:DialogueBot/{CONSULTATION}.json"
    good = live.admin.history(settings)[0]["revid"]
    live.admin.edit(settings, '{"title": "Hubs Dialogue", "sources": []}')
    live.change_source()
    ran = live.publish()
    assert (ran.code, ran.outcomes) == (1, ["Saved"] * 3 + ["Stale"])
    assert f"revision {good}" in ran.out
    assert "sources" in ran.out
    assert settings in live.admin.parse(STATUS_PAGE)["text"]
    again = live.publish()
    assert (again.code, again.outcomes) == (1, ["Unchanged"] * 3 + ["Stale"])
