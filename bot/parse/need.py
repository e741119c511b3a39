"""Read which group names which need: in a matrix of ticks, in a list of needs, or in a group's notes."""

from collections.abc import Mapping
from typing import Any

from bot.model import Revision
from bot.parse import need_list, need_matrix, need_notes
from bot.parse.context import Context
from bot.parse.need_names import NeedNames, NeedReading, Notebook
from bot.parse.page import ScannedPage

KIND = "needs"


def read(revision: Revision, context: Context) -> NeedReading:
    """Return what a page says of needs; matrices, lists and notes may stand side by side."""
    page = ScannedPage(revision)
    names = NeedNames(context)
    notes = Notebook()
    has_matrix = need_matrix.read(page, names, notes)
    listed = need_list.read(page, names, notes)
    is_of_group = bool(names.groups.in_title(revision.title))
    readings = [notes.reading()]
    if is_of_group or not (has_matrix or listed):
        readings.append(need_notes.read(page, names, listed).reading())
    reading = NeedReading.together(readings)
    if not (is_of_group or reading.needs or reading.blanks or reading.problems):
        nothing = page.problem(1, "nothing-read")
        return NeedReading(problems=(nothing,))
    return reading


def as_json(reading: NeedReading) -> list[dict[str, Any]]:
    """Return what was read as objects for programs, by line."""
    needs = [
        {"kind": need.kind, "group": need.group, "need": need.theme, "text": need.text, "line": need.place.line}
        for need in reading.needs
    ]
    return sorted(needs, key=_line)


def _line(value: Mapping[str, Any]) -> int:
    return int(value["line"])
