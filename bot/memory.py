"""What a report wrote the last time, as frozen values: another page of bot.model, and as free to import."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.model import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """The text of a report as it stands on its page now, and what people wrote into its fields, by the fields' ids.

    place is where the text begins; its revid is 0, as a report that cited its own page would never be finished. A
    report that was not published yet remembers nothing: body is empty. elsewhere is what stands on further pages of
    the report, such as those in other languages, in the order of the settings.
    """

    place: Place
    body: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    elsewhere: tuple["Memory", ...] = ()

    def where_said(self, *ids: str) -> "Memory | None":
        """Return the first of the report's pages on which people wrote into one of some fields."""
        return next((each for each in (self, *self.elsewhere) if any(id_ in each.fields for id_ in ids)), None)

    def at(self, text: str) -> Place:
        """Return the line on which a text begins that stands in the body, for problems with what people wrote."""
        return Place(
            title=self.place.title, revid=0, line=self.place.line + self.body[: self.body.find(text)].count("\n")
        )
