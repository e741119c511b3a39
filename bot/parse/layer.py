"""Lay a talk page out as what its readers see, at the same offsets, and know the templates in it.

In the shown text one character stands for what is not text: NUL for what shows nothing (comments, magic words),
INLINE for what shows something in the line (references, formulas, pictures, templates), BLOCK for what stands in a
block of its own. FILLER fills the rest of such a stretch, so that neighbours stay apart. What stands in nowiki is
written in characters that mean nothing in wikitext.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.parse.conventions import Conventions
from bot.parse.stamp import Stamp
from bot.parse.text import fold
from bot.parse.wikitext import HIDDEN, Hidden, hidden

INLINE = "\1"
BLOCK = "\2"
FILLER = "\3"
_MEANINGFUL = "0123456789[]{}<>'|=*#:;!_-\n"
# Characters that Unicode keeps out of texts.
_MEANINGLESS = "".join(map(chr, range(0xFDD0, 0xFDD0 + len(_MEANINGFUL))))
_VEIL = str.maketrans(_MEANINGFUL, _MEANINGLESS)
_UNVEIL = str.maketrans(_MEANINGLESS, _MEANINGFUL)
_CONTROL = re.compile(f"[{HIDDEN}{INLINE}{BLOCK}{FILLER}{_MEANINGLESS}]")
_SHOWS_NOTHING = frozenset({"", "comment", "includeonly", "templatestyles", "templatedata"})
_SHOWS_INLINE = frozenset({"ref", "math", "chem", "ce", "maplink", "hiero"})
_BRACES = re.compile(r"\{\{|\}\}|\[\[|\]\]")
_BOT_REGION = re.compile(r"<!--\s{0,9}dialoguebot:(begin|end)\b")
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
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", wikitext)


def unveiled(text: str) -> str:
    """Return shown text with what stands in nowiki as it was written."""
    return text if text.isascii() else text.translate(_UNVEIL)


def veiled(text: str) -> str:
    """Return the page with everything hidden or standing for itself replaced, and the bot's own output gone."""
    pieces: list[str] = []
    done = 0
    for each in _without_regions(text, hidden(text)):
        pieces += [text[done : each.start], _stand_in(text, each)]
        done = each.end
    pieces.append(text[done:])
    return _without_summaries("".join(pieces))


def _stand_in(text: str, each: Hidden) -> str:
    if each.kind == "region":
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


def _without_regions(text: str, found: Sequence[Hidden]) -> Iterator[Hidden]:
    """Yield what is hidden, each region that the bot wrote as one stretch."""
    begin: Hidden | None = None
    inside: list[Hidden] = []
    for each in found:
        mark = _BOT_REGION.match(text, each.start) if each.kind == "comment" else None
        if mark and mark[1] == "begin" and begin is None:
            begin, inside = each, [each]
        elif mark and mark[1] == "end" and begin is not None:
            yield Hidden(kind="region", start=begin.start, end=each.end)
            begin = None
        elif begin is None:
            yield each
        else:
            inside.append(each)
    if begin is not None:
        yield from inside


def _without_summaries(text: str) -> str:
    """Blank what stands between the templates that ask for a summary and that end it."""
    pieces: list[str] = []
    done = 0
    begin: int | None = None
    for found in _SUMMARY.finditer(text):
        if found["end"] is None:
            begin = found.start() if begin is None else begin
        elif begin is not None:
            end = found.end()
            pieces += [text[done:begin], _NOT_NEWLINE.sub(HIDDEN, text[begin:end])]
            done, begin = end, None
    return "".join([*pieces, text[done:]]) if pieces else text


def lay(text: str, conventions: Conventions) -> Layer:
    """Replace templates and pictures in a veiled page; a template around a stamp is seen through where it may be."""
    stamps = conventions.stamps.find(text)
    starts = [stamp.start for stamp in stamps]
    templates: dict[int, Template] = {}
    pieces: list[str] = []
    done = 0
    for start, end, is_template in _spans(text, conventions.picture):
        if start < done:
            continue
        at = bisect_left(starts, start)
        has_stamp = at < len(starts) and starts[at] < end
        stand_in = _picture(text, start, end, has_stamp=has_stamp)
        if is_template:
            template = _template(text, start, end)
            if template is None:
                continue
            templates[start] = template
            stand_in = _template_stand_in(template, conventions, has_stamp=has_stamp)
        pieces += [text[done:start], stand_in]
        done = start + len(stand_in)
    pieces.append(text[done:])
    return Layer(veiled=text, shown="".join(pieces), stamps=stamps, templates=templates)


def _template_stand_in(template: Template, conventions: Conventions, *, has_stamp: bool) -> str:
    if template.name in conventions.outdents:
        return HIDDEN * (template.end - template.start)
    is_open = has_stamp and template.name not in conventions.opaque
    return _inline((template.arguments if is_open else template.end) - template.start)


def _inline(length: int) -> str:
    return INLINE + FILLER * (length - 1)


def _picture(text: str, start: int, end: int, *, has_stamp: bool) -> str:
    """Return the stand-in of a picture; a caption that is signed is a block of its own."""
    bar = text.rfind("|", start, text.find("[[", start + 2, end)) if has_stamp else -1
    if bar < 0:
        return _inline(end - start)
    return BLOCK + FILLER * (bar - start) + text[bar + 1 : end - 2] + BLOCK + FILLER


def _spans(text: str, picture: re.Pattern[str]) -> list[tuple[int, int, bool]]:
    """Return start and end of all templates (true) and pictures (false), in order of their starts.

    As in MediaWiki, what is opened inside must be closed inside, links too.
    """
    opened: list[tuple[str, int]] = []
    spans: list[tuple[int, int, bool]] = []
    for found in _BRACES.finditer(text):
        mark = found.group()
        if mark in ("{{", "[["):
            opened.append((mark, found.start()))
        elif opened and opened[-1][0] == ("{{" if mark == "}}" else "[["):
            opening, start = opened.pop()
            if opening == "{{" or picture.match(text, start):
                spans.append((start, found.end(), opening == "{{"))
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
