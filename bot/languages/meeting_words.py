"""The sections of a language's file that are about meetings: who comes, what is said and what is asked."""

from dataclasses import dataclass
from typing import ClassVar

from pydantic import ConfigDict

_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignupWords:
    """Words around the names in lists of people who sign up.

    Headings: those of lists, of people who stay away, of talk and other things that are no lists, of organisers, of
    people who wait for a place.
    people, groups, signing_dates (when people signed), dates (of anything), absent, attends, roles, places,
    languages, wanted_labels and offered_labels stand above columns and before colons. wanted, offered and spoken
    words decide what a language is named for, interpreting ones where nothing else does, as polite ones; into and
    source stand before languages, fillers around them, project words make the name of a language part of another
    name; behind indefinite articles a language describes something, and before articles and determiners it is no
    name; what stands before but says nothing of what stands behind. behalf words stand before a group, behalf_after
    ones behind it; affiliates tell a group by its name. forms and signed_up words tell a count of an outside form.
    at and dot are said for signs.

    away phrases say that who writes stays away, opening ones where nobody else is named before them in their clause
    (self words name the writer), whole ones where nothing else stands in it; fillers such as "sadly" may stand in
    between. Not where the clause speaks of parts of an event, or a condition stands before.

    tongues are names that CLDR lacks, each behind its code; no_tongues are names that are other words; endings and
    attached are how names are declined; common_tongues are codes of languages that many people write.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    list_headings: tuple[str, ...] = ()
    declined_headings: tuple[str, ...] = ()
    other_headings: tuple[str, ...] = ()
    staff_headings: tuple[str, ...] = ()
    waiting_headings: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    signing_dates: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    attends: tuple[str, ...] = ()
    away: tuple[str, ...] = ()
    away_opening: tuple[str, ...] = ()
    away_whole: tuple[str, ...] = ()
    away_self: tuple[str, ...] = ()
    away_fillers: tuple[str, ...] = ()
    away_parts: tuple[str, ...] = ()
    away_if: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    role_words: tuple[str, ...] = ()
    as_role: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    based: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    wanted_labels: tuple[str, ...] = ()
    offered_labels: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    spoken: tuple[str, ...] = ()
    interpreting: tuple[str, ...] = ()
    negated: tuple[str, ...] = ()
    into: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    polite: tuple[str, ...] = ()
    fillers: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    determiners: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    behalf: tuple[str, ...] = ()
    behalf_after: tuple[str, ...] = ()
    affiliates: tuple[str, ...] = ()
    signed_for: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    signed_up: tuple[str, ...] = ()
    at_words: tuple[str, ...] = ()
    dot_words: tuple[str, ...] = ()
    person_templates: tuple[str, ...] = ()
    language_templates: tuple[str, ...] = ()
    at_templates: tuple[str, ...] = ()
    tongues: tuple[str, ...] = ()
    no_tongues: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    attached: tuple[str, ...] = ()
    common_tongues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MinuteWords:
    """Words in notes of sessions and in minutes that were merged from them.

    questions, comments and responses are labels before a statement; sessions and rooms name a session, pages are
    titles of notes that name none. Below headings that are outside nothing was said, and what stands behind labels
    in about (who took notes, who came) is no statement; lists are headings
    above a list of references or above statements. cite_templates cite the references that they name,
    note_templates hold one themselves, list_templates list them; same_templates declare statements to be the same.
    Of text_templates readers see the first argument, of last_text_templates the last one, of silent_templates
    nothing.
    negations, beside those of an audit, make another statement of the same words.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    questions: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    responses: tuple[str, ...] = ()
    sessions: tuple[str, ...] = ()
    rooms: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    cite_templates: tuple[str, ...] = ()
    note_templates: tuple[str, ...] = ()
    list_templates: tuple[str, ...] = ()
    same_templates: tuple[str, ...] = ()
    text_templates: tuple[str, ...] = ()
    last_text_templates: tuple[str, ...] = ()
    silent_templates: tuple[str, ...] = ()
    negations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionWords:
    """Words around questions: what makes one rhetorical, what answers it, and the states that people give it.

    several are headings of lists of open questions, which languages with a plural tell from that of one; questions
    and answers are labels of lines and heads of columns. endings make a sentence a question that has no mark, behind
    abbreviations a sentence goes on. tails turn a statement into a question, at_once begin the answer that follows
    in the same breath, rhetorical are whole sentences, openings begin such ones; not_answers are replies that answer
    nothing, as thanks do alone. asking, turning and numerals change what a question asks, light ones do not; which
    are the words and forms that all ask the same, as "what" and "which" do. A word of permission, obligation
    or advice may come or go, but none stands for another, nor one of alternative for one of addition.
    no_links stand where people are to put a link and have none, pointers before one that answers; defining words
    begin the answer to what something is.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    several: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    tails: tuple[str, ...] = ()
    at_once: tuple[str, ...] = ()
    rhetorical: tuple[str, ...] = ()
    openings: tuple[str, ...] = ()
    thanks: tuple[str, ...] = ()
    defining: tuple[str, ...] = ()
    pointers: tuple[str, ...] = ()
    no_links: tuple[str, ...] = ()
    not_answers: tuple[str, ...] = ()
    asking: tuple[str, ...] = ()
    which: tuple[str, ...] = ()
    turning: tuple[str, ...] = ()
    numerals: tuple[str, ...] = ()
    permission: tuple[str, ...] = ()
    obligation: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    alternative: tuple[str, ...] = ()
    addition: tuple[str, ...] = ()
    light: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()
    parked: tuple[str, ...] = ()
