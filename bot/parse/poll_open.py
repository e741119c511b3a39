"""Make out what a table of results is about where no settings say it: its own headers become the names."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from operator import or_

from bot.parse.poll_cell import NUMBERS, Entry, figures
from bot.parse.poll_grid import Part, Row, parts
from bot.parse.poll_names import PollNames, stated_total
from bot.parse.poll_table import Around
from bot.parse.poll_values import CHOICE, SCALE, Answer, Named, Poll, PollReading
from bot.parse.poll_words import Measures, in_parentheses, normal, number_and_label, pieces, without_parenthesis

_MOST_NAMES = 200
_MOST_ROUNDS = 6
_MOST_POLLS = 100
_NONE = -1  # in the place of a value
_MIDDLE = 4  # of the seven steps from strong disagreement to strong agreement


@dataclass(frozen=True, slots=True, kw_only=True)
class _Axis:
    """What stands along one side of a table, or on one of two levels of it; cells tell where each text's are."""

    texts: tuple[str, ...]
    is_across: bool
    rounds: tuple[str, ...] = ()


class Found:
    """The polls that the tables of one page describe themselves, those together that have the same answers."""

    def __init__(self, measures: Measures) -> None:
        self._measures = measures
        self._polls: dict[str, Poll] = {}

    def names(self, rows: Sequence[Row], around: Around) -> PollNames | None:
        """Return the names that a table gives itself, None where it is no table of counts or shares."""
        found = parts(rows, None)
        shape = _shape(found, self._measures) if found else None
        if shape is None:
            return None
        near = [_untotalled(text) for text in (around.caption, *around.headings, around.title) if text]
        titles = tuple(dict.fromkeys(map(_untotalled, shape.rounds))) or (
            next((text for text in near if shape.questions or text != near[0]), near[0]),
        )
        questions = shape.questions or (near[0],)
        made = _polls(titles, shape.answers, questions, self._measures)
        answers = made[0].answers
        return PollNames([self._kept(poll, answers, near[0]) for poll in made], self._measures)

    def _kept(self, poll: Poll, answers: Sequence[Answer], near: str) -> Poll:
        """Return a poll under a title that no other one on the page has."""
        for title in (poll.id, near, *(f"{poll.id} ({number})" for number in range(2, _MOST_POLLS))):
            known = self._polls.get(title)
            if known is None or known.answers == answers:
                asked = [*(known.questions if known else ()), *poll.questions]
                kept = replace(poll, id=title, questions=tuple({each.id: each for each in asked}.values()))
                self._polls[title] = kept
                return kept
        return poll

    def joined(self, reading: PollReading) -> PollReading:
        """Return what was read with these polls; one whose title names a later round repeats the first."""
        if not self._polls:
            return reading
        rounds = [poll for poll in self._polls.values() if not poll.repeats and self._measures.is_round(poll.id)]
        for poll in rounds[1:]:
            if {each.id for each in poll.answers} == {each.id for each in rounds[0].answers}:
                self._polls[poll.id] = replace(poll, repeats=rounds[0].id)
        return replace(reading, polls=tuple(self._polls.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """What a table says of itself; no questions where what is asked stands outside it."""

    rounds: tuple[str, ...]
    answers: tuple[str, ...]
    questions: tuple[str, ...]


def _shape(found: Sequence[Part], measures: Measures) -> _Shape | None:
    if not any(entry.kind == NUMBERS for part in found for row in part.rows for entry in row):
        return None
    axes = [axis for axis in _axes(found, measures) if axis.texts]
    rounds = tuple(dict.fromkeys(text for axis in axes for text in axis.rounds))
    rounds += tuple(text for text in _texts(found) if measures.is_round(text) and text not in rounds)
    if not axes or sum(len(axis.texts) for axis in axes) > _MOST_NAMES or len(axes) > 3:
        return None
    answers = _answers(axes, found[0], measures)
    others = sorted((axis for axis in axes if axis is not answers), key=lambda axis: len(axis.texts))
    if len(others) == 2:
        if rounds or len(others[0].texts) > _MOST_ROUNDS:
            return None
        rounds = others.pop(0).texts
    if not others and not _is_evident(answers, found, measures):
        return None
    return _Shape(rounds=rounds, answers=answers.texts, questions=others[0].texts if others else ())


def _untotalled(text: str) -> str:
    """Return a caption or heading without the number of answers in parentheses behind it."""
    return without_parenthesis(text) or text if stated_total(in_parentheses(text)) else text


def _axes(found: Sequence[Part], measures: Measures) -> list[_Axis]:
    """Return the levels of headers above the cells, and of labels beside them, that name anything."""
    levels = [
        [
            entry.text
            for part in found
            for row in part.headers[level : level + 1]
            for entry in row[part.label_columns :]
        ]
        for level in range(max(len(part.headers) for part in found))
    ]
    columns = [
        [row[column].text for part in found for row in part.rows if column < part.label_columns and column < len(row)]
        for column in range(max(part.label_columns for part in found))
    ]
    return [_axis(texts, measures, is_across=True) for texts in levels] + [
        _axis(texts, measures, is_across=False) for texts in columns
    ]


def _axis(texts: Sequence[str], measures: Measures, *, is_across: bool) -> _Axis:
    """Return what names questions or answers: neither rounds of a poll nor shares, totals and means."""
    named: dict[str, None] = {}
    rounds: dict[str, None] = {}
    for text in dict.fromkeys(texts):
        if text and not measures.find(text) and not measures.is_round(text):
            own, poll = _without_round(text, measures)
            named[own] = None
            rounds |= {poll: None} if poll else {}
    return _Axis(texts=tuple(named), is_across=is_across, rounds=tuple(rounds))


def _without_round(text: str, measures: Measures) -> tuple[str, str]:
    """Split "Must have (Poll 1)" into what is named and the round; a share's sign goes with neither."""
    parts = [piece for piece in pieces(text) if piece != text]
    poll = next((piece for piece in parts if measures.is_round(piece)), "")
    if poll:
        return next((piece for piece in parts if not measures.is_round(piece) and poll not in piece), text), poll
    if measures.find(in_parentheses(text)) or text.strip("%٪ ") != text:
        return without_parenthesis(text).strip("%٪ ") or text, ""
    return text, ""


def _texts(found: Sequence[Part]) -> list[str]:
    """Return what stands above the cells and beside them, the corner left out: "Poll" there names no poll."""
    above = [entry.text for part in found for row in part.headers for entry in row[part.label_columns :]]
    beside = [text for part in found for row in part.rows for text in part.labels(row)]
    return list(dict.fromkeys([*above, *beside]))


def _answers(axes: Sequence[_Axis], part: Part, measures: Measures) -> _Axis:
    """Choose by the words, else by where shares add up to a hundred; else answers stand across the top."""
    weights = [sum(measures.is_answer(text) or (_value(text) != _NONE) for text in axis.texts) for axis in axes]
    best = [axis for axis, weight in zip(axes, weights, strict=True) if weight == max(weights)]
    if len(best) == 1:
        return best[0]
    shares = [[_share(entry) for _, entry in part.cells(row)] for row in part.rows]
    columns = [[row[at] for row in shares if at < len(row)] for at in range(max(map(len, shares)))]
    is_across = all(map(_is_whole, shares)) or not all(map(_is_whole, columns))
    return next((axis for axis in reversed(best) if axis.is_across is is_across), best[0])


def _is_evident(answers: _Axis, found: Sequence[Part], measures: Measures) -> bool:
    """Tell whether a table without questions is one of answers: by the words, or by shares of one whole."""
    if len(answers.texts) < 2:
        return False
    if sum(measures.is_answer(text) for text in answers.texts) > 1 or _NONE not in map(_value, answers.texts):
        return True
    several = [entry for part in found for row in part.rows for _, entry in part.cells(row)]
    shares = [_share(entry) for entry in several if entry.has_share]
    return len(shares) >= len(answers.texts) and any(
        _is_whole(shares[:end]) for end in (len(shares), len(shares) - 1)
    )


def _share(entry: Entry) -> Fraction:
    return next(iter(figures(entry, "").shares), Fraction(0))


def _is_whole(shares: Sequence[Fraction]) -> bool:
    return abs(sum(shares, Fraction(0)) - 100) <= 3


def _value(text: str) -> int:
    """Return the value that a header such as "Agree (3)" gives its answer."""
    found = normal(in_parentheses(text) or text)
    number = found if found.isdecimal() else number_and_label(text)[0]
    return int(number) if number and len(number) < 3 else _NONE


def _polls(rounds: Sequence[str], answers: Sequence[str], questions: Sequence[str], measures: Measures) -> list[Poll]:
    values = _values(answers, measures)
    steps = sorted({value for value in values if value != _NONE})
    unsure = [measures.is_unsure(text) for text in answers]
    is_scale = len(steps) > 1 and all(map(or_, unsure, (value != _NONE for value in values)))
    middle = Fraction(steps[0] + steps[-1], 2) if is_scale else Fraction(0)
    made = tuple(
        Answer(id=text, value=max(value, 0) * is_scale, is_unsure=is_unsure, agrees=is_scale and value > middle)
        for text, value, is_unsure in zip(answers, values, unsure, strict=True)
    )
    return [
        Poll(
            id=title,
            kind=SCALE if is_scale else CHOICE,
            answers=made,
            questions=tuple(Named(id=text) for text in questions),
            repeats="" if index == 0 else rounds[0],
        )
        for index, title in enumerate(rounds)
    ]


def _values(answers: Sequence[str], measures: Measures) -> list[int]:
    """Return the steps of a scale, as the headers give them, or as the words of agreement follow each other."""
    given = [_NONE if measures.is_unsure(text) else _value(text) for text in answers]
    if set(given) != {_NONE}:
        return given
    levels = [0 if measures.is_unsure(text) else measures.level(text) for text in answers]
    steps = sorted(set(filter(None, levels)))
    if len(steps) < sum(map(bool, levels)) or not (steps and steps[0] < _MIDDLE < steps[-1]):
        return given
    return [steps.index(level) + 1 if level else _NONE for level in levels]
