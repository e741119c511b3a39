"""The settings of sign-ups."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from bot.parse.text import fold
from bot.settings_base import Moment, Name, Strict, Texts
from bot.signups import ListRule, SignupRules

Places = Annotated[int | None, Field(ge=0, description="how many people have a place; 0 or null is no limit")]


class ListSettings(Strict):
    """One list of people: what its heading is called, in which languages, and how many places it has."""

    title: Annotated[Texts, Field(min_length=1)]
    aliases: list[Name] = []
    capacity: Places = 0
    ignore: bool = Field(default=False, description="who stands below this heading does not sign up")

    def rule(self) -> ListRule:
        """Return the value that reports work with."""
        names = tuple(fold(name) for name in (*self.title.values(), *self.aliases))
        return ListRule(names=names, titles=self.title, capacity=self.capacity or 0, is_ignored=self.ignore)


class SignupSettings(Strict):
    """How lists of people who sign up are counted, and what of them is published: both moments are still in time."""

    capacity: Places = 0
    opens: Moment | None = None
    closes: Moment | None = None
    interpretation_min: Annotated[int, Field(ge=1)] = 3
    languages_wanted: bool | list[Name] = Field(
        default=False, description="whether sign-ups are asked for languages: everywhere, or below these headings"
    )
    lists: list[ListSettings] = []
    publish: list[Literal["user", "time", "affiliation", "role", "languages", "place", "text"]] = Field(
        default=["user", "time", "affiliation", "role", "languages"],
        description="the fields of an entry that the report may show",
    )

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if self.opens and self.closes and self.opens >= self.closes:
            raise ValueError("sign-ups close before they open")
        names = [name for each in self.lists for name in dict.fromkeys(each.rule().names)]
        doubled = next((name for name in names if names.count(name) > 1), "")
        if doubled:
            raise ValueError(f"two lists are called “{doubled}”")
        return self

    def rules(self, regions: Mapping[str, str], published: frozenset[str] | None = None) -> SignupRules:
        """Return the rules as values, with the regions of groups; published replaces the fields that may be shown."""
        wanted = self.languages_wanted
        asked = "lists" if isinstance(wanted, list) else "everywhere" if wanted else "nowhere"
        return SignupRules(
            capacity=self.capacity or 0,
            interpretation_min=self.interpretation_min,
            opens=self.opens,
            closes=self.closes,
            languages_asked=asked,
            language_lists=frozenset(map(fold, wanted)) if isinstance(wanted, list) else frozenset(),
            lists=tuple(each.rule() for each in self.lists),
            published=frozenset(self.publish) if published is None else published,
            regions=regions,
        )
