"""Take what an entry says apart: segments between commas, with the words, cues and names of languages in them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.parse import tongues
from bot.parse.phrases import Found, Word

_PLACE = re.compile(r"([^\W\d_]{2,30})\s?[(（]([^()（）]{2,30})[)）]")
_SENTENCE_ENDS = ".;!?。！？؟।\n"
_SEGMENT_ENDS = ",،、，()（）[]/|·•–—+&"
_BEHIND = 2
_FAR = 1_000_000
_ARTICLE = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """What stands between two commas, with the words, cues and names of languages in it.

    turns tells that a word such as "but" stands before it.
    """

    sentence: int
    turns: bool
    words: Sequence[Word]
    cues: Sequence[Found]
    names: Sequence[Found]


def denies(other: Found, cue: Found, segment: Segment, near: Sequence[Word]) -> bool:
    """Tell whether a word such as "not" stands near before a cue, right behind it, or ends what is said."""
    if other.end <= cue.start:
        return other.end >= cue.start - 1 or bool(near and other.end > near[0].start)
    until = min((name.start for name in segment.names if name.start >= cue.end), default=_FAR)
    behind = [word for word in segment.words if cue.end <= word.start < until][:_BEHIND]
    is_last = bool(segment.words) and other.end == segment.words[-1].end
    return is_last or other.start in {word.start for word in behind}


def pieces(text: str) -> Iterable[tuple[int, str]]:
    """Yield the segments of a text with the number of their sentence."""
    sentence = 0
    piece: list[str] = []
    for at, letter in enumerate(text):
        is_dash = letter in "-–" and text[at - 1 : at + 2] in (" - ", " – ")
        ends_sentence = letter in _SENTENCE_ENDS and not (letter == "." and text[at + 1 : at + 2].strip())
        if ends_sentence or letter in _SEGMENT_ENDS or is_dash:
            yield sentence, "".join(piece)
            piece = []
            sentence += ends_sentence
        else:
            piece.append(letter)
    yield sentence, "".join(piece)


def with_places(text: str) -> str:
    """Return a text in which a language is one name with its place behind it: "Portuguese (Brazil)"."""
    return _PLACE.sub(_with_place, text) if "(" in text or "（" in text else text


def _with_place(found: re.Match[str]) -> str:
    whole = f"{found[1]} {found[2]}"
    return whole if tongues.names().meaning(whole) else found[0]


def codes_in(several: Sequence[Word], *, is_sure: bool) -> list[Found]:
    """Return the codes of languages that a piece consists of: "fr", "pt-br", "en es"; words that are none if sure."""
    known = tongues.codes()
    found: list[Found] = []
    at = 0
    while at < len(several):
        pair = " ".join(word.folded for word in several[at : at + 2])
        length = 2 if " " in pair and pair in known else int(several[at].folded in known)
        if not length or (length == 1 and not is_sure and tongues.is_word(several[at].folded)):
            return []
        code = known[" ".join(word.folded for word in several[at : at + length])]
        found.append(Found(code, several[at].start, several[at + length - 1].end))
        at += length
    return found


def is_right_before(cue: Found, name: Found, segment: Segment, between: int = _ARTICLE) -> bool:
    """Tell whether a cue stands right before a language, with no more words between than an article."""
    several = [word for word in segment.words if word.start >= cue.end and word.end <= name.start]
    return cue.end <= name.start and len(several) <= between
