"""Say on the wiki which pages wait for a person, and show what a person changed where the bot had written."""

from collections.abc import Sequence

from bot.model import HumanEdited, Outcome
from bot.render.labels import Labels
from bot.render.view import View
from bot.render.wikitext import Wikitext, escape, page_link

NAME = "status"


def wikitext(outcomes: Sequence[Outcome], labels: Labels) -> str:
    """Return the text of the status page: the same for the same outcomes, so that nothing is saved twice."""
    view = View(labels)
    waiting = [outcome for outcome in outcomes if outcome.failed and not outcome.stops_run]
    lines = [f'<div class="mw-notalk" lang="{view.language}" dir="{view.direction}">']
    lines.append(labels("status-waiting", len(waiting)) if waiting else labels("status-nothing"))
    for outcome in waiting:
        lines.append(f"* {page_link(outcome.title)}{labels('colon')}{_english(outcome.text)}")
        if isinstance(outcome, HumanEdited) and outcome.diff:
            lines.append(_shown(outcome.diff))
    lines.append("</div>")
    return "\n".join(lines)


def _english(text: str) -> Wikitext:
    return Wikitext(f'<span lang="en" dir="ltr">{escape(text)}</span>')


def _shown(diff: str) -> Wikitext:
    """Show a difference line by line; the breaks are entities, as a list item ends with its line."""
    indents = ("&#32;" if line.startswith(" ") else "" for line in diff.split("\n"))
    shown = "&#10;".join(indent + escape(line) for indent, line in zip(indents, diff.split("\n"), strict=True))
    return Wikitext(f'*: <pre lang="en" dir="ltr">{shown}</pre>')
