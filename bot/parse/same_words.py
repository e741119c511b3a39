"""Tell whether two statements say the same in the same words, whatever their case, space and punctuation."""

import re
import unicodedata

from bot.parse.text import fold

_APOSTROPHES = re.compile(r"(?<=\w)['’ʼ`´](?=\w)")
# Between digits, and before one, a sign is part of a number: 1-3 is not 1.3, and -5 is not 5.
_IN_NUMBER = re.compile(r"(?<=\d)[.,:/·٫٬‐-―−-](?=\d)|(?<![\w)\]])[-−–](?=\d)")
_DASHES = str.maketrans("‐‑‒–—―−", "-------")
_MEANT = frozenset("%‰&@#§°")
_SPACES = re.compile(r"\s+")


def normal(text: str) -> str:
    """Return a text as statements are compared: case, space and punctuation gone, numbers whole."""
    folded = _APOSTROPHES.sub("", fold(text))
    pieces: list[str] = []
    done = 0
    for sign in _IN_NUMBER.finditer(folded):
        pieces += [_unmarked(folded[done : sign.start()]), sign.group().translate(_DASHES)]
        done = sign.end()
    pieces.append(_unmarked(folded[done:]))
    return _SPACES.sub(" ", "".join(pieces)).strip() or folded


def _unmarked(text: str) -> str:
    return "".join(" " if _is_mark(letter) else letter for letter in text)


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter).startswith("P") and letter not in _MEANT
