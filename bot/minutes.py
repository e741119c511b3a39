"""The words of merged minutes, as frozen values: another page of bot.model, and as free to import."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.model import Place, Problem

NOTES, MERGED, TEMPLATE = "notes", "merged", "template"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a statement's text: plain, marked, or a link to a page or an address."""

    text: str
    page: str = ""
    address: str = ""
    is_bold: bool = False
    is_italic: bool = False
    is_struck: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with what stands below it up to the next one.

    session is whose notes these are. One that begins after blank lines in the middle of a list has no title, and
    blank says how many lines they are; is_lost tells that a heading seems to have stood there. has_text says that
    something stands here that is no list, is_outside that nothing here was said in a session (see also, references).
    """

    title: str
    level: int
    place: Place
    session: str = ""
    blank: int = 0
    is_lost: bool = False
    has_text: bool = False
    is_outside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One list item: what was said, under which section, and which sessions said so.

    section and parent are indexes into the page's sections and statements, -1 for none; an answer stands beside the
    question that is its parent. kind is "question", "comment", "response" or empty. citations names a session as
    often as it is cited, sessions once. A label such as "Profile:" is nobody's statement; what is outside stands
    before the first heading, or below one where nothing was said in a session. whole is the wikitext of a statement
    whose text lacks words, as those of a template: it is the same as another only where this is.
    """

    text: str
    wording: tuple[Piece, ...]
    place: Place
    level: int = 1
    section: int = -1
    parent: int = -1
    kind: str = ""
    sessions: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()
    is_answer: bool = False
    is_label: bool = False
    is_struck: bool = False
    is_outside: bool = False
    whole: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One session: the name that readers see, that of its reference, and how often it is cited on the page.

    is_named says that people gave the name; else it was taken from the title of the page.
    """

    name: str
    reference: str
    place: Place
    citations: int = 0
    is_named: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Same:
    """Texts that a person declared to be one statement; the first one is the wording that stays."""

    texts: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutePage:
    """What one page holds: shape is "notes", "merged" or "template"; unused are references that nothing cites."""

    shape: str
    place: Place
    sections: tuple[Section, ...] = ()
    statements: tuple[Statement, ...] = ()
    sessions: tuple[Session, ...] = ()
    unused: tuple[Session, ...] = ()
    same: tuple[Same, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MinuteReading:
    """What pages of notes and minutes hold, and what should be looked at."""

    pages: tuple[MinutePage, ...] = ()
    problems: tuple[Problem, ...] = ()

    @staticmethod
    def together(readings: "Iterable[MinuteReading]") -> "MinuteReading":
        """Return the readings of several pages as one."""
        several = list(readings)
        return MinuteReading(
            pages=tuple(page for reading in several for page in reading.pages),
            problems=tuple(problem for reading in several for problem in reading.problems),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """One heading of the template that the sessions agreed on, and what else notes call it."""

    title: str
    level: int
    place: Place
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MinuteRules:
    """What the settings say of minutes; sessions are names by the titles of their pages."""

    template: str = ""
    headings: tuple[Agreed, ...] = ()
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sessions: Mapping[str, str] = field(default_factory=dict)
    same: tuple[Same, ...] = ()
