"""What a reader must know beside the page itself."""

from dataclasses import dataclass, field

from bot.languages import Language
from bot.minutes import MinuteRules
from bot.model import Group, Theme, WikiProfile
from bot.parse.poll_values import Poll


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The consultation's names and the languages' words, as every reader receives them.

    layers are the same words, one language after the other: where two use a word differently, the first is right.
    foreign are the other wikis whose users and stamps turn up on talk pages.
    """

    groups: tuple[Group, ...] = ()
    themes: tuple[Theme, ...] = ()
    polls: tuple[Poll, ...] = ()
    minutes: MinuteRules = field(default_factory=MinuteRules)
    words: Language = field(default_factory=Language)
    layers: tuple[Language, ...] = ()
    profile: WikiProfile = field(default_factory=lambda: WikiProfile(id="en", language="en"))
    foreign: tuple[WikiProfile, ...] = ()
