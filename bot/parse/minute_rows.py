"""Turn a page of notes or minutes into rows: headings, list items, text and blank lines, with what they show."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.model import Revision
from bot.parse.page import ScannedPage
from bot.parse.text import plain
from bot.parse.wikitext import HIDDEN, OWN_BEGIN, Hidden, LineNumbers, heading, hidden

REPORT = "merged"  # the report that is itself a page of minutes, and is read back like one
# Between these the report says what is no part of the minutes: sources, problems, notes to the reader.
ASIDE_BEGIN, ASIDE_END = "<!-- dialoguebot-aside -->", "<!-- /dialoguebot-aside -->"
_FAKE_LEVEL = 7
_BOLD_LINE = re.compile(r"'''(?:'')?(?!')([^'\n]{1,200}(?:'[^'\n]{1,200}){0,5})(?:'')?'''\s{0,9}[:：]?\s{0,9}$")
_BREAK = re.compile(r"(?:<br\s{0,9}/?>|&nbsp;|\s){1,20}$", re.IGNORECASE)
_ITALIC_LINE = re.compile(r"''(?!').{1,1000}(?<!')''$")
_HTML_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
_BLOCK_TAG = re.compile(r"<(table|blockquote)(?=[\s>])", re.IGNORECASE)
_MARKERS = "*#:;"
# Hidden from those who look for headings and lists, and yet people see it.
_SEEN = frozenset(
    [
        "nowiki",
        "pre",
        "math",
        "chem",
        "ce",
        "score",
        "syntaxhighlight",
        "source",
        "timeline",
        "graph",
        "mapframe",
        "maplink",
        "hiero",
        "inputbox",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line: kind is "heading", "item", "text", "blank" or "other" (in a table, a template or a quotation).

    wikitext is what the line shows, references and comments left out, nowiki and formulas left in; of other
    lines only that with which a table or quotation begins. start and end are offsets.
    """

    kind: str
    number: int
    start: int
    end: int
    wikitext: str = ""
    markers: str = ""
    level: int = 0


class MinuteScan:
    """A page taken apart, in which the bot's own merged minutes are text like any other."""

    def __init__(self, revision: Revision) -> None:
        text = _opened(revision.wikitext.replace(HIDDEN, "\N{REPLACEMENT CHARACTER}"))
        self.wikitext = text
        self.page = ScannedPage(replace(revision, wikitext=text))
        self.stretches = hidden(text)
        self.masked = _without(text, self.stretches, frozenset())
        self._shown = _without(text, self.stretches, _SEEN)
        self.numbers = LineNumbers(text)

    def rows(self) -> list[Row]:
        """Return the lines of the page, with bold lines and terms above a list as the headings that they are."""
        several = list(self._rows())
        return [_fake_heading(several, index) or row for index, row in enumerate(several)]

    def _rows(self) -> Iterator[Row]:
        text_lines = self.page.text_lines()
        for line in self.page.lines:
            start, end = line.start, line.start + len(line.masked)
            plain_row = Row(kind="other", number=line.number, start=start, end=end)
            shown = self._shown[start:end].replace(HIDDEN, "")
            found = heading(line)
            if line.number not in text_lines or _BLOCK_TAG.match(shown):
                yield replace(plain_row, wikitext=_opening(shown))
            elif found is not None:
                yield replace(plain_row, kind="heading", wikitext=found.wikitext, level=found.level)
            elif not shown.strip() or _BREAK.match(shown):
                yield replace(plain_row, kind="blank")
            elif line.visible[:1] and line.visible[0] in _MARKERS:
                behind = shown.lstrip(_MARKERS)
                markers = shown[: len(shown) - len(behind)]
                yield replace(plain_row, kind="item", markers=markers, wikitext=behind.strip())
            else:
                yield replace(plain_row, kind="text", wikitext=shown.strip())


def _fake_heading(rows: Sequence[Row], index: int) -> Row | None:
    """Return a line as the heading that it stands for: bold or a term, right above a list."""
    row = rows[index]
    bold = _BOLD_LINE.match(row.wikitext) if row.kind == "text" else None
    is_term = row.kind == "item" and row.markers == ";" and ":" not in row.wikitext.rstrip(":： ")
    if not (bold or is_term):
        return None
    below = next((each for each in rows[index + 1 : index + 4] if each.kind != "blank"), None)
    if below is None or below.kind != "item" or below.markers[0] not in "*#":
        return None
    title = bold[1] if bold else row.wikitext
    return replace(row, kind="heading", markers="", wikitext=title.rstrip(":： "), level=_FAKE_LEVEL)


def _opening(shown: str) -> str:
    """Return with what a line opens a table or a quotation, or nothing."""
    behind = shown.lstrip(" \t:")
    tag = _BLOCK_TAG.match(behind)
    return "{|" if behind.startswith("{|") else f"<{tag[1].lower()}>" if tag else ""


def is_prompt(wikitext: str) -> bool:
    """Tell whether a line of text tells people what to write: it is wholly in italics, or shows no words."""
    shown = plain(_HTML_TAG.sub(" ", wikitext))
    return bool(_ITALIC_LINE.match(wikitext)) or not any(letter.isalnum() for letter in shown)


def _opened(wikitext: str) -> str:
    """Return a page, of the same length, in which the report's markers hide nothing and its asides are blank."""
    if "dialoguebot" not in wikitext:
        return wikitext
    opened = OWN_BEGIN.sub(
        lambda mark: mark.group().replace("dialoguebot:", "dialoguebot-", 1) if mark[1] == REPORT else mark.group(),
        wikitext,
    )
    pieces: list[str] = []
    done = 0
    while (begin := opened.find(ASIDE_BEGIN, done)) >= 0:
        end = opened.find(ASIDE_END, begin)
        end = len(opened) if end < 0 else end + len(ASIDE_END)
        pieces += [opened[done:begin], re.sub(r"[^\n]", " ", opened[begin:end])]
        done = end
    return "".join([*pieces, opened[done:]])


def _without(text: str, stretches: Sequence[Hidden], kept: frozenset[str]) -> str:
    pieces: list[str] = []
    done = 0
    for each in stretches:
        if each.kind not in kept:
            pieces += [text[done : each.start], HIDDEN * (each.end - each.start)]
            done = each.end
    return "".join([*pieces, text[done:]])
