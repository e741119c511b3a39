"""The words of sign-ups, as frozen values: another page of bot.model, and as free to import."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.model import Place, Problem

COUNTED, UNSIGNED, ANONYMOUS, WAITING, DUPLICATE = "counted", "unsigned", "anonymous", "waiting", "duplicate"
LATE, EARLY, STRUCK, ABSENT, REPLY, UNCLEAR, FORM = "late", "early", "struck", "absent", "reply", "unclear", "form"
STATUSES = (
    COUNTED,
    UNSIGNED,
    ANONYMOUS,
    WAITING,
    DUPLICATE,
    LATE,
    EARLY,
    STRUCK,
    ABSENT,
    REPLY,
    UNCLEAR,
)
# Whose lines make people part of the size of a list.
COUNTING = frozenset({COUNTED, UNSIGNED, ANONYMOUS})
WANTED, OFFERED, OPEN = "wanted", "offered", "open"
NAMED = "named"  # by a heading beside other words: only the settings can tell that it is wanted there
FIELDS = ("user", "time", "affiliation", "role", "languages", "place", "text")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignupList:
    """One list of people: what is written above it, its place, and the headings above that one.

    title is empty for a list under no heading.
    """

    title: str
    place: Place
    above: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A language that an entry names: kind is "wanted" or "offered" where words say so, else "open" or "named"."""

    code: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signup:
    """One line or cell that names somebody; exactly one status, and the rule that decided it.

    is_account tells whether user is an account or address, and no mere name. timestamp is aware, in UTC, None where
    no date was signed; day is that of a table, "YYYY-MM-DD" or empty, and says_signed tells that the table calls
    it the day of signing; others may be that of a meeting. group is that of the settings. index counts the
    entries of a page. comment is the anchor of the comment where the wiki makes one. details fill the label
    "signups-reason-…".
    """

    user: str
    list: SignupList
    place: Place
    status: str
    reason: str
    index: int
    is_account: bool = True
    timestamp: datetime | None = None
    day: str = ""
    says_signed: bool = False
    affiliation: str = ""
    group: str = ""
    role: str = ""
    based: str = ""
    text: str = ""
    mentions: tuple[Mention, ...] = ()
    comment: str = ""
    details: tuple[str, ...] = ()

    @property
    def signing_day(self) -> str:
        """Return the day of signing in UTC, "YYYY-MM-DD", or nothing where none is known."""
        if self.timestamp is not None:
            return self.timestamp.date().isoformat()
        return self.day if self.says_signed else ""

    @property
    def counts(self) -> bool:
        """Tell whether the person of this line has a place."""
        return self.status in COUNTING


@dataclass(frozen=True, slots=True, kw_only=True)
class FormCount:
    """How many people signed up elsewhere, by a number that somebody wrote on the page; nobody knows who they are."""

    list: SignupList
    count: int
    text: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class SignupReading:
    """What pages hold of sign-ups: lists in order, every line that names somebody, counts, and problems."""

    lists: tuple[SignupList, ...] = ()
    signups: tuple[Signup, ...] = ()
    forms: tuple[FormCount, ...] = ()
    problems: tuple[Problem, ...] = ()

    @staticmethod
    def together(readings: "Iterable[SignupReading]") -> "SignupReading":
        """Return the readings of several pages as one."""
        several = list(readings)
        return SignupReading(
            lists=tuple(each for reading in several for each in reading.lists),
            signups=tuple(each for reading in several for each in reading.signups),
            forms=tuple(each for reading in several for each in reading.forms),
            problems=tuple(each for reading in several for each in reading.problems),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRule:
    """What the settings say of one list: its folded names, its titles by language, its places (0 is no limit)."""

    names: tuple[str, ...]
    titles: Mapping[str, str] = field(default_factory=dict)
    capacity: int = 0
    is_ignored: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SignupRules:
    """By which rules people count; opens and closes are aware, and both moments are still in time.

    languages_asked is "everywhere", "nowhere", "lists" (those whose folded headings are in language_lists), or "said"
    (where the words of an entry themselves ask or offer). published are the fields that may be shown. regions are the
    groups' regions, by the groups' names.
    """

    capacity: int = 0
    interpretation_min: int = 3
    opens: datetime | None = None
    closes: datetime | None = None
    languages_asked: str = "said"
    language_lists: frozenset[str] = frozenset()
    lists: tuple[ListRule, ...] = ()
    published: frozenset[str] = frozenset(FIELDS)
    regions: Mapping[str, str] = field(default_factory=dict)
