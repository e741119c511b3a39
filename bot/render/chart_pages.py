"""Write charts as the two pages that Extension:Chart draws from: a table of shares (.tab) and a chart (.chart).

What JsonConfig asks of them: languages by MediaWiki's codes in lower case, texts of one line and 400 characters at
the most, names of fields that are identifiers, and titles without the namespace.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from bot.render.chart import Bar, Chart
from bot.render.numbers import rounded

_LICENSE = "CC0-1.0"
_LONGEST = 400
_LONGEST_TITLE = 120
_NO_TITLE = re.compile(r"[#<>\[\]{}|\x00-\x1f\x7f:/\\]{1,50}")
_NAMESPACE = re.compile(r"data:\s{0,9}", re.IGNORECASE)


def page_name(prefix: str, id_: str) -> str:
    """Return what the pages of a chart are called, without the namespace that they stand in and their endings.

    The id of a poll without settings is whatever its page says, so what no title can hold is taken out of it.
    """
    bare = _NO_TITLE.sub("-", id_).strip(" -.")[:_LONGEST_TITLE] or "chart"
    return f"{_NAMESPACE.sub('', prefix, count=1) if _NAMESPACE.match(prefix) else prefix}{bare}"


def pages(charts: Mapping[str, Chart], prefix: str) -> dict[str, str]:
    """Return the text of each page by title; charts are the same one in each language, by MediaWiki's code."""
    first = next(iter(charts.values()))
    name = page_name(prefix, first.id)
    return {f"{name}.tab": _text(_table(charts)), f"{name}.chart": _text(_chart(charts, name))}


def _table(charts: Mapping[str, Chart]) -> dict[str, Any]:
    first = next(iter(charts.values()))
    fields: list[dict[str, Any]] = [{"name": "question", "type": "localized", "title": _titles(charts)}]
    for at, _ in enumerate(first.keys):
        titles = {code: _line(chart.keys[at].label) for code, chart in charts.items()}
        fields.append({"name": f"answer{at + 1}", "type": "number", "title": titles})
    return {
        "license": _LICENSE,
        "description": _titles(charts),
        "sources": "DialogueBot",
        "schema": {"fields": fields},
        "data": _rows(charts),
    }


def _rows(charts: Mapping[str, Chart]) -> list[list[Any]]:
    bars = {
        code: [(group.title, bar) for group in chart.groups for bar in group.bars] for code, chart in charts.items()
    }
    rows: list[list[Any]] = []
    for at, (_, bar) in enumerate(next(iter(bars.values()))):
        names = {code: _line(_name(*several[at])) for code, several in bars.items()}
        rows.append([names, *(float(rounded(segment.share, 1)) for segment in bar.segments)])
    return rows


def _name(group: str, bar: Bar) -> str:
    return f"{group} – {bar.title}" if group else bar.title


def _chart(charts: Mapping[str, Chart], name: str) -> dict[str, Any]:
    return {
        "license": _LICENSE,
        "version": 1,
        "type": "bar",
        "source": f"{name}.tab",
        "title": _titles(charts),
        "yAxis": {"title": dict.fromkeys(charts, "%"), "format": "none"},
    }


def _titles(charts: Mapping[str, Chart]) -> dict[str, str]:
    return {code: _line(chart.title) for code, chart in charts.items()}


def _line(text: str) -> str:
    """Return a text as one line of no more than JsonConfig stores."""
    return " ".join(text.split())[:_LONGEST]


def _text(page: dict[str, Any]) -> str:
    return json.dumps(page, ensure_ascii=False, indent=4) + "\n"
