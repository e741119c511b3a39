"""The groups and themes that the cases of needs know, and a page for them."""

from datetime import UTC, datetime

from bot import languages
from bot.model import Group, Revision, Theme
from bot.parse.context import Context

GROUPS = (
    Group(name="Alpha Group", aliases=("AG", "مجموعة ألفا")),
    Group(name="Beta Circle", aliases=("Beta",)),
    Group(name="Gamma Network", aliases=("Réseau Gamma",)),
    Group(name="Delta e.V.", aliases=("Delta",)),
)
THEMES = (
    Theme(
        id="skills",
        titles={"en": "Skills", "fr": "Compétences"},
        aliases=("Skills", "Compétences", "Capacity building"),
        keywords=("skill", "skills", "training", "技能"),
    ),
    Theme(
        id="knowledge",
        titles={"en": "Knowledge"},
        aliases=("Knowledge", "المعرفة"),
        keywords=("knowledge", "guides"),
    ),
    Theme(id="staff", titles={"en": "Staff support"}, aliases=("Staff support",), keywords=("staff",)),
    Theme(id="legal", titles={"en": "Legal support"}, aliases=("Legal support",), keywords=("legal",)),
)
CONTEXT = Context(groups=GROUPS, themes=THEMES, words=languages.together(languages.known()))


def page(wikitext: str, title: str = "Page") -> Revision:
    """Return a page as a wiki would give it."""
    moment = datetime(2022, 3, 12, 13, 0, tzinfo=UTC)
    return Revision(title=title, revid=7, timestamp=moment, user="Example", wikitext=wikitext)
