"""Read whether a page asks bots to stay away, with {{nobots}} or {{bots|deny=…}}."""

import re

import mwparserfromhell

from bot.parse.text import fold
from bot.parse.wikitext import HIDDEN, mask

_LONGEST = 10_000
_OPENER = re.compile(r"\{\{[\s_\0]{0,20}(?:template:)?(nobots|bots)[\s_\0]{0,20}(?=[|}])", re.IGNORECASE)


def may_edit(wikitext: str, user: str) -> bool:
    """Tell whether the page lets this user edit as a bot; templates in nowiki or comments say nothing."""
    masked = mask(wikitext)
    for opener in _OPENER.finditer(masked):
        end = masked.find("}}", opener.end(), opener.end() + _LONGEST)
        if end >= 0 and not _allows(
            masked[opener.start() : end + 2].replace(HIDDEN, ""), fold(opener[1]), fold(user)
        ):
            return False
    return True


def _allows(text: str, name: str, user: str) -> bool:
    found = mwparserfromhell.parse(text).filter_templates()
    arguments = {fold(str(each.name)): fold(str(each.value)) for each in found[0].params} if found else {}
    if name == "nobots":
        return False
    if "allow" in arguments:
        return bool({"all", user} & _names(arguments["allow"]))
    return not {"all", user} & _names(arguments.get("deny", ""))


def _names(listed: str) -> set[str]:
    return {each.strip() for each in listed.split(",")}
