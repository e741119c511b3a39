"""Load tables of cases: text files that a wiki person can read and add to.

A case begins with ``@@ odd-name`` and its wikitext; behind ``@@ gives`` stand the expected lines, one for each thing
that is found. ``@@ wiki fr`` behind the name chooses a wiki, ``@@ clock Europe/Paris`` its time zone. The first case
of each file finds nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case; line is where it begins in its file."""

    name: str
    wikitext: str
    expected: tuple[str, ...]
    path: Path
    line: int
    wiki: str = "meta"
    clock: str = ""

    def __str__(self) -> str:
        return self.name


def load(path: Path) -> list[Case]:
    """Return the cases of one file."""
    return [_case(path, line, lines) for line, lines in _blocks(path.read_text(encoding="utf-8"))]


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines of each case with the number of the first."""
    block: list[str] = []
    start = 0
    for number, line in enumerate(text.split("\n"), start=1):
        begins = line.startswith("@@ ") and line.split()[1] not in ("gives", "wiki", "clock")
        if begins and block:
            yield start, block
        if begins:
            block, start = [], number
        if start:
            block.append(line)
    if block:
        yield start, block


def _case(path: Path, line: int, lines: list[str]) -> Case:
    """Read one case."""
    settings = {words[1]: words[2] for each in lines if len(words := each.split()) == 3 and words[0] == "@@"}
    gives = lines.index("@@ gives")
    body = [each for each in lines[1:gives] if not each.startswith(("@@ wiki ", "@@ clock "))]
    expected = tuple(each for each in lines[gives + 1 :] if each.strip())
    return Case(
        name=lines[0].removeprefix("@@ ").strip(),
        wikitext="\n".join(body),
        expected=expected,
        path=path,
        line=line,
        wiki=settings.get("wiki", "meta"),
        clock=settings.get("clock", ""),
    )


def all_cases(folder: Path) -> list[Case]:
    """Return the cases of all files of a folder."""
    return [case for path in sorted(folder.glob("*.cases")) for case in load(path)]
