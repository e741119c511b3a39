"""The report of minutes: which session said how much under which heading, and what a person should look at."""

from collections.abc import Sequence
from typing import Any

from bot.analyze.minute_likeness import Suggestion
from bot.analyze.minute_meaning import Meanings
from bot.analyze.minute_merge import Merged
from bot.analyze.minutes import LOOSE, LOST, MinuteFigures, SectionFigures, SessionFigures, merge, with_suggestions
from bot.consultation import Consultation
from bot.languages import known, together
from bot.minutes import MinuteReading
from bot.model import Revision
from bot.parse.same_statement import of_revisions
from bot.render import numbers
from bot.render.labels import Labels
from bot.render.terminal import table
from bot.render.view import View
from bot.render.wikitext import Wikitext

READS = "minutes"
ALONG = ("minutes", "merged")  # where people may accept merges, around the bot's own text
combine = MinuteReading.together
_MOST_STATEMENTS = 300
_MOST_SUGGESTIONS = 50
_MOST_COLUMNS = 24
_MOST_LISTED = 200  # sessions below each heading; of more, those that said something
_LONGEST = 60
_IN_TEMPLATE = str.maketrans({"|": "&#124;", "{": "&#123;", "}": "&#125;", "[": "&#91;", "]": "&#93;", "<": "&#60;"})


def figures(reading: MinuteReading, consultation: Consultation, along: Sequence[Revision]) -> MinuteFigures:
    """Merge the notes and count; minutes that people merged already are counted as they stand."""
    words = together(known())
    declared = of_revisions(along, words.minutes)
    meanings = Meanings((*words.audit.negation, *words.minutes.negations), words.numbers.cardinals)
    merged = merge(reading, consultation.minute_rules(), declared, keeps_pages=True)
    return with_suggestions(merged, meanings)


def as_json(counted: MinuteFigures, language: str) -> dict[str, Any]:
    """Return the figures with the keys that ``show minutes --json`` promises, and some more behind them."""
    del language
    return {
        "sessions": [{"session": each.name, "citations": each.citations} for each in counted.sessions],
        "statements": len(counted.statements),
        "uncited": [_uncited_json(said, counted) for said in counted.uncited],
        "headings": [_heading_json(section, counted) for section in counted.sections],
        "supported": [
            {
                "text": said.text,
                "sessions": list(said.sessions),
                "title": said.place.title,
                "line": said.place.line,
            }
            for said in counted.supported
        ],
        "unused": [
            {"reference": each.reference, "session": each.name, "line": each.place.line} for each in counted.unused
        ],
        "suggestions": [
            {"texts": list(pair.texts), "likeness": pair.likeness, "template": as_template(pair)}
            for pair in counted.suggestions
        ],
        "accepted": [list(same.texts) for same in counted.accepted],
    }


def _uncited_json(said: Merged, counted: MinuteFigures) -> dict[str, Any]:
    """Return a statement without citation; the page is named where it could be one of several."""
    entry: dict[str, Any] = {"line": said.place.line, "text": said.text}
    return entry if counted.pages == 1 else {**entry, "title": said.place.title}


def _heading_json(section: SectionFigures, counted: MinuteFigures) -> dict[str, Any]:
    counts = section.counts
    listed = counted.sessions if len(counted.sessions) <= _MOST_LISTED else ()
    names = [each.name for each in listed] or list(counts)
    return {
        "heading": section.title,
        "level": section.level,
        "state": "empty" if section.is_empty else section.state,
        "title": section.place.title,
        "line": section.place.line,
        "statements": len(section.statements),
        "sessions": [{"session": name, "statements": counts[name]} for name in names],
    }


def as_text(counted: MinuteFigures, labels: Labels) -> str:
    """Return the counts per session and heading as a table for the terminal, and the lines that accept merges."""
    several = columns(counted)
    rows = [[labels.text("minutes-heading"), *(each.name for each in several), labels.text("minutes-all")]]
    for section in counted.sections:
        title = "  " * (section.level - 2) + title_of(section, labels)
        said = section.counts
        rows.append([_cut(title), *(str(said[each.name]) for each in several), str(len(section.statements))])
    cited = [str(each.citations) for each in several]
    rows.append([labels.text("minutes-citations"), *cited, str(sum(each.citations for each in counted.sessions))])
    if not several:
        rows += [[_cut(each.name), str(each.citations)] for each in counted.sessions]
    uncited = [f"  {said.place.title}:{said.place.line}  {said.text}" for said in counted.uncited]
    pairs = [f"  {as_template(pair)}" for pair in counted.suggestions]
    parts = [table(rows)]
    parts += ["", labels.text("minutes-uncited-heading"), *uncited] if uncited else []
    parts += ["", labels.text("minutes-suggestions-heading"), *pairs] if pairs else []
    return "\n".join(parts)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def summary(counted: MinuteFigures) -> tuple[int, ...]:
    """Return what the edit summary says: statements, sessions and suggestions."""
    return len(counted.statements), len(counted.sessions), len(counted.suggestions)


def title_of(section: SectionFigures, labels: Labels) -> str:
    """Return a heading, or what stands in its place where there is none."""
    if section.state in (LOST, LOOSE):
        return labels.text(f"minutes-heading-{section.state}")
    return section.title


def shown(counted: MinuteFigures) -> Sequence[Merged]:
    """Return the statements that the page lists, those of most sessions first."""
    return counted.supported[:_MOST_STATEMENTS]


def shown_suggestions(counted: MinuteFigures) -> Sequence[Suggestion]:
    """Return the suggestions that the page lists."""
    return counted.suggestions[:_MOST_SUGGESTIONS]


def columns(counted: MinuteFigures) -> Sequence[SessionFigures]:
    """Return the sessions that have a column of their own; a table of very many would be read by nobody."""
    return counted.sessions if len(counted.sessions) <= _MOST_COLUMNS else ()


def linked(said: Merged, view: View) -> list[Wikitext]:
    """Return the sessions that made a statement, each linked to the section of its notes."""
    return [view.at(voice.place, view.name(voice.session)) for voice in said.voices]


def percent(pair: Suggestion, labels: Labels) -> str:
    """Return how alike two statements are."""
    return numbers.percent(pair.likeness / 100, labels.code)


def as_template(pair: Suggestion) -> str:
    """Return the line that accepts a suggestion on a page."""
    one, other = (text.translate(_IN_TEMPLATE) for text in pair.texts)
    return f"{{{{Same statement|1={one}|2={other}}}}}"
