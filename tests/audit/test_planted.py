"""Whole pages that are true, and the errors to plant in them: each is found, and nothing else is.

A file is a page, a line ``@@ wrong`` and lines ``OLD ⇒ NEW : KINDS``: with OLD replaced, findings of these kinds are
made, no others, and one of them on the line that was changed; a kind with ``~`` is found on another line. Then all
are planted together, but those behind a line ``@@ alone``. The name of a file begins with the page's language.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.analyze.audit_finding import Finding
from tests.audit.reading import findings

FOLDER = Path(__file__).with_name("planted")


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """One error to plant in a page."""

    file: Path
    page: str
    old: str
    new: str
    kinds: list[str]
    is_elsewhere: bool

    @property
    def line(self) -> int:
        """Return the line of the page that is changed."""
        return self.page[: self.page.index(self.old)].count("\n") + 1


def pages() -> list[Path]:
    return sorted(FOLDER.glob("*.planted"))


def page_of(file: Path) -> str:
    return file.read_text(encoding="utf-8").partition("@@ wrong\n")[0]


def errors(file: Path, *, alone: bool = True) -> list[Planted]:
    page, _, several = file.read_text(encoding="utf-8").partition("@@ wrong\n")
    together, _, single = several.partition("@@ alone\n")
    found = []
    for line in (together + (single if alone else "")).splitlines():
        change, _, kinds = line.rpartition(" : ")
        old, _, new = change.partition(" ⇒ ")
        assert page.count(old) == 1, f"{file}: {old!r} stands {page.count(old)} times"
        named = sorted(kinds.replace("~", "").split())
        found.append(Planted(file=file, page=page, old=old, new=new, kinds=named, is_elsewhere="~" in kinds))
    return found


def found_on(page: str, file: Path) -> list[Finding]:
    language = file.stem.partition("-")[0]
    return findings(page, f"Report/{language}" if language != "en" else "Report")


def shown(several: list[Finding]) -> str:
    parts = [(each.place.line, each.kind, each.published, each.recomputed.details, each.repair) for each in several]
    return "\n".join(" ".join(map(str, each)) for each in parts)


@pytest.mark.parametrize("file", pages(), ids=lambda file: file.stem)
def test_a_true_page_raises_no_alarm(file: Path) -> None:
    found = found_on(page_of(file), file)
    assert not found, shown(found)


@pytest.mark.parametrize(
    "error", [each for file in pages() for each in errors(file)], ids=lambda each: f"{each.file.stem}-{each.new}"
)
def test_an_error_is_found_and_nothing_else(error: Planted) -> None:
    found = found_on(error.page.replace(error.old, error.new), error.file)
    assert sorted(each.kind for each in found) == error.kinds, shown(found)
    assert error.is_elsewhere or error.line in {each.place.line for each in found}, shown(found)


@pytest.mark.parametrize("file", pages(), ids=lambda file: file.stem)
def test_errors_are_found_beside_each_other(file: Path) -> None:
    page, lines = page_of(file), set()
    for error in errors(file, alone=False):
        if page.count(error.old) == 1:
            page = page.replace(error.old, error.new)
            lines |= set() if error.is_elsewhere else {error.line}
    assert lines <= {each.place.line for each in found_on(page, file)}
