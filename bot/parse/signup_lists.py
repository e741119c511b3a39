"""Read the lists of a page: who stands in them, what only answers an entry, and lines that name nobody.

An item with nobody in it above items with people is a label, and they are its list. Below an entry everything is a
comment to it. A list in which nobody stands is no list of people, unless its heading says that it is one.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.parse.signup_item import Item, Items, is_instruction, is_label
from bot.parse.signup_notes import Notes
from bot.parse.signup_page import SignupPage
from bot.parse.signup_words import DECLINED, LIST, OTHER, QUEUE, STAFF
from bot.signups import SignupList

_TITLE = 60


class Lists:
    """Walks down one page; taken are the numbers of tables that were read as tables."""

    def __init__(self, page: SignupPage, notes: Notes, taken: frozenset[int]) -> None:
        self._page = page
        self._notes = notes
        self._taken = taken
        self._items = Items(page)
        self._segment: list[Item] = []
        self._title = ""
        self._title_at = 0
        self._is_term = False  # whether that title is one of a list of definitions
        self._has_list = False  # whether people stand in a list of the section
        self._is_talk = False  # whether somebody signed the paragraph above

    def read(self) -> None:
        """Read the page."""
        for item in self._items.all():
            if item is None:
                self._close()
                self._title = ""
                self._is_term = self._is_talk = self._has_list = False
            elif item.table and (item.table in self._taken or not item.markers):
                continue
            elif item.markers and item.markers != ";":
                self._add(item)
            else:
                self._paragraph(item)
        self._close()
        for starts in self._notes.in_tables.values():
            self._page.problem(self._page.place(starts[0]), "signup-list-in-table", str(len(starts)))

    def _add(self, item: Item) -> None:
        """Put an item into the open segment; another kind of list behind an empty line opens a new one."""
        last = self._segment[-1] if self._segment else None
        if last is not None and last.markers[0] != item.markers[0] and self._items.is_apart(last, item):
            self._close()
        self._segment.append(item)

    def _paragraph(self, item: Item) -> None:
        """Read a paragraph: a title, a count, a forgotten marker, or talk."""
        segment = self._segment
        self._close()
        self._has_list = self._has_list or any(each.people for each in segment)
        kind = item.section.kind
        self._is_term = item.markers == ";" and self._is_title(item)
        self._is_talk = bool(item.people)
        if self._is_title(item):
            self._title, self._title_at = item.text.strip(" :："), item.entry.start
        elif not self._notes.form(item) and any(who.signature for who in item.people):
            is_in_list = kind == LIST or (kind == "" and self._has_list)
            if is_in_list and not item.has_letters:
                self._notes.in_doubt(item)
            else:
                self._notes.talk(item, "other-section" if kind == OTHER else "paragraph")
        elif item.people and kind in ("", LIST) and not item.has_letters:
            self._notes.in_doubt(item)

    def _is_title(self, item: Item) -> bool:
        """Tell whether a line is made to look like a heading: bold words alone, or a term."""
        if item.people or item.entry.mentions_somebody() or not 0 < len(item.text) <= _TITLE:
            return False
        is_term = item.markers == ";" or self._items.is_bold(item)
        return is_term and item.text[-1] not in ".!?" and self._page.names.heading(item.text) != LIST

    def _close(self) -> None:
        """Read the items since the last heading or paragraph."""
        items, self._segment = self._segment, []
        self._define(items)
        kind = items[0].section.kind if items else ""
        if kind == STAFF:
            for item in items:
                item.people = [who for who in item.people if who.signature]
        entries = [item for item in items if item.people and not item.is_talk]
        is_list = any(who.is_sure for item in entries for who in item.people) or kind in (LIST, DECLINED, QUEUE)
        if kind != OTHER and is_list:
            self._list(items, entries)
            return
        for item in items:
            if not self._notes.form(item):
                self._notes.talk(item, "other-section" if kind == OTHER else "reply")

    def _define(self, items: Sequence[Item]) -> None:
        """Take items below a term, or indented ones that are all a list of people has, for items as any others."""
        is_below = self._is_term or (bool(items) and items[0].section.kind == LIST and not self._is_talk)
        if is_below and all(item.markers[0] == ":" for item in items):
            for item in items:
                item.markers = f"*{item.markers[1:]}"

    def _list(self, items: Sequence[Item], entries: Sequence[Item]) -> None:
        """Tell the items of a list apart."""
        level = min((item.depth for item in entries), default=1)
        first = entries[0] if entries else None
        stack: list[Item] = []
        owners: list[tuple[Item, bool]] = []
        for at, item in enumerate(items):
            while stack and stack[-1].depth >= item.depth:
                stack.pop()
            self._find_list(item, stack)
            parent = stack[-1] if stack else None
            if (parent is not None and not parent.title) or item.is_talk:
                self._notes.reply(item, parent or (owners[-1][0] if owners else None))
            elif item.people:
                owners.append((item, True))
            elif item.depth < level or is_label(items, at):
                item.title = item.text.strip(" :：") or "–"
            elif not self._notes.form(item) and not is_instruction(item, first):
                owners.append((item, False))
            stack.append(item)
        for item, is_person in owners:
            if is_person:
                self._notes.person(item)
            else:
                self._notes.nobody(item)

    def _find_list(self, item: Item, above: Sequence[Item]) -> None:
        """Give an item the list that the headings and labels above it make."""
        own = item.section.list
        titles = [(each.title, each.entry.start) for each in above if each.title not in ("", "–")]
        titles += [(item.label, item.entry.start)] if item.label else []
        for title, start in [*([(self._title, self._title_at)] if self._title else []), *titles]:
            names = (*own.above, own.title) if own.title else own.above
            place = replace(self._page.place(start), section=own.place.section)
            own = SignupList(title=title, place=place, above=names)
        item.section = replace(item.section, list=own)
