"""Read who a link names: a user page, a talk page or the contributions, on this wiki or another."""

import html
import re
import unicodedata
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv6Address
from urllib.parse import unquote

from bot.model import WikiProfile

_DIRECTION_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\0"))
_SPACES = re.compile(r"[\s_]+")
_INVALID = re.compile(r"[\[\]{}|<>#/\ufffd]")
_QUERY_TITLE = re.compile(r"[?&]title=([^&#\s]{1,300})")
_PATH_TITLE = re.compile(r"/wiki/([^?#\s]{1,300})")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z]{2,8}){0,2}|simple")
# The prefixes of Wikimedia's interwiki table; a language code may stand before or behind each.
_PROJECTS = frozenset({
    "w", "wikipedia", "wikt", "wiktionary", "b", "wikibooks", "n", "wikinews", "q", "wikiquote", "s", "wikisource",
    "v", "wikiversity", "voy", "wikivoyage", "m", "meta", "metawikipedia", "metawiki", "c", "commons", "d",
    "wikidata", "mw", "mediawikiwiki", "species", "wikispecies", "f", "wikifunctions", "incubator", "outreach",
    "wikimania", "wmf", "foundation", "betawikiversity", "testwiki", "test2wiki", "phab", "wikitech",
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Namespaces that hold users, as they read in lower case: here, and on any known wiki."""

    here: frozenset[str]
    anywhere: frozenset[str]
    special: frozenset[str]
    contributions: frozenset[str]

    def of_title(self, title: str, *, anywhere: bool = False) -> str:
        """Return the user whose pages a link's target is one of, empty where it is none."""
        users = self.anywhere if anywhere else self.here
        rest = _decoded(title).lstrip(": ")
        for _ in range(4):
            prefix, colon, behind = rest.partition(":")
            prefix = _SPACES.sub(" ", prefix).strip().lower()
            if not colon:
                return ""
            if prefix in users:
                return canonical(behind.partition("#")[0])
            if prefix in self.special:
                return self._contributor(behind)
            if prefix not in _PROJECTS and not _LANGUAGE.fullmatch(prefix):
                return ""
            users, rest = self.anywhere, behind.lstrip(": ")
        return ""

    def of_url(self, url: str) -> str:
        """Return the user whose pages an address leads to, empty where it leads elsewhere."""
        found = _QUERY_TITLE.search(url) or _PATH_TITLE.search(url)
        return self.of_title(unquote(found[1]), anywhere=True) if found else ""

    def _contributor(self, behind: str) -> str:
        page, slash, user = behind.partition("/")
        named = _SPACES.sub(" ", page).strip().lower() in self.contributions
        return canonical(user.partition("#")[0]) if slash and named else ""


def names(profile: WikiProfile, foreign: tuple[WikiProfile, ...] = ()) -> Names:
    """Compile the names of a wiki's user namespaces; on one that knows others, theirs are as good as its own."""
    everyone = [profile, *foreign]
    anywhere = frozenset(name for each in everyone for name in _user_names(each))
    return Names(
        here=anywhere if profile.knows_foreign_stamps else frozenset(_user_names(profile)),
        anywhere=anywhere,
        special=frozenset(_folded(name) for each in everyone for name in each.special_namespaces),
        contributions=frozenset(_folded(name) for each in everyone for name in each.contributions),
    )


def canonical(name: str) -> str:
    """Return a user's name as the wiki writes it, empty where it can be none (subpages are none)."""
    name = unicodedata.normalize("NFC", _SPACES.sub(" ", name.translate(_DIRECTION_MARKS)).strip())
    if not name or _INVALID.search(name):
        return ""
    if name.count(":") >= 2 and (address := _address(name)):
        return address
    first = name[0].upper()
    return first + name[1:] if len(first) == 1 else name


def _address(name: str) -> str:
    """Return an IPv6 address as MediaWiki writes it, empty where the name is none."""
    try:
        groups = IPv6Address(name).exploded.split(":")
    except AddressValueError:
        return ""
    return ":".join(f"{int(group, 16):X}" for group in groups)


def _user_names(profile: WikiProfile) -> list[str]:
    return [_folded(name) for name in [*profile.user_namespaces, *profile.user_talk_namespaces]]


def _folded(name: str) -> str:
    return _SPACES.sub(" ", name).strip().lower()


def _decoded(title: str) -> str:
    """Undo percent-encoding and HTML entities, as MediaWiki does in links."""
    if "%" in title:
        decoded = unquote(title)
        title = title if "\ufffd" in decoded else decoded
    return html.unescape(title) if "&" in title else title
