"""Jinja, set up for wikitext: its own delimiters, and nothing reaches a page that was not escaped for one."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from bot.render.wikitext import Wikitext, escape, escape_words


@cache
def environment() -> Environment:
    """Return the one environment; ``{{`` and ``{%`` are left to MediaWiki."""
    made = Environment(
        loader=PackageLoader("bot", "templates", encoding="utf-8"),
        variable_start_string="<<",
        variable_end_string=">>",
        block_start_string="<%",
        block_end_string="%>",
        comment_start_string="<#",
        comment_end_string="#>",
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        autoescape=True,
        finalize=escape,
    )
    # Jinja's own filters escape for HTML, which is not enough on a wiki; templates need only these.
    made.filters = {"join": _join, "length": len}
    return made


def template(name: str) -> Template:
    """Return the template of a report."""
    return environment().get_template(f"{name}.wikitext")


def _join(several: Iterable[Any], separator: str = "") -> Wikitext:
    return escape_words(separator).join(escape(each) for each in several)
