"""Audit a piece of wikitext as a page would be, for the tests."""

from datetime import UTC, datetime

from bot import wikis
from bot.analyze.audit import audit
from bot.analyze.audit_finding import Finding
from bot.auditing import context
from bot.model import Revision
from bot.parse import published

WHEN = datetime(2022, 3, 12, 13, tzinfo=UTC)


def findings(wikitext: str, title: str = "Report", wiki: str = "meta") -> list[Finding]:
    """Return what is found on a page."""
    profile = wikis.profile(wiki)
    revision = Revision(title=title, revid=7, timestamp=WHEN, user="A", wikitext=wikitext)
    return audit(published.read(revision, context(title, profile)))
