"""Many ways of saying what the tables of one page show, or do not show.

The sentences on the sample conversation stand in wordings/conversation.txt, and hold for each of the layouts in which
the same figures stand in layouts/ as well. Beside it are pages in other languages: a page, its true sentences behind
``@@ true`` and its wrong ones behind ``@@ wrong``; the name of the file begins with the language.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.audit.reading import GOLDEN, findings

HERE = Path(__file__).parent
TEXT = (HERE / "wordings" / "conversation.txt").read_text(encoding="utf-8")
TRUE, WRONG = TEXT.split("== true\n")[1].split("== wrong\n")
PAGE = GOLDEN.read_text(encoding="utf-8")
LAST_TABLE = PAGE.index('{| class="wikitable"\n! !! !! Knowledge')
BEFORE, BEHIND = PAGE[: PAGE.index("Once more Skills")], PAGE[LAST_TABLE : PAGE.index("== What people thought")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What stands before and behind a sentence, the page's title, and what is found on the page without it."""

    title: str
    before: str
    behind: str
    known: frozenset[tuple[str, str]]

    def new(self, sentence: str) -> list[str]:
        """Return the kinds of what is found beside the errors that are in the tables anyway."""
        several = findings(f"{self.before}{sentence}\n\n{self.behind}", self.title)
        return [finding.kind for finding in several if (finding.kind, finding.published) not in self.known]


def around(before: str, behind: str = "", title: str = "Report") -> Around:
    known = frozenset((finding.kind, finding.published) for finding in findings(before + behind, title))
    return Around(title=title, before=before, behind=behind, known=known)


PAGES = {"sample": around(BEFORE, BEHIND)}
PAGES |= {file.stem: around(file.read_text(encoding="utf-8")) for file in (HERE / "layouts").glob("*.wikitext")}
CASES: list[tuple[Around, str, bool]] = [
    (page, sentence, is_true)
    for page in PAGES.values()
    for several, is_true in ((TRUE, True), (WRONG, False))
    for sentence in several.splitlines()
]
for file in sorted({*(HERE / "wordings").glob("??.txt"), *(HERE / "wordings").glob("??-*.txt")}):
    text, said = file.read_text(encoding="utf-8").split("@@ true\n")
    right, wrong = said.split("@@ wrong\n")
    page = around(text, title=f"Report/{file.stem[:2]}")
    assert not page.known, f"{file} has errors in its tables"
    CASES += [(page, each, True) for each in right.splitlines()] + [
        (page, each, False) for each in wrong.splitlines()
    ]


@pytest.mark.parametrize(("page", "sentence"), [(page, said) for page, said, is_true in CASES if is_true])
def test_true_sentences_raise_no_alarm(page: Around, sentence: str) -> None:
    assert page.new(sentence) == []


@pytest.mark.parametrize(("page", "sentence"), [(page, said) for page, said, is_true in CASES if not is_true])
def test_wrong_sentences_are_found(page: Around, sentence: str) -> None:
    assert page.new(sentence)
