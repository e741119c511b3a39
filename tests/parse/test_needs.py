"""Needs, read from notes, matrices and lists: the tables of cases beside this file, and what no table can say."""

import re
import string
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.parse import need
from bot.parse.context import Context
from bot.parse.need_names import NeedReading
from bot.parse.text import plain
from tests.cases import Case, parameters
from tests.parse.consultation import CONTEXT, GROUPS, THEMES, page

FILES = sorted(Path(__file__).parent.glob("needs_*.cases"))


def read(wikitext: str, title: str = "Page") -> NeedReading:
    return need.read(page(wikitext, title), CONTEXT)


def found(case: Case) -> str:
    """Write what is read of a page as the files of cases do."""
    reading = read(case.wikitext, case.title)
    lines = []
    for each in reading.needs:
        words = f" = {each.text}" if each.text and each.kind != "listed" else ""
        lines.append((each.place.line, f"{each.place.line} {each.kind} {each.group}: {each.theme}{words}"))
    for problem in reading.problems:
        said = " | ".join([f"! {problem.place.line} {problem.message}", *problem.details])
        lines.append((problem.place.line, said.rstrip()))
    return "\n".join(text for _, text in sorted(lines, key=lambda pair: pair[0]))


@pytest.mark.parametrize("case", parameters(*FILES))
def test_case(case: Case) -> None:
    assert found(case) == case.expected, case.differs(found(case))


def test_there_are_cases_for_all_three_shapes() -> None:
    assert [file.stem for file in FILES] == ["needs_list", "needs_matrix", "needs_notes"]


def covered(reading: NeedReading) -> dict[str, set[str]]:
    """Return the themes that a reading leaves out, by group."""
    return {group.name: {each.theme for each in reading.blanks if each.group == group.name} for group in GROUPS}


def test_notes_of_a_group_cover_every_theme_that_they_do_not_name() -> None:
    reading = read("== Skills ==\n* Need: a trainer\n== Knowledge ==\n* None named", "Notes/Beta Circle")
    assert covered(reading) == {
        "Alpha Group": set(),
        "Beta Circle": {"knowledge", "staff", "legal"},
        "Gamma Network": set(),
        "Delta e.V.": set(),
    }
    lines = {each.theme: each.place.line for each in reading.blanks}
    assert lines == {"knowledge": 3, "staff": 1, "legal": 1}


def test_a_list_covers_every_group_for_the_needs_that_it_lists() -> None:
    assert covered(read("* Skills – Alpha Group\n* Gardening – Beta Circle")) == {
        "Alpha Group": set(),
        "Beta Circle": {"skills"},
        "Gamma Network": {"skills"},
        "Delta e.V.": {"skills"},
    }


def test_a_matrix_covers_the_empty_cells_of_known_groups_and_no_unclear_ones() -> None:
    rows = "|-\n| Alpha Group || || x\n|-\n| Beta || x || maybe\n|-\n| Omega League || ||\n"
    assert covered(read("{|\n! Group !! Skills !! Knowledge\n" + rows + "|}")) == {
        "Alpha Group": {"skills"},
        "Beta Circle": set(),
        "Gamma Network": set(),
        "Delta e.V.": set(),
    }


def test_a_heading_that_is_no_known_group_ends_the_notes_of_the_group_before() -> None:
    known = "== Alpha Group ==\n=== Skills ===\n* a trainer\n"
    reading = read(f"{known}== Omega League ==\n=== Knowledge ===\n* a guide\n", "Notes")
    assert [each.theme for each in reading.needs if each.group == "Alpha Group"] == ["skills"]
    assert any("Omega League" in problem.details for problem in reading.problems)


def test_a_bullet_that_names_other_groups_takes_no_need_away_from_the_notes() -> None:
    """The bullet looks like an entry of a list, but the page is one group's notes and its other bullets are needs."""
    reading = read("== Skills ==\n* Need: a trainer\n* We know: Alpha Group, Gamma Network\n", "Notes/Beta Circle")
    assert ("Beta Circle", "skills", 2) in {(each.group, each.theme, each.place.line) for each in reading.needs}


def test_each_place_names_page_revision_line_and_section() -> None:
    reading = read("Intro\n== Skills & more ==\n* Need: a trainer\n== Skills ==\n== Skills ==\n* b", "Notes/Beta")
    places = [(each.place.title, each.place.revid, each.place.line, each.place.section) for each in reading.needs]
    assert places == [("Notes/Beta", 7, 3, "Skills & more"), ("Notes/Beta", 7, 6, "Skills 2")]


def test_json_is_in_page_order_and_names_kind_group_need_and_line() -> None:
    reading = read(
        "* Legal support – Beta\n\n{|\n! Group !! Skills !! Knowledge\n|-\n| Beta || x || x\n|}\n* Skills – AG"
    )
    assert need.as_json(reading) == [
        {"kind": "listed", "group": "Beta Circle", "need": "legal", "text": "Legal support – Beta", "line": 1},
        {"kind": "tick", "group": "Beta Circle", "need": "skills", "text": "", "line": 6},
        {"kind": "tick", "group": "Beta Circle", "need": "knowledge", "text": "", "line": 6},
        {"kind": "listed", "group": "Alpha Group", "need": "skills", "text": "Skills – AG", "line": 8},
    ]


def test_without_groups_and_themes_nothing_is_guessed() -> None:
    table = (
        "{|\n! Group !! Skills\n|-\n| Alpha Group || x\n|}\n== Skills ==\n* Need: a trainer\n* Skills – Alpha Group"
    )
    reading = need.read(page(table), Context(words=CONTEXT.words))
    assert reading.needs == ()
    assert [problem.kind for problem in reading.problems] == ["unknown-need"]


def test_a_page_as_large_as_a_wiki_allows_is_read_to_its_end() -> None:
    filler = "Words that say nothing of any need, over and over again.\n" * 18_000
    reading = read(f"== Skills ==\n{filler}* Need: a trainer\n", "Notes/Beta")
    assert len(filler) > 1_000_000
    assert [each.place.line for each in reading.needs] == [18_002]


# Words that mean something to the readers, so that random pages are made of what can go wrong.
PIECES = st.sampled_from(
    [
        *(
            "{|",
            "|}",
            "|-",
            "|+",
            "||",
            "!!",
            "|",
            "!",
            "{{",
            "}}",
            "[[",
            "]]",
            "{{{",
            "}}}",
            "\n",
            "\n\n",
            " ",
            "\t",
        ),
        *(
            "=",
            "==",
            "===",
            "*",
            "**",
            "#",
            ":",
            ";",
            "'''",
            "''",
            "<s>",
            "</s>",
            "<ref>",
            "</ref>",
            "<ref name=x />",
        ),
        *("<nowiki>", "</nowiki>", "<nowiki/>", "<!--", "-->", "<pre>", "</pre>", "<translate>", "</translate>"),
        *("<blockquote>", "</blockquote>", "<!--T:1-->", "<tvar name=n>", "</tvar>", "__NOTOC__", "rowspan=2|"),
        *("colspan=3|", "rowspan=0|", "colspan=99999|", "\0", "\r\n", "\u2028", "\u200f", "\x85", "\ud800", "🗸", "٣"),
        *("<!-- dialoguebot:begin needs -->", "<!-- dialoguebot:end needs -->", "(", ")", "（", "–", " – ", ",", "،"),
        *("Need:", "Problems:", "none", "Total", "Count", "3", "x", "✓", "yes", "no", "and", "{{yes}}", "{{no}}"),
        *(group.name for group in GROUPS),
        *(title for theme in THEMES for title in theme.titles.values()),
    ]
)
PAGES = st.one_of(st.lists(PIECES, max_size=60).map("".join), st.text(max_size=300))
TITLES = st.sampled_from(["Page", "Notes/Alpha Group", "Notes/Omega League", "", "/", "a/b/c"])


@settings(max_examples=200, deadline=None)
@given(wikitext=PAGES, title=TITLES)
def test_no_page_raises_and_every_place_is_a_line_of_it(wikitext: str, title: str) -> None:
    reading = read(wikitext, title)
    last = wikitext.count("\n") + 1
    places = [need.place for need in reading.needs]
    places += [blank.place for blank in reading.blanks]
    places += [problem.place for problem in reading.problems]
    assert all(1 <= place.line <= last for place in places)
    named = {need.theme for need in reading.needs} | {blank.theme for blank in reading.blanks}
    assert named <= {theme.id for theme in THEMES}


@settings(max_examples=100, deadline=None)
@given(wikitext=PAGES)
def test_what_no_reader_sees_names_nothing(wikitext: str) -> None:
    hidden = re.sub("-->", "", wikitext)
    assert read(f"<!-- {hidden} -->").needs == ()


HEAD = "{|\n! Group !! Skills !! Knowledge\n|-\n"
HOSTILE = {
    "braces-never-closed": "{{" * 40_000,
    "links-never-closed": "* [[" * 20_000,
    "links-in-one-item": "* " + "[[" * 40_000,
    "external-links": "* " + "[http://a " * 10_000,
    "apostrophes": "* " + "''" * 50_000,
    "tags-never-closed": "* " + "<b>" * 30_000,
    "tag-that-never-ends": "<ref " * 30_000,
    "nowiki-never-closed": "<nowiki>" * 20_000,
    "two-tags-in-turn": "<ref>a<nowiki>b" * 10_000,
    "comments-never-closed": "<!-- " * 30_000,
    "tables-never-closed": "{|\n" * 30_000,
    "tables-in-tables": "{|\n" * 15_000 + "|}\n" * 15_000,
    "one-row-of-bars": "{|\n" + "||" * 50_000,
    "one-column": "{|\n" + "|-\n| x\n" * 10_000 + "|}",
    "quotations-never-closed": "<blockquote>" * 15_000,
    "headings-that-are-the-same": "== a ==\n" * 15_000,
    "markers-only": "*" * 200_000,
    "entries-that-say-nothing": "* a: b\n" * 5_000,
    "dashes-in-one-entry": "* Skills" + " – " * 20_000,
    "groups-in-one-entry": "* Skills – " + "Beta, " * 20_000,
    "keywords-glued": "* " + "skills" * 30_000,
    "equals-signs": "=" * 200_000,
    "ticks": HEAD + "| Beta || x || x\n|-\n" * 5_000 + "|}",
    "own-markers-never-closed": "<!-- dialoguebot:begin needs -->\n" * 4_000,
    "spaces": HEAD + "| Beta || " + " " * 150_000 + "x\n|}",
    "digits": HEAD + "! Total !! " + "9" * 150_000 + "\n|}",
}


@pytest.mark.parametrize("wikitext", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_page_is_read_to_its_end(wikitext: str) -> None:
    """Runs to completion: a reader that is quadratic here makes the suite unbearable, which is the alarm."""
    assert isinstance(read(wikitext), NeedReading)


def test_a_few_spanning_cells_do_not_make_a_huge_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of 2 kB whose one heavy cell is said to span 90,000 places would keep the bot busy for minutes."""
    calls = []

    def counted(wikitext: str, *, struck: bool = True) -> str:
        calls.append(len(wikitext))
        if len(calls) > 500:
            pytest.fail("one cell was taken apart again and again")
        return plain(wikitext, struck=struck)

    monkeypatch.setattr("bot.parse.need_matrix.plain", counted)
    read(HEAD + "|colspan=1000 rowspan=90| " + "'''a''' " * 70 + "\n" + "|-\n|\n" * 100 + "|}")


SWOLLEN = {
    "cells-that-span-a-thousand-columns": "{|\n|" + "colspan=1000|a||" * 600 + "\n|}",
    "one-long-row-and-many-short-ones": "{|\n|" + "||" * 2_500 + "\n" + "|-\n|\n" * 2_500 + "|}",
}


@pytest.mark.parametrize("wikitext", SWOLLEN.values(), ids=SWOLLEN.keys())
def test_a_small_table_takes_little_memory(wikitext: str) -> None:
    """Twenty kB of wikitext that unfold into tens of MB would be gigabytes on a page as large as a wiki allows."""
    tracemalloc.start()
    try:
        read(wikitext)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 25_000_000


def test_letters_of_any_script_may_stand_beside_a_keyword() -> None:
    for letter in string.ascii_letters + "éßçñаяאبक":
        assert read(f"* {letter}legal – Beta").needs == (), letter
