"""Tell which language each part of a published page is in, and give the words of that language."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import cache
from itertools import pairwise

from bot import languages
from bot.languages import Language
from bot.parse.lexicon import words
from bot.parse.page import ScannedPage
from bot.parse.text import plain
from bot.parse.tongue import guess
from bot.parse.wikitext import LineNumbers, heading, mask

_MOST_TEXT = 20_000
_LEAD = 6  # words by which a section must sound more like another language than the page does
_OWN = ("el", "he", "hi", "bn")
_MOST_SECTIONS = 60
_ELEMENT = re.compile(r"<(/?)(?:div|table)\b[^<>]{0,500}>", re.IGNORECASE)
_LANG = re.compile(r"<(?:div|table)\b[^<>]{0,300}\blang ?= ?[\"']?([A-Za-z-]{2,12})", re.IGNORECASE)
_TITLE = re.compile(r"\{\{\s{0,9}DISPLAYTITLE:[^{}]{0,300}\blang ?= ?[\"']?([A-Za-z-]{2,12})")
_TRANSLATED = re.compile(r"/([a-z]{2,3}(?:-[a-z]{2,8})?)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """The lines from one on, up to the next stretch, and the language that they are in."""

    line: int
    code: str


@cache
def words_of(code: str) -> Language:
    """Return what is known of one language for an audit, with English where nothing is; ticks are those of all."""
    is_known = bool(languages.language(code).audit.total)
    own = languages.together([code] if is_known else [code, "en"])
    ticks = languages.together(languages.known()).needs
    return Language(needs=ticks, numbers=own.numbers, audit=own.audit, polls=own.polls)


def stretches(page: ScannedPage, otherwise: str, *, is_open: bool) -> list[Stretch]:
    """Return the languages of a page from top to bottom.

    A translation says its own in its title, or in the title that it shows. What stands in an element with a lang of
    its own is in that; of the rest each section is guessed where is_open tells of a wiki with pages in any language.
    """
    named = _TRANSLATED.search(page.revision.title)
    if named and named[1] in languages.known():
        return [Stretch(line=1, code=named[1])]
    shown = _TITLE.search(page.revision.wikitext)
    if shown and shown[1].lower() in languages.known():
        otherwise, is_open = shown[1].lower(), False
    marked = _marked(page)
    if not is_open and not marked:
        return [Stretch(line=1, code=otherwise)]
    whole = _guessed(_texts(page), otherwise) if is_open else otherwise
    found = [Stretch(line=1, code=whole)]
    if is_open:
        found += _sections(page, whole)
    return _overlaid(found, marked)


def code_at(several: Sequence[Stretch], line: int) -> str:
    """Return the language of a line."""
    return next(each.code for each in reversed(several) if each.line <= line)


def _texts(page: ScannedPage) -> list[str]:
    return [plain(line.visible) for line in page.lines[:2000] if line.visible.strip()][:400]


def _guessed(several: Sequence[str], otherwise: str, lead: int = 2) -> str:
    """Return the language that the lines are in by their script or their words, if it leads by so many words."""
    text = " ".join(several)[:_MOST_TEXT]
    found = guess(text, _scripts())
    if found:
        return found
    heard = frozenset(words(text))
    counted = {code: len(heard & known) for code, known in _vocabularies().items()}
    best = max(counted, key=lambda code: (counted[code], code == otherwise))
    return best if 4 * counted[best] >= 5 * (counted.get(otherwise, 0) + lead) else otherwise


@cache
def _scripts() -> tuple[str, ...]:
    """Return the languages that their script alone tells."""
    return tuple(code for code in languages.known() if not languages.language(code).talk.common_words or code in _OWN)


@cache
def _vocabularies() -> Mapping[str, frozenset[str]]:
    """Return the words that each language is known by: its commonest ones, and those of published figures."""
    found = {}
    for code in languages.known():
        known = languages.language(code)
        phrases = [*known.talk.common_words, *(each for several in astuple(known.audit) for each in several)]
        found[code] = frozenset(word for phrase in phrases for word in words(phrase) if len(word) > 1)
    return found


def _sections(page: ScannedPage, whole: str) -> list[Stretch]:
    """Return the sections that are surely in another language than the page."""
    found: list[Stretch] = []
    starts = [at for at, line in enumerate(page.lines) if heading(line) is not None][:_MOST_SECTIONS]
    for start, end in pairwise([*starts, len(page.lines)]):
        several = [plain(line.visible) for line in page.lines[start + 1 : end][:60]]
        code = _guessed(several, whole, _LEAD)
        if code != (found[-1].code if found else whole):
            found.append(Stretch(line=page.lines[start].number, code=code))
    return found


def _marked(page: ScannedPage) -> Mapping[int, tuple[int, str]]:
    """Return for the first line of each element with a language its last line and that language."""
    masked = mask(page.revision.wikitext)
    if not _LANG.search(masked):
        return {}
    numbers = LineNumbers(page.revision.wikitext)
    found: dict[int, tuple[int, str]] = {}
    opened: list[tuple[int, str]] = []
    for tag in _ELEMENT.finditer(masked):
        if not tag[1]:
            named = _LANG.match(tag.group())
            opened.append((tag.start(), named[1].lower() if named else ""))
        elif opened:
            start, code = opened.pop()
            first, last = numbers.at(start), numbers.at(tag.end())
            if code in languages.known() and last > first and len(found) < _MOST_SECTIONS:
                found[first] = (last, code)
    return found


def _overlaid(found: Sequence[Stretch], marked: Mapping[int, tuple[int, str]]) -> list[Stretch]:
    """Return the stretches with those elements that say their language put over them."""
    result = list(found)
    for first, (last, code) in sorted(marked.items()):
        after = code_at(result, last)
        result = [each for each in result if not first <= each.line <= last]
        result += [Stretch(line=first, code=code), Stretch(line=last + 1, code=after)]
        result.sort(key=lambda each: each.line)
    return result
