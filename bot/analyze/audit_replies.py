"""Recompute which part of those who were asked have answered, where the two numbers stand apart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from bot.analyze.audit_clause import distance, marks_in, only_of, text_of, words_in
from bot.analyze.audit_finding import Finding, as_printed, closer, fits, plain
from bot.analyze.audit_parts import ratios
from bot.analyze.audit_sizes import Size
from bot.analyze.audit_steps import steps
from bot.model import Place
from bot.parse.published import Sentence
from bot.parse.quantity import COUNT, PERCENT, Quantity

_FAR = 4
_NEAR = 3
_NEAR_MISS = 15  # points: further off, it is a percentage of something else
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_UNSURE = ("negation", "maybe", "fewer", "more", "up", "down", "rise", "fall")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counted:
    """A count with the sentence that it stands in."""

    figure: Quantity
    sentence: Sentence


def check_replies(
    sentence: Sentence, stated: Sequence[Size], before: Sequence[Sentence], place: Place
) -> Iterator[Finding]:
    """Yield "We wrote to 1,200 people. 318 had replied (36%)", and rates of three numbers that fit none of them."""
    shares = [each for each in sentence.figures if each.kind == PERCENT and not each.sign and not each.bound]
    if not shares or sentence.having(*_UNSURE) or steps(sentence):
        return
    taken = [each.share for each in ratios(sentence)]
    for share in shares:
        if share not in taken and (part := _answering(sentence, share)) is not None:
            yield from _check_bracketed(sentence, share, part, stated, before, place)
    if len(shares) == 1 and shares[0] not in taken:
        yield from _check_rate(sentence, shares[0], place)


def _counts(sentence: Sentence) -> list[Quantity]:
    return [
        each for each in sentence.figures if each.kind == COUNT and not each.sign and not _is_year(sentence, each)
    ]


def _is_year(sentence: Sentence, figure: Quantity) -> bool:
    """Tell a year from a number of people: no mark parts its thousands."""
    is_plain = text_of(sentence, figure).isdecimal()
    return is_plain and _FIRST_YEAR <= figure.value < _LAST_YEAR


def _answering(sentence: Sentence, share: Quantity) -> Quantity | None:
    """Return the count of "318 had replied (p%)", where the share fills the parenthesis."""
    ahead, behind = sentence.text[: share.start].rstrip("~≈ "), sentence.text[share.end :].lstrip()
    counts = [each for each in _counts(sentence) if each.end <= share.start]
    if not ahead.endswith("(") or not behind.startswith(")") or not counts:
        return None
    start = counts[-1].end
    text = sentence.text[start : len(ahead) - 1]
    has_verb = bool(marks_in(sentence, start, share.start, "answered"))
    is_mere = only_of(sentence, start, share.start, "answered", "being", "reach", "people")
    is_near = distance(sentence, start, share.start) <= _FAR and not any(sign in text for sign in ".,;:()")
    return counts[-1] if has_verb and is_mere and is_near else None


def _check_bracketed(
    sentence: Sentence,
    share: Quantity,
    part: Quantity,
    stated: Sequence[Size],
    before: Sequence[Sentence],
    place: Place,
) -> Iterator[Finding]:
    known = [_Counted(figure=each, sentence=one) for one in (*before, sentence) for each in _counts(one)]
    wholes = {each.figure.value for each in known if each.figure.value > part.value}
    people = [each for each in known if each.figure.value in wholes and _is_base(each, stated, sentence, part)]
    if len(wholes) != 1 or len(people) != 1 or any(one.having(*_UNSURE) for one in before):
        return
    whole = people[0]
    exact = 100 * part.value / whole.figure.value
    bases = {whole.figure.value, *(Fraction(size.value) for size in stated if size.value)}
    if abs(exact - share.value) > _NEAR_MISS or any(fits(share, 100 * part.value / each) for each in bases):
        return
    yield _finding(sentence, share, part, text_of(whole.sentence, whole.figure), exact, place)


def _is_base(each: _Counted, stated: Sequence[Size], sentence: Sentence, part: Quantity) -> bool:
    """Tell whether a count is of people of whom it is not said that they answered: those are of another time."""
    is_people = any(size.sentence is each.sentence and size.figure == each.figure for size in stated)
    if each.sentence is sentence and each.figure.start > part.start:
        return False
    end = part.start if each.sentence is sentence else len(each.sentence.text)
    return is_people and not marks_in(each.sentence, 0, end, "answered")


def _check_rate(sentence: Sentence, share: Quantity, place: Place) -> Iterator[Finding]:
    """Check the rate of "Of 120 invited, 60 opened the mail and 48 answered, a response rate of 45%"."""
    counts = [each for each in _counts(sentence) if each.end <= share.start]
    if len(counts) <= 2 or len(counts) != len(_counts(sentence)) or not _is_rate(sentence, share):
        return
    whole, part = counts[0], counts[-1]
    answered = marks_in(sentence, part.end, share.start, "answered")
    is_next = bool(answered) and distance(sentence, part.end, answered[0].start) <= 1
    led = [mark for mark in marks_in(sentence, 0, whole.start, "among", "of") if mark.first == 0]
    is_led = bool(led) and not words_in(sentence, led[-1].end, whole.start)
    if not is_next or not is_led or max(counts, key=lambda each: each.value) != whole or not part.value:
        return
    if any(one.value and fits(share, 100 * two.value / one.value) for one in counts for two in counts):
        return
    yield _finding(sentence, share, part, text_of(sentence, whole), 100 * part.value / whole.value, place)


def _is_rate(sentence: Sentence, share: Quantity) -> bool:
    """Tell whether a word for a response rate leads to a share or follows it."""
    ahead = marks_in(sentence, 0, share.start, "rate")
    behind = marks_in(sentence, share.end, len(sentence.text), "rate")
    is_ahead = bool(ahead) and distance(sentence, ahead[-1].end, share.start) <= _NEAR
    return is_ahead or (bool(behind) and distance(sentence, share.end, behind[0].start) <= 1)


def _finding(
    sentence: Sentence, share: Quantity, part: Quantity, whole: str, exact: Fraction, place: Place
) -> Finding:
    text, shown = text_of(sentence, share), closer(share, exact)
    return Finding(
        place=replace(place, line=sentence.line_at(share.start)),
        kind="rate",
        subject="",
        published=text,
        recomputed=plain(shown),
        formula=plain(f"{text_of(sentence, part)} / {whole} = {shown}"),
        repair=f"{text} → {as_printed(text, share, exact)}",
    )
