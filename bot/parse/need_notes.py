"""Read the notes of one group: needs and problems as bullets under the headings of themes.

A bullet counts under a heading that is a theme, or behind a label such as "Needs". Under a heading that is neither,
plain bullets are noise; a labelled one that fits no theme is shown as a problem, never put where it seems to fit.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.parse.names import label, split_label
from bot.parse.need_names import NeedNames, Notebook
from bot.parse.page import ScannedPage
from bot.parse.text import plain
from bot.parse.wikitext import Heading, Item

_LONGEST_TEXT = 600
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scope:
    """What a heading or bullet says of the bullets below it.

    theme is an id or empty, kind that of a label or empty, unknown the words of a heading or bullet that is no theme;
    counts says whether plain bullets below it name the theme.
    """

    level: float
    theme: str = ""
    kind: str = ""
    unknown: str = ""
    counts: bool = False
    is_statement: bool = False


def read(page: ScannedPage, names: NeedNames, taken: frozenset[int]) -> Notebook:
    """Return what the notes on a page say, the lines in taken left aside."""
    reader = _NotesReader(page, names)
    blocks = page.blocks()
    for index, block in enumerate(blocks):
        if isinstance(block, Heading):
            reader.heading(block)
        elif block.line.number not in taken:
            reader.item(block, _is_followed_by_deeper(blocks, index))
    return reader.finish()


class _NotesReader:
    """Walks down one page of notes."""

    def __init__(self, page: ScannedPage, names: NeedNames) -> None:
        self._page = page
        self._names = names
        self._notes = Notebook()
        self._page_group = names.groups.in_title(page.revision.title) or page.revision.title.rpartition("/")[2]
        self._group = self._page_group
        self._group_level = 0.0  # of the headings that name groups, where the page is divided by groups
        self._headings = [_Scope(level=0)]
        self._items: list[_Scope] = []
        self._group_lines = {self._group: 1}
        self._theme_lines: dict[tuple[str, str], int] = {}

    def heading(self, heading: Heading) -> None:
        """Take a heading: a group, a label, a theme, or something else."""
        title = plain(heading.wikitext, struck=False)
        line = heading.line.number
        self._items = []
        while self._headings[-1].level >= heading.level:
            self._headings.pop()
        scope = self._heading_scope(title, heading.level, self._headings[-1], line)
        self._find_group(title, scope, line)
        self._headings.append(scope)

    def _find_group(self, title: str, scope: _Scope, line: int) -> None:
        """Take a heading for a group's where it is one, or stands where another group's heading stood."""
        group = self._names.groups.find(title)
        if not group and scope.level <= self._group_level:
            group = scope.unknown or self._page_group
        if group:
            self._group = group
            self._group_level = max(self._group_level, scope.level)
            self._group_lines.setdefault(group, line)

    def _heading_scope(self, title: str, level: int, outer: _Scope, line: int) -> _Scope:
        kind = self._names.kinds.get(label(title), "")
        if kind:
            return _Scope(level=level, theme=outer.theme, kind=kind, unknown=outer.unknown, counts=True)
        themes = self._names.themes.find(title)
        if len(themes) == 1:
            self._theme_lines.setdefault((self._group, themes[0]), line)
            return _Scope(level=level, theme=themes[0], kind=outer.kind, counts=True)
        if themes:
            self._ambiguous(title, themes, line)
            return _Scope(level=level, unknown=title)
        # A date or a session number says nothing of what stands below it.
        if _DIGIT.search(title):
            return replace(outer, level=level)
        is_neutral = bool(self._names.groups.find(title)) or bool(outer.theme)
        return _Scope(level=level, theme=outer.theme, unknown=outer.unknown if is_neutral else title)

    def item(self, item: Item, has_children: bool) -> None:
        """Take a list item: a label, a theme with its own bullets, a statement, or noise."""
        is_term = item.markers[-1] == ";"
        level = len(item.markers) - (0.5 if is_term else 0)  # what stands beside a term is below it
        outer = self._outer(level)
        text = plain(item.wikitext, struck=False)
        if not text or (item.markers[-1] == ":" and not (self._items and outer.counts)):
            return
        kind, said = self._split_kind(text)
        theme = self._names.themes.exact(said)
        if kind and not said:
            self._items.append(_Scope(level=level, theme=outer.theme, kind=kind, unknown=outer.unknown, counts=True))
        elif theme and (has_children or is_term):
            self._theme_lines.setdefault((self._group, theme), item.line.number)
            self._items.append(_Scope(level=level, theme=theme, kind=kind or outer.kind, counts=True))
        elif has_children and text.endswith((":", "：")):
            scope = _Scope(level=level, theme=outer.theme, unknown=outer.unknown, counts=outer.counts)
            self._items.append(scope)  # a label in words that nobody taught the bot: what it holds still counts
        elif kind or (outer.counts and not outer.is_statement) or (theme and not outer.unknown):
            scope = _Scope(level=level, theme=theme or outer.theme, kind=kind or outer.kind, unknown=outer.unknown)
            self._statement(said, scope, item.line.number)
        elif has_children and not outer.is_statement:
            self._items.append(_Scope(level=level, theme=outer.theme, unknown=text))

    def _outer(self, level: float) -> _Scope:
        """Return the scope of the nearest shallower bullet, else of the heading."""
        while self._items and self._items[-1].level >= level:
            self._items.pop()
        return self._items[-1] if self._items else self._headings[-1]

    def _split_kind(self, text: str) -> tuple[str, str]:
        """Split "Need: …" into its kind and the rest; a label alone leaves no rest."""
        if label(text) in self._names.kinds:
            return self._names.kinds[label(text)], ""
        before, rest = split_label(text)
        kind = self._names.kinds.get(label(before), "")
        return (kind, rest) if kind else ("", text)

    def _statement(self, said: str, scope: _Scope, line: int) -> None:
        self._items.append(
            _Scope(level=scope.level, theme=scope.theme, unknown=scope.unknown, counts=True, is_statement=True)
        )
        if self._names.is_nothing(said):
            return
        theme: str | None = scope.theme
        text = said
        if not theme and not scope.unknown:
            theme, text = self._own_theme(said, line)
        if theme:
            self._notes.need(self._group, theme, scope.kind or "need", text[:_LONGEST_TEXT], self._page.place(line))
        elif theme is not None and scope.kind != "quote":
            self._unknown_need(scope.unknown or said, line)

    def _own_theme(self, said: str, line: int) -> tuple[str | None, str]:
        """Return the theme that a bullet under a general label names itself, None where it leaves that open."""
        before, rest = split_label(said)
        theme = self._names.themes.exact(before)
        if theme:
            return theme, rest or said
        themes = self._names.themes.by_keyword(said)
        if len(themes) > 1:
            self._ambiguous(said, themes, line)
            return None, said
        return (themes[0] if themes else ""), said

    def _unknown_need(self, named: str, line: int) -> None:
        self._notes.problem(self._page.place(line), "unknown-need", self._group, named)

    def _ambiguous(self, named: str, themes: Sequence[str], line: int) -> None:
        titles = ", ".join(self._names.themes.title(theme) for theme in themes)
        self._notes.problem(self._page.place(line), "ambiguous-need", named, titles)

    def finish(self) -> Notebook:
        """Note what is not named, and a group that nobody knows."""
        for group, first_line in self._group_lines.items():
            if not self._names.groups.find(group):
                self._note_unknown_group(group, first_line)
                continue
            named = self._notes.named(group)
            for theme in self._names.themes.ids:
                if theme not in named:
                    line = self._theme_lines.get((group, theme), first_line)
                    self._notes.blank(group, theme, "notes", self._page.place(line))
        return self._notes

    def _note_unknown_group(self, group: str, line: int) -> None:
        titles = [self._names.themes.title(theme) for theme in sorted(self._notes.named(group))]
        if titles:
            self._notes.problem(self._page.place(line), "unknown-group/notes", group, ", ".join(titles))


def _is_followed_by_deeper(blocks: Sequence[Heading | Item], index: int) -> bool:
    block = blocks[index]
    following = blocks[index + 1] if index + 1 < len(blocks) else None
    if not isinstance(block, Item) or not isinstance(following, Item):
        return False
    return len(following.markers) > len(block.markers)
