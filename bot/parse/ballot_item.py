"""Understand one list item as a ballot: what it says, what of it is struck, who signed it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from itertools import pairwise

from bot.discussion import Discussion, Signature
from bot.model import Problem
from bot.parse import comment
from bot.parse.block import Blocks
from bot.parse.context import Context
from bot.parse.conventions import Conventions, conventions
from bot.parse.layer import Layer, lay, uncontrolled, veiled
from bot.parse.page import ScannedPage
from bot.parse.poll_names import PollNames
from bot.parse.runs import HeadingRun
from bot.parse.signature import undressed
from bot.parse.text import plain
from bot.parse.vote_spans import Spans, boxes, struck
from bot.parse.wikitext import HIDDEN, Item, Line

_BOLD = re.compile(r"\s{0,9}'''(.{1,200}?)'''")
_LEAD = re.compile(r"\s[-–—−]\s|[–—:：.,;!،؛。！(（\n]|\[\[|\s~")
_TEMPLATE = re.compile(r"\{\{([^{}]{1,2000})\}\}")
_LINK = re.compile(r"\[\[:?([^\[\]|<>{}\n]{1,255})(?:\|[^\[\]\n]{0,300})?\]\]")
_LOOSE = " '–—―~-"  # and what else may stand there
_MARKERS = "*#:;) "
_STRIKE = re.compile(r"</?(?:s|del|strike)(?:\s[^<>]{0,200})?>", re.IGNORECASE)
_LONGEST = 8_000
_LONGEST_DETAIL = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """Who signed and when; empty and None where that cannot be found.

    by_template tells that somebody else named the author, as with ``{{unsigned}}``.
    """

    user: str = ""
    timestamp: datetime | None = None
    by_template: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemText:
    """An item: its words, what of them is not struck, its templates, and who signed. raw is for messages.

    is_resigned tells that its first signature is struck, and a later one of the same person is not. others are what
    further people wrote and signed behind it in the same line.
    """

    words: str
    shown: str
    signed: Signed
    raw: str
    is_struck: bool = False
    is_resigned: bool = False
    others: tuple["ItemText", ...] = ()

    @property
    def says_nothing(self) -> bool:
        """Tell whether there is nothing but a signature."""
        return not _says(self.words)

    @property
    def detail(self) -> str:
        """Return what a person wrote, without the signature, or the wikitext where nothing of that is text."""
        words = self.shown if self.is_resigned else self.words
        return (plain(words).strip(_LOOSE) or self.raw)[:_LONGEST_DETAIL]

    @property
    def is_note(self) -> bool:
        """Tell whether it stands in parentheses, as a note on what stands before it does."""
        return self.words.lstrip().startswith(("(", "（"))

    def said(self, names: PollNames) -> list[str]:
        """Return the different answers that the item gives."""
        return said(self.shown, names)

    def struck(self, names: PollNames) -> list[str]:
        """Return the answers that the item gave before it was struck."""
        return said(_STRIKE.sub("", self.words), names) if self.words != self.shown or self.is_struck else []


class Items:
    """Understands the items of one page; who signed them is found as on any talk page."""

    def __init__(self, page: ScannedPage, context: Context) -> None:
        self._page = page
        self._context = context
        self._masked = "\n".join(line.masked for line in page.lines)

    def read(self, block: Item) -> ItemText:
        """Return what an item says; a template that begins in it and ends lines below belongs to it."""
        start, end = block.line.start, self.end(block.line)
        people: dict[str, list[Signature]] = {}
        signatures = self._signed_in(start, end)
        for each in signatures:
            people.setdefault(each.user, []).append(each)
        if not people:
            return self._linked(start, end)
        before = {later.start: earlier.end for earlier, later in pairwise(signatures)}
        several = list(people.values())
        ends = [*(each[0].start for each in several[1:]), end]
        texts = [
            self._signed(own, self._behind_strike(before.get(own[0].start, start), own[0].start), last)
            for own, last in zip(several, ends, strict=True)
        ]
        return replace(texts[0], others=tuple(texts[1:]))

    def _linked(self, start: int, end: int) -> ItemText:
        """Return what an item without a date says."""
        link = self._last_link(start, end)
        signed = Signed(user=self._user_of(link)) if link else Signed()
        until = min(link.start() if link else end, start + _LONGEST)
        return self._text(signed, start, until, end)

    def _signed(self, signatures: Sequence[Signature], start: int, end: int) -> ItemText:
        """Return what one person says who signed once or again; a struck signature counts where there is no other."""
        first = signatures[0]
        own = next((each for each in signatures if not self._struck.end(each.start)), first)
        signed = Signed(user=own.user, timestamp=own.timestamp, by_template=own.unsigned)
        begin, until = self._words(start, min(own.start, start + _LONGEST), own, max(end, own.end))
        text = self._text(signed, begin, until, end)
        is_struck = text.is_struck or bool(self._struck.end(own.start))
        return replace(text, is_struck=is_struck, is_resigned=own is not first)

    def _behind_strike(self, start: int, until: int) -> int:
        """Return where words begin behind what is struck, and behind the tag that ends it."""
        end = self._struck.end(start)
        return end if start < end <= until else start

    def _text(self, signed: Signed, first: int, last: int, end: int) -> ItemText:
        words, shown = self._masked[first:last], self._struck.without(self._masked, first, last)
        return ItemText(
            words=_bare(words),
            shown=_bare(shown),
            signed=signed,
            raw=self._page.revision.wikitext[first:end].lstrip(_MARKERS),
            is_struck=_says(words) and not _says(shown),
        )

    def _words(self, start: int, until: int, own: Signature, end: int) -> tuple[int, int]:
        """Return where an item's words stand: before its signature, else between name and date, else behind."""
        if _says(self._masked[start:until]):
            return start, until
        date = next((stamp.start for stamp in self._layer.stamps if stamp.end == own.end), own.end)
        names = [found.end() for found in _LINK.finditer(self._masked, own.start, date)]
        places = [(max(names, default=date), date), (own.end, end)]
        return next((place for place in places if _says(self._masked[slice(*place)])), (start, until))

    def end(self, line: Line) -> int:
        """Return where an item ends that begins in a line: there, or where a template ends that it opens."""
        end = line.start + len(line.masked)
        at = bisect_right(self._page.templates, line.start - 1, key=lambda span: span.start)
        for span in self._page.templates[at:]:
            if span.start >= end:
                break
            if span.end > end:
                behind = self._masked.find("\n", span.end)
                end = behind if behind >= 0 else len(self._masked)
        return end

    def is_shut(self, line: Line) -> bool:
        """Tell whether a line stands in a box that is shut, or in a summary that the bot wrote itself."""
        first = line.start + len(line.masked) - len(line.masked.lstrip(HIDDEN))
        return bool(self._boxes.end(first)) or self._layer.veiled[first : first + 1] == HIDDEN

    @property
    def problems(self) -> Sequence[Problem]:
        """Return what could not be understood of the page's signatures."""
        return self._talk.problems

    def _signed_in(self, start: int, end: int) -> Sequence[Signature]:
        """Return the signatures between two offsets."""
        first = bisect_left(self._signatures, start, key=_start)
        return self._signatures[first : bisect_left(self._signatures, end, key=_start)]

    def _last_link(self, start: int, end: int) -> re.Match[str] | None:
        """Return the link to a user that an item without a date ends with."""
        links = list(_LINK.finditer(self._masked, max(start, end - _LONGEST), end))
        named = [each for each in links if self._user_of(each)]
        if not named or any(letter.isalnum() for letter in plain(self._masked[named[-1].end() : end])):
            return None
        user = self._user_of(named[-1])
        return next(each for each in named if self._user_of(each) == user)

    def _user_of(self, link: re.Match[str]) -> str:
        return self._known.names.of_title(link[1])

    @cached_property
    def _known(self) -> Conventions:
        return conventions(self._context.profile, self._context.words, self._context.foreign)

    @cached_property
    def _talk(self) -> Discussion:
        context = self._context
        return comment.read(self._page.revision, context.profile, context.words, context.foreign)

    @cached_property
    def _signatures(self) -> list[Signature]:
        found = [signature for each in self._talk.comments for signature in each.signatures]
        return sorted(found, key=_start)

    @cached_property
    def _layer(self) -> Layer:
        return lay(veiled(uncontrolled(self._page.revision.wikitext)), self._known)

    @cached_property
    def _blocks(self) -> Blocks:
        blocks = Blocks(self._layer.shown)
        blocks.read()
        return blocks

    @cached_property
    def _headings(self) -> list[int]:
        return [run.start for run in self._blocks.runs if isinstance(run, HeadingRun)]

    @cached_property
    def _struck(self) -> Spans:
        layers = self._context.layers or (self._context.words,)
        return struck(self._layer, layers, sorted(run.end for run in self._blocks.runs), self._headings)

    @cached_property
    def _boxes(self) -> Spans:
        return boxes(self._layer, self._context.layers or (self._context.words,), self._headings)


def said(words: str, names: PollNames) -> list[str]:
    """Return the different answers that words give: as templates, as the first bold ones, or as their lead."""
    found = [names.answer(name) for name in _template_words(words)]
    bold = _BOLD.match(words)
    if bold:
        found.append(names.answer(plain(bold[1])))
    if not any(found):
        lead = plain(words).strip(_LOOSE)
        found += [names.answer(_LEAD.split(lead, maxsplit=1)[0]), names.answer(lead)]
    if not any(found):  # a link to more about whoever signs
        found.append(names.answer(plain(words.partition("[[")[0]).strip(_LOOSE)))
    return [answer for answer in dict.fromkeys(found) if answer]


def forms(shown: str, names: PollNames) -> Iterator[tuple[str, str]]:
    """Yield question and answer of a template that a person fills in, such as ``{{Ballot|knowledge=Must have}}``."""
    for found in _TEMPLATE.finditer(shown):
        for part in found[1].split("|")[1:]:
            name, sign, value = part.partition("=")
            question = names.question(name) if sign else ""
            if question and value.strip():
                yield question, names.answer(plain(value))


def _template_words(words: str) -> Iterator[str]:
    """Yield the names of an item's templates and their first arguments."""
    for found in _TEMPLATE.finditer(words):
        parts = found[1].split("|")
        yield parts[0].strip()
        if len(parts) > 1 and "=" not in parts[1]:
            yield parts[1].strip()


def _bare(masked: str) -> str:
    return undressed(masked.replace(HIDDEN, "").lstrip(_MARKERS))


def _says(masked: str) -> bool:
    """Tell whether a piece says anything: words or a template."""
    return "{{" in masked or any(letter.isalnum() for letter in plain(_STRIKE.sub("", masked[:_LONGEST])))


def _start(found: Signature) -> int:
    return found.start
