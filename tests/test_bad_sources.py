"""Sources that cannot be read never become a zero, and hostile ones harm no other."""

import json
import os
from collections.abc import Callable
from typing import Any

import pytest

from tests.sandbox import NOTES, SETTINGS, SETTINGS_TITLE, Sandbox

TITLE = "Tea/Report"


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
