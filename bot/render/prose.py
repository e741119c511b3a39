"""Write what people said as wikitext that people can go on editing: only what would act is escaped."""

import re
import unicodedata
from collections.abc import Sequence
from urllib.parse import quote

from bot.minutes import Piece
from bot.render.wikitext import Wikitext, cleaned, page_link

# Brackets, bars and tags; entities; apostrophes, underscores and tildes where several make markup; addresses, which
# would become links; words that become links; and "-{", which some wikis convert.
_ACTING = re.compile(
    r"[<>\[\]{|}~\uff3f\u0000]|&(?=#?\w{1,40};)|'(?=')|(?<=')'|_(?=_)|(?<=_)_|(?<=[^\W\d_]):(?=\S)|:(?=//)"
    r"|\b(?:ISBN|RFC|PMID)(?=[\s\u00a0])",
    re.IGNORECASE,
)
_LEADING = "*#:;="  # which at the start of an item would make it another list, or a heading
_ADDRESS = re.compile(r"https?://[^\s<>\[\]{}|\"'\\^`\x00-\x20]{1,1000}", re.IGNORECASE)
_KEPT = "/:?#@!$&()*+,;=%-._~"
_PLAIN_TITLE = re.compile(r"[\w][\w ()/.,–-]{0,200}")
_ENDS_HEADING = re.compile(r"=+$")


def prose(text: str) -> Wikitext:
    """Return text as wikitext that shows it letter by letter on one line, behind the markers of a list item."""
    clean = cleaned(text)
    shown = _ACTING.sub(_entities, clean)
    if clean and (clean[0] in _LEADING or unicodedata.combining(clean[0])):
        shown = f"&#{ord(clean[0])};{shown[1:]}" if shown[0] == clean[0] else shown
    return Wikitext(shown)


def heading(text: str) -> Wikitext:
    """Return text as wikitext for between the equals signs of a heading."""
    shown = str(prose(text))
    return Wikitext(_ENDS_HEADING.sub(lambda found: "&#61;" * len(found.group()), shown))


def _entities(found: re.Match[str]) -> str:
    said = found.group()
    return f"&#{ord(said[0])};{said[1:]}"


def written(pieces: Sequence[Piece]) -> Wikitext:
    """Return a statement with its emphasis and links."""
    return Wikitext("".join(_piece(piece, is_first=number == 0) for number, piece in enumerate(pieces)))


def _piece(piece: Piece, *, is_first: bool) -> str:
    before = piece.text[: len(piece.text) - len(piece.text.lstrip(" "))]
    after = piece.text[len(piece.text.rstrip(" ")) :] if piece.text.strip(" ") else ""
    shown = prose(piece.text) if is_first else _inner(piece.text)
    if piece.page:
        shown = _linked(piece.page, shown)
    elif _ADDRESS.fullmatch(piece.address):
        shown = Wikitext(f"[{quote(piece.address, safe=_KEPT)} {shown}]")
    for mark, is_on in (("s", piece.is_struck), ("i", piece.is_italic), ("b", piece.is_bold)):
        shown = Wikitext(f"<{mark}>{shown}</{mark}>") if is_on and shown else shown
    return f"{before}{shown}{after}"


def _inner(text: str) -> Wikitext:
    """Return text that stands amid an item, where no letter begins it."""
    return Wikitext(str(prose(f"x{text.strip(' ')}"))[1:])


def _linked(page: str, shown: Wikitext) -> Wikitext:
    if _PLAIN_TITLE.fullmatch(page):
        return Wikitext(f"[[:{page}|{shown}]]")
    title, _, section = page.partition("#")
    return page_link(title, shown, section) if title else shown


def reference(name: str, shown: str, *, is_first: bool) -> Wikitext:
    """Return the reference of a session: defined where it is cited first, named from then on."""
    if is_first:
        return Wikitext(f'<ref name="{name}">{prose(shown)}</ref>')
    return Wikitext(f'<ref name="{name}" />')
