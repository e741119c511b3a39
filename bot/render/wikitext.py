"""Make user text safe for a wiki page: escaped once, in this one function, for every place where it can be shown."""

import re
import unicodedata

from markupsafe import Markup

# Entity-escaping of these holds in cells, link labels, headings, template arguments and at the start of a line; the
# tilde and the brackets also keep signatures, substitutions and links from acting when the page is saved.
_SPECIAL = re.compile(r"[\"&'<=>\[\]{|};~_＿:*#!\-/\\@]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
# No-break spaces stay: French sets one before a colon.
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
# What MediaWiki turns into a link by itself, wherever it stands.
_MAGIC_LINK = re.compile(r"\b(ISBN|RFC|PMID)(?=[\s\u00a0])")


class Wikitext(Markup):
    """Wikitext that may go onto a page as it is; everything else is escaped."""

    __slots__ = ()

    @classmethod
    def escape(cls, text: object) -> "Wikitext":
        """Escape what is put into it by formatting or joining."""
        return escape(text)


def escape(text: object) -> Wikitext:
    """Return text as wikitext that shows it letter by letter, on one line, and does nothing else."""
    if isinstance(text, Markup):
        return Wikitext(text)
    clean = cleaned(str(text))
    shown = _SPECIAL.sub(_entity, clean)
    if clean and unicodedata.combining(clean[0]):
        shown = f"&#{ord(clean[0])};{shown[1:]}"  # else the wiki's normalisation would melt it into a tag before it
    return Wikitext(_MAGIC_LINK.sub(lambda found: f"&#{ord(found[1][0])};{found[1][1:]}", shown))


def cleaned(text: str) -> str:
    """Return text on one line, in the form in which a wiki stores it, without characters that nobody sees."""
    clean = unicodedata.normalize("NFC", _DIRECTION.sub("", _CONTROL.sub("", text.replace("\n", " "))))
    return _SPACES.sub(" ", clean).strip(" ")


def _entity(found: re.Match[str]) -> str:
    return f"&#{ord(found.group())};"


def escape_words(text: str) -> Wikitext:
    """Escape a label's own words without losing the spaces at their ends."""
    before = text[: len(text) - len(text.lstrip(" "))]
    after = text[len(text.rstrip(" ")) :] if text.strip(" ") else ""
    return Wikitext(f"{before}{escape(text)}{after}")


def permanent_link(revid: int, section: str, label: object) -> Wikitext:
    """Return a link to one revision of a page, at a section if one is given."""
    anchor = f"#{escape(section)}" if section else ""
    return Wikitext(f"[[Special:PermanentLink/{revid}{anchor}|{escape(label)}]]")


def page_link(title: str, label: object = "", section: str = "") -> Wikitext:
    """Return a link to a page, at a section if one is given; it never embeds a file or sets a category."""
    anchor = f"#{escape(section)}" if section else ""
    return Wikitext(f"[[:{escape(title.lstrip(':'))}{anchor}|{escape(label or title)}]]")


def isolated(text: object) -> Wikitext:
    """Return a name so that its direction of writing leaves the words around it alone."""
    return Wikitext(f"<bdi>{escape(text)}</bdi>")
