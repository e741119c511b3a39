"""What every wiki can do for the bot, be it a folder or a site."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.model import Edit, Outcome, Page, Revision, WikiProfile
from bot.people import UserFacts


class Wiki(Protocol):
    """A place that pages are read from, a whole batch at a time, and saved to, one by one."""

    @property
    def profile(self) -> WikiProfile:
        """Return what MediaWiki dictates there."""

    def pages(self, titles: Sequence[str], prefixes: Sequence[str] = ()) -> Mapping[str, Page]:
        """Return every page of the titles and of the prefixes, by title, in this order; raise TryLater."""

    def earlier(self, title: str) -> Sequence[Revision]:
        """Return the revisions before the newest, the latest first, as far as the wiki keeps them; raise TryLater."""

    def users(self, names: Sequence[str], *, only_renames: bool = False) -> Mapping[str, UserFacts]:
        """Return what is known of users, and of those that they are called now; raise TryLater.

        With only_renames nothing else is asked for, which may save a request.
        A user of whom the wiki tells nothing is left out.
        """

    def save(self, edit: Edit) -> Outcome:
        """Save a page if it is still at the revision that was read, and say how that ended."""

    def address(self, title: str) -> str:
        """Return where a person finds the page: a file or an URL."""
