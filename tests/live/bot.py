"""The bot as its users start it: a process of its own, with a pywikibot folder of its own."""

import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

_SECONDS = 100
STATUS_PAGE = "User:DialogueBot/Hubs Dialogue/Status"
_COOKIES = "pywikibot-DialogueBot.lwp"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """How a run of the bot ended."""

    code: int
    out: str
    err: str
    seconds: float

    @property
    def outcomes(self) -> list[str]:
        """The outcome of each report's page by name, in order; the status page is no report."""
        lines = [line for line in self.out.split("\n") if line[:15].rstrip().isalpha() and line[15:].strip()]
        return [line[:15].rstrip() for line in lines if STATUS_PAGE not in line]

    def line(self, title: str) -> str:
        """Return the line that says how the work on a page ended."""
        pattern = re.compile(rf"^[A-Z][A-Za-z]+ +{re.escape(title)}(?=$|: | as revision ).*", re.MULTILINE)
        found = pattern.search(self.out)
        assert found, f"no outcome of {title} in:\n{self.out}\n{self.err}"
        return found.group()

    def outcome(self, title: str) -> str:
        return self.line(title).split()[0]


class Bot:
    """A folder of pywikibot's settings, and a folder to run in."""

    def __init__(self, settings: Path, folder: Path) -> None:
        self.settings = settings
        self.folder = folder

    def run(self, *arguments: str) -> Ran:
        """Run dialoguebot with some arguments."""
        return self.execute([sys.executable, "-m", "bot", *arguments, "--wiki", "local:en"])

    def execute(self, command: list[str], **environment: str) -> Ran:
        """Run a command with pywikibot's settings."""
        inherited = {name: text for name, text in os.environ.items() if not name.startswith("PYWIKIBOT")}
        started = time.monotonic()
        done = subprocess.run(
            command,
            cwd=self.folder,
            env={**inherited, "PYWIKIBOT_DIR": str(self.settings), "NO_PROXY": "127.0.0.1", **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
        return Ran(code=done.returncode, out=done.stdout, err=done.stderr, seconds=time.monotonic() - started)

    def copy(self, folder: Path) -> "Bot":
        """Return a second bot of the same account, as on another machine."""
        folder.mkdir(parents=True)
        return Bot(copy_settings(self.settings, folder / "pywikibot"), folder)

    def forget(self) -> None:
        """Delete all that pywikibot and the bot keep between runs."""
        shutil.rmtree(self.settings / "apicache", ignore_errors=True)
        for name in (_COOKIES, "dialoguebot-read-ahead.json", "throttle.ctrl"):
            (self.settings / name).unlink(missing_ok=True)

    def forget_cookies(self) -> None:
        self.cookies.unlink(missing_ok=True)

    @property
    def cookies(self) -> Path:
        return self.settings / _COOKIES

    def rewrite(self, name: str, old: str, new: str) -> None:
        """Change a file of the settings."""
        path = self.settings / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"“{old}” is not in {name}"
        path.write_text(text.replace(old, new), encoding="utf-8")


def copy_settings(source: Path, target: Path) -> Path:
    """Copy a folder of pywikibot's settings, which names itself."""
    shutil.copytree(source, target, symlinks=True)
    config = target / "user-config.py"
    config.write_text(config.read_text(encoding="utf-8").replace(str(source), str(target)), encoding="utf-8")
    return target
