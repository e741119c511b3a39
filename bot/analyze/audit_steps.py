"""Recompute "from a to b" and "by k points" in a sentence."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from bot.analyze.audit_clause import clause_bounds, figures_in, marks_in, parenthesis, text_of, words_in
from bot.analyze.audit_finding import Finding, Phrase, closer, fits, like, plain
from bot.model import Place
from bot.parse.lexicon import Mark
from bot.parse.published import Sentence
from bot.parse.quantity import COUNT, PERCENT, POINTS, Quantity

_FEW = 3
_BETWEEN = 4
_NEAR_MISS = 15  # points: "from 56 to 41 (37%)" is a slip, and further off another share altogether


def steps(sentence: Sentence) -> list[tuple[Quantity, Quantity]]:
    """Return each "from a to b" of one kind of figure."""
    found = []
    for before, after in pairwise(sentence.figures):
        text = sentence.text[before.end : after.start]
        is_arrow = text.strip() in ("→", "->", "–>", "=>", "⟶")
        lead = marks_in(sentence, 0, before.start, "since")
        is_led = bool(lead) and len(words_in(sentence, lead[-1].end, before.start)) <= 1
        joins = marks_in(sentence, before.end, after.start, "to")
        is_joined = is_led and bool(joins) and len(words_in(sentence, before.end, after.start)) <= _BETWEEN
        is_one_kind = before.kind == after.kind or (after.kind == PERCENT and before.kind == COUNT)
        if is_one_kind and (is_arrow or is_joined) and not any(sign in text for sign in ".;"):
            found.append((before, after))
    return found


def check_steps(sentence: Sentence, place: Place) -> Iterator[Finding]:
    """Yield "rose from a to b" where b is less, and "by k points" where the difference is another."""
    done = 0
    for before, after in steps(sentence):
        start, end = parenthesis(sentence, before.start) or clause_bounds(sentence, before.start)
        start, done = max(start, done), after.end
        behind = next((each.start for each, _ in steps(sentence) if each.start > after.end), end)
        risen = marks_in(sentence, start, min(end, behind), "up", "rise")
        fallen = marks_in(sentence, start, min(end, behind), "down", "fall")
        if marks_in(sentence, start, end, "maybe") or any(_is_denied(sentence, each) for each in (*risen, *fallen)):
            continue
        if bool(risen) != bool(fallen):
            yield from _check_direction(sentence, before, after, is_up=bool(risen), place=place)
        yield from _check_difference(sentence, before, after, end, place)


def _is_denied(sentence: Sentence, mark: Mark) -> bool:
    denied = [each for each in sentence.having("negation") if each.end <= mark.start]
    return bool(denied) and len(words_in(sentence, denied[-1].end, mark.start)) <= _FEW


def _check_direction(
    sentence: Sentence, before: Quantity, after: Quantity, *, is_up: bool, place: Place
) -> Iterator[Finding]:
    if (after.value > before.value) == is_up and after.value != before.value:
        return
    shown = like(after, after.value - before.value)
    went = "up" if after.value > before.value else ("down" if after.value < before.value else "same")
    yield Finding(
        place=replace(place, line=sentence.line_at(before.start)),
        kind="direction",
        subject="",
        published=sentence.text,
        recomputed=Phrase(key=f"audit-went-{went}", details=(text_of(sentence, before), text_of(sentence, after))),
        formula=plain(f"{text_of(sentence, after)} − {text_of(sentence, before)} = {shown}"),
    )


def _is_in_parentheses(sentence: Sentence, figure: Quantity) -> bool:
    before, after = sentence.text[: figure.start].rstrip("~≈ "), sentence.text[figure.end :].lstrip()
    return before.endswith("(") and after.startswith(")")


def _check_difference(
    sentence: Sentence, before: Quantity, after: Quantity, end: int, place: Place
) -> Iterator[Finding]:
    """Check the figure that says by how much: next behind, of points, or led in by a word such as "by"."""
    third = next((figure for figure in figures_in(sentence, after.end, end)), None)
    if third is None or not before.value:
        return
    lead = marks_in(sentence, after.end, third.start, "by", "rise", "fall", "difference")
    is_led = bool(lead) and len(words_in(sentence, lead[-1].end, third.start)) <= 2
    is_near = len(words_in(sentence, after.end, third.start)) <= 3
    step, size = abs(after.value - before.value), abs(third.value)
    is_near_miss = abs(100 * step / before.value - size) <= _NEAR_MISS and _is_in_parentheses(sentence, third)
    is_relative = third.kind == PERCENT and before.kind == after.kind == COUNT and is_near_miss
    is_meant = is_led or third.kind == POINTS or third.sign or is_relative
    if not is_near or not is_meant or third.kind == COUNT != before.kind:
        return
    leeway = (before.unit + after.unit + third.unit) / 2 if before.kind != COUNT else third.unit / 2
    relative = 100 * step / before.value
    if abs(step - size) <= leeway or (third.kind == PERCENT and fits(replace(third, value=size), relative)):
        return
    if third.kind == PERCENT and before.kind != COUNT and abs(relative - size) <= third.unit * 3:
        return
    exact = relative if third.kind == PERCENT and before.kind == COUNT else step
    yield Finding(
        place=replace(place, line=sentence.line_at(third.start)),
        kind="change",
        subject="",
        published=text_of(sentence, third),
        recomputed=plain(closer(third, exact)),
        formula=plain(f"|{text_of(sentence, after)} − {text_of(sentence, before)}| → {closer(third, exact)}"),
    )
