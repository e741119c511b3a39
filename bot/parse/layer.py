"""Lay a talk page out as what its readers see, at the same offsets, and know the templates that sign.

In the shown text one character stands for what is not text: NUL for what shows nothing (comments, magic words),
INLINE for what shows something in the line (nowiki, references, formulas, templates), BLOCK for what stands in a
block of its own. FILLER fills the rest of such a stretch, so that neighbours stay apart.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.languages import Language
from bot.parse.stamp import Stamp
from bot.parse.text import fold
from bot.parse.wikitext import HIDDEN, Hidden, hidden

INLINE = "\1"
BLOCK = "\2"
FILLER = "\3"
_CONTROLS = {ord(character): "\N{REPLACEMENT CHARACTER}" for character in (HIDDEN, INLINE, BLOCK, FILLER)}
_SHOWS_NOTHING = frozenset({"", "comment", "includeonly", "templatestyles", "templatedata"})
_SHOWS_INLINE = frozenset({"nowiki", "ref", "math", "chem", "ce", "maplink", "hiero"})
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
    """A page as it is shown, with its stamps and its templates by the offset where they start."""

    veiled: str
    shown: str
    stamps: Sequence[Stamp]
    templates: dict[int, Template]


def uncontrolled(wikitext: str) -> str:
    """Return the page without the characters that mean something in a layer; the length stays."""
    return wikitext.translate(_CONTROLS) if _has_controls(wikitext) else wikitext


def _has_controls(wikitext: str) -> bool:
    return any(character in wikitext for character in (HIDDEN, INLINE, BLOCK, FILLER))


def veiled(text: str) -> str:
    """Return the page with everything hidden or standing for itself replaced, and our own output gone."""
    pieces: list[str] = []
    done = 0
    for each in _without_regions(text, hidden(text)):
        pieces += [text[done : each.start], _stand_in(text, each)]
        done = each.end
    pieces.append(text[done:])
    return _without_summaries("".join(pieces))


def _without_summaries(text: str) -> str:
    """Blank what stands between the templates that ask for a summary and that end it."""
    pieces: list[str] = []
    done = 0
    begin: int | None = None
    for found in _SUMMARY.finditer(text):
        if found["end"] is None:
            begin = found.start() if begin is None else begin
        elif begin is not None:
            end = text.find("}}", found.end() - 2) + 2
            pieces += [text[done:begin], _NOT_NEWLINE.sub(HIDDEN, text[begin:end])]
            done, begin = end, None
    return "".join([*pieces, text[done:]])


def _stand_in(text: str, each: Hidden) -> str:
    if each.kind == "region":
        return _NOT_NEWLINE.sub(HIDDEN, text[each.start : each.end])
    length = each.end - each.start
    if each.kind in _SHOWS_NOTHING:
        return HIDDEN * length
    return (INLINE if each.kind in _SHOWS_INLINE else BLOCK) + FILLER * (length - 1)


def _without_regions(text: str, found: Sequence[Hidden]) -> Iterator[Hidden]:
    """Yield what is hidden, each region that the bot wrote as one stretch."""
    begin: Hidden | None = None
    inside: list[Hidden] = []
    for each in found:
        mark = _BOT_REGION.match(text, each.start) if each.kind == "comment" else None
        if mark and mark[1] == "begin" and begin is None:
            begin, inside = each, []
        elif mark and mark[1] == "end" and begin is not None:
            yield Hidden(kind="region", start=begin.start, end=each.end)
            begin = None
            continue
        if begin is None:
            yield each
        else:
            inside.append(each)
    yield from inside if begin is not None else ()


def with_templates(text: str, stamps: Sequence[Stamp], words: Language) -> Layer:
    """Replace templates by stand-ins; one that holds a stamp and is no signature, quote or box is seen through."""
    opaque = opaque_names(words)
    outdents = frozenset(map(fold, words.talk.outdent_templates))
    starts = [stamp.start for stamp in stamps]
    templates: dict[int, Template] = {}
    pieces: list[str] = []
    done = 0
    for start, end in nested_spans(text):
        if start < done:
            continue
        template = _template(text, start, end)
        if template is None:
            continue
        templates[start] = template
        at = bisect_left(starts, start)
        signed = at < len(starts) and starts[at] < end
        if signed and template.name not in opaque:
            end = template.arguments
        pieces += [text[done:start], _template_stand_in(end - start, template.name in outdents)]
        done = end
    pieces.append(text[done:])
    return Layer(veiled=text, shown="".join(pieces), stamps=stamps, templates=templates)


def _template_stand_in(length: int, is_outdent: bool) -> str:
    return HIDDEN * length if is_outdent else INLINE + FILLER * (length - 1)


def opaque_names(words: Language) -> frozenset[str]:
    """Return the folded names of templates whose stamp is no signature of a comment around it."""
    talk = words.talk
    return frozenset(
        fold(name)
        for several in (
            talk.unsigned_templates,
            talk.quote_templates,
            talk.resolved_templates,
            talk.closed_templates,
            talk.closed_top_templates,
            talk.closed_bottom_templates,
            talk.collapse_top_templates,
            talk.collapse_bottom_templates,
        )
        for name in several
    )


def nested_spans(text: str) -> list[tuple[int, int]]:
    """Return start and end of all ``{{…}}`` in order of their starts; links must be closed inside, as in MediaWiki."""
    opened: list[tuple[str, int]] = []
    spans: list[tuple[int, int]] = []
    for found in _BRACES.finditer(text):
        mark = found.group()
        if mark in ("{{", "[["):
            opened.append((mark, found.start()))
        elif opened and opened[-1][0] == ("{{" if mark == "}}" else "[["):
            opening, start = opened.pop()
            if opening == "{{":
                spans.append((start, found.end()))
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
