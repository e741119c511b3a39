"""A wiki that is a folder of .wikitext files: for samples, tests, and looking at a consultation offline.

A folder keeps no history. A page's revid is a checksum of its text: it names the exact text that was read, and two
folders with the same pages give the same reports.
"""

import fcntl
import os
import tempfile
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, unquote
from zlib import crc32
from zoneinfo import available_timezones

from bot.errors import TryLater, UsageError
from bot.model import (
    Conflict,
    Edit,
    Missing,
    OptedOut,
    Outcome,
    Page,
    Protected,
    Revision,
    Saved,
    TooBig,
    WikiProfile,
)
from bot.people import UserFacts, nothing_known
from bot.wiki.folder_users import read_users
from bot.wiki.user_names import user_of
from bot.wikis import profile

_LARGEST_PAGE = 2 * 1024 * 1024  # bytes, as on Wikimedia's wikis
_OWN_ENDINGS = (".json", ".csv")  # these are part of the title, as on wikis
_SETTINGS_KEYS = {"wiki", "timezone"}
# What a file name cannot hold, and the escape itself; a leading dot would hide the page.
_ENCODED = '%\\<>"|?*\n\t\0'


class FolderWiki:
    """A folder with ``wiki.toml`` and ``pages/**/Title.wikitext``; ``.json`` and ``.csv`` stay in the title."""

    def __init__(self, folder: Path) -> None:
        self._pages = folder / "pages"
        self._folder = folder
        settings = _read_settings(folder / "wiki.toml")
        followed = profile(settings.get("wiki", "meta"))
        self._profile = replace(followed, timezone=settings.get("timezone", followed.timezone))

    @property
    def profile(self) -> WikiProfile:
        """Return what the folder says that its wiki follows."""
        return self._profile

    def pages(self, titles: Sequence[str], prefixes: Sequence[str] = ()) -> Mapping[str, Page]:
        """Return every page of the titles and of the prefixes, by title."""
        wanted = dict.fromkeys(_canonical(title) for title in titles)
        if prefixes:
            known = self.titles()
            wanted |= dict.fromkeys(title for prefix in prefixes for title in known if title.startswith(prefix))
        return {title: self._page(title) for title in wanted}

    def earlier(self, title: str) -> Sequence[Revision]:
        """Return nothing: a folder keeps no history."""
        del title
        return ()

    def users(self, names: Sequence[str], *, only_renames: bool = False) -> Mapping[str, UserFacts]:
        """Return what users.json says of users, and whose user pages theirs redirect to."""
        known = {} if only_renames else read_users(self._folder / "users.json")
        found: dict[str, UserFacts] = {}
        wanted = list(dict.fromkeys(names))
        while wanted:
            name = wanted.pop()
            renamed_to = self._renamed(name)
            if name in known or renamed_to:
                found[name] = replace(known.get(name, nothing_known(name)), renamed_to=renamed_to)
            wanted += [renamed_to] if renamed_to and renamed_to not in found else []
        return found

    def _renamed(self, name: str) -> str:
        """Return whose user page that of a user redirects to."""
        for namespace in self._profile.user_namespaces:
            page = self._page(f"{namespace}:{name}")
            if isinstance(page, Revision) and page.redirect:
                target = user_of(page.redirect, self._profile)
                return target if target != name else ""
        return ""

    def titles(self) -> list[str]:
        """Return the titles of all pages in order."""
        files = [file for ending in (".wikitext", *_OWN_ENDINGS) for file in self._pages.rglob(f"*{ending}")]
        return sorted(_title_of(file.relative_to(self._pages)) for file in files if file.is_file())

    def save(self, edit: Edit) -> Outcome:
        """Write a page if its text is still the one that was read."""
        path = self._path(edit.title)
        content = unicodedata.normalize("NFC", edit.wikitext).rstrip().encode() + b"\n"
        if len(content) > _LARGEST_PAGE:
            return TooBig(title=edit.title, text=f"{len(content)} bytes are more than the {_LARGEST_PAGE} of a page")
        with self._locked():
            now = self._page(edit.title)
            refusal = _refusal(edit, now, path)
            if refusal is not None:
                return refusal
            path.parent.mkdir(parents=True, exist_ok=True)
            _replace(path, content)
        return Saved(title=edit.title, revid=_revid(content.decode()), created=edit.base is None)

    def address(self, title: str) -> str:
        """Return the file of a page."""
        return str(self._path(title))

    def _page(self, title: str) -> Page:
        path = self._path(title)
        try:
            content = path.read_bytes()
            changed = path.stat().st_mtime
        except (FileNotFoundError, NotADirectoryError):
            return Missing(title=title)
        except OSError as error:
            return Missing(title=title, why=f"the file cannot be read: {error.strerror}", exists=True)
        return self._revision(title, content, changed)

    def _revision(self, title: str, content: bytes, changed: float) -> Page:
        if b"\0" in content:
            return Missing(title=title, why="the page is binary, not text", exists=True)
        try:
            wikitext = content.decode("utf-8-sig").replace("\r\n", "\n").removesuffix("\n")
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            return Missing(title=title, why=f"the page is not UTF-8 text (line {line})", exists=True, line=line)
        return Revision(
            title=title,
            revid=_revid(wikitext),
            timestamp=datetime.fromtimestamp(changed, UTC),
            user="",
            wikitext=wikitext,
            redirect=_redirect(wikitext, self._profile),
        )

    def _path(self, title: str) -> Path:
        """Return the file of a title; no title leads out of the folder."""
        steps = [_encoded(step) for step in title.split("/")]
        ending = "" if title.endswith(_OWN_ENDINGS) else ".wikitext"
        return self._pages.joinpath(*steps[:-1], steps[-1] + ending)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Keep other runs out between looking at a page and replacing it."""
        with (self._folder / ".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise TryLater(f"Another run is writing to {self._folder}; run the command again.") from None
            yield


def _refusal(edit: Edit, now: Page, path: Path) -> Outcome | None:
    if isinstance(now, Missing):
        if now.exists:
            return Protected(title=edit.title, text=now.why)
        if edit.base is not None:
            return OptedOut(title=edit.title, text="the page was deleted meanwhile, and is not made again")
        return None
    if edit.base is None or edit.base.revid != now.revid:
        return Conflict(title=edit.title, text="the page changed while the report was made")
    if not path.stat().st_mode & 0o222:  # the file's own mode: root could write to it all the same
        return Protected(title=edit.title, text=f"the file {path} is write-protected")
    return None


def _read_settings(path: Path) -> dict[str, str]:
    if not path.parent.is_dir():
        raise UsageError(f"There is no folder {path.parent}.")
    if not path.is_file():
        raise UsageError(
            f'{path.parent} is not a folder wiki: it has no wiki.toml (one line will do: wiki = "meta").'
        )
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: {error}") from None
    for key, value in settings.items():
        if key not in _SETTINGS_KEYS or not isinstance(value, str):
            raise UsageError(
                f"{path}: {key}: not a setting of a folder wiki; these are wiki and timezone, both text."
            )
    if settings.get("timezone", "UTC") not in available_timezones():
        raise UsageError(f"{path}: “{settings['timezone']}” is no time zone such as “Europe/Paris”.")
    return settings


def _replace(path: Path, content: bytes) -> None:
    """Swap the file in one step, so that a killed run leaves the old page or the new one."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".saving-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _revid(wikitext: str) -> int:
    return crc32(wikitext.removesuffix("\n").encode()) or 1


def _canonical(title: str) -> str:
    return title.replace("_", " ").strip()


def _encoded(step: str) -> str:
    plain = "".join(quote(character, safe="") if character in _ENCODED else character for character in step)
    return f"%2E{plain[1:]}" if plain.startswith(".") else plain


def _title_of(path: Path) -> str:
    return "/".join(unquote(step) for step in path.as_posix().removesuffix(".wikitext").split("/"))


def _redirect(wikitext: str, wiki: WikiProfile) -> str:
    """Return the title that a redirect leads to, or nothing."""
    start = wikitext.lstrip()[:1000]
    folded = start.casefold()
    for word in wiki.redirect_words:
        rest = start[len(word) :].lstrip(" \t:")
        if folded.startswith(word.casefold()) and rest.startswith("[[") and "]]" in rest:
            target = rest[2:].split("]]")[0]
            return _canonical(target.split("|")[0].split("#")[0].lstrip(":"))
    return ""
