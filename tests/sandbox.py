"""A small consultation in a folder wiki, and the command line to try on it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot import cli
from bot.wiki.folder import FolderWiki

SAMPLE = Path(__file__).parent.parent / "samples" / "hubs-dialogue"
SETTINGS_TITLE = "User:DialogueBot/Tea.json"
EMPTY_REGION = "<!-- dialoguebot:begin needs -->\n<!-- dialoguebot:end needs -->"
REPORT_PAGE = f"Words of a volunteer above.\n\n{EMPTY_REGION}\n\nWords of a volunteer below.\n\n[[Category:Tea]]\n"
NOTES = "== Skills ==\n* Need: somebody who teaches brewing\n"
SETTINGS: Mapping[str, Any] = {
    "title": "Tea",
    "languages": ["en"],
    "themes": [
        {"id": "skills", "title": {"en": "Skills", "fr": "Compétences"}, "keywords": {"en": ["skill", "skills"]}},
        {"id": "legal", "title": {"en": "Legal support", "fr": "Appui juridique"}, "keywords": {"en": ["legal"]}},
    ],
    "groups": [{"name": "Alpha Group", "aliases": ["Alpha"]}, {"name": "Beta Circle"}],
    "sources": [{"prefix": "Tea/Notes/", "read": "needs"}],
    "needs": {"shared_min": 2, "borderline": 0},
    "reports": [{"report": "needs", "page": "Tea/Report", "language": "en"}],
    "output_prefixes": ["Tea/Report"],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """How one command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """Return both streams as one."""
        return self.out + self.err


class Sandbox:
    """A folder wiki with one consultation, made to be spoilt."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys
        folder.mkdir(exist_ok=True)
        (folder / "wiki.toml").write_text('wiki = "meta"\n', encoding="utf-8")
        self.settings()
        self.write("Tea/Report", REPORT_PAGE)
        self.write("Tea/Notes/Alpha Group", NOTES)
        self.write("Tea/Notes/Beta Circle", NOTES)

    @property
    def wiki(self) -> FolderWiki:
        """Return the folder as a wiki."""
        return FolderWiki(self.folder)

    def settings(self, **changed: Any) -> dict[str, Any]:
        """Write the settings, with some keys changed, and return them."""
        content = {**SETTINGS, **changed}
        self.write(SETTINGS_TITLE, json.dumps(content, indent=1, ensure_ascii=False))
        return content

    def path(self, title: str) -> Path:
        """Return the file of a page."""
        return self.folder / "pages" / (title if title.endswith(".json") else f"{title}.wikitext")

    def write(self, title: str, wikitext: str | bytes) -> Path:
        """Write a page."""
        path = self.path(title)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(wikitext if isinstance(wikitext, bytes) else wikitext.encode())
        return path

    def read(self, title: str = "Tea/Report") -> str:
        """Return a page as it stands."""
        return self.path(title).read_bytes().decode()

    def run(self, *arguments: str) -> Ran:
        """Run a command on this wiki; what argparse refuses ends as on the command line."""
        self._capsys.readouterr()
        try:
            code = cli.main([*arguments, "--wiki", f"folder:{self.folder}"])
        except SystemExit as left:
            code = int(left.code or 0)
        printed = self._capsys.readouterr()
        return Ran(code=code, out=printed.out, err=printed.err)

    def refuses(self, *arguments: str) -> Ran:
        """Run a command that must leave every page as it was, byte for byte, and return how it ended."""
        before = self.everything()
        ran = self.run(*arguments)
        assert self.everything() == before, f"a page changed\n{ran.said}"
        return ran

    def everything(self) -> dict[str, tuple[bytes, int]]:
        """Return the bytes and the time of every page."""
        files = sorted(path for path in (self.folder / "pages").rglob("*") if path.is_file())
        return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}
