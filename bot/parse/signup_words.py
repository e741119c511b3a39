"""Know the words around lists of people: what a heading, a column, a label or a template says."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from bot.languages import Language, SignupWords
from bot.parse.names import label
from bot.parse.phrases import Phrases, is_unspaced, key
from bot.parse.text import fold

LIST, DECLINED, OTHER, STAFF, QUEUE = "list", "declined", "other", "staff", "queue"
_COUNT = re.compile(r"[\s:–—-]{0,4}[(\[（]?\s?\d{1,6}(?:\s?/\s?\d{1,6})?\s?[)\]）]?$")
_PARTS = re.compile(r"\s?[/&+,،、]\s?|\s(?:and|et|und|y|e|i|og|och|и|і|و)\s")
COLUMNS = (
    "people",
    "groups",
    "signing_dates",
    "dates",
    "absent",
    "attends",
    "roles",
    "places",
    "languages",
    "wanted_labels",
    "offered_labels",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignupNames:
    """The words of sign-ups, compiled once: what they are called follows the lists of `SignupWords`."""

    words: SignupWords
    headings: dict[str, str]
    declined: tuple[str, ...]
    columns: dict[str, str]
    cues: Phrases
    away: Phrases
    away_whole: frozenset[str]
    roles: Phrases
    affiliates: Phrases
    before: Phrases
    forms: Phrases
    but: re.Pattern[str]
    answers: frozenset[str]
    no: frozenset[str]
    no_templates: frozenset[str]
    conjunctions: frozenset[str]
    persons: frozenset[str]
    tongues: frozenset[str]
    signs: frozenset[str]

    def heading(self, title: str) -> str:
        """Return what kind of section a heading opens: of a list, of those who stay away or wait, of no list."""
        whole = _label(title)
        found = self.headings.get(whole, "")
        if found:
            return found
        kinds = {self.headings.get(part.strip(), "") for part in _PARTS.split(whole) if part.strip()}
        if len(kinds) == 1 and (kind := kinds.pop()):
            return kind
        is_declined = any(whole.startswith(f"{each} ") or whole.endswith(f" {each}") for each in self.declined)
        return DECLINED if is_declined else ""

    def column(self, title: str) -> str:
        """Return what a column or a label holds, or nothing."""
        whole = _label(title).strip("?¿؟？ ")
        found = self.columns.get(whole, "")
        if found:
            return found
        kinds = {self.columns.get(part.strip("?¿؟？ "), "") for part in _PARTS.split(whole) if part.strip()} - {""}
        return min(kinds, key=COLUMNS.index) if kinds else ""

    def is_away(self, text: str) -> bool:
        """Tell whether a text is, in full, what stands above people who stay away."""
        return self.columns.get(_label(text)) == "absent" or self.headings.get(_label(text)) == DECLINED

    def is_no(self, wikitext: str) -> bool:
        """Tell whether a cell says no, by a word, a sign or a template; an empty one says nothing."""
        named = fold(wikitext.strip("{} \n").partition("|")[0]) if wikitext.strip().startswith("{{") else ""
        return named in self.no_templates or fold(wikitext) in self.no


@lru_cache(maxsize=8)
def signup_names(language: Language) -> SignupNames:
    """Compile the words of sign-ups."""
    words = language.signups
    return SignupNames(
        words=words,
        headings=_meanings(
            {
                LIST: words.list_headings,
                DECLINED: (*words.declined_headings, *words.absent),
                OTHER: words.other_headings,
                STAFF: words.staff_headings,
                QUEUE: words.waiting_headings,
            }
        ),
        declined=tuple(label(phrase) for phrase in words.declined_headings if " " in phrase),
        columns=_meanings({name: getattr(words, name) for name in COLUMNS}),
        cues=_cues(words),
        away=_away(words),
        away_whole=frozenset(map(key, words.away_whole)),
        roles=Phrases.of(role=words.role_words, as_role=words.as_role),
        affiliates=Phrases.of(affiliate=words.affiliates),
        before=Phrases.of(
            behalf=words.behalf, based=words.based, signed_for=words.signed_for, behalf_after=words.behalf_after
        ),
        forms=Phrases.of(signed_up=words.signed_up, form=words.forms),
        but=_any_of(words.but),
        answers=frozenset({*language.needs.yes, *language.needs.no}),
        no=frozenset({*language.needs.no} - {"", "-", "–", "—", "−", "·"}),
        no_templates=frozenset(language.needs.no_templates),
        conjunctions=frozenset({*language.needs.conjunctions, "&", "+"}),
        persons=frozenset(words.person_templates),
        tongues=frozenset(words.language_templates),
        signs=frozenset(words.at_templates),
    )


def _label(title: str) -> str:
    """Return a title as headings and columns are looked up: without a count, with plain apostrophes."""
    return label(_COUNT.sub("", title).replace("’", "'"))


def _cues(words: SignupWords) -> Phrases:
    """Compile what decides what a language is named for; a word of several lists means the first."""
    return Phrases.of(
        spoken=words.spoken,
        offered=words.offered,
        wanted=words.wanted,
        agents=[word for word in words.interpreting if word in words.role_words],
        interpreting=words.interpreting,
        polite=words.polite,
        projects=words.projects,
        negated=[word for word in words.negated if word not in words.into],
        either=[word for word in words.negated if word in words.into],
        into=words.into,
        source=words.source,
        articles=words.articles,
        determiners=words.determiners,
        fillers=words.fillers,
    )


def _away(words: SignupWords) -> Phrases:
    """Compile what says that somebody stays away, and what makes it say something else."""
    return Phrases.of(
        away=words.away,
        away_opening=words.away_opening,
        away_self=words.away_self,
        away_fillers=words.away_fillers,
        away_parts=words.away_parts,
        away_if=words.away_if,
    )


def _meanings(lists: dict[str, Iterable[str]]) -> dict[str, str]:
    """Return words by the list that they are in; the first list is right."""
    found: dict[str, str] = {}
    for name, several in lists.items():
        for word in several:
            found.setdefault(label(word), name)
    return found


def _any_of(several: Iterable[str]) -> re.Pattern[str]:
    """Compile words that stand alone; those of scripts that write without spaces stand anywhere."""
    spaced = "|".join(re.escape(word) for word in several if not is_unspaced(word)) or "(?!)"
    joined = "|".join(re.escape(word) for word in several if is_unspaced(word)) or "(?!)"
    return re.compile(rf"(?<![\w'’-])(?:{spaced})(?![\w'’-])|{joined}", re.IGNORECASE)


def holds(text: str, phrase: str) -> bool:
    """Tell whether a folded text holds a folded phrase as words of their own."""
    if is_unspaced(phrase):
        return phrase in text
    return re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", fold(text)) is not None
