"""Record the cassettes again, on a wiki of their own: python -m tests.live.record

Needed when the bot asks the wiki for something else than before, or writes other wikitext. Each tape goes on from
where the tapes before it left the wiki and the bot's files; tests/test_live_offline.py replays them in this order.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from .bot import Bot, Ran, copy_settings
from .gate import Gate, open_gate
from .people import Person
from .wiki import ROOT, LocalWiki, running_wiki

CASSETTES = ROOT / "tests" / "cassettes"
CONSULTATION = CASSETTES / "consultation"
SOURCE, REPORT = "Small/Notes/South", "Small/Report"
PUBLISH = ("publish", "--wiki", "local:en", "--consultation", "Small")


def tape(bot: Bot, mode: str, name: str) -> Ran:
    """Run the bot with a tape, recording or replaying it."""
    command = [sys.executable, "-m", "tests.live.taped", mode, str(CASSETTES / f"{name}.json"), *PUBLISH]
    return bot.execute(command, PYTHONPATH=str(ROOT))


class Recording:
    """A wiki with the small consultation, the people on it, and the bot."""

    def __init__(self, wiki: LocalWiki, gate: Gate, folder: Path) -> None:
        self._wiki = wiki
        self._gate = gate
        self._folder = folder
        self._admin = Person(wiki.url, "Admin", wiki.passwords["Admin"])
        self._volunteer = Person(wiki.url, "Volunteer", wiki.passwords["Volunteer"])
        self._bot = Bot(copy_settings(wiki.folder / "pywikibot", folder / "bot"), folder)
        self._bot.rewrite("families/dialoguebot_family.py", f":{wiki.port}'", f":{gate.port}'")

    def record_all(self) -> None:
        """Record every tape."""
        self._record("first", self._bot)
        self._change("A course.")
        self._record("warm", self._bot)
        self._wiki.keep(self._folder / "warm")
        self._record_from_warm("unchanged", lambda: None)
        self._record_from_warm("edit", lambda: self._change("A second course."))
        self._record_from_warm("conflict", self._conflict)
        self._record_from_warm("protected", self._protect)

    def _record_from_warm(self, name: str, happens: Callable[[], object]) -> None:
        self._wiki.set_back(self._folder / "warm")
        happens()
        self._record(name, Bot(copy_settings(self._bot.settings, self._folder / f"{name}-bot"), self._folder))

    def _record(self, name: str, bot: Bot) -> None:
        cassette = CASSETTES / f"{name}.json"
        cassette.unlink(missing_ok=True)
        self._gate.asked.clear()
        ran = tape(bot, "record", name)
        cassette.chmod(0o644)  # the bot keeps its own files to itself; this one is for the repository
        print(f"{name}: {len(self._gate.asked)} requests, exit code {ran.code}\n{ran.out}", flush=True)
        if "Traceback" in ran.err:
            raise RuntimeError(ran.err)

    def _change(self, need: str) -> None:
        self._volunteer.append(SOURCE, f"\n\n=== Training ===\n* '''Needs:'''\n** {need}")

    def _conflict(self) -> None:
        self._change("A second course.")
        self._gate.before(
            "edit", lambda: self._volunteer.replace(REPORT, "\n<!-- dialogue", "\nMy sentence.\n<!-- dialogue")
        )

    def _protect(self) -> None:
        self._change("A second course.")
        self._admin.protect(REPORT)


def main() -> None:
    """Record every tape on a wiki that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="dialoguebot-recording-"))
    try:
        with running_wiki(folder / "wiki", CONSULTATION) as wiki, open_gate(wiki.port) as gate:
            Recording(wiki, gate, folder).record_all()
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
