"""The merged minutes themselves: the agreed headings, every statement below its own, cited to its sessions."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.analyze.minute_merge import Merged
from bot.analyze.minutes import LOOSE, LOST, MinuteFigures, merge
from bot.consultation import Consultation
from bot.languages import known, together
from bot.minutes import MinuteReading
from bot.model import Revision
from bot.parse.same_statement import of_revisions
from bot.render.labels import Labels
from bot.render.prose import heading, reference, written
from bot.render.view import View
from bot.render.wikitext import Wikitext

READS = "minutes"
ALONG = ("minutes", "merged")  # where people may accept merges, around the bot's own text
combine = MinuteReading.together
_TO_THE_LEFT = frozenset({"R", "AL"})


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenSection:
    """One section as wikitext: marks are the equals signs, and is_lost that its heading is gone."""

    marks: Wikitext
    title: Wikitext
    lines: tuple[Wikitext, ...]
    is_lost: bool
    is_empty: bool


def figures(reading: MinuteReading, consultation: Consultation, along: Sequence[Revision]) -> MinuteFigures:
    """Merge the notes, and minutes that people merged already, as far as statements are in the same words."""
    declared = of_revisions(along, together(known()).minutes)
    return merge(reading, consultation.minute_rules(), declared, keeps_pages=False)


def sections(counted: MinuteFigures, labels: Labels, view: View) -> Iterator[WrittenSection]:
    """Yield the sections; each reference is defined where it is cited first."""
    names = {each.name: each.reference for each in counted.sessions}
    defined: set[str] = set()
    for section in counted.sections:
        lines = []
        for said in section.statements:
            cited = [reference(names[name], name, is_first=name not in defined) for name in said.sessions]
            defined.update(said.sessions)
            lines.append(_line(said, cited, view))
        title = labels.text(f"minutes-heading-{section.state}") if section.state in (LOST, LOOSE) else section.title
        yield WrittenSection(
            marks=Wikitext("=" * section.level),
            title=heading(title),
            lines=tuple(lines),
            is_lost=section.state == LOST,
            is_empty=section.is_empty,
        )


def _line(said: Merged, cited: Sequence[Wikitext], view: View) -> Wikitext:
    text = written(said.wording)
    if direction(said.text) not in ("", view.direction):
        text = Wikitext(f"<bdi>{text}</bdi>")
    return Wikitext(f"{'*' * said.level} {text}{''.join(cited)}")


def direction(text: str) -> str:
    """Return in which direction the first letter is written that has one, or nothing."""
    for letter in text:
        bidirectional = unicodedata.bidirectional(letter)
        if bidirectional == "L" or bidirectional in _TO_THE_LEFT:
            return "ltr" if bidirectional == "L" else "rtl"
    return ""


def as_json(counted: MinuteFigures, language: str) -> dict[str, Any]:
    """Return the merged minutes for programs: headings, and statements with their depth and sessions."""
    del language
    return {
        "sessions": [
            {"session": each.name, "reference": each.reference, "citations": each.citations}
            for each in counted.sessions
        ],
        "headings": [
            {
                "heading": section.title,
                "level": section.level,
                "state": "empty" if section.is_empty else section.state,
                "statements": [
                    {"level": said.level, "text": said.text, "sessions": list(said.sessions)}
                    for said in section.statements
                ],
            }
            for section in counted.sections
        ],
    }


def as_text(counted: MinuteFigures, labels: Labels) -> str:
    """Return the merged minutes as an outline for the terminal."""
    lines = []
    for section in counted.sections:
        is_gone = section.state in (LOST, LOOSE)
        lines += ["", labels.text(f"minutes-heading-{section.state}") if is_gone else section.title]
        lines += [f"{'  ' * said.level}{said.text} [{'; '.join(said.sessions)}]" for said in section.statements]
    return "\n".join(lines[1:])


def summary(counted: MinuteFigures) -> tuple[int, ...]:
    """Return what the edit summary says: statements and sessions."""
    return len(counted.statements), len(counted.sessions)
