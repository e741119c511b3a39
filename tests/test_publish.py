"""What a plan to save a page may say, and what each way of spoiling a folder ends in."""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.consultation import Consultation, Target
from bot.model import (
    Blocked,
    Conflict,
    Edit,
    Failed,
    HumanEdited,
    Missing,
    NoMarker,
    NotTried,
    OptedOut,
    Outcome,
    OutsidePrefixes,
    Page,
    Protected,
    ReadOnly,
    Refused,
    Revision,
    Saved,
    Shown,
    Shrunk,
    Stale,
    Stopped,
    TooBig,
    Unchanged,
    exit_code,
)
from bot.publish import Plan, plan_edit, unified
from bot.render.region import wrapped
from tests.parse.consultation import page
from tests.sandbox import EMPTY_REGION, NOTES, REPORT_PAGE, SETTINGS, SETTINGS_TITLE, Sandbox

CONSULTATION = Consultation.model_validate(SETTINGS)
TITLE = "Tea/Report"


def planned(there: Page, body: str = "new", *, create: bool = False, accept_shrink: bool = False) -> Edit | Outcome:
    target = Target(report="needs", page=there.title, create=create)
    plan = Plan(target=target, body=body, summary="why", accept_shrink=accept_shrink)
    return plan_edit(plan, there, CONSULTATION)


def report_page(wikitext: str) -> Revision:
    return page(wikitext, TITLE)


def test_an_edit_changes_the_region_and_nothing_else() -> None:
    edit = planned(report_page(REPORT_PAGE))
    assert isinstance(edit, Edit)
    assert edit.wikitext == REPORT_PAGE.replace(EMPTY_REGION, wrapped("needs", "new"))
    assert (edit.title, edit.summary) == (TITLE, "why")
    assert edit.base == report_page(REPORT_PAGE)


def test_what_stands_there_already_is_not_saved() -> None:
    assert planned(report_page(f"a\n{wrapped('needs', 'new')}\nb")) == Unchanged(title=TITLE)


def redirect(target: str) -> Revision:
    return replace(report_page(f"#REDIRECT [[{target}]]"), redirect=target)


ENDS: dict[str, tuple[Page, type[Outcome], str]] = {
    "no-markers": (report_page("a"), NoMarker, "begin needs"),
    "a-redirect": (redirect("Tea/Moved"), NoMarker, "Tea/Moved"),
    "missing-and-not-to-be-made": (Missing(title=TITLE), NoMarker, "create"),
    "not-to-be-read": (Missing(title=TITLE, why="it is binary", exists=True), Protected, "binary"),
    "elsewhere": (page(REPORT_PAGE, "Tea/Reports"), OutsidePrefixes, "Tea/Report"),
    "in-another-namespace": (page(REPORT_PAGE, "Talk:Tea/Report"), OutsidePrefixes, "Tea/Report"),
    "a-persons-words-in-the-region": (
        report_page(wrapped("needs", "old").replace("old", "odd")),
        HumanEdited,
        "person",
    ),
    "words-the-bot-never-wrote": (
        report_page("<!-- dialoguebot:begin needs -->\na\n<!-- dialoguebot:end needs -->"),
        HumanEdited,
        "did not write",
    ),
    "much-smaller-than-before": (report_page(wrapped("needs", "old " * 50)), Shrunk, "--accept-shrink"),
    "nobots": (report_page(f"{{{{nobots}}}}\n{REPORT_PAGE}"), OptedOut, "bots"),
    "denied-by-name": (report_page(f"{{{{bots|deny=OtherBot, DialogueBot}}}}\n{REPORT_PAGE}"), OptedOut, "bots"),
    "denied-in-other-letters": (report_page(f"{{{{Bots | deny = dialogueBot }}}}\n{REPORT_PAGE}"), OptedOut, "bots"),
    "allowed-to-others": (report_page(f"{{{{bots|allow=OtherBot}}}}\n{REPORT_PAGE}"), OptedOut, "bots"),
    "allowed-to-none": (report_page(f"{{{{bots|allow=none}}}}\n{REPORT_PAGE}"), OptedOut, "bots"),
    "nobots-inside-another-template": (
        report_page(f"{{{{Header|{{{{nobots}}}}}}}}\n{REPORT_PAGE}"),
        OptedOut,
        "bots",
    ),
    "denied-at-the-end-of-a-long-list": (
        report_page(
            f"{{{{bots|deny={','.join(f'OtherBot{each}' for each in range(300))},DialogueBot}}}}\n{REPORT_PAGE}"
        ),
        OptedOut,
        "bots",
    ),
}


@pytest.mark.parametrize(("there", "kind", "said"), ENDS.values(), ids=ENDS.keys())
def test_there_is_no_edit_where(there: Page, kind: type[Outcome], said: str) -> None:
    outcome = planned(there)
    assert type(outcome) is kind
    assert said in outcome.text
    assert outcome.title == there.title


WELCOME = {
    "allowed-by-name": "{{bots|allow=DialogueBot}}",
    "allowed-to-all": "{{bots|allow=all}}",
    "denied-to-others": "{{bots|deny=OtherBot}}",
    "denied-to-none": "{{bots|deny=none}}",
    "nobots-in-nowiki": "<nowiki>{{nobots}}</nowiki>",
    "nobots-in-a-comment": "<!-- {{nobots}} -->",
    "another-template": "{{nobotsatall}}",
    "nobots-never-closed": "{{nobots",
}


@pytest.mark.parametrize("words", WELCOME.values(), ids=WELCOME.keys())
def test_the_bot_may_edit_where(words: str) -> None:
    assert isinstance(planned(report_page(f"{words}\n{REPORT_PAGE}")), Edit)


PREFIXES = {
    "Tea/Report": True,
    "Tea/Report/fr": True,
    "Tea/Report/": True,
    "Tea/Reports": False,
    "Tea/Report fr": False,
    "Tea": False,
    "Tea/Other": False,
    "tea/Report": False,
    "User:DialogueBot/Tea.json": False,
}


@pytest.mark.parametrize(("title", "allowed"), PREFIXES.items())
def test_output_goes_below_the_prefixes_only(title: str, allowed: bool) -> None:
    assert CONSULTATION.allows_output(title) is allowed


def test_a_prefix_with_a_colon_or_slash_allows_what_begins_with_it() -> None:
    several = Consultation.model_validate({**SETTINGS, "output_prefixes": ["Tea talk:", "Tea/Out/"]})
    assert [several.allows_output(title) for title in ("Tea talk:X", "Tea/Out/X", "Tea/Out", "Tea/Outside")] == [
        True,
        True,
        True,
        False,
    ]


def test_a_shrunk_report_is_saved_when_a_person_accepts_it() -> None:
    there = report_page(wrapped("needs", "old " * 50))
    assert isinstance(planned(there, accept_shrink=True), Edit)


def test_a_new_page_is_made_only_where_the_settings_say_so() -> None:
    edit = planned(Missing(title=TITLE), create=True)
    assert edit == Edit(title=TITLE, base=None, wikitext=wrapped("needs", "new"), summary="why")


def test_a_page_larger_than_a_wiki_stores_is_refused() -> None:
    outcome = planned(report_page(REPORT_PAGE), "é" * 1_100_000)
    assert isinstance(outcome, TooBig)
    assert "2097152" in outcome.text.replace(",", "")


def test_the_difference_of_a_persons_edit_shows_their_words() -> None:
    outcome = planned(report_page(wrapped("needs", "a\nold\nb").replace("old", "odd")), "a\nold\nb")
    assert isinstance(outcome, HumanEdited)
    assert "-old" in outcome.diff.split("\n")
    assert "+odd" in outcome.diff.split("\n")


CODES: list[tuple[list[type[Outcome]], int]] = [
    ([], 0),
    ([Unchanged], 0),
    ([Saved, Unchanged, Shown], 0),
    ([Saved, Conflict], 1),
    ([Stale], 1),
    ([NoMarker], 1),
    ([HumanEdited], 1),
    ([Shrunk], 1),
    ([Protected], 1),
    ([OutsidePrefixes], 1),
    ([OptedOut], 1),
    ([TooBig], 1),
    ([Refused], 1),
    ([Failed, Saved], 1),
    ([Saved, ReadOnly, NotTried], 75),
    ([NoMarker, ReadOnly], 75),
    ([Saved, Blocked, NotTried], 77),
    ([ReadOnly, Stopped], 77),
    ([Stopped], 77),
]


def made(kind: type[Outcome]) -> Outcome:
    return Saved(title="A", revid=1) if kind is Saved else kind(title="A")


def names(value: object) -> str | None:
    return "+".join(each.__name__ for each in value) or "nothing" if isinstance(value, list) else None


@pytest.mark.parametrize(("kinds", "code"), CODES, ids=names)
def test_exit_code(kinds: list[type[Outcome]], code: int) -> None:
    assert exit_code([made(kind) for kind in kinds]) == code


def test_every_outcome_has_an_exit_code_of_its_own_in_the_table() -> None:
    named = {kind.__name__ for kinds, _ in CODES for kind in kinds}
    assert named == {kind.__name__ for kind in Outcome.__subclasses__()}


# The exact difference.


def applied(old: str, diff: str) -> str:
    """Return what a unified difference makes of a text, refusing one that does not fit, as `patch` would."""
    lines, made_lines, at = old.split("\n"), [], 0
    for line in diff.split("\n")[2:]:
        if line.startswith("@@"):
            start = max(int(line.split()[1][1:].split(",")[0]) - 1, at)
            made_lines += lines[at:start]
            at = start
        elif line.startswith("+"):
            made_lines.append(line[1:])
        else:
            assert lines[at] == line[1:], f"{lines[at]!r} is not {line[1:]!r}"
            made_lines += [line[1:]] if line.startswith(" ") else []
            at += 1
    return "\n".join(made_lines + lines[at:])


DIFFERENCES = {
    "a-word": ("a\nb\nc", "a\nB\nc"),
    "far-apart": ("\n".join("abcdefghijklmnop"), "A\n" + "\n".join("bcdefghijklmno") + "\nP"),
    "line-separator-of-unicode": ("a\u2028b\nc", "a\u2028b\nd"),
    "page-break-and-next-line": ("a\x0cb\x85c\nd", "a\x0cb\x85C\nd"),
    "blank-lines-at-the-end": ("a\n\n", "a\n"),
    "lines-that-look-like-a-difference": ("--- a\n+++ b\n@@ -1 +1 @@", "--- a\n+++ c\n@@ -1 +1 @@"),
}


@pytest.mark.parametrize(("old", "new"), DIFFERENCES.values(), ids=DIFFERENCES.keys())
def test_a_difference_is_exact(old: str, new: str) -> None:
    assert applied(old, unified(old, new, ("A (now)", "A (new)"), whole=True)) == new


def test_no_difference_is_empty() -> None:
    assert unified("a", "a", ("A", "A")) == ""


def test_diff_shows_exactly_what_publish_then_does(sandbox: Sandbox) -> None:
    sandbox.write(TITLE, REPORT_PAGE.replace("above.", "above,\u2028and a second line."))
    old = sandbox.read()
    diff = sandbox.refuses("diff")
    assert diff.code == 0
    assert "\n+++ " in f"\n{diff.out}"
    assert sandbox.run("publish").code == 0
    assert applied(old.removesuffix("\n"), diff.out.removesuffix("\n")) + "\n" == sandbox.read()
    again = sandbox.refuses("diff")
    assert again.code == 0
    assert "Unchanged" in again.out
    assert "+++" not in again.out


# Every way to spoil a folder: nothing is written, the message names page and line, and the exit code says what it is.

MARKER_PAGES = {
    "marker-missing": (REPORT_PAGE.replace("<!-- dialoguebot:end needs -->", ""), ["end needs", "missing"]),
    "markers-doubled": (f"{REPORT_PAGE}\n{EMPTY_REGION}", ["begin needs", "3 and 10"]),
    "markers-swapped": (
        "a\n<!-- dialoguebot:end needs -->\n<!-- dialoguebot:begin needs -->\nb",
        ["line 2", "line 3"],
    ),
    "markers-nested": (
        REPORT_PAGE.replace("needs -->\n<!--", "needs -->\n<!-- dialoguebot:begin poll -->\n<!--", 1),
        ["poll", "line 4"],
    ),
    "markers-in-nowiki": (f"<nowiki>{EMPTY_REGION}</nowiki>", ["begin needs", "missing"]),
    "page-empty": ("", ["begin needs", "missing"]),
    "page-is-a-redirect": ("#REDIRECT [[Tea/Moved]]", ["Tea/Moved"]),
}


@pytest.mark.parametrize(("wikitext", "said"), MARKER_PAGES.values(), ids=MARKER_PAGES.keys())
def test_a_page_that_cannot_be_written_is_left_alone(sandbox: Sandbox, wikitext: str, said: list[str]) -> None:
    sandbox.write(TITLE, wikitext)
    ran = sandbox.refuses("publish")
    assert ran.code == 1
    assert f"NoMarker        {TITLE}" in ran.out
    assert all(each in ran.out for each in said), ran.out


@pytest.mark.parametrize("content", [b"\x89PNG\0\0", b"caf\xe9 \xff"], ids=["binary", "not-utf-8"])
def test_a_report_page_that_is_no_text_is_left_alone(sandbox: Sandbox, content: bytes) -> None:
    sandbox.write(TITLE, content)
    ran = sandbox.refuses("publish")
    assert ran.code == 1
    assert f"Protected       {TITLE}" in ran.out


def test_other_pages_go_on_where_one_is_refused(sandbox: Sandbox) -> None:
    pages = [{"report": "needs", "page": f"Tea/Report/{each}", "create": True} for each in ("a", "b")]
    sandbox.settings(reports=[SETTINGS["reports"][0], *pages])
    sandbox.write("Tea/Report/a", "no markers")
    ran = sandbox.run("publish")
    assert ran.code == 1
    assert [line.split()[:2] for line in ran.out.replace(":", "").splitlines()] == [
        ["Saved", "Tea/Report"],
        ["NoMarker", "Tea/Report/a"],
        ["Saved", "Tea/Report/b"],
    ]


def test_a_volunteers_sentence_outside_the_region_survives(sandbox: Sandbox) -> None:
    sandbox.run("publish")
    sandbox.write(TITLE, sandbox.read().replace("volunteer above.", "volunteer above. One sentence more!"))
    sandbox.write("Tea/Notes/Alpha Group", f"{NOTES}== Legal support ==\n* Need: a contract\n")
    assert sandbox.run("publish").code == 0
    assert "One sentence more!" in sandbox.read()
    assert sandbox.read().endswith("Words of a volunteer below.\n\n[[Category:Tea]]\n")


def test_a_volunteers_sentence_inside_the_region_stops_the_page(sandbox: Sandbox) -> None:
    sandbox.run("publish")
    sandbox.write(
        TITLE, sandbox.read().replace("</div>\n<!-- dialoguebot:end", "A sentence.\n</div>\n<!-- dialoguebot:end")
    )
    sandbox.write("Tea/Notes/Alpha Group", f"{NOTES}== Legal support ==\n* Need: a contract\n")
    ran = sandbox.refuses("publish")
    assert ran.code == 1
    assert f"HumanEdited     {TITLE}" in ran.out
    assert "+A sentence." in ran.out


def test_a_second_publish_makes_no_write(sandbox: Sandbox) -> None:
    assert sandbox.run("publish").code == 0
    again = sandbox.refuses("publish")
    assert again.code == 0
    assert f"Unchanged       {TITLE}" in again.out


def test_a_write_protected_page_is_left_alone(sandbox: Sandbox) -> None:
    sandbox.path(TITLE).chmod(0o444)
    ran = sandbox.refuses("publish")
    assert ran.code == 1
    assert f"Protected       {TITLE}" in ran.out


def test_a_page_outside_the_prefixes_is_left_alone(sandbox: Sandbox) -> None:
    sandbox.settings(output_prefixes=["Elsewhere"])
    ran = sandbox.refuses("publish")
    assert ran.code == 1
    assert f"OutsidePrefixes {TITLE}" in ran.out
    assert "Elsewhere" in ran.out


def test_nobots_is_obeyed(sandbox: Sandbox) -> None:
    sandbox.write(TITLE, f"{{{{nobots}}}}\n{REPORT_PAGE}")
    ran = sandbox.refuses("publish")
    assert (ran.code, f"OptedOut        {TITLE}" in ran.out) == (1, True)


STOPS = {
    "a-word": "Stop, please.",
    "in-nowiki": "<nowiki>Stop, please.</nowiki>",
    "in-a-template": "{{Stop}}",
    "not-to-be-read": b"Stop \xff",
}


@pytest.mark.parametrize("words", STOPS.values(), ids=STOPS.keys())
def test_the_stop_page_stops_the_bot(sandbox: Sandbox, words: str | bytes) -> None:
    sandbox.write("User:DialogueBot/Stop", words)
    ran = sandbox.refuses("publish")
    assert ran.code == 77
    assert "User:DialogueBot/Stop" in ran.out


def test_the_stop_page_stops_the_status_page_too(sandbox: Sandbox) -> None:
    elsewhere = {"report": "needs", "page": "Elsewhere"}
    sandbox.settings(status_page="Tea/Report/Status", reports=[elsewhere])
    sandbox.write("User:DialogueBot/Stop", "Stop, please.")
    sandbox.refuses("publish")


@pytest.mark.parametrize("words", ["", "\n\n", "<!-- write here to stop the bot -->"])
def test_an_empty_stop_page_stops_nothing(sandbox: Sandbox, words: str) -> None:
    sandbox.write("User:DialogueBot/Stop", words)
    assert sandbox.run("publish").code == 0


def test_a_report_that_got_much_smaller_waits_for_a_person(sandbox: Sandbox) -> None:
    sandbox.write("Tea/Notes/Alpha Group", NOTES + "".join(f"* Need: words {each}\n" for each in range(80)))
    sandbox.run("publish")
    sandbox.write("Tea/Notes/Alpha Group", NOTES)
    ran = sandbox.refuses("publish")
    assert (ran.code, f"Shrunk          {TITLE}" in ran.out) == (1, True)
    assert sandbox.run("publish", "--accept-shrink").code == 0
    assert "words 79" not in sandbox.read()


# A source that cannot be read never becomes a zero.


def remove(path: str) -> Callable[[Sandbox], None]:
    return lambda sandbox: sandbox.path(path).unlink()


def put(path: str, content: str | bytes) -> Callable[[Sandbox], None]:
    def spoil(sandbox: Sandbox) -> None:
        sandbox.write(path, content)

    return spoil


NAMED = {
    "sources": [
        {"page": "Tea/Notes/Alpha Group", "read": "needs"},
        {"page": "Tea/Notes/Beta Circle", "read": "needs"},
    ]
}
UNREADABLE: dict[str, tuple[dict[str, Any], Callable[[Sandbox], None], list[str]]] = {
    "missing": (NAMED, remove("Tea/Notes/Beta Circle"), ["Tea/Notes/Beta Circle, line 1"]),
    "redirect": (
        NAMED,
        put("Tea/Notes/Beta Circle", "#REDIRECT [[Tea/Other]]"),
        ["Tea/Notes/Beta Circle, line 1", "Tea/Other"],
    ),
    "empty": (NAMED, put("Tea/Notes/Beta Circle", " \n\n"), ["Tea/Notes/Beta Circle, line 1"]),
    "binary": (NAMED, put("Tea/Notes/Beta Circle", b"\x89PNG\0"), ["Tea/Notes/Beta Circle, line 1", "binary"]),
    "not-utf-8": (
        NAMED,
        put("Tea/Notes/Beta Circle", b"== Skills ==\n* caf\xe9\n"),
        ["Tea/Notes/Beta Circle, line 2", "UTF-8"],
    ),
    "binary-below-a-prefix": ({}, put("Tea/Notes/Beta Circle", b"\0"), ["Tea/Notes/Beta Circle, line 1"]),
    "a-prefix-with-no-page": (
        {"sources": [{"prefix": "Tea/Nowhere/", "read": "needs"}]},
        lambda _: None,
        ["Tea/Nowhere/"],
    ),
}
CASES = pytest.mark.parametrize(("settings", "spoil", "said"), UNREADABLE.values(), ids=UNREADABLE.keys())


@CASES
def test_nothing_is_published_first_with_an_unreadable_source(
    sandbox: Sandbox, settings: dict[str, Any], spoil: Callable[[Sandbox], None], said: list[str]
) -> None:
    sandbox.settings(**settings)
    spoil(sandbox)
    ran = sandbox.refuses("publish")
    assert ran.code == 1
    assert f"Stale           {TITLE}" in ran.out
    assert all(each in ran.out for each in said), ran.out
    shown = sandbox.refuses("show", "needs")
    assert shown.code == 1
    assert all(each in shown.err for each in said), shown.err


@CASES
def test_the_last_table_stays_and_says_so_and_recovers(
    sandbox: Sandbox, settings: dict[str, Any], spoil: Callable[[Sandbox], None], said: list[str]
) -> None:
    assert sandbox.run("publish").code == 0
    good = sandbox.read()
    saved = {title: sandbox.read(title) for title in ("Tea/Notes/Beta Circle", SETTINGS_TITLE)}
    sandbox.settings(**settings)
    spoil(sandbox)
    ran = sandbox.run("publish")
    assert ran.code == 1
    assert all(each in ran.out for each in said), ran.out
    stale = sandbox.read()
    table = good.partition("{|")[2].partition("|}")[0]
    assert table in stale
    assert stale.count("dialoguebot-stale") == 1
    assert sandbox.refuses("publish").code == 1
    for title, text in saved.items():
        sandbox.write(title, text)
    assert sandbox.run("publish").code == 0
    assert sandbox.read() == good


def test_diff_and_publish_agree_that_a_page_waits_for_its_sources(sandbox: Sandbox) -> None:
    sandbox.run("publish")
    sandbox.write("Tea/Notes/Beta Circle", "")
    sandbox.run("publish")
    diff = sandbox.refuses("diff")
    assert (diff.code, f"Stale           {TITLE}" in diff.out) == (1, True)


def test_a_redirect_to_another_source_is_read_there(sandbox: Sandbox) -> None:
    sandbox.write("Tea/Notes/Beta", "#REDIRECT [[Tea/Notes/Beta Circle]]")
    ran = sandbox.run("show", "needs", "--json")
    assert (ran.code, json.loads(ran.out)["problems"]) == (0, [])


def test_other_digits_do_not_matter(sandbox: Sandbox) -> None:
    sandbox.settings(sources=[{"page": "Tea/جدول", "read": "needs"}])
    sandbox.write(
        "Tea/جدول", "{|\n! Group !! Skills !! Legal support\n|-\n| Alpha || ✓ || ✓\n|-\n! Total !! ١ !! ٢\n|}\n"
    )
    shown = json.loads(sandbox.run("show", "--json").out)
    assert [problem["line"] for problem in shown["problems"] if problem["kind"] == "count-differs"] == [6]


def test_a_page_of_a_megabyte_is_read_and_the_others_with_it(sandbox: Sandbox) -> None:
    sandbox.write("Tea/Notes/Alpha Group", f"{'Words and words. ' * 70_000}\n{NOTES}")
    shown = json.loads(sandbox.run("show", "--json").out)
    assert [need["count"] for need in shown["figures"]["needs"]] == [2, 0]


def test_a_flood_of_problems_on_one_page_leaves_the_report_of_the_others(sandbox: Sandbox) -> None:
    flood = "".join(f"* Nonsense {each} – Alpha Group, Nobody {each}\n" for each in range(12_000))
    sandbox.settings(sources=[*SETTINGS["sources"], {"page": "Tea/Flood", "read": "needs"}])
    sandbox.write("Tea/Flood", flood)
    ran = sandbox.run("publish")
    assert f"Saved           {TITLE}" in ran.out, ran.out
    assert len(sandbox.read()) < 1_000_000


def test_a_table_that_is_cut_off_is_read_and_named(sandbox: Sandbox) -> None:
    sandbox.settings(sources=[{"page": "Tea/Table", "read": "needs"}])
    sandbox.write("Tea/Table", "Words.\n{|\n! Group !! Skills !! Legal support\n|-\n| Alpha || x ||\n|-\n| Beta Ci")
    ran = sandbox.run("publish")
    assert ran.code == 0
    assert "Tea/Table, line 2: " in ran.err
    assert "✓" in sandbox.read() or "Alpha Group" in sandbox.read()


EVIL = [
    "a|b",
    "a }} b",
    "<ref>a</ref>",
    "~~~~",
    "\u202ea\u202c",
    "a\u200f",
    "[[Category:X]]",
    "{{subst:X}}",
    "\u0338a",
]


@pytest.mark.parametrize("name", EVIL, ids=ascii)
def test_a_hostile_name_of_a_group_is_shown_and_does_nothing(sandbox: Sandbox, name: str) -> None:
    sandbox.settings(groups=[{"name": name, "aliases": ["Alpha Group"]}, {"name": "Beta Circle"}])
    assert sandbox.run("publish").code == 0
    region = sandbox.read().partition("dialoguebot:begin")[2].partition("<!-- dialoguebot:end")[0]
    assert not any(each in region for each in ("~~~", "{{", "}}", "<ref", "[[Category", "\u202e", "<bdi≯"))
    assert region.count("<bdi>") == region.count("</bdi>")
    assert sandbox.refuses("publish").code == 0


def test_windows_line_ends_and_a_byte_order_mark_are_no_change_of_a_persons(sandbox: Sandbox) -> None:
    sandbox.run("publish")
    sandbox.write(TITLE, b"\xef\xbb\xbf" + sandbox.read().replace("\n", "\r\n").encode())
    ran = sandbox.refuses("publish")
    assert (ran.code, "Unchanged" in ran.out) == (0, True)


def test_a_killed_run_leaves_the_old_page_or_the_new_one(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    before = sandbox.everything()

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", killed)
    assert sandbox.run("publish").code == 130
    monkeypatch.undo()
    monkeypatch.delenv("DIALOGUEBOT_WIKI", raising=False)
    assert sandbox.everything() == before
    assert sandbox.run("publish").code == 0
