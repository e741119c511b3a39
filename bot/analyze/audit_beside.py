"""Recompute a mean or a rate of agreement that stands in the text beside the table of one question."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from bot.analyze.audit_clause import distance, marks_in, only_of, text_of, words_in
from bot.analyze.audit_finding import Finding, as_printed, closer, fits, plain
from bot.analyze.audit_row import AGREEMENT, ALL, MEAN, WITHOUT_UNSURE, Fault, Row, Rules, faults, row_of
from bot.analyze.audit_tables import Read, rules_of
from bot.model import Place
from bot.parse.published import Published, Sentence
from bot.parse.quantity import COUNT, DECIMAL, PERCENT, Quantity

_NEAR = 3
_LINKS = ("being", "meaning", "of", "to", "reach", "agreement", "mean", "by")
_UNSURE = ("maybe", "negation", "gap", "fewer", "more", "since", "wave")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """The one table of a section, with one row of answers."""

    row: Row
    rules: Rules
    section: int


def check_beside(reads: Sequence[Read], published: Published, place: Place) -> Iterator[Finding]:
    """Yield the means and rates in the sections of single questions that their answers do not give."""
    several = {each.section: each for each in _questions(reads)}
    for sentence in published.sentences:
        question = several.get(sentence.section)
        if question is None or sentence.having(*_UNSURE):
            continue
        for figure, kind in _said(sentence, question):
            fault = _fault(question, figure, kind)
            if fault is not None:
                yield _finding(sentence, question, figure, fault, place)


def lone_sections(sections: Sequence[int]) -> frozenset[int]:
    """Return the sections that have one table."""
    return frozenset(section for section, number in Counter(sections).items() if number == 1)


def _questions(reads: Sequence[Read]) -> Iterator[Question]:
    alone = lone_sections([read.grid.section for read in reads])
    for read in reads:
        wholes = read.partition.wholes if read.partition else ()
        if read.grid.section not in alone or len(wholes) != 1:
            continue
        row = row_of(wholes[0])
        if row is not None:
            size = read.sizes.get(wholes[0].poll)
            bare = replace(row, mean=None, agreement=None)
            yield Question(row=bare, rules=rules_of(wholes[0], row, size, frozenset()), section=read.grid.section)


def _said(sentence: Sentence, question: Question) -> Iterator[tuple[Quantity, str]]:
    """Yield the only mean and the only rate of agreement that a sentence states."""
    means = [each for each in sentence.figures if _is_mean(sentence, each, question)]
    rates = [each for each in sentence.figures if each.kind == PERCENT and _is_led(sentence, each, AGREEMENT)]
    for several, kind in ((means, MEAN), (rates, AGREEMENT)):
        if len(several) == 1 and not several[0].bound:
            yield several[0], kind


def _is_mean(sentence: Sentence, figure: Quantity, question: Question) -> bool:
    """Tell "an average of 3.2" and "3.2 out of 4", on the scale of the answers."""
    steps = [weight for weight in question.rules.weights if weight is not None]
    if figure.kind not in (DECIMAL, COUNT) or not steps or not min(steps) <= figure.value <= max(steps):
        return False
    behind = next((each for each in sentence.figures if each.start >= figure.end), None)
    has_of = behind is not None and _is_out_of(sentence, figure.end, behind.start)
    if has_of and behind is not None:
        return figure.kind == DECIMAL and behind.value == max(steps)
    return _is_led(sentence, figure, MEAN) and not _goes_on(sentence, figure)


def _is_out_of(sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether nothing but "out of" or a stroke stands there."""
    has_of = bool(marks_in(sentence, start, end, "of")) and only_of(sentence, start, end, "of")
    return has_of or sentence.text[start:end].strip() == "/"


def _is_led(sentence: Sentence, figure: Quantity, role: str) -> bool:
    """Tell whether a word for what a figure is stands next to it, before or behind."""
    ahead = [mark for mark in sentence.having(role) if mark.end <= figure.start]
    if ahead:
        start = ahead[-1].end
        text = sentence.text[start : figure.start]
        is_near = distance(sentence, start, figure.start) <= _NEAR and not any(sign in text for sign in ".;)")
        if is_near and only_of(sentence, start, figure.start, *_LINKS):
            return True
    behind = [mark for mark in sentence.having(role) if mark.start >= figure.end]
    return bool(behind) and not words_in(sentence, figure.end, behind[0].start) and not ahead


def _goes_on(sentence: Sentence, figure: Quantity) -> bool:
    """Tell whether a figure counts something: an average of 3 hours."""
    after = next((token for token in sentence.words if token.start >= figure.end), None)
    if after is None or sentence.text[figure.end : after.start].strip():
        return False
    return not any(mark.start == after.start for mark in sentence.having("conjunction", "mean", "within", "but"))


def _fault(question: Question, figure: Quantity, kind: str) -> Fault | None:
    """Return why a figure is wrong, None where it is right over all answers or over those of an opinion."""
    found: list[Fault] = []
    row = replace(question.row, mean=figure) if kind == MEAN else replace(question.row, agreement=figure)
    for over in (ALL, WITHOUT_UNSURE):
        here = [each for each in faults(row, replace(question.rules, agreement_over=over)) if each.kind == kind]
        if not here:
            return None
        found += here
    return found[0]


def _finding(sentence: Sentence, question: Question, figure: Quantity, fault: Fault, place: Place) -> Finding:
    text = text_of(sentence, figure)
    exact: Fraction = fault.exact
    is_sound = not faults(question.row, question.rules) and not fits(figure, exact)
    return Finding(
        place=replace(place, line=sentence.line_at(figure.start)),
        kind=fault.kind,
        subject="",
        published=text,
        recomputed=plain(closer(figure, exact)),
        formula=plain(fault.formula),
        repair=f"{text} → {as_printed(text, figure, exact)}" if is_sound else "",
    )
