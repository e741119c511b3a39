"""Name the sessions of all pages, each once, and make the names of their references."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count

from bot.minutes import NOTES, MinutePage, MinuteRules, Session
from bot.model import Place, Problem
from bot.parse.text import fold

_NOT_IN_NAME = re.compile(r"[\W_]+")
_LONGEST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A session under the one name that readers see, and the name of its reference."""

    name: str
    reference: str
    place: Place


class Sessions:
    """The sessions of several pages in order, looked up by the page's title and what the page calls them."""

    def __init__(self, pages: Sequence[MinutePage], rules: MinuteRules) -> None:
        self._names: dict[tuple[str, str], str] = {}
        self._taken: dict[str, str] = {}
        self._places: dict[str, Place] = {}
        self.problems: list[Problem] = []
        doubled = _doubled_titles(pages, rules)
        for page in pages:
            for session in page.sessions:
                self._take(page, session, doubled, rules)
        self.all = tuple(self._named(_references(self._places)))
        self.order = {each.name: number for number, each in enumerate(self.all)}

    def _take(self, page: MinutePage, session: Session, doubled: frozenset[str], rules: MinuteRules) -> None:
        name = session.name
        taken = self._taken
        if page.shape == NOTES and not session.is_named and fold(name) in doubled:
            name = _longer(page.place.title, name)
        elif page.shape == NOTES and fold(name) in taken and page.place.title not in rules.sessions:
            details = (name, page.place.title, self._places[taken[fold(name)]].title)
            self.problems.append(Problem(place=session.place, message="minutes-session-twice", details=details))
            name = next(
                each for number in range(2, len(taken) + 3) if fold(each := f"{name} ({number})") not in taken
            )
        name = taken.setdefault(fold(name), name)
        self._names[(page.place.title, session.name)] = name
        self._places.setdefault(name, session.place)

    def _named(self, references: Mapping[str, str]) -> Iterable[Named]:
        return (Named(name=name, reference=references[name], place=place) for name, place in self._places.items())

    def name(self, title: str, session: str) -> str:
        """Return the one name of what a page calls a session."""
        return self._names.get((title, session), session)


def _doubled_titles(pages: Sequence[MinutePage], rules: MinuteRules) -> frozenset[str]:
    """Return the names that the titles of several pages give, such as "Room A" of two days."""
    names = [
        fold(session.name)
        for page in pages
        if page.shape == NOTES and page.place.title not in rules.sessions
        for session in page.sessions
        if not session.is_named
    ]
    return frozenset(name for name, times in Counter(names).items() if times > 1)


def _longer(title: str, name: str) -> str:
    """Return a session's name with as much of its page's title as stands before it."""
    parts = [part.strip() for part in title.split("/") if part.strip()]
    wanted = [part for part in parts[1:] or parts if part != name]
    return ", ".join([*wanted, name] if wanted else [title])


def _references(names: Iterable[str]) -> Mapping[str, str]:
    """Return a name for the reference of each session: letters, digits and hyphens, never a number alone."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        plain = _NOT_IN_NAME.sub("-", unicodedata.normalize("NFC", fold(name))).strip("-")[:_LONGEST] or "session"
        stem = f"session-{plain}" if plain.replace("-", "").isnumeric() else plain
        several = chain([stem], (f"{stem}-{number}" for number in count(2)))
        found[name] = next(each for each in several if each not in taken)
        taken.add(found[name])
    return found
