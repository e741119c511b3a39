"""Many ways of saying what the tables of one page show, or do not show; the sentences stand in wordings.txt."""

from pathlib import Path

import pytest

from tests.audit.reading import GOLDEN, findings

TEXT = Path(__file__).with_name("wordings.txt").read_text(encoding="utf-8")
TRUE, WRONG = TEXT.split("== true\n")[1].split("== wrong\n")
PAGE = GOLDEN.read_text(encoding="utf-8")
LAST_TABLE = PAGE.index('{| class="wikitable"\n! !! !! Knowledge')
BEFORE, BEHIND = PAGE[: PAGE.index("Once more Skills")], PAGE[LAST_TABLE : PAGE.index("== What people thought")]
KNOWN = {(finding.kind, finding.published) for finding in findings(BEFORE + BEHIND)}


def new(sentence: str) -> list[str]:
    """Return the kinds of what is found beside the errors that are in the tables anyway."""
    several = findings(f"{BEFORE}{sentence}\n\n{BEHIND}")
    return [finding.kind for finding in several if (finding.kind, finding.published) not in KNOWN]


@pytest.mark.parametrize("sentence", TRUE.splitlines())
def test_true_sentences_raise_no_alarm(sentence: str) -> None:
    assert new(sentence) == []


@pytest.mark.parametrize("sentence", WRONG.splitlines())
def test_wrong_sentences_are_found(sentence: str) -> None:
    assert new(sentence)
