"""Turn stretches of a shown page into the plain text that a reader sees, in linear time."""

import html
import re

from bot.model import WikiProfile
from bot.parse.layer import BLOCK, FILLER, INLINE, Layer
from bot.parse.wikitext import HIDDEN

_SPACES = re.compile(r"\s+")
_EMPTY = re.compile(rf"</?[a-zA-Z][^<>]{{0,2000}}>|''+|\[\[\s*[^\[\]|:\n]{{1,60}}:[^\[\]\n]{{0,300}}\]\]|[\s{HIDDEN}]+")
_CATEGORY = re.compile(r"\[\[\s*([^\[\]|:\n]{1,60}):")
_MARKUP = re.compile(
    rf"\[\[(?:[^\[\]|\n]{{0,500}}\|)?|\]\]|\[(?:https?:)?//[^\s\[\]]{{1,1000}}\s?|\]|''+"
    rf"|<br\b[^<>]{{0,100}}>|</?[a-zA-Z][^<>]{{0,2000}}>|[{INLINE}{BLOCK}{HIDDEN}]{FILLER}*"
)


def has_content(shown: str, start: int, end: int, profile: WikiProfile) -> bool:
    """Tell whether a run shows anything: text, a picture or a template, but no bare break or category."""
    text = shown[start:end].lstrip(f" \t\r\n\f{HIDDEN}")
    if not text:
        return False
    if text[0] not in "<[']":
        return True
    at = 0
    categories = {name.lower() for name in profile.category_namespaces}
    while found := _EMPTY.match(text, at):
        category = _CATEGORY.match(found.group())
        if category and category[1].strip().lower() not in categories:
            return True
        at = found.end()
    return at < len(text)


def shown_text(layer: Layer, start: int, end: int) -> str:
    """Return a stretch as one line of text."""
    text = _MARKUP.sub(_replaced, layer.shown[start:end])
    return _SPACES.sub(" ", html.unescape(text)).strip()


def _replaced(found: re.Match[str]) -> str:
    return " " if found.group().startswith("<br") else ""
