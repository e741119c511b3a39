"""A wiki in a known state with the bot and the people before it, for one test."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import hostile
from .bot import Bot, Ran, copy_settings
from .gate import Gate, open_gate
from .people import Person
from .wiki import SAMPLE, LocalWiki, running_wiki

CONSULTATION, HOSTILE = "Hubs Dialogue", "Hostile names"
REPORT = "Hubs/Dialogue/Report"
FRENCH = f"{REPORT}/fr"
ARABIC = f"{REPORT}/ar"
REPORTS = (REPORT, FRENCH, ARABIC)
SOURCE = "Hubs/Dialogue/Notes/ESEAP"
STOP_PAGE = "User:DialogueBot/Stop"


@dataclass(frozen=True, slots=True)
class Scene:
    """What one test has to do with."""

    wiki: LocalWiki
    gate: Gate
    bot: Bot
    admin: Person
    volunteer: Person

    def publish(self, *more: str) -> Ran:
        """Publish the sample consultation through the gate, whose count begins anew."""
        self.gate.asked.clear()
        return publish(self.bot, *more)

    def change_source(self) -> int:
        """Let a volunteer write something that every report shows."""
        return change_source(self.volunteer)

    def revids(self, *titles: str) -> list[int]:
        """Return the newest revision of each page."""
        return [int(self.admin.history(title)[0]["revid"]) for title in titles or REPORTS]


def publish(bot: Bot, *more: str) -> Ran:
    return bot.run("publish", "--consultation", CONSULTATION, *more)


def change_source(person: Person) -> int:
    return person.replace(SOURCE, "* None named.", "* '''Needs:'''\n** A course in mediation.")


def send_through(gate: Gate, settings: Path, wiki: LocalWiki) -> None:
    """Let pywikibot's settings lead to the gate before the wiki."""
    family = settings / "families" / "dialoguebot_family.py"
    text = family.read_text(encoding="utf-8")
    family.write_text(text.replace(f":{wiki.port}'", f":{gate.port}'"), encoding="utf-8")


class Stage:
    """The one wiki of a session and the two states that it can be set back to."""

    def __init__(self, wiki: LocalWiki, gate: Gate, folder: Path) -> None:
        self.wiki = wiki
        self.gate = gate
        self._folder = folder
        self._admin = Person(wiki.url, "Admin", wiki.passwords["Admin"])
        self._volunteer = Person(wiki.url, "Volunteer", wiki.passwords["Volunteer"])
        self._bots = {"loaded": folder / "loaded-bot", "published": folder / "published-bot"}
        self._keep_states()

    def _keep_states(self) -> None:
        cold = copy_settings(self.wiki.folder / "pywikibot", self._bots["loaded"])
        send_through(self.gate, cold, self.wiki)
        pauses = cold / "user-config.py"  # the number of tries matters here, and not how long they take
        pauses.write_text(pauses.read_text(encoding="utf-8").replace("retry_wait = 1", "retry_wait = 0"))
        self.wiki.keep(self._folder / "loaded")
        bot = Bot(copy_settings(cold, self._bots["published"]), self._folder)
        # A run that logs in leaves cold what only a run with cookies asks for; an edit of the third brings it in.
        for consultation in (CONSULTATION, CONSULTATION, HOSTILE):
            done = bot.run("publish", "--consultation", consultation)
            assert done.code == 0, f"{done.out}\n{done.err}"
        self.wiki.keep(self._folder / "published")

    def scene(self, state: str, folder: Path) -> Scene:
        """Set everything back to a state."""
        self.gate.clear()
        self.wiki.set_back(self._folder / state)
        for person in (self._admin, self._volunteer):
            person.come_back()
        settings = copy_settings(self._bots[state], folder / "pywikibot")
        (folder / "here").mkdir()
        return Scene(self.wiki, self.gate, Bot(settings, folder / "here"), self._admin, self._volunteer)


def _keep_reports_of_needs(settings: Path) -> None:
    """Leave the sample's other reports out: how pages are saved shows as well with three of them."""
    chosen = json.loads(settings.read_text(encoding="utf-8"))
    for key, kind in (("reports", "report"), ("sources", "read")):
        chosen[key] = [each for each in chosen[key] if each[kind] == "needs"]
    settings.write_text(json.dumps(chosen, ensure_ascii=False, indent=4), encoding="utf-8")


@contextmanager
def running_stage(folder: Path) -> Iterator[Stage]:
    """Start a wiki with the sample consultation and the hostile one, and a gate before it."""
    pages = folder / "pages"
    shutil.copytree(SAMPLE, pages)
    _keep_reports_of_needs(pages / "pages" / "User:DialogueBot" / "Hubs Dialogue.json")
    hostile.make_pages(pages)
    with running_wiki(folder / "wiki", pages) as wiki, open_gate(wiki.port) as gate:
        yield Stage(wiki, gate, folder)
