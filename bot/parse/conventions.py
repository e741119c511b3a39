"""Compile once what the reading of every talk page of a wiki needs."""

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.languages import Language
from bot.model import WikiProfile
from bot.parse.stamps import Stamps, stamps
from bot.parse.text import fold
from bot.parse.user import Names, names


@dataclass(frozen=True, slots=True, kw_only=True)
class Conventions:
    """How people of one wiki sign and mark sections; names of templates are folded.

    picture matches where a link shows a file or names a category. opaque templates hold stamps that sign no
    comment. alone, top and bottom give the state of a section that a template sets by itself, or that begins and
    ends with it.
    """

    stamps: Stamps
    names: Names
    picture: re.Pattern[str]
    unsigned: frozenset[str]
    users: frozenset[str]
    outdents: frozenset[str]
    opaque: frozenset[str]
    alone: dict[str, str]
    top: dict[str, str]
    bottom: dict[str, str]


def conventions(profile: WikiProfile, words: Language, foreign: tuple[WikiProfile, ...] = ()) -> Conventions:
    """Return the conventions of a wiki; the same values are compiled once."""
    return _compiled(_Same(profile, words, *foreign))


class _Same:
    """Values that are the same only where they are the very same objects: comparing profiles takes long."""

    def __init__(self, profile: WikiProfile, words: Language, *foreign: WikiProfile) -> None:
        self.profile = profile
        self.words = words
        self.foreign = foreign
        self._key = (id(profile), id(words), *map(id, foreign))

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self._key == other._key


@lru_cache(maxsize=64)
def _compiled(values: _Same) -> Conventions:
    profile, talk = values.profile, values.words.talk
    alone = _states(talk.resolved_templates, "resolved") | _states(talk.closed_templates, "closed")
    top = _states(talk.closed_top_templates, "closed") | _states(talk.collapse_top_templates, "collapsed")
    bottom = _states(talk.closed_bottom_templates, "closed") | _states(talk.collapse_bottom_templates, "collapsed")
    unsigned = _folded(talk.unsigned_templates)
    files, categories = map(_any_of, (profile.file_namespaces, profile.category_namespaces))
    return Conventions(
        stamps=stamps(profile, values.foreign),
        names=names(profile, values.foreign),
        picture=re.compile(rf"\[\[\s{{0,9}}(?:(?P<file>{files})|{categories})\s?:", re.IGNORECASE),
        unsigned=unsigned,
        users=_folded(talk.user_templates),
        outdents=_folded(talk.outdent_templates),
        opaque=unsigned.union(_folded(talk.quote_templates), alone, top, bottom),
        alone=alone,
        top=top,
        bottom=bottom,
    )


def _any_of(several: tuple[str, ...]) -> str:
    return "|".join(re.escape(name).replace("\\ ", "[ _]") for name in several)


def _folded(several: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(fold, several))


def _states(several: tuple[str, ...], state: str) -> dict[str, str]:
    return {fold(name): state for name in several}
