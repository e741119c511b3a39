"""Find the stretches of a talk page in which words do not vote: struck ones, and boxes that are shut."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from bot.languages import Language
from bot.parse.layer import Layer, Template
from bot.parse.text import fold

_STRIKE = re.compile(r"<(?P<end>/?)(?P<name>s|del|strike)(?:\s[^<>]{0,300})?>", re.IGNORECASE)
_BOX = re.compile(r"<(?P<end>/?)(?P<name>div|table|section)(?P<rest>[\s/][^<>]{0,2000})?>", re.IGNORECASE)
_TABLE = re.compile(r"^[ \t:\0]{0,50}(?:\{\|(?P<rest>[^\n]{0,2000})|(?P<end>\|\}))", re.MULTILINE)
_SHUT = re.compile(r"class\s{0,9}=[^>]{0,300}\b(?:mw-)?collapsed\b", re.IGNORECASE)


class Spans:
    """Stretches of a page that do not lie in each other, in order."""

    def __init__(self, found: Sequence[tuple[int, int]]) -> None:
        self._outer: list[tuple[int, int]] = []
        for start, end in sorted(found):
            if self._outer and start <= self._outer[-1][1]:
                self._outer[-1] = (self._outer[-1][0], max(end, self._outer[-1][1]))
            else:
                self._outer.append((start, end))

    def end(self, offset: int) -> int:
        """Return where the stretch around an offset ends, 0 where there is none."""
        at = bisect_right(self._outer, offset, key=_start) - 1
        return self._outer[at][1] if at >= 0 and offset < self._outer[at][1] else 0

    def without(self, text: str, start: int, end: int) -> str:
        """Return a part of a text with these stretches left out."""
        pieces = []
        at = max(bisect_right(self._outer, start, key=_start) - 1, 0)
        while at < len(self._outer) and self._outer[at][0] < end:
            first, last = self._outer[at]
            pieces.append(text[start : max(first, start)])
            start = max(start, last)
            at += 1
        pieces.append(text[start:end])
        return "".join(pieces)


def _start(span: tuple[int, int]) -> int:
    return span[0]


def struck(layer: Layer, layers: Sequence[Language], ends: Sequence[int], headings: Sequence[int]) -> Spans:
    """Return what is struck; a tag that nothing closes in its section strikes up to the end of its run alone."""
    names = _names(layers, "struck_templates")
    found = [(each.start, each.end) for each in layer.templates.values() if each.name in names]
    opened: list[re.Match[str]] = []
    unclosed: list[int] = []
    for tag in _STRIKE.finditer(layer.shown):
        if not tag["end"]:
            opened.append(tag)
        elif opened and opened[-1]["name"].lower() == tag["name"].lower():
            start = opened.pop().start()
            if bisect_right(headings, start) == bisect_right(headings, tag.start()):
                found.append((start, tag.end()))
            else:
                unclosed.append(start)
    for start in [*unclosed, *(tag.start() for tag in opened)]:
        at = bisect_right(ends, start)
        found.append((start, ends[at] if at < len(ends) else len(layer.shown)))
    return Spans(found)


def boxes(layer: Layer, layers: Sequence[Language], headings: Sequence[int]) -> Spans:
    """Return the boxes that are shut: collapsed ones and archives; headings are offsets that end an open one."""
    templates = list(layer.templates.values())
    whole = _names(layers, "collapse_templates")
    found = [(each.start, each.end) for each in templates if each.name in whole]
    for top, bottom in (("collapse_top", "collapse_bottom"), ("archive_top", "archive_bottom")):
        tops, bottoms = _names(layers, f"{top}_templates"), _names(layers, f"{bottom}_templates")
        found += _paired(templates, tops, bottoms, [*headings, len(layer.shown)])
    return Spans([*found, *_html(layer.shown, _BOX), *_html(layer.shown, _TABLE)])


def _paired(
    templates: Sequence[Template], tops: frozenset[str], bottoms: frozenset[str], headings: Sequence[int]
) -> Iterator[tuple[int, int]]:
    opened: list[int] = []
    for each in templates:
        if each.name in tops:
            opened.append(each.start)
        elif each.name in bottoms and opened:
            yield opened.pop(), each.end
    for start in opened:
        yield start, headings[min(bisect_right(headings, start), len(headings) - 1)]


def _html(shown: str, edges: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield the elements that are collapsed; one that nothing closes shuts nothing."""
    opened: dict[str, list[tuple[int, bool]]] = {}
    for tag in edges.finditer(shown):
        several = opened.setdefault(tag.groupdict().get("name", "").lower(), [])
        if not tag["end"]:
            several.append((tag.start(), bool(_SHUT.search(tag["rest"] or ""))))
        elif several:
            start, is_shut = several.pop()
            if is_shut:
                yield start, tag.end()


def _names(layers: Sequence[Language], field: str) -> frozenset[str]:
    return frozenset(fold(name) for each in layers for name in getattr(each.talk, field))
