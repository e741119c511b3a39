"""Turn the text of a pad into a page of notes: plain bullets into nested ones, lines of the template into headings.

What people typed is text: none of it acts on the wiki. A comment at the top says where it came from, and carries the
hash of what was fetched and that of what was written, so that a person's edit is seen.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.minutes import Agreed
from bot.render.prose import heading as as_heading
from bot.render.prose import prose
from bot.render.region import normalised
from bot.render.wikitext import Wikitext

_ORIGIN = re.compile(
    r"<!-- dialoguebot:notes (?P<address>\S{1,2000}) "
    r"sha256:(?P<fetched>[0-9a-f]{64}) text:(?P<written>[0-9a-f]{16}) -->\n?"
)
_BULLET = re.compile(
    r"(?P<indent>[ \t\u00a0]{0,200})(?:[*\-–—•◦▪·][ \t\u00a0]+|[•◦▪]|\*(?=[^\W_])(?!.*\*)|-(?=[^\W\d_])"
    r"|(?:\d{1,3}(?:\.\d{1,3}){0,3}[.)]|\(\d{1,3}\)|[^\W\d_]\))[ \t]+)"
)
# Marks of direction stand before words of both, where nobody sees them.
_UNSEEN = re.compile(r"[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]{1,20}")
_STARS = re.compile(r"(?P<mark>\*{2,9})[ \t]*(?=[^*\s])")
_INDENT = re.compile(r"[ \t\u00a0]{1,200}")
_WIKI_HEADING = re.compile(r"(={1,6})\s{0,9}([^=\n]{1,300}?)\s{0,9}={1,6}\s{0,9}$")
_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s{1,9}(.{1,300})$")
_NUMBERING = re.compile(r"^\(?\d{1,3}\s{0,3}[/.):]\s{0,9}")
_LABELLED = re.compile(r"[^\s:：]{1,20}\s?[:：]\s")
_RULE = re.compile(r"-{4,}")
_DRAWN = re.compile(r"\s{0,200}(?:[-=_~*]{3,200}\s{0,9}){1,9}$")
_TAB = 4
_DEEPEST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a page of notes came from, the hash of what was fetched, and whether people edited the page since."""

    address: str
    fetched: str
    is_untouched: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One line of a pad: kind is "heading", "bullet", "indented", "text", "rule" or "blank"; indent is in columns."""

    kind: str
    text: str = ""
    indent: int = 0
    level: int = 0


def page(text: str, address: str, headings: Sequence[Agreed]) -> str:
    """Return the page of notes for the text of a pad."""
    body = normalised(wikitext(text, headings))
    return f"<!-- dialoguebot:notes {address} sha256:{digest(text)} text:{_short(body)} -->\n{body}\n"


def origin(wikitext: str) -> Origin | None:
    """Return where a page came from, None where it is none of this making."""
    found = _ORIGIN.match(wikitext)
    if found is None:
        return None
    body = normalised(wikitext[found.end() :]).rstrip()
    return Origin(address=found["address"], fetched=found["fetched"], is_untouched=_short(body) == found["written"])


def digest(text: str) -> str:
    """Return the hash of what was fetched."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _short(body: str) -> str:
    return digest(body.rstrip())[:16]


def wikitext(text: str, headings: Sequence[Agreed]) -> str:
    """Return the text of a pad as wikitext; the lines that are agreed headings become those."""
    known = {_key(name): heading for heading in headings for name in (heading.title, *heading.aliases)}
    plain = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = [_read(line, known) for line in plain.split("\n")]
    return "\n".join(_written(_bulleted(lines)))


def _key(text: str) -> str:
    return _NUMBERING.sub("", " ".join(_UNSEEN.sub("", text).split())).casefold().strip(" :：.،,;!?*#=_")


def _read(line: str, known: Mapping[str, Agreed]) -> _Line:
    if not line.strip():
        return _Line(kind="blank")
    if _DRAWN.match(line):
        return _Line(kind="rule", text=line.strip())
    agreed = known.get(_key(line))
    if agreed is not None:
        return _Line(kind="heading", text=agreed.title, level=agreed.level)
    if made := _WIKI_HEADING.match(line):
        return _Line(kind="heading", text=made[2], level=max(2, len(made[1])))
    unseen = _UNSEEN.match(line)
    return _typed(line[unseen.end() :] if unseen else line)


def _typed(line: str) -> _Line:
    """Return a line as its first signs say."""
    if stars := _STARS.match(line):
        return _Line(kind="bullet", text=line[stars.end() :], indent=_TAB * (len(stars["mark"]) - 1))
    if bullet := _BULLET.match(line):
        return _Line(kind="bullet", text=line[bullet.end() :], indent=_columns(bullet["indent"]))
    if made := _MARKDOWN_HEADING.match(line):
        return _Line(kind="heading", text=made[2].rstrip("# "), level=max(2, min(len(made[1]) + 1, 6)))
    if indent := _INDENT.match(line):
        return _Line(kind="indented", text=line[indent.end() :], indent=_columns(indent.group()))
    return _Line(kind="bullet" if _LABELLED.match(line) else "text", text=line)


def _columns(indent: str) -> int:
    return sum(_TAB if letter == "\t" else 1 for letter in indent)


def _bulleted(lines: Sequence[_Line]) -> Iterator[_Line]:
    """Yield the lines with every line a bullet below a heading where nobody typed bullets at all."""
    start = 0
    is_below = False
    for at, line in enumerate([*lines, _Line(kind="heading")]):
        if line.kind != "heading":
            continue
        part = lines[start:at]
        is_plain = is_below and not any(each.kind == "bullet" for each in part)
        for each in part:
            if is_plain and each.kind == "text":
                yield replace(each, kind="bullet")
            elif not is_plain or each.kind != "blank":
                yield replace(each, kind="bullet") if each.kind == "indented" else each
        if at < len(lines):
            yield line
        start, is_below = at + 1, True


def _written(lines: Iterator[_Line]) -> Iterator[str]:
    indents: list[int] = []
    last = "blank"
    for line in lines:
        if line.kind == "heading":
            indents = []
            if last != "blank":
                yield ""
            marks = "=" * line.level
            yield f"{marks} {as_heading(line.text)} {marks}"
        elif line.kind == "bullet":
            while indents and indents[-1] >= line.indent:
                indents.pop()
            indents.append(line.indent)
            yield f"{'*' * min(len(indents), _DEEPEST)} {prose(line.text)}".rstrip()
        elif line.kind in ("text", "rule"):
            indents = []
            yield _paragraph(line.text)
        elif last not in ("blank", "heading"):
            yield ""
        last = line.kind


def _paragraph(text: str) -> Wikitext:
    shown = prose(text)
    return Wikitext(f"&#45;{shown[1:]}") if _RULE.match(shown) else shown
