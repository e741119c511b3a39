"""Take away the templates that only dress a figure or a word: ``{{nowrap|49 %}}``, ``{{percent|49}}``."""

import re

from bot.languages import PollWords
from bot.parse.text import fold

_FORMATNUM = re.compile(r"\{\{\s{0,9}formatnum:([^{}|]{1,40})(?:\|[^{}]{0,80})?\}\}", re.IGNORECASE)
TEMPLATE = re.compile(r"\{\{([^{}|]{1,60})\|([^{}]{0,500})\}\}")
_NUMBER = re.compile(r"[\d.,٫−-]{1,12}")
_DEEPEST = 3


def undressed(wikitext: str, words: PollWords) -> str:
    """Return wikitext with the text in the place of each template that only dresses it."""

    def shown(found: re.Match[str]) -> str:
        name = fold(found[1])
        values = [value for value in found[2].split("|") if "=" not in value or name not in known]
        if name in words.text_templates:
            return values[0] if values else ""
        if name in words.percent_templates and len(values) == 1 and _NUMBER.fullmatch(values[0].strip()):
            return f"{values[0].strip()}%"
        return values[-1] if values and name in words.last_text_templates else found[0]

    if "{{" not in wikitext:
        return wikitext
    known = {*words.text_templates, *words.last_text_templates, *words.percent_templates}
    for _ in range(_DEEPEST):
        wikitext = TEMPLATE.sub(shown, _FORMATNUM.sub(r"\1", wikitext))
    return wikitext
