"""Turn small pieces of wikitext into the text that a reader sees."""

import re
import unicodedata

import mwparserfromhell
from mwparserfromhell.nodes import ExternalLink, HTMLEntity, Node, Tag, Text, Wikilink
from mwparserfromhell.nodes import Heading as HeadingNode
from mwparserfromhell.wikicode import Wikicode

from bot.parse.wikitext import HIDDEN

# mwparserfromhell is superlinear on hostile text and cannot be interrupted: a piece is bounded in length and in
# what it opens, and one beyond the bounds has its markup taken away character by character.
_PIECE_LENGTH = 16_000
_OPENERS = 150
_OPENER = re.compile(r"<|\{\{|\[|''")
_MARKUP = re.compile(r"[\[{<&']|__|https?:")
_CRUDE = re.compile(r"<[^<>]{0,300}>|\[\[(?:[^\[\]|]{0,300}\|)?|\]\]|'{2,5}|\{\{[^{}]{0,500}\}\}|[{}<>]")
_QUOTATION_START = re.compile(r"<blockquote\b", re.IGNORECASE)
_QUOTATION_END = re.compile(r"</blockquote\s{0,9}>", re.IGNORECASE)
_QUOTATION = re.compile(r"<blockquote\b[^<>]{0,500}>.*?</blockquote\s{0,9}>", re.IGNORECASE | re.DOTALL)
_SPACES = re.compile(r"\s+")
_STRUCK_TAGS = frozenset({"s", "del", "strike"})
_NOT_SHOWN = frozenset({"file", "image", "category"})
_DIRECTION_MARKS = dict.fromkeys(
    map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufe0e\ufe0f")
)


def plain(wikitext: str, *, struck: bool = True) -> str:
    """Return a piece of wikitext as one line of text; struck says whether struck words are kept."""
    piece = wikitext.replace(HIDDEN, "")
    if _MARKUP.search(piece):
        piece = _parsed(piece, struck=struck) if _is_bounded(piece) else _CRUDE.sub(" ", piece)
    return _SPACES.sub(" ", piece).strip()


def unquoted(wikitext: str) -> str:
    """Return the text of a comment without what it quotes from others, and without its signature's markup."""
    close, opened = _QUOTATION_END.search(wikitext), _QUOTATION_START.search(wikitext)
    if close and (opened is None or opened.start() > close.start()):
        wikitext = wikitext[close.end() :]  # a comment that begins inside a quotation
    return plain(_QUOTATION.sub(" ", wikitext))


def template_names(wikitext: str) -> list[str]:
    """Return the names of the templates in a piece, as their titles read with a lower-case first letter."""
    if "{{" not in wikitext or not _is_bounded(wikitext):
        return []
    found = mwparserfromhell.parse(wikitext.replace(HIDDEN, "")).filter_templates()
    return [fold(str(template.name)) for template in found]


def fold(text: str) -> str:
    """Return text as it is compared: one normal form, case, space and no direction marks."""
    normal = unicodedata.normalize("NFKC", text).translate(_DIRECTION_MARKS)
    return _SPACES.sub(" ", normal.replace("_", " ")).strip().casefold()


def _is_bounded(piece: str) -> bool:
    return len(piece) <= _PIECE_LENGTH and sum(1 for _ in _OPENER.finditer(piece)) <= _OPENERS


def _parsed(piece: str, *, struck: bool) -> str:
    return "".join(_shown(node, struck=struck) for node in mwparserfromhell.parse(piece).nodes)


def _inner(wikicode: Wikicode | None, *, struck: bool) -> str:
    return "".join(_shown(node, struck=struck) for node in wikicode.nodes) if wikicode else ""


def _shown(node: Node, *, struck: bool) -> str:
    """Return what one node shows: templates, arguments and comments show nothing that can be known here."""
    if isinstance(node, Text):
        return str(node.value)
    if isinstance(node, HTMLEntity):
        return str(node.normalize())
    if isinstance(node, Wikilink):
        return _link(node, struck=struck)
    if isinstance(node, ExternalLink):
        return _inner(node.title, struck=struck) if node.title or node.brackets else str(node.url)
    if isinstance(node, HeadingNode):
        return _inner(node.title, struck=struck)
    if isinstance(node, Tag):
        return _tag(node, struck=struck)
    return ""


def _link(node: Wikilink, *, struck: bool) -> str:
    title = str(node.title).strip()
    if title.partition(":")[0].strip().casefold() in _NOT_SHOWN:
        return ""
    return _inner(node.text, struck=struck) if node.text else title.lstrip(":").replace("_", " ")


def _tag(node: Tag, *, struck: bool) -> str:
    name = str(node.tag).strip().casefold()
    if name == "br":
        return " "
    if name in _STRUCK_TAGS and not struck:
        return ""
    return _inner(node.contents, struck=struck)
