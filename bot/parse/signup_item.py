"""The items and paragraphs of a page of sign-ups, one after the other, and what can be told from how they stand."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.parse import tongues
from bot.parse.runs import HeadingRun, Run
from bot.parse.shown import shown_text
from bot.parse.signup_entry import Entry
from bot.parse.signup_page import Section, SignupPage
from bot.parse.signup_text import Fields, plain
from bot.parse.signup_who import SIGNED, Scene, Who
from bot.parse.signup_words import DECLINED, LIST, OTHER, QUEUE, STAFF

_LABEL = 80
_BLANK = " \t\r\n\0"
_TAG = re.compile(r"<li\b[^<>]{0,300}>[\s\0]{0,50}$", re.IGNORECASE)
_LONGEST_TAG = 360
_LINE = re.compile(r"\n|<br\b[^<>]{0,100}>", re.IGNORECASE)
# Bullets and numbers that somebody typed. A dash also stands before a signature, so that one alone is no bullet.
_TYPED = re.compile(r"[ \t\0]{0,20}(?:(?P<sure>[•‣▪◦●○►]|\(?\d{1,4}[.)．）])|[-–—·])\s{1,9}")
_BEFORE = re.compile(r"([^\[\]{}|\n:：\1\2]{1,60})[:：]")
_SEVERAL = 2
_SHORT = 3
_OF_PEOPLE = frozenset({LIST, DECLINED, QUEUE})


@dataclass(slots=True, kw_only=True)
class Item:
    """A list item, or a paragraph with no markers: whom it names, and what was said below it that belongs to it.

    more is what was said below it by the same person as fields, said the words of that.
    title is what it calls the list below it, where it is a label; label is what stands before people in one line.
    """

    markers: str
    entry: Entry
    section: Section
    table: int
    text: str = ""
    people: list[Who] = field(default_factory=list)
    more: list[Fields] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    title: str = ""
    label: str = ""

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
            tagged = self._tagged(run)
            if start == line and last is not None and last.markers and not tagged:
                last.entry = self._entry(last.entry.start, run.end)
            elif not run.is_quoted and self._shown[run.start : run.end].strip(_BLANK):
                found += self._items(run, tagged)
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
        if item.markers and item.entry.mentions_somebody() and not any(who.signature for who in item.people):
            self._unlabel(item)
        item.text = self._page.clean(plain(item.entry.text(item.people)))

    def _unlabel(self, item: Item) -> None:
        """Take people behind a label for the people of an item: "Session 1: Ada, Bob", or "Hindi: Cem" anywhere."""
        found = _BEFORE.match(self._shown, item.entry.start, item.entry.end)
        title = self._page.clean(shown_text(found[1])) if found else ""
        names = self._page.names
        kind = names.heading(title)
        is_tongue = bool(tongues.names().meaning(title))
        if kind in (OTHER, STAFF):
            item.people = []
        if found is None or kind in (OTHER, STAFF) or not (is_tongue or item.section.kind in _OF_PEOPLE):
            return
        entry = self._entry(found.end(), item.entry.end)
        people = entry.people()
        if people and all(who.is_sure for who in people):
            item.entry, item.people = entry, people
            names_role = any(each.value == "role" for each in names.roles.find(title))
            item.label = title if is_tongue or names_role or (len(people) >= _SEVERAL and not kind) else ""

    def _tagged(self, run: Run) -> str:
        """Return the markers of wikitext that stand for the tags of a list right before a run."""
        before = self._shown[max(0, run.start - _LONGEST_TAG) : run.start]
        return "*" * max(1, run.level - 1) if "<" in before and _TAG.search(before) else ""

    def _items(self, run: Run, tagged: str) -> Iterator[Item]:
        """Yield the item or paragraph that a run is, or the items of a list that people typed without its marks."""
        markers = tagged or self._page.lookup.markers(run)
        section = self._page.section(run.start)
        if markers or self._page.in_table(run.start) or section.kind == OTHER:
            yield self._item(run.start, run.end, markers)
            return
        done = run.start
        for start, end in self._typed(run, is_of_people=section.kind in _OF_PEOPLE):
            if self._shown[done:start].strip(_BLANK):
                yield self._item(done, start, "")
            yield self._item(start, end, "*")
            done = end
        if self._shown[done : run.end].strip(_BLANK):
            yield self._item(done, run.end, "")

    def _typed(self, run: Run, *, is_of_people: bool) -> list[tuple[int, int]]:
        """Return the lines of a paragraph with typed bullets, else those that hold nothing but several people.

        Below a heading that is not one of people, the whole paragraph must be signatures.
        """
        ends = [*_LINE.finditer(self._shown, run.start, run.end)]
        starts = [run.start, *(each.end() for each in ends)]
        lines = [*zip(starts, [*(each.start() for each in ends), run.end], strict=True)]
        typed = [(found, end) for start, end in lines if (found := _TYPED.match(self._shown, start, end))]
        if len(typed) >= _SEVERAL or any(found["sure"] for found, _ in typed):
            return [(found.end(), end) for found, end in typed]
        bare: list[tuple[int, int]] = []
        people = 0
        for start, end in lines:
            count = self._bare(start, end, is_signed=not is_of_people)
            bare += [(start, end)] if count else []
            people += count
            if not count and not is_of_people and self._shown[start:end].strip(_BLANK):
                return []
        return bare if people >= _SEVERAL else []

    def _bare(self, start: int, end: int, *, is_signed: bool) -> int:
        """Return how many people stand between two offsets, 0 where anything else does or a date is missing."""
        item = self._item(start, end, "")
        self.look(item)
        is_dated = all(who.signature for who in item.people) or not is_signed
        return len(item.people) if is_dated and not item.has_letters else 0

    def _item(self, start: int, end: int, markers: str) -> Item:
        return Item(
            markers=markers,
            entry=self._entry(start, end),
            section=self._page.section(start),
            table=self._page.in_table(start),
        )

    def _entry(self, start: int, end: int) -> Entry:
        return Entry(self._scene, start, end, self._page.lookup.signatures(start, end))

    def _signs_for(self, item: Item, then: Item) -> bool:
        """Tell whether a line holds nothing but the signature of the item right above it."""
        is_item = bool(then.markers) and not then.is_talk
        if (
            not item.markers
            or item.markers == ";"
            or item.people
            or is_item
            or then.table
            or self.is_apart(item, then)
        ):
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

    One that says nothing at all, or is a short label, waits for somebody.
    """
    if not item.has_letters and not item.entry.mentions_somebody():
        return not item.entry.unknown_template()
    if item.entry.ends_with_colon() and len(item.text.split()) <= _SHORT:
        return True
    if first is not None and item.entry.start > first.entry.start:
        return False
    return item.entry.ends_with_colon() or (first is not None and first.markers[0] != item.markers[0])
