"""The pages of Extension:Chart against the rules by which JsonConfig and the extension refuse a page.

https://www.mediawiki.org/wiki/Extension:Chart/Specification and https://www.mediawiki.org/wiki/Help:Tabular_Data
"""

import json
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from bot import reporting
from bot.render.chart import OPTION, Bar, Chart, Group, Key, Segment, tones
from bot.render.chart_pages import page_name, pages
from bot.render.view import View
from bot.run import Run
from bot.wiki.folder import FolderWiki

SAMPLE = Path(__file__).parent.parent.parent / "samples" / "hubs-dialogue"
LICENSES = {"CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "ODbL-1.0"}
CODES = ("en", "fr", "ar", "pt-br", "zh")


def is_line(text: Any) -> bool:
    return isinstance(text, str) and "\n" not in text and "\t" not in text and len(text) <= 400


def is_localized(texts: Any) -> bool:
    """At least one text, by language codes as MediaWiki has them, in lower case."""
    return (
        isinstance(texts, dict)
        and bool(texts)
        and all(re.fullmatch(r"[a-z0-9-]{2,}", code) for code in texts)
        and all(map(is_line, texts.values()))
    )


TYPES = {
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "string": is_line,
    "boolean": lambda value: isinstance(value, bool),
    "localized": is_localized,
}


def check_table(table: dict[str, Any]) -> None:
    assert set(table) <= {"license", "description", "sources", "mediawikiCategories", "schema", "data"}
    assert table["license"] in LICENSES
    assert is_localized(table["description"])
    assert isinstance(table["sources"], str)
    assert set(table["schema"]) == {"fields"}
    fields = table["schema"]["fields"]
    names = [field["name"] for field in fields]
    assert all(set(field) <= {"name", "type", "title"} for field in fields)
    assert all(re.fullmatch(r"[^\W\d]\w*", name) for name in names)
    assert len(set(names)) == len(names)
    assert all(is_localized(field["title"]) for field in fields)
    for row in table["data"]:
        assert len(row) == len(fields)
        assert all(value is None or TYPES[field["type"]](value) for field, value in zip(fields, row, strict=True))


def check_chart(chart: dict[str, Any]) -> None:
    known = {"license", "version", "type", "source", "title", "subtitle", "xAxis", "yAxis", "legend", "transform"}
    assert set(chart) <= known | {"description", "sources", "mediawikiCategories"}
    assert chart["license"] in LICENSES
    assert chart["version"] == 1
    assert chart["type"] in {"bar", "line", "area", "pie"}
    assert chart["source"].endswith(".tab")
    assert not chart["source"].casefold().startswith("data:")
    assert is_localized(chart["title"])
    for name in ("xAxis", "yAxis"):
        axis = chart.get(name, {})
        assert set(axis) <= {"title", "format"}
        assert is_localized(axis.get("title", {"en": ""}))
        assert axis.get("format", "auto") in {"auto", "none"}


@pytest.fixture(scope="module")
def drawn() -> dict[str, dict[str, Chart]]:
    run = Run(FolderWiki(SAMPLE), "User:DialogueBot/Hubs Dialogue.json")
    return {code: dict(reporting.charts(run.report("polls"), run.labels(code))) for code in CODES}


def test_every_page_is_one_that_the_wiki_stores(drawn: dict[str, dict[str, Chart]]) -> None:
    for id_ in drawn["en"]:
        made = pages({code: drawn[code][id_] for code in CODES}, "Hubs/")
        for name, text in made.items():
            (check_table if name.endswith(".tab") else check_chart)(json.loads(text))
        table, chart = made
        assert json.loads(made[chart])["source"] == table


def hostile(id_: str) -> Chart:
    (tone,) = tones([OPTION])
    segment = Segment(tone=tone, share=Fraction(100), said="x", percent="100%")
    bar = Bar(title="a\nb\t" + "x" * 500, note="", segments=(segment,))
    return Chart(
        id=id_, title="T\n" * 300, keys=(Key(label="\n", tone=tone),), groups=(Group(title="", bars=(bar,)),)
    )


HOSTILE = ["What?\n", "x}}{{evil", "../../etc", "a|b#c<d>", "[[x]]", "", "...", "y" * 900]


@pytest.mark.parametrize("id_", HOSTILE)
def test_what_a_page_calls_a_poll_makes_no_page_that_is_refused(id_: str) -> None:
    made = pages({"en": hostile(id_)}, "Data:Hubs/")
    table, chart = (json.loads(text) for text in made.values())
    check_table(table)
    check_chart(chart)
    assert all(re.fullmatch(r"Hubs/[^#<>\[\]{}|/\n]{1,130}\.(?:tab|chart)", name) for name in made)


@pytest.mark.parametrize("id_", HOSTILE)
def test_what_a_page_calls_a_poll_is_no_wikitext(id_: str) -> None:
    run = Run(FolderWiki(SAMPLE), "User:DialogueBot/Hubs Dialogue.json")
    called = View(run.labels("en")).chart_page("Hubs/", id_)
    assert re.fullmatch(r"\{\{#chart:Hubs/[^{}|\[\]<>#\n]+\.chart\}\}", called)


def test_the_namespace_is_left_out() -> None:
    assert page_name("Data:Hubs/", "fit") == page_name("Hubs/", "fit") == "Hubs/fit"
    assert page_name("Database/", "fit") == "Database/fit"
