"""Find the questions in a text: its sentences that end with a question mark of any language."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.parse.names import label, split_label

_ADDRESS = re.compile(r"(?:\bhttps?://|\bftp://|\bwww\.)[^\s<>\"“”「」]{1,2000}")
_SIGN = re.compile(r"[?？؟‽፧;\u037e.!…。！।։\n]")
_MARKS = frozenset("?？\u037e")  # of every language; the data holds the others, folded
_GREEK_MARKS = frozenset(";\u037e")
# A full stop only ends a sentence before a space, so that "2.5" does not; those of unspaced scripts always do.
_STOPS = frozenset(".!…")
_FULL_STOPS = frozenset("。！।։\n")
_CLOSING = "\"'»”’)）」』]“«"
_PARENTHESES = frozenset(")）]")
_OPENING_PARENTHESES = frozenset("(（[")
# What opens a quotation that each sign closes; languages turn them in both ways.
_QUOTES = {"”": "“„”", "“": "„", "»": "«", "«": "»", "’": "‘‚’", "」": "「", "』": "『", '"': '"', "'": "'"}
_BEFORE_GUILLEMET = re.compile(r"[ \u00a0\u202f]»")
_OPENING = "¿"
_INSIDE = "՞"  # Armenian sets it into the word that asks
_GOES_ON = frozenset(",;:")
_LAST_WORD = re.compile(r"[^\s.(]{1,12}(?:\.[^\s.(]{1,12}){0,3}$")
_SHORTENED = re.compile(r"[^\W\d_]{1,3}(?:\.[^\W\d_]{1,3}){1,3}")
_LONGEST = 300
_MOST_SPACES = 50
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of a text and where it starts; a question may stand in quotation marks inside another one.

    lead is what stands before a question in the same sentence, where a sign opens the question.
    """

    text: str
    start: int
    lead: str = ""
    is_question: bool = False
    is_quoted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """The signs of languages: marks that end a question, words that do so before a full stop, abbreviations."""

    marks: frozenset[str]
    endings: tuple[str, ...] = ()
    abbreviations: frozenset[str] = frozenset()

    @classmethod
    def of(cls, marks: Sequence[str], endings: Sequence[str] = (), abbreviations: Sequence[str] = ()) -> "Marks":
        """Return the signs; full-width marks belong to every language, and what only opens a question ends none."""
        ending = frozenset([*marks, *_MARKS]) - {_OPENING, _INSIDE}
        return cls(marks=ending, endings=tuple(endings), abbreviations=frozenset(abbreviations))


def questions(text: str, marks: Sequence[str]) -> list[str]:
    """Return the questions of a text in order; addresses with question marks in them are none."""
    return [each.text for each in sentences(text, Marks.of(marks)) if each.is_question]


def sentences(text: str, signs: Marks) -> list[Sentence]:
    """Return the sentences of a text in order."""
    plain = _ADDRESS.sub(_veiled, text)
    found: list[Sentence] = []
    start = 0
    for sign in _SIGN.finditer(plain):
        end = _end(plain, start, sign.start(), signs) if sign.start() >= start else 0
        if end:
            found.append(_sentence(text, plain, start, end, signs))
            start = end
    if plain[start:].strip():
        found.append(_sentence(text, plain, start, len(plain), signs))
    return [each for each in found if each.text]


def _veiled(address: re.Match[str]) -> str:
    """Put letters in the place of an address, without the signs that follow it, as MediaWiki ends it, too."""
    said = address.group()
    kept = said.rstrip(".,;:!?？。)")
    return "x" * len(kept) + said[len(kept) :]


def _end(text: str, start: int, at: int, signs: Marks) -> int:
    """Return where a sentence ends with this sign and closing quotation marks, or 0 where it goes on."""
    sign, after = text[at], text[at + 1 : at + 2]
    if after and (after in signs.marks or after in _STOPS) and sign != "\n":
        return 0
    if sign == ";" and not (sign in signs.marks and _is_greek(text[max(start, at - 12) : at])):
        return 0
    end = at + 1
    if _BEFORE_GUILLEMET.match(text, end):
        end += 1
    while sign != "\n" and end < len(text) and end <= at + 4 and text[end] in _CLOSING:
        end += 1
    if not _PARENTHESES.isdisjoint(text[at + 1 : end]) and text[_first(text, start)] not in _OPENING_PARENTHESES:
        return 0
    follows = text[end : end + 1]
    if sign in _FULL_STOPS or sign == "？" or not follows.strip():
        return end if sign != "." or not _is_abbreviation(text, at, end, signs) else 0
    if sign not in signs.marks:
        return 0
    is_end = follows.isupper() or follows in "—–-¿(*" or _UNSPACED.match(follows) or end > at + 1
    is_turned = follows in _GOES_ON and text.rfind(_OPENING, max(start, at - _LONGEST), at) >= 0
    return end if is_end or is_turned else 0


def _first(text: str, start: int) -> int:
    last = min(start + _MOST_SPACES, len(text) - 1)
    while start < last and text[start].isspace():
        start += 1
    return start


def _is_abbreviation(text: str, at: int, end: int, signs: Marks) -> bool:
    """Tell a full stop that ends no sentence: behind an initial or a known word, or before a small letter."""
    last = _LAST_WORD.search(text, max(0, at - 40), at)
    word = last.group() if last else ""
    if len(word) == 1 and word.isupper() and word not in "I":
        return True
    if word.casefold() in signs.abbreviations or _SHORTENED.fullmatch(word):
        return True
    behind = _first(text, end) if end < len(text) else end
    return end == at + 1 and text[behind : behind + 1].islower()


def _sentence(text: str, plain: str, start: int, end: int, signs: Marks) -> Sentence:
    """Return what stands between two offsets: as a whole, or only the question where that is set off."""
    first = _first(plain, start) if start < end else start
    asked = plain[first:end].rstrip(f"{_CLOSING} \n").rstrip("!…").rstrip()
    last = first + len(asked)
    if not _asks(asked, signs):
        return Sentence(text=text[first:end].strip()[:_LONGEST], start=first)
    if ")" in plain[last:end] and _is_aside(plain[first:last]):
        return Sentence(text=text[first:end].strip()[:_LONGEST], start=first)
    opened = _quote(plain, first, last, end)
    if opened >= 0:
        said = text[opened:last].strip()
        return Sentence(text=_short(said), start=opened, is_question=True, is_quoted=True)
    turned = plain.rfind(_OPENING, first, last)
    behind = turned if turned >= 0 else first
    if plain[behind] in _OPENING_PARENTHESES:
        behind += 1
    lead = text[first:behind].strip()
    return Sentence(text=_short(text[behind:last].strip()), start=behind, lead=lead[-_LONGEST:], is_question=True)


def _is_aside(asked: str) -> bool:
    """Tell whether a question mark stands in parentheses inside a statement, as in "on 5 June (or 6?)"."""
    return asked.rfind("(") > max(asked.rfind(")"), 0)


def _asks(asked: str, signs: Marks) -> bool:
    """Tell whether a sentence asks: it ends with a mark and has words; "Place: ?" leaves a place for an answer."""
    if not any(letter.isalpha() for letter in asked):
        return False
    if asked[-1] not in signs.marks:
        return _INSIDE in asked or asked.rstrip("。.").endswith(signs.endings or ("\n",))
    if asked[-1] in _GREEK_MARKS and not _is_greek(asked):  # elsewhere a semicolon
        return False
    words = asked.rstrip("".join(signs.marks)).rstrip()
    return bool(words) and not words.endswith((":", "：", "(", "["))


def _quote(text: str, first: int, last: int, end: int) -> int:
    """Return where a question starts that stands in quotation marks, behind the opening one; -1 where none does."""
    for closing in text[last:end].strip():
        found = max((text.rfind(each, first, last) for each in _QUOTES.get(closing, "")), default=-1)
        if found >= 0 and (closing not in "'\"" or text.count(closing, first, last) % 2):
            return found + 1
    return -1


def _short(question: str) -> str:
    return question if len(question) <= _LONGEST else f"…{question[-_LONGEST:]}"


def _is_greek(text: str) -> bool:
    return any("\u0370" <= letter <= "\u03ff" or "\u1f00" <= letter <= "\u1fff" for letter in text)


def open_question(title: str, words: Sequence[str], marks: Sequence[str]) -> str:
    """Return the question that a heading is, as in "Open question: …" or "Why a hub?", or nothing."""
    before, rest = split_label(title)
    if rest and label(before) in words:
        return rest
    asked = title.strip().rstrip(f"{_CLOSING} ").rstrip("!…")
    return title if asked and _asks(asked, Marks.of(marks)) else ""
