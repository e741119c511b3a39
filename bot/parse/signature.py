"""Find who signed a run of text, and when: a stamp, and the user link nearest before it.

The way back to the link is counted as DiscussionTools counts it: in characters of text between the pieces of
markup before the stamp; what stands with the stamp in one piece of text costs nothing.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.discussion import Signature
from bot.parse.conventions import Conventions
from bot.parse.layer import BLOCK, FILLER, INLINE, Layer, Template
from bot.parse.stamp import Stamp
from bot.parse.user import canonical
from bot.parse.wikitext import HIDDEN

_FARTHEST = 100
_FARTHEST_TAG = 300
_SUBSTITUTED = "autosigned"  # the class of what ``{{unsigned}}`` leaves where it is substituted
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
_LABEL = 1_000
_DRESS = re.compile(r"(?:<[^/<>][^<>]{0,300}>\s{0,9}){1,9}$")


class Named(NamedTuple):
    """Markup that names a user: a link, an address, or a template, whose name is then given, folded."""

    user: str
    start: int
    end: int
    template: str = ""


class Signers:
    """Find signatures in one page."""

    def __init__(self, layer: Layer, conventions: Conventions) -> None:
        self._layer = layer
        self._stamps = [each for each in layer.stamps if FILLER not in layer.shown[each.start : each.end]]
        self._starts = [stamp.start for stamp in self._stamps]
        self._conventions = conventions
        self._users: dict[str, str] = {}
        self._late = [start for start, each in layer.templates.items() if each.name in conventions.unsigned]
        self._places = [*sorted(self._starts + self._late), len(layer.shown)]

    def may_sign(self, start: int, end: int) -> bool:
        """Tell whether anything that signs stands between two offsets of the page."""
        return self._places[bisect_left(self._places, start)] < end

    def signatures(self, start: int, end: int, quotes: Sequence[tuple[int, int]]) -> list[Signature | Stamp]:
        """Return the signatures of the run between two offsets in order; a stamp where its zone is not known."""
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, end, first)
        here = [stamp for stamp in self._stamps[first:last] if stamp.end <= end]
        signed = [*self._stamped(start, end, here)] if here else []
        if self._late:
            signed += self._templated(start, end)
            signed.sort(key=_end)
        return [each for each in signed if not is_inside(quotes, each.start, each.end)] if quotes else signed

    def named(self, start: int, end: int) -> list[Named]:
        """Return everything between two offsets that names a user, signed or not, in order."""
        found: list[Named] = []
        for mark in _MARK.finditer(self._layer.shown, start, end):
            kind = mark.lastgroup or ""
            template = self._layer.templates.get(mark.start()) if not kind else None
            user = self._named_by(mark, kind) if kind or template else ""
            if user:
                last = template.end if template else self._link_end(mark, kind)
                found.append(Named(user, mark.start(), min(last, end), template.name if template else ""))
        return found

    def _link_end(self, mark: re.Match[str], kind: str) -> int:
        """Return where a link with its label ends."""
        if kind == "bare" or (kind == "bar" and mark["bar"] == "]]"):
            return mark.end()
        close = "]]" if kind == "bar" else "]"
        return self._layer.shown.find(close, mark.end()) + len(close)

    def _stamped(self, start: int, end: int, here: Sequence[Stamp]) -> Iterator[Signature | Stamp]:
        shown = self._layer.shown
        marks = [*_MARK.finditer(shown, start, end)]
        until = start
        previous = -1
        for stamp in here:
            at = bisect_left(marks, stamp.start, key=re.Match.start)
            # A piece of text holds one signature, and what stands in a tag or an address is no text.
            if at == previous or (at and marks[at - 1].end() > stamp.start and marks[at - 1]["bar"] != "]]"):
                continue
            previous = at
            user, first = self._author(marks, at, until)
            until = stamp.end
            if user and stamp.time is None:
                yield stamp
            elif user and stamp.time is not None:
                is_late = self._is_late(first)
                yield Signature(user=user, timestamp=stamp.time, start=first, end=stamp.end, unsigned=is_late)

    def _is_late(self, first: int) -> bool:
        """Tell whether somebody else signed: by a template, or by the text that one leaves when it is substituted."""
        if self._layer.shown[first] == INLINE:
            return self._layer.templates[first].name in self._conventions.unsigned
        before = self._layer.shown[max(0, first - _FARTHEST_TAG) : first].rpartition("\n")[2]
        return _SUBSTITUTED in before and "</small>" not in before.rpartition(_SUBSTITUTED)[2]

    def _author(self, marks: Sequence[re.Match[str]], at: int, until: int) -> tuple[str, int]:
        """Walk back from a stamp to the nearest mark that names a user, and on to that user's first.

        Return the user, who is empty where there is none, and where the first mark starts.
        """
        shown = self._layer.shown
        user = ""
        first = length = 0
        after = -1
        for index in range(at - 1, max(-1, at - _MOST_MARKS), -1):
            mark = marks[index]
            start, end = mark.span()
            kind = mark.lastgroup
            if after > end:
                length += _length(shown[end:after])
            if kind and shown[end - 1] == "]":
                length += _length(mark[1])
            if length >= _FARTHEST or start < until:
                break
            after = start
            named = self._named_by(mark, kind or "") if kind or shown[start] == INLINE else ""
            if named and (not user or named == user):
                user, first = named, start
        return user, first

    def _named_by(self, mark: re.Match[str], kind: str) -> str:
        """Return whom a piece of markup names; a link that nothing closes names nobody."""
        start, end = mark.span()
        if kind == "bar":
            # People write often, so each target is read once a page.
            target = mark["target"]
            user = self._users.get(target)
            if user is None:
                user = self._users[target] = self._conventions.names.of_title(target)
            is_closed = not user or mark["bar"] == "]]" or self._is_closed(end, "]]", "[[")
        elif kind:
            user = self._conventions.names.of_url(mark[kind])
            is_closed = not user or kind == "bare" or self._is_closed(end, "]", "\n")
        else:
            return self._named_by_template(start)
        return user if is_closed else ""

    def _named_by_template(self, start: int) -> str:
        template = self._layer.templates.get(start)
        if template is None:
            return ""
        known = self._conventions
        if template.name in known.unsigned or template.name in known.users:
            return self._user_of(template)
        return self._page_owner(template) if ":" in template.name else ""

    def _page_owner(self, template: Template) -> str:
        """Return the user whose subpage is shown, as a signature kept there is."""
        title = self._layer.veiled[template.start + 2 : template.end - 2].partition("|")[0].partition("/")[0]
        return self._conventions.names.of_title(title.replace(HIDDEN, "").strip())

    def _is_closed(self, start: int, close: str, stop: str) -> bool:
        """Tell whether a link's label ends before something ends it that is no label."""
        shown = self._layer.shown
        end = shown.find(close, start, start + _LABEL)
        return end >= 0 and shown.find(stop, start, end) < 0

    def _templated(self, start: int, end: int) -> Iterator[Signature]:
        """Yield the signatures that ``{{unsigned}}`` and its kin make, where they say when."""
        for at in range(bisect_left(self._late, start), bisect_left(self._late, end)):
            template = self._layer.templates[self._late[at]]
            times = (self._conventions.stamps.read(each) for each in _arguments(self._layer, template))
            time = next((each for each in times if each is not None), None)
            user = self._user_of(template) if time else ""
            if time and user:
                yield Signature(user=user, timestamp=time, start=template.start, end=template.end, unsigned=True)

    def _user_of(self, template: Template) -> str:
        """Return the user whom a template's arguments name: the first that is no date."""
        return next((user for each in _arguments(self._layer, template) if (user := self._named(each))), "")

    def _named(self, argument: str) -> str:
        names = self._conventions.names
        if link := _LINK.search(argument):
            return names.of_title(link[1])
        return "" if self._conventions.stamps.read(argument) else names.of_title(argument) or canonical(argument)


def _arguments(layer: Layer, template: Template) -> Iterator[str]:
    """Yield the values of a template's arguments, named or not."""
    text = layer.veiled[template.arguments : min(template.end - 2, template.arguments + _ARGUMENTS)]
    for argument in (
        text.replace(HIDDEN, "").split("|") if "[[" not in text else re.split(r"\|(?![^\[\]]*\]\])", text)
    ):
        name, equals, value = argument.partition("=")
        yield (value if equals and len(name) < 20 else argument).strip()


def _end(found: Signature | Stamp) -> int:
    return found.end


def undressed(before: str) -> str:
    """Return what stands before a signature without the tags that open right before its link."""
    return _DRESS.sub("", before)


def is_inside(stretches: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Tell whether a stretch lies within one of others, which are in order of their ends."""
    at = bisect_left(stretches, end, key=_stop)
    return at < len(stretches) and stretches[at][0] <= start


def _stop(stretch: tuple[int, int]) -> int:
    return stretch[1]


def _length(text: str) -> int:
    """Return how long a piece of text is for a reader."""
    if "&" in text or HIDDEN in text:
        text = _ENTITY.sub("x", text.replace(HIDDEN, ""))
    return len(text.strip(" \t\n\r\f"))
