"""Take a statement of notes apart into what may be shown elsewhere: words, emphasis and links, and nothing else."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import mwparserfromhell
from mwparserfromhell.nodes import Argument, ExternalLink, HTMLEntity, Node, Tag, Template, Text, Wikilink
from mwparserfromhell.wikicode import Wikicode

from bot.languages import Language
from bot.minutes import Piece
from bot.parse.context import Context
from bot.parse.conventions import Conventions, conventions
from bot.parse.layer import lay, veiled
from bot.parse.signature import Named, Signers, undressed
from bot.parse.text import fold, plain

_LONGEST = 16_000
_MOST_OPENERS = 150
_OPENER = re.compile(r"<|\{\{|\[|''")
_MARKUP = re.compile(r"[\[{<&']|https?:")
_SPACES = re.compile(r"\s+")
_DASHES = re.compile(r"[\s\u00a0]{0,9}[-–—]{1,3}[\s\u00a0]{0,9}$")
_TAG = re.compile(r"<[^<>]{0,300}>")
_MOST_SIGNATURE = 200  # characters, as shown
_NO_TITLE = re.compile(r"[\[\]{}|<>\n\0]")
_BOLD, _ITALIC, _STRUCK = frozenset({"b", "strong"}), frozenset({"i", "em"}), frozenset({"s", "del", "strike"})
_SILENT = frozenset({"ref", "references", "templatestyles", "section"})
# What these show can only be shown by themselves.
_UNCARRIED = frozenset(
    [
        "math",
        "chem",
        "ce",
        "score",
        "gallery",
        "imagemap",
        "timeline",
        "graph",
        "mapframe",
        "maplink",
        "hiero",
        "inputbox",
        "style",
        "script",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A statement's pieces, the same as plain text, and what could not be carried over, such as "{{tl}}".

    whole is the wikitext where words are missing in the text, so that only it tells two statements apart.
    """

    pieces: tuple[Piece, ...]
    text: str
    left: tuple[str, ...] = ()
    whole: str = ""

    @property
    def is_said(self) -> bool:
        """Tell whether there is a word, a number or a picture sign, and not dots and dashes alone."""
        return any(letter.isalnum() or unicodedata.category(letter) == "So" for letter in self.text)

    @property
    def is_struck(self) -> bool:
        """Tell whether every word is struck."""
        shown = [piece for piece in self.pieces if piece.text.strip()]
        return bool(shown) and all(piece.is_struck for piece in shown)


class Taker:
    """Takes statements of one wiki apart."""

    def __init__(self, context: Context) -> None:
        self._known = conventions(context.profile, context.words, context.foreign)
        self._words = context.words
        profile = context.profile
        names = (*profile.file_namespaces, *profile.category_namespaces, "File", "Image", "Category")
        self._unseen = frozenset(name.casefold() for name in names)
        self._files = frozenset(name.casefold() for name in (*profile.file_namespaces, "File", "Image"))

    def take(self, wikitext: str) -> Taken:
        """Return a statement's pieces without a signature at its end."""
        piece = self._unsigned(wikitext.strip())
        if not _MARKUP.search(piece):
            text = _SPACES.sub(" ", piece).strip()
            return Taken(pieces=_trimmed([Piece(text=text)]), text=text)
        if len(piece) > _LONGEST or sum(1 for _ in _OPENER.finditer(piece)) > _MOST_OPENERS:
            text = plain(piece)
            return Taken(pieces=_trimmed([Piece(text=text)]), text=text, whole=_SPACES.sub(" ", piece))
        parts = _Parts(self._known, self._words, self._unseen, self._files)
        pieces = _trimmed(_joined(parts.of(mwparserfromhell.parse(piece).nodes, Piece(text=""))))
        return Taken(
            pieces=pieces,
            text="".join(each.text for each in pieces),
            left=tuple(parts.left),
            whole=_SPACES.sub(" ", piece) if parts.left or parts.is_cut else "",
        )

    def _unsigned(self, piece: str) -> str:
        """Cut off a signature: the last user named, with a date behind or a dash before, and little else."""
        if "[[" not in piece and "{{" not in piece:
            return piece
        layer = lay(veiled(piece), self._known)
        signers = Signers(layer, self._known)
        named = signers.named(0, len(piece))
        if not named:
            return piece
        start = _first_of_signature(piece, named)
        before, behind = undressed(piece[:start]), plain(piece[start:])
        dash = _DASHES.search(before)
        is_dated = any(stamp.start > start for stamp in layer.stamps)
        is_whole = len(behind) <= _MOST_SIGNATURE and (is_dated or dash is not None)
        return before[: dash.start() if dash else len(before)].rstrip() if is_whole else piece


class _Parts:
    """The pieces of one statement; left is what could not be carried over, is_cut that some of a template was."""

    def __init__(self, known: Conventions, words: Language, unseen: frozenset[str], files: frozenset[str]) -> None:
        self._known = known
        self._words = words
        self._unseen = unseen
        self._files = files
        self.left: list[str] = []
        self.is_cut = False

    def of(self, nodes: Sequence[Node], like: Piece) -> Iterator[Piece]:
        """Yield what the nodes show, marked like a piece that they stand in."""
        for node in nodes:
            yield from self._piece(node, like)

    def _inside(self, code: Wikicode | None, like: Piece) -> Iterator[Piece]:
        return self.of(code.nodes, like) if code else iter(())

    def _piece(self, node: Node, like: Piece) -> Iterator[Piece]:
        if isinstance(node, Text):
            yield replace(like, text=str(node.value))
        elif isinstance(node, HTMLEntity):
            yield replace(like, text=str(node.normalize()))
        elif isinstance(node, Tag):
            yield from self._tag(node, like)
        elif isinstance(node, Wikilink):
            yield from self._link(node, like)
        elif isinstance(node, ExternalLink):
            address = str(node.url)
            shown = "".join(each.text for each in self._inside(node.title, like)) or address
            yield replace(like, text=shown, address=address)
        elif isinstance(node, Template):
            yield from self._template(node, like)
        elif isinstance(node, Argument):
            self.left.append(f"{{{{{{{str(node.name).strip()}}}}}}}")
        elif hasattr(node, "title"):
            yield from self._inside(node.title, like)  # what reads as a heading amid a line

    def _template(self, node: Template, like: Piece) -> Iterator[Piece]:
        """Yield the words that a template only dresses."""
        name = fold(str(node.name))
        minutes, talk = self._words.minutes, self._words.talk
        values = [each.value for each in node.params if not each.showkey or str(each.name).strip().isdigit()]
        values = values or [each.value for each in node.params if fold(str(each.name)) == "text"]
        if values and name in minutes.last_text_templates:
            yield from self._inside(values[-1], like)
        elif values and (name in minutes.text_templates or name in talk.user_templates):
            self.is_cut = self.is_cut or len(values) > 1
            yield from self._inside(values[0], like)
        elif values and name in talk.struck_templates:
            yield from self._inside(values[0], replace(like, is_struck=True))
        elif name not in minutes.silent_templates:
            self.left.append(f"{{{{{str(node.name).strip()}}}}}")

    def _tag(self, tag: Tag, like: Piece) -> Iterator[Piece]:
        name = str(tag.tag).strip().casefold()
        if name == "br":
            yield replace(like, text=" ")
        elif name in _UNCARRIED:
            self.left.append(f"<{name}>")
        elif name not in _SILENT:
            marked = replace(
                like,
                is_bold=like.is_bold or name in _BOLD,
                is_italic=like.is_italic or name in _ITALIC,
                is_struck=like.is_struck or name in _STRUCK,
            )
            yield from self._inside(tag.contents, marked)

    def _link(self, link: Wikilink, like: Piece) -> Iterator[Piece]:
        title = _SPACES.sub(" ", str(link.title).replace("_", " ")).strip()
        namespace = title.partition(":")[0].strip().casefold()
        if namespace in self._unseen and not str(link.title).lstrip().startswith(":"):
            self.left += [f"[[{title}]]"] if namespace in self._files else []
            return
        page = title.lstrip(": ")
        shown = "".join(each.text for each in self._inside(link.text, like)) if link.text else page
        is_page = bool(page) and not _NO_TITLE.search(page) and not self._known.names.of_title(page)
        yield replace(like, text=shown, page=page if is_page and len(page) <= 255 else "")


def _first_of_signature(piece: str, named: Sequence[Named]) -> int:
    """Return where the last of the users is named first without words in between."""
    start = named[-1].start
    for each in reversed(named):
        if each.user != named[-1].user or _has_words(piece[each.end : start]):
            break
        start = each.start
    return start


def _has_words(gap: str) -> bool:
    return any(sign.isalnum() for sign in plain(_TAG.sub("", gap)))


def _joined(pieces: Iterator[Piece]) -> list[Piece]:
    """Put neighbours together that are alike, with single spaces."""
    found: list[Piece] = []
    for piece in pieces:
        if found and replace(found[-1], text="") == replace(piece, text="") and not piece.page and not piece.address:
            found[-1] = replace(piece, text=found[-1].text + piece.text)
        elif piece.text:
            found.append(piece)
    return [replace(piece, text=_SPACES.sub(" ", piece.text)) for piece in found]


def _trimmed(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Return pieces with no space at either end and none twice between them."""
    kept: list[Piece] = []
    for piece in pieces:
        text = piece.text.lstrip() if not kept or kept[-1].text.endswith(" ") else piece.text
        if text:
            kept.append(replace(piece, text=text))
    while kept and not kept[-1].text.rstrip():
        kept.pop()
    return (*kept[:-1], replace(kept[-1], text=kept[-1].text.rstrip())) if kept else ()
