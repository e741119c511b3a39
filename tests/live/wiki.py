"""A wiki of the tests' own, made by scripts/wiki in a folder of its own, that can be set back in no time."""

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLE = ROOT / "samples" / "hubs-dialogue"
CANNOT_HAVE_MEDIAWIKI = 69
_KEPT = ("wiki.sqlite", "wikicache.sqlite", "wiki_jobqueue.sqlite")


class CannotHaveMediaWiki(Exception):
    """MediaWiki can't be had on this machine; the message says why in a line."""


class LocalWiki:
    """One running wiki: its address, its files, its passwords."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self.passwords: dict[str, str] = json.loads((folder / "accounts.json").read_text(encoding="utf-8"))
        self._settings = folder / "LocalSettings.php"
        self._plain_settings = self._settings.read_text(encoding="utf-8")

    def sql(self, statement: str, values: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
        """Run a statement on the wiki's database, for what its API cannot do or cannot tell."""
        with closing(sqlite3.connect(self.folder / "sqlite" / "wiki.sqlite", timeout=10)) as database:
            found = database.execute(statement, values).fetchall()
            database.commit()
        return found

    def newest_revid(self) -> int:
        """Return the number of the last revision of any page, to see that nothing was saved anywhere."""
        return int(str(self.sql("SELECT MAX(rev_id) FROM revision")[0][0]))

    def set(self, php: str) -> None:
        """Add a line to the wiki's settings, until it is set back."""
        self._settings.write_text(f"{self._plain_settings}\n{php}\n", encoding="utf-8")

    def keep(self, state: Path) -> None:
        """Keep the wiki's whole state; it must be idle, which it is when its last answer has come."""
        state.mkdir()
        for name in _KEPT:
            shutil.copyfile(self.folder / "sqlite" / name, state / name)

    def set_back(self, state: Path) -> None:
        """Set the wiki back to a state that was kept: pages, accounts, sessions, settings."""
        self._settings.write_text(self._plain_settings, encoding="utf-8")
        for name in _KEPT:
            shutil.copyfile(state / name, self.folder / "sqlite" / name)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_wiki(home: Path, pages: Path) -> Iterator[LocalWiki]:
    """Start a wiki with the pages of a folder; stop it at the end, whatever happens."""
    port = free_port()
    try:
        done = _scripts_wiki(home, "up", "--port", str(port), "--load", str(pages))
        said = " ".join(done.stderr.split())
        if done.returncode == CANNOT_HAVE_MEDIAWIKI:
            raise CannotHaveMediaWiki(said)
        if done.returncode:
            raise RuntimeError(f"scripts/wiki up ended with {done.returncode}: {said}")
        yield LocalWiki(home / str(port), port)
    finally:
        _scripts_wiki(home, "down", "--all")


def _scripts_wiki(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DIALOGUEBOT_WIKI_HOME": str(home)}
    command = [sys.executable, str(ROOT / "scripts" / "wiki"), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
