"""What a folder wiki knows of its users: ``users.json`` beside ``wiki.toml``, by name.

``{"Ada": {"registered": "2010-05-01T00:00:00Z", "edits": 512, "blocked": false, "groups": ["bot"]}}``: what is left
out is not known. ``null`` stands for an account that is not registered at all.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from bot.errors import UsageError
from bot.people import FACTS, UserFacts


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    registered: datetime | None = None
    edits: Annotated[int, Field(ge=0)] = 0
    blocked: bool = False
    groups: list[str] = []


_ENTRIES: TypeAdapter[dict[str, _Entry | None]] = TypeAdapter(dict[str, _Entry | None])


def read_users(path: Path) -> Mapping[str, UserFacts]:
    """Return the users of a file by name; without the file none is known."""
    try:
        content = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: {error}") from None
    try:
        entries = _ENTRIES.validate_python(json.loads(content))
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path}: {_sentence(error)}") from None
    return {name: _facts(name, entry) for name, entry in entries.items()}


def _facts(name: str, entry: _Entry | None) -> UserFacts:
    if entry is None:
        return UserFacts(name=name, is_registered=False)
    registered = entry.registered
    if registered is not None and registered.tzinfo is None:
        registered = registered.replace(tzinfo=UTC)
    return UserFacts(
        name=name,
        registered=registered,
        edits=entry.edits,
        is_blocked=entry.blocked,
        is_bot="bot" in entry.groups,
        unknown=FACTS - entry.model_fields_set,
    )


def _sentence(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return f"not JSON: {error}"
    first: Mapping[str, Any] = error.errors()[0]
    return f"{'.'.join(str(step) for step in first['loc'])}: {first['msg']}"
