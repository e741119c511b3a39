"""What templates may use beside labels: numbers, names, links and the order of things, in one language."""

import re
from collections.abc import Iterable, Sequence

from bot import i18n
from bot.model import Need, Place, Problem, Revision
from bot.render import numbers
from bot.render.labels import Labels
from bot.render.wikitext import Wikitext, escape, isolated, page_link, permanent_link

_MARK = re.compile("\ue000([0-9]{1,9})\ue001")


class View:
    """The helpers of one language; each returns wikitext that is safe on a page."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels
        written_in = i18n.nearest(labels.code)
        self.language = i18n.bcp47(written_in)
        self.code = labels.code
        self.direction = numbers.direction(written_in)
        self.start = "right" if self.direction == "rtl" else "left"

    def number(self, value: int | float) -> Wikitext:
        """Write a number."""
        return escape(numbers.number(value, self._labels.code))

    def name(self, text: str) -> Wikitext:
        """Write a name so that its direction leaves the words around it alone."""
        return isolated(text)

    def names(self, several: Iterable[object]) -> Wikitext:
        """Write names one after the other; what is wikitext already stays so."""
        shown = [each if isinstance(each, Wikitext) else isolated(each) for each in several]
        marks = [f"\ue000{index}\ue001" for index in range(len(shown))]
        text = str(escape(numbers.enumeration(marks, self._labels.code))) if shown else ""
        return Wikitext(_MARK.sub(lambda found: str(shown[int(found[1])]), text))

    def at(self, place: Place, label: object) -> Wikitext:
        """Link to the section of the exact revision that a value came from."""
        return permanent_link(place.revid, place.section, label) if place.revid else page_link(place.title, label)

    def links(self, several: Iterable[Need]) -> list[Wikitext]:
        """Write the group of each need as a link to where it names it."""
        return [self.at(need.place, isolated(need.group)) for need in several]

    def tick(self, place: Place, description: str) -> Wikitext:
        """Write a tick that says to a screen reader what it stands for, linked to where it came from."""
        said = escape(description)
        return self.at(place, Wikitext(f'<span role="img" aria-label="{said}" title="{said}">✓</span>'))

    def where(self, problem: Problem) -> Wikitext:
        """Link to the line that a problem is about."""
        return self.line_of(problem.place)

    def line_of(self, place: Place) -> Wikitext:
        """Link to a line of a page, named by the title and the line."""
        return self.at(place, self._labels("place", isolated(place.title), place.line))

    def sources(self, revisions: Sequence[Revision]) -> list[Wikitext]:
        """Write each source as a link to the exact revision that was read."""
        return [permanent_link(each.revid, "", isolated(each.title)) for each in revisions]
