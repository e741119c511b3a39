"""Hold sentences of direction against the tables: what rose, what fell."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product

from bot.analyze.audit_clause import clause_bounds, distance, marks_in, parenthesis, words_in
from bot.analyze.audit_finding import Finding, Phrase, printed
from bot.analyze.audit_series import Comparison, Key, Label, Series, Snapshot
from bot.analyze.audit_steps import steps
from bot.analyze.audit_topics import sections_on
from bot.model import Place
from bot.parse.lexicon import Mark
from bot.parse.published import Sentence
from bot.parse.quantity import COUNT

_ROLES = ("unsure", "agreement", "mean", "opposition")
_MEASURES = ("poll", "share", "agreement", "mean", "unsure", "majority", "counted", "general")
_MOST_READINGS = 60
_BOTH = 2
_MOST_SUBSET = 3  # words, an article among them
_COMMAS = (",", "،", "、")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A label in a sentence."""

    label: Label
    start: int
    end: int


def mentions(sentence: Sentence, known: Series) -> list[Mention]:
    """Return the labels that a sentence names, whole words only, the longest where they overlap."""
    by_first = known.stemmed.get(sentence.stems, {})
    said = [sentence.stems.of(token.word) for token in sentence.words]
    found = []
    for at, token in enumerate(sentence.words):
        for each in by_first.get(said[at], ()):
            if tuple(said[at : at + len(each.stems)]) == each.stems:
                end = sentence.words[at + len(each.stems) - 1].end
                found.append(Mention(label=each.label, start=token.start, end=end))
    for mark in sentence.having(*_ROLES):
        same = [label for label, roles in known.roles.items() if mark.role in roles]
        found += [Mention(label=label, start=mark.start, end=mark.end) for label in same]
    return [each for each in dict.fromkeys(found) if not any(_covers(other, each) for other in found)]


def _covers(other: Mention, each: Mention) -> bool:
    return other.start <= each.start and other.end >= each.end and other.end - other.start > each.end - each.start


def is_guarded(sentence: Sentence, start: int, end: int, named: Sequence[Mention], *roles: str) -> bool:
    """Tell whether words stand there that make a claim unsure; the "must" of a must-have is none."""
    marks = marks_in(sentence, start, end, *roles)
    return any(not any(each.start <= mark.start < each.end for each in named) for mark in marks)


def is_led(sentence: Sentence, label: Mention) -> bool:
    """Tell whether a word such as "in" or "for" stands before a label, or behind it as in some languages."""
    behind = [mark for mark in sentence.having("postposed") if mark.start >= label.end]
    if behind and not words_in(sentence, label.end, behind[0].start):
        return True
    led = [mark for mark in sentence.having("within") if mark.end <= label.start]
    text = sentence.text[led[-1].end : label.start] if led else ","
    return not any(sign in text for sign in ",;()") and distance(sentence, led[-1].end, label.start) <= 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether what is claimed holds in one comparison, and what the figures say instead."""

    is_true: bool
    line: int
    rose: int = 0
    fell: int = 0
    shown: str = ""


def check_directions(
    sentence: Sentence, named: Sequence[Mention], before: Sequence[Mention], known: Series, place: Place
) -> Iterator[Finding]:
    """Yield what is said to have risen or fallen where the tables show the opposite, under every reading."""
    limits = {mark.first for mark in sentence.having("above", "below")}  # "fell below 50%" is no direction
    turns = [mark for mark in sentence.having("up", "down") if mark.last + 1 not in limits]
    turns = [mark for mark in turns if parenthesis(sentence, mark.start) is None]
    walls = sorted((*turns, *_elliptic(sentence)), key=lambda each: each.start) if turns else []
    wrong = [verdict for mark in turns if (verdict := _judge(sentence, mark, walls, named, before, known))]
    if not wrong:
        return
    details = "; ".join(verdict.shown for verdict in wrong)
    first = wrong[0]
    yield Finding(
        place=replace(place, line=sentence.line_at(turns[0].start)),
        kind="direction",
        subject="",
        published=sentence.text,
        recomputed=Phrase(key="audit-rose-fell", details=(str(first.rose), str(first.fell))),
        formula=Phrase(key="audit-formula-table", details=(details, str(first.line))),
    )


def _judge(
    sentence: Sentence,
    mark: Mark,
    walls: Sequence[Mark],
    named: Sequence[Mention],
    before: Sequence[Mention],
    known: Series,
) -> Verdict | None:
    """Return why a claim is wrong, None where some reading of it is right or none is sure."""
    start, end = clause_bounds(sentence, mark.start)
    if is_guarded(sentence, start, end, named, "maybe", "negation", "gap") or marks_in(
        sentence, start, mark.start, "none"
    ):
        return None
    verdicts: list[Verdict] = []
    for piece_start, piece_end in _pieces(sentence, mark, walls, start, end):
        inside = [each for each in named if piece_start <= each.start and each.end <= piece_end]
        if not inside and marks_in(sentence, piece_start, piece_end, "general"):
            inside = answers([each for each in named if each.end <= piece_start], known)  # "it generally fell"
        if not inside or _has_amount(sentence, piece_start, piece_end):
            return None
        earlier = [each for each in named if each.end <= piece_start]
        labels = frozenset(each.label for each in inside)
        whole = with_inherited(labels, [earlier, answers(before, known)], known)
        is_stepped = bool(steps(sentence)) and len({known.dimensions[label] for label in whole}) < _BOTH
        if is_stepped:
            return None
        sections = None if _is_about_results(sentence, whole, known) else _sections_on(sentence, mark, named, known)
        found = _verdicts(whole, mark.role == "up", known, sections)
        if not found:
            return None
        verdicts += found
    return verdicts[0] if verdicts and not any(verdict.is_true for verdict in verdicts) else None


def _sections_on(sentence: Sentence, mark: Mark, named: Sequence[Mention], known: Series) -> frozenset[int]:
    labelled = {word.start for word in sentence.words for each in named if each.start <= word.start < each.end}
    return sections_on(sentence, mark, labelled, known)


def _pieces(sentence: Sentence, mark: Mark, walls: Sequence[Mark], start: int, end: int) -> list[tuple[int, int]]:
    """Return each way of cutting out the part of a clause that a word of direction governs."""
    lower = [other for other in walls if start <= other.start < mark.start]
    upper = [other for other in walls if mark.start < other.start < end]
    begins = [start] if not lower else _cuts(sentence, lower[-1].end, mark.start)
    ends = [end] if not upper else _cuts(sentence, mark.end, upper[0].start)
    return list(product(begins, ends))[:_MOST_READINGS]


def _elliptic(sentence: Sentence) -> list[Mark]:
    """Return the words that begin what is said the other way about others: "fell for A, and up for B"."""
    joints = {each.last + 1 for each in sentence.having("conjunction")}
    return [
        mark
        for mark in sentence.having("fewer", "more")
        if mark.first in joints or sentence.text[max(0, mark.start - 2) : mark.start].rstrip().endswith(_COMMAS)
    ]


def _cuts(sentence: Sentence, start: int, end: int) -> list[int]:
    commas = [at for at in range(start, end) if sentence.text[at] in _COMMAS]
    return sorted({*commas, *(mark.start for mark in marks_in(sentence, start, end, "conjunction"))})


def _has_amount(sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether a bare count stands there: "for 3 of the 4 needs" is more than a direction."""
    return any(figure.kind == COUNT and start <= figure.start < end for figure in sentence.figures)


def with_inherited(labels: frozenset[Label], around: Sequence[Sequence[Mention]], known: Series) -> frozenset[Label]:
    """Return the labels with those that were said before, for dimensions of which nothing is said here."""
    found = labels
    for several in around:
        have = {known.dimensions[label] for label in found}
        more: dict[int, set[Label]] = {}
        for each in several:
            more.setdefault(known.dimensions[each.label], set()).add(each.label)
        for dimension, candidates in more.items():
            if dimension not in have and len(candidates) == 1:
                found |= candidates
    return found


def is_of_subset(sentence: Sentence, named: Sequence[Mention]) -> bool:
    """Tell whether a sentence begins with others than the tables are of: "Among newcomers, …"."""
    led = [mark for mark in sentence.having("within", "among") if mark.first == 0]
    comma = sentence.text.find(",")
    if not led or comma < 0 or distance(sentence, led[-1].end, comma) > _MOST_SUBSET:
        return False
    known = ("people", "poll", "wave", "count", "all", "general", "counted", "total", "share", "size")
    inside = marks_in(sentence, led[-1].end, comma, *known)
    has_label = any(each.start < comma for each in named)
    return not inside and not has_label and not any(each.start < comma for each in sentence.figures)


def polls_of(sentence: Sentence, snapshots: Sequence[Snapshot]) -> list[Snapshot]:
    """Return the polls that a sentence names, such as "in the second survey"; all where it names none."""
    said = [sentence.stems.of(token.word) for token in sentence.words]
    named = []
    for each in snapshots:
        wave = [sentence.stems.of(word) for word in each.wave]
        if len(wave) > 1 and any(said[at : at + len(wave)] == wave for at in range(len(said))):
            named.append(each)
    return named or list(snapshots)


def answers(named: Sequence[Mention], known: Series) -> list[Mention]:
    """Return the labels that one sentence may hand on to the next: answers, not the things they are about."""
    return [each for each in named if known.dimensions[each.label] not in known.things]


def _is_about_results(sentence: Sentence, labels: Iterable[Label], known: Series) -> bool:
    """Tell a claim about the tables from talk of the same things: it names a measure, or both thing and answer."""
    dimensions = {known.dimensions[label] for label in labels}
    return len(dimensions) > 1 or has_measure(sentence) or any(figure.kind != COUNT for figure in sentence.figures)


def has_measure(sentence: Sentence) -> bool:
    """Tell whether a sentence names something that is counted, or one poll of several: "the second poll"."""
    return bool(sentence.having(*_MEASURES)) or any(mark.last > mark.first for mark in sentence.having("wave"))


def matching(labels: frozenset[Label], keys: Iterable[Key], known: Series) -> tuple[list[Key], bool]:
    """Return the keys that labels point at, and whether they leave no dimension open."""
    by_dimension: dict[int, set[Label]] = {}
    for label in labels:
        by_dimension.setdefault(known.dimensions[label], set()).add(label)
    found = [key for key in keys if all(key & several for several in by_dimension.values())]
    is_exact = all({known.dimensions[label] for label in key} <= set(by_dimension) for key in found)
    return found, is_exact


def _verdicts(labels: frozenset[Label], is_up: bool, known: Series, sections: frozenset[int] | None) -> list[Verdict]:
    """Return what each comparison says of labels, those outside of some sections left out; None leaves out none."""
    found = []
    for comparison in known.comparisons:
        keys, is_exact = matching(labels, comparison.values, known)
        if keys and (sections is None or (comparison.section in sections and is_exact)):
            found.append(_verdict(keys, comparison, known, is_up=is_up, is_exact=is_exact))
    return found


def _verdict(keys: Sequence[Key], comparison: Comparison, known: Series, *, is_up: bool, is_exact: bool) -> Verdict:
    deltas = {key: delta(comparison, key) for key in keys}
    rose = sum(each > 0 for each in deltas.values())
    fell = sum(each < 0 for each in deltas.values())
    with_it, against = (rose, fell) if is_up else (fell, rose)
    average = sum(
        (after.exact - before.exact for before, after in map(comparison.values.__getitem__, keys)), Fraction()
    )
    is_average = average != 0 and (average > 0) == is_up
    is_true = not against if is_exact else (with_it >= against or is_average)
    odd = [key for key, each in deltas.items() if each and (each > 0) != is_up]
    shown = ", ".join(describe(key, comparison, known) for key in odd[:4])
    return Verdict(is_true=is_true, line=comparison.line, rose=rose, fell=fell, shown=shown)


def delta(comparison: Comparison, key: Key) -> Fraction:
    """Return the change under a key, nought where it cannot be seen in print."""
    before, after = comparison.values[key]
    is_seen = before.printed != after.printed
    return after.exact - before.exact if is_seen else Fraction(0)


def describe(key: Key, comparison: Comparison, known: Series) -> str:
    """Write what stands under a key before and after."""
    before, after = comparison.values[key]
    sign = "%" if before.is_share else ""
    name = ", ".join(sorted(known.names[label] for label in key))
    return f"{name}: {printed(before.exact, 2)}{sign} → {printed(after.exact, 2)}{sign}"
