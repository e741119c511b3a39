#!/usr/bin/env python3
"""Write bot/wikis/ID.toml: how MediaWiki writes dates, months, digits and names of namespaces on one wiki.

    scripts/add_wiki.py fr sr meta                                  from the MediaWiki that this machine has
    scripts/add_wiki.py xx --settings build/wiki/8039/LocalSettings.php
    scripts/add_wiki.py xx --api https://xx.example.org/w/api.php   from a running wiki, through its API

An id is a content language of MediaWiki, for a plain wiki in that language, or one that has a language in
scripts/add_wiki_files/by_hand.toml. That file also adds what MediaWiki does not say: time zones and former names of
months. The profiles are never edited by hand; running the script again writes the same bytes. Only --api uses the
network.
"""

import argparse
import json
import re
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter
from wiki_conventions import (
    CATEGORY,
    FILE,
    FILES,
    SPECIAL,
    USER,
    USER_TALK,
    Answer,
    Conventions,
    api_at,
    ask_api,
    ask_php,
)

from bot.errors import DialogueBotError, UsageError
from bot.model import WikiProfile

HERE = Path(__file__).resolve().parent
WIKIS = HERE.parent / "bot" / "wikis"
Value = TypeVar("Value")
MEDIAWIKI = Path("/usr/share/mediawiki")
SETTINGS = FILES / "conventions.settings.php"
CANONICAL = {
    SPECIAL: ("Special",),
    USER: ("User",),
    USER_TALK: ("User talk",),
    FILE: ("File", "Image"),
    CATEGORY: ("Category",),
}
# Direction marks would be invisible in the file, and would turn its lines around.
_INVISIBLE = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHand:
    """What people know of one wiki beyond what MediaWiki says."""

    language: str = ""
    knows_foreign_stamps: bool = False
    has_discussion_tools: bool = False
    timestamp_formats: tuple[str, ...] = ()
    months_former: tuple[tuple[str, ...], ...] = ()
    weekdays_former: tuple[tuple[str, ...], ...] = ()
    zones: Mapping[str, int] | None = None
    user_namespaces: tuple[str, ...] = ()
    user_talk_namespaces: tuple[str, ...] = ()


def known_by_hand() -> Mapping[str, ByHand]:
    """Return what scripts/add_wiki_files/by_hand.toml says, by id."""
    text = (FILES / "by_hand.toml").read_text(encoding="utf-8")
    return TypeAdapter(dict[str, ByHand]).validate_python(tomllib.loads(text))


def profile_of(wiki: str, said: Conventions, by_hand: Mapping[str, ByHand]) -> WikiProfile:
    """Return the profile of a wiki, out of what MediaWiki says and what people know."""
    own = by_hand.get(wiki, ByHand())
    first = said.stamps[0]
    months = [names for stamp in said.stamps for names in stamp.months_of_all_forms]
    weekdays = [names for stamp in said.stamps for names in stamp.weekdays_of_all_forms]
    formats = [*(stamp.timestamp_format for stamp in said.stamps), *own.timestamp_formats]
    return WikiProfile(
        id=wiki,
        language=said.language,
        bcp47=said.bcp47,
        direction=said.direction,
        timestamp_formats=_once(formats),
        months=first.months,
        months_genitive=first.months_genitive,
        months_short=first.months_short,
        months_former=_without([*months, *own.months_former], first.months_of_all_forms),
        weekdays=first.weekdays,
        weekdays_short=first.weekdays_short,
        weekdays_former=_without([*weekdays, *own.weekdays_former], first.weekdays_of_all_forms),
        digits="" if said.digits == "0123456789" else said.digits,
        timezone=said.timezone,
        zones=_zones(said, by_hand["every"], own),
        user_namespaces=_once([*_names(said, USER), *own.user_namespaces]),
        user_talk_namespaces=_once([*_names(said, USER_TALK), *own.user_talk_namespaces]),
        special_namespaces=_names(said, SPECIAL),
        contributions=_once(_spaced([*said.contributions, "Contributions"])),
        file_namespaces=_names(said, FILE),
        category_namespaces=_names(said, CATEGORY),
        redirect_words=_once([*said.redirect, "#REDIRECT"]),
        knows_foreign_stamps=own.knows_foreign_stamps,
        has_discussion_tools=said.has_discussion_tools or own.has_discussion_tools,
    )


def toml_of(profile: WikiProfile, version: str) -> str:
    """Return a profile as the text of its file."""
    entries = {name: value for name, value in asdict(profile).items() if value not in ((), "", False)}
    zones = entries.pop("zones")
    lines = [
        f"# Made by scripts/add_wiki.py from MediaWiki {version}, not edited by hand.",
        *(f"{name} = {_toml(value)}" for name, value in entries.items()),
        "",
        "[zones]",
        *(f"{_toml(name)} = {minutes}" for name, minutes in sorted(zones.items())),
    ]
    return "\n".join(lines) + "\n"


def write(wikis: Sequence[str], answer: Answer, folder: Path, by_hand: Mapping[str, ByHand]) -> None:
    """Write the file of each wiki and print its path; an answer about one language is for every wiki."""
    for wiki in wikis:
        language = language_of(wiki, by_hand)
        said = answer.languages.get(language) or next(iter(answer.languages.values()))
        path = folder / f"{wiki}.toml"
        path.write_text(toml_of(profile_of(wiki, said, by_hand), answer.version), encoding="utf-8")
        print(path)


def language_of(wiki: str, by_hand: Mapping[str, ByHand]) -> str:
    """Return the content language of a wiki by its id."""
    return by_hand.get(wiki, ByHand()).language or wiki


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wiki", nargs="+", metavar="ID", help="id of a wiki, mostly its language code")
    parser.add_argument("--mediawiki", type=Path, default=MEDIAWIKI, help="folder of a MediaWiki (%(default)s)")
    parser.add_argument("--settings", type=Path, default=SETTINGS, help="its LocalSettings.php (none is needed)")
    parser.add_argument("--api", metavar="URL", help="address of the api.php of a running wiki, for one ID")
    parser.add_argument("--into", type=Path, default=WIKIS, help="folder to write to (%(default)s)")
    chosen = parser.parse_args(arguments)
    try:
        write(chosen.wiki, _asked(chosen), chosen.into, known_by_hand())
    except DialogueBotError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


def _asked(chosen: argparse.Namespace) -> Answer:
    if not chosen.api:
        by_hand = known_by_hand()
        codes = _once(language_of(wiki, by_hand) for wiki in chosen.wiki)
        return ask_php(codes, chosen.mediawiki, chosen.settings)
    if len(chosen.wiki) > 1:
        raise UsageError("One address is one wiki: give one ID with --api.")
    return ask_api(api_at(chosen.api))


def _once(values: Iterable[Value]) -> tuple[Value, ...]:
    return tuple(dict.fromkeys(values))


def _without(values: Iterable[Value], known: Sequence[Value]) -> tuple[Value, ...]:
    return _once(value for value in values if value not in known)


def _spaced(names: Iterable[str]) -> list[str]:
    return [name.replace("_", " ").strip() for name in names]


def _names(said: Conventions, namespace: int) -> tuple[str, ...]:
    return _once([*_spaced(said.namespaces[namespace]), *CANONICAL[namespace]])


def _zones(said: Conventions, every: ByHand, own: ByHand) -> dict[str, int]:
    names = {stamp.utc: 0 for stamp in said.stamps}
    return names | dict(every.zones or {}) | dict(own.zones or {})


def _toml(value: object) -> str:
    # JSON's strings, lists, numbers and booleans are TOML's too.
    return _INVISIBLE.sub(lambda mark: f"\\u{ord(mark[0]):04x}", json.dumps(value, ensure_ascii=False))


if __name__ == "__main__":
    sys.exit(main())
