"""Find how many people a page says took part, and which of these statements a table answers to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.parse.lexicon import Mark
from bot.parse.published import Published, Sentence
from bot.parse.quantity import COUNT, Quantity

_NEAR = 4  # words between a number and what it counts
_LETTER_N = "n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """A number of people in a sentence; is_answer tells that the words are of answering, not only of being there."""

    value: int
    line: int
    section: int
    paragraph: int
    is_answer: bool
    sentence: Sentence
    figure: Quantity


def sizes(published: Published) -> list[Size]:
    """Return every number of people on a page, in order."""
    return [size for sentence in published.sentences for size in _in_sentence(sentence)]


def near(several: Sequence[Size], published: Published, section: int, line: int) -> list[Size]:
    """Return the sizes that may be a table's, nearest first: those of its section, else of the sections around it."""
    at = section
    while True:
        here = [size for size in several if size.section == at]
        before = [size for size in here if size.line <= line]
        if at != section:
            here = before
        if here:
            return sorted(here, key=lambda size: (size.line > line, abs(line - size.line)))
        if at == 0:
            return []
        at = published.sections[at].parent


def _in_sentence(sentence: Sentence) -> Iterable[Size]:
    people = sentence.having("people")
    answered = bool(sentence.having("answered"))
    lessening = sentence.having("fewer", "more")
    for figure in sentence.figures:
        if figure.kind != COUNT or figure.sign or figure.bound or figure.decimals or figure.value < 2:
            continue
        if _is_change(sentence, figure, lessening):
            continue
        is_n = _follows_n(sentence, figure)
        is_one = any(_counts(sentence, figure, mark) for mark in people) or _is_part(sentence, figure, people)
        if is_n or is_one or _is_of_them(sentence, figure):
            yield Size(
                value=int(figure.value),
                line=sentence.line_at(figure.start),
                section=sentence.section,
                paragraph=sentence.paragraph,
                is_answer=answered or is_n or sentence.kind == "caption",
                sentence=sentence,
                figure=figure,
            )


def _follows_n(sentence: Sentence, figure: Quantity) -> bool:
    before = sentence.text[: figure.start].rstrip()
    name = before.rstrip("=: ").casefold()
    return before.endswith(("=", ":")) and (name == _LETTER_N or name.endswith((f" {_LETTER_N}", f"({_LETTER_N}")))


def _counts(sentence: Sentence, figure: Quantity, people: Mark) -> bool:
    """Tell whether a number counts people: "55 (of the) people", or "participants: 55"."""
    if people.start - figure.end >= 0:
        between = sentence.text[figure.end : people.start]
        return (
            len(between.split()) < _NEAR
            and not any(sign in between for sign in ".,;:()")
            and not _has_figure(sentence, figure.end, people.start)
        )
    return sentence.text[people.end : figure.start].strip() in (":", "=", "(", "– ", "was", "were")


def _is_part(sentence: Sentence, figure: Quantity, people: Sequence[Mark]) -> bool:
    """Tell whether a number is one of so many people: the 33 of "33 of 72 participants"."""
    whole = next((each for each in sentence.figures if each.start >= figure.end), None)
    if whole is None or whole.kind != COUNT or not any(_counts(sentence, whole, mark) for mark in people):
        return False
    between = [mark for mark in sentence.having("of") if figure.end <= mark.start and mark.end <= whole.start]
    return bool(between) and len(sentence.text[figure.end : whole.start].split()) <= _NEAR


def _is_of_them(sentence: Sentence, figure: Quantity) -> bool:
    """Tell "180 of them", where the sentence before says of how many, and this one how many answered."""
    them = [mark for mark in sentence.having("them") if mark.start >= figure.end]
    is_next = bool(them) and not sentence.text[figure.end : them[0].start].strip()
    return is_next and bool(sentence.having("answered", "rate"))


def _has_figure(sentence: Sentence, start: int, end: int) -> bool:
    return any(start <= figure.start < end for figure in sentence.figures)


def _is_change(sentence: Sentence, figure: Quantity, lessening: Sequence[Mark]) -> bool:
    """Tell whether a number says how many fewer or more: it stands next to such a word."""
    for mark in lessening:
        if mark.start - figure.end >= 0 and len(sentence.text[figure.end : mark.start].split()) <= 1:
            return True
    return False
