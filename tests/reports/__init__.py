"""Whole pages in, the page out.

Each folder `tests/reports/REPORT/CASE/` is a folder wiki (`wiki.toml`, `pages/`) with the report that comes out of
it: `expected.wikitext`, and `expected.json` for the figures. A case without pages is about the sample consultation.
After a change that is meant: `python -m tests.reports --rewrite`, and read the difference before it is kept.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from bot import reporting
from bot.run import Run
from bot.wiki.folder import FolderWiki

FOLDER = Path(__file__).parent
SAMPLE = FOLDER.parent.parent / "samples" / "hubs-dialogue"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCase:
    """One consultation and the report that comes out of it."""

    report: str
    folder: Path

    @property
    def name(self) -> str:
        """Return the case's name, as pytest and the failure message say it."""
        return f"{self.report}/{self.folder.name}"

    def made(self) -> dict[str, str]:
        """Return what comes out now, by file name."""
        wiki = FolderWiki(self.folder if (self.folder / "pages").is_dir() else SAMPLE)
        settings = [title for title in wiki.titles() if title.endswith(".json") and title.count("/") == 1]
        with patch("bot.run.version", return_value="0.0"):
            run = Run(wiki, settings[0])
            code = run.consultation.languages[0]
            made = run.made(self.report, code)
        figures = reporting.as_json(made.report, run.consultation, run.labels(code))
        text = json.dumps(figures, ensure_ascii=False, indent=1)
        return {"expected.wikitext": made.wikitext.strip("\n") + "\n", "expected.json": f"{text}\n"}


def cases() -> list[ReportCase]:
    """Return every case; the folders are the list."""
    folders = sorted(path for path in FOLDER.glob("*/*") if path.is_dir() and path.name != "__pycache__")
    return [ReportCase(report=folder.parent.name, folder=folder) for folder in folders]
