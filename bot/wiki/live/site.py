"""Read many pages with one request, and save one with all the guards that the API has."""

import hashlib
import time
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from bot.errors import NotAllowed, TryLater, UsageError
from bot.model import Edit, Missing, Outcome, Page, ReadOnly, Revision, Shown, WikiProfile
from bot.people import UserFacts
from bot.wiki.live import loading
from bot.wiki.live.ahead import ReadAhead
from bot.wiki.live.lock import alone
from bot.wiki.live.outcomes import of_answer, of_error
from bot.wiki.live.request import Budget, errors_named, use_budget
from bot.wiki.live.users import read_renames, read_users
from bot.wikis import known, profile

_AT_ONCE, _AT_ONCE_WITH_HIGH_LIMITS = 50, 500
_BEFORE_ALL_WIKIS = "2001-01-15T00:00:00Z"
_TOKEN_TRIES = 3
_EARLIER = 20
_PAGES_WANTED: Mapping[str, Any] = {
    "prop": ["revisions", "info"],
    "rvslots": "main",
    "rvprop": ["ids", "timestamp", "user", "content"],
}
_TEXT_MODELS = ("wikitext", "json", "text")


class LiveWiki:
    """One site of a pywikibot family, logged in only where pages are to be saved."""

    def __init__(self, family: str, code: str, *, will_save: bool = False) -> None:
        pywikibot = loading.load()
        self._config = pywikibot.config
        self._config.solve_captcha = False
        self._request = use_budget(Budget())
        try:
            with errors_named():
                self._site = pywikibot.Site(code, family)
        except (pywikibot.exceptions.SiteDefinitionError, ValueError) as error:
            raise UsageError(f"pywikibot knows no wiki {family}:{code}: {error}") from None
        self._ahead = ReadAhead(self._config.base_dir, f"{family}:{code}")
        self._lock = alone(self._config.base_dir, f"{family}-{code}") if will_save else None
        self._user = self._log_in() if will_save else ""
        self._profile = self._find_profile(family)

    @property
    def profile(self) -> WikiProfile:
        """Return what MediaWiki dictates there, by the wiki's content language."""
        return self._profile

    def pages(self, titles: Sequence[str], prefixes: Sequence[str] = ()) -> Mapping[str, Page]:
        """Return every page of the titles and of the prefixes, by title, with as few requests as can be."""
        more_titles, more_prefixes = self._ahead.first(titles, prefixes)
        if more_titles or more_prefixes:
            self._fetch([*titles, *more_titles], [*prefixes, *more_prefixes])
        self._ahead.learn(titles, prefixes)
        lists = {prefix: self._ahead.take_list(prefix) for prefix in prefixes}
        unlisted = [prefix for prefix, listed in lists.items() if listed is None]
        found = {title: self._ahead.take(title) for title in dict.fromkeys(titles)}
        lacking = [title for title, page in found.items() if page is None]
        if lacking or unlisted:
            self._fetch(lacking, unlisted)
        lists |= {prefix: self._ahead.take_list(prefix) or [] for prefix in unlisted}
        return self._collected([*titles, *(title for listed in lists.values() for title in listed or ())], found)

    def _collected(self, titles: Sequence[str], found: Mapping[str, Page | None]) -> dict[str, Page]:
        """Return the pages in the order of the titles, fetching those that a list has named only now."""
        self._ahead.learn(titles, ())
        pages = {title: found.get(title) or self._ahead.take(title) for title in dict.fromkeys(titles)}
        lacking = [title for title, page in pages.items() if page is None]
        if lacking:
            self._fetch(lacking, [])
        return {title: page or self._ahead.take(title) or Missing(title=title) for title, page in pages.items()}

    def earlier(self, title: str) -> Sequence[Revision]:
        """Return the revisions before the newest, the latest first; some twenty, as more would be of no use."""
        parameters = {**_PAGES_WANTED, "action": "query", "formatversion": 2, "titles": title, "rvlimit": _EARLIER}
        with errors_named():
            found = next(self._answers(parameters), {}).get("pages", ())
        answers = [{**page, "revisions": [each]} for page in found for each in page.get("revisions", ())[1:]]
        return [page for answer in answers if isinstance(page := _page(answer), Revision)]

    def users(self, names: Sequence[str], *, only_renames: bool = False) -> Mapping[str, UserFacts]:
        """Return what is known of users, with as few requests as can be."""
        if only_renames:  # their pages are among those that the next run asks for with its first request
            return read_renames(self.pages, names, self._profile)
        size = _AT_ONCE_WITH_HIGH_LIMITS if self._has_high_limits() else _AT_ONCE
        asserted = {"assertuser": self._user} if self._user else {}
        with errors_named():
            return read_users(lambda asked: self._answers({**asked, **asserted}), names, self._profile, size)

    def save(self, edit: Edit) -> Outcome:
        """Save a page as an edit of the very revision that was read."""
        self._ahead.stop_learning()
        if self._config.simulate:
            return Shown(title=edit.title, text="the save was simulated; the wiki has not changed")
        with errors_named():
            return self._send(edit)

    def _send(self, edit: Edit, *, tries: int = 0) -> Outcome:
        from pywikibot.exceptions import APIError  # noqa: PLC0415 -- see loading

        wikitext = unicodedata.normalize("NFC", edit.wikitext)
        parameters: dict[str, Any] = {
            "action": "edit",
            "title": edit.title,
            "text": wikitext,
            "summary": edit.summary,
            "md5": hashlib.md5(wikitext.encode(), usedforsecurity=False).hexdigest(),
            "bot": self._site.has_right("bot"),
            "notminor": True,
            "watchlist": "nochange",
            "assertuser": self._user,
            "token": self._site.tokens["csrf"],
        }
        # A base timestamp would let a second process of this account, or a person in the same second, be overwritten.
        # A page that was ever deleted counts as deleted since the edit began, and is not made again.
        guard: dict[str, Any] = {"createonly": True, "starttimestamp": _BEFORE_ALL_WIKIS}
        if edit.base is not None:
            guard = {"baserevid": edit.base.revid, "nocreate": True}
        try:
            answer = self._request(site=self._site, parameters=parameters | guard).submit()
        except TryLater as error:
            return ReadOnly(title=edit.title, text=str(error))
        except APIError as error:
            if error.code == "badtoken" and tries < _TOKEN_TRIES:
                self._site.tokens.clear()  # the session was renewed, and its old tokens went with it
                time.sleep(tries)  # a wiki of several servers may need a moment to know the new session everywhere
                return self._send(edit, tries=tries + 1)
            return of_error(edit, error.code, error.info)
        return of_answer(edit, answer["edit"])

    def address(self, title: str) -> str:
        """Return the URL of a page."""
        path = self._site.siteinfo["articlepath"].replace("$1", quote(title.replace(" ", "_"), safe="/:"))
        return str(self._site.base_url(path))

    def _fetch(self, titles: Sequence[str], prefixes: Sequence[str]) -> None:
        """Ask for pages and lists of prefixes, one list beside each batch of pages."""
        size = _AT_ONCE_WITH_HIGH_LIMITS if self._has_high_limits() else _AT_ONCE
        unique = list(dict.fromkeys(titles))
        batches = [unique[start : start + size] for start in range(0, len(unique), size)]
        for index in range(max(len(batches), len(prefixes))):
            batch = batches[index] if index < len(batches) else []
            prefix = prefixes[index] if index < len(prefixes) else ""
            with errors_named():
                self._query(batch, prefix)

    def _has_high_limits(self) -> bool:
        return bool(self._user) and self._site.has_right("apihighlimits")

    def _query(self, titles: Sequence[str], prefix: str) -> None:
        parameters: dict[str, Any] = {"action": "query", "formatversion": 2}
        if self._user:
            parameters["assertuser"] = self._user
        if titles:
            parameters |= {"titles": list(titles), **_PAGES_WANTED}
        if prefix:
            parameters |= self._list_parameters(prefix)
        pages: dict[str, Page] = {}
        listed: list[str] = []
        names: dict[str, str] = {}
        for answer in self._answers(parameters):
            names |= {each["from"]: each["to"] for each in answer.get("normalized", ())}
            listed += [each["title"] for each in answer.get("allpages", ())]
            complete = [each for each in answer.get("pages", ()) if _is_complete(each)]
            pages |= {each["title"]: _page(each) for each in complete}
        asked = {title: pages[names.get(title, title)] for title in titles if names.get(title, title) in pages}
        self._ahead.keep(pages | asked, {prefix: listed} if prefix else {})

    def _answers(self, parameters: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        """Yield the answers to a query, going on where the wiki breaks off."""
        going_on: Mapping[str, Any] = {}
        while True:
            request = self._request(site=self._site, use_get=True, parameters={**parameters, **going_on})
            answer = request.submit()
            yield answer.get("query", {})
            going_on = answer.get("continue", {})
            if not going_on:
                return

    def _list_parameters(self, prefix: str) -> dict[str, Any]:
        before, colon, rest = prefix.partition(":")
        namespace = self._site.namespaces.lookup_name(before) if colon else None
        return {
            "list": "allpages",
            "apprefix": rest if namespace else prefix,
            "apnamespace": namespace.id if namespace else 0,
            "aplimit": "max",
        }

    def _find_profile(self, family: str) -> WikiProfile:
        language = "meta" if family == "meta" else str(self._site.lang)
        return profile(language) if language in known() else WikiProfile(id=language, language=language)

    def _log_in(self) -> str:
        """Log in from cookies or with the stored password, and never ask for one; return the account's name."""
        from pywikibot.login import ClientLoginManager, LoginStatus  # noqa: PLC0415 -- see loading

        user = self._site.username()
        if not user:
            raise NotAllowed(
                f"The settings of pywikibot name no account for {self._site}; see user-config.py.example."
            )
        with errors_named():
            self._site.login(cookie_only=True)
            if not self._site.logged_in():
                manager = ClientLoginManager(site=self._site, user=user)
                if not manager.password:
                    raise NotAllowed(f"No password of {user} on {self._site} is stored; see user-config.py.example.")
                manager.login()
                del self._site.userinfo
            if self._site.userinfo["name"] != user:
                raise NotAllowed(f"The wiki does not let {user} log in: is the password right?")
        self._site._loginstatus = LoginStatus.AS_USER
        return str(user)


def _is_complete(answer: Mapping[str, Any]) -> bool:
    """A page whose text comes only with a later answer has no revisions in this one."""
    return "revisions" in answer or "missing" in answer or "invalid" in answer


def _page(answer: Mapping[str, Any]) -> Page:
    """Return a page out of an answer; text that was hidden from readers is never used."""
    title = answer["title"]
    if "invalid" in answer:
        return Missing(title=title, why=f"no page can be called that ({answer.get('invalidreason', '')})")
    if "missing" in answer:
        return Missing(title=title)
    revision = answer["revisions"][0]
    slot = revision.get("slots", {}).get("main", {})
    hidden = [name for name in ("texthidden", "userhidden", "suppressed") if revision.get(name) or slot.get(name)]
    if hidden or "content" not in slot:
        return Missing(title=title, why="its newest revision is hidden from readers", exists=True)
    if slot.get("contentmodel") not in _TEXT_MODELS:
        return Missing(title=title, why=f"the page is {slot.get('contentmodel')}, not text", exists=True)
    wikitext = slot["content"]
    return Revision(
        title=title,
        revid=revision["revid"],
        timestamp=datetime.fromisoformat(revision["timestamp"]),
        user=revision.get("user", ""),
        wikitext=wikitext,
        redirect=_first_link(wikitext) if answer.get("redirect") else "",
    )


def _first_link(wikitext: str) -> str:
    """Return where a redirect leads; the wiki has said that it is one."""
    target = wikitext.partition("[[")[2].partition("]]")[0]
    return target.partition("|")[0].partition("#")[0].strip().lstrip(":").replace("_", " ") or "?"
