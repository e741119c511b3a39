"""The report of needs: which group names which need, and which needs are shared."""

from dataclasses import replace
from typing import Any

from bot.analyze.needs import CONTEXT_SPECIFIC, SHARED, NeedFigures, count_needs
from bot.consultation import Consultation
from bot.model import Problem
from bot.parse.need_names import NeedReading
from bot.render.labels import Labels
from bot.render.terminal import table

READS = "needs"
combine = NeedReading.together


def figures(reading: NeedReading, consultation: Consultation) -> NeedFigures:
    """Count the needs under the consultation's rules, and name the groups that no source speaks of."""
    heard = {need.group for need in reading.needs}
    heard |= {blank.group for blank in reading.blanks if blank.kind != "listed"}  # a list leaves out most groups
    silent = [
        Problem(place=consultation.place("groups", index, "name"), message="silent-group", details=(group.name,))
        for index, group in enumerate(consultation.groups)
        if group.name not in heard
    ]
    return count_needs(
        replace(reading, problems=(*reading.problems, *silent)),
        [theme.theme() for theme in consultation.themes],
        [group.group() for group in consultation.groups],
        shared_min=consultation.needs.shared_min,
        borderline=consultation.needs.borderline,
    )


def as_json(counted: NeedFigures, language: str) -> dict[str, Any]:
    """Return the figures with the keys that ``show needs --json`` promises."""
    needs = [
        {
            "need": need.theme.id,
            "title": need.theme.title(language),
            "count": need.count,
            "kind": need.kind,
            "borderline": need.is_borderline,
            "groups": list(need.groups),
        }
        for need in counted.needs
    ]
    return {"shared_min": counted.shared_min, "groups": list(counted.groups), "needs": needs}


def as_text(counted: NeedFigures, labels: Labels) -> str:
    """Return the matrix of shared needs and the list of context-specific ones, for the terminal."""
    shared = counted.of_kind(SHARED)
    rows = [[labels.text("needs-group"), *(need.theme.title(labels.code) for need in shared)]]
    rows += [[group, *("✓" if group in need.groups else "" for need in shared)] for group in counted.groups]
    rows.append([labels.text("needs-count"), *(str(need.count) for need in shared)])
    lines = [table(rows), "", labels.text("needs-specific-heading")]
    for need in counted.of_kind(CONTEXT_SPECIFIC):
        borderline = f" {labels.text('needs-borderline')}" if need.is_borderline else ""
        lines.append(f"  {need.theme.title(labels.code)} ({need.count}): {', '.join(need.groups)}{borderline}")
    return "\n".join(lines)


def summary(counted: NeedFigures) -> tuple[int, ...]:
    """Return what the edit summary says: the number of groups, and of shared and context-specific needs."""
    return len(counted.groups), len(counted.of_kind(SHARED)), len(counted.of_kind(CONTEXT_SPECIFIC))
