"""Hold words of majority against the figures that a sentence gives for them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from bot.analyze.audit_claims import Mention, is_guarded, matching
from bot.analyze.audit_clause import distance, figures_in, marks_in
from bot.analyze.audit_finding import Finding, plain, printed
from bot.analyze.audit_said import Said, said_next_door, said_of
from bot.analyze.audit_series import Label, Series
from bot.model import Place
from bot.parse.lexicon import Mark
from bot.parse.published import Sentence

_NEAR = 3
_HALF = Fraction(50)
# A majority is more than half; how much more a huge one is, nobody says: below these the word is wrong for sure.
_BOUNDS = {
    "majority": (_HALF, Fraction(100)),
    "most": (_HALF, Fraction(100)),
    "huge_majority": (Fraction(55), Fraction(100)),
    "minority": (Fraction(0), _HALF),
    "small_minority": (Fraction(0), Fraction(40)),
}


def check_majorities(
    sentence: Sentence, before: Sentence | None, named: Sequence[Mention], known: Series, place: Place
) -> Iterator[Finding]:
    """Yield a majority that is none, by the figures of its clause, of the sentence before, or of the tables."""
    marks = sentence.having(*_BOUNDS)
    for mark in marks:
        start, end = _bounds(sentence, mark)
        if _is_denied(sentence, start, mark) or marks_in(sentence, start, end, "rule"):
            continue
        end = min([end, *(other.start for other in marks if other.start >= mark.end)])
        said = said_of(sentence, mark.start, mark.end, end)
        if said is None and len(marks) == 1:
            said = said_next_door(sentence, before) or _in_tables(sentence, mark, (start, end), named, known)
        if said is None or _is_such(mark.role, said):
            continue
        if mark.role == "most" and any(mark.end <= each.start <= said.start for each in named):
            continue  # "most came from A (36%)": more than from anywhere else
        exact = said.least if mark.role.endswith("minority") else said.most
        yield Finding(
            place=replace(place, line=sentence.line_at(said.start)),
            kind="majority",
            subject="",
            published=f"{sentence.text[mark.start : mark.end]} ({said.text})",
            recomputed=plain(f"{printed(exact, 1)}%"),
            formula=plain(f"{said.text} = {printed(exact, 1)}%"),
        )


def _is_denied(sentence: Sentence, start: int, mark: Mark) -> bool:
    denied = marks_in(sentence, start, mark.start, "negation")
    return bool(denied) and distance(sentence, denied[-1].end, mark.start) < _NEAR


def _bounds(sentence: Sentence, mark: Mark) -> tuple[int, int]:
    """Return the part of a sentence that speaks of a majority: up to a semicolon or a word such as "but"."""
    cuts = [at for at, sign in enumerate(sentence.text) if sign == ";"]
    cuts += [other.start for other in sentence.having("but")]
    start = max((cut for cut in cuts if cut < mark.start), default=0)
    return start, min((cut for cut in cuts if cut >= mark.end), default=len(sentence.text))


def _is_such(role: str, said: Said) -> bool:
    low, high = _BOUNDS[role]
    return said.least < high if role.endswith("minority") else said.most > low


def _in_tables(
    sentence: Sentence, mark: Mark, bounds: tuple[int, int], named: Sequence[Mention], known: Series
) -> Said | None:
    """Return from what to what the shares are that the tables give for the only things a clause names."""
    start, end = bounds
    inside = [each for each in named if start <= each.start and each.end <= end]
    if not inside or figures_in(sentence, start, end) or is_guarded(sentence, start, mark.start, named, "maybe"):
        return None
    if is_guarded(sentence, start, end, named, "negation"):
        return None
    if not _is_claim(sentence, mark, inside, end):
        return None
    labels: frozenset[Label] = frozenset(each.label for each in inside)
    here = [each for each in known.snapshots if each.section == sentence.section] or list(known.snapshots)
    values = [
        each.values[key].exact
        for each in here
        for key in matching(labels, [key for key, value in each.values.items() if value.is_share], known)[0]
    ]
    if not values:
        return None
    shown = ", ".join(sorted({known.names[label] for label in labels}))
    return Said(least=min(values), most=max(values), text=shown, start=mark.start)


def _is_claim(sentence: Sentence, mark: Mark, inside: Sequence[Mention], end: int) -> bool:
    """Tell "a majority wants A" from talk of which A is a part: no more than a few words before it, none behind."""
    first, last = min(inside, key=lambda each: each.start), max(inside, key=lambda each: each.end)
    is_near = mark.end <= first.start and distance(sentence, mark.end, first.start) <= _NEAR + 1
    between = distance(sentence, first.end, last.start) if first.end <= last.start else 0
    signs = any(sign in sentence.text[mark.end : last.end] for sign in ",;:()")
    return is_near and between <= _NEAR and not signs and distance(sentence, last.end, end) <= 1
