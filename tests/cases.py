"""Read `.cases` files: tables of small pages and of what must be read out of them, for people who know wikis.

    Words above the first case are for the reader.

    @@ vote-inside-nowiki
    * <nowiki>'''Support'''</nowiki>
    @@=
    nothing is expected here, so nothing would stand here

    @@ notes-of-a-known-group | Notes/Alpha Group
    == Skills ==
    * Need: {U+200F}a trainer
    @@=
    2 need Alpha Group: skills = a trainer

A case begins with `@@` and a name that says what is odd; behind a bar stands the page's title where it matters.
Then comes the wikitext, a line `@@=`, and what is expected, one line each; the test that reads the file says how.
No line of a wiki page begins with `@@`, so headings, rules and tables need no quoting. A blank line before the next
case is not part of anything. A character that cannot be seen is written `{U+200F}`. The first case finds nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet

_CHARACTER = re.compile(r"\{U\+([0-9A-F]{4,6})\}")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One small page, what is expected of it, and the line of the file where it begins."""

    name: str
    title: str
    wikitext: str
    expected: str
    file: Path
    line: int

    def differs(self, found: str) -> str:
        """Return the message of a test that failed, which says where to look and what was found."""
        return f"{self.file}:{self.line}: {self.name}\n--- expected\n{self.expected}\n--- found\n{found}\n"


class CasesError(ValueError):
    """Say what is wrong with a file of cases, and where."""


def load(file: Path, default_title: str = "Page") -> list[Case]:
    """Return the cases of a file; raise CasesError where it is not in the form that the module describes."""
    found = list(_cases(file, default_title))
    names = [case.name for case in found]
    for case in found:
        if not _NAME.fullmatch(case.name) or names.count(case.name) > 1:
            raise CasesError(f"{file}:{case.line}: “{case.name}” is no name, or stands twice")
    if not found or not found[0].name.startswith("nothing"):
        raise CasesError(f"{file}:1: the first case finds nothing, and its name says so")
    return found


def parameters(*files: Path) -> list[ParameterSet]:
    """Return the cases of files for pytest.mark.parametrize, named as in the files."""
    return [pytest.param(case, id=f"{file.stem}-{case.name}") for file in files for case in load(file)]


def _cases(file: Path, default_title: str) -> Iterator[Case]:
    lines = file.read_text(encoding="utf-8").split("\n")
    begins = [number for number, line in enumerate(lines) if line.startswith("@@ ")]
    for begin, end in zip(begins, [*begins, len(lines)][1:], strict=True):
        name, _, title = lines[begin][3:].partition("|")
        body = lines[begin + 1 : end]
        if body.count("@@=") != 1:
            raise CasesError(f"{file}:{begin + 1}: “{name.strip()}” needs one line that is “@@=”")
        middle = body.index("@@=")
        yield Case(
            name=name.strip(),
            title=title.strip() or default_title,
            wikitext=_CHARACTER.sub(_character, "\n".join(body[:middle])),
            expected=_CHARACTER.sub(_character, "\n".join(body[middle + 1 :]).strip("\n")),
            file=file,
            line=begin + 1,
        )


def _character(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))
