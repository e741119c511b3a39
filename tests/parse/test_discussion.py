"""Talk pages are read as the .cases tables say, whatever people write, and the pieces are the page."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import languages, wikis
from bot.discussion import Comment, Discussion, TalkHeading
from bot.model import Revision
from bot.parse.comment import read
from tests.cases import Case, parameters

FOLDER = Path(__file__).parent / "discussion"
WORDS = languages.together(languages.known())


def discussion(wikitext: str, wiki: str = "meta", clock: str = "") -> Discussion:
    revision = Revision(
        title="Talk:Hubs", revid=1, timestamp=datetime(2024, 2, 1, tzinfo=UTC), user="Ada", wikitext=wikitext
    )
    profile = replace(wikis.profile(wiki), timezone=clock or "UTC")
    return read(revision, profile, WORDS, tuple(wikis.profile(each) for each in wikis.known()))


def described(found: Discussion) -> Iterator[str]:
    """Yield a line for each entry and each problem, as the tables write them."""
    for entry in found.entries:
        yield _heading(entry) if isinstance(entry, TalkHeading) else _comment(entry)
    for problem in found.problems:
        yield f"! {problem.message} in line {problem.place.line}"


def _heading(heading: TalkHeading) -> str:
    signs = "=" * heading.level
    state = "" if heading.state == "open" else f" ({heading.state})"
    return f"{heading.index} {signs} {heading.title} {signs}{state}"


def _comment(comment: Comment) -> str:
    notes = [f"level {comment.level}", f"answers {'nothing' if comment.parent is None else comment.parent}"]
    if comment.signatures[0].unsigned:
        notes.append("unsigned")
    notes += [f"then {each.user}" for each in comment.signatures[1:]]
    notes += [comment.state] if comment.state != "open" else []
    return f"{comment.index} {comment.user}, {comment.timestamp:%Y-%m-%d %H:%M}, {', '.join(notes)}: {comment.text}"


@pytest.mark.parametrize("case", parameters(*sorted(FOLDER.glob("*.cases"))))
def test_case(case: Case) -> None:
    wiki, _, clock = case.title.partition(" ")
    found = discussion(case.wikitext, wiki if case.title != "Page" else "meta", clock)
    lines = "\n".join(line.strip() for line in described(found))
    assert lines == case.expected, case.differs(lines)
    assert "".join(found.pieces) == case.wikitext


_SNIPPETS = (
    "[[User:A|A]] 12:00, 1 January 2024 (UTC)", "12:00, 1 January 2024 (XYZ)", "9. sep 2014, 18:22 (CEST)",
    "99:99, 99 December 9999 (UTC)", "00:00, 0 January 0000 (UTC)", "[[", "]]", "{{", "}}", "{|", "|}", "|-", "||",
    "!!", "\n", "\n\n", " ", "*", ":", "#", ";", "=", "==", "'''", "''", "----", "&nbsp;", "\0", "\1\2\3\4",
    "\u200e", "\ufdd0", "\r\n", "<!--", "-->", "<nowiki>", "</nowiki>", "<ref>", "</ref>", "<div>", "</div>",
    "<ul><li>", "</li></ul>", "<dl><dd>", "<blockquote>", "</blockquote>", "<q>", "</q>", "<h2>", "</h2>", "<br>",
    "<gallery>", "</gallery>", "<pre>", "</pre>", "<table>", "<tr>", "<td>", "</table>", "{{outdent}}", "{{hat}}",
    "{{unsigned|A|12:00, 1 January 2024}}", "{{hab}}", "{{Closed}}", "{{u|A}}", "Special:Contributions/",
    "{{Dialogue summary|votes}}", "{{Dialogue summary end}}", "<!-- dialoguebot:begin a b -->", "[http://a b]",
    "<!-- dialoguebot:end a -->", '<div class="mw-notalk">', "[[File:A|thumb|", "[[Category:A]]",
)  # fmt: skip


@given(st.text() | st.lists(st.sampled_from(_SNIPPETS) | st.text(max_size=3), max_size=60).map("".join))
@settings(max_examples=400, deadline=None)
def test_any_text_is_read_and_kept(wikitext: str) -> None:
    found = discussion(wikitext)
    assert "".join(found.pieces) == wikitext
    assert [entry.index for entry in found.entries] == list(range(len(found.entries)))
    assert all(entry.parent is None or entry.parent < entry.index for entry in found.entries)
    assert len({comment.id for comment in found.comments}) == len(found.comments)
