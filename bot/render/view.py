"""What templates may use beside labels: numbers, names, links and the order of things, in one language."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction

from bot import i18n
from bot.model import Need, Place, Problem, Revision
from bot.render import numbers
from bot.render.chart_pages import page_name
from bot.render.labels import Labels
from bot.render.region import field
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
        self.start, self.end = ("right", "left") if self.direction == "rtl" else ("left", "right")

    def chart_page(self, prefix: str, id_: str) -> Wikitext:
        """Call Extension:Chart for one of the .chart pages."""
        return Wikitext(f"{{{{#chart:{page_name(prefix, id_)}.chart}}}}")

    def number(self, value: int | float) -> Wikitext:
        """Write a number."""
        return escape(numbers.number(value, self._labels.code))

    def language_name(self, tongue: str) -> Wikitext:
        """Write what a language is called, by its code."""
        return isolated(numbers.language(tongue, self._labels.code))

    def day(self, moment: datetime | date | None) -> str:
        """Write the day of a moment, as plain text."""
        return numbers.date(moment, self._labels.code) if moment else ""

    def sortable_moment(self, moment: datetime | None) -> str:
        """Write a moment so that tables sort by it."""
        return moment.strftime("%Y%m%d%H%M%S") if moment else ""

    def percent(self, value: Fraction | float, digits: int = 0) -> Wikitext:
        """Write a value in percent, rounded half up."""
        return escape(numbers.exact_percent(value, self._labels.code, digits))

    def sortable(self, value: Fraction | float) -> Wikitext:
        """Write a number for the wiki's own sorting, which knows no language."""
        return Wikitext(f"{float(value):.4f}")

    def decimal(self, value: Fraction | float, digits: int) -> Wikitext:
        """Write a number with so many digits behind the point, rounded half up."""
        return escape(numbers.decimal(value, self._labels.code, digits))

    def points(self, value: Fraction | float, digits: int = 0) -> Wikitext:
        """Write a change with its sign, which stays in front of it in every direction of writing."""
        return Wikitext(f'<bdi dir="ltr">{escape(numbers.points(value, self._labels.code, digits))}</bdi>')

    def range(self, lower: float, upper: float) -> Wikitext:
        """Write the two ends of an interval of shares, the lower one first."""
        ends = (escape(numbers.decimal(lower, self._labels.code, 0)), self.percent(upper))
        return Wikitext(f'<bdi dir="ltr" style="white-space: nowrap;">{" … ".join(ends)}</bdi>')

    def span(self, lower: float, upper: float) -> Wikitext:
        """Write the two ends of an interval of changes, the lower one first."""
        ends = (escape(numbers.points(end, self._labels.code)) for end in (lower, upper))
        return Wikitext(f'<bdi dir="ltr" style="white-space: nowrap;">{" … ".join(ends)}</bdi>')

    def counted(self, statuses: Mapping[str, int]) -> list[Wikitext]:
        """Write how many answers ended in each way."""
        return [self._labels(f"polls-status-{status}", count) for status, count in statuses.items()]

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
        """Link to the section that a value came from, of the exact revision where there is one to cite."""
        if place.revid:
            return permanent_link(place.revid, place.section, label)
        return page_link(place.title, label, place.section)

    def comment(self, place: Place, anchor: str, label: object) -> Wikitext:
        """Link to a comment where the wiki gives it an anchor, else to its section of the exact revision."""
        return page_link(place.title, label, anchor) if anchor else self.at(place, label)

    def links(self, several: Iterable[Need]) -> list[Wikitext]:
        """Write the group of each need as a link to where it names it."""
        return [self.at(need.place, isolated(need.group)) for need in several]

    def tick(self, place: Place, description: str) -> Wikitext:
        """Write a tick that says to a screen reader what it stands for, linked to where it came from."""
        said = escape(description)
        return self.at(place, Wikitext(f'<span role="img" aria-label="{said}" title="{said}">✓</span>'))

    def field(self, id_: str) -> Wikitext:
        """Return an empty field for people; what they wrote into it before is put back when the page is saved."""
        return Wikitext(field(id_))

    def where(self, problem: Problem) -> Wikitext:
        """Link to the line that a problem is about."""
        return self.line_of(problem.place)

    def line_of(self, place: Place) -> Wikitext:
        """Link to a line of a page, named by the title and the line."""
        return self.at(place, self._labels("place", isolated(place.title), place.line))

    def sources(self, revisions: Sequence[Revision]) -> list[Wikitext]:
        """Write each source as a link to the exact revision that was read."""
        places = (Place(title=each.title, revid=each.revid, line=1) for each in revisions)
        return [self.at(place, isolated(place.title)) for place in places]
