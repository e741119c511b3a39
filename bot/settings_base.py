"""What all settings are made of: models that take no unknown key, names, moments, and texts by language."""

import re
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints, WithJsonSchema


class Strict(BaseModel):
    """A part of the settings; an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def _title(text: str) -> str:
    """Refuse what no page on a wiki can be called; spaces are the canonical form of underscores."""
    title = text.replace("_", " ")
    forbidden = [character for character in title if character in "#<>[]{}|\n\t\0"]
    if forbidden:
        raise ValueError(f"no page title can hold “{forbidden[0]}”")
    return title


Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255)]


def _identifier(text: str) -> str:
    """Refuse what could not stand in an address, in a key or in a hidden note of a published page."""
    if not _IDENTIFIER.fullmatch(text):
        raise ValueError(f"“{text}” is no id: up to 41 of a–z, 0–9, “-” and “_”, the first a letter or digit")
    return text


_IDENTIFIER = re.compile(r"[a-z0-9][a-z0-9_-]{0,40}")
Identifier = Annotated[
    str, AfterValidator(_identifier), WithJsonSchema({"type": "string", "pattern": f"^{_IDENTIFIER.pattern}$"})
]
Title = Annotated[Name, AfterValidator(_title)]
Texts = dict[str, Name]


def _moment(value: Any) -> Any:
    """Read a timestamp, which must say its zone: a deadline without one is another deadline elsewhere."""
    if not isinstance(value, str):
        raise ValueError("a timestamp is text, such as “2022-03-12T13:00:00Z”")
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise ValueError(f"“{value}” is no timestamp such as “2022-03-12T13:00:00Z”") from None
    if moment.tzinfo is None:
        raise ValueError(f"“{value}” names no zone: put Z behind it for UTC, or the offset, such as +02:00")
    return moment.astimezone(UTC)


Moment = Annotated[datetime, BeforeValidator(_moment)]
