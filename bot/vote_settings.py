"""The settings of votes: words, dates, and which votes count."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from bot.languages import Language, VoteWords
from bot.parse.text import fold
from bot.settings_base import Moment, Strict
from bot.votes import Eligibility, VoteRules

Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]


class WordSettings(Strict):
    """Words and templates that people vote with beside those of the languages; {{…}} is a template alone."""

    support: list[Word] = []
    oppose: list[Word] = []
    neutral: list[Word] = []
    other: list[Word] = []
    never: list[Word] = []

    def language(self) -> Language:
        """Return the words as those of a language of their own."""
        words: dict[str, tuple[str, ...]] = {}
        for choice in ("support", "oppose", "neutral", "other", "never"):
            said = getattr(self, choice)
            plain = tuple(fold(word) for word in said if not word.startswith("{{"))
            words[choice] = plain
            words[f"{choice}_templates"] = tuple(fold(word.strip("{}")) for word in said)
            if choice != "never":
                words[f"{choice}_headings"] = plain
        return Language(votes=VoteWords(**words))


class EligibilitySettings(Strict):
    """Who may vote, by what the wiki knows of a user when the report is made."""

    registered_before: Moment | None = None
    edits_min: Annotated[int, Field(ge=0)] = 0
    not_blocked: bool = False
    not_bot: bool = False


class VoteSettings(Strict):
    """Which votes count: both moments are still in time; a person has one vote per question."""

    opens: Moment | None = None
    closes: Moment | None = None
    changed: Literal["last", "first", "void"] = "last"
    share_of: Literal["support_oppose", "all"] = "support_oppose"
    proposer_counts: bool = False
    count_unsigned: bool = Field(default=False, description="count votes that {{unsigned}} gives an author")
    follow_renames: bool = Field(default=True, description="a user page that is a redirect is another name")
    eligibility: EligibilitySettings = EligibilitySettings()
    words: WordSettings = WordSettings()

    @model_validator(mode="after")
    def _opens_first(self) -> Self:
        if self.opens and self.closes and self.opens >= self.closes:
            raise ValueError("votes close before they open")
        return self

    def rules(self) -> VoteRules:
        """Return the rules as values."""
        asked = self.eligibility
        return VoteRules(
            opens=self.opens,
            closes=self.closes,
            changed=self.changed,
            share_of=self.share_of,
            proposer_counts=self.proposer_counts,
            count_unsigned=self.count_unsigned,
            follow_renames=self.follow_renames,
            eligibility=Eligibility(
                registered_before=asked.registered_before,
                edits_min=asked.edits_min,
                not_blocked=asked.not_blocked,
                not_bot=asked.not_bot,
            ),
        )
