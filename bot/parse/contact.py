"""Take e-mail addresses and telephone numbers out of what people wrote: nobody's are ever passed on."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from ipaddress import ip_address

GONE = "•••"
# A link that writes or calls: only its words are shown.
_LINK = re.compile(
    r"\[\s{0,3}(?:mailto|tel|callto|sms|skype|sip|sips|xmpp|whatsapp|facetime):[^\s\[\]]{0,300}(?:\s{1,9}([^\[\]]{0,300}))?\]",
    re.IGNORECASE,
)
_LABEL = r"[^\W_](?:[\w-]{0,62}[^\W_])?"
_LOCAL = r"[\w.+%&'*/=?^{|}~!#$-]{1,64}"
_MAIL = re.compile(
    rf"(?:mailto:)?{_LOCAL}\s{{0,2}}[@＠﹫]\s{{0,2}}{_LABEL}(?:(?:[.．。]|\s[.．。]\s{{0,1}}){_LABEL}){{0,5}}"
)
# Between brackets a word stands for a sign: "name (at) domain (dot) org".
_OPEN, _CLOSE = r"[(\[{<«|_*-]{1,3}\s{0,2}", r"\s{0,2}[)\]}>»|_*-]{1,3}"
_DIGITS = 7
_MOST_DIGITS = 20
# The gap between two digits is at most three signs, so that one number is found without trying many ends.
_NUMBER = re.compile(r"(?<![\w~])(?<!~\d{4}-)(?:\+|00)?\s?\(?\d(?:[\s().\-/‐-―−·]{0,3}\d){6,}")
_DATES = (
    re.compile(r"\d{4}[-/.‐-―]\d{1,2}[-/.‐-―]\d{1,2}(?:[\sT]{1,2}\d{1,2})?"),
    re.compile(r"\d{1,2}\s?[-/.‐-―]\s?\d{1,2}\s?[-/.‐-―]\s?\d{4}(?:\s{1,2}\d{1,2})?"),
    re.compile(r"(?:19|20)\d\d(?:\s?[-/‐-―\s]\s?(?:19|20)\d\d){1,4}"),
)
# What numbers a revision or a page is no telephone, nor is a round number in groups of three.
_IDENTIFIER = re.compile(
    r"(?:\b(?:old|cur|rev|page)?id|\bdiff|\brev|\brevision|\bphab|[?&]\w{1,10})\s?[=:]?\s?$|=$", re.IGNORECASE
)
_ROUND = re.compile(r"[1-9]\d{0,2}(?:[\s.]\d{3}){0,3}(?:[\s.]000){1,3}")


def redacted(text: str, at_words: Iterable[str] = (), dot_words: Iterable[str] = ()) -> str:
    """Return a text without e-mail addresses and telephone numbers, also those that are spelled out."""
    if not text:
        return text
    text = _LINK.sub(_words_of_link, text) if "[" in text else text
    plain = "".join(map(_one_digit, text)) if not text.isascii() else text
    spans = [found.span() for found in _MAIL.finditer(plain)] if _has_at(plain) else []
    spans += [found.span() for found in _spelled(tuple(at_words), tuple(dot_words)).finditer(plain)]
    numbers = (found for found in _NUMBER.finditer(plain) if _is_telephone(found[0]))
    spans += [
        found.span() for found in numbers if not _IDENTIFIER.search(plain, max(0, found.start() - 12), found.start())
    ]
    return _without(text, spans) if spans else text


def _words_of_link(found: re.Match[str]) -> str:
    return found[1] or GONE


def _has_at(text: str) -> bool:
    return any(sign in text for sign in "@＠﹫")


def _one_digit(letter: str) -> str:
    """Return a digit of any script as the one that patterns know."""
    if letter.isascii():
        return letter
    digit = unicodedata.decimal(letter, -1)
    return str(digit) if digit >= 0 else "+" if letter == "＋" else letter


def _is_telephone(number: str) -> bool:
    """Tell whether a row of digits can be dialled; dates, spans of years and addresses of computers cannot."""
    digits = sum(letter.isdecimal() for letter in number)
    if not digits >= _DIGITS:
        return False
    whole = number.strip()
    if any(date.fullmatch(whole) for date in (*_DATES, _ROUND)):
        return False
    try:
        ip_address(whole)
    except ValueError:
        return True
    return False


@lru_cache(maxsize=8)
def _spelled(at_words: tuple[str, ...], dot_words: tuple[str, ...]) -> re.Pattern[str]:
    """Compile addresses with words for their signs: both in brackets, or both bare."""
    at, dot = _any_of(("at", "@", "a", "ät", *at_words)), _any_of(("dot", ".", "punkt", *dot_words))
    bare_at, bare_dot = _any_of(at_words), _any_of(dot_words)
    name, domain = r"[\w.+-]{1,64}", r"[\w-]{1,63}"
    in_brackets = rf"{_OPEN}(?:{at}){_CLOSE}"
    # A full stop with a space behind it alone ends a sentence: "me@example.org. French, please".
    dots = rf"(?:\s{{0,2}}{_OPEN}(?:{dot}){_CLOSE}\s{{0,2}}|\.|\s{{1,2}}\.\s{{0,2}}|\s(?:{bare_dot})\s)"
    whole = rf"{name}\s{{0,2}}(?:{in_brackets})\s{{0,2}}{domain}(?:{dots}{domain}){{1,5}}"
    bare = rf"{name}\s(?:{bare_at}|@)\s{domain}(?:\s(?:{bare_dot})\s{domain}){{1,5}}"
    mixed = rf"{name}\s?@\s?{domain}(?:{dots}{domain}){{1,5}}"
    return re.compile(rf"{whole}|{bare}|{mixed}", re.IGNORECASE)


def _any_of(several: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, dict.fromkeys(several)), key=len, reverse=True)) or "(?!)"


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    pieces: list[str] = []
    done = 0
    for start, end in sorted(spans):
        if start >= done:
            first = text[start:end]
            lead = len(first) - len(first.lstrip())
            pieces += [text[done : start + lead], GONE]
            done = end
    return "".join([*pieces, text[done:]])
