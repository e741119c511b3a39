"""Read pages on which people sign up: lists with signatures, templates and links, tables, and counts of forms.

Who is late, twice there or without a place is decided later, by the rules and by what the wiki knows of users.
"""

from typing import Any

from bot.model import Revision
from bot.parse.context import Context
from bot.parse.signup_lists import Lists
from bot.parse.signup_notes import Notes, numbered
from bot.parse.signup_page import SignupPage
from bot.parse.signup_table import Tables
from bot.parse.signup_text import FieldReader
from bot.parse.signup_words import LIST
from bot.signups import SignupReading

KIND = "signups"


def read(revision: Revision, context: Context) -> SignupReading:
    """Return every line of a page that names somebody who signs up, or looks as if it did."""
    page = SignupPage(revision, context)
    reader = FieldReader(page.names, context.groups)
    notes = Notes(page, reader)
    taken = Tables(page, reader, notes).read()
    Lists(page, notes, taken).read()
    is_meant = any(page.names.heading(heading.title) == LIST for heading in page.talk.headings)
    if not notes.signups and not notes.forms and not is_meant:
        page.problem(page.place(0), "signup-nothing-read")
    problems = sorted(map(page.cleaned, page.problems), key=lambda problem: problem.place.line)
    return SignupReading(
        lists=tuple(notes.lists), signups=numbered(notes.signups), forms=tuple(notes.forms), problems=tuple(problems)
    )


def as_json(reading: SignupReading) -> list[dict[str, Any]]:
    """Return the lines as objects for programs, by the status that the page alone gives them."""
    return [
        {
            "list": signup.list.title,
            "user": signup.user,
            "timestamp": signup.timestamp.strftime("%Y-%m-%dT%H:%M:%SZ") if signup.timestamp else None,
            "status": signup.status,
            "line": signup.place.line,
        }
        for signup in reading.signups
    ]
