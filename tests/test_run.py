"""One run: conflicts, a wiki that goes away, a stop in the middle, and reports that fail by a bug of ours."""

import html
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from bot import readings, reporting
from bot.errors import NotAllowed, SettingsError, TryLater
from bot.model import (
    Blocked,
    Conflict,
    Edit,
    Failed,
    Missing,
    NotTried,
    OptedOut,
    Outcome,
    Page,
    ReadOnly,
    Revision,
    Saved,
    Stale,
    Stopped,
    Unchanged,
    WikiProfile,
)
from bot.people import UserFacts
from bot.render.labels import Labels
from bot.run import Run
from bot.wiki.folder import FolderWiki
from tests.sandbox import NOTES, SETTINGS, SETTINGS_TITLE, Sandbox

TITLE = "Tea/Report"


class FakeWiki:
    """A folder wiki on which saving first ends as told; what it is asked is kept."""

    def __init__(self, folder: FolderWiki, *ends: Outcome | Exception) -> None:
        self._folder = folder
        self._ends = list(ends)
        self.saves: list[Edit] = []
        self.reads: list[list[str]] = []
        self.history: list[Revision] = []

    @property
    def profile(self) -> WikiProfile:
        return self._folder.profile

    def pages(self, titles: Sequence[str], prefixes: Sequence[str] = ()) -> Mapping[str, Page]:
        self.reads.append([*titles, *prefixes])
        return self._folder.pages(titles, prefixes)

    def earlier(self, title: str) -> Sequence[Revision]:
        return [each for each in self.history if each.title == title]

    def users(self, names: Sequence[str], *, only_renames: bool = False) -> Mapping[str, UserFacts]:
        return self._folder.users(names, only_renames=only_renames)

    def address(self, title: str) -> str:
        return self._folder.address(title)

    def save(self, edit: Edit) -> Outcome:
        self.saves.append(edit)
        end = self._ends.pop(0) if self._ends else None
        if isinstance(end, Exception):
            raise end
        return end or self._folder.save(edit)


def publish(wiki: FakeWiki, *, accept_shrink: bool = False) -> list[Outcome]:
    run = Run(wiki, SETTINGS_TITLE, accept_shrink=accept_shrink)
    return list(run.publish(run.consultation.reports))


CONFLICT = Conflict(title=TITLE)


def settings_of(wiki: FakeWiki, wikitext: str, revid: int) -> Revision:
    page = wiki.pages([SETTINGS_TITLE])[SETTINGS_TITLE]
    assert isinstance(page, Revision)
    return replace(page, wikitext=wikitext, revid=revid)


def test_the_last_good_settings_are_used_while_the_newest_are_broken(sandbox: Sandbox) -> None:
    wiki = FakeWiki(sandbox.wiki)
    good = json.dumps({**SETTINGS, "status_page": "Tea/Report/Status"})
    wiki.history = [settings_of(wiki, "{", 12), settings_of(wiki, good, 11), settings_of(wiki, "[]", 10)]
    sandbox.write(SETTINGS_TITLE, good.replace('"needs"', '"need"').replace("}", "", 1))
    outcomes = publish(wiki)
    assert [type(outcome) for outcome in outcomes] == [Saved, Stale, Saved]
    assert outcomes[1].failed
    assert "revision 11" in outcomes[1].text
    assert f"{SETTINGS_TITLE}, line 1" in outcomes[1].text
    assert SETTINGS_TITLE in html.unescape(sandbox.read("Tea/Report/Status"))
    assert [type(outcome) for outcome in publish(wiki)] == [Unchanged, Stale]


def test_without_good_settings_the_newest_are_what_is_complained_of(sandbox: Sandbox) -> None:
    wiki = FakeWiki(sandbox.wiki)
    wiki.history = [settings_of(wiki, "[]", 10)]
    sandbox.write(SETTINGS_TITLE, '{"title": 3}')
    with pytest.raises(SettingsError, match="title: "):
        publish(wiki)


def test_emptied_settings_are_no_slip_of_the_pen(sandbox: Sandbox) -> None:
    wiki = FakeWiki(sandbox.wiki)
    wiki.history = [settings_of(wiki, json.dumps(SETTINGS), 10)]
    sandbox.write(SETTINGS_TITLE, " ")
    with pytest.raises(SettingsError):
        publish(wiki)


def test_a_conflict_is_read_again_and_saved(sandbox: Sandbox, pauses: list[float]) -> None:
    wiki = FakeWiki(sandbox.wiki, CONFLICT)
    outcomes = publish(wiki)
    assert [type(outcome) for outcome in outcomes] == [Saved]
    assert len(wiki.saves) == 2
    assert len(pauses) == 1
    assert 0 < pauses[0] < 5


def test_a_conflict_is_resolved_with_what_the_other_one_wrote(sandbox: Sandbox, pauses: list[float]) -> None:
    class Meddling(FakeWiki):
        def save(self, edit: Edit) -> Outcome:
            if not self.saves:
                sandbox.write(TITLE, sandbox.read().replace("volunteer above", "volunteer and of another above"))
                sandbox.write("Tea/Notes/Alpha Group", f"{NOTES}== Legal support ==\n* Need: a contract\n")
            return super().save(edit)

    assert [type(outcome) for outcome in publish(Meddling(sandbox.wiki))] == [Saved]
    assert "volunteer and of another above" in sandbox.read()
    assert "Legal support</bdi>''' (1 group)" in sandbox.read(), "the sources were not read again"
    assert len(pauses) == 1


def test_a_conflict_that_never_ends_is_given_up_after_three_tries(sandbox: Sandbox, pauses: list[float]) -> None:
    before = sandbox.everything()
    wiki = FakeWiki(sandbox.wiki, *[CONFLICT] * 9)
    outcomes = publish(wiki)
    assert [(type(outcome), outcome.retry) for outcome in outcomes] == [(Conflict, True)]
    assert len(wiki.saves) == 3
    assert len(pauses) == 2
    assert all(0 < pause < 10 for pause in pauses)
    assert sandbox.everything() == before


def test_a_conflict_on_one_page_leaves_the_next_its_own_tries(sandbox: Sandbox, pauses: list[float]) -> None:
    second = {"report": "needs", "page": "Tea/Report/b", "create": True}
    sandbox.settings(reports=[SETTINGS["reports"][0], second])
    outcomes = publish(FakeWiki(sandbox.wiki, CONFLICT, CONFLICT, CONFLICT))
    assert [type(outcome) for outcome in outcomes] == [Conflict, Saved]
    assert len(pauses) == 2


def test_an_edit_that_the_wiki_merged_is_checked(sandbox: Sandbox, pauses: list[float]) -> None:
    """The wiki put another edit and this one together: what stands there now is not what was planned."""
    merged = Saved(title=TITLE, revid=9, merged=True)
    wiki = FakeWiki(sandbox.wiki, merged)
    assert [type(outcome) for outcome in publish(wiki)] == [Saved]
    assert len(wiki.saves) == 2
    assert len(pauses) == 1


@pytest.mark.parametrize(
    ("end", "kind"),
    [
        (TryLater("the wiki is away"), ReadOnly),
        (NotAllowed("the account is blocked"), Blocked),
        (ReadOnly(title=TITLE, text="read-only"), ReadOnly),
        (Blocked(title=TITLE, text="blocked"), Blocked),
    ],
    ids=["away", "not-allowed", "read-only", "blocked"],
)
def test_after_what_stops_a_run_nothing_more_is_tried(
    sandbox: Sandbox, end: Outcome | Exception, kind: type[Outcome]
) -> None:
    second = {"report": "needs", "page": "Tea/Report/b", "create": True}
    sandbox.settings(reports=[SETTINGS["reports"][0], second], status_page="Tea/Report/Status")
    wiki = FakeWiki(sandbox.wiki, end)
    outcomes = publish(wiki)
    assert [type(outcome) for outcome in outcomes] == [kind, NotTried]
    assert [edit.title for edit in wiki.saves] == [TITLE]
    assert outcomes[0].text
    assert outcomes[0].stops_run


def test_a_wiki_that_goes_away_at_the_status_page_is_an_outcome_too(sandbox: Sandbox) -> None:
    elsewhere = {"report": "needs", "page": "Elsewhere"}
    sandbox.settings(reports=[elsewhere], status_page="Tea/Report/Status")
    outcomes = publish(FakeWiki(sandbox.wiki, TryLater("the wiki is away")))
    assert [type(outcome).__name__ for outcome in outcomes] == ["OutsidePrefixes", "ReadOnly"]


def test_a_stop_page_that_appears_while_a_slow_run_goes_on_is_obeyed(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    wiki = FakeWiki(sandbox.wiki)
    run = Run(wiki, SETTINGS_TITLE)
    sandbox.write("User:DialogueBot/Stop", "Stop, please.")
    now = time.monotonic() + 3600
    monkeypatch.setattr("bot.run.time.monotonic", lambda: now)
    assert [type(outcome) for outcome in run.publish(run.consultation.reports)] == [Stopped]
    assert wiki.saves == []
    assert wiki.reads[-1] == ["User:DialogueBot/Stop"]


def test_a_page_that_was_deleted_meanwhile_is_not_made_again(sandbox: Sandbox) -> None:
    wiki = FakeWiki(sandbox.wiki)
    run = Run(wiki, SETTINGS_TITLE)
    sandbox.path(TITLE).unlink()
    assert [type(outcome) for outcome in run.publish(run.consultation.reports)] == [OptedOut]
    assert not sandbox.path(TITLE).exists()


def test_a_page_that_appeared_meanwhile_is_not_overwritten(sandbox: Sandbox, pauses: list[float]) -> None:
    sandbox.settings(reports=[{"report": "needs", "page": TITLE, "create": True}])
    sandbox.path(TITLE).unlink()
    run = Run(sandbox.wiki, SETTINGS_TITLE)
    sandbox.write(TITLE, "Somebody's new page.")
    outcomes = list(run.publish(run.consultation.reports))
    assert [type(outcome).__name__ for outcome in outcomes] == ["NoMarker"]
    assert sandbox.read() == "Somebody's new page."
    assert pauses


def test_everything_is_read_at_once_and_nothing_twice(sandbox: Sandbox) -> None:
    wiki = FakeWiki(sandbox.wiki)
    publish(wiki)
    asked = [title for titles in wiki.reads for title in titles]
    assert len(asked) == len(set(asked))
    assert len(wiki.reads) <= 2
    before = len(wiki.saves)
    assert [type(outcome) for outcome in publish(wiki)] == [Unchanged]
    assert len(wiki.saves) == before


def test_a_bug_of_ours_fails_its_report_and_no_other(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    second = {"report": "needs", "page": "Tea/Report/b", "create": True, "language": "fr"}
    sandbox.settings(reports=[SETTINGS["reports"][0], second])
    wikitext = reporting.wikitext

    def broken(report: reporting.Report, chosen: object, labels: Labels, version: str) -> str:
        if labels.code == "en":
            raise ZeroDivisionError("a bug of ours")
        return wikitext(report, run.consultation, labels, version)

    run = Run(sandbox.wiki, SETTINGS_TITLE)
    monkeypatch.setattr(reporting, "wikitext", broken)
    outcomes = list(run.publish(run.consultation.reports))
    assert [type(outcome) for outcome in outcomes] == [Failed, Saved]
    assert "a bug of ours" in outcomes[0].text
    assert "Traceback" in capsys.readouterr().err


def test_a_report_that_fails_by_a_bug_ends_with_its_outcome(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> reporting.Report:
        raise ZeroDivisionError("a bug of ours")

    monkeypatch.setattr(readings.Readings, "report", broken)
    ran = sandbox.refuses("publish")
    assert ran.code == 1
    assert f"Failed          {TITLE}" in ran.out


def test_without_settings_there_is_no_run(sandbox: Sandbox) -> None:
    with pytest.raises(SettingsError, match=r"Nowhere\.json"):
        Run(sandbox.wiki, "User:DialogueBot/Nowhere.json")


def test_labels_from_the_wiki_replace_ours_and_bad_ones_are_problems(sandbox: Sandbox) -> None:
    page = "User:DialogueBot/Labels/en.json"
    sandbox.write(page, json.dumps({"needs-group": "Who [[Category:X]]", "needs-count": 7, "@note": 1}))
    ran = sandbox.run("publish")
    assert ran.code == 0, ran.said
    assert "Who &#91;&#91;Category" in sandbox.read()
    assert "“needs-count”" in html.unescape(sandbox.read())


BAD_LABELS = {
    "not-json": ('{"a":\n', "line 2"),
    "not-an-object": ("[1]", "line 1"),
    "a-number-of-five-thousand-digits": ('{"a": ' + "9" * 5_000 + "}", "line 1"),
    "nested-a-thousand-times": ("[" * 100_000, "line 1"),
}


@pytest.mark.parametrize(("text", "where"), BAD_LABELS.values(), ids=BAD_LABELS.keys())
def test_labels_that_cannot_be_used_do_not_stop_a_report(sandbox: Sandbox, text: str, where: str) -> None:
    sandbox.write("User:DialogueBot/Labels/en.json", text)
    ran = sandbox.run("publish")
    assert ran.code == 0, ran.said
    assert "Labels" in sandbox.read()
    assert where in sandbox.read()


def test_a_report_that_two_targets_share_a_page_with_does_not_go_back_and_forth(
    sandbox: Sandbox, pauses: list[float]
) -> None:
    """Either the settings are refused, or the second publish changes nothing."""
    there = SETTINGS["reports"][0]
    sandbox.settings(reports=[there, {**there, "language": "fr"}])
    if sandbox.run("publish").code != 2:
        sandbox.refuses("publish")
    assert len(pauses) < 9


def test_a_page_of_an_opted_out_wiki_is_missing_not_none(sandbox: Sandbox) -> None:
    pages = sandbox.wiki.pages(["Nowhere"])
    assert pages == {"Nowhere": Missing(title="Nowhere")}


def test_a_run_of_some_reports_leaves_the_list_of_waiting_pages_alone(sandbox: Sandbox) -> None:
    """It knows nothing of the pages that it did not look at, and would say that none of them waits."""
    french = {"report": "needs", "page": "Tea/Report/fr", "language": "fr", "create": True}
    elsewhere = {"report": "needs", "page": "Elsewhere"}
    sandbox.settings(reports=[elsewhere, french], languages=["en", "fr"], status_page="Tea/Report/Status")
    assert sandbox.run("publish").code == 1
    waiting = sandbox.read("Tea/Report/Status")
    assert "Elsewhere" in waiting
    assert sandbox.run("publish", "--language", "fr").code == 0
    assert sandbox.read("Tea/Report/Status") == waiting
