"""Recognise what headers, rows and ballots name: questions, answers, polls, and what stands beside counts."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.parse.names import split_label
from bot.parse.poll_values import SCALE, Answer, Named, Poll
from bot.parse.poll_words import (
    OTHER,
    Measures,
    exact,
    normal,
    number_and_label,
    pieces,
    variants,
    without_parenthesis,
)
from bot.parse.quantity import quantities

_STATED = re.compile(r"(?<!\w)n\s{0,3}[=:＝]\s{0,3}(?=\d)", re.IGNORECASE)
_WORD = re.compile(r"\w{1,60}")
_WHOLE_NUMBER = re.compile(r"(\d{1,2})[.,]0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """What a header, or several together, say of a cell; empty where they do not say it.

    total is how many people they say have answered, as in "Skills (n = 55)".
    """

    question: str = ""
    answer: str = ""
    poll: str = ""
    measure: str = ""
    total: int = 0

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
            total=self.total or other.total,
        )


class PollNames:
    """The names of one family of polls, which share questions and answers."""

    def __init__(self, polls: Sequence[Poll], measures: Measures) -> None:
        self.polls = tuple(polls)
        self.measures = measures
        self._questions = _lookup(polls[0].questions)
        self._answers = _lookup(polls[0].answers)
        valued = [each for each in polls[0].answers if polls[0].kind == SCALE and not each.is_unsure]
        self._values = {str(each.value): each.id for each in valued}
        # What names an answer or a question names no poll: an id such as "must-have" may be called like one.
        taken = {*self._questions, *self._answers}
        self._polls = {name: id_ for name, id_ in _lookup(polls).items() if name not in taken}
        # The same few words stand in most lines of a page.
        self._answered: dict[str, str] = {}
        self._said: dict[str, Roles] = {}

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
        """Return the answer that a text names or whose value it is, or nothing where the two differ."""
        if text not in self._answered:
            self._answered[text] = self._answer(text)
        return self._answered[text]

    def _answer(self, text: str) -> str:
        whole = normal(text)
        if found := _whole(self._answers, text) or self._values.get(_WHOLE_NUMBER.sub(r"\1", whole)):
            return found
        number, label = number_and_label(text)
        if number and label in self._questions:
            return ""
        if number and (named := self._answers.get(label, "")):
            return named if self._values.get(number, named) == named else ""
        return _find(self._answers, text) or self._values.get(normal(without_parenthesis(text)), "")

    def poll(self, text: str) -> str:
        """Return the poll that a text names, or nothing."""
        return _find(self._polls, text)

    def poll_within(self, text: str) -> str:
        """Return the only poll of whose names one stands among the words of a text, or nothing."""
        words = f" {' '.join(_WORD.findall(normal(text)))} "
        # One word alone, such as "after", stands in too many sentences to name anything.
        found = {id_ for name, id_ in self._polls.items() if " " in name and f" {name} " in words}
        return found.pop() if len(found) == 1 else ""

    def roles(self, text: str) -> Roles:
        """Return what one header says; one in several parts may say a thing with each."""
        if text not in self._said:
            self._said[text] = self._roles(text)
        return self._said[text]

    def heading(self, text: str) -> Roles:
        """Return what a heading says of the items below it; "Comments: Skills" is about a question, but asks none."""
        before, rest = split_label(without_parenthesis(text))
        question = self.question(text)
        if not question and rest and (self.poll(before) or any(sign.isdecimal() for sign in before)):
            question = self.question(rest)
        poll = self.poll(text) or _first(self._polls, pieces(text))
        return Roles(question=question, answer=self.answer(text), poll=poll)

    def _roles(self, text: str) -> Roles:
        total = stated_total(text)
        question, answer, poll = (_whole(known, text) for known in (self._questions, self._answers, self._polls))
        if question or answer or poll:
            return Roles(question=question, answer=answer, poll=poll, total=total)
        parts = pieces(text)
        question = self.question(text) or _first(self._questions, parts)
        answer = self.answer(text) or _first(self._answers, parts)
        poll = self.poll(text) or _first(self._polls, parts)
        if not (question or answer or poll):
            return Roles(measure=self.measures.find(text), total=total)
        kinds = [self.measures.find(part) for part in parts if normal(part) not in self._answers]
        measure = OTHER if OTHER in kinds else next(filter(None, kinds), "")
        return Roles(question=question, answer=answer, poll=poll, measure=measure, total=total)

    def score(self, texts: Iterable[str]) -> int:
        """Return how much of what headers name is of this family; none where an axis is missing."""
        found = [self.roles(text) for text in dict.fromkeys(texts)]
        questions = {roles.question for roles in found if roles.question}
        answers = {roles.answer for roles in found if roles.answer}
        return len(questions) + len(answers) if len(answers) > 1 else 0

    def title(self, several: Sequence[Named], id_: str) -> str:
        """Return a title for messages."""
        return next((each.title("en") for each in several if each.id == id_), id_)


def stated_total(text: str) -> int:
    """Return how many people a text says have answered, as in "n = 1,234"; 0 where it does not, or says several."""
    found = set()
    for sign in _STATED.finditer(text):
        number = next(iter(quantities(text[sign.end() : sign.end() + 20])), None)
        if number and number.start == 0 and number.value.denominator == 1:
            found.add(int(number.value))
    return found.pop() if len(found) == 1 else 0


def _first(lookup: Mapping[str, str], parts: Sequence[str]) -> str:
    return next((lookup[normal(part)] for part in parts if normal(part) in lookup), "")


def _whole(lookup: Mapping[str, str], text: str) -> str:
    return lookup.get(exact(text)) or lookup.get(normal(text), "")


def _lookup(several: Sequence[Named]) -> dict[str, str]:
    """Return ids by names; what two names come down to without their numbering names neither."""
    found = {exact(name): each.id for each in reversed(several) for name in each.names}
    owners: dict[str, set[str]] = {}
    for name, id_ in [(normal(name), each.id) for each in several for name in each.names]:
        owners.setdefault(name, set()).add(id_)
    return {name: min(ids) for name, ids in owners.items() if len(ids) == 1} | found


def _find(lookup: dict[str, str], text: str) -> str:
    return next((lookup[each] for each in variants(text) if each and each in lookup), "")


def families(polls: Sequence[Poll], measures: Measures) -> list[PollNames]:
    """Return the names of polls, those together that ask the same."""
    together: dict[str, list[Poll]] = {}
    for poll in polls:
        together.setdefault(poll.family, []).append(poll)
    return [PollNames(several, measures) for several in together.values()]
