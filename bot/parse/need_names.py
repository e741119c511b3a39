"""What the three readers of needs share: the names they look up, and the shape of what they return."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.model import Blank, Need, Place, Problem
from bot.parse.context import Context
from bot.parse.names import Groups, Themes, label
from bot.parse.text import fold

_LONGEST_DETAIL = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedReading:
    """What pages say: needs that are named, places that leave one out, and what a person should look at."""

    needs: tuple[Need, ...] = ()
    blanks: tuple[Blank, ...] = ()
    problems: tuple[Problem, ...] = ()

    @classmethod
    def together(cls, several: Iterable["NeedReading"]) -> "NeedReading":
        """Return several readings as one, in order."""
        readings = list(several)
        return cls(
            needs=tuple(need for reading in readings for need in reading.needs),
            blanks=tuple(blank for reading in readings for blank in reading.blanks),
            problems=tuple(problem for reading in readings for problem in reading.problems),
        )


class NeedNames:
    """The consultation's groups and themes, and the languages' words for notes and matrices."""

    def __init__(self, context: Context) -> None:
        words = context.words.needs
        self.groups = Groups(context.groups)
        self.themes = Themes(context.themes)
        self.kinds = {label(word): "quote" for word in words.quotes}
        self.kinds |= {label(word): "problem" for word in words.problems}
        self.kinds |= {label(word): "need" for word in words.needs}
        self.nothing = frozenset(fold(word) for word in words.nothing) | {""}
        self.count = frozenset(label(word) for word in words.count)
        self.yes = frozenset(fold(word) for word in words.yes)
        self.no = frozenset(fold(word) for word in words.no) | {""}
        self.yes_templates = frozenset(fold(name) for name in words.yes_templates)
        self.no_templates = frozenset(fold(name) for name in words.no_templates)
        self.conjunctions = tuple(fold(word) for word in words.conjunctions)

    def is_nothing(self, text: str) -> bool:
        """Tell whether a bullet only says that there is nothing to say."""
        return fold(text) in self.nothing or label(text) in self.nothing


class Notebook:
    """Collects what one page says, in order."""

    def __init__(self) -> None:
        self._needs: list[Need] = []
        self._blanks: list[Blank] = []
        self._problems: list[Problem] = []

    def need(self, group: str, theme: str, kind: str, text: str, place: Place) -> None:
        """Note that a group names a theme."""
        self._needs.append(Need(group=group, theme=theme, kind=kind, text=text, place=place))

    def blank(self, group: str, theme: str, kind: str, place: Place) -> None:
        """Note that a place leaves a theme out for a group."""
        self._blanks.append(Blank(group=group, theme=theme, kind=kind, place=place))

    def problem(self, place: Place, message: str, *details: str) -> None:
        """Note what a person should look at; a detail is cut where it would fill a page."""
        shortened = tuple(detail[:_LONGEST_DETAIL] for detail in details)
        self._problems.append(Problem(place=place, message=message, details=shortened))

    def named(self, group: str) -> set[str]:
        """Return the themes that a group has been noted to name, quotes aside."""
        return {need.theme for need in self._needs if need.group == group and need.kind != "quote"}

    def reading(self) -> NeedReading:
        """Return everything noted, problems by line."""
        by_line = sorted(self._problems, key=lambda problem: problem.place.line)
        return NeedReading(needs=tuple(self._needs), blanks=tuple(self._blanks), problems=tuple(by_line))
