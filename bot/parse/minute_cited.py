"""Tell which references of a page name sessions, and whether the page is merged minutes at all."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.minutes import Session
from bot.model import Problem
from bot.parse.minute_names import MinuteNames
from bot.parse.minute_refs import Key, Reference, References
from bot.parse.minute_rows import MinuteScan, Row
from bot.parse.text import fold

_LONGEST_NAME = 80
_FEW_NAMED, _FEW = 0.2, 0.5  # of the items; below, a reference is a source that one note gives


@dataclass(frozen=True, slots=True, kw_only=True)
class Citations:
    """The sessions that a page cites in the order of their first citation, and the offset of each citation."""

    sessions: tuple[Session, ...]
    unused: tuple[Session, ...]
    cited: tuple[tuple[int, str], ...]
    problems: tuple[Problem, ...]


class Sources:
    """The references of one page that stand for sessions."""

    def __init__(self, scan: MinuteScan, found: References, names: MinuteNames, known: Sequence[str]) -> None:
        self._scan = scan
        self._found = found.found
        self._unclosed = found.unclosed
        self._texts: dict[Key, list[Reference]] = {}
        for each in self._found:
            self._texts.setdefault(each.key, [])
            if each.text:
                self._texts[each.key].append(each)
        known_names = {fold(name) for name in known}
        self._like = [key for key in self._texts if self._is_like(key, names, known_names)]
        self._keys = frozenset(self._of_sessions())

    def _is_like(self, key: Key, names: MinuteNames, known: set[str]) -> bool:
        said = self._name(key)
        if fold(said) in known or names.names_session(said):
            return True
        return bool(key.name) and names.is_like_session(said)

    def _of_sessions(self) -> list[Key]:
        named = [key for key in self._texts if key.name and not any(each.has_address for each in self._texts[key])]
        if self._like:
            groups = {key.group for key in self._like}
            return [*self._like, *(key for key in named if key.group in groups)]
        if named:
            return named
        texts = (key for key, several in self._texts.items() if not any(each.has_address for each in several))
        return [key for key in texts if len(key.text) <= _LONGEST_NAME]

    def _name(self, key: Key) -> str:
        texts = self._texts[key]
        return texts[0].text if texts else key.name

    def are_merged(self, rows: Sequence[Row]) -> bool:
        """Tell whether the page cites sessions behind its statements; notes may give a source here or there."""
        if self._like:
            return True
        items = [row for row in rows if row.kind == "item"]
        if not self._keys or not items:
            return False
        starts = [row.start for row in items]
        cited: set[int] = set()
        for each in self._found:
            at = bisect_right(starts, each.offset) - 1
            if each.key in self._keys and each.is_citation and at >= 0 and each.offset <= items[at].end:
                cited.add(at)
        is_named = any(key.name for key in self._keys)
        return len(cited) >= len(items) * (_FEW_NAMED if is_named else _FEW)

    def citations(self) -> Citations:
        """Return which session is cited where, and what is wrong with the references."""
        cited = [(each.offset, self._name(each.key)) for each in self._found if self._cites(each)]
        shown = {fold(name): name for _, name in reversed(cited)}
        cited = [(offset, shown[fold(name)]) for offset, name in cited]
        counts = Counter(name for _, name in cited)
        places = self._first_places()
        return Citations(
            sessions=tuple(self._session(places[fold(name)], name, counts[name]) for name in counts),
            unused=tuple(self._session(each, self._name(each.key), 0) for each in self._unused()),
            cited=tuple(cited),
            problems=(*self._twice(), *self._undefined(), *self._unused_problems(), *self._open(), *self._refused()),
        )

    def _cites(self, each: Reference) -> bool:
        """Tell whether the wiki shows a back-link for a reference."""
        return each.is_citation and not each.is_refused and each.key in self._keys

    def _first_places(self) -> Mapping[str, Reference]:
        """Return where each session is defined, or cited first where it is not."""
        found = {fold(self._name(each.key)): each for each in reversed(self._found) if each.key in self._keys}
        return found | {fold(self._name(key)): texts[0] for key, texts in self._texts.items() if texts}

    def _session(self, each: Reference, name: str, citations: int) -> Session:
        place = self._scan.page.place(self._line(each))
        return Session(name=name, reference=each.key.name, place=place, citations=citations)

    def _line(self, each: Reference) -> int:
        return self._scan.numbers.at(each.offset)

    def _unused(self) -> list[Reference]:
        used = {each.key for each in self._found if each.is_citation}
        return [texts[0] for key, texts in self._texts.items() if key not in used and texts]

    def _unused_problems(self) -> list[Problem]:
        return [
            self._scan.page.problem(
                self._line(each), "minutes-reference-unused", each.key.name or each.text, each.text
            )
            for each in self._unused()
        ]

    def _twice(self) -> list[Problem]:
        """Return the names that stand for two texts: the wiki takes the first and says that something is wrong."""
        problems = []
        for key, texts in self._texts.items():
            other = next((each for each in texts if fold(each.text) != fold(texts[0].text)), None)
            if key.name and other is not None:
                details = (key.name, texts[0].text, other.text)
                problems.append(self._scan.page.problem(self._line(other), "minutes-reference-twice", *details))
        return problems

    def _undefined(self) -> list[Problem]:
        first = {each.key: each for each in reversed(self._found)}
        return [
            self._scan.page.problem(self._line(first[key]), "minutes-reference-undefined", key.name)
            for key, texts in self._texts.items()
            if key.name and not texts
        ]

    def _open(self) -> list[Problem]:
        return [
            self._scan.page.problem(self._scan.numbers.at(offset), "minutes-reference-open")
            for offset in self._unclosed
        ]

    def _refused(self) -> list[Problem]:
        """Return each reference once that the wiki shows an error for."""
        first = {each.key: each for each in reversed(self._found) if each.is_refused}
        return [
            self._scan.page.problem(self._line(each), "minutes-reference-refused", each.key.name or each.text)
            for each in first.values()
        ]
