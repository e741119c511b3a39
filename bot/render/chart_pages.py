"""Write charts as the two pages that Extension:Chart draws from: a table of shares (.tab) and a chart (.chart)."""

import json
from collections.abc import Mapping
from typing import Any

from bot.render.chart import Bar, Chart
from bot.render.numbers import rounded

_LICENSE = "CC0-1.0"


def pages(charts: Mapping[str, Chart], prefix: str) -> dict[str, str]:
    """Return the text of each page by title; charts are the same one in each language."""
    first = next(iter(charts.values()))
    name = f"{prefix}{first.id}"
    return {f"{name}.tab": _text(_table(charts)), f"{name}.chart": _text(_chart(charts, name))}


def _table(charts: Mapping[str, Chart]) -> dict[str, Any]:
    first = next(iter(charts.values()))
    fields: list[dict[str, Any]] = [{"name": "question", "type": "localized", "title": _titles(charts)}]
    for at, _ in enumerate(first.keys):
        titles = {code: chart.keys[at].label for code, chart in charts.items()}
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
        names = {code: _name(*several[at]) for code, several in bars.items()}
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
        "yAxis": {"title": dict.fromkeys(charts, "%")},
    }


def _titles(charts: Mapping[str, Chart]) -> dict[str, str]:
    return {code: chart.title for code, chart in charts.items()}


def _text(page: dict[str, Any]) -> str:
    return json.dumps(page, ensure_ascii=False, indent=4) + "\n"
