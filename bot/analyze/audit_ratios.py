"""Recompute the figures of a sentence from each other: "n of m (p%)" and "a + b = c"."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from bot.analyze.audit_clause import (
    figures_in,
    is_parted,
    marks_in,
    only_of,
    text_of,
    words_in,
)
from bot.analyze.audit_finding import Finding, closer, fits, like, plain, rounded
from bot.model import Place
from bot.parse.published import Sentence
from bot.parse.quantity import COUNT, PERCENT, POINTS, Quantity

_FAR = 8  # words between "n of m" and its share in parentheses
_IN_PARENTHESES = 4
_OPERATORS = (*"*×·/÷)+-−=^",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """A number of a number, and the share that the sentence makes of it, if any."""

    part: Quantity
    whole: Quantity
    share: Quantity | None = None

    @property
    def exact(self) -> Fraction:
        """Return the share in percent."""
        return 100 * self.part.value / self.whole.value

    @property
    def start(self) -> int:
        """Return where it begins in the sentence."""
        return min(self.part.start, self.whole.start)

    @property
    def end(self) -> int:
        """Return where it ends in the sentence."""
        return max(self.part.end, self.whole.end)


def ratios(sentence: Sentence) -> list[Ratio]:
    """Return each "n of m" in a sentence."""
    found = []
    counts = [figure for figure in sentence.figures if figure.kind == COUNT and not figure.sign]
    for part, whole in pairwise(counts):
        if whole.value and part.value <= whole.value and _is_of(sentence, part, whole):
            found.append(Ratio(part=part, whole=whole, share=_share_of(sentence, part, whole)))
        elif part.value and whole.value <= part.value and _is_among(sentence, part, whole):
            share = _share_behind(sentence, whole)
            if share is not None:
                found.append(Ratio(part=whole, whole=part, share=share))
        elif part.value and (named := _of_them(sentence, whole, part)) is not None:
            found.append(named)
    return found


def _of_them(sentence: Sentence, part: Quantity, whole: Quantity) -> Ratio | None:
    """Read "we asked 240 people; 96 of them (40%) answered"."""
    them = [mark for mark in sentence.having("them") if mark.start >= part.end]
    is_next = bool(them) and not words_in(sentence, part.end, them[0].start)
    is_people = bool(marks_in(sentence, whole.end, part.start, "people"))
    between = [each for each in figures_in(sentence, whole.end, part.start) if each.kind == COUNT]
    if not (is_next and is_people) or between or part.value > whole.value:
        return None
    share = _share_behind(sentence, replace(part, end=them[0].end))
    return Ratio(part=part, whole=whole, share=share)


def _is_of(sentence: Sentence, part: Quantity, whole: Quantity) -> bool:
    """Tell whether only "of", people and a share stand between: "33 (46%) of the 72"."""
    text = sentence.text[part.end : whole.start]
    if text.strip() == "/":
        return True
    has_of = bool(marks_in(sentence, part.end, whole.start, "of"))
    inside = figures_in(sentence, part.end, whole.start)
    is_plain = not any(sign in text for sign in ".;:,") and len(inside) <= 1
    return has_of and is_plain and only_of(sentence, part.end, whole.start, "of", "people", "about")


def _share_of(sentence: Sentence, part: Quantity, whole: Quantity) -> Quantity | None:
    """Return the share that belongs to "n of m": inside it, behind it, or before it."""
    inside = [figure for figure in figures_in(sentence, part.end, whole.start) if figure.kind == PERCENT]
    return inside[0] if inside else (_share_behind(sentence, whole) or _share_before(sentence, part))


def _share_behind(sentence: Sentence, whole: Quantity) -> Quantity | None:
    after = next((figure for figure in sentence.figures if figure.start >= whole.end), None)
    if after is None or after.kind != PERCENT or after.sign:
        return None
    text = sentence.text[whole.end : after.start]
    before, parenthesis, _ = text.partition("(")
    if parenthesis:
        opened = whole.end + len(before)
        is_near = len(words_in(sentence, whole.end, opened)) <= _FAR and not is_parted(before) and ")" not in before
        is_mere = only_of(sentence, opened, after.start, "meaning", "rate", "share")
        return after if is_near and is_mere and _closes(sentence, after.end) else None
    is_joined = only_of(sentence, whole.end, after.start, "meaning", "people", "rate", "share")
    return after if is_joined and not any(sign in text for sign in ".;)") else None


def _closes(sentence: Sentence, end: int) -> bool:
    """Tell whether a parenthesis ends soon, with nothing but words of rates in between."""
    close = sentence.text.find(")", end)
    return (
        close >= 0 and len(words_in(sentence, end, close)) <= _IN_PARENTHESES and not figures_in(sentence, end, close)
    )


def _share_before(sentence: Sentence, part: Quantity) -> Quantity | None:
    before = next((figure for figure in reversed(sentence.figures) if figure.end <= part.start), None)
    if before is None or before.kind != PERCENT or before.sign:
        return None
    text = sentence.text[before.end : part.start]
    is_open = text.rstrip().endswith("(") and not any(sign in text for sign in ".;:,)")
    return before if is_open and len(words_in(sentence, before.end, part.start)) <= _IN_PARENTHESES else None


def _is_among(sentence: Sentence, whole: Quantity, part: Quantity) -> bool:
    """Tell whether a sentence begins with the whole: "Of the 72 participants, 33 (46%)"."""
    ahead = marks_in(sentence, 0, whole.start, "among")
    is_ahead = bool(ahead) and not words_in(sentence, ahead[-1].end, whole.start)
    text = sentence.text[whole.end : part.start]
    few = len(words_in(sentence, whole.end, part.start)) <= _IN_PARENTHESES
    behind = sentence.text[part.end :].lstrip()
    return is_ahead and few and not is_parted(text) and behind.startswith("(")


def check_ratios(sentence: Sentence, seen: Counter[int], place: Place) -> Iterator[Finding]:
    """Yield the shares that are not those of "n of m"; seen counts the numbers of the whole page."""
    for ratio in ratios(sentence):
        share = ratio.share
        if share is None or fits(share, ratio.exact):
            continue
        part, whole = text_of(sentence, ratio.part), text_of(sentence, ratio.whole)
        mended = like(share, rounded(ratio.exact, share.decimals))
        is_only = _is_only_repair(ratio, share, seen)
        yield Finding(
            place=replace(place, line=sentence.line_at(share.start)),
            kind="ratio",
            subject="",
            published=text_of(sentence, share),
            recomputed=plain(closer(share, ratio.exact)),
            formula=plain(f"{part} / {whole} = {closer(share, ratio.exact)}"),
            repair=f"{text_of(sentence, share)} → {mended}" if is_only else "",
        )


def _is_only_repair(ratio: Ratio, share: Quantity, seen: Counter[int]) -> bool:
    """Tell whether the share must be wrong: the page says both numbers again, or no other number would fit."""
    part, whole = int(ratio.part.value), int(ratio.whole.value)
    others = (round(share.value * whole / 100) + step for step in (-1, 0, 1))
    fits_other = any(fits(share, Fraction(100 * other, whole)) for other in others)
    return not fits_other or (seen[part] > 1 and seen[whole] > 1)


def check_sums(sentence: Sentence, place: Place) -> Iterator[Finding]:
    """Yield "a + b = c" where it is not."""
    run: list[Quantity] = []
    for figure, after in pairwise(sentence.figures):
        run.append(figure)
        sign = sentence.text[figure.end : after.start].strip()
        if sign == "=" and len(run) > 1 and _is_whole_sum(sentence, run[0], after):
            yield from _check_sum(sentence, run, after, place)
        if sign != "+":
            run = []


def _is_whole_sum(sentence: Sentence, first: Quantity, total: Quantity) -> bool:
    """Tell whether nothing is multiplied or put in brackets before a sum or behind its total."""
    before, after = sentence.text[: first.start].rstrip(), sentence.text[total.end :].lstrip()
    return not first.sign and not before.endswith(_OPERATORS) and not after.startswith(("*", "×", "·", "/", "÷", "^"))


def _check_sum(sentence: Sentence, parts: Sequence[Quantity], total: Quantity, place: Place) -> Iterator[Finding]:
    counted = sum((part.value for part in parts), Fraction(0))
    is_share = any(each.kind in (PERCENT, POINTS) for each in (*parts, total))
    leeway = sum((part.unit / 2 for part in parts), total.unit / 2) if is_share else Fraction(0)
    if abs(counted - total.value) <= leeway:
        return
    shown = " + ".join(text_of(sentence, part) for part in parts)
    yield Finding(
        place=replace(place, line=sentence.line_at(total.start)),
        kind="sum",
        subject="",
        published=text_of(sentence, total),
        recomputed=plain(like(total, counted)),
        formula=plain(f"{shown} = {like(total, counted)}"),
    )
