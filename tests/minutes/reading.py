"""Small pages of notes and minutes for the tests, and what was found as lines that a wiki person can read.

A page of several begins with a line ``%% Title``; ``%% settings {…}`` gives what the settings say of minutes.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot import reporting, wikis
from bot.analyze.minutes import MinuteFigures
from bot.consultation import Consultation
from bot.minutes import MinuteReading
from bot.model import Problem, Revision
from bot.parse import minutes as reader
from bot.reports import merged, minutes

_WHEN = datetime(2022, 4, 1, tzinfo=UTC)


def settings(pages: list[str], **keys: object) -> Consultation:
    """Return settings that read these pages, with these keys of minutes."""
    return Consultation.model_validate({
        "title": "Hubs",
        "sources": [{"page": page, "read": "minutes"} for page in pages],
        "minutes": keys,
        "reports": [{"report": "minutes", "page": "Out"}],
        "output_prefixes": ["Out"],
    })  # fmt: skip


def pages_of(text: str, default_title: str = "Page") -> tuple[list[Revision], dict[str, Any]]:
    """Return the pages of a case, and its settings."""
    keys: dict[str, Any] = {}
    title = default_title
    pages: dict[str, list[str]] = {title: []}
    for line in text.split("\n"):
        if line.startswith("%% settings "):
            keys = json.loads(line.removeprefix("%% settings "))
        elif line.startswith("%% "):
            title = line.removeprefix("%% ")
            pages[title] = []
        else:
            pages[title].append(line)
    several = [
        Revision(title=title, revid=number, timestamp=_WHEN, user="Eve", wikitext="\n".join(lines))
        for number, (title, lines) in enumerate(pages.items(), 1)
        if any(line.strip() for line in lines) or len(pages) == 1
    ]
    return several, keys


def consultation_of(revisions: list[Revision], keys: dict[str, Any]) -> Consultation:
    """Return the settings of a case; the template is no source of its own."""
    return settings([each.title for each in revisions if each.title != keys.get("template")] or ["Page"], **keys)


def read(text: str, title: str = "Page", wiki: str = "meta") -> MinuteReading:
    """Return what is read of the pages of a case."""
    revisions, keys = pages_of(text, title)
    context = reporting.context(consultation_of(revisions, keys), wikis.profile(wiki), "minutes")
    return MinuteReading.together(reader.read(each, context) for each in revisions)


def figures(text: str, *, is_merged: bool = True, along: str = "") -> MinuteFigures:
    """Return what the report of merged minutes, or that of minutes, makes of the pages of a case."""
    revisions, keys = pages_of(text)
    consultation, beside = consultation_of(revisions, keys), pages_of(along, "Out")[0] if along else []
    counted = minutes.figures(read(text), consultation, beside)
    if not is_merged:
        return counted
    return replace(merged.figures(read(text), consultation, beside), suggestions=counted.suggestions)


def described(reading: MinuteReading) -> Iterator[str]:
    """Yield a line for each heading, statement, session and problem that was read."""
    for page in reading.pages:
        entries: list[tuple[int, str]] = []
        for section in page.sections:
            shown = "".join(f" ({mark})" for mark in ("lost", "outside") if getattr(section, f"is_{mark}"))
            title = section.title or f"({section.blank} blank)"
            entries.append((section.place.line, f"{'=' * section.level} {title}{shown}"))
        for said in page.statements:
            marks = [mark for mark in ("answer", "label", "struck", "outside") if getattr(said, f"is_{mark}")]
            shown = "".join(f" ({mark})" for mark in (said.kind, *marks) if mark)
            cited = ", ".join(said.citations or said.sessions)
            entries.append((said.place.line, f"{'*' * said.level} {said.text}{shown} [{cited}]"))
        yield from (f"{line} {text}" for line, text in sorted(entries, key=lambda entry: entry[0]))
        if page.shape == "merged":
            yield from (f"{each.name}: {each.citations}" for each in page.sessions)
    yield from problem_lines(reading.problems)


def outline(counted: MinuteFigures) -> Iterator[str]:
    """Yield a line for each heading and statement of merged minutes, for suggestions and for problems."""
    for section in counted.sections:
        mark = " (empty)" if section.is_empty else f" ({section.state})" if section.state != "agreed" else ""
        yield f"{'=' * section.level} {section.title}{mark}"
        for said in section.statements:
            yield f"{'*' * said.level} {said.text} [{', '.join(said.sessions)}]"
    for pair in counted.suggestions:
        yield f"? {pair.one.text} | {pair.other.text}"
    yield from problem_lines(counted.problems)


def problem_lines(problems: "tuple[Problem, ...]") -> Iterator[str]:
    """Yield a line for each problem."""
    for problem in problems:
        details = f": {' | '.join(problem.details)}" if problem.details else ""
        yield f"! {problem.place.title}:{problem.place.line} {problem.message.removeprefix('minutes-')}{details}"
