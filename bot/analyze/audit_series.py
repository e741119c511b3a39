"""Lay out the figures of all tables of a page by name, so that sentences can be held against them.

A label is the words of a head. Labels that stand in one place of a table's rows or columns are of one dimension, such
as the needs, or the answers. A snapshot is one poll; a comparison is two polls over the same names.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

from bot.analyze.audit_finding import Figure
from bot.analyze.audit_grid import Head, Pair
from bot.analyze.audit_tables import Read, base_of_whole
from bot.analyze.audit_ticks import tick_lines
from bot.parse.lexicon import Stems

Label = tuple[str, ...]
Key = frozenset[Label]
_SHORT = 3
_MEASURES = ("agreement", "mean", "rate")
_ANSWERS = {"exclusive", "agree", "disagree", "unsure", "unanswered"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What one poll says under one key: a share in percent where it can be had, else a count or a mean."""

    exact: Fraction
    printed: Fraction
    line: int
    is_share: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The figures of one poll; section is where its table stands."""

    section: int
    line: int
    wave: Label
    values: Mapping[Key, Value] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two polls over the same keys; the figures are those before and after, section is where the second stands."""

    section: int
    line: int
    values: Mapping[Key, tuple[Value, Value]] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stemmed:
    """A label as the words of one language are compared."""

    label: Label
    stems: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """The words of the headings and captions of a section; is_opinion tells that they are of agreement or support."""

    words: frozenset[str] = frozenset()
    is_opinion: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """All polls of a page, what may be compared, and what the labels are.

    doubtful are lines with a wrong mean; topics are those of the sections, and corners is what their tables
    call the rows.
    """

    snapshots: tuple[Snapshot, ...]
    comparisons: tuple[Comparison, ...]
    dimensions: Mapping[Label, int]
    roles: Mapping[Label, frozenset[str]]
    names: Mapping[Label, str]
    things: frozenset[int]
    doubtful: frozenset[int] = frozenset()
    topics: Mapping[int, Topic] = field(default_factory=dict)
    corners: Mapping[int, Label] = field(default_factory=dict)
    stemmed: Mapping[Stems, Mapping[str, Sequence[Stemmed]]] = field(repr=False)

    def of_dimension(self, labels: Iterable[Label], dimension: int) -> frozenset[Label]:
        """Return those of the labels that are of one dimension."""
        return frozenset(label for label in labels if self.dimensions.get(label) == dimension)


class _Dimensions:
    """Labels that have stood side by side, joined as they are met."""

    def __init__(self) -> None:
        self._parents: dict[object, object] = {}

    def root(self, node: object) -> object:
        while self._parents.setdefault(node, node) != node:
            node = self._parents[node]
        return node

    def join(self, one: object, other: object) -> None:
        self._parents[self.root(one)] = self.root(other)


def series(reads: Sequence[Read], languages: Iterable[Stems] = (), *, trusts_counts: bool = False) -> Series:
    """Return the figures of all tables by name; where count and share disagree, one of them is taken as right."""
    dimensions = _Dimensions()
    roles: dict[Label, frozenset[str]] = {}
    names: dict[Label, str] = {}
    for number, read in enumerate(reads):
        for axis, heads in (("row", read.grid.rows), ("column", read.grid.columns)):
            for head in heads:
                for level, (label, name) in enumerate(_labels(head)):
                    dimensions.join(label, (number, axis, level))
                    roles[label] = roles.get(label, frozenset()) | _kinds(head, name)
                    names.setdefault(label, name)
    roots = {label: dimensions.root(label) for label in roles}
    numbers = {root: at for at, root in enumerate(dict.fromkeys(roots.values()))}
    snapshots = [list(_snapshots(read, trusts_counts=trusts_counts)) for read in reads]
    return Series(
        snapshots=tuple(each for several in snapshots for each in several),
        comparisons=tuple(_comparisons(snapshots)),
        dimensions={label: numbers[root] for label, root in roots.items()},
        roles=roles,
        names=names,
        stemmed={each: _stemmed(roots, each) for each in languages},
        corners={read.grid.section: read.grid.corner for read in reads if read.grid.corner},
        things=_things(reads, {label: numbers[root] for label, root in roots.items()}, roles),
    )


def _stemmed(labels: Iterable[Label], stems: Stems) -> dict[str, list[Stemmed]]:
    """Return the labels by their first word, as it is compared in a language; a short one alone names nothing."""
    found: dict[str, list[Stemmed]] = {}
    for label in labels:
        if len(label) > 1 or len(label[0]) > _SHORT or not label[0].isascii():
            words = tuple(stems.of(word) for word in label)
            found.setdefault(words[0], []).append(Stemmed(label=label, stems=words))
    return found


def _things(
    reads: Sequence[Read], dimensions: Mapping[Label, int], roles: Mapping[Label, frozenset[str]]
) -> frozenset[int]:
    """Return the dimensions of things that are asked about: those of rows, or of columns where rows hold the polls.

    One with usual answers such as "not sure" is of answers, wherever it stands. The one dimension of a table that has
    no other is of things too, unless another table has it as answers.
    """
    things: set[int] = set()
    usual = {dimensions[label] for label, several in roles.items() if several & _ANSWERS}
    answers = usual if len(usual) < len(set(dimensions.values())) else set()
    lonely: set[int] = set()
    for read in reads:
        has_waves = any(head.wave for head in read.grid.rows)
        sides = (read.grid.rows, read.grid.columns)
        ours, others = (_of_heads(heads, dimensions) for heads in (reversed(sides) if has_waves else sides))
        if ours and others:
            is_turned = bool(ours & answers) and not others & answers
            things |= others if is_turned else ours
            answers |= ours if is_turned else others
        lonely |= ours or others
    return frozenset((things - answers) | (lonely - answers - things)) or frozenset(things)


def _of_heads(heads: Sequence[Head], dimensions: Mapping[Label, int]) -> set[int]:
    return {dimensions[label] for head in heads if not head.special() for label, _ in _labels(head)}


def _labels(head: Head) -> list[tuple[Label, str]]:
    """Return the labels of a head that name something: no poll, no "share", no number before a name."""
    found = []
    for label, name in zip(head.labels, head.names, strict=True):
        words = tuple(word for at, word in enumerate(label) if at or not word.isdecimal() or len(label) == 1)
        if words and set(words) & head.own and label != head.wave and head.special() in ("", *_MEASURES):
            found.append((words, name))
    return found


def _kinds(head: Head, name: str) -> frozenset[str]:
    """Return the roles of one label of a head."""
    several = zip(head.names, head.kinds, strict=True)
    return frozenset(role for each, roles in several if each == name for role in roles)


def _snapshots(read: Read, *, trusts_counts: bool) -> Iterator[Snapshot]:
    """Yield the polls of a table in order."""
    found: dict[Label, dict[Key, Value]] = {}
    bases = _bases(read)
    lines = tick_lines(read.grid)
    for (row, column), pair in read.grid.cells.items():
        heads: tuple[Head, ...] = (read.grid.rows[row], read.grid.columns[column])
        counting = (row in lines.rows, column in lines.columns)
        if any(counting):  # a line that counts ticks is no thing among others
            heads = tuple(head for head, counts in zip(heads, counting, strict=True) if not counts)
        elif any(head.special() not in ("", *_MEASURES) for head in heads):
            continue
        value = _value(pair, bases, trusts_counts=trusts_counts)
        key = frozenset(label for head in heads for label, _ in _labels(head))
        wave = next((head.wave for head in heads if head.wave), ())
        if value is not None and key:
            found.setdefault(wave, {}).setdefault(key, value)
    for wave, values in found.items():
        yield Snapshot(section=read.grid.section, line=read.grid.line, wave=wave, values=values)


def _bases(read: Read) -> dict[Figure, int]:
    found: dict[Figure, int] = {}
    for whole in read.partition.wholes if read.partition else ():
        base = base_of_whole(whole, read)
        found |= {entry.pair.count: base for entry in whole.entries if entry.pair.count and base}
    return found


def _value(pair: Pair, bases: Mapping[Figure, int], *, trusts_counts: bool) -> Value | None:
    figure = pair.share or pair.count or pair.decimal
    if figure is None:
        return None
    exact, is_share = figure.value, pair.share is not None
    if pair.count is not None and pair.count in bases:
        counted = 100 * pair.count.value / bases[pair.count]
        is_confirmed = pair.share is None or abs(counted - pair.share.value) <= pair.share.quantity.unit
        if trusts_counts and not is_confirmed:
            return Value(exact=counted, printed=counted, line=figure.line, is_share=True)
        exact, is_share = (counted, True) if is_confirmed else (exact, is_share)
    shown = pair.share.value if pair.share else exact
    return Value(exact=exact, printed=shown, line=figure.line, is_share=is_share)


def _comparisons(tables: Sequence[Sequence[Snapshot]]) -> Iterator[Comparison]:
    """Yield polls side by side in a table, and tables of one poll each over the same names."""
    for several in tables:
        for before, after in pairwise(several):
            yield from _compare(before, after)
    single = [several[0] for several in tables if len(several) == 1]
    for before, after in pairwise(single):
        yield from _compare(before, after)


def _compare(before: Snapshot, after: Snapshot) -> Iterator[Comparison]:
    both = [key for key in before.values if key in after.values]
    values = {key: (before.values[key], after.values[key]) for key in both}
    same = {key: two for key, two in values.items() if two[0].is_share == two[1].is_share}
    if same and 2 * len(same) >= max(len(before.values), len(after.values)):
        yield Comparison(section=after.section, line=after.line, values=same)
