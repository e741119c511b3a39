"""The words of the field, as frozen values that know where they came from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where on the wiki a value was read: line counts from 1, section is the heading above it."""

    title: str
    revid: int
    line: int
    section: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What a person should look at.

    message is "kind" or "kind/variant"; the sentence is the label "problem-kind-variant", filled with the details.
    """

    place: Place
    message: str
    details: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """Return the stable word for what is wrong."""
        return self.message.partition("/")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One revision of a page; timestamp is aware, in UTC; redirect is the target's title or empty."""

    title: str
    revid: int
    timestamp: datetime
    user: str
    wikitext: str
    redirect: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A title that has no page, or none that a program may read; why is a sentence for people."""

    title: str
    why: str = "the page does not exist"
    exists: bool = False
    line: int = 1


Page = Revision | Missing


@dataclass(frozen=True, slots=True, kw_only=True)
class WikiProfile:
    """What MediaWiki itself dictates on one wiki, out of bot/wikis/*.toml.

    timestamp_formats are PHP date formats, the wiki's own first; months run from January, weekdays from Sunday;
    months_former and weekdays_former are of other versions, scripts and variants, long and short; digits holds the
    ten local digits or is empty; zones maps the abbreviations that may stand in parentheses to minutes east of UTC;
    namespaces are all names and aliases, canonical English ones included.
    """

    id: str
    language: str
    bcp47: str = "en"
    direction: str = "ltr"
    timestamp_formats: tuple[str, ...] = ("H:i, j F Y",)
    months: tuple[str, ...] = ()
    months_genitive: tuple[str, ...] = ()
    months_short: tuple[str, ...] = ()
    months_former: tuple[tuple[str, ...], ...] = ()
    weekdays: tuple[str, ...] = ()
    weekdays_short: tuple[str, ...] = ()
    weekdays_former: tuple[tuple[str, ...], ...] = ()
    digits: str = ""
    timezone: str = "UTC"
    zones: Mapping[str, int] = field(default_factory=dict)
    user_namespaces: tuple[str, ...] = ("User",)
    user_talk_namespaces: tuple[str, ...] = ("User talk",)
    special_namespaces: tuple[str, ...] = ("Special",)
    contributions: tuple[str, ...] = ("Contributions",)
    file_namespaces: tuple[str, ...] = ("File", "Image")
    category_namespaces: tuple[str, ...] = ("Category",)
    redirect_words: tuple[str, ...] = ("#REDIRECT",)
    knows_foreign_stamps: bool = False
    has_discussion_tools: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A need that the settings know; titles, descriptions and remarks by language code."""

    id: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    keywords_by_language: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)

    def title(self, language: str) -> str:
        """Return the title in a language, else in the first one that the settings give."""
        return self.titles.get(language) or next(iter(self.titles.values()), self.id)

    def description(self, language: str) -> str:
        """Return the description in a language, or nothing where the settings have none in it."""
        return self.descriptions.get(language, "")

    def remark(self, language: str) -> str:
        """Return what people said of the need's weight, in a language, else in the first one given."""
        return self.remarks.get(language) or next(iter(self.remarks.values()), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group that takes part in the consultation; every alias means the same group."""

    name: str
    aliases: tuple[str, ...] = ()
    region: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One group naming one theme at one place; kind says how.

    "need" and "problem" are words in notes, "tick" is a mark in a matrix, "listed" an entry in a list; a "quote"
    illustrates and names nothing by itself.
    """

    group: str
    theme: str
    kind: str
    text: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """A place that would name a theme for a group if it did: an empty cell, a list without the group, notes."""

    group: str
    theme: str
    kind: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A plan to save a page; base is the revision that was read, None where the page is to be created."""

    title: str
    base: Revision | None
    wikitext: str
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How the work on one page ended; text says it in a sentence, retry whether a later run may differ."""

    title: str
    text: str = ""
    retry: ClassVar[bool] = False
    failed: ClassVar[bool] = True
    stops_run: ClassVar[bool] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved(Outcome):
    """The page was saved as the new revision."""

    revid: int
    created: bool = False
    merged: bool = False  # the wiki put somebody else's edit and this one together
    failed = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged(Outcome):
    """The page already says what would be written, so nothing was sent."""

    failed = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown(Outcome):
    """Saving was simulated: the wiki has not changed."""

    failed = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict(Outcome):
    """Somebody else kept saving the page; theirs stands."""

    retry = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Stale(Outcome):
    """What is newer cannot be used, so the last good figures or settings stay."""

    retry = True


@dataclass(frozen=True, slots=True, kw_only=True)
class NoMarker(Outcome):
    """The page does not hold the pair of markers once and in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HumanEdited(Outcome):
    """A person edited inside the region; diff shows what."""

    diff: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shrunk(Outcome):
    """The new text is much smaller than the old one and waits for --accept-shrink."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Protected(Outcome):
    """The page or its title is protected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsidePrefixes(Outcome):
    """The settings do not allow output on this page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OptedOut(Outcome):
    """The page asks bots to stay away, or was deleted after the bot had written there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TooBig(Outcome):
    """The wiki would not store or expand so large a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused(Outcome):
    """The wiki refused the text for a reason of its own, which is quoted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed(Outcome):
    """The report could not be made because of a bug, whose message is quoted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTried(Outcome):
    """The run stopped before it came to this page."""

    retry = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOnly(Outcome):
    """The wiki is read-only, too busy or away."""

    retry = True
    stops_run = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked(Outcome):
    """The wiki does not let this account edit: blocked, logged out, captcha or abuse filter."""

    stops_run = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped(Outcome):
    """The stop page asks the bot to stop."""

    stops_run = True


def exit_code(outcomes: Sequence[Outcome]) -> int:
    """Return the process's exit code for the outcomes of all pages of a run."""
    if any(isinstance(outcome, Blocked | Stopped) for outcome in outcomes):
        return 77
    if any(isinstance(outcome, ReadOnly) for outcome in outcomes):
        return 75
    return 1 if any(outcome.failed for outcome in outcomes) else 0
