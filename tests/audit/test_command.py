"""The command: what it prints, how it ends, and the page of findings that its editors tick off."""

import json
import re

import pytest

from tests.audit.reading import GOLDEN
from tests.sandbox import Sandbox

TABLE = '{| class="wikitable"\n! Answer !! Votes\n|-\n| Yes || 20\n|-\n| No || 15\n|-\n! Total !! 45\n|}'
WRONG = f"{TABLE}\nWe heard 16 of 33 people (60%).\n"
RIGHT = "We heard 16 of 33 people (48%).\n"
TARGET = "Tea/Report/Audit"


@pytest.fixture
def wrong(sandbox: Sandbox) -> Sandbox:
    sandbox.write("Tea/Figures", WRONG)
    return sandbox


def codes(wikitext: str) -> list[str]:
    return re.findall(r"<code[^<>]*>([^<]+)</code>", wikitext)


def test_findings_are_lines_and_end_with_one(wrong: Sandbox) -> None:
    ran = wrong.refuses("audit", "Tea/Figures")
    assert ran.code == 1
    assert [line.partition("  ")[0] for line in ran.out.splitlines()] == ["Tea/Figures:8", "Tea/Figures:10"]
    assert "inconsistent, cannot be repaired from the page" in ran.out


def test_json_has_exactly_the_keys_that_are_promised(wrong: Sandbox) -> None:
    lines = [json.loads(line) for line in wrong.refuses("audit", "Tea/Figures", "--json").out.splitlines()]
    keys = ["title", "line", "kind", "published", "recomputed", "formula", "repair"]
    assert [list(line) for line in lines] == [keys] * 2
    assert [(line["title"], line["line"], line["kind"]) for line in lines] == [
        ("Tea/Figures", 8, "total"),
        ("Tea/Figures", 10, "ratio"),
    ]
    assert all(isinstance(line[key], str) for line in lines for key in keys if key != "line")


def test_nothing_found_ends_with_nought(sandbox: Sandbox) -> None:
    sandbox.write("Tea/Figures", RIGHT)
    assert sandbox.refuses("audit", "Tea/Figures").code == 0
    assert sandbox.refuses("audit", "Tea/Figures", "--json").out == ""


def test_a_page_that_is_not_there_is_said(sandbox: Sandbox) -> None:
    ran = sandbox.refuses("audit", "Tea/Nowhere")
    assert ran.code == 1
    assert "Tea/Nowhere" in ran.err


def test_no_page_is_a_fault_of_usage(sandbox: Sandbox) -> None:
    assert sandbox.refuses("audit").code == 2


def test_an_audit_needs_no_settings_where_nothing_is_published(wrong: Sandbox) -> None:
    wrong.path("User:DialogueBot/Tea.json").unlink()
    assert wrong.run("audit", "Tea/Figures").code == 1
    assert wrong.run("audit", "Tea/Figures", "--publish", TARGET).code == 2


def test_findings_are_written_on_a_page_of_their_own(wrong: Sandbox) -> None:
    before = wrong.read("Tea/Figures")
    assert wrong.run("audit", "Tea/Figures", "--publish", TARGET).code == 1
    assert wrong.read("Tea/Figures") == before
    page = wrong.read(TARGET)
    assert page.startswith("<!-- dialoguebot:begin audit ")
    assert len(codes(page)) == 2
    assert "⧼" not in page
    again = wrong.refuses("audit", "Tea/Figures", "--publish", TARGET)
    assert "Unchanged" in again.err


def test_a_tick_outside_the_markers_is_kept_and_shown(wrong: Sandbox) -> None:
    wrong.run("audit", "Tea/Figures", "--publish", TARGET)
    page = wrong.read(TARGET)
    first, second = codes(page)
    wrong.write(TARGET, f"{page}\n== Done ==\n* {first}: a slip of the pen. [[User:A|A]]\n")
    for _ in range(2):
        assert wrong.run("audit", "Tea/Figures", "--publish", TARGET).code == 1
        page = wrong.read(TARGET)
        assert page.count("✓") == 1
        assert codes(page) == [second, first]
        assert f"* {first}: a slip of the pen." in page


def ticked(page: str, code: str, text: str) -> str:
    """Return the page with something written into the field of one finding."""
    mark = f"<!-- yours:{code} -->"
    assert page.count(mark) == 1
    return page.replace(mark, f"{mark}{text}")


def test_a_tick_in_the_field_of_a_row_stays_with_its_finding(wrong: Sandbox) -> None:
    wrong.run("audit", "Tea/Figures", "--publish", TARGET)
    first, second = codes(wrong.read(TARGET))
    wrong.write(TARGET, ticked(wrong.read(TARGET), first, "seen, [[User:A|A]] 12:00, 1 May 2022 (UTC)"))
    assert wrong.run("audit", "Tea/Figures", "--publish", TARGET).code == 1
    page = wrong.read(TARGET)
    assert codes(page) == [second, first]
    assert page.count("✓") == 1
    assert f"<!-- yours:{first} -->seen, [[User:A|A]] 12:00, 1 May 2022 (UTC)<!-- /yours -->" in page
    assert "Unchanged" in wrong.refuses("audit", "Tea/Figures", "--publish", TARGET).err
    wrong.write("Tea/Figures", f"Some words above.\n\n{WRONG}")
    wrong.run("audit", "Tea/Figures", "--publish", TARGET)
    assert codes(wrong.read(TARGET)) == [second, first]


@pytest.mark.parametrize("text", ["", "no", "Nein", "-", "{{no}}"])
def test_a_word_for_no_leaves_a_finding_open(wrong: Sandbox, text: str) -> None:
    wrong.run("audit", "Tea/Figures", "--publish", TARGET)
    before = codes(wrong.read(TARGET))
    wrong.write(TARGET, ticked(wrong.read(TARGET), before[0], text))
    assert "Unchanged" in wrong.refuses("audit", "Tea/Figures", "--publish", TARGET).err
    assert codes(wrong.read(TARGET)) == before
    assert "✓" not in wrong.read(TARGET)


def test_a_tick_goes_with_a_finding_that_was_mended(wrong: Sandbox) -> None:
    wrong.run("audit", "Tea/Figures", "--publish", TARGET)
    first, second = codes(wrong.read(TARGET))
    wrong.write(TARGET, ticked(wrong.read(TARGET), first, "done"))
    wrong.write("Tea/Figures", WRONG.replace("45", "35"))
    assert wrong.run("audit", "Tea/Figures", "--publish", TARGET).code == 1
    assert codes(wrong.read(TARGET)) == [second]
    assert "done" not in wrong.read(TARGET)


def test_a_table_that_is_too_large_is_said(sandbox: Sandbox) -> None:
    row = "|-\n| x || " + " || ".join("5" * 210) + "\n"
    sandbox.write("Tea/Figures", "{|\n! A !! " + " !! ".join("ABC" * 70) + "\n" + 3 * row + "|}\n")
    ran = sandbox.refuses("audit", "Tea/Figures", "--json")
    assert ran.code == 0
    assert "Tea/Figures, line 1: This table has 4 rows and 211 columns" in ran.err


def test_a_tick_stays_where_the_lines_of_a_page_move(wrong: Sandbox) -> None:
    wrong.run("audit", "Tea/Figures", "--publish", TARGET)
    before = codes(wrong.read(TARGET))
    wrong.write("Tea/Figures", f"Some words above.\n\n{WRONG}")
    wrong.run("audit", "Tea/Figures", "--publish", TARGET)
    assert codes(wrong.read(TARGET)) == before


def test_an_edit_inside_the_markers_stops_the_page(wrong: Sandbox) -> None:
    wrong.run("audit", "Tea/Figures", "--publish", TARGET)
    wrong.write(TARGET, wrong.read(TARGET).replace("Ticked off", "Ticked OFF"))
    ran = wrong.refuses("audit", "Tea/Figures", "--publish", TARGET)
    assert ran.code == 1
    assert "HumanEdited" in ran.err


def test_only_what_the_settings_allow_is_written(wrong: Sandbox) -> None:
    ran = wrong.refuses("audit", "Tea/Figures", "--publish", "Elsewhere")
    assert ran.code == 1
    assert "OutsidePrefixes" in ran.err


def test_the_stop_page_stops_an_audit_that_would_save(wrong: Sandbox) -> None:
    wrong.write("User:DialogueBot/Stop", "Stop, please.")
    assert wrong.refuses("audit", "Tea/Figures", "--publish", TARGET).code == 77
    assert wrong.refuses("audit", "Tea/Figures").code == 1


def test_pages_that_were_mended_leave_an_empty_list(wrong: Sandbox) -> None:
    wrong.run("audit", "Tea/Figures", "--publish", TARGET)
    wrong.write("Tea/Figures", RIGHT)
    assert wrong.run("audit", "Tea/Figures", "--publish", TARGET).code == 0
    assert codes(wrong.read(TARGET)) == []


def test_hostile_names_do_nothing_on_the_page_of_findings(sandbox: Sandbox) -> None:
    name = "<nowiki>Evil {{delete}} ~~~~ [[Category:X]] <script></nowiki> a"
    sandbox.write("Tea/Figures", TABLE.replace("Total", f"Total {name}"))
    sandbox.run("audit", "Tea/Figures", "--publish", TARGET)
    page = sandbox.read(TARGET)
    assert "{{delete" not in page
    assert "~~~~" not in page
    assert "[[Category" not in page


def test_the_golden_page_through_the_command(sandbox: Sandbox) -> None:
    sandbox.write("Tea/Golden", GOLDEN.read_text(encoding="utf-8"))
    lines = [json.loads(line) for line in sandbox.refuses("audit", "Tea/Golden", "--json").out.splitlines()]
    assert {line["published"] for line in lines} >= {"55", "89%", "3.52"}
    assert {line["repair"] for line in lines} == {"inconsistent, cannot be repaired from the page"}
