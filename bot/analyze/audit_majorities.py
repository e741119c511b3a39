"""Hold words of majority against the figures that a sentence gives for them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from bot.analyze.audit_clause import figures_in, is_parted, marks_in, only_of, words_in
from bot.analyze.audit_finding import Finding, plain, printed
from bot.analyze.audit_ratios import ratios
from bot.model import Place
from bot.parse.lexicon import Mark
from bot.parse.published import Sentence
from bot.parse.quantity import PERCENT, Quantity

_NEAR = 3
_HALF = Fraction(50)
# A majority is more than half; how much more a huge one is, nobody says: below these the word is wrong for sure.
_BOUNDS = {
    "majority": (_HALF, Fraction(100)),
    "huge_majority": (Fraction(55), Fraction(100)),
    "minority": (Fraction(0), _HALF),
    "small_minority": (Fraction(0), Fraction(40)),
}


def check_majorities(sentence: Sentence, place: Place) -> Iterator[Finding]:
    """Yield a majority that is none, by the figures that the same clause gives for it."""
    marks = sentence.having(*_BOUNDS)
    for mark in marks:
        start, end = _bounds(sentence, mark)
        if _is_denied(sentence, start, mark) or marks_in(sentence, start, end, "rule"):
            continue
        end = min([end, *(other.start for other in marks if other.start >= mark.end)])
        said = _said_share(sentence, mark, end) or _said_before(sentence, mark)
        if said is None or _is_such(mark.role, said):
            continue
        exact = said.most if mark.role.endswith("majority") else said.least
        yield Finding(
            place=replace(place, line=sentence.line_at(said.start)),
            kind="majority",
            subject="",
            published=f"{sentence.text[mark.start : mark.end]} ({said.text})",
            recomputed=plain(f"{printed(exact, 1)}%"),
            formula=plain(f"{said.text} = {printed(exact, 1)}%"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """From what to what a share may be that a sentence gives, how it is written and where."""

    least: Fraction
    most: Fraction
    text: str
    start: int


def _is_denied(sentence: Sentence, start: int, mark: Mark) -> bool:
    denied = marks_in(sentence, start, mark.start, "negation")
    return bool(denied) and len(words_in(sentence, denied[-1].end, mark.start)) < _NEAR


def _bounds(sentence: Sentence, mark: Mark) -> tuple[int, int]:
    """Return the part of a sentence that speaks of a majority: up to a semicolon or a word such as "but"."""
    cuts = [at for at, sign in enumerate(sentence.text) if sign == ";"]
    cuts += [other.start for other in sentence.having("but")]
    start = max((cut for cut in cuts if cut < mark.start), default=0)
    return start, min((cut for cut in cuts if cut >= mark.end), default=len(sentence.text))


def _is_such(role: str, said: Said) -> bool:
    low, high = _BOUNDS[role]
    return said.most > low if role.endswith("majority") else said.least < high


def _said_share(sentence: Sentence, mark: Mark, end: int) -> Said | None:
    """Return the share that stands next behind a word of majority; None where none is given."""
    found = next((each for each in ratios(sentence) if mark.end <= each.start and each.end <= end), None)
    behind = figures_in(sentence, mark.end, end)
    if not behind or not _is_of_majority(sentence, mark.end, behind[0].start):
        return None
    if found is not None and behind[0] in (found.part, found.whole, found.share):
        text = sentence.text[found.start : found.end]
        return Said(least=found.exact, most=found.exact, text=text, start=found.start)
    if behind[0].kind != PERCENT or behind[0].bound:
        return None
    several = _in_parentheses(sentence, behind[0], behind)
    values = [each.value for each in several]
    text = " + ".join(sentence.text[each.start : each.end] for each in several)
    return Said(least=max(values), most=sum(values, Fraction(0)), text=text, start=behind[0].start)


def _is_of_majority(sentence: Sentence, start: int, at: int) -> bool:
    """Tell whether a figure belongs to a word of majority: in parentheses, behind a colon, or next to it."""
    before = sentence.text[start:at].rstrip("~≈ ")
    return before.endswith(("(", ":", "–", "—")) or only_of(sentence, start, at, "people", "of", "among", "meaning")


def _said_before(sentence: Sentence, mark: Mark) -> Said | None:
    """Return the share right before a word of majority: "16 of 33, a majority,"."""
    found = [each for each in ratios(sentence) if each.end <= mark.start]
    if not found or not only_of(sentence, found[-1].end, mark.start, "people", "meaning"):
        return None
    exact = found[-1].exact
    text = sentence.text[found[-1].start : found[-1].end]
    is_next = not is_parted(sentence.text[found[-1].end : mark.start])
    return Said(least=exact, most=exact, text=text, start=found[-1].start) if is_next else None


def _in_parentheses(sentence: Sentence, first: Quantity, behind: Sequence[Quantity]) -> list[Quantity]:
    """Return a percentage with those that stand in one parenthesis with it: they may be meant together."""
    close = sentence.text.find(")", first.end)
    if close < 0 or "(" in sentence.text[first.end : close]:
        return [first]
    return [each for each in behind if each.end <= close and each.kind == PERCENT]
