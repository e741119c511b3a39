"""Look between the figures of a sentence: what words stand there, and what parts them."""

from collections.abc import Sequence

from bot.parse.lexicon import Mark, Token
from bot.parse.published import Sentence
from bot.parse.quantity import Quantity

_PARTING = ".;:!?"


def words_in(sentence: Sentence, start: int, end: int) -> list[Token]:
    """Return the words between two offsets, figures left out."""
    return [
        token
        for token in sentence.words
        if start <= token.start and token.end <= end and not _is_figure(sentence.figures, token)
    ]


def distance(sentence: Sentence, start: int, end: int) -> float:
    """Return how many words stand between two offsets, figures left out."""
    return sum(token.weight for token in words_in(sentence, start, end))


def _is_figure(figures: Sequence[Quantity], token: Token) -> bool:
    return any(figure.start <= token.start < figure.end for figure in figures)


def marks_in(sentence: Sentence, start: int, end: int, *roles: str) -> list[Mark]:
    """Return the marks of some roles between two offsets."""
    return [mark for mark in sentence.marks if mark.role in roles and start <= mark.start and mark.end <= end]


def only_of(sentence: Sentence, start: int, end: int, *roles: str) -> bool:
    """Tell whether all words between two offsets belong to phrases of some roles."""
    marks = marks_in(sentence, start, end, *roles)
    words = words_in(sentence, start, end)
    return all(any(mark.start <= word.start and word.end <= mark.end for mark in marks) for word in words)


def is_parted(text: str) -> bool:
    """Tell whether a stretch of text holds more than one clause."""
    return any(sign in text for sign in _PARTING)


def figures_in(sentence: Sentence, start: int, end: int) -> list[Quantity]:
    """Return the figures between two offsets."""
    return [figure for figure in sentence.figures if start <= figure.start and figure.end <= end]


def text_of(sentence: Sentence, figure: Quantity) -> str:
    """Return a figure as it is printed."""
    return sentence.text[figure.start : figure.end]


def parenthesis(sentence: Sentence, at: int) -> tuple[int, int] | None:
    """Return the inside of the parenthesis that holds an offset, None where none does."""
    opened = sentence.text.rfind("(", 0, at)
    closed = sentence.text.find(")", at)
    if opened < 0 or closed < 0 or ")" in sentence.text[opened:at]:
        return None
    return opened + 1, closed


def clause_bounds(sentence: Sentence, at: int) -> tuple[int, int]:
    """Return the offsets of the clause around an offset: up to a semicolon or a word such as "but"."""
    cuts = [
        index for index, sign in enumerate(sentence.text) if sign in ";:" or sentence.text[index : index + 2] == ". "
    ]
    cuts += [mark.start for mark in sentence.having("but")]
    start = max((cut for cut in cuts if cut < at), default=0)
    end = min((cut for cut in cuts if cut >= at and cut > start), default=len(sentence.text))
    return start, end
