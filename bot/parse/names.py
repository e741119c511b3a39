"""Recognise the groups and themes that the settings know, by name, alias or keyword, and never by likeness."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from bot.model import Group, Theme
from bot.parse.text import fold

_NUMBERING = re.compile(r"^\(?\d{1,3}\s{0,3}[/.):]\s{0,9}")
_DASH = re.compile(r"\s[-–—−]\s|[–—]")
_ENDS = " \t:：.،,;!"
# Scripts that write without spaces, where a keyword has no edges to look for.
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")


def label(text: str) -> str:
    """Return a heading or bullet as it is compared: folded, without numbering and end punctuation."""
    return _NUMBERING.sub("", fold(text)).strip(_ENDS)


def split_label(text: str) -> tuple[str, str]:
    """Split "Label: rest" or "Label – rest"; rest is empty where there is no such sign."""
    for separator in (":", "："):
        before, sign, rest = text.partition(separator)
        if sign and len(before) <= 80:
            return before.strip(), rest.strip()
    dash = _DASH.search(text)
    return (text[: dash.start()].strip(), text[dash.end() :].strip()) if dash else (text.strip(), "")


def _name(text: str) -> str:
    return fold(text).strip(_ENDS)


class Groups:
    """The groups of the settings, looked up by any of their names."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self._names = {_name(each): group.name for group in groups for each in (group.name, *group.aliases)}

    def all(self) -> tuple[str, ...]:
        """Return the names of all groups, in the settings' order."""
        return tuple(dict.fromkeys(self._names.values()))

    def find(self, text: str) -> str:
        """Return the group's one name, or nothing where the settings do not know it."""
        whole = _name(text)
        return self._names.get(whole) or self._names.get(whole.partition(" (")[0].strip(), "")

    def in_title(self, title: str) -> str:
        """Return the group that a page title names in one of its parts, the last part first."""
        found = (self.find(part) for part in reversed(title.split("/")))
        return next((name for name in found if name), "")


class Themes:
    """The themes of the settings, looked up by title, alias or keyword."""

    def __init__(self, themes: Sequence[Theme]) -> None:
        self._titles = {theme.id: next(iter(theme.titles.values()), theme.id) for theme in themes}
        self._names: Mapping[str, str] = {
            label(name): theme.id for theme in themes for name in (theme.id, *theme.aliases)
        }
        self._keywords = [(fold(word), theme.id) for theme in themes for word in theme.keywords]

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the ids of all themes, in the settings' order."""
        return tuple(self._titles)

    def title(self, theme: str) -> str:
        """Return a theme's title for messages, or what was given where it is no theme."""
        return self._titles.get(theme, theme)

    def exact(self, text: str) -> str:
        """Return the theme that the text names in full, or nothing."""
        return self._names.get(label(text), "")

    def leading(self, text: str) -> str:
        """Return the theme that the text names in full, or before a colon or dash, or nothing."""
        return self.exact(text) or self.exact(split_label(text)[0])

    def by_keyword(self, text: str) -> list[str]:
        """Return the themes whose keywords stand in the text as words of their own."""
        folded = fold(text)
        return list(dict.fromkeys(theme for word, theme in self._keywords if _holds_word(folded, word)))

    def find(self, text: str) -> list[str]:
        """Return the one theme of a heading or column, several where its keywords leave it open, or none."""
        named = self.leading(text)
        return [named] if named else self.by_keyword(text)


def _holds_word(text: str, word: str) -> bool:
    at = text.find(word)
    while at >= 0 and word:
        end = at + len(word)
        if _is_edge(text[at - 1 : at], word[0]) and _is_edge(text[end : end + 1], word[-1]):
            return True
        at = text.find(word, at + 1)
    return False


def _is_edge(neighbour: str, own: str) -> bool:
    if not neighbour or not (neighbour.isalnum() or unicodedata.category(neighbour).startswith("M")):
        return True
    return unicodedata.name(own, "").startswith(_UNSPACED)
