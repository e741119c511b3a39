"""Read which statements people declared to be the same: {{Same statement|one wording|another}}."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.languages import MinuteWords
from bot.minutes import Same
from bot.model import Revision
from bot.parse.page import ScannedPage
from bot.parse.text import fold, plain
from bot.parse.wikitext import LineNumbers

_NUMBERED = re.compile(r"\s{0,9}\d{1,2}\s{0,9}=")
_PLACEHOLDERS = {"{{!}}": "&#124;", "{{=}}": "=", "{{pipe}}": "&#124;"}
_LONGEST = 10_000
_MOST = 20


def same_statements(page: ScannedPage, words: MinuteWords) -> tuple[Same, ...]:
    """Return what the templates of a page declare, outside the bot's own text; one wording alone declares nothing."""
    numbers = LineNumbers(page.revision.wikitext)
    found = []
    for span in page.templates:
        text = page.revision.wikitext[span.start + 2 : min(span.end - 2, span.start + _LONGEST)]
        name, bar, rest = text.partition("|")
        if bar and fold(name) in words.same_templates:
            texts = tuple(_texts(rest))
            if len(texts) > 1:
                found.append(Same(texts=texts, place=page.place(numbers.at(span.start))))
    return tuple(found)


def of_revisions(several: Sequence[Revision], words: MinuteWords) -> tuple[Same, ...]:
    """Return what the templates of some pages declare; the bot writes there, so that lines do not last."""
    found = (same for each in several for same in same_statements(ScannedPage(each), words))
    return tuple(replace(same, place=replace(same.place, line=1, section="")) for same in found)


def _texts(arguments: str) -> list[str]:
    for placeholder, letter in _PLACEHOLDERS.items():
        arguments = arguments.replace(placeholder, letter)
    texts = (plain(_NUMBERED.sub("", each, count=1)) for each in _split(arguments)[:_MOST])
    return [text for text in texts if text]


def _split(arguments: str) -> list[str]:
    """Split at the bars that belong to no link."""
    pieces = [""]
    depth = 0
    for part in re.split(r"(\[\[|\]\]|\|)", arguments):
        depth += (part == "[[") - (part == "]]")
        if part == "|" and depth <= 0:
            pieces.append("")
        else:
            pieces[-1] += part
    return pieces
