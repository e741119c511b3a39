"""The settings of minutes: the agreed headings, what sessions are called, and which statements say the same."""

from collections.abc import Callable
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from bot.minutes import Agreed, MinuteRules, Same
from bot.model import Place
from bot.settings_base import Name, Strict, Title

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4_000)]


def _address(text: str) -> str:
    """Refuse what is not the plain beginning of an https address: no user, no query, a whole host."""
    parts = urlsplit(text)
    if parts.scheme != "https" or not parts.hostname:
        raise ValueError(f"“{text}” does not begin with https:// and a host")
    if parts.username is not None or parts.query or parts.fragment or "\\" in text or ".." in text:
        raise ValueError(f"“{text}” is more than a host and a path")
    return text


Address = Annotated[Name, AfterValidator(_address)]


class HeadingSettings(Strict):
    """One heading of the template: its level as in wikitext, and what else notes call it."""

    title: Name
    level: Annotated[int, Field(ge=1, le=6)] = 2
    aliases: list[Name] = []


class PadSettings(Strict):
    """From where notes may be fetched: hosts, or the beginnings of addresses, and how large a pad may be."""

    addresses: list[Address] = []
    largest: Annotated[int, Field(ge=1, le=2_000_000)] = Field(default=500_000, description="bytes")


class MinuteSettings(Strict):
    """How notes of sessions are merged into minutes."""

    template: Title | Literal[""] = Field(default="", description="the page that holds the agreed headings")
    headings: list[HeadingSettings] = Field(default=[], description="the agreed headings, where no page holds them")
    aliases: dict[Name, list[Name]] = Field(default={}, description="what else notes call a heading of the template")
    sessions: dict[Title, Name] = Field(default={}, description="the session's name, by the title of its notes")
    same: list[Annotated[list[Words], Field(min_length=2)]] = Field(
        default=[], description="statements that say the same; the first wording stays"
    )
    pads: PadSettings = PadSettings()

    @model_validator(mode="after")
    def _one_template(self) -> Self:
        if self.template and self.headings:
            raise ValueError("the headings are either on the page “template” or in “headings”")
        return self

    def rules(self, place: Callable[..., Place]) -> MinuteRules:
        """Return the rules as values; place tells where on the page of settings a key stands."""
        return MinuteRules(
            template=self.template,
            headings=tuple(
                Agreed(
                    title=each.title,
                    level=each.level,
                    place=place("minutes", "headings", number),
                    aliases=tuple(each.aliases),
                )
                for number, each in enumerate(self.headings)
            ),
            aliases={title: tuple(names) for title, names in self.aliases.items()},
            sessions=self.sessions,
            same=tuple(
                Same(texts=tuple(texts), place=place("minutes", "same", number))
                for number, texts in enumerate(self.same)
            ),
        )
