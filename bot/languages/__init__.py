"""What people write on pages, per language: words for votes, answers, needs and boxes, edited by hand.

Every word stands as `bot.parse.text.fold` leaves it: small letters, single spaces, a template without its namespace.
`mul.toml` holds what is the same in every language: marks such as ✓ and templates that most wikis have.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from typing import ClassVar, TypeVar

from pydantic import ConfigDict, TypeAdapter

_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedWords:
    """Words in notes of needs and in matrices: labels of lists, marks of cells, names of count rows."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    needs: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    nothing: tuple[str, ...] = ()
    count: tuple[str, ...] = ()
    conjunctions: tuple[str, ...] = ()
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    yes_templates: tuple[str, ...] = ()
    no_templates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteWords:
    """Words and templates of votes; headings are those under which each item is such a vote.

    strong and weak stand before or after such a word, also inside the name of a template. The other ones vote on
    something else (keep, delete, wait) or with a condition: such a vote is unclear and never counted. Never ones open
    an item that is no vote at all. Ambiguous templates mean different things in different places.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    support: tuple[str, ...] = ()
    oppose: tuple[str, ...] = ()
    neutral: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    support_headings: tuple[str, ...] = ()
    oppose_headings: tuple[str, ...] = ()
    neutral_headings: tuple[str, ...] = ()
    other_headings: tuple[str, ...] = ()
    support_templates: tuple[str, ...] = ()
    oppose_templates: tuple[str, ...] = ()
    neutral_templates: tuple[str, ...] = ()
    other_templates: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    never_templates: tuple[str, ...] = ()
    ambiguous_templates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkWords:
    """Templates and words of talk pages: late signatures, indents, closed and collapsed sections, questions.

    Archives are closed as well: their tops stand among those of closed sections, too. collapse_templates hold what
    they collapse as an argument, struck ones what is struck.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    unsigned_templates: tuple[str, ...] = ()
    quote_templates: tuple[str, ...] = ()
    outdent_templates: tuple[str, ...] = ()
    user_templates: tuple[str, ...] = ()
    resolved_templates: tuple[str, ...] = ()
    closed_templates: tuple[str, ...] = ()
    closed_top_templates: tuple[str, ...] = ()
    closed_bottom_templates: tuple[str, ...] = ()
    collapse_top_templates: tuple[str, ...] = ()
    collapse_bottom_templates: tuple[str, ...] = ()
    collapse_templates: tuple[str, ...] = ()
    archive_top_templates: tuple[str, ...] = ()
    archive_bottom_templates: tuple[str, ...] = ()
    struck_templates: tuple[str, ...] = ()
    open_question_headings: tuple[str, ...] = ()
    question_marks: tuple[str, ...] = ()
    common_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberWords:
    """How numbers are written: the decimal mark, words for percent and percentage points, and for "about"."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    decimal: tuple[str, ...] = ()
    percent: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PollWords:
    """Words around the counts of polls: usual answers, and what rows and columns hold beside counts.

    rounds name one of several polls, with a number behind or none; unsure are answers that take no side.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    answers: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    rates: tuple[str, ...] = ()
    means: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    rounds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditWords:
    """Words that say what a published figure is: heads of rows and columns first, then words in sentences.

    Heads: total to agree. A size is how many people are in a row; a rate is one count over another. Sentences: people
    and answered make a count the size of a poll; maybe, gap and not make a sentence one that is left alone.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    total: tuple[str, ...] = ()
    size: tuple[str, ...] = ()
    count: tuple[str, ...] = ()
    share: tuple[str, ...] = ()
    change: tuple[str, ...] = ()
    mean: tuple[str, ...] = ()
    agreement: tuple[str, ...] = ()
    rate: tuple[str, ...] = ()
    wave: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    agree: tuple[str, ...] = ()
    disagree: tuple[str, ...] = ()
    exclusive: tuple[str, ...] = ()
    poll: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()
    several: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    them: tuple[str, ...] = ()
    among: tuple[str, ...] = ()
    meaning: tuple[str, ...] = ()
    fewer: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    up: tuple[str, ...] = ()
    down: tuple[str, ...] = ()
    since: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    second: tuple[str, ...] = ()
    third: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    being: tuple[str, ...] = ()
    biggest: tuple[str, ...] = ()
    difference: tuple[str, ...] = ()
    rise: tuple[str, ...] = ()
    fall: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    majority: tuple[str, ...] = ()
    huge_majority: tuple[str, ...] = ()
    minority: tuple[str, ...] = ()
    small_minority: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    conjunction: tuple[str, ...] = ()
    followed: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()
    general: tuple[str, ...] = ()
    reach: tuple[str, ...] = ()
    gap: tuple[str, ...] = ()
    rule: tuple[str, ...] = ()
    negation: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """What is known of how people write in one language, or in several put together."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    needs: NeedWords = NeedWords()
    votes: VoteWords = VoteWords()
    talk: TalkWords = TalkWords()
    numbers: NumberWords = NumberWords()
    polls: PollWords = PollWords()
    audit: AuditWords = AuditWords()


Words = TypeVar("Words", NeedWords, VoteWords, TalkWords, NumberWords, PollWords, AuditWords)


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
    return TypeAdapter(Language).validate_python(tomllib.loads(text))


def together(codes: Sequence[str]) -> Language:
    """Return the words of several languages as one, with those that every language shares."""
    chosen = [language(code) for code in dict.fromkeys([*codes, "mul"])]
    return Language(
        needs=_union([each.needs for each in chosen]),
        votes=_union([each.votes for each in chosen]),
        talk=_union([each.talk for each in chosen]),
        numbers=_union([each.numbers for each in chosen]),
        polls=_union([each.polls for each in chosen]),
        audit=_union([each.audit for each in chosen]),
    )


def _union(several: Sequence[Words]) -> Words:
    names = [each.name for each in fields(several[0])]
    words = {name: tuple(dict.fromkeys(word for each in several for word in getattr(each, name))) for name in names}
    return type(several[0])(**words)
