"""Read the labels that people replace on the wiki: a JSON page per language, used only where it is sound."""

import json
from collections.abc import Mapping

from bot.model import Missing, Page, Place, Problem

_LONGEST = 2_000


def overrides(page: Page | None) -> tuple[Mapping[str, str], tuple[Problem, ...]]:
    """Return the labels of a page, and what is wrong with it; a page that does not exist replaces nothing."""
    if page is None or isinstance(page, Missing):
        return {}, ()
    try:
        loaded = json.loads(page.wikitext)
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        return {}, (_problem(page.title, page.revid, line, f"it is not JSON ({error})"),)
    if not isinstance(loaded, dict):
        return {}, (_problem(page.title, page.revid, 1, "it is not a JSON object"),)
    sound = {key: text for key, text in loaded.items() if isinstance(text, str) and len(text) <= _LONGEST}
    strange = sorted(key for key in loaded.keys() - sound.keys() if not key.startswith("@"))
    problems = [_problem(page.title, page.revid, 1, f"“{key}” is no text of a sane length") for key in strange]
    return sound, tuple(problems)


def _problem(title: str, revid: int, line: int, why: str) -> Problem:
    return Problem(place=Place(title=title, revid=revid, line=line), message="labels", details=(title, why))
