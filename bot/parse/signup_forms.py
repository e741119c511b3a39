"""Find the counts of people who signed up elsewhere: "42 people registered through the form"."""

import re
import unicodedata

from bot.parse.phrases import Found, words
from bot.parse.signup_words import SignupNames

# A number that is no part of a date, a time, a share or a longer one; in some scripts words stand right beside it.
_LETTER = r"[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]"
_NUMBER = re.compile(
    rf"(?<![.,:/+\-–])(?<!{_LETTER})(?:\d{{1,6}}|\d{{1,3}}[,.\u00a0\u202f ]\d{{3}})"
    rf"(?!{_LETTER}|[%٪月日年時时分点:]|[.,:/\-–]\d|\s?%|\s?(?:st|nd|rd|th)\b)"
)
_NEAR = 1  # words between the number and what it counts
_LONGEST = 300


def count_of_form(text: str, names: SignupNames) -> int | None:
    """Return the count that a line gives of an outside form; None where it gives none, or more than one number."""
    if len(text) > _LONGEST or not any(letter.isdecimal() for letter in text):
        return None
    plain = "".join(map(_digit, text))
    numbers = [*_NUMBER.finditer(plain)]
    said = names.forms.find(plain)
    if len(numbers) != 1 or not any(each.value == "form" for each in said):
        return None
    number = numbers[0]
    is_of_people = any(each.value == "signed_up" and _is_near(plain, number, each) for each in said)
    if not is_of_people and not _is_behind(plain, number):
        return None
    return int("".join(letter for letter in number[0] if letter.isdecimal()))


def _digit(letter: str) -> str:
    value = unicodedata.decimal(letter, -1) if not letter.isascii() else -1
    return str(value) if value >= 0 else letter


def _is_near(text: str, number: re.Match[str], word: Found) -> bool:
    between = text[number.end() : word.start] if word.start >= number.end() else text[word.end : number.start()]
    return len(words(between)) <= _NEAR


def _is_behind(text: str, number: re.Match[str]) -> bool:
    """Tell whether a number stands alone behind a label: "Google Form: 17"."""
    before, rest = text[: number.start()].rstrip(), text[number.end() :]
    return before.endswith((":", "：", "=")) and not rest.strip(" .。")
