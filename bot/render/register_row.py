"""Write the comment by which the register of questions knows each row again; bot.parse.register_row reads it."""

import json
import re

from bot.questions import Remembered
from bot.render.wikitext import Wikitext

# Nothing in it may end the comment or mean anything to a wiki, and it stays as it is when the page is saved.
_MEANINGFUL = re.compile(r"[<>\[\]{}|~&'_=#$\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]|--")


def row_comment(row: Remembered) -> Wikitext:
    """Return the comment of one row."""
    parts: list[tuple[str, str | int | bool | list[str]]] = [
        ("id", row.number),
        ("asked", row.first.strftime("%Y-%m-%dT%H:%M:%SZ")),
        ("theme", row.theme),
        ("state", row.state),
        ("unsure", row.is_unsure),
        ("first", row.first_wording),
        ("said", list(row.wordings)),
        ("pages", list(row.pages)),
        ("spots", list(row.spots)),
    ]
    written = ",".join(f'"{key}":{_value(value)}' for key, value in parts)
    return Wikitext(f"<!-- q {{{written}}} -->")


def _value(value: str | int | bool | list[str]) -> str:
    if isinstance(value, list):
        return f"[{','.join(map(_value, value))}]"
    return _MEANINGFUL.sub(_escaped, json.dumps(value, ensure_ascii=False))


def _escaped(found: re.Match[str]) -> str:
    return "".join(f"\\u{ord(letter):04x}" for letter in found.group())
