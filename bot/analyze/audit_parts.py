"""Find where a sentence puts a number of a number, and the share that it makes of it: "33 of 72 (46%)"."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from bot.analyze.audit_clause import distance, figures_in, is_parted, marks_in, only_of, words_in
from bot.parse.published import Sentence
from bot.parse.quantity import COUNT, PERCENT, Quantity

_FAR = 8  # words between "n of m" and its share in parentheses
_IN_PARENTHESES = 4
_TURNS = ("fewer", "more", "up", "down", "rise", "fall")


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
    counts = [figure for figure in sentence.figures if figure.kind == COUNT and not figure.sign]
    return [found for one, two in pairwise(counts) for found in _between(sentence, one, two)][: len(counts)]


def _between(sentence: Sentence, one: Quantity, two: Quantity) -> Iterator[Ratio]:
    """Yield the ratio of two numbers that follow each other, the part or the whole first."""
    if two.value and one.value <= two.value:
        if _is_of(sentence, one, two):
            yield Ratio(part=one, whole=two, share=_share_of(sentence, one, two))
            return
        if (share := _share_amid(sentence, one, two)) is not None:
            yield Ratio(part=one, whole=two, share=share)
            return
    if one.value and two.value <= one.value:
        yield from _whole_first(sentence, one, two)


def _whole_first(sentence: Sentence, whole: Quantity, part: Quantity) -> Iterator[Ratio]:
    if _is_amid(sentence, whole, part):
        share = _share_behind(sentence, part) or _share_before(sentence, whole)
        yield Ratio(part=part, whole=whole, share=share)
    elif _is_among(sentence, whole, part):
        yield Ratio(part=part, whole=whole, share=_share_behind(sentence, part) or _share_at_end(sentence, part))
    elif (share := _share_of_whole(sentence, whole, part)) is not None:
        yield Ratio(part=part, whole=whole, share=share)
    elif (named := _of_them(sentence, whole, part) or _of_which(sentence, whole, part)) is not None:
        yield named


def _of_them(sentence: Sentence, whole: Quantity, part: Quantity) -> Ratio | None:
    """Read "we asked 240 people; 96 of them (40%) answered"."""
    them = [mark for mark in sentence.having("them") if mark.start >= part.end]
    is_next = bool(them) and not words_in(sentence, part.end, them[0].start)
    is_people = bool(marks_in(sentence, whole.end, part.start, "people"))
    is_year = whole.decimals == 0 and 1900 <= whole.value < 2100
    if not is_next or (is_year and not is_people):
        return None
    return Ratio(part=part, whole=whole, share=_share_behind(sentence, replace(part, end=them[0].end)))


def _of_which(sentence: Sentence, whole: Quantity, part: Quantity) -> Ratio | None:
    """Read "48 applications, of which 30 were funded (62.5%)"."""
    which = marks_in(sentence, whole.end, part.start, "them")
    is_next = bool(which) and not words_in(sentence, which[-1].end, part.start)
    text = sentence.text[whole.end : part.start]
    is_near = distance(sentence, whole.end, part.start) <= _FAR and not any(sign in text for sign in ".;()")
    return Ratio(part=part, whole=whole, share=_share_behind(sentence, part)) if is_next and is_near else None


def _is_of(sentence: Sentence, part: Quantity, whole: Quantity) -> bool:
    """Tell whether only "of", people and a share stand between: "33 (46%) of the 72"."""
    text = sentence.text[part.end : whole.start]
    if text.strip() == "/":
        return True
    has_of = bool(marks_in(sentence, part.end, whole.start, "of"))
    inside = figures_in(sentence, part.end, whole.start)
    is_plain = not any(sign in text for sign in ".;:,") and len(inside) <= 1
    return has_of and is_plain and only_of(sentence, part.end, whole.start, "of", "people", "meaning")


def _share_amid(sentence: Sentence, part: Quantity, whole: Quantity) -> Quantity | None:
    """Read "48 people, 40% of the 120 invited"."""
    inside = figures_in(sentence, part.end, whole.start)
    if len(inside) != 1 or inside[0].kind != PERCENT or inside[0].sign:
        return None
    before, behind = (part.end, inside[0].start), (inside[0].end, whole.start)
    is_near = only_of(sentence, *before, "people", "meaning") and distance(sentence, *before) <= _IN_PARENTHESES
    is_of = bool(marks_in(sentence, *behind, "of")) and only_of(sentence, *behind, "of", "people")
    is_whole = not any(sign in sentence.text[part.end : whole.start] for sign in ".;:()")
    return inside[0] if is_near and is_of and is_whole else None


def _is_amid(sentence: Sentence, whole: Quantity, part: Quantity) -> bool:
    """Tell the whole before its part, as in languages that say "72人中33人"."""
    text = sentence.text[whole.end : part.start]
    has_amid = bool(marks_in(sentence, whole.end, part.start, "amid"))
    is_plain = not any(sign in text for sign in ".;:()") and not figures_in(sentence, whole.end, part.start)
    return has_amid and is_plain and only_of(sentence, whole.end, part.start, "amid", "people", "of", "meaning")


def _is_among(sentence: Sentence, whole: Quantity, part: Quantity) -> bool:
    """Tell whether a clause begins with the whole: "Of the 72 participants, 33 (46%)"."""
    ahead = marks_in(sentence, 0, whole.start, "among")
    is_ahead = bool(ahead) and not words_in(sentence, ahead[-1].end, whole.start)
    text = sentence.text[whole.end : part.start]
    few = distance(sentence, whole.end, part.start) <= _FAR
    if not (is_ahead and few) or any(sign in text for sign in ".;:!?"):
        return False
    behind = sentence.text[part.end :].lstrip()
    is_bracketed = text.rstrip().endswith("(") and behind.startswith(")")
    begins = not words_in(sentence, 0, ahead[-1].start) or sentence.text[: ahead[-1].start].rstrip()[-1:] in ",;:("
    return ("(" not in text and (behind.startswith("(") or begins)) or (is_bracketed and begins)


def _share_of(sentence: Sentence, part: Quantity, whole: Quantity) -> Quantity | None:
    """Return the share that belongs to "n of m": inside it, behind it, or before it."""
    inside = [figure for figure in figures_in(sentence, part.end, whole.start) if figure.kind == PERCENT]
    return inside[0] if inside else (_share_behind(sentence, whole) or _share_before(sentence, part))


def _share_behind(sentence: Sentence, whole: Quantity) -> Quantity | None:
    after = next((figure for figure in sentence.figures if figure.start >= whole.end), None)
    if after is None or after.kind != PERCENT or after.sign or _is_turn(sentence, after):
        return None
    text = sentence.text[whole.end : after.start]
    before, parenthesis, _ = text.partition("(")
    if parenthesis:
        opened = whole.end + len(before)
        is_near = distance(sentence, whole.end, opened) <= _FAR and not is_parted(before) and ")" not in before
        is_mere = only_of(sentence, opened, after.start, "meaning", "rate", "share")
        return after if is_near and is_mere and _closes(sentence, after.end) else None
    is_joined = only_of(sentence, whole.end, after.start, "meaning", "people", "rate", "share")
    is_named = text.rstrip("~≈ ").endswith(",") and sentence.text[after.end : after.end + 1] == ")"
    is_named = is_named and distance(sentence, whole.end, after.start) <= 2  # "(7 of 8 projects, 88%)"
    return after if (is_joined or is_named) and not any(sign in text for sign in ".;)") else None


def _share_at_end(sentence: Sentence, part: Quantity) -> Quantity | None:
    """Return the share behind what the part did: "Of the 120 invited, 48 filled in the form, a rate of 40%"."""
    after = next((figure for figure in sentence.figures if figure.start >= part.end), None)
    if after is None or after.kind != PERCENT or after.sign or _is_turn(sentence, after):
        return None
    text = sentence.text[part.end : after.start]
    cut = part.end + max(text.rfind(sign) for sign in (",", "–", "—", "、", "،"))
    if cut < part.end or any(sign in text for sign in ".;:()") or distance(sentence, part.end, cut) > _FAR:
        return None
    is_named = bool(marks_in(sentence, cut, after.start, "meaning", "rate"))
    return after if is_named and only_of(sentence, cut, after.start, "meaning", "rate", "share", "of") else None


def _is_turn(sentence: Sentence, share: Quantity) -> bool:
    """Tell whether a percentage is one of change: "20% fewer than last year"."""
    behind = [mark for mark in sentence.having(*_TURNS) if mark.start >= share.end]
    return bool(behind) and distance(sentence, share.end, behind[0].start) <= 1


def _share_of_whole(sentence: Sentence, whole: Quantity, part: Quantity) -> Quantity | None:
    """Read "45% of the 120 people invited (54) answered"."""
    before = next((figure for figure in reversed(sentence.figures) if figure.end <= whole.start), None)
    if before is None or before.kind != PERCENT or before.sign:
        return None
    is_of = bool(marks_in(sentence, before.end, whole.start, "of"))
    is_led = is_of and only_of(sentence, before.end, whole.start, "of", "people")
    text, behind = sentence.text[whole.end : part.start], sentence.text[part.end :].lstrip()
    is_bracketed = text.rstrip().endswith("(") and behind.startswith(")") and not is_parted(text)
    is_near = distance(sentence, whole.end, part.start) <= _IN_PARENTHESES
    return before if is_led and is_bracketed and is_near else None


def _closes(sentence: Sentence, end: int) -> bool:
    """Tell whether a parenthesis ends soon, with nothing but words of rates in between."""
    close = sentence.text.find(")", end)
    is_near = close >= 0 and distance(sentence, end, close) <= _IN_PARENTHESES
    return is_near and not figures_in(sentence, end, close)


def _share_before(sentence: Sentence, part: Quantity) -> Quantity | None:
    before = next((figure for figure in reversed(sentence.figures) if figure.end <= part.start), None)
    if before is None or before.kind != PERCENT or before.sign:
        return None
    text = sentence.text[before.end : part.start]
    if text.strip() == ":":
        return before  # "80%: 12 of 15"
    is_open = text.rstrip().endswith("(") and not any(sign in text for sign in ".;:,)")
    return before if is_open and distance(sentence, before.end, part.start) <= _IN_PARENTHESES else None
