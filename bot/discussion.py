"""The words of talk pages, as frozen values: a second page of bot.model, and as free to import."""

from dataclasses import dataclass
from datetime import datetime

from bot.model import Place, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who signed and when (aware, UTC); start and end are offsets in the page's wikitext.

    unsigned tells that a template names the author, as ``{{unsigned}}`` does.
    """

    user: str
    timestamp: datetime
    start: int
    end: int
    unsigned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkHeading:
    """A section heading of a talk page; parent is the index of the heading above it.

    state is "open", "closed", "resolved" or "collapsed"; start and end are the offsets of the heading's line.
    """

    index: int
    level: int
    title: str
    id: str
    place: Place
    start: int
    end: int
    parent: int | None = None
    state: str = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """One comment; the first signature names its author and time, level 1 is not indented.

    parent is the index of the comment or heading that it answers. name is "c-User_name-YYYYMMDDHHMMSS", id adds
    what DiscussionTools adds to tell comments of one page apart. start and end are offsets in the page.
    """

    index: int
    level: int
    parent: int | None
    id: str
    name: str
    signatures: tuple[Signature, ...]
    text: str
    place: Place
    start: int
    end: int
    state: str = "open"

    @property
    def user(self) -> str:
        """Return the author."""
        return self.signatures[0].user

    @property
    def timestamp(self) -> datetime:
        """Return when the comment was signed first."""
        return self.signatures[0].timestamp


@dataclass(frozen=True, slots=True, kw_only=True)
class Discussion:
    """A talk page as it was understood: entries in page order, and pieces that joined are the page."""

    title: str
    revid: int
    entries: tuple[TalkHeading | Comment, ...]
    problems: tuple[Problem, ...]
    pieces: tuple[str, ...]

    @property
    def comments(self) -> tuple[Comment, ...]:
        """Return the comments in page order."""
        return tuple(entry for entry in self.entries if isinstance(entry, Comment))

    @property
    def headings(self) -> tuple[TalkHeading, ...]:
        """Return the headings in page order."""
        return tuple(entry for entry in self.entries if isinstance(entry, TalkHeading))
