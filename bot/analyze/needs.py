"""Count which groups name which needs, and find where sources disagree."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from bot.model import Blank, Group, Need, Problem, Theme
from bot.parse.need_names import NeedReading

SHARED, CONTEXT_SPECIFIC = "shared", "context-specific"
# Where several sources name a need, a tick links to the most telling one: the group's own words.
_MOST_TELLING = {"need": 0, "problem": 1, "tick": 2, "listed": 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedCount:
    """One need: the groups that name it, in the settings' order, and all that they say of it."""

    theme: Theme
    kind: str
    is_borderline: bool
    groups: tuple[str, ...]
    named: dict[str, Need]
    said: tuple[Need, ...]

    @property
    def count(self) -> int:
        """Return how many groups name the need."""
        return len(self.groups)

    def said_as(self, kind: str) -> list[Need]:
        """Return what groups say as "problem", "need" or "quote", each wording of a group once."""
        said = {(need.group, need.text): need for need in reversed(self.said) if need.kind == kind and need.text}
        return list(reversed(said.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedFigures:
    """All needs over all groups, groups that name nothing included."""

    shared_min: int
    groups: tuple[str, ...]
    needs: tuple[NeedCount, ...]
    problems: tuple[Problem, ...]

    def of_kind(self, kind: str) -> list[NeedCount]:
        """Return the shared or the context-specific needs."""
        return [need for need in self.needs if need.kind == kind]


def count_needs(
    reading: NeedReading, themes: Sequence[Theme], groups: Sequence[Group], *, shared_min: int, borderline: int
) -> NeedFigures:
    """Count each need once for a group, however often and wherever the group names it."""
    names = [group.name for group in groups]
    matrix = _matrix(reading.needs, names, [theme.id for theme in themes])
    counted = [_count(theme, matrix, reading.needs, shared_min, borderline) for theme in themes]
    problems = [*reading.problems, *_disagreements(reading, themes, names)]
    return NeedFigures(shared_min=shared_min, groups=tuple(names), needs=tuple(counted), problems=tuple(problems))


def _matrix(needs: Sequence[Need], groups: list[str], themes: list[str]) -> pd.DataFrame:
    """Return groups × themes as true and false."""
    naming = [(need.group, need.theme) for need in needs if need.kind != "quote"]
    cells = pd.DataFrame(naming, columns=["group", "theme"]).drop_duplicates()
    counts = pd.crosstab(cells["group"], cells["theme"])
    return counts.reindex(index=groups, columns=themes, fill_value=0).astype(bool)


def _count(theme: Theme, matrix: pd.DataFrame, needs: Sequence[Need], shared_min: int, borderline: int) -> NeedCount:
    column = matrix[theme.id]
    groups = tuple(str(group) for group in column[column].index)
    said = [need for need in needs if need.theme == theme.id and need.group in groups]
    naming = sorted((need for need in said if need.kind != "quote"), key=_telling)
    first = {need.group: need for need in reversed(naming)}
    is_near = abs(len(groups) - shared_min) <= borderline
    return NeedCount(
        theme=theme,
        kind=SHARED if len(groups) >= shared_min else CONTEXT_SPECIFIC,
        is_borderline=is_near or bool(theme.remarks),
        groups=groups,
        named={group: first[group] for group in groups},
        said=tuple(sorted(said, key=lambda need: groups.index(need.group))),
    )


def _telling(need: Need) -> int:
    return _MOST_TELLING[need.kind]


def _source(value: Need | Blank) -> str:
    """Notes of one group are one source over several pages; a matrix or list is its own."""
    in_notes = value.kind in ("need", "problem", "notes")
    return "notes" if in_notes else f"{value.kind} {value.place.title}"


def _disagreements(reading: NeedReading, themes: Sequence[Theme], groups: Sequence[str]) -> list[Problem]:
    """Report each cell that one source names and another one, which covers it, does not."""
    titles = {theme.id: next(iter(theme.titles.values())) for theme in themes}
    named: dict[tuple[str, str], list[Need]] = {}
    for need in reading.needs:
        if need.kind != "quote" and need.group in groups:
            named.setdefault((need.group, need.theme), []).append(need)
    problems = []
    for cell, blanks in _blanks_by_cell(reading.blanks).items():
        sources = {_source(need) for need in named.get(cell, [])}
        against = [blank for blank in blanks if sources and (_source(blank) not in sources or blank.kind == "tick")]
        if against:
            problems.append(_disagreement(named[cell][0], against[0], titles[cell[1]]))
    return problems


def _blanks_by_cell(blanks: Sequence[Blank]) -> dict[tuple[str, str], list[Blank]]:
    by_cell: dict[tuple[str, str], list[Blank]] = {}
    for blank in blanks:
        by_cell.setdefault((blank.group, blank.theme), []).append(blank)
    return by_cell


def _disagreement(need: Need, blank: Blank, title: str) -> Problem:
    details = (need.group, title, need.place.title, str(need.place.line), blank.place.title, str(blank.place.line))
    return Problem(place=need.place, message="sources-disagree", details=details)
