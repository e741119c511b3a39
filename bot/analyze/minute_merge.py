"""Merge the statements of several sessions under the agreed headings, those in the same words as one."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.analyze.minute_sessions import Sessions
from bot.minutes import Piece, Same, Statement
from bot.model import Place
from bot.parse.same_words import normal

_DEEPEST = 20  # a wiki indents no further in a way that anybody could read


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One session saying a statement, and where."""

    session: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """One statement of the merged minutes: its wording, how deep it stands, and who said it.

    A statement that no session is cited for is a label, or one that somebody forgot to cite.
    """

    text: str
    wording: tuple[Piece, ...]
    level: int
    place: Place
    kind: str = ""
    voices: tuple[Voice, ...] = ()
    citations: tuple[str, ...] = ()
    is_label: bool = False
    is_cut: bool = False  # words are missing in the text, which nothing can be told from

    @property
    def sessions(self) -> tuple[str, ...]:
        """Return the names of the sessions that said it."""
        return tuple(voice.session for voice in self.voices)


class Accepted:
    """The wordings that people declared to be one statement."""

    def __init__(self, several: Sequence[Same]) -> None:
        self.all = tuple(several)
        self._first: dict[str, str] = {}
        self._wordings = frozenset(text for same in several for text in same.texts)
        for same in several:
            keys = [self._leader(normal(text)) for text in same.texts]
            self._first |= dict.fromkeys(keys, keys[0])
        self._first = {key: self._leader(key) for key in self._first}

    def _leader(self, key: str) -> str:
        """Return the wording that stays for a key; one that is not known yet leads itself."""
        self._first.setdefault(key, key)
        while self._first[key] != key:
            self._first[key] = key = self._first[self._first[key]]
        return key

    def key(self, text: str) -> str:
        """Return what a statement is merged by."""
        key = normal(text)
        return self._first.get(key, key)

    def holds(self, key: str) -> bool:
        """Tell whether a key is one that people declared."""
        return key in self._first

    def distance(self, text: str) -> int:
        """Return how far this is from the wording that stays: 0 letter by letter, 1 but for marks, 2 another one."""
        if self.key(text) != normal(text):
            return 2
        return 0 if text in self._wordings or not self.holds(self.key(text)) else 1


@dataclass(slots=True, kw_only=True)
class Node:
    """One statement while it is merged; answers stand beside it, children below."""

    key: str = ""
    said: list[Statement] = field(default_factory=list)
    voices: dict[str, Place] = field(default_factory=dict)
    citations: list[str] = field(default_factory=list)
    children: "dict[str, Node]" = field(default_factory=dict)
    answers: "dict[str, Node]" = field(default_factory=dict)


class SectionMerge:
    """Merges what stands below one heading; as_is keeps every statement apart, as it is on the page."""

    def __init__(self, accepted: Accepted, sessions: Sessions, prompts: frozenset[str], *, as_is: bool) -> None:
        self._accepted = accepted
        self._sessions = sessions
        self._prompts = prompts
        self._as_is = as_is
        self._root = Node()
        self._declared: dict[str, Node] = {}
        self._count = 0

    def add(self, said: Statement, above: Node | None) -> Node:
        """Take one statement, below or beside another, and return where it went."""
        self._count += 1
        key = f"{self._count}" if self._as_is else said.whole or self._accepted.key(said.text)
        parent = above or self._root
        beside = parent.answers if said.is_answer and above else parent.children
        node = self._declared.get(key) or beside.get(key)
        if node is None:
            node = beside[key] = Node(key=key)
            if not self._as_is and self._accepted.holds(key):
                self._declared[key] = node
        self._speak(node, said)
        return node

    def _speak(self, node: Node, said: Statement) -> None:
        node.said.append(said)
        if (said.whole or normal(said.text)) in self._prompts and not said.citations:
            return
        names = [self._sessions.name(said.place.title, session) for session in said.sessions]
        for name in names:
            node.voices.setdefault(name, said.place)
        node.citations += [self._sessions.name(said.place.title, name) for name in said.citations] or names

    def merged(self) -> tuple[Merged, ...]:
        """Return the statements in the order in which they are written, with their depth."""
        return tuple(self._lines(self._root, 1))

    def _lines(self, above: Node, level: int) -> Iterator[Merged]:
        stack = [(node, level) for node in reversed(above.children.values())]
        while stack:
            node, depth = stack.pop()
            yield self._line(node, depth)
            stack += [(each, depth) for each in reversed(node.answers.values())]
            stack += [(each, depth + 1) for each in reversed(node.children.values())]

    def _line(self, node: Node, level: int) -> Merged:
        first = min(node.said, key=lambda said: self._accepted.distance(said.text))
        order = self._sessions.order
        voices = [Voice(session=name, place=place) for name, place in node.voices.items()]
        return Merged(
            text=first.text,
            wording=first.wording,
            level=min(level, _DEEPEST),
            place=first.place,
            kind=first.kind,
            voices=tuple(sorted(voices, key=lambda voice: order.get(voice.session, 0))),
            citations=tuple(node.citations) if self._as_is else tuple(node.voices),
            is_label=not node.voices and all(said.is_label for said in node.said),
            is_cut=bool(first.whole),
        )


def declared_nowhere(accepted: Accepted, sections: Sequence[Mapping[str, object]]) -> Iterator[tuple[Same, str]]:
    """Yield what people declared the same and nobody says any more; sections hold the wordings below each heading."""
    everything = {key for section in sections for key in section}
    for same in accepted.all:
        for text in same.texts:
            if normal(text) not in everything:
                yield same, text


def declared_apart(accepted: Accepted, sections: Sequence[Mapping[str, object]]) -> Iterator[Same]:
    """Yield what people declared the same and what stands below different headings, so that it was not merged."""
    below: dict[str, set[int]] = {}
    for number, section in enumerate(sections):
        for key in section:
            if accepted.holds(key):
                below.setdefault(key, set()).add(number)
    for same in accepted.all:
        keys = {normal(text) for text in same.texts}
        found = Counter(number for key in keys for number in below.get(key, ()))
        if len(keys) > 1 and all(key in below for key in keys) and max(found.values()) < 2:
            yield same
