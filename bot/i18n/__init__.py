"""The words of the reports, per language, in banana format, and how languages are called elsewhere."""

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources


def known() -> list[str]:
    """Return the codes of the languages that the reports have been translated into."""
    files = resources.files(__name__).iterdir()
    codes = (file.name.removesuffix(".json") for file in files if file.name.endswith(".json"))
    return sorted(code for code in codes if code != "qqq")


def messages(code: str) -> Mapping[str, str]:
    """Return the labels in a language; what it lacks comes from its fallbacks and at last from English."""
    chosen: dict[str, str] = {}
    for each in (*reversed(fallbacks(code)), code):
        chosen |= _file(each)
    return chosen


def nearest(code: str) -> str:
    """Return the language that labels are really in: the one asked for, or the first fallback with a translation."""
    return next(each for each in (code, *fallbacks(code)) if each in known())


@cache
def fallbacks(code: str) -> tuple[str, ...]:
    """Return the languages that stand in for one, nearest first."""
    own = tuple(_codes()["fallbacks"].get(code, ()))
    shorter = (code.rpartition("-")[0],) if "-" in code else ()
    return (*dict.fromkeys(each for each in (*own, *shorter, "en") if each != code),)


def bcp47(code: str) -> str:
    """Return the standard code of a language that MediaWiki calls otherwise."""
    return str(_codes()["bcp47"].get(code, code))


@cache
def _codes() -> Mapping[str, Mapping[str, list[str]]]:
    return tomllib.loads(resources.files(__name__).joinpath("codes.toml").read_text(encoding="utf-8"))


@cache
def _file(code: str) -> Mapping[str, str]:
    if code not in known():
        return {}
    loaded = json.loads(resources.files(__name__).joinpath(f"{code}.json").read_text(encoding="utf-8"))
    return {key: text for key, text in loaded.items() if not key.startswith("@")}
