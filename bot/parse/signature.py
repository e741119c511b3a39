"""Find who signed a run of text, and when: a stamp, and the user link nearest before it.

The way back to the link is counted as DiscussionTools counts it: in characters of text between the pieces of
markup before the stamp; what stands with the stamp in one piece of text costs nothing.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.discussion import Signature
from bot.parse.conventions import Conventions
from bot.parse.layer import BLOCK, FILLER, INLINE, Layer, Template
from bot.parse.stamp import Stamp
from bot.parse.user import canonical
from bot.parse.wikitext import HIDDEN

_FARTHEST = 100
_MOST_MARKS = 400
# Each alternative begins with a plain character, which makes the search several times faster.
_MARK = re.compile(
    rf"\[\[(?P<target>[^\[\]{{}}|<>\n{INLINE}{BLOCK}]{{1,500}})(?P<bar>\||\]\])|\[\[|\]\]"
    rf"|\[(?P<url>(?:https?:)?//[^\s\[\]<>\"{HIDDEN}{INLINE}]{{1,1000}})|\]"
    rf"|https?://(?P<bare>[^\s\[\]<>\"|{{}}{HIDDEN}{INLINE}]{{1,1000}})"
    rf"|''+|</?[a-zA-Z][^<>]{{0,2000}}>|{INLINE}{FILLER}*|{BLOCK}{FILLER}*"
)
_ENTITY = re.compile(r"&#?\w{1,30};")
_LINK = re.compile(r"\[\[([^\[\]|\n]{1,300})")
_ARGUMENTS = 1_000


@dataclass(slots=True)
class _Mark:
    """A piece of markup in a run: user is who a link names; text is what a link shows by itself."""

    start: int
    end: int
    user: str = ""
    text: int = 0
    is_text: bool = False
    is_external: bool = False
    template: Template | None = None


class Signers:
    """Find signatures in one page."""

    def __init__(self, layer: Layer, conventions: Conventions) -> None:
        self._layer = layer
        self._stamps = [each for each in layer.stamps if FILLER not in layer.shown[each.start : each.end]]
        self._conventions = conventions
        self._users: dict[str, str] = {}
        late = [start for start, each in layer.templates.items() if each.name in conventions.unsigned]
        self._places = sorted([stamp.start for stamp in self._stamps] + late)

    def may_sign(self, start: int, end: int) -> bool:
        """Tell whether anything that signs stands between two offsets."""
        at = bisect_left(self._places, start)
        return at < len(self._places) and self._places[at] < end

    def signatures(self, start: int, end: int, quotes: Sequence[tuple[int, int]]) -> list[Signature | Stamp]:
        """Return the signatures of the run between two offsets in order; a stamp where its zone is not known."""
        first = bisect_left(self._stamps, start, key=_start)
        last = bisect_left(self._stamps, end, key=_start)
        here = [stamp for stamp in self._stamps[first:last] if stamp.end <= end]
        marks = self._marks(start, end)
        signed = [*self._stamped(start, here, marks), *self._templated(marks)]
        signed.sort(key=_end)
        return [each for each in signed if not is_inside(quotes, each.start, each.end)]

    def _stamped(self, start: int, here: Sequence[Stamp], marks: list[_Mark]) -> Iterator[Signature | Stamp]:
        starts = [mark.start for mark in marks]
        until = start
        previous = -1
        for stamp in here:
            at = bisect_left(starts, stamp.start)
            if at and marks[at - 1].end > stamp.start and not marks[at - 1].is_text:
                continue
            if at == previous:  # one piece of text holds one signature
                continue
            previous = at
            found = self._author(marks, at, until)
            until = stamp.end
            if found is not None and stamp.time is None:
                yield stamp
            elif found is not None and stamp.time is not None:
                yield Signature(
                    user=found.user,
                    timestamp=stamp.time,
                    start=found.start,
                    end=stamp.end,
                    unsigned=found.template is not None and found.template.name in self._conventions.unsigned,
                )

    def _author(self, marks: Sequence[_Mark], at: int, until: int) -> _Mark | None:
        """Walk back from a stamp to the nearest mark that names a user, and on to that user's first."""
        found: _Mark | None = None
        length = 0
        for index in range(at - 1, max(-1, at - _MOST_MARKS), -1):
            mark = marks[index]
            if mark.end < until:
                break
            if index < at - 1:
                length += _length(self._layer.shown[mark.end : marks[index + 1].start])
            length += mark.text
            if length >= _FARTHEST or mark.start < until:
                break
            if mark.user and (found is None or mark.user == found.user):
                found = mark
        return found

    def _templated(self, marks: Sequence[_Mark]) -> Iterator[Signature]:
        """Yield the signatures that ``{{unsigned}}`` and its kin make, where they say when."""
        for mark in marks:
            template = mark.template
            if template is None or template.name not in self._conventions.unsigned:
                continue
            for argument in _arguments(self._layer, template):
                if time := self._conventions.stamps.read(argument):
                    if mark.user:
                        yield Signature(
                            user=mark.user, timestamp=time, start=mark.start, end=template.end, unsigned=True
                        )
                    break

    def _marks(self, start: int, end: int) -> list[_Mark]:
        """Return the markup of a run in order; a link that nothing closes names nobody."""
        shown = self._layer.shown
        marks: list[_Mark] = []
        opened: list[_Mark] = []
        for found in _MARK.finditer(shown, start, end):
            mark = _Mark(found.start(), found.end())
            kind = found.lastgroup
            if kind == "bar":
                self._link(found, mark, opened)
            elif kind:
                self._external(found, mark, opened)
            elif shown[mark.start] == "]":
                if opened and (mark.end - mark.start == 1) == opened[-1].is_external:
                    opened.pop()
            elif shown[mark.start] == INLINE:
                self._template(mark)
            marks.append(mark)
        for mark in opened:
            mark.user = ""
        return marks

    def _link(self, found: re.Match[str], mark: _Mark, opened: list[_Mark]) -> None:
        target = found["target"]
        if ":" in target:
            mark.user = self._linked(target)
        if found["bar"] == "|":
            opened.append(mark)
        else:
            mark.text = _length(target)
            mark.is_text = True

    def _linked(self, target: str) -> str:
        """Return the user whom a link names; people write often, so each target is read once a page."""
        user = self._users.get(target)
        if user is None:
            user = self._users[target] = self._conventions.names.of_title(target)
        return user

    def _external(self, found: re.Match[str], mark: _Mark, opened: list[_Mark]) -> None:
        mark.user = self._conventions.names.of_url(found["url"] or found["bare"])
        if found["url"]:
            mark.is_external = True
            opened.append(mark)
        else:
            mark.text = mark.end - mark.start

    def _template(self, mark: _Mark) -> None:
        template = self._layer.templates.get(mark.start)
        if template is None:
            return
        if template.name in self._conventions.unsigned:
            mark.template = template
            mark.user = next((user for each in _arguments(self._layer, template) if (user := self._named(each))), "")
        elif template.name in self._conventions.users:
            mark.user = next((user for each in _arguments(self._layer, template) if (user := self._named(each))), "")

    def _named(self, argument: str) -> str:
        """Return the user that an argument of a template names, empty where it is a date or nothing."""
        if link := _LINK.search(argument):
            return self._conventions.names.of_title(link[1])
        return (
            ""
            if self._conventions.stamps.read(argument)
            else self._conventions.names.of_title(argument) or canonical(argument)
        )


def _arguments(layer: Layer, template: Template) -> Iterator[str]:
    """Yield the values of a template's arguments, named or not."""
    text = layer.veiled[template.arguments : min(template.end - 2, template.arguments + _ARGUMENTS)]
    for argument in (
        text.replace(HIDDEN, "").split("|") if "[[" not in text else re.split(r"\|(?![^\[\]]*\]\])", text)
    ):
        name, equals, value = argument.partition("=")
        yield (value if equals and len(name) < 20 else argument).strip()


def _start(stamp: Stamp) -> int:
    return stamp.start


def _end(found: Signature | Stamp) -> int:
    return found.end


def is_inside(stretches: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Tell whether a stretch lies within one of others, which are in order of their ends."""
    at = bisect_left(stretches, end, key=_stop)
    return at < len(stretches) and stretches[at][0] <= start


def _stop(stretch: tuple[int, int]) -> int:
    return stretch[1]


def _length(text: str) -> int:
    """Return how long a piece of text is for a reader."""
    if HIDDEN in text:
        text = text.replace(HIDDEN, "")
    if "&" in text:
        text = _ENTITY.sub("x", text)
    return len(text.strip(" \t\n\r\f"))
