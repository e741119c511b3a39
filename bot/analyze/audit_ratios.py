"""Recompute the figures of a sentence from each other: "n of m (p%)" and "a + b = c"."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from bot.analyze.audit_clause import text_of
from bot.analyze.audit_finding import Finding, as_printed, closer, fits, like, plain
from bot.analyze.audit_parts import Ratio, ratios
from bot.model import Place
from bot.parse.published import Sentence
from bot.parse.quantity import PERCENT, POINTS, Quantity

_OPERATORS = (*"*×·/÷)+-−=^",)


def check_ratios(sentence: Sentence, seen: Counter[int], place: Place) -> Iterator[Finding]:
    """Yield the shares that are not those of "n of m"; seen counts the numbers of the whole page."""
    for ratio in ratios(sentence):
        share = ratio.share
        if share is None or fits(share, ratio.exact):
            continue
        part, whole = text_of(sentence, ratio.part), text_of(sentence, ratio.whole)
        mended = as_printed(text_of(sentence, share), share, ratio.exact)
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
