"""The whole sample on a real wiki: published once, unchanged the second time, and cited as the minutes say."""

import re
import shutil
from collections.abc import Iterator

import pytest

from .bot import Bot, copy_settings
from .gate import Gate, open_gate
from .people import Person
from .scene import send_through
from .wiki import SAMPLE, LocalWiki, running_wiki

pytestmark = pytest.mark.live
MERGED = "Hubs/Dialogue/Report/Merged minutes"
REGISTER = "Hubs/Dialogue/Report/Register of questions"
BACK_LINKS = re.compile(
    r'"mw-cite-backlink">(.*?)</span>\s*<span class="[^"]*reference-text">(.*?)</span>', re.DOTALL
)


@pytest.fixture(scope="module")
def wiki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalWiki]:
    folder = tmp_path_factory.mktemp("sample")
    shutil.copytree(SAMPLE, folder / "pages")
    with running_wiki(folder / "wiki", folder / "pages") as started:
        yield started


@pytest.fixture(scope="module")
def gate(wiki: LocalWiki) -> Iterator[Gate]:
    with open_gate(wiki.port) as opened:
        yield opened


@pytest.fixture(scope="module")
def bot(wiki: LocalWiki, gate: Gate, tmp_path_factory: pytest.TempPathFactory) -> Bot:
    folder = tmp_path_factory.mktemp("bot")
    made = Bot(copy_settings(wiki.folder / "pywikibot", folder / "pywikibot"), folder)
    send_through(gate, made.settings, wiki)
    first = made.run("publish", "--consultation", "Hubs Dialogue")
    assert first.code == 0, first.err
    assert set(first.outcomes) == {"Saved"}
    return made


def admin(wiki: LocalWiki) -> Person:
    return Person(wiki.url, "Admin", wiki.passwords["Admin"])


def test_every_report_is_unchanged_the_second_time(bot: Bot) -> None:
    again = bot.run("publish", "--consultation", "Hubs Dialogue")
    assert (again.code, set(again.outcomes)) == (0, {"Unchanged"})


def test_two_requests_are_enough_where_nothing_changed(gate: Gate, bot: Bot) -> None:
    bot.run("publish", "--consultation", "Hubs Dialogue")
    gate.asked.clear()
    bot.run("publish", "--consultation", "Hubs Dialogue")
    assert len(gate.asked) == 2, gate.actions


def test_citations_are_as_many_as_the_back_links_that_the_wiki_shows(wiki: LocalWiki, bot: Bot) -> None:
    del bot
    shown = str(admin(wiki).parse(MERGED)["text"])
    counts = {re.sub("<[^>]+>", "", name): links.count("<a ") for links, name in BACK_LINKS.findall(shown)}
    assert counts == {
        "Session 1, Room A": 51,
        "Session 1, Room B+C": 19,
        "Session 2, Room A": 36,
        "Session 2, Room B": 25,
        "Session 2, Room C": 20,
    }


def test_a_persons_word_in_the_register_parks_a_question_and_stays(wiki: LocalWiki, bot: Bot) -> None:
    field = "<!-- yours:state-Q4 -->{}<!-- /yours -->"
    admin(wiki).replace(REGISTER, field.format(""), field.format("parked"))
    ran = bot.run("publish", "--consultation", "Hubs Dialogue")
    assert ran.code == 0
    assert field.format("parked") in admin(wiki).read(REGISTER)
    assert "HumanEdited" not in ran.outcomes
    assert set(bot.run("publish", "--consultation", "Hubs Dialogue").outcomes) == {"Unchanged"}
