"""Recompute percentages that a sentence gives of people it has just counted: how many more, or which part of them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from bot.analyze.audit_clause import distance, marks_in, only_of, text_of, words_in
from bot.analyze.audit_finding import Finding, as_printed, closer, fits, plain
from bot.analyze.audit_parts import ratios
from bot.analyze.audit_sizes import Size
from bot.model import Place
from bot.parse.published import Sentence
from bot.parse.quantity import COUNT, PERCENT, Quantity

_FAR = 6
_MOST_FIGURES = 12
_NEAR_MISS = 15  # points: further off, it is a percentage of something else
_LEAST_YEAR, _LAST_YEAR = 1900, 2100


def check_gains(sentence: Sentence, stated: Sequence[Size], place: Place) -> Iterator[Finding]:
    """Yield "24 more than last year (60%)" and "210 came first and 168 later (20% fewer)" that do not agree."""
    if not sentence.figures or len(sentence.figures) > _MOST_FIGURES or sentence.having("maybe"):
        return
    own = [size for size in stated if size.sentence is sentence]
    for share in sentence.figures:
        if share.kind == PERCENT and not share.sign and not share.bound and _is_bracketed(sentence, share):
            if not sentence.having("negation"):
                yield from _check_more_than(sentence, share, own, stated, place)
                yield from _check_two(sentence, share, own, place)
            yield from _check_part(sentence, share, stated, place)


def _is_bracketed(sentence: Sentence, share: Quantity) -> bool:
    """Tell whether a share begins a parenthesis."""
    return sentence.text[: share.start].rstrip("~≈ ").endswith("(")


def _closes(sentence: Sentence, share: Quantity) -> bool:
    return sentence.text[share.end :].lstrip().startswith(")")


def _counts(sentence: Sentence, end: int) -> list[Quantity]:
    """Return the counts up to an offset, years left out."""
    several = [each for each in sentence.figures if each.kind == COUNT and each.end <= end and not each.sign]
    return [each for each in several if not _LEAST_YEAR <= each.value < _LAST_YEAR]


def _check_more_than(
    sentence: Sentence, share: Quantity, own: Sequence[Size], stated: Sequence[Size], place: Place
) -> Iterator[Finding]:
    """Check the share of "64 participants, 24 more than in 2022 (60%)"."""
    counts = _counts(sentence, share.start)
    if not _closes(sentence, share) or len(counts) != 2 or len(own) != 1 or own[0].figure != counts[0]:
        return
    now, step = counts
    turns = [mark for mark in sentence.having("fewer", "more") if mark.start >= step.end]
    if not turns or words_in(sentence, step.end, turns[0].start) or distance(sentence, step.end, share.start) > _FAR:
        return
    before = now.value - step.value if turns[0].role == "more" else now.value + step.value
    if before <= 0 or any(fits(share, 100 * step.value / base) for base in (before, now.value)):
        return
    if any(size.line < sentence.line for size in stated):
        return  # those before may be told of on the page
    sign = "−" if before < now.value else "+"
    formula = f"{text_of(sentence, step)} / ({text_of(sentence, now)} {sign} {text_of(sentence, step)})"
    yield _finding(sentence, share, 100 * step.value / before, formula, place)


def _check_two(sentence: Sentence, share: Quantity, own: Sequence[Size], place: Place) -> Iterator[Finding]:
    """Check the share of "210 people came at first and 168 later (20% fewer)"."""
    counts = _counts(sentence, share.start)
    turns = [mark for mark in sentence.having("fewer", "more") if mark.start >= share.end]
    if len(counts) != 2 or not turns or words_in(sentence, share.end, turns[0].start):
        return
    before, after = counts
    is_people = any(size.figure == before for size in own) and _is_bare(sentence, after, own)
    is_fewer = after.value < before.value
    if not is_people or is_fewer != (turns[0].role == "fewer") or distance(sentence, after.end, share.start) > _FAR:
        return
    step = abs(after.value - before.value)
    exact = 100 * step / before.value
    if fits(share, exact) or fits(share, 100 * step / after.value) or abs(exact - share.value) > _NEAR_MISS:
        return
    high, low = (before, after) if is_fewer else (after, before)
    formula = f"({text_of(sentence, high)} − {text_of(sentence, low)}) / {text_of(sentence, before)}"
    yield _finding(sentence, share, exact, formula, place)


def _is_bare(sentence: Sentence, figure: Quantity, own: Sequence[Size]) -> bool:
    """Tell whether a count is of the same people as the one before: it names none, or people again."""
    after = next((token for token in sentence.words if token.start >= figure.end), None)
    within = {mark.start for mark in sentence.having("within")}
    return any(size.figure == figure for size in own) or (after is not None and after.start in within)


def _check_part(sentence: Sentence, share: Quantity, stated: Sequence[Size], place: Place) -> Iterator[Finding]:
    """Check the share of "16 of the participants (25%)", where the paragraph counts the participants once."""
    counts = _counts(sentence, share.start)
    if not counts or not _closes(sentence, share) or any(each.share == share for each in ratios(sentence)):
        return
    part = counts[-1]
    of = marks_in(sentence, part.end, share.start, "of")
    people = marks_in(sentence, part.end, share.start, "people")
    if not of or not people or not only_of(sentence, part.end, share.start, "of", "people"):
        return
    known = [size for size in stated if size.paragraph == sentence.paragraph and size.figure != part]
    wholes = {size.value for size in known if size.value >= part.value and not _is_part(size)}
    everywhere = [size.value for size in stated if size.value]
    if len(wholes) != 1 or any(fits(share, 100 * part.value / whole) for whole in everywhere):
        return
    whole = wholes.pop()
    found = _finding(sentence, share, 100 * part.value / whole, f"{text_of(sentence, part)} / {whole}", place)
    yield replace(found, kind="ratio")


def _is_part(size: Size) -> bool:
    return any(each.part == size.figure for each in ratios(size.sentence))


def _finding(sentence: Sentence, share: Quantity, exact: Fraction, formula: str, place: Place) -> Finding:
    text, shown = text_of(sentence, share), closer(share, exact)
    return Finding(
        place=replace(place, line=sentence.line_at(share.start)),
        kind="people",
        subject="",
        published=text,
        recomputed=plain(shown),
        formula=plain(f"{formula} = {shown}"),
        repair=f"{text} → {as_printed(text, share, exact)}" if "(" not in formula else "",
    )
