"""Plan the edit of one page and name how it ended: nothing of anyone else's is ever lost."""

import difflib
from dataclasses import dataclass
from itertools import islice

from bot.consultation import Consultation, Target
from bot.model import (
    Edit,
    HumanEdited,
    Missing,
    NoMarker,
    OptedOut,
    Outcome,
    OutsidePrefixes,
    Page,
    Protected,
    Revision,
    Shrunk,
    TooBig,
    Unchanged,
)
from bot.parse.bots import may_edit
from bot.render.region import MarkerFault, Region, fields, find, normalised, replaced, with_fields, wrapped

BOT_NAME = "DialogueBot"
_LARGEST_PAGE = 2 * 1024 * 1024  # bytes, MediaWiki's own default
_SHRUNK = 0.5
_DIFF_LINES = 400
_AS_WRITTEN = ("as the bot writes it", "as it stands on the page")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be written on one target: the text between the markers and the reason."""

    target: Target
    body: str
    summary: str
    accept_shrink: bool = False


def plan_edit(plan: Plan, page: Page, consultation: Consultation) -> Edit | Outcome:
    """Return the edit that brings a page up to date, or why there is none."""
    title = plan.target.page
    if not consultation.allows_output(title):
        allowed = ", ".join(consultation.output_prefixes)
        return OutsidePrefixes(title=title, text=f"the settings allow output only below {allowed}")
    if isinstance(page, Missing):
        return _plan_new(plan, page)
    if page.redirect:
        return NoMarker(title=title, text=f"the page is a redirect to {page.redirect}; the settings should name that")
    if not may_edit(page.wikitext, BOT_NAME):
        return OptedOut(title=title, text="the page asks bots to stay away")
    region = find(page.wikitext, plan.target.report)
    if isinstance(region, MarkerFault):
        return NoMarker(title=title, text=region.text)
    return _plan_region(plan, page, region)


def _plan_new(plan: Plan, page: Missing) -> Edit | Outcome:
    title = plan.target.page
    if page.exists:
        return Protected(title=title, text=page.why)
    if not plan.target.create:
        return NoMarker(title=title, text="the page does not exist, and the settings do not say “create”")
    wikitext = wrapped(plan.target.report, plan.body)
    return _fitting(Edit(title=title, base=None, wikitext=wikitext, summary=plan.summary))


def _plan_region(plan: Plan, page: Revision, region: Region) -> Edit | Outcome:
    title, name = plan.target.page, plan.target.report
    body = with_fields(normalised(plan.body), fields(region.body))
    if not region.is_untouched:
        return HumanEdited(title=title, text=_hint(region), diff=unified(body, region.body, _AS_WRITTEN))
    if region.body == body:
        return Unchanged(title=title)
    if len(body) < len(region.body) * _SHRUNK and not plan.accept_shrink:
        sizes = f"{len(body)} characters instead of {len(region.body)}"
        return Shrunk(title=title, text=f"the report is much smaller than before ({sizes}); see --accept-shrink")
    return _fitting(Edit(title=title, base=page, wikitext=replaced(region, name, body), summary=plan.summary))


def _hint(region: Region) -> str:
    if not region.hash:
        return "there is text between the markers that the bot did not write; move it out, or empty the region"
    return "a person edited between the markers; restore what the bot wrote, or empty the region to let it write anew"


def _fitting(edit: Edit) -> Edit | Outcome:
    size = len(edit.wikitext.encode())
    if size > _LARGEST_PAGE:
        return TooBig(title=edit.title, text=f"the page would have {size} bytes; a wiki stores {_LARGEST_PAGE}")
    return edit


def unified(old: str, new: str, names: tuple[str, str], *, whole: bool = False) -> str:
    """Return the difference between two texts, as ``diff -u`` shows it; cut short unless it is wanted whole."""
    before = old.split("\n") if old else []
    lines = difflib.unified_diff(before, new.split("\n"), *names, lineterm="", n=2)
    return "\n".join(lines if whole else islice(lines, _DIFF_LINES))
