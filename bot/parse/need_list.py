"""Read lists of needs with their groups: "Legal support – Group A, Group B"."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, islice

from bot.model import Place
from bot.parse.need_names import NeedNames, Notebook
from bot.parse.page import ScannedPage
from bot.parse.text import fold, plain
from bot.parse.wikitext import Heading, Item

_SEPARATOR = re.compile(r"\s[-–—−]\s|[–—:：]")
_COMMA = re.compile(r"[,;،؛、，；]")
_LONGEST_NEED = 300
_SIGNS_TRIED = 4
_STATED = re.compile(r"[(（]\s?(\d{1,4})\s?[)）]")


class _Entry:
    """One list item, split at the sign that best separates a need from its groups."""

    def __init__(self, item: Item, names: NeedNames) -> None:
        self.line = item.line.number
        self.depth = len(item.markers)
        self.text = plain(item.wikitext, struck=False)
        signs = islice(_SEPARATOR.finditer(self.text[:_LONGEST_NEED]), _SIGNS_TRIED)
        splits = [_split(self.text, found, names) for found in signs]
        best = max(splits, key=lambda split: len(split[1]), default=("", [], []))
        self.need, self.groups, self.unknown = best
        stated = _STATED.search(self.need, pos=1)  # "(2) Skills" is a number in the list, not of groups
        self.stated = int(stated[1]) if stated else None
        self.need = _STATED.sub("", self.need).strip() if stated else self.need
        self.themes = names.themes.find(self.need) if self.need else []

    def is_certain(self, *, has_own_group: bool) -> bool:
        """Tell whether this can be nothing but a need with its groups."""
        if not self.need:
            return False
        if self.groups:
            return bool(self.themes) or (len(self.unknown) <= len(self.groups) and not has_own_group)
        return bool(self.themes and self.unknown) and not has_own_group


def read(page: ScannedPage, names: NeedNames, notes: Notebook) -> frozenset[int]:
    """Note what the lists of a page say; return the lines that were read as entries."""
    has_own_group = bool(names.groups.in_title(page.revision.title))
    taken: set[int] = set()
    for items in _lists(page):
        entries = [_Entry(item, names) for item in items]
        certain = [entry for entry in entries if entry.is_certain(has_own_group=has_own_group)]
        if not certain:
            continue
        depth = min(entry.depth for entry in certain)
        for entry in entries:
            taken.add(entry.line)
            if entry.depth == depth and entry.need:
                _note(entry, page.place(entry.line), names, notes)
    return frozenset(taken)


def _lists(page: ScannedPage) -> Iterator[list[Item]]:
    """Yield the items that stand under one heading; "; need" and the ": groups" behind it as one item."""
    section = 0
    numbered: list[tuple[int, Item]] = []
    for block in page.blocks():
        if isinstance(block, Heading):
            section += 1
        else:
            numbered.append((section, block))
    for _, several in groupby(numbered, key=lambda pair: pair[0]):
        yield _with_terms_joined([item for _, item in several])


def _with_terms_joined(items: Sequence[Item]) -> list[Item]:
    joined: list[Item] = []
    for item in items:
        term = joined[-1] if joined else None
        if term and term.markers[-1] == ";" and item.markers[-1] == ":":
            sign = ", " if ":" in term.wikitext else ": "
            joined[-1] = Item(markers=term.markers, wikitext=f"{term.wikitext}{sign}{item.wikitext}", line=term.line)
        else:
            joined.append(item)
    return joined


def _split(text: str, sign: re.Match[str], names: NeedNames) -> tuple[str, list[str], list[str]]:
    """Return the need, its known groups and its unknown ones, if the need ended at this sign."""
    parts: list[str] = []
    for part in _COMMA.split(text[sign.end() :]):
        parts += [part] if names.groups.find(part) else _conjoined(part, names)
    known = [names.groups.find(part) for part in parts]
    unknown = [part.strip(" .") for part, group in zip(parts, known, strict=True) if not group and part.strip(" .")]
    return text[: sign.start()].strip(), [group for group in known if group], unknown


def _conjoined(part: str, names: NeedNames) -> list[str]:
    """Split "A and B" where at least one side is a group."""
    for word in names.conjunctions:
        sides = re.split(rf"\s{re.escape(word)}\s", f" {part} ", flags=re.IGNORECASE)
        if len(sides) > 1 and any(names.groups.find(side) for side in sides):
            return sides
        if part.strip().casefold().startswith(f"{word} ") and names.groups.find(part.strip()[len(word) :]):
            return [part.strip()[len(word) :]]
    return [part]


def _note(entry: _Entry, place: Place, names: NeedNames, notes: Notebook) -> None:
    if len(entry.themes) != 1:
        _note_unclear_need(entry, place, names, notes)
        return
    theme = entry.themes[0]
    for group in dict.fromkeys(entry.groups):
        notes.need(group, theme, "listed", entry.text, place)
    for group in names.groups.all():
        if group not in entry.groups:
            notes.blank(group, theme, "listed", place)
    for name in entry.unknown:
        notes.need(name, theme, "listed", entry.text, place)
        notes.problem(place, "unknown-group/listed", name, entry.need)
    listed = len({*entry.groups, *map(fold, entry.unknown)})
    if entry.stated is not None and entry.stated != listed:
        notes.problem(place, "count-differs/listed", entry.need, str(entry.stated), str(listed))


def _note_unclear_need(entry: _Entry, place: Place, names: NeedNames, notes: Notebook) -> None:
    groups = ", ".join([*entry.groups, *entry.unknown])
    if entry.themes:
        titles = ", ".join(names.themes.title(theme) for theme in entry.themes)
        notes.problem(place, "ambiguous-need", entry.need, titles)
    else:
        notes.problem(place, "unknown-need/listed", entry.need, groups)
