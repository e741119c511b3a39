"""Tell which sections and comments are closed, resolved or collapsed, by the templates around them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.discussion import Comment, TalkHeading
from bot.parse.conventions import Conventions
from bot.parse.layer import Template


@dataclass(frozen=True, slots=True, kw_only=True)
class _Region:
    start: int
    end: int
    state: str


def with_states(
    entries: Sequence[TalkHeading | Comment], templates: Iterable[Template], boxes: Conventions, end: int
) -> list[TalkHeading | Comment]:
    """Return the entries with the states that templates give them; end is the length of the page."""
    known = [
        each for each in templates if each.name in boxes.alone or each.name in boxes.top or each.name in boxes.bottom
    ]
    if not known:
        return list(entries)
    regions = _regions(known, boxes, entries, end)
    marks = [each for each in known if each.name in boxes.alone]
    states: list[str] = []
    until = _next_headings(entries, end)
    for index, entry in enumerate(entries):
        if isinstance(entry, TalkHeading):
            first = _first_comment_end(entries, index, until[index])
            state = regions.at(entry.start, first) or _mark(marks, entry.start, until[index], boxes)
        else:
            state = regions.at(entry.start, entry.start)
        above = states[entry.parent] if entry.parent is not None else "open"
        states.append(state or above)
    return [
        entry if state == "open" else replace(entry, state=state)
        for entry, state in zip(entries, states, strict=True)
    ]


def _regions(
    known: Sequence[Template], boxes: Conventions, entries: Sequence[TalkHeading | Comment], end: int
) -> "_Regions":
    """Pair tops with bottoms; a top that nothing closes reaches to the end of its section."""
    opened: dict[str, list[Template]] = {"closed": [], "collapsed": []}
    regions: list[_Region] = []
    for template in known:
        if state := boxes.top.get(template.name):
            opened[state].append(template)
        elif (state := boxes.bottom.get(template.name)) and opened[state]:
            regions.append(_Region(start=opened[state].pop().start, end=template.end, state=state))
    headings = [entry.start for entry in entries if isinstance(entry, TalkHeading)] + [end]
    for state, several in opened.items():
        for template in several:
            section_end = headings[min(bisect_left(headings, template.start), len(headings) - 1)]
            regions.append(_Region(start=template.start, end=section_end, state=state))
    return _Regions(regions)


class _Regions:
    """Regions that are not inside others, in order; of two that overlap, the first stands."""

    def __init__(self, regions: Sequence[_Region]) -> None:
        self._outer: list[_Region] = []
        for region in sorted(regions, key=_start):
            if not self._outer or region.start >= self._outer[-1].end:
                self._outer.append(region)

    def at(self, start: int, first: int) -> str:
        """Return the state of the region around an offset, or of one that begins before a section's first comment."""
        at = bisect_right(self._outer, start, key=_start) - 1
        if at >= 0 and start < self._outer[at].end:
            return self._outer[at].state
        if at + 1 < len(self._outer) and self._outer[at + 1].start < first:
            return self._outer[at + 1].state
        return ""


def _start(region: _Region) -> int:
    return region.start


def _mark(marks: Sequence[Template], start: int, end: int, boxes: Conventions) -> str:
    at = bisect_left(marks, start, key=lambda mark: mark.start)
    return boxes.alone[marks[at].name] if at < len(marks) and marks[at].start < end else ""


def _next_headings(entries: Sequence[TalkHeading | Comment], end: int) -> list[int]:
    """Return for each entry where the next heading starts."""
    starts: list[int] = []
    for entry in reversed(entries):
        starts.append(end)
        if isinstance(entry, TalkHeading):
            end = entry.start
    return starts[::-1]


def _first_comment_end(entries: Sequence[TalkHeading | Comment], index: int, until: int) -> int:
    after = entries[index + 1] if index + 1 < len(entries) else None
    return after.end if isinstance(after, Comment) else until
