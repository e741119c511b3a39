"""The people on the wiki, through its API: what Admin and Volunteer do while the bot works."""

from typing import Any

import requests


class Person:
    """One account, logged in as a person is, and not through the gate."""

    def __init__(self, url: str, name: str = "", password: str = "") -> None:
        self._address = f"{url}/api.php"
        self._session = requests.Session()
        self._session.trust_env = False
        self.name = name
        if name:
            self._log_in(password)
        self._cookies = self._session.cookies.copy()

    def come_back(self) -> None:
        """Take up the session again that a test may have ended."""
        self._session.cookies = self._cookies.copy()

    def _log_in(self, password: str) -> None:
        token = self.ask(action="query", meta="tokens", type="login")["query"]["tokens"]["logintoken"]
        answer = self.ask(
            action="clientlogin",
            username=self.name,
            password=password,
            logintoken=token,
            loginreturnurl="http://127.0.0.1/",
        )
        assert answer["clientlogin"]["status"] == "PASS", f"{self.name} cannot log in"

    def ask(self, **parameters: object) -> dict[str, Any]:
        """Ask the API for something; an error in the answer fails the test."""
        data = {"format": "json", "formatversion": "2", **{name: str(text) for name, text in parameters.items()}}
        answer: dict[str, Any] = self._session.post(self._address, data=data, timeout=60).json()
        assert "error" not in answer, answer["error"]
        return answer

    def do(self, action: str, **parameters: object) -> dict[str, Any]:
        """Change something on the wiki."""
        token = self.ask(action="query", meta="tokens")["query"]["tokens"]["csrftoken"]
        return self.ask(action=action, token=token, **parameters)

    def edit(self, title: str, wikitext: str, summary: str = "") -> int:
        """Save a page as it then stands; return the revision."""
        return int(self.do("edit", title=title, text=wikitext, summary=summary)["edit"].get("newrevid", 0))

    def replace(self, title: str, old: str, new: str) -> int:
        """Change some words of a page, once."""
        now = self.read(title)
        assert old in now, f"“{old}” is not on {title}"
        return self.edit(title, now.replace(old, new, 1))

    def append(self, title: str, wikitext: str) -> int:
        return int(self.do("edit", title=title, appendtext=wikitext)["edit"]["newrevid"])

    def read(self, title: str) -> str:
        """Return a page's wikitext, nothing where there is no page."""
        page = self._page(title, rvprop="content", rvslots="main")
        revisions = page.get("revisions", [])
        return str(revisions[0]["slots"]["main"]["content"]) if revisions else ""

    def history(self, title: str) -> list[dict[str, Any]]:
        """Return a page's revisions, newest first."""
        page = self._page(title, rvprop="ids|user|comment|flags|timestamp|tags", rvlimit="max")
        return list(page.get("revisions", []))

    def users(self, title: str) -> list[str]:
        """Return who made each revision of a page, newest first."""
        return [str(each["user"]) for each in self.history(title)]

    def _page(self, title: str, **parameters: str) -> dict[str, Any]:
        answer = self.ask(action="query", prop="revisions", titles=title, **parameters)
        return dict(answer["query"]["pages"][0])

    def protect(self, title: str, protections: str = "edit=sysop", **more: object) -> None:
        self.do("protect", title=title, protections=protections, **more)

    def delete(self, title: str) -> None:
        self.do("delete", title=title)

    def move(self, old: str, new: str, **more: object) -> None:
        self.do("move", **{"from": old, "to": new, **more})

    def block(self, user: str, **more: object) -> None:
        self.do("block", user=user, expiry="infinite", **more)

    def hide(self, revid: int, what: str = "content") -> None:
        """Hide the text of a revision from readers."""
        self.do("revisiondelete", type="revision", ids=revid, hide=what)

    def parse(self, title: str) -> dict[str, Any]:
        """Return what a reader sees of a page, and what the wiki's tables of links know of it."""
        wanted = "text|categories|templates|externallinks|links|iwlinks|images|properties|sections|parsewarnings"
        return dict(self.ask(action="parse", page=title, prop=wanted)["parse"])
