"""Find what number each answer counts with, where a page says so in prose, or only its means show it."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from bot.analyze.audit_clause import only_of
from bot.analyze.audit_finding import fits
from bot.analyze.audit_grid import Grid, Head, Words
from bot.analyze.audit_row import Row, Rules, mean
from bot.parse.published import Published, Sentence
from bot.parse.quantity import COUNT, Quantity

_LARGEST_STEP = 10
_ENOUGH = 2
_MOST_SENTENCES = 60  # before a table, and behind it
_MOST_STEPS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """An answer that a sentence names: its number in the table, and where it stands."""

    at: int
    start: int
    end: int


def with_legend(grid: Grid, published: Published, *, is_alone: bool) -> Grid:
    """Return a table whose answers have the numbers that a sentence gives them: "4 = strongly agree".

    Where it is the only one of its section, the mean may stand in the text.
    """
    if not is_alone and not any(head.special() in ("mean", "agreement") for head in (*grid.rows, *grid.columns)):
        return grid
    rows = _with_steps(grid.rows, published, grid.line)
    columns = _with_steps(grid.columns, published, grid.line)
    return replace(grid, rows=rows, columns=columns)


def _with_steps(heads: Sequence[Head], published: Published, line: int) -> tuple[Head, ...]:
    plain = [at for at, head in enumerate(heads) if not head.special() and head.labels]
    if len(plain) > _MOST_STEPS:
        return tuple(heads)
    if len(plain) < _ENOUGH or any(heads[at].scale is not None for at in plain):
        return tuple(heads)
    names = {at: heads[at].labels[-1] for at in plain if heads[at].labels[-1]}
    found: dict[int, Fraction] = {}
    at_table = bisect_left(published.sentences, line, key=lambda each: each.line)
    around = published.sentences[max(0, at_table - _MOST_SENTENCES) : at_table + _MOST_SENTENCES]
    for sentence in sorted(around, key=lambda each: (each.line > line, abs(each.line - line))):
        for at, value in _steps_in(sentence, names).items():
            found.setdefault(at, value)
    steps = _filled(plain, found, heads)
    if len(steps) < _ENOUGH or len(set(steps.values())) < len(steps):
        return tuple(heads)
    return tuple(replace(head, scale=steps.get(at)) if at in steps else head for at, head in enumerate(heads))


def _steps_in(sentence: Sentence, names: Mapping[int, Words]) -> dict[int, Fraction]:
    """Return the numbers that stand right before the names of answers, or right behind them."""
    numbers = [each for each in sentence.figures if _is_step(each)]
    if not numbers:
        return {}
    named = list(_named(sentence, names))
    if not named:
        return {}
    leads = numbers[0].start < named[0].start
    found = {}
    for each in named:
        for number in numbers:
            start, end = (number.end, each.start) if leads else (each.end, number.start)
            if end - start >= 0 and _is_joint(sentence, start, end):
                found[each.at] = number.value
    return found


def _is_step(figure: Quantity) -> bool:
    return figure.kind == COUNT and abs(figure.value) <= _LARGEST_STEP and not figure.bound


def _is_joint(sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether nothing but a sign or a word such as "means" stands between."""
    text = sentence.text[start:end]
    return not any(sign in text for sign in ".;,") and len(text) < 20 and only_of(sentence, start, end, "meaning")


def _named(sentence: Sentence, names: Mapping[int, Words]) -> Iterator[_Named]:
    """Yield the answers in a sentence in order, the longest name where several fit: "strongly agree"."""
    words = [sentence.stems.of(token.word) for token in sentence.words]
    stems = {at: [sentence.stems.of(word) for word in name] for at, name in names.items() if name}
    at = 0
    while at < len(words):
        fitting = [(number, name) for number, name in stems.items() if name == words[at : at + len(name)]]
        number, name = max(fitting, key=lambda each: len(each[1]), default=(-1, [""]))
        if number >= 0:
            end = sentence.words[at + len(name) - 1].end
            yield _Named(at=number, start=sentence.words[at].start, end=end)
        at += max(len(name), 1)


def _filled(plain: Sequence[int], found: Mapping[int, Fraction], heads: Sequence[Head]) -> dict[int, Fraction]:
    """Return the steps with those between the ends of a scale, where only the ends are named."""
    scaled = [at for at in plain if "unsure" not in heads[at].roles and "unanswered" not in heads[at].roles]
    known = [at for at in scaled if at in found]
    if len(known) != _ENOUGH or known != [scaled[0], scaled[-1]]:
        return {at: found[at] for at in known} if len(known) == len(scaled) else {}
    first, last = found[known[0]], found[known[1]]
    if abs(last - first) != len(scaled) - 1:
        return {}
    step = 1 if last > first else -1
    return {at: first + step * number for number, at in enumerate(scaled)}


def inferred(rows: Sequence[tuple[Row, Rules]]) -> tuple[Fraction | None, ...]:
    """Return the usual scale under which most of the means of a table are right, nothing where none is."""
    rated = [(row, rules) for row, rules in rows if row.mean is not None]
    if len(rated) < _ENOUGH or len({len(row.counts) for row, _ in rated}) != 1:
        return ()
    best: tuple[Fraction | None, ...] = ()
    most = max(_ENOUGH - 1, len(rated) // 2)
    for weights in _usual(len(rated[0][0].counts), rated[0][1].unsure):
        right = sum(_is_right(row, replace(rules, weights=weights)) for row, rules in rated)
        if right > most:
            best, most = weights, right
    return best


def _is_right(row: Row, rules: Rules) -> bool:
    exact = mean(row, rules)
    return row.mean is not None and exact is not None and fits(row.mean, exact)


def _usual(size: int, unsure: frozenset[int]) -> Iterator[tuple[Fraction | None, ...]]:
    """Yield scales from the top down and from the bottom up: to 1, to 0, around 0; the last answer may be none."""
    for left in (unsure, unsure | {size - 1}):
        scaled = [at for at in range(size) if at not in left]
        top = len(scaled)
        for values in (range(top, 0, -1), range(1, top + 1), range(top - 1, -1, -1), range(top), _around(top)):
            numbers = dict(zip(scaled, values, strict=True))
            yield tuple(Fraction(numbers[at]) if at in numbers else None for at in range(size))


def _around(top: int) -> list[int]:
    half = top // 2
    return [*range(half, 0, -1), *([0] if top % 2 else []), *range(-1, -half - 1, -1)]
