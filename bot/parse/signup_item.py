"""The items and paragraphs of a page of sign-ups, one after the other, and what can be told from how they stand."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.parse.runs import HeadingRun, Run
from bot.parse.signup_entry import Entry
from bot.parse.signup_page import Section, SignupPage
from bot.parse.signup_text import Fields, plain
from bot.parse.signup_who import SIGNED, Scene, Who

_LABEL = 80
_BLANK = " \t\r\n\0"


@dataclass(slots=True, kw_only=True)
class Item:
    """A list item, or a paragraph with no markers: whom it names, and what was said below it that belongs to it.

    title is what it calls the list below it, where it is a label.
    """

    markers: str
    entry: Entry
    section: Section
    table: int
    text: str = ""
    people: list[Who] = field(default_factory=list)
    more: list[Fields] = field(default_factory=list)
    title: str = ""

    @property
    def depth(self) -> int:
        """Return how deep in lists it stands."""
        return len(self.markers)

    @property
    def is_talk(self) -> bool:
        """Tell whether it is indented as an answer is."""
        return self.markers[-1:] in (":", ";")

    @property
    def has_letters(self) -> bool:
        """Tell whether it says anything at all."""
        return any(letter.isalnum() for letter in self.text)


class Items:
    """Find the items of one page."""

    def __init__(self, page: SignupPage) -> None:
        self._page = page
        self._shown = page.layer.shown
        self._scene = Scene(
            layer=page.layer,
            signers=page.signers,
            known=page.known,
            names=page.names,
            struck=page.struck,
            templates=list(page.layer.templates),
        )

    def all(self) -> list[Item | None]:
        """Return the items and paragraphs of the page with whom they name, and None for each heading."""
        found: list[Item | None] = []
        line = -1
        for run in self._page.runs:
            if isinstance(run, HeadingRun):
                found.append(None)
                line = -1
                continue
            start = self._page.lookup.line_start(run.start)
            last = found[-1] if found else None
            if start == line and last is not None and last.markers:
                last.entry = self._entry(last.entry.start, run.end)
            elif not run.is_quoted and self._shown[run.start : run.end].strip(_BLANK):
                found.append(self._item(run))
            line = start
        return list(self._read(found))

    def _read(self, items: Sequence[Item | None]) -> list[Item | None]:
        """Return the items with their people; one that is signed in the line below it takes that line along."""
        read: list[Item | None] = []
        for item in items:
            if item is not None:
                self.look(item)
                last = read[-1] if read else None
                if last is not None and self._signs_for(last, item):
                    last.entry = self._entry(last.entry.start, item.entry.end)
                    self.look(last)
                    continue
            read.append(item)
        return read

    def look(self, item: Item) -> None:
        """Find whom an item names, and what else it says."""
        item.people = item.entry.people()
        item.text = self._page.clean(plain(item.entry.text(item.people)))

    def _item(self, run: Run) -> Item:
        return Item(
            markers=self._page.lookup.markers(run),
            entry=self._entry(run.start, run.end),
            section=self._page.section(run.start),
            table=self._page.in_table(run.start),
        )

    def _entry(self, start: int, end: int) -> Entry:
        return Entry(self._scene, start, end, self._page.lookup.signatures(start, end))

    def _signs_for(self, item: Item, then: Item) -> bool:
        """Tell whether a line holds nothing but the signature of the item right above it."""
        if not item.markers or item.people or then.markers or then.table or self.is_apart(item, then):
            return False
        return len(then.people) == 1 and then.people[0].how == SIGNED and not then.has_letters

    def is_apart(self, one: Item, other: Item) -> bool:
        """Tell whether an empty line stands between two items."""
        between = self._shown[one.entry.end : other.entry.start].replace("\0", "")
        return between.count("\n") > 1

    def is_bold(self, item: Item) -> bool:
        """Tell whether all that stands there is bold."""
        shown = self._shown[item.entry.start : item.entry.end].strip(_BLANK)
        return shown.startswith("'''") and shown.endswith("'''")


def is_label(items: Sequence[Item], at: int) -> bool:
    """Tell whether an item names what stands below it: people, in items that are no answers."""
    item = items[at]
    children = []
    for other in items[at + 1 :]:
        if other.depth <= item.depth:
            break
        if other.depth == item.depth + 1 and not other.is_talk:
            children.append(other)
    looks_so = len(item.text) <= _LABEL and not item.text.endswith((".", "!", "?", "。"))
    return bool(children) and looks_so and all(child.people for child in children)


def is_instruction(item: Item, first: Item | None) -> bool:
    """Tell whether a line only says how to sign up: before the first person, with a colon or in a list of its own.

    One that says nothing at all waits for somebody.
    """
    if not item.has_letters and not item.entry.mentions_somebody():
        return not item.entry.unknown_template()
    if first is not None and item.entry.start > first.entry.start:
        return False
    return item.text.endswith((":", "：")) or (first is not None and first.markers[0] != item.markers[0])
