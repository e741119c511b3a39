"""Recognise what stands around a question: its label, what makes it rhetorical, and whether a text answers."""

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.languages import Language
from bot.parse.asking import Marks, Sentence, open_question, sentences
from bot.parse.names import label, split_label
from bot.parse.wording import Phrases, Wording, at_last_pause, is_alike, tokens, wordings

_NUMBERED = re.compile(r"\s{0,9}(?:n[o°º]\.?\s{0,3}|[#№]\s{0,3})?\d{1,4}$|\s{0,9}\([^()]{1,60}\)$")
_LETTERS = frozenset({"q", "问", "問", "문", "س", "ש"})  # that stand for nothing but a question
_LONGEST_LABEL = 60
_SHORTEST_WORD = 4  # letters of a label that may have more words behind it, as in "Answer by the board:"
_FEWEST_LETTERS = 3  # of a question in a script without spaces
_PAUSE = re.compile(r"[.,،、，;:!–—…]|-")
_ENDS = "?？؟;‽!. \t\u037e\u00a0\u202f\"'»”’)）」』"
_ARROW = re.compile(r"\s{0,9}(?:[→⇒⟶➔➜►]|[-=]{1,2}>|:\s)\s{0,9}")
_LONGEST_EVASION = 12  # words; a longer reply says more than that nobody knows
_MOST_THANKED = 1  # word behind thanks, such as a name
_FEW_WORDS = 3  # at the beginning of a statement that answers
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A line split at its label: kind is "question", "answer", "open" (a list or a question follows) or empty."""

    kind: str
    rest: str


class QuestionNames:
    """The words of questions of all languages, ready to be looked up."""

    def __init__(self, words: Language) -> None:
        own, talk = words.questions, words.talk
        self.signs = Marks.of(talk.question_marks, own.endings, own.abbreviations)
        self._marks = talk.question_marks
        self.marks = tuple(self.signs.marks)
        self._open = frozenset(talk.open_question_headings)
        self._several = tuple(own.several)
        self._questions = frozenset(own.questions)
        self._answers = frozenset(own.answers)
        minutes = words.minutes
        self._labels = frozenset([*minutes.comments, *minutes.sessions, *minutes.about, *minutes.outside])
        self._first_words = {each.partition(" ")[0] for each in (*self._open, *self._questions, *self._answers)}
        self._leads = Phrases([*(word for word in own.questions if len(word) > 1), *self._open])
        self._tails = Phrases(own.tails)
        self._longest_tail = max((len(tokens(tail)) for tail in own.tails), default=0)
        self._light = Phrases(own.light)
        self._at_once = Phrases(own.at_once)
        self._wordings = wordings()
        self._yes_or_no = Phrases(word for word in [*words.needs.yes, *words.needs.no] if word.isalpha() and word[1:])
        self._rhetorical = Phrases(own.rhetorical)
        self._openings = Phrases(own.openings)
        self._not_answers = Phrases(own.not_answers)
        self._thanks = Phrases(own.thanks)
        self._answer_words = Phrases(word for word in own.answers if len(word) > 1)
        self._answered = Phrases(own.answered)
        self._nothing = frozenset(words.needs.nothing)
        self._settling = frozenset([*own.answered, *words.needs.yes_templates, *words.needs.no_templates])

    def sentences(self, text: str) -> list[Sentence]:
        """Return the sentences of a text."""
        return sentences(text, self.signs)

    def split(self, text: str) -> Labelled:
        """Split a line at its label, such as "Q:", "Answer (Amina):" or "Open questions:"."""
        before, rest = split_label(text)
        if not rest and not text.rstrip().endswith((":", "：")) and label(text) not in self._open:
            return Labelled(kind="", rest=text)
        named = label(_NUMBERED.sub("", before.rstrip(": ：")))
        if named.partition(" ")[0] not in self._first_words:
            return Labelled(kind="", rest=text)
        for kind, known in (("open", self._open), ("question", self._questions), ("answer", self._answers)):
            if named in known or (len(before) <= _LONGEST_LABEL and _begins(named, known, kind)):
                return Labelled(kind=kind if self._is_meant(named, kind, rest) else "", rest=rest)
        return Labelled(kind="", rest=text)

    def _is_meant(self, named: str, kind: str, rest: str) -> bool:
        """Tell a label from a letter that stands for something else: one letter, apart from Q, needs a question."""
        if kind != "question" or len(named) > 1 or named in _LETTERS:
            return True
        return any(each.is_question for each in self.sentences(rest))

    def is_label(self, name: str) -> bool:
        """Tell whether a word before a colon is that of a question, an answer or a topic of notes, and no name."""
        said = label(name)
        return said in self._labels or bool(self.split(f"{name}: x").kind)

    def is_open_list(self, title: str) -> bool:
        """Tell whether a heading stands above open questions, as "Open questions on funding" does."""
        named = label(title)
        return named in self._open or any(
            named.startswith(each) and not named[len(each) : len(each) + 1].isalpha() for each in self._open
        )

    def heads(self, title: str) -> str:
        """Return "question" or "answer" for the head of such a column, "open" for one of open questions."""
        named = label(title)
        for kind, known in (("open", self._open), ("question", self._questions), ("answer", self._answers)):
            if len(named) > 1 and named in known:
                return kind
        return ""

    def of_heading(self, title: str) -> Labelled:
        """Return the question that a heading is; kind is "open" where it says so, "question" where it only asks."""
        found = self.split(title)
        if self.is_list_about(title, found):
            return Labelled(kind="", rest="")
        if found.kind in ("open", "question") and self.is_something(found.rest):
            return Labelled(kind="open", rest=found.rest)
        asked = open_question(title, tuple(self._open), self._marks)
        return Labelled(kind="question" if self.is_something(asked) else "", rest=asked)

    def is_list_about(self, title: str, found: Labelled) -> bool:
        """Tell whether a line names what several questions are about, as "Open questions: membership" does."""
        if found.kind != "open" or not label(title).startswith(self._several) or self.has_question(found.rest):
            return False
        return not self.asks(found.rest)

    def asks(self, text: str) -> bool:
        """Tell whether a text begins with a word that asks, light words before it aside."""
        return self._wordings.asks(text)

    def without_lead(self, question: str) -> str:
        """Return a question without words that only announce it, as "The question of value: …" does."""
        at = max(question.rfind(": "), question.rfind("："))
        before, rest = question[:at], question[at + 1 :].strip()
        said = tokens(before)
        is_lead = self._leads.within(said) or self._light.whole(said)
        return rest if at > 0 and is_lead and len(tokens(rest)) >= 2 else question

    def tag(self, sentence: Sentence) -> bool:
        """Tell whether a sentence is a statement with a tail that makes it a question, as "…, right?" does."""
        text = sentence.text.rstrip(_ENDS)
        pause = at_last_pause(text)
        if self._tails.whole(tokens(pause.behind)):
            return bool(sentence.lead) or not self.asks(pause.before)
        said = tokens(text)
        least = 1 if _UNSPACED.search(text[-1:]) else 3
        lengths = range(least, min(self._longest_tail, len(said) - 1) + 1)
        return any(self._tails.whole(said[-length:]) for length in lengths) and not self.asks(text)

    def is_rhetorical(self, sentence: Sentence, following: Sentence | None = None) -> bool:
        """Tell whether a question may want no answer; following is the sentence behind it."""
        if sentence.is_quoted or self.tag(sentence):
            return True
        said = tokens(sentence.text)
        if self._rhetorical.whole(said) or self._is_short(sentence.text, said) or self._opens(said):
            return True
        if following is None or following.is_question:
            return False
        return self._is_answered_at_once(sentence.text, following.text)

    def _opens(self, said: tuple[str, ...]) -> bool:
        """Tell whether a question begins as rhetorical ones do, light words before it aside."""
        for at in range(min(3, len(said))):
            if self._openings.at(said, at):
                return True
            if not self._light.at(said, at):
                break
        return False

    def _is_answered_at_once(self, question: str, following: str) -> bool:
        """Tell whether the next sentence answers; a yes or no answers nobody who asked who, what or how."""
        behind = tokens(following)
        if not behind or self._not_answers.within(behind) or self._leads.within(behind):
            return False
        at_once = self._at_once.at(behind)
        if at_once == 1 and self._answer_words.within(behind):  # "Nobody has given an answer."
            return False
        if at_once or self._repeats(question, following):
            return True
        length = self._yes_or_no.at(behind)
        is_alone = length == len(behind) or bool(_PAUSE.match(following[len(behind[0]) :].lstrip()))
        return length == 1 and is_alone and not self.asks(question)

    def _repeats(self, question: str, following: str) -> bool:
        """Tell whether a statement takes up every word of a question, as in "Who pays? The members pay."."""
        asked = self._wordings.of(question).content
        return bool(asked) and set(asked) <= set(self._wordings.of(following).content)

    def has_question(self, text: str) -> bool:
        """Tell whether a text asks anything."""
        return any(each.is_question for each in self.sentences(text))

    def answers_at_once(self, question: str, first: str) -> bool:
        """Tell whether what stands below a heading that asks plainly answers it, and does not go on asking.

        That is a yes or no, few words that end with a light one, as in "Bea does.", or a sentence that says first
        what the question is about, as in "The fund pays.", but no such as "I wonder who pays.".
        """
        statement = next(iter(self.sentences(first)), None)
        if statement is None:
            return False
        said = tokens(statement.text)
        if len(said) <= _FEW_WORDS and said and self._light.at(said, len(said) - 1):
            return True
        asked, answered = self._wordings.of(question), self._wordings.of(statement.text)
        if asked.turning & answered.turning or (
            self._repeats(question, statement.text) and not self._is_near(asked, said)
        ):
            return False
        return self._is_answered_at_once(question, statement.text)

    def _is_near(self, asked: Wording, said: tuple[str, ...]) -> bool:
        """Tell whether one of the first words of a statement is one that the question asks about."""
        return any(is_alike(word, other) for word in asked.content for other in said[:_FEW_WORDS])

    def _is_short(self, text: str, said: tuple[str, ...]) -> bool:
        letters = sum(letter.isalpha() for letter in text)
        return letters < _FEWEST_LETTERS if _UNSPACED.search(text) else len(said) < 2

    def is_answer(self, text: str) -> bool:
        """Tell whether a reply says anything that is no question itself, nor that nobody knows."""
        said = [each for each in self.sentences(text) if not each.is_question and any(map(str.isalnum, each.text))]
        words = tokens(" ".join(each.text for each in said))
        if not words or (self._thanks.at(words) and len(words) <= self._thanks.at(words) + _MOST_THANKED):
            return False
        return len(words) > _LONGEST_EVASION or not self._not_answers.within(words)

    def is_answered(self, following: str) -> bool:
        """Tell whether the words behind a question answer it: an arrow and more, or the word "answered" alone."""
        said = _ARROW.match(following)
        if said:
            return self.is_answer(following[said.end() :])
        return self._answered.whole(tokens(following))

    def is_something(self, topic: str) -> bool:
        """Tell whether words without a question mark name a question: not "none", nor a mark alone."""
        return any(map(str.isalpha, topic)) and label(topic.rstrip(".")) not in self._nothing

    def labels(self, template: str) -> bool:
        """Tell whether a template is named as the label of a question, such as {{open question|…}}."""
        named = label(template)
        return named in self._open or named in self._questions

    def settles(self, template: str) -> bool:
        """Tell whether a template alone is an answer, as {{yes}} and {{answered}} are."""
        return template in self._settling


def _begins(named: str, known: frozenset[str], kind: str) -> bool:
    """Tell whether a label says more behind a known word: "Response from staff", "Open questions on funding"."""
    if kind == "open":
        return any(named.startswith(f"{each} ") for each in known)
    first, _, more = named.partition(" ")
    return bool(more) and len(first) >= _SHORTEST_WORD and first in known and kind != "question"


@lru_cache(maxsize=8)
def question_names(words: Language) -> QuestionNames:
    """Return the words of questions, compiled once."""
    return QuestionNames(words)
