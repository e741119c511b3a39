"""What a reader sees of a published page, and that words which people wrote act on nothing."""

import re
import unicodedata
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
import requests

from . import hostile
from .people import Person
from .scene import ARABIC, FRENCH, REPORT, REPORTS, SOURCE, Scene

pytestmark = pytest.mark.live

GROUPS, SHARED = 17, 4
_INVISIBLE = re.compile("[\u202a-\u202e\u2066-\u2069]")


class Reading(HTMLParser):
    """A page as it is read: every tag with its attributes, the rows of its tables, and the plain text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.rows: list[list[str]] = []
        self.text = ""
        self.ticks: list[str] = []
        self._link = ""
        self._in_cell = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: text or "" for name, text in attrs}
        self.tags.append((tag, attributes))
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self._in_cell = True
        if tag == "a":
            self._link = attributes.get("href", "")
        if tag == "span" and attributes.get("role") == "img" and "named" not in attributes.get("aria-label", "named"):
            self.ticks.append(self._link)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._in_cell = False
        if tag == "a":
            self._link = ""

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._in_cell:
            self.rows[-1][-1] += data.strip("\n")

    def of(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]

    def classes(self) -> Iterator[str]:
        for _, attributes in self.tags:
            yield from attributes.get("class", "").split()


def as_read(scene: Scene, title: str) -> Reading:
    """Return a page as a reader without an account gets it."""
    return Reading(Person(scene.wiki.url).parse(title)["text"])


def squeezed(text: str) -> str:
    """Return a text as it is shown: without marks that nobody sees, and with single spaces."""
    return " ".join(unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).split())


@pytest.mark.parametrize("title", REPORTS)
def test_the_table_has_a_row_for_each_group(live: Scene, title: str) -> None:
    read = as_read(live, title)
    assert len(read.rows) == 1 + GROUPS + 1
    assert {len(row) for row in read.rows} == {1 + SHARED}
    assert len(read.of("caption")) == 1
    scopes = [each.get("scope", "") for each in read.of("th")]
    assert (scopes.count("col"), scopes.count("row")) == (1 + SHARED, GROUPS + 1)
    assert {"wikitable", "sortable"} <= set(read.classes())


@pytest.mark.parametrize("title", REPORTS)
def test_the_wiki_finds_no_fault_in_the_page(live: Scene, title: str) -> None:
    parsed = Person(live.wiki.url).parse(title)
    assert parsed["parsewarnings"] == []
    assert not {"error", "mw-ext-cite-error", "scribunto-error"} & set(Reading(parsed["text"]).classes())
    assert "⧼" not in parsed["text"]
    assert "&amp;#" not in parsed["text"]


def test_the_counts_are_those_that_were_found(live: Scene) -> None:
    rows = as_read(live, REPORT).rows
    assert rows[-1][1:] == ["11", "7", "10", "12"]
    ticks = [sum("✓" in row[column] for row in rows[1:-1]) for column in range(1, 1 + SHARED)]
    assert ticks == [11, 7, 10, 12]


def test_the_arabic_page_is_read_from_the_right(live: Scene) -> None:
    directions = {
        each["lang"]: each["dir"] for each in as_read(live, ARABIC).of("div") if {"lang", "dir"} <= set(each)
    }
    assert directions["ar"] == "rtl"
    directions = {
        each["lang"]: each["dir"] for each in as_read(live, FRENCH).of("div") if {"lang", "dir"} <= set(each)
    }
    assert directions["fr"] == "ltr"


def test_each_tick_opens_the_revision_that_was_read(live: Scene) -> None:
    revid = live.change_source()
    live.publish()
    ticks = as_read(live, REPORT).ticks
    assert len(ticks) >= 11 + 7 + 10 + 12
    targets = {tick.partition("#")[0] for tick in ticks}
    assert f"/wiki/Special:PermanentLink/{revid}" in targets
    session = requests.Session()
    session.trust_env = False
    for target in targets:
        answer = session.get(f"{live.wiki.url}{target}", timeout=60)
        assert answer.status_code == 200
        assert f'"wgRevisionId":{target.rpartition("/")[2]}' in answer.text


def test_a_tick_that_names_a_section_names_one_that_is_there(live: Scene) -> None:
    anchors = [tick for tick in as_read(live, REPORT).ticks if "#" in tick]
    assert anchors
    shown = Person(live.wiki.url).ask(action="parse", page=SOURCE, prop="sections")["parse"]["sections"]
    known = {section["anchor"] for section in shown}
    revid = live.revids(SOURCE)[0]
    mine = {tick.partition("#")[2] for tick in anchors if tick.startswith(f"/wiki/Special:PermanentLink/{revid}#")}
    assert mine
    assert mine <= known


def test_a_tick_says_in_words_what_it_stands_for(live: Scene) -> None:
    labels = [each["aria-label"] for each in as_read(live, REPORT).of("span") if "aria-label" in each]
    assert len(labels) == GROUPS * SHARED
    assert all(labels)


def test_hostile_words_add_nothing_to_the_page(live: Scene) -> None:
    parsed = Person(live.wiki.url).parse(hostile.REPORT)
    for what in ("categories", "templates", "externallinks", "iwlinks", "images", "parsewarnings"):
        assert parsed[what] == [], what
    assert not parsed["properties"]
    namespaces = {each["ns"] for each in parsed["links"]}
    assert namespaces <= {-1, 0}
    titles = {each["title"] for each in parsed["links"]}
    assert all(title.startswith(("Hostile/Notes/", "Special:")) for title in titles), titles


def test_hostile_words_are_shown_letter_by_letter(live: Scene) -> None:
    html = Person(live.wiki.url).parse(hostile.REPORT)["text"]
    read = Reading(html)
    shown = squeezed(read.text)
    for words in (*hostile.GROUPS, *hostile.STATEMENTS.values(), hostile.THEME):
        assert squeezed(words) in shown
    assert not {"error", "mw-ext-cite-error", "mw-magiclink-isbn", "external"} & set(read.classes())
    assert not {"script", "ref", "img"} & {tag for tag, _ in read.tags}


def test_hostile_words_leave_the_table_whole(live: Scene) -> None:
    rows = as_read(live, hostile.REPORT).rows
    assert len(rows) == 1 + len(hostile.GROUPS) + 1
    assert {len(row) for row in rows} == {2}
    assert [squeezed(row[0]) for row in rows[1:-1]] == [squeezed(name) for name in hostile.GROUPS]
    assert rows[-1][1].strip() == str(len(hostile.GROUPS))


def test_hostile_words_do_nothing_when_the_page_is_saved(live: Scene) -> None:
    wikitext = live.admin.read(hostile.REPORT)
    assert "DialogueBot|" not in wikitext
    assert "(UTC)" not in wikitext
    assert "~~~" not in wikitext
    assert wikitext.count("dialoguebot:end needs -->") == 1
    ran = live.bot.run("publish", "--consultation", "Hostile names")
    assert ran.outcomes == ["Unchanged"]
