"""Keep the register of questions: ids that stay, where each question is asked, and its state, by a person's word."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.analyze.register_match import Group, grouped
from bot.memory import Memory
from bot.model import Place, Problem
from bot.parse.register_row import remembered
from bot.parse.said_state import States, Words
from bot.parse.wording import Wordings
from bot.questions import ANSWERED, OPEN, Answer, Entry, QuestionReading, Remembered, Said

_MOST_WORDINGS = 8  # that one row remembers
_MOST_PAGES = 5
_MOST_ANSWERS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What the settings say of questions: which kinds count, how alike one must be, themes, and words of states."""

    kinds: frozenset[str]
    likeness: float
    themes: tuple[str, ...]
    words: Wordings
    states: States
    unkept: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """All questions by id; themes are their ids in the settings' order."""

    entries: tuple[Entry, ...]
    themes: tuple[str, ...]
    title: str
    problems: tuple[Problem, ...]

    def in_state(self, state: str) -> list[Entry]:
        """Return the questions in a state that are still asked and surely wait for an answer, longest asked first."""
        return self._sorted(each for each in self.entries if each.state == state and each.is_sure and each.is_asked)

    @property
    def unsure(self) -> list[Entry]:
        """Return the questions that may be rhetorical and of which nobody said what they are."""
        return self._sorted(each for each in self.entries if not each.is_sure and each.is_asked)

    @property
    def gone(self) -> list[Entry]:
        """Return the questions that no source asks any more."""
        return self._sorted(each for each in self.entries if not each.is_asked)

    def about(self, theme: str) -> list[Entry]:
        """Return the open questions of a theme, longest asked first; those of none where it is empty."""
        return [each for each in self.in_state(OPEN) if each.theme == theme]

    @staticmethod
    def _sorted(entries: Iterable[Entry]) -> list[Entry]:
        return sorted(entries, key=_longest_asked)


def _longest_asked(entry: Entry) -> tuple[datetime, int]:
    return entry.first, entry.number


def register(reading: QuestionReading, memory: Memory, rules: Rules) -> Register:
    """Return the register as it is to be: what was remembered, and what the pages ask now."""
    rows = remembered(memory.body)
    asked = [each for each in reading.asked if each.kind in rules.kinds]
    groups = grouped(asked, rows, rules.words, rules.likeness)
    known = {row.number: row for row in rows}
    following = max(known, default=0) + 1
    entries: list[Entry] = []
    for group in groups:
        number = group.number or following
        following += not group.number
        entries.append(_entry(number, group, known.get(number), memory, rules))
    numbers = {entry.number for entry in entries}
    entries += [_gone(row, memory, rules) for row in rows if row.number not in numbers]
    entries.sort(key=_number)
    problems = [problem for entry in entries for problem in entry.said.problems]
    if rules.unkept:
        problems.insert(0, Problem(place=rules.unkept, message="question-unkept"))
    return Register(
        entries=tuple(entries),
        themes=rules.themes,
        title=memory.place.title,
        problems=(*reading.problems, *problems),
    )


def _number(entry: Entry) -> int:
    return entry.number


def _entry(number: int, group: Group, row: Remembered | None, memory: Memory, rules: Rules) -> Entry:
    asked = tuple(group.asked)
    wordings = list(dict.fromkeys(each.question for each in asked))
    found = [answer for each in asked for answer in each.answers]
    said = _said(f"Q{number}", memory, rules)
    themes = [each.theme for each in asked] + ([row.theme] if row and row.theme in rules.themes else [])
    moments = [each.first for each in asked] + ([row.first] if row else [])
    return Entry(
        number=number,
        question=_surest(group),
        first_wording=row.first_wording if row else _surest(group),
        first=min(moments).replace(microsecond=0),
        asked=asked,
        theme=next((theme for theme in themes if theme), ""),
        found=ANSWERED if found else OPEN,
        is_unsure=all(each.is_unsure for each in asked),
        said=said,
        answers=tuple([*_links(said), *found][:_MOST_ANSWERS]),
        wordings=tuple(wordings[:_MOST_WORDINGS]),
        pages=tuple(dict.fromkeys(each.place.title for each in asked))[:_MOST_PAGES],
        spots=tuple(dict.fromkeys(each.spot for each in asked))[:_MOST_PAGES],
    )


def _surest(group: Group) -> str:
    """Return the wording that a question is shown in: the first one that is surely meant."""
    return next((each.question for each in group.asked if not each.is_unsure), group.asked[0].question)


def _gone(row: Remembered, memory: Memory, rules: Rules) -> Entry:
    """Return a question that no source asks any more: all of it is kept, and comes back with the question."""
    said = _said(row.id, memory, rules)
    return Entry(
        number=row.number,
        question=row.wordings[0],
        first_wording=row.first_wording,
        first=row.first,
        asked=(),
        theme=row.theme if row.theme in rules.themes else "",
        found=row.state,
        is_unsure=row.is_unsure,
        said=said,
        answers=_links(said),
        wordings=row.wordings,
        pages=row.pages,
        spots=row.spots,
    )


def _links(said: Said) -> tuple[Answer, ...]:
    """Return the link that a person put, which stands in the register."""
    return (Answer(kind="link", place=said.place, target=said.target),) if said.target and said.place else ()


def _said(id_: str, memory: Memory, rules: Rules) -> Said:
    """Return what people wrote of a question: its state in words, or by a link or words that answer."""
    state_field, answer_field = f"state-{id_}", f"answer-{id_}"
    heard = memory.where_said(state_field, answer_field)
    if heard is None:
        return Said()
    fields = heard.fields
    place = replace(heard.at(f"yours:{state_field} "), section=id_)
    state = rules.states.read(fields.get(state_field, ""))
    answer = rules.states.read(fields.get(answer_field, ""))
    if not answer.target and rules.states.lacks_link(answer.text):
        answer = Words(text=answer.text)
    elif not answer.state and (answer.target or (answer.text and not rules.states.evades(answer.text))):
        answer = replace(answer, state=ANSWERED)
    problems: tuple[Problem, ...] = ()
    if not state.state and not state.target and state.text:
        problems = (Problem(place=place, message="question-state", details=(state.text, id_)),)
    chosen = state.state or answer.state or (ANSWERED if state.target else "")
    words = " – ".join(each for each in (state.text, answer.text) if each)
    return Said(state=chosen, target=answer.target or state.target, text=words, problems=problems, place=place)
