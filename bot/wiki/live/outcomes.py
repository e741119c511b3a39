"""Name how an edit ended, from what the wiki answered."""

from collections.abc import Mapping
from typing import Any

from bot.model import (
    Blocked,
    Conflict,
    Edit,
    OptedOut,
    Outcome,
    Protected,
    ReadOnly,
    Refused,
    Saved,
    TooBig,
    Unchanged,
)

_CONFLICT = {"editconflict", "articleexists", "pagecannotexist"}
_DELETED = {"missingtitle", "pagedeleted"}
_TOO_BIG = {"contenttoobig", "toobig", "summarytoobig"}
_LATER = {"readonly", "maxlag", "ratelimited", "actionthrottledtext", "hookaborted-readonly"}
_PROTECTED = (
    "protected",
    "cascadeprotected",
    "namespaceprotected",
    "customcssjsprotected",
    "titleblacklist",
    "permissiondenied",
    "cantcreate",
    "noedit",
    "nocreate",
    "tpt-",
)
_BLOCKED = ("blocked", "autoblocked", "globalblocking", "abusefilter", "captcha", "assert", "mwoauth", "badtoken")


def of_answer(edit: Edit, answer: Mapping[str, Any]) -> Outcome:
    """Return the outcome of an edit that the wiki answered without an error."""
    if answer.get("result") != "Success":
        if "captcha" in answer:
            return Blocked(title=edit.title, text="the wiki asks for a captcha, which only a person can solve")
        return Refused(title=edit.title, text=f"the wiki did not save the page: {answer.get('code', answer)}")
    if "nochange" in answer:
        return Unchanged(title=edit.title)
    base = edit.base.revid if edit.base else 0
    return Saved(
        title=edit.title,
        revid=int(answer["newrevid"]),
        created=edit.base is None,
        merged=int(answer.get("oldrevid", 0)) != base,
    )


def of_error(edit: Edit, code: str, info: str) -> Outcome:
    """Return the outcome of an edit that the wiki refused with an error code."""
    title, said = edit.title, f"{info} ({code})"
    if code in _CONFLICT:
        return Conflict(title=title, text="somebody else saved the page meanwhile")
    if code in _DELETED:
        return OptedOut(title=title, text="the page was deleted meanwhile, and is not made again")
    if code in _TOO_BIG:
        return TooBig(title=title, text=said)
    if code in _LATER:
        return ReadOnly(title=title, text=said)
    if code.startswith(_BLOCKED):
        return Blocked(title=title, text=said)
    if code.startswith(_PROTECTED):
        return Protected(title=title, text=said)
    return Refused(title=title, text=said)
