"""Turn stretches of a shown page into the plain text that a reader sees, in linear time."""

import html
import re

from bot.parse.layer import BLOCK, FILLER, INLINE, unveiled
from bot.parse.wikitext import HIDDEN

_EMPTY = re.compile(rf"</?[a-zA-Z][^<>]{{0,2000}}>|''+|[\s{HIDDEN}]+")
_EXTERNAL = re.compile(r"\[(?:https?:|mailto:)?//[^\s\[\]]{1,1000}\s?([^\[\]\n]{0,1000})\]")
_LINE_BREAK = re.compile(r"<br\b[^<>]{0,100}>", re.IGNORECASE)
# Each alternative begins with a plain character, which makes the search several times faster.
_MARKUP = re.compile(
    rf"\[\[:?(?:[^\[\]|\n]{{0,500}}\|)?|\]\]|''+|</?[a-zA-Z][^<>]{{0,2000}}>|{INLINE}{FILLER}*|{BLOCK}{FILLER}*|{HIDDEN}"
)


def has_content(shown: str, start: int, end: int) -> bool:
    """Tell whether a run shows anything: text, a picture or a template, but no bare break."""
    first = shown[start : start + 1]
    if first > "<" and first != "'":
        return True
    while found := _EMPTY.match(shown, start, end):
        start = found.end()
    return start < end


def shown_text(shown: str) -> str:
    """Return a stretch of a shown page as one line of text."""
    text = _EXTERNAL.sub(r"\1", shown) if "//" in shown else shown
    text = _MARKUP.sub("", _LINE_BREAK.sub(" ", text) if "<" in text else text)
    text = unveiled(html.unescape(text) if "&" in text else text)
    return " ".join(text.split())
