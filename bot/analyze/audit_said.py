"""Find the share that a sentence gives for a word such as "majority" or "a third"."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from bot.analyze.audit_clause import distance, figures_in, is_parted, only_of
from bot.analyze.audit_parts import Ratio, ratios
from bot.parse.published import Sentence
from bot.parse.quantity import PERCENT, Quantity

_MOST_WORDS = 9  # "this is a majority, and not a small one" speaks of what was said before


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """From what to what a share may be that a sentence gives, how it is written and where."""

    least: Fraction
    most: Fraction
    text: str
    start: int


def said_of(sentence: Sentence, start: int, end: int, limit: int) -> Said | None:
    """Return the share that belongs to the words from start to end: next behind, no further than limit, or before."""
    return _said_behind(sentence, end, limit) or said_before(sentence, start)


def _said_behind(sentence: Sentence, start: int, end: int) -> Said | None:
    behind = figures_in(sentence, start, end)
    if not behind or not _belongs(sentence, start, behind[0].start):
        return None
    found = next((each for each in ratios(sentence) if start <= each.start and each.end <= end), None)
    if found is not None and behind[0] in (found.part, found.whole, found.share):
        return of_ratio(sentence, found)
    if behind[0].kind != PERCENT or behind[0].bound:
        return None
    several = _in_parentheses(sentence, behind[0], behind)
    values = [each.value for each in several]
    text = " + ".join(sentence.text[each.start : each.end] for each in several)
    return Said(least=max(values), most=sum(values, Fraction(0)), text=text, start=behind[0].start)


def of_ratio(sentence: Sentence, ratio: Ratio) -> Said:
    """Return the share that "n of m" is."""
    text = sentence.text[ratio.start : ratio.end]
    return Said(least=ratio.exact, most=ratio.exact, text=text, start=ratio.start)


def _belongs(sentence: Sentence, start: int, at: int) -> bool:
    """Tell whether a figure belongs to words before it: in parentheses, behind a colon, or next to them."""
    before = sentence.text[start:at].rstrip("~≈ ")
    return before.endswith(("(", ":", "–", "—")) or only_of(sentence, start, at, "people", "of", "among", "meaning")


def said_before(sentence: Sentence, at: int) -> Said | None:
    """Return the share right before a word: "16 of 33, a majority,"."""
    found = [each for each in ratios(sentence) if each.end <= at]
    if not found or not only_of(sentence, found[-1].end, at, "people", "meaning", "being"):
        return None
    between = sentence.text[found[-1].end : at]
    return None if is_parted(between) else of_ratio(sentence, found[-1])


def said_next_door(sentence: Sentence, before: Sentence | None) -> Said | None:
    """Return the only share of the sentence before, for one that says no more than "that is a majority"."""
    if before is None or sentence.figures or distance(sentence, 0, len(sentence.text)) > _MOST_WORDS:
        return None
    found = ratios(before)
    shares = [each for each in before.figures if each.kind == PERCENT and each not in [one.share for one in found]]
    if len(found) == 1 and not shares:
        return of_ratio(before, found[0])
    if not found and len(shares) == len(before.figures) == 1 and not shares[0].bound and not shares[0].sign:
        text = before.text[shares[0].start : shares[0].end]
        return Said(least=shares[0].value, most=shares[0].value, text=text, start=0)
    return None


def _in_parentheses(sentence: Sentence, first: Quantity, behind: Sequence[Quantity]) -> list[Quantity]:
    """Return a percentage with those that stand in one parenthesis with it: they may be meant together."""
    close = sentence.text.find(")", first.end)
    if close < 0 or "(" in sentence.text[first.end : close]:
        return [first]
    return [each for each in behind if each.end <= close and each.kind == PERCENT]
