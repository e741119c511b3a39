"""Make out what a table of results is about where no settings say it: its own headers become the names."""

from collections.abc import Sequence
from fractions import Fraction

from bot.parse.poll_cell import NUMBERS, Entry, figures
from bot.parse.poll_grid import Part, Row, parts
from bot.parse.poll_names import Measures, PollNames, in_parentheses, normal
from bot.parse.poll_values import CHOICE, SCALE, Answer, Named, Poll

_MOST_NAMES = 200


def names_of(rows: Sequence[Row], title: str, measures: Measures) -> PollNames | None:
    """Return the names that a table gives itself, None where it is no table of counts or shares."""
    found = parts(rows, None)
    if not found or not any(entry.kind == NUMBERS for part in found for row in part.rows for entry in row):
        return None
    across = _labels([text for part in found for row in part.headers for text in _beside(part, row)], measures)
    down = _labels([text for part in found for row in part.rows for text in part.labels(row)], measures)
    if len(across) + len(down) > _MOST_NAMES or not across or not down:
        return None
    rounds = _rounds(found, measures)
    answers, questions = (across, down) if _answers_are_across(found[0], across, down, measures) else (down, across)
    return PollNames(_polls(rounds or [title], answers, questions, measures), measures)


def _beside(part: Part, row: Row) -> list[str]:
    return [entry.text for entry in row[part.label_columns :]]


def _labels(texts: Sequence[str], measures: Measures) -> list[str]:
    """Return what names questions or answers: neither rounds of a poll nor columns of shares, totals and means."""
    return [text for text in dict.fromkeys(texts) if text and not (measures.find(text) or measures.is_round(text))]


def _rounds(found: Sequence[Part], measures: Measures) -> list[str]:
    texts = [text for part in found for text in part.texts()]
    return [text for text in dict.fromkeys(texts) if measures.is_round(text)]


def _answers_are_across(part: Part, across: Sequence[str], down: Sequence[str], measures: Measures) -> bool:
    """Decide by the words, else by where shares add up to a hundred; else answers stand across the top."""
    weights = [sum(measures.is_answer(text) or bool(_value(text)) for text in texts) for texts in (across, down)]
    if weights[0] != weights[1]:
        return weights[0] > weights[1]
    shares = [[_share(entry) for _, entry in part.cells(row)] for row in part.rows]
    columns = [[row[at] for row in shares if at < len(row)] for at in range(max(map(len, shares)))]
    return all(map(_is_whole, shares)) or not all(map(_is_whole, columns))


def _share(entry: Entry) -> Fraction:
    return next(iter(figures(entry, "").shares), Fraction(0))


def _is_whole(shares: Sequence[Fraction]) -> bool:
    return abs(sum(shares, Fraction(0)) - 100) <= 3


def _value(text: str) -> int:
    """Return the value that a header such as "Agree (3)" gives its answer, 0 where it gives none."""
    found = normal(in_parentheses(text) or text)
    return int(found) if found.isdecimal() and len(found) < 3 else 0


def _polls(rounds: Sequence[str], answers: Sequence[str], questions: Sequence[str], measures: Measures) -> list[Poll]:
    values = [_value(text) for text in answers]
    middle = Fraction(min(filter(None, values), default=0) + max(values, default=0), 2)
    made = tuple(_answer(text, middle, measures) for text in answers)
    is_scale = all(each.value or each.is_unsure for each in made) and sum(bool(each.value) for each in made) > 1
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


def _answer(text: str, middle: Fraction, measures: Measures) -> Answer:
    bare = text.partition("(")[0].strip() or text
    is_unsure = normal(bare) in measures.unsure or normal(in_parentheses(text)) in measures.unsure
    value = 0 if is_unsure else _value(text)
    return Answer(id=text, value=value, is_unsure=is_unsure, agrees=value > middle)
