"""Read back what the register of questions wrote the last time: one comment in each row, in no language.

``<!-- q {"id": 12, "first": "…", …} -->`` stands beside the words that people read, which are written anew in every
language. What people put into the fields of the rows is theirs, and read by bot.parse.said_state.
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.questions import ANSWERED, OPEN, Remembered

_ROW = re.compile(r"<!-- q (\{[^<>\n]{1,20000}\}) -->")
_STAMP = "%Y-%m-%dT%H:%M:%SZ"


def remembered(body: str) -> list[Remembered]:
    """Return the rows of a register as it stands, each id once; a comment that is no row is passed over."""
    found: dict[int, Remembered] = {}
    for row in _ROW.finditer(body):
        entry = _entry(row[1])
        if entry is not None:
            found.setdefault(entry.number, entry)
    return sorted(found.values(), key=_number)


def _number(entry: Remembered) -> int:
    return entry.number


def _entry(text: str) -> Remembered | None:
    try:
        said: Mapping[str, Any] = json.loads(text)
        wordings = tuple(str(each) for each in said["said"])
        return Remembered(
            number=int(said["id"]),
            first_wording=str(said["first"]),
            wordings=wordings or (str(said["first"]),),
            first=datetime.strptime(str(said["asked"]), _STAMP).replace(tzinfo=UTC),
            theme=str(said.get("theme", "")),
            state=ANSWERED if said.get("state") == ANSWERED else OPEN,
            is_unsure=bool(said.get("unsure", False)),
            pages=tuple(str(each) for each in said.get("pages", ())),
            spots=tuple(str(each) for each in said.get("spots", ())),
        )
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
