"""Lay a talk page out as what its readers see, at the same offsets, and know the templates in it.

In the shown text one character stands for what is not text: NUL for what shows nothing (comments, magic words),
INLINE for what shows something in the line (references, formulas, pictures, templates), BLOCK for what stands in a
block of its own, EDGE for what begins or ends a box. FILLER fills the rest of such a stretch, so that neighbours
stay apart. What stands in nowiki is written in characters that mean nothing in wikitext.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from bot.parse.conventions import Conventions
from bot.parse.stamp import Stamp
from bot.parse.text import fold
from bot.parse.wikitext import HIDDEN, Hidden, Span, hidden

INLINE = "\1"
BLOCK = "\2"
FILLER = "\3"
EDGE = "\4"
_MEANINGFUL = "0123456789[]{}<>'|=*#:;!_-\n"
# Characters that Unicode keeps out of texts.
_MEANINGLESS = "".join(map(chr, range(0xFDD0, 0xFDD0 + len(_MEANINGFUL))))
_VEIL = str.maketrans(_MEANINGFUL, _MEANINGLESS)
_UNVEIL = str.maketrans(_MEANINGLESS, _MEANINGFUL)
_VEILED = re.compile(f"[{_MEANINGLESS}]")
_CONTROL = re.compile(f"[{HIDDEN}{INLINE}{BLOCK}{FILLER}{EDGE}{_MEANINGLESS}]")
_SHOWS_NOTHING = frozenset({"", "comment", "includeonly", "templatestyles", "templatedata"})
_SHOWS_INLINE = frozenset({"ref", "math", "chem", "ce", "maplink", "hiero"})
_BRACES = re.compile(r"\{\{|\}\}|\[\[|\]\]")
_CURLY_BRACES = re.compile(r"\{\{|\}\}")
_SUMMARY = re.compile(r"\{\{[\s\0]{0,9}dialogue[ _]summary(?P<end>[ _]end)?\s{0,9}(?:\||\}\})", re.IGNORECASE)
_NOT_NEWLINE = re.compile(r"[^\n]")
_INVALID_NAME = re.compile(r"[\[\]<>{}]|\n\s*\S")
_NAME_LENGTH = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A template as it stands in a page: folded name, and the offset where its arguments begin."""

    name: str
    start: int
    arguments: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """A page without what is hidden, the same as it is shown, its stamps, and its templates by their start."""

    veiled: str
    shown: str
    stamps: Sequence[Stamp]
    templates: dict[int, Template]


def uncontrolled(wikitext: str) -> str:
    """Return the page without the characters that mean something in a layer; the length stays."""
    if wikitext.isascii() and not any(each in wikitext for each in (HIDDEN, INLINE, BLOCK, FILLER, EDGE)):
        return wikitext
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", wikitext)


def unveiled(text: str) -> str:
    """Return shown text with what stands in nowiki as it was written."""
    return text if text.isascii() or not _VEILED.search(text) else text.translate(_UNVEIL)


def veiled(text: str) -> str:
    """Return the page with everything hidden or standing for itself replaced, and the bot's own output gone."""
    pieces: list[str] = []
    done = 0
    for each in hidden(text):
        pieces += [text[done : each.start], _stand_in(text, each)]
        done = each.end
    pieces.append(text[done:])
    return _without_summaries("".join(pieces))


def _stand_in(text: str, each: Hidden) -> str:
    if each.kind == "own":
        return _NOT_NEWLINE.sub(HIDDEN, text[each.start : each.end])
    length = each.end - each.start
    if each.kind == "nowiki":
        return _nowiki(text[each.start : each.end])
    if each.kind in _SHOWS_NOTHING:
        return HIDDEN * length
    return (INLINE if each.kind in _SHOWS_INLINE else BLOCK) + FILLER * (length - 1)


def _nowiki(element: str) -> str:
    start = element.index(">") + 1
    end = max(element.rfind("</"), start) if element.endswith(">") else len(element)
    return HIDDEN * start + element[start:end].translate(_VEIL) + HIDDEN * (len(element) - end)


def _without_summaries(text: str) -> str:
    pieces: list[str] = []
    done = 0
    for span in summary_spans(text):
        pieces += [text[done : span.start], _NOT_NEWLINE.sub(HIDDEN, text[span.start : span.end])]
        done = span.end
    return "".join([*pieces, text[done:]]) if pieces else text


def summary_spans(text: str) -> list[Span]:
    """Return what stands between the templates that ask for a summary and that end it, these included."""
    spans: list[Span] = []
    begin: int | None = None
    for found in _SUMMARY.finditer(text):
        if found["end"] is None:
            begin = found.start() if begin is None else begin
        elif begin is not None:
            spans.append(Span(start=begin, end=found.end()))
            begin = None
    return spans


def lay(text: str, conventions: Conventions) -> Layer:
    """Replace templates and pictures in a veiled page; one around a stamp is seen through where it may be."""
    stamps = conventions.stamps.find(text)
    starts = [stamp.start for stamp in stamps]
    templates: dict[int, Template] = {}
    found: list[tuple[int, str]] = []
    done = 0
    for start, end, kind in _spans(text, conventions.picture):
        if start < done:
            continue
        at = bisect_left(starts, start)
        has_stamp = at < len(starts) and starts[at] < end
        if kind == "{{":
            template = _template(text, start, end)
            if template is None:
                continue
            templates[start] = template
            stand_ins = _template_stand_ins(template, conventions, has_stamp=has_stamp)
        else:
            stand_ins = _link_stand_ins(text, max(start, done), end, kind, has_stamp=has_stamp)
        found += stand_ins
        done = stand_ins[0][0] + len(stand_ins[0][1])
    return Layer(veiled=text, shown=_replaced(text, found), stamps=stamps, templates=templates)


def _replaced(text: str, stand_ins: list[tuple[int, str]]) -> str:
    """Return the text with each stand-in in the place of what stands at its offset."""
    pieces: list[str] = []
    done = 0
    for start, stand_in in sorted(stand_ins):
        pieces += [text[done:start], stand_in]
        done = start + len(stand_in)
    return "".join([*pieces, text[done:]])


def _template_stand_ins(template: Template, conventions: Conventions, *, has_stamp: bool) -> list[tuple[int, str]]:
    length = template.end - template.start
    if template.name in conventions.outdents:
        return [(template.start, HIDDEN * length)]
    if template.name in conventions.top or template.name in conventions.bottom:
        return [(template.start, EDGE + FILLER * (length - 1))]
    if has_stamp and template.name not in conventions.opaque:
        head = INLINE + FILLER * (template.arguments - template.start - 1)
        return [(template.start, head), (template.end - 2, HIDDEN * 2)]
    return [(template.start, INLINE + FILLER * (length - 1))]


def _link_stand_ins(text: str, start: int, end: int, kind: str, *, has_stamp: bool) -> list[tuple[int, str]]:
    """Replace a category, which takes the space before it along, or a picture; a signed caption is its own block."""
    if kind == "category":
        first = start
        while first and text[first - 1].isspace():
            first -= 1
        return [(first, HIDDEN * (end - first))]
    bar = text.rfind("|", start, text.find("[[", start + 2, end)) if has_stamp else -1
    if bar < 0:
        return [(start, INLINE + FILLER * (end - start - 1))]
    return [(start, BLOCK + FILLER * (bar - start)), (end - 2, BLOCK + FILLER)]


def _spans(text: str, picture: re.Pattern[str]) -> list[tuple[int, int, str]]:
    """Return start, end and kind of all templates ("{{"), pictures and categories, in order of their starts.

    As in MediaWiki, what is opened inside must be closed inside, links too.
    """
    opened: list[tuple[str, int]] = []
    spans: list[tuple[int, int, str]] = []
    # Most pages have ten times as many links as templates, and only these two kinds of links matter here.
    braces = _BRACES if picture.search(text) else _CURLY_BRACES
    for found in braces.finditer(text):
        mark = found.group()
        if mark in ("{{", "[["):
            opened.append((mark, found.start()))
        elif opened and opened[-1][0] == ("{{" if mark == "}}" else "[["):
            opening, start = opened.pop()
            if opening == "{{":
                spans.append((start, found.end(), opening))
            elif link := picture.match(text, start):
                spans.append((start, found.end(), "picture" if link["file"] else "category"))
    return sorted(spans)


def _template(text: str, start: int, end: int) -> Template | None:
    """Read what stands between braces as a template; None where the name can be no title."""
    name, bar, _ = text[start + 2 : min(end - 2, start + _NAME_LENGTH)].partition("|")
    if not bar and end - start > _NAME_LENGTH:
        return None
    arguments = start + 2 + len(name) + 1 if bar else end - 2
    name = name.replace(HIDDEN, "").strip()
    if not name or _INVALID_NAME.search(name):
        return None
    return Template(name=fold(name), start=start, arguments=arguments, end=end)
