"""Read whether a page asks bots to stay away, with {{nobots}} or {{bots|deny=…}}."""

import mwparserfromhell

from bot.parse.text import fold
from bot.parse.wikitext import HIDDEN, mask, template_spans

_LONGEST = 2_000


def may_edit(wikitext: str, user: str) -> bool:
    """Tell whether the page lets this user edit as a bot; templates in nowiki or comments say nothing."""
    masked = mask(wikitext)
    for span in template_spans(masked):
        text = masked[span.start : min(span.end, span.start + _LONGEST)].replace(HIDDEN, "")
        name = fold(text[2:].partition("|")[0].partition("}")[0])
        if name in ("nobots", "bots") and not _allows(text, name, fold(user)):
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
