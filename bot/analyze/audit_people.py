"""Recompute how many fewer or more people took part, and response rates, from the numbers of people on the page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from bot.analyze.audit_clause import distance, marks_in, words_in
from bot.analyze.audit_finding import Finding, as_printed, closer, fits, plain
from bot.analyze.audit_parts import ratios
from bot.analyze.audit_sizes import Size
from bot.analyze.audit_steps import steps
from bot.model import Place
from bot.parse.published import Sentence
from bot.parse.quantity import COUNT, PERCENT, Quantity

_FEWER = ("fewer", "fall", "down")
_MORE = ("more", "rise", "up")
_NEAR = 2
_MOST_SIZES = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a sentence says of the difference: a number, a percentage or both, and whether it is one of fewer."""

    number: Quantity | None
    share: Quantity | None
    is_fewer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Two sizes of which the page tells, the earlier one first."""

    before: int
    after: int

    @property
    def number(self) -> Fraction:
        """Return how many fewer or more."""
        return Fraction(abs(self.before - self.after))

    @property
    def share(self) -> Fraction:
        """Return the same in percent of those before."""
        return 100 * self.number / self.before


def check_people(sentence: Sentence, known: Sequence[Size], used: frozenset[int], place: Place) -> Iterator[Finding]:
    """Yield "k fewer (p%)" that no two sizes of the page make true."""
    said = _said(sentence) if sentence.figures or sentence.counts else None
    if said is None or sentence.having("negation", "maybe") or _has_count_step(sentence):
        return
    known = [size for size in known if size.line <= sentence.line][-_MOST_SIZES:]
    now = [size.value for size in known if size.paragraph == sentence.paragraph and size.figure != said.number]
    here = [size.value for size in known if size.section == sentence.section and size.value in used]
    mine = now if len(set(now)) == 1 else (here[:1] if not now and len(set(here)) == 1 else [])
    both = _both(known, sentence.section) if not mine else []
    if both:
        mine = both[1:]
        here = both
    others = [size for size in known if size.paragraph != sentence.paragraph or size.value not in now]
    steps = _steps(mine or [size.value for size in known], [size.value for size in known], said)
    if not steps or any(_holds(said, step) for step in steps):
        return
    earlier = [size for size in others if size.value in used and size.line < sentence.line] if not both else known
    step = _meant(said, steps, mine, earlier)
    if step is not None:
        yield from _findings(sentence, said, step, place)


def _both(known: Sequence[Size], section: int) -> list[int]:
    """Return the two numbers of people in a section that has just two, in order."""
    here = list(dict.fromkeys(size.value for size in known if size.section == section))
    return here if len(here) == 2 else []


def _has_count_step(sentence: Sentence) -> bool:
    """Tell whether the sentence itself says from how many to how many."""
    return any(before.kind == COUNT for before, _ in steps(sentence))


def _said(sentence: Sentence) -> Said | None:
    """Return what is said of fewer or more people, None where the words are of anything else."""
    found = []
    for roles, is_fewer in ((_FEWER, True), (_MORE, False)):
        number = next((each for each in sentence.numbers if _is_number(sentence, each, roles)), None)
        share = next((each for each in sentence.figures if _is_share(sentence, each, roles, number)), None)
        if number is not None:
            found.append(Said(number=number, share=share, is_fewer=is_fewer))
    return found[0] if len(found) == 1 else None


def _is_number(sentence: Sentence, figure: Quantity, roles: Sequence[str]) -> bool:
    """Tell "15 people fewer", "15 fewer people" and "15 people, a 27% decrease"."""
    if figure.kind != COUNT or figure.sign:
        return False
    for mark in sentence.having(*roles):
        if mark.start < figure.end:
            continue
        words = words_in(sentence, figure.end, mark.start)
        people = marks_in(sentence, figure.end, mark.start, "people")
        behind = marks_in(sentence, mark.end, len(sentence.text), "people")
        counts = [each for each in sentence.numbers if figure.end <= each.start < mark.start and each.kind == COUNT]
        text = sentence.text[figure.end : mark.start]
        is_by_people = bool(people) and len(words) <= _NEAR + 1
        is_before = not words and bool(behind) and distance(sentence, mark.end, behind[0].start) <= 1
        if (is_by_people or is_before) and not counts and not any(sign in text for sign in ".;:()"):
            return True
    return False


def _is_share(sentence: Sentence, figure: Quantity, roles: Sequence[str], number: Quantity | None) -> bool:
    if figure.kind != PERCENT or number is None or figure.start < number.end:
        return False
    behind = [mark for mark in sentence.having(*roles) if mark.start >= figure.end]
    is_named = bool(behind) and distance(sentence, figure.end, behind[0].start) <= 1
    led = [mark for mark in sentence.having(*roles) if number.end <= mark.start and mark.end <= figure.start]
    is_named = is_named or (bool(led) and distance(sentence, led[-1].end, figure.start) <= 1)
    ahead = sentence.text[number.end : figure.start]
    is_next = ahead.rstrip("~≈ ").endswith(("(", ",")) and not any(
        number.end <= each.start < figure.start for each in sentence.figures
    )
    return is_named or (is_next and distance(sentence, number.end, figure.start) <= 5)


def _steps(after: Sequence[int], before: Sequence[int], said: Said) -> list[Step]:
    pairs = {(one, two) for two in after for one in before if (two < one if said.is_fewer else two > one)}
    return [Step(before=one, after=two) for one, two in sorted(pairs)]


def _holds(said: Said, step: Step) -> bool:
    return all(_agrees(said, step))


def _agrees(said: Said, step: Step) -> tuple[bool, bool]:
    number = said.number is None or fits(said.number, step.number)
    return number, said.share is None or fits(said.share, step.share)


def _meant(said: Said, steps: Sequence[Step], mine: Sequence[int], others: Sequence[Size]) -> Step | None:
    """Return the polls that the sentence must be about: those half of it is true of, or the only ones there are."""
    half = [step for step in steps if any(_agrees(said, step)) and (said.number and said.share)]
    if len(half) == 1:
        return half[0]
    rest = [size.value for size in others if not mine or size.value != mine[0]]
    last = rest[-1:]  # the poll before this one
    only = [step for step in steps if mine and step.after == mine[0] and step.before in last]
    return only[0] if len(only) == 1 else None


def _findings(sentence: Sentence, said: Said, step: Step, place: Place) -> Iterator[Finding]:
    is_number, is_share = _agrees(said, step)
    wrong = [(said.number, step.number, is_number), (said.share, step.share, is_share)]
    shown = [figure for figure, _, is_right in wrong if figure and not is_right]
    for figure, exact, is_right in wrong:
        if figure is None or is_right:
            continue
        high, low = max(step.before, step.after), min(step.before, step.after)
        divided = f"({high} − {low}) / {step.before}" if figure.kind == PERCENT else f"{high} − {low}"
        text = sentence.text[figure.start : figure.end]
        mended = as_printed(text, figure, exact)
        yield Finding(
            place=replace(place, line=sentence.line_at(figure.start)),
            kind="people",
            subject="",
            published=text,
            recomputed=plain(closer(figure, exact)),
            formula=plain(f"{divided} = {closer(figure, exact)}"),
            repair=f"{text} → {mended}" if len(shown) == 1 else "",
        )


def check_rate(
    sentence: Sentence, several: Sequence[Size], before: Sequence[Sentence], place: Place
) -> Iterator[Finding]:
    """Yield a response rate that is not one of the two numbers of people in the sentence, or in its paragraph."""
    if any(ratio.share for ratio in ratios(sentence)) or sentence.having("negation", "maybe", *_FEWER, *_MORE):
        return
    rates = [figure for figure in sentence.figures if figure.kind == PERCENT and _is_rate(sentence, figure)]
    if len(rates) != 1:
        return
    own = _numbers(size for size in several if size.sentence is sentence)
    around = _numbers(size for size in several if size.paragraph == sentence.paragraph)
    numbers = own if len(own) == 2 else around
    if len(numbers) != 2 or (numbers is around and _has_other_counts(sentence, around, before)):
        return
    rate, (part, whole) = rates[0], sorted(numbers)
    exact = Fraction(100 * part, whole)
    if fits(rate, exact):
        return
    text = sentence.text[rate.start : rate.end]
    yield Finding(
        place=replace(place, line=sentence.line_at(rate.start)),
        kind="rate",
        subject="",
        published=text,
        recomputed=plain(closer(rate, exact)),
        formula=plain(f"{part} / {whole} = {closer(rate, exact)}"),
        repair=f"{text} → {as_printed(text, rate, exact)}",
    )


def _has_other_counts(sentence: Sentence, sizes: Sequence[int], before: Sequence[Sentence]) -> bool:
    """Tell whether the paragraph up to a sentence counts more than the people that are known."""
    counted = [figure for each in (*before, sentence) for figure in each.figures if figure.kind == COUNT]
    return any(figure.value not in sizes for figure in counted)


def _numbers(several: Iterator[Size]) -> list[int]:
    return list(dict.fromkeys(size.value for size in several))


def _is_rate(sentence: Sentence, figure: Quantity) -> bool:
    """Tell whether a word for a response rate stands next to a percentage."""
    before = marks_in(sentence, 0, figure.start, "rate")
    after = marks_in(sentence, figure.end, len(sentence.text), "rate")
    is_before = bool(before) and distance(sentence, before[-1].end, figure.start) <= _NEAR
    is_after = bool(after) and distance(sentence, figure.end, after[0].start) <= 1
    return is_before or is_after
