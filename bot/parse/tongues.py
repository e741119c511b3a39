"""Know what the languages of the world are called: in every language of the reports, and by themselves.

A name that is also a country, a word of some language, or that of a language which few write is uncertain: it names
the language only where the words around it leave no doubt.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.localedata import locale_identifiers

from bot import i18n, languages
from bot.languages import SignupWords
from bot.parse.phrases import Phrases, key
from bot.parse.text import fold

_SCRIPT = 4  # letters of the code of a script
_SHORT = 3  # letters of an alphabet: "so", "ga", "ido"
_UNCERTAIN = "?"
# Written in two scripts, and reports come in one of them.
_MORE_LOCALES = ("zh-hant", "sr-latn", "pt-br", "pt-pt")
# What CLDR has no name for in many languages: those compose it of the language and the place.
_BY_PLACE = ("pt_BR", "pt_PT", "es_MX", "fr_CA")
_OFFICIAL = frozenset({"official", "de_facto_official", "official_regional"})


def code_of(meaning: str) -> str:
    """Return the code, as MediaWiki writes it, of what was found."""
    return meaning.removesuffix(_UNCERTAIN)


def is_certain(meaning: str) -> bool:
    """Tell whether a name that was found means a language wherever it stands."""
    return not meaning.endswith(_UNCERTAIN)


@cache
def names() -> Phrases:
    """Return the names of languages with their codes; an uncertain one has a question mark behind its code."""
    found: dict[str, str] = {}
    certain, stop = _well_known(), _stop_words()
    for name, code in dict.fromkeys(_named()):
        meaning = _mediawiki(code)
        if code.partition("_")[0] not in certain or _may_be_a_word(name, stop):
            meaning += _UNCERTAIN
        phrase = key(name)
        if phrase and (phrase not in found or (is_certain(meaning) and not is_certain(found[phrase]))):
            found[phrase] = meaning
    for name, code in _taught():
        found[key(name)] = code
    return Phrases(found)


@cache
def codes() -> Mapping[str, str]:
    """Return the codes of well-known languages as people write them, with those that MediaWiki writes."""
    known = {_mediawiki(code) for code in _well_known()} | {*i18n.known(), *languages.known()} - {"mul"}
    return {key(code): code for code in sorted(known)}


@cache
def is_word(code: str) -> bool:
    """Tell whether a code is also a word that people write often, such as "so"."""
    return any(code in languages.language(each).signups.no_tongues for each in languages.known())


@cache
def territories() -> frozenset[str]:
    """Return the folded names of countries and territories in every language of the reports."""
    return frozenset(fold(name) for locale in _locales().values() for name in locale.territories.values())


def english_name(code: str) -> str:
    """Return what English calls a language that `codes` knows, else its code."""
    first, *rest = code.split("-")
    written = "_".join([first, *(part.title() if len(part) == _SCRIPT else part.upper() for part in rest)])
    return str(_locales()["en"].languages.get(written, code))


def _named() -> Iterator[tuple[str, str]]:
    """Yield every name with its code: those of reports' languages, as they are declined there, and autonyms."""
    for code, locale in _locales().items():
        own = languages.language(code).signups
        for identifier in _BY_PLACE:
            first, _, place = identifier.partition("_")
            if first in locale.languages and place in locale.territories:
                yield f"{locale.languages[first]} {locale.territories[place]}", identifier
        for identifier, name in locale.languages.items():
            for plain in _readings(str(name)):
                for written in _forms(plain, own):
                    yield written, identifier
    for identifier in sorted({*locale_identifiers()} & _well_known()):
        if name := Locale.parse(identifier).languages.get(identifier):
            yield str(name), identifier


def _taught() -> Iterator[tuple[str, str]]:
    """Yield the names that CLDR lacks, out of the languages' files: "pt-br português do brasil"."""
    for code in languages.known():
        words = languages.language(code).signups
        for entry in words.tongues:
            tongue, _, name = entry.partition(" ")
            for written in _forms(name, words):
                yield written, tongue


def _readings(name: str) -> Iterator[str]:
    """Yield a name, and where something stands in parentheses behind, that as words of their own."""
    yield name.replace("(", " ").replace(")", " ") if "(" in name else name
    if "," in name:
        yield name.replace(",", " ")


def _forms(name: str, words: SignupWords) -> Iterator[str]:
    """Yield a name as it may be written: declined, in one word with another, and without its accents."""
    for written in (name, *_declined(name, words.endings), *_attached(name, words.attached)):
        yield written
        if len(written) > _SHORT and "LATIN" in unicodedata.name(written[0], ""):
            bare = "".join(letter for letter in unicodedata.normalize("NFD", written) if letter.isascii())
            if len(bare) == len(written):
                yield bare


def _declined(name: str, endings: tuple[str, ...]) -> Iterator[str]:
    """Yield a name with its other endings; an entry of the data is the ending in CLDR and those that replace it."""
    folded = fold(name)
    for entry in endings:
        first, *others = entry.split(" ")
        if folded.endswith(first):
            yield from (folded.removesuffix(first) + ending for ending in others)


def _attached(name: str, prefixes: tuple[str, ...]) -> Iterator[str]:
    """Yield a name with what its language writes in one word with it; "لل ال" is written for "ال"."""
    folded = fold(name)
    for entry in prefixes:
        written, _, replaced = entry.partition(" ")
        if folded.startswith(replaced):
            yield written + folded.removeprefix(replaced)


@cache
def _locales() -> Mapping[str, Locale]:
    """Return what CLDR knows in each language of the reports and of the files of words, by MediaWiki's codes."""
    wanted = dict.fromkeys([*i18n.known(), *languages.known(), *_MORE_LOCALES])
    found: dict[str, Locale] = {}
    for code in wanted:
        try:
            found[code] = Locale.parse(i18n.bcp47(code), sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return found


def _well_known() -> frozenset[str]:
    """Return the codes of languages that are official somewhere, or that many people write on wikis."""
    spoken: Mapping[str, Mapping[str, Mapping[str, object]]] = get_global("territory_languages")
    official = {code for several in spoken.values() for code, facts in several.items() if _is_official(facts)}
    more = languages.language("mul").signups.common_tongues
    return frozenset(code.partition("_")[0] for code in (*official, *more))


def _is_official(facts: Mapping[str, object]) -> bool:
    return facts.get("official_status") in _OFFICIAL


def _stop_words() -> frozenset[str]:
    words = [languages.language(code) for code in languages.known()]
    return frozenset(word for each in words for word in (*each.signups.no_tongues, *each.talk.common_words))


def _may_be_a_word(name: str, stop: frozenset[str]) -> bool:
    folded = fold(name)
    is_short = len(folded) <= _SHORT and any(letter.upper() != letter.lower() for letter in folded)
    return is_short or folded in stop or folded in territories()


def _mediawiki(code: str) -> str:
    return code.replace("_", "-").lower()


def is_written_as_a_name(text: str) -> bool:
    """Tell whether a word begins with a capital, or its script has none."""
    return unicodedata.category(text[:1] or " ") in ("Lu", "Lt", "Lo")
