"""Recognise what headers, rows and ballots name: questions, answers, polls, and what stands beside counts."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.languages import PollWords
from bot.parse.names import label, split_label
from bot.parse.poll_values import Answer, Named, Poll
from bot.parse.text import fold

COUNT, SHARE, TOTAL, OTHER = "count", "share", "total", "other"
_PARENTHESIS = re.compile(r"[(（]([^()（）]{0,80})[)）]\s{0,9}$")
_BRACKET = re.compile(r"\[([^\[\]]{1,200})\]\s{0,9}$")
_ROUND_NUMBER = re.compile(r"(?:\s{0,3}(?:no\.?|nr\.?|n°|№|#)?\s{0,3}\d{1,2}|\s[ivx]{1,4})$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """What a header, or several together, say of a cell; empty where they do not say it."""

    question: str = ""
    answer: str = ""
    poll: str = ""
    measure: str = ""

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was recognised."""
        return not (self.question or self.answer or self.poll or self.measure)

    def over(self, other: "Roles") -> "Roles":
        """Return these roles, with another's where these are silent."""
        return Roles(
            question=self.question or other.question,
            answer=self.answer or other.answer,
            poll=self.poll or other.poll,
            measure=self.measure or other.measure,
        )


def normal(text: str) -> str:
    """Return text as it is compared, with every script's digits as 0 to 9."""
    folded = label(text)
    return "".join(str(unicodedata.digit(sign)) if sign.isdecimal() else sign for sign in folded)


def variants(text: str) -> Iterator[str]:
    """Yield the ways to take a header: as it stands, without a parenthesis, in brackets, before a colon or dash."""
    yield normal(text)
    bare = _PARENTHESIS.sub("", text).strip()
    yield normal(bare)
    if bracket := _BRACKET.search(text):
        yield normal(bracket[1])
    before, rest = split_label(bare)
    if rest:
        yield normal(before)


def in_parentheses(text: str) -> str:
    """Return what stands in the parentheses that end a text."""
    found = _PARENTHESIS.search(text)
    return found[1].strip() if found else ""


class Measures:
    """The words for what stands beside answers: shares, totals, rates, means, changes; and for rounds of a poll."""

    def __init__(self, words: PollWords) -> None:
        # A name in words of its own would fold away the sign that it consists of: "%" is compared as it is.
        kinds = {SHARE: words.shares, TOTAL: words.totals, COUNT: words.counts}
        kinds[OTHER] = (*words.rates, *words.means, *words.changes)
        self._kinds = {fold(word): kind for kind, several in kinds.items() for word in several}
        self._rounds = frozenset(normal(word) for word in words.rounds)
        self.answers = frozenset(normal(word) for word in (*words.answers, *words.unsure))
        self.unsure = frozenset(normal(word) for word in words.unsure)

    def find(self, text: str) -> str:
        """Return what a header measures, or nothing."""
        for each in (fold(text), *variants(text)):
            if kind := self._kinds.get(each):
                return kind
        return ""

    def is_round(self, text: str) -> bool:
        """Tell whether a text names one of several polls, such as "Poll 2" or "Before"."""
        bare = normal(_PARENTHESIS.sub("", text))
        return bare in self._rounds or _ROUND_NUMBER.sub("", bare) in self._rounds

    def is_answer(self, text: str) -> bool:
        """Tell whether a text is an answer that people are often offered."""
        return any(each in self.answers for each in variants(text))


class PollNames:
    """The names of one family of polls, which share questions and answers."""

    def __init__(self, polls: Sequence[Poll], measures: Measures) -> None:
        self.polls = tuple(polls)
        self.measures = measures
        self._questions = _lookup(polls[0].questions)
        self._answers = _lookup(polls[0].answers)
        self._values = {str(each.value): each.id for each in polls[0].answers if each.value and not each.is_unsure}
        self._polls = _lookup(polls)

    @property
    def questions(self) -> tuple[Named, ...]:
        """Return the questions in the settings' order."""
        return self.polls[0].questions

    @property
    def answers(self) -> tuple[Answer, ...]:
        """Return the answers in the settings' order."""
        return self.polls[0].answers

    def question(self, text: str) -> str:
        """Return the question that a text names, or nothing."""
        return _find(self._questions, text)

    def answer(self, text: str) -> str:
        """Return the answer that a text names or whose value it is, or nothing."""
        return _find(self._answers, text) or self._values.get(normal(text), "")

    def poll(self, text: str) -> str:
        """Return the poll that a text names, or nothing."""
        return _find(self._polls, text)

    def roles(self, text: str) -> Roles:
        """Return what one header says."""
        question, answer = self.question(text), self.answer(text)
        poll = self.poll(text)
        measure = "" if question or answer or poll else self.measures.find(text)
        return Roles(question=question, answer=answer, poll=poll, measure=measure)

    def score(self, texts: Iterable[str]) -> int:
        """Return how much of what headers name is of this family; none where an axis is missing."""
        found = [self.roles(text) for text in dict.fromkeys(texts)]
        questions = {roles.question for roles in found if roles.question}
        answers = {roles.answer for roles in found if roles.answer}
        return len(questions) + len(answers) if len(answers) > 1 else 0

    def title(self, several: Sequence[Named], id_: str) -> str:
        """Return a title for messages."""
        return next((each.title("en") for each in several if each.id == id_), id_)


def _lookup(several: Sequence[Named]) -> dict[str, str]:
    return {normal(name): each.id for each in reversed(several) for name in each.names}


def _find(lookup: dict[str, str], text: str) -> str:
    return next((lookup[each] for each in variants(text) if each and each in lookup), "")


def families(polls: Sequence[Poll], measures: Measures) -> list[PollNames]:
    """Return the names of polls, those together that ask the same."""
    together: dict[str, list[Poll]] = {}
    for poll in polls:
        together.setdefault(poll.family, []).append(poll)
    return [PollNames(several, measures) for several in together.values()]
