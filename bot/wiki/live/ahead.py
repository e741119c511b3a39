"""Remember which pages a run asked for, so that the next one can ask for all of them with its first request.

The file is only a hint: without it, or with an old one, the same pages are read with a few more requests.
"""

import contextlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.model import Page


class ReadAhead:
    """The pages that were fetched before anybody asked; each is handed out once, so that a second look is fresh."""

    def __init__(self, folder: str, wiki: str) -> None:
        self._path = Path(folder) / "dialoguebot-read-ahead.json"
        self._wiki = wiki
        self._key = ""
        self._titles: dict[str, None] = {}
        self._prefixes: dict[str, None] = {}
        self._pages: dict[str, Page] = {}
        self._listed: dict[str, list[str]] = {}
        self._is_learning = True

    def first(self, titles: Sequence[str], prefixes: Sequence[str]) -> tuple[list[str], list[str]]:
        """Return the titles and prefixes that the last run with the same first question asked for, if any."""
        if self._key:
            return [], []
        self._key = json.dumps([self._wiki, list(titles), list(prefixes)], ensure_ascii=False)
        known = self._load().get(self._key, {})
        self._titles = dict.fromkeys(known.get("titles", []))
        self._prefixes = dict.fromkeys(known.get("prefixes", []))
        return list(self._titles), list(self._prefixes)

    def keep(self, pages: Mapping[str, Page], listed: Mapping[str, list[str]]) -> None:
        """Keep pages, and which titles a prefix has, for the questions to come."""
        self._pages |= pages
        self._listed |= listed

    def take(self, title: str) -> Page | None:
        """Hand out a page once."""
        return self._pages.pop(title, None)

    def take_list(self, prefix: str) -> list[str] | None:
        """Hand out a prefix's titles once."""
        return self._listed.pop(prefix, None)

    def learn(self, titles: Sequence[str], prefixes: Sequence[str]) -> None:
        """Note what was asked for; a run learns until it saves, as later questions are only second looks."""
        if not self._is_learning:
            return
        known = (len(self._titles), len(self._prefixes))
        self._titles |= dict.fromkeys(titles)
        self._prefixes |= dict.fromkeys(prefixes)
        if known != (len(self._titles), len(self._prefixes)):
            self._store()

    def stop_learning(self) -> None:
        """Take what comes now for second looks; what was fetched before a save may be out of date."""
        self._is_learning = False
        self._pages, self._listed = {}, {}

    def _load(self) -> dict[str, dict[str, list[str]]]:
        try:
            loaded = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return loaded if isinstance(loaded, dict) else {}

    def _store(self) -> None:
        everything = self._load()
        asked = {"titles": list(self._titles), "prefixes": list(self._prefixes)}
        if everything.get(self._key) != asked:
            everything[self._key] = asked
            with contextlib.suppress(OSError):  # a hint that cannot be kept costs a request, no more
                self._path.write_text(json.dumps(everything, ensure_ascii=False, indent=1), encoding="utf-8")
