"""Read notes of sessions, the template that they follow, and minutes that were merged from them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.minutes import (
    MERGED,
    NOTES,
    TEMPLATE,
    MinutePage,
    MinuteReading,
    MinuteRules,
    Section,
    Session,
    Statement,
)
from bot.model import Problem, Revision
from bot.parse.context import Context
from bot.parse.minute_cited import Citations, Sources
from bot.parse.minute_gaps import with_lost
from bot.parse.minute_names import MinuteNames
from bot.parse.minute_outline import Outline, Walker
from bot.parse.minute_refs import references
from bot.parse.minute_rows import MinuteScan
from bot.parse.minute_text import Taker
from bot.parse.same_statement import same_statements

KIND = "minutes"
_NOTHING = Citations(sessions=(), unused=(), cited=(), problems=())


def read(revision: Revision, context: Context) -> MinuteReading:
    """Return the sections, statements and sessions of a page, be it notes, merged minutes or the template."""
    words, rules = context.words.minutes, context.minutes
    names = MinuteNames(words, [layer.minutes for layer in context.layers])
    scan = MinuteScan(revision)
    rows = scan.rows()
    found = references(scan.wikitext, scan.masked, scan.stretches, scan.page.templates, words)
    sources = Sources(scan, found, names, tuple(rules.sessions.values()))
    shape = _shape(revision.title, rules, is_merged=sources.are_merged(rows))
    cited = sources.citations() if shape == MERGED else _NOTHING
    session = rules.sessions.get(revision.title) or names.in_title(revision.title)
    outline = Walker(scan, names, Taker(context), shape, session).walk(rows)
    statements = _with_sessions(outline, cited, shape)
    statements = _with_outside(statements, outline.sections, names, shape)
    cited_below = {said.section for said in statements if said.citations}
    sections = [
        replace(section, is_outside=section.is_outside and index not in cited_below)
        for index, section in enumerate(outline.sections)
    ]
    page = MinutePage(
        shape=shape,
        place=scan.page.place(1),
        sections=with_lost(sections, statements),
        statements=statements,
        sessions=cited.sessions
        if shape == MERGED
        else _heard(outline, scan, session, revision.title in rules.sessions),
        unused=cited.unused,
        same=same_statements(scan.page, words),
    )
    noticed = [*cited.problems, *outline.problems, *_carried(scan, shape, outline), *_problems(page, scan)]
    noticed.sort(key=_line)
    return MinuteReading(pages=(page,), problems=tuple(noticed))


def _line(problem: Problem) -> int:
    return problem.place.line


def _shape(title: str, rules: MinuteRules, *, is_merged: bool) -> str:
    if title == rules.template:
        return TEMPLATE
    return MERGED if is_merged and title not in rules.sessions else NOTES


def _with_sessions(outline: Outline, cited: Citations, shape: str) -> tuple[Statement, ...]:
    """Return the statements with who said them: the sessions cited, or the one whose notes these are."""
    if shape == TEMPLATE:
        return tuple(outline.statements)
    if shape == NOTES:
        return tuple(
            replace(said, sessions=() if said.is_label else (speaker,))
            for said, speaker in zip(outline.statements, outline.speakers, strict=True)
        )
    citations: dict[int, list[str]] = {}
    owned = iter(outline.owned)
    now = next(owned, None)
    for offset, name in cited.cited:
        while now is not None and now.end < offset:
            now = next(owned, None)
        if now is not None and now.start <= offset:
            citations.setdefault(now.statement, []).append(name)
    return tuple(
        replace(
            said,
            citations=tuple(citations.get(index, ())),
            sessions=tuple(dict.fromkeys(citations.get(index, ()))),
        )
        for index, said in enumerate(outline.statements)
    )


def _with_outside(
    statements: Sequence[Statement], sections: Sequence[Section], names: MinuteNames, shape: str
) -> tuple[Statement, ...]:
    """Mark what was said in no session: lists before the first heading, or below one such as "See also".

    On merged minutes a citation there shows that it was said all the same; on notes without any heading all is said.
    """
    cited = {said.section for said in statements if said.citations}
    found: list[Statement] = []
    for said in statements:
        above = found[said.parent].is_outside if said.parent >= 0 else False
        is_about = said.section < 0 and names.is_about(said.text)
        is_loose = said.section < 0 and any(not section.blank for section in sections)
        is_below = said.section >= 0 and sections[said.section].is_outside
        is_outside = above or ((is_loose or is_about or is_below) and said.section not in cited)
        found.append(replace(said, is_outside=is_outside and shape != TEMPLATE))
    return tuple(found)


def _heard(outline: Outline, scan: MinuteScan, session: str, is_given: bool) -> tuple[Session, ...]:
    """Return the sessions of notes in the order of the page: that of its title, or those that headings name."""
    names = dict.fromkeys([*outline.speakers, *(section.session for section in outline.sections)]) or {session: None}
    first = {section.session: section.place for section in reversed(outline.sections)}
    return tuple(
        Session(
            name=name,
            reference="",
            place=first.get(name, scan.page.place(1)) if name != session else scan.page.place(1),
            is_named=is_given or name != session,
        )
        for name in names
    )


def _carried(scan: MinuteScan, shape: str, outline: Outline) -> list[Problem]:
    """Return a problem for each reference in notes: citations of merged minutes name sessions, and nothing else."""
    if shape != NOTES:
        return []
    lines = {scan.numbers.at(each.start) for each in scan.stretches if each.kind == "ref"}
    said = {statement.place.line for statement in outline.statements}
    return [scan.page.problem(line, "minutes-not-carried", "<ref>") for line in sorted(lines & said)]


def _problems(page: MinutePage, scan: MinuteScan) -> list[Problem]:
    """Return what is wrong with the page as a whole, and where headings seem to be lost."""
    problems = []
    heads = [section for section in page.sections if section.title and not section.is_outside]
    said = [statement for statement in page.statements if not statement.is_outside]
    if not heads and (said or page.shape == TEMPLATE):
        problems.append(scan.page.problem(1, f"minutes-no-headings/{page.shape}", _called(page)))
    elif not said and page.shape != TEMPLATE:
        problems.append(scan.page.problem(1, "minutes-nothing-said", _called(page)))
    loose = _before_headings(page) if page.shape == NOTES and heads else []
    if loose:
        problems.append(scan.page.problem(loose[0].place.line, "minutes-before-headings", str(len(loose))))
    counts = Counter(statement.section for statement in page.statements)
    problems += [
        Problem(place=section.place, message="minutes-lost-heading", details=(str(counts[index]),))
        for index, section in enumerate(page.sections)
        if section.is_lost
    ]
    return problems


def _before_headings(page: MinutePage) -> list[Statement]:
    """Return the statements before the first heading; lines such as "Facilitator: …" and those below are none."""
    above: set[int] = set()
    found = []
    for index, said in enumerate(page.statements):
        if said.parent in above or ":" in said.text or "：" in said.text:
            above.add(index)
        elif said.is_outside and said.section < 0:
            found.append(said)
    return found


def _called(page: MinutePage) -> str:
    return page.sessions[0].name if page.sessions else page.place.title


def as_json(reading: MinuteReading) -> list[dict[str, Any]]:
    """Return headings and statements in page order, and the figures of each page behind them."""
    found: list[dict[str, Any]] = []
    for page in reading.pages:
        found += _entries(page)
        found.append(_page_json(page))
    return found


def _entries(page: MinutePage) -> list[dict[str, Any]]:
    headings = [
        (section.place.line, _heading_json(section))
        for section in page.sections
        if section.title and not section.is_outside
    ]
    statements = [
        (said.place.line, _statement_json(said, index, page))
        for index, said in enumerate(page.statements)
        if not said.is_outside
    ]
    return [entry for _, entry in sorted([*headings, *statements], key=_entry_line)]


def _entry_line(entry: tuple[int, dict[str, Any]]) -> int:
    return entry[0]


def _heading_json(section: Section) -> dict[str, Any]:
    return {"kind": "heading", "level": section.level, "heading": section.title, "line": section.place.line}


def _statement_json(said: Statement, index: int, page: MinutePage) -> dict[str, Any]:
    section = page.sections[said.section] if said.section >= 0 else None
    return {
        "kind": "statement",
        "index": index,
        "level": said.level,
        "heading": section.title if section else "",
        "label": said.kind,
        "text": said.text,
        "sessions": list(said.sessions),
        "citations": list(said.citations),
        "line": said.place.line,
    }


def _page_json(page: MinutePage) -> dict[str, Any]:
    said = [statement for statement in page.statements if not statement.is_outside]
    counts = Counter(statement.section for statement in said)
    return {
        "kind": page.shape,
        "sessions": [{"session": each.name, "citations": _citations(each, page)} for each in page.sessions],
        "statements": len(said),
        "uncited": [{"line": each.place.line, "text": each.text} for each in said if not each.sessions],
        "headings": [
            {
                "heading": section.title,
                "level": section.level,
                "line": section.place.line,
                "statements": counts[index],
            }
            for index, section in enumerate(page.sections)
            if (section.title and not section.is_outside) or section.is_lost
        ],
    }


def _citations(session: Session, page: MinutePage) -> int:
    if page.shape == MERGED:
        return session.citations
    return sum(1 for said in page.statements if session.name in said.sessions and not said.is_outside)


def as_lines(reading: MinuteReading) -> list[tuple[int, str]]:
    """Return what was read for people: headings, and statements indented as they are nested, with their sessions."""
    found: list[tuple[int, str]] = []
    for page in reading.pages:
        for entry in _entries(page):
            if entry["kind"] == "heading":
                said = f"{'=' * entry['level']} {entry['heading']}"
            else:
                said = f"{'  ' * entry['level']}{entry['text']} [{'; '.join(entry['sessions'])}]"
            found.append((entry["line"], said))
    return found
