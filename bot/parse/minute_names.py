"""Recognise sessions by their names, the labels before statements, and headings that hold none."""

import re
from collections import Counter
from collections.abc import Sequence

from bot.languages import MinuteWords
from bot.parse.names import label, split_label
from bot.parse.same_words import normal
from bot.parse.text import fold

QUESTION, COMMENT, RESPONSE = "question", "comment", "response"
_TOKEN = re.compile(r"[^\W_]+")
_NUMBER_BEHIND = re.compile(r"\s?[#№]?\d{1,2}$")  # as in "Q2:"
_UNSPACED = "\u2e80"  # from here on most scripts write without spaces, so that words have no edges
_LONGEST_LABEL = 4  # words
_LONGEST_UNSPACED_LABEL = 24
_LONGEST_NAME = 120
_ENDS = (":", "：")


class MinuteNames:
    """The words of minutes, looked up; layers are those of single languages, the first of which are right.

    "S:" asks in one language and answers in another: a label that nobody's own language tells is taken for neither.
    """

    def __init__(self, words: MinuteWords, layers: Sequence[MinuteWords] = ()) -> None:
        self._sessions = frozenset(words.sessions)
        self._rooms = frozenset(words.rooms)
        self._pages = frozenset(words.pages)
        self._outside = frozenset(words.outside)
        self._about = frozenset(words.about)
        self._kinds: dict[str, str] = {}
        for layer in layers:
            self._kinds = _kinds(layer) | self._kinds
        self._kinds = _kinds(words) | self._kinds

    def kind(self, text: str) -> str:
        """Return what the label before a statement makes of it, or nothing."""
        before, rest = split_label(text)
        said = _NUMBER_BEHIND.sub("", label(before))
        return self._kinds.get(said, "") if rest or text.endswith(_ENDS) else ""

    def is_about(self, text: str) -> bool:
        """Tell whether a line says who took notes, who came, when and where, and no more."""
        before, rest = split_label(text)
        return bool(rest or text.endswith(_ENDS)) and label(before) in self._about

    def is_outside(self, title: str) -> bool:
        """Tell whether below a heading nothing was said in any session."""
        return label(title) in self._outside

    def names_session(self, text: str) -> bool:
        """Tell whether a text names one session: a word for it with a number or a letter, as in "Room B+C"."""
        return self._mentions(text, self._sessions | self._rooms) and _has_designator(text)

    def is_like_session(self, text: str) -> bool:
        """Tell whether the text of a reference speaks of a session at all."""
        return self._mentions(text, self._sessions | self._rooms)

    def in_title(self, title: str) -> str:
        """Return the session that the title of a page names in its last parts."""
        parts = [part.strip() for part in title.split("/") if part.strip()]
        while len(parts) > 1 and label(parts[-1]) in self._pages:
            parts.pop()
        if not parts:
            return title
        if len(parts) > 1 and self._is_room(parts[-1]) and self.names_session(parts[-2]):
            return f"{parts[-2]}, {parts[-1]}"
        return parts[-1] if len(parts) > 1 else parts[0].rpartition(":")[2].strip() or title

    def _is_room(self, part: str) -> bool:
        return self._mentions(part, self._rooms) and not self._mentions(part, self._sessions)

    @staticmethod
    def _mentions(text: str, words: frozenset[str]) -> bool:
        folded = fold(text)
        if not words.isdisjoint(_TOKEN.findall(folded)):
            return True
        return any(word in folded for word in words if word[0] >= _UNSPACED or " " in word)


def _kinds(words: MinuteWords) -> dict[str, str]:
    """Return what each label makes of a statement, those left out that could make two things of it."""
    several = {QUESTION: words.questions, COMMENT: words.comments, RESPONSE: words.responses}
    counts = Counter(word for listed in several.values() for word in listed)
    return {word: kind for kind, listed in several.items() for word in listed if counts[word] == 1}


def _has_designator(text: str) -> bool:
    tokens = _TOKEN.findall(text[:_LONGEST_NAME])
    if len(text) > _LONGEST_NAME:
        return False
    return any(token[0].isnumeric() or token[-1].isnumeric() or len(token) == 1 for token in tokens)


def is_bare_label(text: str) -> bool:
    """Tell whether a bullet only names what stands below it, such as "Profile:"."""
    if not text.endswith(_ENDS):
        return False
    said = text[:-1].strip()
    if any(letter >= _UNSPACED for letter in said):
        return len(said) <= _LONGEST_UNSPACED_LABEL
    return 0 < len(_TOKEN.findall(said)) <= _LONGEST_LABEL


def heading_names(title: str, aliases: Sequence[str] = ()) -> tuple[str, ...]:
    """Return all by which a heading is found again, as `label` leaves them."""
    return tuple(dict.fromkeys(heading_key(name) for name in (title, *aliases)))


def heading_key(title: str) -> str:
    """Return a heading as it is compared: whatever its case, numbering, space and punctuation."""
    return normal(label(title))
