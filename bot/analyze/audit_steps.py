"""Recompute "from a to b" and "by k points" in a sentence."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from bot.analyze.audit_clause import clause_bounds, distance, marks_in, only_of, parenthesis, text_of
from bot.analyze.audit_finding import Finding, Phrase, as_printed, closer, fits, like, plain
from bot.model import Place
from bot.parse.lexicon import Mark
from bot.parse.published import Sentence
from bot.parse.quantity import COUNT, PERCENT, POINTS, Quantity

_FEW = 3
_FAR = 6
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_BETWEEN = 4
_NEAR_MISS = 15  # points: "from 56 to 41 (37%)" is a slip, and further off another share altogether


def steps(sentence: Sentence) -> list[tuple[Quantity, Quantity]]:
    """Return each "from a to b" of one kind of figure."""
    found = []
    for before, after in pairwise(each for each in sentence.figures if not _is_year(sentence, each)):
        text = sentence.text[before.end : after.start]
        is_arrow = text.strip() in ("→", "->", "–>", "=>", "⟶")
        is_near = distance(sentence, before.end, after.start) <= _BETWEEN
        is_joined = is_near and (_is_led(sentence, before, after) or _is_trailed(sentence, before, after))
        is_one_kind = before.kind == after.kind or (after.kind == PERCENT and before.kind == COUNT)
        if is_one_kind and (is_arrow or is_joined) and not any(sign in text for sign in ".;"):
            found.append((before, after))
    # "by 38, from 152 to 180" has one step, and 38 is its size
    begins = [before for before, _ in found if _is_since(sentence, before)]
    return [(before, after) for before, after in found if after not in begins or _is_since(sentence, before)]


def _is_since(sentence: Sentence, figure: Quantity) -> bool:
    lead = marks_in(sentence, 0, figure.start, "since")
    return bool(lead) and distance(sentence, lead[-1].end, figure.start) <= 1


def _is_year(sentence: Sentence, figure: Quantity) -> bool:
    """Tell the year of "from 38% in 2021 to 45%"."""
    if figure.kind != COUNT or not _FIRST_YEAR <= figure.value < _LAST_YEAR:
        return False
    within = [mark for mark in sentence.having("within") if mark.end <= figure.start]
    return bool(within) and not sentence.text[within[-1].end : figure.start].strip()


def _is_led(sentence: Sentence, before: Quantity, after: Quantity) -> bool:
    """Tell "from a to b", also "from a rising to b"."""
    return _is_since(sentence, before) and bool(marks_in(sentence, before.end, after.start, "to", "up", "down"))


def _is_trailed(sentence: Sentence, before: Quantity, after: Quantity) -> bool:
    """Tell "a from b to", as many languages say it."""
    since = marks_in(sentence, before.end, after.start, "since")
    is_since = bool(since) and only_of(sentence, before.end, since[0].start, "people")
    to = [mark for mark in sentence.having("to") if mark.start >= after.end]
    is_to = bool(to) and only_of(sentence, after.end, to[0].start, "people")
    return is_since and (is_to or bool(marks_in(sentence, before.end, after.start, "up", "down")))


def check_steps(sentence: Sentence, place: Place) -> Iterator[Finding]:
    """Yield "rose from a to b" where b is less, and "by k points" where the difference is another."""
    done = 0
    several = steps(sentence)
    for before, after in several:
        start, end = parenthesis(sentence, before.start) or clause_bounds(sentence, before.start)
        start, done = max(start, done), after.end
        behind = next((each.start for each, _ in several if each.start > after.end), end)
        risen, fallen = _turns(sentence, start, min(end, behind))
        if marks_in(sentence, start, end, "maybe") or any(_is_denied(sentence, each) for each in (*risen, *fallen)):
            continue
        if bool(risen) != bool(fallen):
            yield from _check_direction(sentence, before, after, is_up=bool(risen), place=place)
        yield from _check_ahead(sentence, before, after, start, place)
        yield from _check_difference(sentence, before, after, end, place)


def _turns(sentence: Sentence, start: int, end: int) -> tuple[list[Mark], list[Mark]]:
    """Return the words of rising and of falling; where the verb says one of them, it tells more than nouns do."""
    up, down = marks_in(sentence, start, end, "up"), marks_in(sentence, start, end, "down")
    if bool(up) != bool(down):
        return up, down
    return marks_in(sentence, start, end, "up", "rise"), marks_in(sentence, start, end, "down", "fall")


def _is_denied(sentence: Sentence, mark: Mark) -> bool:
    denied = [each for each in sentence.having("negation") if each.end <= mark.start]
    return bool(denied) and distance(sentence, denied[-1].end, mark.start) <= _FEW


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


def _check_ahead(
    sentence: Sentence, before: Quantity, after: Quantity, start: int, place: Place
) -> Iterator[Finding]:
    """Check the figure of "rose by 14 points, from 30% to 44%"."""
    ahead = [each for each in sentence.numbers if start <= each.start and each.end <= before.start]
    if not ahead or not before.value:
        return
    turns = ("up", "down") if ahead[-1].kind == POINTS else ()
    lead = marks_in(sentence, start, ahead[-1].start, "by", "rise", "fall", *turns)
    since = marks_in(sentence, ahead[-1].end, before.start, "since")
    if not lead or not since or distance(sentence, lead[-1].end, ahead[-1].start) > 1:
        return
    far = _FAR if ahead[-1].kind == POINTS else _FEW  # "gained 9 points as a must-have, from 57% to 66%"
    if distance(sentence, ahead[-1].end, since[-1].start) > far:
        return
    exact = _amount(before, after, ahead[-1])
    if exact is not None:
        yield _difference(sentence, before, after, ahead[-1], exact, place)


def _check_difference(
    sentence: Sentence, before: Quantity, after: Quantity, end: int, place: Place
) -> Iterator[Finding]:
    """Check the figures that say by how much: "12 fewer (20%)", or one of points, or one led in by "by"."""
    behind = [each for each in sentence.numbers if after.end <= each.start and each.end <= end]
    if not behind or not before.value:
        return
    step = abs(after.value - before.value)
    if _is_number(sentence, before, after, behind[0]):
        several = [(behind[0], step)]
        if len(behind) > 1 and _is_share_of(sentence, behind[0], behind[1]):
            several.append((behind[1], 100 * step / before.value))
        yield from _amounts(sentence, before, after, several, place)
        return
    exact = _meant(sentence, before, after, behind[0])
    if exact is not None:
        yield _difference(sentence, before, after, behind[0], exact, place)


def _is_number(sentence: Sentence, before: Quantity, after: Quantity, third: Quantity) -> bool:
    """Tell a number of fewer or more, where all are counts."""
    turns = [mark for mark in sentence.having("fewer", "more") if mark.start >= third.end]
    is_turn = bool(turns) and distance(sentence, third.end, turns[0].start) <= 1
    is_near = distance(sentence, after.end, third.start) <= _FEW
    return is_turn and is_near and before.kind == after.kind == third.kind == COUNT


def _is_share_of(sentence: Sentence, number: Quantity, share: Quantity) -> bool:
    text = sentence.text[number.end : share.start].rstrip("~≈ ")
    led = marks_in(sentence, number.end, share.start, "meaning", "fall", "rise")
    is_next = text.endswith(("(", ",")) or bool(led)
    return share.kind == PERCENT and is_next and distance(sentence, number.end, share.start) <= _BETWEEN


def _amounts(
    sentence: Sentence,
    before: Quantity,
    after: Quantity,
    several: Sequence[tuple[Quantity, Fraction]],
    place: Place,
) -> Iterator[Finding]:
    """Yield what is wrong of a number and its percentage; where one of two is right, the other can be mended."""
    wrong = [(each, exact) for each, exact in several if not fits(replace(each, value=abs(each.value)), exact)]
    for figure, exact in wrong:
        finding = _difference(sentence, before, after, figure, exact, place)
        text = text_of(sentence, figure)
        is_only = len(several) > len(wrong)
        yield replace(finding, repair=f"{text} → {as_printed(text, figure, exact)}") if is_only else finding


def _difference(
    sentence: Sentence, before: Quantity, after: Quantity, figure: Quantity, exact: Fraction, place: Place
) -> Finding:
    high, low = (after, before) if after.value > before.value else (before, after)
    shown = closer(figure, exact)
    divided = f"{text_of(sentence, high)} − {text_of(sentence, low)}"
    is_relative = exact != abs(after.value - before.value)
    formula = f"({divided}) / {text_of(sentence, before)}" if is_relative else divided
    return Finding(
        place=replace(place, line=sentence.line_at(figure.start)),
        kind="change",
        subject="",
        published=text_of(sentence, figure),
        recomputed=plain(shown),
        formula=plain(f"{formula} = {shown}"),
    )


def _meant(sentence: Sentence, before: Quantity, after: Quantity, third: Quantity) -> Fraction | None:
    """Return what a figure behind a step should be, None where it fits or is of something else."""
    lead = marks_in(sentence, after.end, third.start, "by", "rise", "fall", "difference")
    is_led = bool(lead) and distance(sentence, lead[-1].end, third.start) <= 2
    step, size = abs(after.value - before.value), abs(third.value)
    relative = 100 * step / before.value
    is_near_miss = abs(relative - size) <= _NEAR_MISS and _is_in_parentheses(sentence, third)
    is_relative = third.kind == PERCENT and before.kind == after.kind == COUNT and is_near_miss
    is_meant = is_led or third.kind == POINTS or third.sign or is_relative
    is_far = distance(sentence, after.end, third.start) > (_BETWEEN + 1 if is_led else _FEW)
    if is_far or not is_meant or third.kind == COUNT != before.kind:
        return None
    return _amount(before, after, third)


def _amount(before: Quantity, after: Quantity, third: Quantity) -> Fraction | None:
    """Return what the amount of a step should be, None where it fits or is of another kind."""
    if third.kind == COUNT != before.kind:
        return None
    step, size = abs(after.value - before.value), abs(third.value)
    relative = 100 * step / before.value
    leeway = (before.unit + after.unit + third.unit) / 2 if before.kind != COUNT else third.unit / 2
    leeway += third.unit if third.is_approximate else 0
    if abs(step - size) <= leeway or (third.kind == PERCENT and fits(replace(third, value=size), relative)):
        return None
    if third.kind == PERCENT and before.kind != COUNT and abs(relative - size) <= third.unit * 3:
        return None
    return relative if third.kind == PERCENT and before.kind == COUNT else step
