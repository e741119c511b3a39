"""Read talk pages for the command line and the reports: headings and comments in page order."""

from typing import Any

from bot.discussion import Comment, Discussion, TalkHeading
from bot.model import Revision
from bot.parse import comment
from bot.parse.context import Context

KIND = "discussion"


def read(revision: Revision, context: Context) -> Discussion:
    """Return the headings and comments of a page."""
    return comment.read(revision, context.profile, context.words, context.foreign)


def as_json(discussion: Discussion) -> list[dict[str, Any]]:
    """Return what was read as objects for programs, numbered in page order."""
    return [_heading(each) if isinstance(each, TalkHeading) else _comment(each) for each in discussion.entries]


def as_lines(discussion: Discussion) -> list[tuple[int, str]]:
    """Return what was read for people: line numbers, and entries indented as they answer each other."""
    return [(each.place.line, _line(each)) for each in discussion.entries]


def _heading(heading: TalkHeading) -> dict[str, Any]:
    return {
        "index": heading.index,
        "kind": "heading",
        "level": heading.level,
        "title": heading.title,
        "line": heading.place.line,
    }


def _comment(said: Comment) -> dict[str, Any]:
    return {
        "index": said.index,
        "kind": "comment",
        "user": said.user,
        "timestamp": said.timestamp.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "level": said.level,
        "parent": said.parent,
        "id": said.name,
        "signatures": len(said.signatures),
        "text": said.text,
        "line": said.place.line,
    }


def _line(entry: TalkHeading | Comment) -> str:
    state = f" [{entry.state}]" if entry.state != "open" else ""
    if isinstance(entry, TalkHeading):
        return f"{'=' * entry.level} {entry.title}{state}"
    unsigned = " (unsigned)" if entry.signatures[0].unsigned else ""
    when = entry.timestamp.strftime("%Y-%m-%d %H:%M")
    return f"{'  ' * entry.level}{entry.user}{unsigned}, {when}{state}: {entry.text}"
