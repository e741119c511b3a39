"""The page of findings on a real wiki: it is saved, people tick lines off in their fields, and the ticks stay."""

import re

import pytest

from .bot import Ran
from .scene import CONSULTATION, Scene
from .test_rendering_live import Reading, as_read

pytestmark = pytest.mark.live

PAGE = "Hubs/Dialogue/Conversation of 12 March"
TARGET = "Hubs/Dialogue/Report/Audit"
_CODES = re.compile(r"<code[^<>]*>(audit-[0-9a-f]{8})</code>")


def audit(scene: Scene, *more: str) -> Ran:
    return scene.bot.run("audit", PAGE, "--publish", TARGET, "--consultation", CONSULTATION, *more)


def cells(read: Reading, code: str) -> list[str]:
    """Return the cells of the row of a finding."""
    (row,) = [row for row in read.rows if code in row[0]]
    return row


def test_findings_are_saved_as_a_table(live: Scene) -> None:
    ran = audit(live)
    assert (ran.code, "Saved" in ran.err) == (1, True), ran.err
    read = as_read(live, TARGET)
    codes = _CODES.findall(live.admin.read(TARGET))
    assert len(codes) == len(set(codes)) == 6
    assert [len(row) for row in read.rows] == [5] * 7
    assert "3.52" in " ".join(cell for row in read.rows for cell in row)
    assert "Unchanged" in audit(live).err


def test_a_tick_with_a_signature_stays_in_its_row(live: Scene) -> None:
    audit(live)
    code = _CODES.findall(live.admin.read(TARGET))[0]
    live.volunteer.replace(TARGET, f"<!-- yours:{code} -->", f"<!-- yours:{code} -->Checked. ~~~~")
    assert "Saved" in audit(live).err  # the line moves to those that are done
    assert _CODES.findall(live.admin.read(TARGET))[-1] == code
    said = cells(as_read(live, TARGET), code)[0]
    assert said.startswith("✓")
    assert "Checked. Volunteer (talk)" in said
    assert "Unchanged" in audit(live).err


def test_the_page_is_written_in_arabic_too(live: Scene) -> None:
    ran = audit(live, "--language", "ar")
    assert ran.code == 1
    (box,) = [each for each in as_read(live, TARGET).of("div") if "dialoguebot-report" in each.get("class", "")]
    assert (box["lang"], box["dir"]) == ("ar", "rtl")
