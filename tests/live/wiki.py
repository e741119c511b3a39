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
        # PHP keeps what it compiled for some seconds, so what tests change is in a file that it never compiles.
        self._more_settings = folder / "more-settings.txt"
        self._more_settings.touch()
        with (folder / "LocalSettings.php").open("a", encoding="utf-8") as settings:
            settings.write(f"\neval( file_get_contents( '{self._more_settings}' ) );\n")

    def sql(
        self, statement: str, values: tuple[object, ...] = (), database: str = "wiki.sqlite"
    ) -> list[tuple[object, ...]]:
        """Run a statement on the wiki's database, for what its API cannot do or cannot tell."""
        with closing(sqlite3.connect(self.folder / "sqlite" / database, timeout=10)) as opened:
            found = opened.execute(statement, values).fetchall()
            opened.commit()
        return found

    def newest_revid(self) -> int:
        """Return the number of the last revision of any page, to see that nothing was saved anywhere."""
        return int(str(self.sql("SELECT MAX(rev_id) FROM revision")[0][0]))

    def set(self, php: str) -> None:
        """Add a line of PHP to the wiki's settings, until it is set back."""
        self._more_settings.write_text(php, encoding="utf-8")

    def keep(self, state: Path) -> None:
        """Keep the wiki's whole state; it must be idle, which it is when its last answer has come."""
        state.mkdir()
        for name in _KEPT:
            shutil.copyfile(self.folder / "sqlite" / name, state / name)

    def set_back(self, state: Path) -> None:
        """Set the wiki back to a state that was kept: pages, accounts, sessions, settings."""
        self.set("")
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
