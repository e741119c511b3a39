"""Know the words around lists of people: what a heading, a column, a label or a template says."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from bot.languages import Language, SignupWords
from bot.parse.names import label
from bot.parse.phrases import Phrases, is_unspaced
from bot.parse.text import fold

LIST, DECLINED, OTHER, STAFF = "list", "declined", "other", "staff"
_COUNT = re.compile(r"[\s:–—-]{0,4}[(\[（]?\s?\d{1,6}(?:\s?/\s?\d{1,6})?\s?[)\]）]?$")
_PARTS = re.compile(r"\s?[/&+,،、]\s?|\s(?:and|et|und|y|e|i|og|och|и|і|و)\s")
COLUMNS = ("people", "groups", "dates", "absent", "roles", "places", "languages", "wanted_labels", "offered_labels")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignupNames:
    """The words of sign-ups, compiled once: what they are called follows the lists of `SignupWords`."""

    words: SignupWords
    headings: dict[str, str]
    columns: dict[str, str]
    cues: Phrases
    roles: Phrases
    affiliates: Phrases
    before: Phrases
    forms: Phrases
    conjunctions: frozenset[str]
    persons: frozenset[str]
    tongues: frozenset[str]
    signs: frozenset[str]

    def heading(self, title: str) -> str:
        """Return what kind of section a heading opens: of a list, of people who stay away, of no list; or nothing."""
        whole = label(_COUNT.sub("", title))
        found = self.headings.get(whole, "")
        if found:
            return found
        kinds = {self.headings.get(part.strip(), "") for part in _PARTS.split(whole) if part.strip()}
        return kinds.pop() if len(kinds) == 1 else ""

    def column(self, title: str) -> str:
        """Return what a column or a label holds, or nothing."""
        whole = label(_COUNT.sub("", title)).strip("?¿؟？ ")
        found = self.columns.get(whole, "")
        if found:
            return found
        kinds = {self.columns.get(part.strip("?¿؟？ "), "") for part in _PARTS.split(whole) if part.strip()} - {""}
        return min(kinds, key=COLUMNS.index) if kinds else ""


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
            }
        ),
        columns=_meanings({name: getattr(words, name) for name in COLUMNS}),
        cues=Phrases.of(
            spoken=words.spoken,
            offered=words.offered,
            wanted=words.wanted,
            agents=[word for word in words.interpreting if word in words.role_words],
            interpreting=words.interpreting,
            polite=words.polite,
            projects=words.projects,
            negated=words.negated,
            into=words.into,
            source=words.source,
            fillers=words.fillers,
        ),
        roles=Phrases.of(role=words.role_words, as_role=words.as_role),
        affiliates=Phrases.of(affiliate=words.affiliates),
        before=Phrases.of(
            behalf=words.behalf, based=words.based, signed_for=words.signed_for, behalf_after=words.behalf_after
        ),
        forms=Phrases.of(signed_up=words.signed_up, form=words.forms),
        conjunctions=frozenset({*language.needs.conjunctions, "&", "+"}),
        persons=frozenset(words.person_templates),
        tongues=frozenset(words.language_templates),
        signs=frozenset(words.at_templates),
    )


def _meanings(lists: dict[str, Iterable[str]]) -> dict[str, str]:
    """Return words by the list that they are in; the first list is right."""
    found: dict[str, str] = {}
    for name, several in lists.items():
        for word in several:
            found.setdefault(label(word), name)
    return found


def holds(text: str, phrase: str) -> bool:
    """Tell whether a folded text holds a folded phrase as words of their own."""
    if is_unspaced(phrase):
        return phrase in text
    return re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", fold(text)) is not None
