"""The settings of open questions."""

from typing import Annotated, Literal

from pydantic import Field

from bot.model import Theme
from bot.settings_base import Identifier, Name, Strict, Texts


class QuestionTheme(Strict):
    """What questions are about beside the needs: its title in each language, and the words that tell it."""

    id: Identifier
    title: Annotated[Texts, Field(min_length=1)]
    aliases: list[Name] = []
    keywords: dict[str, list[Name]] = {}

    def theme(self) -> Theme:
        """Return the value that readers and reports work with."""
        words = [word for several in self.keywords.values() for word in several]
        return Theme(
            id=self.id,
            titles=self.title,
            aliases=(*self.title.values(), *self.aliases),
            keywords=tuple(words),
            keywords_by_language={code: tuple(several) for code, several in self.keywords.items()},
        )


class QuestionSettings(Strict):
    """How questions are found and registered."""

    kinds: Annotated[list[Literal["heading", "list", "bullet", "talk", "prose"]], Field(min_length=1)] = [
        "heading",
        "list",
        "bullet",
        "talk",
        "prose",
    ]
    likeness: Annotated[float, Field(ge=0.5, le=1)] = Field(
        default=0.8, description="share of words that a new wording keeps to be the same question; 1 for all of them"
    )
    themes: list[QuestionTheme] = Field(default=[], description="themes of questions beside those of the needs")
