"""What all settings are made of: models that take no unknown key, names, and texts by language."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints


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
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,40}$")]
Title = Annotated[Name, AfterValidator(_title)]
Texts = dict[str, Name]
