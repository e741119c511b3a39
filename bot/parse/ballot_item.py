"""Understand one list item as a ballot: what it says, what of it is struck, who signed it."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.parse.ballot_signature import Signatures, Signed
from bot.parse.page import ScannedPage, element_spans
from bot.parse.poll_names import PollNames
from bot.parse.text import plain
from bot.parse.wikitext import HIDDEN, Item, Line, Span

_STRUCK = re.compile(r"<(/?)(?:s|del|strike)(?:\s[^<>]{0,200})?>", re.IGNORECASE)
_BOLD = re.compile(r"\s{0,9}'''(.{1,200}?)'''")
_LEAD = re.compile(r"\s[-–—−]|[–—:：.,;!،؛。！(（\n]|\[\[|\s~")
_TEMPLATE = re.compile(r"\{\{([^{}]{1,2000})\}\}")
_DRESS = re.compile(r"(?:<[^/<>][^<>]{0,300}>\s{0,9}){1,9}$")  # tags that open a signature before its link
_LOOSE = " '–—―~-"  # and what else may stand there
_MARKERS = "*#:; "
_LONGEST = 8_000
_LONGEST_DETAIL = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemText:
    """An item: all of it, and what of it is not struck; who signed it. raw is for messages."""

    text: str
    shown: str
    signed: Signed
    raw: str

    @property
    def is_struck(self) -> bool:
        """Tell whether anything in it is struck."""
        return self.shown != self.text

    @property
    def words(self) -> str:
        """Return what a person wrote, without the signature, or the wikitext where nothing of that is text."""
        return (plain(_unsigned(self.text, self.signed)).strip(_LOOSE) or self.raw)[:_LONGEST_DETAIL]


class Items:
    """Understands the items of one page."""

    def __init__(self, page: ScannedPage, signatures: Signatures) -> None:
        self._page = page
        self._signatures = signatures
        self._struck = _struck_spans(page.lines)

    def read(self, block: Item) -> ItemText:
        """Return what an item says."""
        line = block.line
        text = _without_markers(line.masked[:_LONGEST])
        shown = _without_markers(self._unstruck(line))
        signed = self._signatures.find(shown)
        if not signed.user and shown != text:
            signed = self._signatures.find(text)
        raw = self._page.revision.wikitext[line.start : line.start + len(line.masked)]
        return ItemText(text=text, shown=shown, signed=signed, raw=raw.lstrip(_MARKERS))

    def struck_answers(self, item: ItemText, names: PollNames) -> list[str]:
        """Return the answers that an item gave before it was struck."""
        bare = _STRUCK.sub("", item.text)
        return said(bare, self._signatures.find(bare), names)

    def _unstruck(self, line: Line) -> str:
        """Return a line without what is struck; a stroke may begin and end on other lines."""
        masked = line.masked[:_LONGEST]
        end = line.start + len(masked)
        kept, done = "", line.start
        at = bisect_right(self._struck, line.start, key=_end_of)
        for span in self._struck[at:]:
            if span.start >= end:
                break
            kept += masked[done - line.start : max(done, span.start) - line.start]
            done = max(done, span.end)
        return kept + masked[max(0, done - line.start) :]


def said(shown: str, signed: Signed, names: PollNames) -> list[str]:
    """Return the different answers that a text gives: as templates, as its first bold words, or as its lead."""
    words = _unsigned(shown, signed)
    found = [names.answer(name) for name in _template_words(shown)]
    bold = _BOLD.match(words)
    if bold:
        found.append(names.answer(plain(bold[1])))
    if not any(found):
        lead = plain(words).strip(_LOOSE)
        found += [names.answer(_LEAD.split(lead, maxsplit=1)[0]), names.answer(lead)]
    return [answer for answer in dict.fromkeys(found) if answer]


def forms(shown: str, names: PollNames) -> Iterator[tuple[str, str]]:
    """Yield question and answer of a template that a person fills in, such as ``{{Ballot|knowledge=Must have}}``."""
    for found in _TEMPLATE.finditer(shown):
        for part in found[1].split("|")[1:]:
            name, sign, value = part.partition("=")
            question = names.question(name) if sign else ""
            if question and value.strip():
                yield question, names.answer(plain(value))


def _unsigned(text: str, signed: Signed) -> str:
    """Return what stands before a signature, without the markup that dresses it up."""
    return _DRESS.sub("", text[: signed.start]) if signed.start >= 0 else text


def _template_words(shown: str) -> Iterator[str]:
    """Yield the names of an item's templates and their first arguments."""
    for found in _TEMPLATE.finditer(shown):
        parts = found[1].split("|")
        yield parts[0].strip()
        if len(parts) > 1 and "=" not in parts[1]:
            yield parts[1].strip()


def _without_markers(masked: str) -> str:
    return masked.replace(HIDDEN, "").lstrip(_MARKERS)


def _struck_spans(lines: Sequence[Line]) -> list[Span]:
    return element_spans("\n".join(line.masked for line in lines), _STRUCK)


def _end_of(span: Span) -> int:
    return span.end
