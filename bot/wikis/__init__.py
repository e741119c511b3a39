"""What MediaWiki dictates on each wiki: date format, months, digits, zones, namespaces."""

import tomllib
from functools import cache
from importlib import resources

from pydantic import TypeAdapter

from bot.errors import UsageError
from bot.model import WikiProfile


def known() -> list[str]:
    """Return the ids of the wikis whose conventions are known."""
    return [*_known()]


@cache
def _known() -> tuple[str, ...]:
    files = resources.files(__name__).iterdir()
    return tuple(sorted(file.name.removesuffix(".toml") for file in files if file.name.endswith(".toml")))


@cache
def profile(wiki: str) -> WikiProfile:
    """Return what is known of a wiki by its id, such as "meta" or "fr"."""
    if wiki not in known():
        raise UsageError(f"No wiki is known as \u201c{wiki}\u201d; known are {', '.join(known())}.")
    text = resources.files(__name__).joinpath(f"{wiki}.toml").read_text(encoding="utf-8")
    return TypeAdapter(WikiProfile).validate_python(tomllib.loads(text))
