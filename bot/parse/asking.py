"""Find the questions in a text: its sentences that end with a question mark of any language."""

import re
from collections.abc import Sequence

from bot.parse.names import label, split_label

_ADDRESS = re.compile(r"\b(?:https?|ftp)://\S{1,2000}|\bwww\.\S{1,2000}")
# A full stop only ends a sentence before a space, so that "2.5" and "e.g." inside a name do not.
_STOPS = ".!…。！‽।"
_LONGEST = 300


def questions(text: str, marks: Sequence[str]) -> list[str]:
    """Return the questions of a text in order; addresses with question marks in them are none."""
    plain = _ADDRESS.sub(" ", text)
    if not any(mark in plain for mark in marks):
        return []
    return [question for sentence in _sentences(plain, marks) if (question := _question(sentence, marks))]


def _sentences(text: str, marks: Sequence[str]) -> list[str]:
    sentences: list[str] = []
    start = 0
    for at, letter in enumerate(text):
        after = text[at + 1 : at + 2]
        ends = letter in marks or (letter in _STOPS and (not after.strip() or letter in "。！।"))
        if (ends and after not in (*marks, *_STOPS)) or letter == "\n":
            sentences.append(text[start : at + 1])
            start = at + 1
    return [*sentences, text[start:]]


def _question(sentence: str, marks: Sequence[str]) -> str:
    """Return a sentence that ends with a question mark and has words before it."""
    asked = sentence.strip().rstrip("\"'»”)）」』 ")
    if not asked.endswith(tuple(marks)) or not any(letter.isalpha() for letter in asked):
        return ""
    return asked if len(asked) <= _LONGEST else f"…{asked[-_LONGEST:]}"


def open_question(title: str, words: Sequence[str], marks: Sequence[str]) -> str:
    """Return the question that a heading is, as in "Open question: …" or "Why a hub?", or nothing."""
    before, rest = split_label(title)
    if rest and label(before) in words:
        return rest
    return title if _question(title, marks) else ""
