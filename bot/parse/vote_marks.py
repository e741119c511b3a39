"""Find in one item what makes it a vote: a template or bold words at its start, and what speaks against that."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.parse.layer import BLOCK, FILLER, INLINE, Layer, Template, unveiled
from bot.parse.shown import shown_text
from bot.parse.text import fold, plain
from bot.parse.vote_spans import Spans
from bot.parse.vote_words import AMBIGUOUS, NEVER, OTHER, Phrase, VoteNames
from bot.parse.wikitext import HIDDEN
from bot.votes import CHOICES

_HEAD = 4_000  # so far into an item its first words are looked for
_STEPS = 200
_CLAUSE_END = re.compile(rf"[.,;:!?。、，；：！？।،؛\n(（\[<'{INLINE}{BLOCK}]| [-–—]")
_SKIPPED = re.compile(rf"[\s{HIDDEN}{FILLER}]+|&(?:#?\w{{1,10}});|''(?!')|</?[a-zA-Z][^<>]{{0,2000}}>")
_TEMPLATE = re.compile(r"\{\{([^{}|]{1,100})")
_BOLD = re.compile(r"'{3,}|<(?:b|strong)(?:\s[^<>]{0,300})?>", re.IGNORECASE)
_BOLD_END = {"'": re.compile(r"'{3,}"), "<": re.compile(r"</(?:b|strong)\s{0,9}>", re.IGNORECASE)}
_BOLD_LENGTH = 500
_PLAIN_LENGTH = 60
_PLAIN_WORDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What an item says of itself: kind is "template", "bold", "plain" or "inside", and where it says so.

    text is as people wrote it, start and end are its offsets.
    """

    kind: str
    phrase: Phrase
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What was found in one item: first is what it begins with, struck what stood there before it was struck.

    against is a template further on that says something else; is_never tells that the item is no vote at all.
    """

    first: Mark | None = None
    struck: Mark | None = None
    ambiguous: Mark | None = None
    against: Mark | None = None
    is_never: bool = False


class Marker:
    """Find the marks of the items of one page."""

    def __init__(self, layer: Layer, names: VoteNames, struck: Spans, quotes: Spans) -> None:
        self._layer = layer
        self._names = names
        self._struck = struck
        self._quotes = quotes
        self._starts = sorted(layer.templates)

    def marks(self, start: int, end: int) -> Marks:
        """Return the marks of an item between two offsets."""
        struck: Mark | None = None
        ambiguous: Mark | None = None
        strength = ""
        for mark in self._heads(start, min(end, start + _HEAD)):
            is_struck = bool(self._struck.end(mark.start))
            role = mark.phrase.role
            if role == NEVER and not is_struck:
                return Marks(is_never=True, struck=struck)
            if is_struck:
                struck = struck or (mark if role in (*CHOICES, OTHER) else None)
            elif role == AMBIGUOUS:
                ambiguous = ambiguous or mark
            elif role or mark.phrase.mentions:
                first = _stronger(mark, strength)
                return Marks(first=first, struck=struck, against=self._against(mark, end))
            else:
                strength = strength or self._names.strength(mark.text)
        further = self._templates(start, end, CHOICES)
        changed = next(further, None) if struck and not ambiguous else None
        return Marks(first=changed, struck=struck, ambiguous=ambiguous, against=next(further, None))

    def inside(self, start: int, end: int) -> Mark | None:
        """Return the first words in bold, or the first template, that say no more than a choice, wherever it is."""
        for mark in (*self._templates(start, end, (*CHOICES, OTHER)), *self._bold_words(start, end)):
            return mark
        return None

    def _against(self, mark: Mark, end: int) -> Mark | None:
        role = mark.phrase.role
        others = (found for found in self._templates(mark.end, end, CHOICES) if found.phrase.role != role)
        return next(others, None)

    def _templates(self, start: int, end: int, roles: Sequence[str]) -> Iterator[Mark]:
        """Yield the templates between two offsets that say a choice and are neither struck nor quoted."""
        for at in range(bisect_left(self._starts, start), bisect_left(self._starts, end)):
            template = self._layer.templates[self._starts[at]]
            if not self._struck.end(template.start) and not self._quotes.end(template.start):
                mark = self._template(template)
                if mark.phrase.role in roles:
                    yield mark

    def _bold_words(self, start: int, end: int) -> Iterator[Mark]:
        shown = self._layer.shown
        at = start
        for _ in range(_STEPS):
            opener = _BOLD.search(shown, at, end)
            if opener is None:
                return
            mark = self._bold(opener, end)
            at = max(mark.end, opener.end())
            is_loud = mark.phrase.role in CHOICES and mark.phrase.mentions and not mark.phrase.rest.strip()
            if is_loud and not self._struck.end(mark.start) and not self._quotes.end(mark.start):
                yield mark

    def _heads(self, start: int, end: int) -> Iterator[Mark]:
        """Yield what an item begins with, one thing after the other, up to the first plain words."""
        shown = self._layer.shown
        at = start
        for _ in range(_STEPS):
            if at >= end:
                return
            quoted = self._quotes.end(at)
            template = self._layer.templates.get(at)
            if quoted:
                at = quoted
            elif template is not None:
                mark = self._template(template)
                yield mark
                at = self._behind(template)
            elif opener := _BOLD.match(shown, at):
                mark = self._bold(opener, end)
                yield from self._bold_parts(mark)
                at = max(mark.end, opener.end())
            elif skipped := _SKIPPED.match(shown, at):
                at = skipped.end()
            elif struck := self._struck.end(at):
                yield self._plain(at, min(struck, end))
                at = struck
            elif shown[at] in (INLINE, BLOCK) or _is_sign(shown, at):
                at += 1
            else:
                mark = self._plain(at, end)
                yield mark
                if not self._names.strength(mark.text):  # "Strong", and then bold words or a template
                    return
                at = mark.end

    def _behind(self, template: Template) -> int:
        """Return where to go on behind a template: one that is seen through goes on inside."""
        last = template.end - 1
        return template.end if self._layer.shown[last] in (FILLER, INLINE) else template.arguments

    def _template(self, template: Template) -> Mark:
        text = self._layer.veiled[template.start : template.end]
        arguments = self._layer.veiled[template.arguments : min(template.end - 2, template.arguments + _BOLD_LENGTH)]
        first = arguments.replace(HIDDEN, "").partition("|")[0]
        name, equals, value = first.partition("=")
        phrase = self._names.template(template.name, value if equals and name.strip() == "1" else first)
        if not phrase.role and self._struck.end(template.start):
            phrase = self._wrapped(arguments)
        shown = unveiled(text[:100].replace(HIDDEN, "")).partition("|")[0].removesuffix("}}").strip()
        return Mark(kind="template", phrase=phrase, text=f"{shown}}}}}", start=template.start, end=template.end)

    def _wrapped(self, arguments: str) -> Phrase:
        """Return what the argument of a template says that strikes it."""
        inner = _TEMPLATE.search(arguments)
        return self._names.template(fold(inner[1])) if inner else self._names.phrase(plain(arguments))

    def _bold(self, opener: re.Match[str], end: int) -> Mark:
        """Return the bold words behind an opener; bold that nothing closes ends with its item."""
        shown = self._layer.shown
        first = opener.end()
        if self._quotes.end(first):
            return _nothing(opener)
        limit = min(end, first + _BOLD_LENGTH)
        closer = _BOLD_END[opener.group()[0]].search(shown, first, limit)
        stop, behind = (closer.start(), closer.end()) if closer else (limit, limit)
        text = shown_text(self._struck.without(shown, first, stop))
        if text:
            return self._words(text, opener.start(), behind)
        whole = shown_text(shown[first:stop])
        return self._words(whole, self._first_struck(first, stop), behind) if whole else _nothing(opener)

    def _bold_parts(self, mark: Mark) -> Iterator[Mark]:
        """Yield bold words; where some of them are struck, those before the others."""
        at = self._first_struck(mark.start, mark.end)
        if at > mark.start:
            yield self._words(shown_text(self._layer.shown[at : self._struck.end(at)]), at, mark.end)
        yield mark

    def _first_struck(self, start: int, end: int) -> int:
        return next((at for at in range(start, end) if self._struck.end(at)), start)

    def _plain(self, start: int, end: int) -> Mark:
        """Return plain words up to the first sign; they are a vote at the most where hardly more is said."""
        piece = self._layer.shown[start : min(end, start + _PLAIN_LENGTH)]
        stop = _CLAUSE_END.search(piece)
        text = shown_text(piece[: stop.start()] if stop else piece)
        phrase = self._names.phrase(text)
        is_vote = phrase.role in CHOICES and not self._names.is_answer(phrase.word)
        is_vote = is_vote and not (phrase.is_short or phrase.mixed) and len(text.split()) <= _PLAIN_WORDS
        is_never = phrase.role == NEVER and stop is not None and stop.group() in ":："
        return Mark(
            kind="plain",
            phrase=phrase if is_vote or is_never else Phrase(),
            text=text,
            start=start,
            end=start + (stop.start() if stop else len(piece)),
        )

    def _words(self, text: str, start: int, end: int) -> Mark:
        return Mark(kind="bold", phrase=self._names.phrase(text), text=text[:80], start=start, end=end)


def _nothing(opener: re.Match[str]) -> Mark:
    """Return a mark of bold that holds no words of its own: a template may stand in it."""
    return Mark(kind="bold", phrase=Phrase(), text="", start=opener.start(), end=opener.end())


def _stronger(mark: Mark, strength: str) -> Mark:
    if not strength or mark.phrase.strength:
        return mark
    return replace(mark, phrase=replace(mark.phrase, strength=strength))


def _is_sign(shown: str, at: int) -> bool:
    """Tell whether a character is a mere sign; the one of "+1" and an opening link are more."""
    letter = shown[at]
    if letter == "[" or (letter in "+-−–±" and shown[at + 1 : at + 2].isdigit()):
        return False
    return unicodedata.category(letter)[0] in "PSZCM"
