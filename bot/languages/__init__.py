"""What people write on pages, per language: words for votes, answers, needs and boxes, edited by hand.

Every word stands as `bot.parse.text.fold` leaves it: small letters, single spaces, a template without its namespace.
`mul.toml` holds what is the same in every language: marks such as ✓ and templates that most wikis have.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import fields
from functools import cache, lru_cache
from importlib import resources
from typing import Any, TypeVar

from pydantic import TypeAdapter

from bot.languages.meeting_words import MinuteWords, QuestionWords, SignupWords
from bot.languages.words import (
    AuditWords,
    Language,
    NeedWords,
    NumberWords,
    PollWords,
    TalkWords,
    VoteWords,
)

__all__ = [
    "AuditWords",
    "Language",
    "MinuteWords",
    "NeedWords",
    "NumberWords",
    "PollWords",
    "QuestionWords",
    "SignupWords",
    "TalkWords",
    "VoteWords",
    "known",
    "language",
    "together",
]

Words = TypeVar("Words")


def known() -> list[str]:
    """Return the codes of the languages that have a file."""
    files = resources.files(__name__).iterdir()
    return sorted(file.name.removesuffix(".toml") for file in files if file.name.endswith(".toml"))


@cache
def language(code: str) -> Language:
    """Return the words of one language; one without a file knows none."""
    if code not in known():
        return Language()
    text = resources.files(__name__).joinpath(f"{code}.toml").read_text(encoding="utf-8")
    return _shape().validate_python(tomllib.loads(text))


@cache
def _shape() -> "TypeAdapter[Language]":
    """Compile once what every file is checked against."""
    return TypeAdapter(Language)


def together(codes: Sequence[str]) -> Language:
    """Return the words of several languages as one, with those that every language shares."""
    return _together(tuple(dict.fromkeys([*codes, "mul"])))


@lru_cache(maxsize=64)
def _together(codes: tuple[str, ...]) -> Language:
    chosen = [language(code) for code in codes]
    sections: dict[str, Any] = {
        section.name: _union([getattr(each, section.name) for each in chosen]) for section in fields(Language)
    }
    return Language(**sections)


def _union(several: Sequence[Words]) -> Words:
    """Return the words of one section in several languages as one."""
    names = [each.name for each in fields(several[0])]  # type: ignore[arg-type]
    words = {name: tuple(dict.fromkeys(word for each in several for word in getattr(each, name))) for name in names}
    return type(several[0])(**words)
