"""CSV files beside the pages of a folder wiki: a title with its ending, and text that is not UTF-8 is said so."""

from pathlib import Path

import pytest

from bot import reporting
from bot.model import Missing, Revision
from bot.run import Run
from bot.wiki.folder import FolderWiki

SAMPLE = Path(__file__).parent.parent.parent / "samples" / "hubs-dialogue"
TITLE = "Hubs/Dialogue/Feedback.csv"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path in SAMPLE.rglob("*"):
        if path.is_file():
            target = tmp_path / path.relative_to(SAMPLE)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    return tmp_path


def test_a_csv_file_keeps_its_ending_in_the_title(folder: Path) -> None:
    wiki = FolderWiki(folder)
    assert TITLE in wiki.titles()
    page = wiki.pages([TITLE])[TITLE]
    assert isinstance(page, Revision)
    assert page.wikitext.startswith("Timestamp,")


def test_a_byte_order_mark_changes_no_figure(folder: Path) -> None:
    file = folder / "pages" / TITLE
    before = Run(FolderWiki(folder), "User:DialogueBot/Hubs Dialogue.json").report("polls").figures.polls[-1]
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    after = Run(FolderWiki(folder), "User:DialogueBot/Hubs Dialogue.json").report("polls").figures.polls[-1]
    assert [each.counts for each in after.questions] == [each.counts for each in before.questions]


@pytest.mark.parametrize(("encoding", "line"), [("latin-1", 9), ("utf-16", 1)])
def test_another_encoding_is_named_and_the_last_figures_stay(folder: Path, encoding: str, line: int) -> None:
    file = folder / "pages" / TITLE
    rows = ["Knowledge,Comment"] + ["Must have,x"] * 7 + ["Must have,ça va"]
    file.write_bytes("\n".join(rows).encode(encoding))
    assert isinstance(FolderWiki(folder).pages([TITLE])[TITLE], Missing)
    run = Run(FolderWiki(folder), "User:DialogueBot/Hubs Dialogue.json")
    unusable = run.report("polls").unusable
    assert [(each.kind, each.place.title, each.place.line) for each in unusable] == [
        ("source-unreadable", TITLE, line)
    ]
    assert "UTF-8" in reporting.problem_json(unusable[0], run.labels("en"))["text"] or encoding == "utf-16"
