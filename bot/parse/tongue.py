"""Tell which of a few languages a comment is in, from its commonest words and its script; empty where it is open."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from bot.languages import language
from bot.parse.text import fold

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ENOUGH = 2
# Scripts that alone tell a language among those of a consultation, by the beginning of a letter's Unicode name.
_SCRIPTS: Mapping[str, tuple[str, ...]] = {
    "HIRAGANA": ("ja",),
    "KATAKANA": ("ja",),
    "HANGUL": ("ko",),
    "THAI": ("th",),
    "CJK": ("zh", "ja"),
    "HEBREW": ("he",),
    "GREEK": ("el",),
    "DEVANAGARI": ("hi", "mr", "ne"),
    "BENGALI": ("bn",),
}
_LONGEST = 2_000


def guess(text: str, codes: Sequence[str]) -> str:
    """Return the one language of codes that the text is in, or nothing where it could be several or none."""
    sample = fold(text[:_LONGEST])
    by_script = _by_script(sample)
    if by_script:
        fitting = [code for code in codes if code.partition("-")[0] in by_script]
        return fitting[0] if fitting else ""
    words = _WORD.findall(sample)
    found = {code: _common(words, code) for code in codes}
    best = max(found.values(), default=0)
    winners = [code for code, count in found.items() if count == best]
    return winners[0] if best >= _ENOUGH and len({code.partition("-")[0] for code in winners}) == 1 else ""


def _common(words: Sequence[str], code: str) -> int:
    common = language(code).talk.common_words
    return sum(word in common for word in words)


def _by_script(sample: str) -> tuple[str, ...]:
    """Return the languages of the script that most letters are in, where that script belongs to few languages."""
    counts: dict[tuple[str, ...], int] = {}
    letters = [letter for letter in sample if letter.isalpha()][:400]
    for letter in letters:
        script = unicodedata.name(letter, "").split(" ")[0].split("-")[0]
        if script in _SCRIPTS:
            counts[_SCRIPTS[script]] = counts.get(_SCRIPTS[script], 0) + 1
    if ("ja",) in counts:  # Japanese mixes its own letters with Chinese ones
        return ("ja",)
    best = max(counts, key=lambda languages: counts[languages], default=())
    return best if best and counts[best] * 2 > len(letters) else ()
