"""Hold shares in words, such as "two thirds", against the figures that a sentence gives for them."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from bot.analyze.audit_clause import distance, figures_in, marks_in, words_in
from bot.analyze.audit_finding import Finding, plain, printed
from bot.analyze.audit_said import Said, said_of
from bot.model import Place
from bot.parse.lexicon import Mark
from bot.parse.published import Sentence
from bot.parse.quantity import Quantity

_MOST_WORDS = 8
_ROUNDED = Fraction(1, 2)


def check_fractions(sentence: Sentence, place: Place) -> Iterator[Finding]:
    """Yield shares in words that the figures behind them contradict: "three quarters (52%)"."""
    for number, share in enumerate(sentence.fractions):
        if sentence.having("rule") or marks_in(sentence, 0, share.start, "maybe"):
            continue
        others = [each.start for each in sentence.fractions[number + 1 :]]
        others += [mark.start for mark in _majorities(sentence) if mark.start >= share.end]
        limit = min([len(sentence.text), *others, *_cuts(sentence, share.end)])
        if any(mark.start <= share.start and share.end <= mark.end for mark in _majorities(sentence)):
            continue
        said = _said(sentence, share, limit)
        if said is not None and not _agrees(sentence, share, said):
            shown = f"{printed(said.most, 1)}%"
            yield Finding(
                place=replace(place, line=sentence.line_at(share.start)),
                kind="fraction",
                subject="",
                published=f"{sentence.text[share.start : share.end]} ({said.text})",
                recomputed=plain(shown),
                formula=plain(f"{said.text} = {shown}"),
            )


def _majorities(sentence: Sentence) -> list[Mark]:
    return sentence.having("majority", "most", "minority", "huge_majority", "small_minority", "rule")


def _cuts(sentence: Sentence, start: int) -> list[int]:
    cuts = [at for at, sign in enumerate(sentence.text) if sign == ";"]
    cuts += [mark.start for mark in sentence.having("but")]
    return [cut for cut in cuts if cut >= start]


def _said(sentence: Sentence, share: Quantity, limit: int) -> Said | None:
    """Return the share beside, where no more than a few words and no bracket stand between."""
    said = said_of(sentence, share.start, share.end, limit)
    if said is None or said.start < share.start:
        return said
    first = figures_in(sentence, share.end, limit)[0]
    between = sentence.text[share.end : first.start]
    is_plain = between.count("(") <= 1 and not any(sign in between for sign in ",:)")
    return said if is_plain and distance(sentence, share.end, first.start) <= _MOST_WORDS else None


def _agrees(sentence: Sentence, share: Quantity, said: Said) -> bool:
    """Tell whether a share in words may stand for the exact one, in the direction that it is said to lie."""
    before = [mark for mark in sentence.having("above", "below") if mark.end <= share.start]
    led = [mark for mark in before if not words_in(sentence, mark.end, share.start)]
    if led and led[-1].role == "above":
        return said.most > share.value - _ROUNDED
    if led:
        return said.least < share.value + _ROUNDED
    is_near = marks_in(sentence, 0, share.start, "meaning")
    leeway = share.leeway + (2 if is_near else 0)
    return said.least - leeway <= share.value <= said.most + leeway
