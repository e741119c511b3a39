"""The shape of a language's file: one class for each section, one field for each list of words."""

from dataclasses import dataclass, field
from typing import ClassVar

from pydantic import ConfigDict

from bot.languages.meeting_words import MinuteWords, QuestionWords, SignupWords

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
    """How numbers are written: the decimal mark, words for percent and percentage points, and for "about".

    Cardinals and fractions stand with their value behind them: "fifteen 15", "two thirds 2/3". An ordinal fraction is
    one only before a word such as "of", or figures in brackets: "a third".
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    decimal: tuple[str, ...] = ()
    percent: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    cardinals: tuple[str, ...] = ()
    fractions: tuple[str, ...] = ()
    ordinal_fractions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PollWords:
    """Words around the counts of polls: usual answers, and what rows and columns hold beside counts.

    rounds name one of several polls, with a number behind or none; unsure are answers that take no side. From
    agree_strongly to disagree_strongly are the steps of a scale; what stands in answers has no place on one. Of
    text_templates readers see the first argument, of last_text_templates the last one; percent_templates put a
    percent sign behind it.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    agree_strongly: tuple[str, ...] = ()
    agree: tuple[str, ...] = ()
    agree_somewhat: tuple[str, ...] = ()
    neutral: tuple[str, ...] = ()
    disagree_somewhat: tuple[str, ...] = ()
    disagree: tuple[str, ...] = ()
    disagree_strongly: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    rates: tuple[str, ...] = ()
    means: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    rounds: tuple[str, ...] = ()
    text_templates: tuple[str, ...] = ()
    last_text_templates: tuple[str, ...] = ()
    percent_templates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditWords:
    """Words that say what a published figure is: heads of rows and columns first, then words in sentences.

    Heads: total to agree. A size is how many people are in a row; a rate is one count over another. Sentences: people
    and answered make a count the size of a poll; maybe, gap and not make a sentence one that is left alone. A word
    may end in * for any ending. beginnings and endings are what names of rows and columns take on in a sentence;
    unanswered are those who gave no answer, invalid is what was cast and does not count; amid stands between a whole
    and its part, where the whole comes first; most is a majority, or only more than the others; postposed are words
    such as "in" that stand behind names; backing is what people give to what they agree with, opposition
    what they are against, and a refusal any answer that does not speak for a thing.
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
    most: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()
    rank: tuple[str, ...] = ()
    invalid: tuple[str, ...] = ()
    amid: tuple[str, ...] = ()
    postposed: tuple[str, ...] = ()
    backing: tuple[str, ...] = ()
    opposition: tuple[str, ...] = ()
    refusal: tuple[str, ...] = ()
    fewest: tuple[str, ...] = ()
    beginnings: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()


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
    signups: SignupWords = field(default_factory=SignupWords)
    minutes: MinuteWords = field(default_factory=MinuteWords)
    questions: QuestionWords = field(default_factory=QuestionWords)
