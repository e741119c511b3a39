"""Tell which sections and comments are closed, resolved or collapsed, by the templates around them."""

from bisect import bisect_left
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
    known = [each for each in templates if each.name in boxes.alone or each.name in boxes.top or each.name in boxes.bottom]
    if not known:
        return list(entries)
    regions = _regions(known, boxes, entries, end)
    marks = [each for each in known if each.name in boxes.alone]
    states: list[str] = []
    for index, entry in enumerate(entries):
        if isinstance(entry, TalkHeading):
            until = _next_start(entries, index, TalkHeading, end)
            first = min(until, _first_comment_end(entries, index, until))
            state = _state_at(regions, entry.start, first) or _mark(marks, entry.start, until, boxes)
        else:
            state = _state_at(regions, entry.start, entry.start)
        above = states[entry.parent] if entry.parent is not None else "open"
        states.append(state or above)
    return [replace(entry, state=state) for entry, state in zip(entries, states, strict=True)]


def _regions(
    known: Sequence[Template], boxes: Conventions, entries: Sequence[TalkHeading | Comment], end: int
) -> list[_Region]:
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
    return sorted(regions, key=lambda region: region.start)


def _state_at(regions: Sequence[_Region], start: int, first: int) -> str:
    """Return the state of the regions around an offset, or that begin between it and a section's first comment."""
    for region in regions:
        if region.start > first:
            break
        if region.start <= start < region.end or start <= region.start < first:
            return region.state
    return ""


def _mark(marks: Sequence[Template], start: int, end: int, boxes: Conventions) -> str:
    at = bisect_left(marks, start, key=lambda mark: mark.start)
    return boxes.alone[marks[at].name] if at < len(marks) and marks[at].start < end else ""


def _next_start(entries: Sequence[TalkHeading | Comment], index: int, kind: type, end: int) -> int:
    for entry in entries[index + 1 :]:
        if isinstance(entry, kind):
            return entry.start
    return end


def _first_comment_end(entries: Sequence[TalkHeading | Comment], index: int, until: int) -> int:
    after = entries[index + 1] if index + 1 < len(entries) else None
    return after.end if isinstance(after, Comment) else until
