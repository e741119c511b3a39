"""The settings of one consultation: a JSON page on the wiki, checked key by key."""

import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import Field, PrivateAttr, ValidationError, model_validator

from bot import poll_settings
from bot.errors import SettingsError
from bot.json_lines import doubled_key, key_lines
from bot.minute_settings import MinuteSettings
from bot.minutes import MinuteRules
from bot.model import Group, Place, Revision, Theme
from bot.parse.poll_values import Poll
from bot.parse.text import fold
from bot.poll_settings import PollSettings
from bot.question_settings import QuestionSettings
from bot.settings_base import Identifier, Name, Strict, Texts, Title
from bot.signup_settings import SignupSettings
from bot.vote_settings import VoteSettings

Kind = Literal["needs", "discussion", "votes", "signups", "poll", "minutes", "questions"]


class ThemeSettings(Strict):
    """A need that is looked for: its title in each language, and what else pages call it."""

    id: Identifier
    title: Annotated[Texts, Field(min_length=1)]
    description: Texts = {}
    aliases: list[Name] = []
    keywords: dict[str, list[Name]] = {}
    remark: Texts = Field(default={}, description="why people call this need borderline, whatever its count")

    def theme(self) -> Theme:
        """Return the value that readers and reports work with."""
        words = [word for several in self.keywords.values() for word in several]
        return Theme(
            id=self.id,
            titles=self.title,
            descriptions=self.description,
            aliases=(*self.title.values(), *self.aliases),
            keywords=tuple(words),
            keywords_by_language={code: tuple(several) for code, several in self.keywords.items()},
            remarks=self.remark,
        )


class GroupSettings(Strict):
    """A group that takes part, under its one name, and what else pages call it."""

    name: Name
    aliases: list[Name] = []
    region: str = ""

    def group(self) -> Group:
        """Return the value that readers and reports work with."""
        return Group(name=self.name, aliases=tuple(self.aliases), region=self.region)


class Source(Strict):
    """One page to read, or all pages whose titles begin with a prefix."""

    page: Title | None = None
    prefix: Title | None = None
    read: Kind

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.page is None) == (self.prefix is None):
            raise ValueError("a source has either “page” or “prefix”")
        return self


class NeedRules(Strict):
    """When a need is shared, and when it is worth calling borderline."""

    shared_min: Annotated[int, Field(ge=1)] = 6
    borderline: Annotated[int, Field(ge=0)] = 1


class Target(Strict):
    """Where a report goes, in which language, and whether a missing page may be created."""

    report: Name
    page: Title
    language: Name | None = None
    create: bool = False


class Consultation(Strict):
    """Everything that staff decide about one consultation."""

    title: Name
    wiki: str = Field(default="", description="id of the wiki whose customs the pages follow, if not its own")
    languages: Annotated[list[Name], Field(min_length=1)] = ["en"]
    themes: list[ThemeSettings] = []
    groups: list[GroupSettings] = []
    sources: Annotated[list[Source], Field(min_length=1)]
    needs: NeedRules = NeedRules()
    votes: VoteSettings = VoteSettings()
    polls: list[PollSettings] = []
    signups: SignupSettings = SignupSettings()
    minutes: MinuteSettings = MinuteSettings()
    questions: QuestionSettings = QuestionSettings()
    chart_pages: Title | Literal[""] = Field(
        default="", description="what the names of .chart pages begin with, where Extension:Chart draws the charts"
    )
    reports: Annotated[list[Target], Field(min_length=1)]
    output_prefixes: Annotated[list[Title], Field(min_length=1)]
    status_page: Title | Literal[""] = ""
    stop_page: Title = "User:DialogueBot/Stop"
    labels_prefix: Title = "User:DialogueBot/Labels/"

    _title: str = PrivateAttr(default="")
    _revid: int = PrivateAttr(default=0)
    _lines: dict[tuple[str | int, ...], int] = PrivateAttr(default_factory=dict)

    def place(self, *path: str | int) -> Place:
        """Return where a setting stands, for problems that the settings page is to be mended for."""
        return Place(title=self._title, revid=self._revid, line=self._lines.get(path, 1))

    def _read_from(self, revision: Revision) -> Self:
        self._title, self._revid = revision.title, revision.revid
        self._lines = key_lines(revision.wikitext)
        return self

    @model_validator(mode="after")
    def _names_once(self) -> Self:
        _once("theme", [[theme.id, *theme.aliases] for theme in self.question_themes()])
        _once("group", [[group.name, *group.aliases] for group in self.groups])
        _once("target", [[f"{target.report} on {target.page}"] for target in self.reports])
        poll_settings.check(self.polls)
        return self

    def theme_titles(self, ids: Sequence[str], language: str) -> list[str]:
        """Return the titles of themes in a language, in the order of the ids."""
        titles = {theme.id: theme.theme().title(language) for theme in self.themes}
        return [titles[id_] for id_ in ids]

    def question_themes(self) -> tuple[Theme, ...]:
        """Return the themes that questions may have: those of the needs, and those of questions alone."""
        needs = (theme.theme() for theme in self.themes)
        return (*needs, *(theme.theme() for theme in self.questions.themes))

    def all_polls(self) -> tuple[Poll, ...]:
        """Return the polls as the values that readers and reports work with."""
        themes = [theme.theme() for theme in self.themes]
        votes = self.votes
        return poll_settings.polls(self.polls, themes, changed=votes.changed, counts_unsigned=votes.count_unsigned)

    def minute_rules(self) -> MinuteRules:
        """Return what the settings say of minutes, as the values that readers and reports work with."""
        return self.minutes.rules(self.place)

    def source_pages(self, kind: str) -> list[str]:
        """Return the titles that are named one by one for a kind of reading."""
        named = [source.page for source in self.sources if source.page is not None and source.read == kind]
        template = [self.minutes.template] if kind == "minutes" and self.minutes.template else []
        return [*(title for title in template if title not in named), *named]

    def titles(self) -> list[str]:
        """Return the titles that are named one by one, whatever is read there."""
        named = [source.page for source in self.sources if source.page is not None]
        return list(dict.fromkeys([*named, *([self.minutes.template] if self.minutes.template else [])]))

    def source_prefixes(self, kind: str) -> list[str]:
        """Return the title prefixes for a kind of reading."""
        return [source.prefix for source in self.sources if source.prefix is not None and source.read == kind]

    def allows_output(self, title: str) -> bool:
        """Tell whether the bot may write there: on a prefix itself or below it, and on the status page."""
        return title == self.status_page or any(_is_below(title, prefix) for prefix in self.output_prefixes)


def _is_below(title: str, prefix: str) -> bool:
    """A prefix that ends in a letter stands for that page and its subpages, not for any longer word."""
    stem = prefix.rstrip("/")
    return title == stem or title.startswith(prefix if prefix[-1] in "/:" else f"{prefix}/")


def _once(what: str, several: Sequence[Sequence[str]]) -> None:
    seen: dict[str, str] = {}
    for names in several:
        for name in names:
            if seen.get(fold(name), names[0]) != names[0]:
                raise ValueError(f"the {what}s “{seen[fold(name)]}” and “{names[0]}” are both called “{name}”")
        seen.update({fold(name): names[0] for name in names})
    firsts = [names[0] for names in several]
    doubled = [name for name in firsts if firsts.count(name) > 1]
    if doubled:
        raise ValueError(f"the {what} “{doubled[0]}” stands twice")


def load(revision: Revision) -> Consultation:
    """Read the settings out of a page; raise SettingsError that names each wrong key with its line."""
    title = revision.title
    try:
        content = json.loads(revision.wikitext)
    except json.JSONDecodeError as error:
        raise SettingsError(f"{title}, line {error.lineno}: not JSON: {error.msg}") from None
    except (ValueError, RecursionError) as error:
        raise SettingsError(f"{title}, line 1: not JSON that can be used: {error}") from None
    doubled = doubled_key(revision.wikitext)
    if doubled is not None:
        raise SettingsError(f"{title}, line {doubled.line}: the key “{doubled.key}” stands twice")
    try:
        return Consultation.model_validate(content)._read_from(revision)
    except ValidationError as error:
        places = key_lines(revision.wikitext)
        raise SettingsError("\n".join(_sentence(title, wrong, places) for wrong in error.errors())) from None


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a settings page, for editors that check while one types."""
    return Consultation.model_json_schema()


def _sentence(title: str, wrong: Mapping[str, Any], places: Mapping[tuple[str | int, ...], int]) -> str:
    path = tuple(wrong["loc"])
    known = path
    while known and known not in places:
        known = known[:-1]
    key = ".".join(str(step) for step in path) or "the settings"
    why = "unknown key" if wrong["type"] == "extra_forbidden" else wrong["msg"].removeprefix("Value error, ")
    return f"{title}, line {places.get(known, 1)}: {key}: {why}"
