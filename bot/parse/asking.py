"""Find the questions in a text: its sentences that end with a question mark of any language."""

import re
from collections.abc import Sequence

from bot.parse.names import label, split_label

_ADDRESS = re.compile(r"\b(?:https?|ftp)://\S{1,2000}|\bwww\.\S{1,2000}")
# A full stop only ends a sentence before a space, so that "2.5" does not; those of unspaced scripts always do.
_STOPS = ".!…"
_FULL_STOPS = "。！।"
_CLOSING = "\"'»”’)）」』"
_OPENING = "¿"
_LONGEST = 300


def questions(text: str, marks: Sequence[str]) -> list[str]:
    """Return the questions of a text in order; addresses with question marks in them are none."""
    ending = _ending(marks)
    plain = _ADDRESS.sub(" ", text)
    if not any(mark in plain for mark in ending):
        return []
    return [question for sentence in _sentences(plain, ending) if (question := _question(sentence, ending))]


def _ending(marks: Sequence[str]) -> frozenset[str]:
    """Return the marks that end a question, full-width ones too; the data holds them folded."""
    return frozenset([*marks, "？"]) - {_OPENING}


def _sentences(text: str, marks: frozenset[str]) -> list[str]:
    sentences: list[str] = []
    start = 0
    for at, letter in enumerate(text):
        if letter in marks or letter in _STOPS or letter in _FULL_STOPS or letter == "\n":
            end = _end(text, at, marks)
            if end:
                sentences.append(text[start:end])
                start = end
    return [*sentences, text[start:]]


def _end(text: str, at: int, marks: frozenset[str]) -> int:
    """Return where a sentence ends with this sign and closing quotation marks, or 0 where it goes on."""
    after = text[at + 1 : at + 2]
    if after in marks or (after and after in _STOPS):
        return 0
    if text[at] in _FULL_STOPS or text[at] in "？\n":
        return at + 1
    end = at + 1
    while end < len(text) and end <= at + 3 and text[end] in _CLOSING:
        end += 1
    is_inside = end > at + 1 and text[end - 1] in ")）"
    return end if not is_inside and not text[end : end + 1].strip() else 0


def _question(sentence: str, marks: frozenset[str]) -> str:
    """Return a sentence that ends with a question mark and has words before it."""
    asked = sentence.strip().rstrip(f"{_CLOSING} ").rstrip("!…")
    if not asked or asked[-1] not in marks or not any(letter.isalpha() for letter in asked):
        return ""
    if asked[-1] == ";" and not _is_greek(asked):  # elsewhere a semicolon
        return ""
    return asked if len(asked) <= _LONGEST else f"…{asked[-_LONGEST:]}"


def _is_greek(text: str) -> bool:
    return any("\u0370" <= letter <= "\u03ff" or "\u1f00" <= letter <= "\u1fff" for letter in text)


def open_question(title: str, words: Sequence[str], marks: Sequence[str]) -> str:
    """Return the question that a heading is, as in "Open question: …" or "Why a hub?", or nothing."""
    before, rest = split_label(title)
    if rest and label(before) in words:
        return rest
    return title if _question(title, _ending(marks)) else ""
