#!/usr/bin/env python3
"""
Fetch the notes of a session from a pad, once, and save them as a wiki page.

The pad's text export is fetched (…/p/NAME/export/txt), its bullets become nested list items, and its lines that are
headings of the agreed template become headings; all else that people typed stays text. The difference that saving
would make is printed; the page is only saved with -save. Where the page holds the same text already nothing is done,
and where people edited it since, nothing is overwritten.

From where notes may be fetched stands in the settings of the consultation ("minutes", "pads", "addresses"), and the
page must be one of its sources of minutes.

The following parameters are supported:

-from:ADDRESS        The pad, such as https://etherpad.wikimedia.org/p/Hubs, with or without /export/txt.
-to:TITLE            The page of notes.
-consultation:TITLE  The page of settings, in full or only what stands between "User:DialogueBot/" and ".json".
-wiki:folder:PATH    A folder wiki; without it, the site that pywikibot's options name.
-save                Save the page.

Examples:

    pwb import_notes -family:meta "-consultation:Hubs Dialogue" -from:https://etherpad.wikimedia.org/p/Hubs \\
        "-to:Hubs/Dialogue/Session notes/Session 1, Room A"
"""

import re
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import requests

from bot import consultation as settings
from bot import reporting
from bot.analyze.minute_template import agreed
from bot.consultation import Consultation
from bot.errors import DialogueBotError, NotAllowed, SettingsError, TryLater, UsageError
from bot.minute_settings import PadSettings
from bot.minutes import Agreed
from bot.model import Edit, Missing, Revision, exit_code
from bot.parse import minutes
from bot.parse.bots import may_edit
from bot.parse.wikitext import without_comments
from bot.publish import BOT_NAME, unified
from bot.render import pad
from bot.render.wikitext import cleaned
from bot.run import version
from bot.wiki.folder import FolderWiki
from bot.wiki.protocol import Wiki

_EXPORT = "/export/txt"
_SECONDS, _DEADLINE = 10.0, 60.0  # for one answer of the network, and for the whole text
_MOST_REDIRECTS = 3
_CHUNK = 16_384
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# What leads out of a folder, or means one thing to one program and another to the next; no pad is called so.
_ODD = re.compile(r"\.\.|//|%2e|%2f|%5c|[^\w.~!$&'()*+,;=:%/-]")
_PAGE = re.compile(r"\s{0,200}<(?:!doctype\s{1,9}html|html|head|body)[\s>]", re.IGNORECASE)
_SETTINGS_PREFIX = "User:DialogueBot/"


class NotImported(DialogueBotError):
    """Say why there are no notes to save."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What was asked for on the command line."""

    address: str
    title: str
    consultation: str = ""
    folder: str = ""
    saves: bool = False


def checked_address(address: str, pads: PadSettings) -> str:
    """Return the address of a pad's text export; raise NotImported where the settings do not allow it."""
    parts = urlsplit(address)
    path = parts.path.rstrip("/")
    if path and not path.endswith(_EXPORT):
        path += _EXPORT
    whole = f"{parts.scheme}://{parts.netloc}{path}"
    if not any(_begins(whole, allowed) for allowed in pads.addresses) or parts.query or parts.fragment:
        allowed = ", ".join(pads.addresses) or "none"
        raise NotImported(f"{address}: the settings (minutes.pads.addresses) allow to fetch from {allowed}")
    return whole


def _begins(address: str, allowed: str) -> bool:
    """Tell whether an address lies below an allowed one: the same host, and the path as whole steps."""
    here, there = urlsplit(address), urlsplit(allowed)
    whole = f"{here.netloc}{here.path}".lower()
    if here.scheme != "https" or _ODD.search(whole):
        return False
    stem = there.path.rstrip("/")
    return here.netloc.lower() == there.netloc.lower() and (here.path == stem or here.path.startswith(f"{stem}/"))


def fetch(session: requests.Session, address: str, pads: PadSettings) -> str:
    """Return a text from an allowed address, however it is redirected below allowed ones.

    Raise TryLater where the network or the pad is away, and NotImported for anything but a text of bounded size.
    """
    until = time.monotonic() + _DEADLINE
    for _ in range(_MOST_REDIRECTS + 1):
        try:
            with session.get(address, stream=True, timeout=_SECONDS, allow_redirects=False) as answer:
                if answer.status_code not in _REDIRECTS:
                    return _text(answer, pads, until)
                target = urljoin(address, answer.headers.get("Location", ""))
        except requests.RequestException as error:
            raise TryLater(f"{address} cannot be fetched: {type(error).__name__}") from None
        if not any(_begins(target, allowed) for allowed in pads.addresses):
            raise NotImported(f"{address} leads on to {cleaned(target)[:200]}, which the settings do not allow")
        address = target
    raise NotImported(f"{address} leads on and on")


def _text(answer: requests.Response, pads: PadSettings, until: float) -> str:
    """Read an answer piece by piece, and no further than it may be long."""
    if answer.status_code >= 500 or answer.status_code == 429:
        raise TryLater(f"{answer.url} answers {answer.status_code}")
    if answer.status_code != 200:
        raise NotImported(f"{answer.url} answers {answer.status_code}; is that the address of a pad?")
    kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind != "text/plain":
        raise NotImported(f"{answer.url} is {kind or 'of no type'} and not text/plain; is that the export of a pad?")
    pieces = bytearray()
    for piece in answer.iter_content(_CHUNK):
        pieces += piece
        if len(pieces) > pads.largest:
            raise NotImported(f"{answer.url} is larger than {pads.largest} bytes (minutes.pads.largest)")
        if time.monotonic() > until:
            raise TryLater(f"{answer.url} takes longer than {_DEADLINE:.0f} seconds")
    try:
        text = pieces.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotImported(f"{answer.url} is not UTF-8 text (byte {error.start})") from None
    if "\0" in text or not text.strip():
        raise NotImported(f"{answer.url} holds {'no text' if not text.strip() else 'something that is not text'}")
    if _PAGE.match(text):
        raise NotImported(f"{answer.url} is a page of HTML; is that the export of a pad?")
    return text


def import_notes(wish: Wish, wiki: Wiki, session: requests.Session) -> int:
    """Fetch, show the difference, save where that is wanted; return the exit code."""
    chosen = _settings(wiki, wish.consultation)
    if not _is_source(wish.title, chosen):
        raise UsageError(f"{wish.title} is no page that the settings read as minutes; name it as a source.")
    address = checked_address(wish.address, chosen.minutes.pads)
    template = chosen.minutes.template
    pages = wiki.pages([wish.title, chosen.stop_page, *([template] if template else [])])
    page = pages[wish.title]
    if isinstance(page, Missing) and page.exists:
        raise NotImported(f"{wish.title} cannot be read: {page.why}")
    if isinstance(page, Revision):
        _need_untouched(page)
    text = fetch(session, address, chosen.minutes.pads)
    known = pad.origin(page.wikitext) if isinstance(page, Revision) else None
    if known is not None and known.fetched == pad.digest(text):
        print(f"Unchanged       {wish.title}")
        return 0
    base = page if isinstance(page, Revision) else None
    wikitext = pad.page(text, address, _headings(pages.get(template), chosen, wiki))
    names = (f"{wish.title} (now)", f"{wish.title} (new)")
    difference = unified(base.wikitext if base else "", wikitext, names, whole=True)
    print(_CONTROL.sub("\N{REPLACEMENT CHARACTER}", difference))
    if not wish.saves:
        print("Nothing is saved; say -save to save it.", file=sys.stderr)
        return 0
    stop = pages[chosen.stop_page]
    if stop.exists if isinstance(stop, Missing) else without_comments(stop.wikitext).strip():
        raise NotAllowed(f"{chosen.stop_page} asks the bot to stop")
    summary = f"Notes imported from {address}"
    outcome = wiki.save(Edit(title=wish.title, base=base, wikitext=wikitext, summary=summary))
    print(f"{type(outcome).__name__:<15} {wish.title} {outcome.text}".rstrip())
    return exit_code([outcome])


def _need_untouched(page: Revision) -> None:
    """Raise NotImported where words would be lost that people wrote."""
    if not may_edit(page.wikitext, BOT_NAME):
        raise NotImported(f"{page.title} asks bots to stay away")
    known = pad.origin(page.wikitext)
    if page.wikitext.strip() and (known is None or not known.is_untouched):
        what = "holds notes that were not imported" if known is None else "was edited since its notes were imported"
        raise NotImported(f"{page.title} {what}; nothing is overwritten")


def _settings(wiki: Wiki, said: str) -> Consultation:
    title = said if said.endswith(".json") else f"{said}.json"
    title = title if ":" in title else f"{_SETTINGS_PREFIX}{title}"
    page = wiki.pages([title])[title]
    if isinstance(page, Missing):
        raise SettingsError(f"{title}: {page.why}; say -consultation:TITLE")
    return settings.load(page)


def _is_source(title: str, chosen: Consultation) -> bool:
    named = [source.page for source in chosen.sources if source.read == "minutes"]
    return title in named or any(title.startswith(prefix) for prefix in chosen.source_prefixes("minutes"))


def _headings(page: Revision | Missing | None, chosen: Consultation, wiki: Wiki) -> Sequence[Agreed]:
    """Return the agreed headings, from the page of the template or the settings."""
    profile = reporting.profile_of(chosen, wiki.profile)
    context = reporting.context(chosen, profile, minutes.KIND)
    pages = minutes.read(page, context).pages if isinstance(page, Revision) else ()
    return agreed(pages, context.minutes).headings


def wish_of(options: Sequence[str]) -> Wish:
    """Return what the options ask for; raise UsageError for one that is not known, or missing."""
    said = {"-from": "", "-to": "", "-consultation": "", "-wiki": ""}
    saves = False
    for option in options:
        name, _, value = option.partition(":")
        if name in said:
            said[name] = value
        elif option in ("-save", "--save"):
            saves = True
        else:
            raise UsageError(f"unknown option {option}; see pwb import_notes -help")
    kind, _, folder = said["-wiki"].partition(":")
    if not said["-from"] or not said["-to"] or not said["-consultation"]:
        raise UsageError("say -from:ADDRESS, -to:TITLE and -consultation:TITLE; see pwb import_notes -help")
    if said["-wiki"] and (kind != "folder" or not folder):
        raise UsageError(f"“{said['-wiki']}” is no folder wiki; say -wiki:folder:PATH, or pywikibot's own options")
    title = said["-to"].replace("_", " ").strip()
    consultation = said["-consultation"].replace("_", " ").strip()
    return Wish(address=said["-from"], title=title, consultation=consultation, folder=folder, saves=saves)


def _wiki(options: Sequence[str]) -> tuple[Wish, Wiki]:
    if any(option.startswith("-wiki:") for option in options):
        wish = wish_of(options)
        return wish, FolderWiki(Path(wish.folder).expanduser())
    import pywikibot  # noqa: PLC0415 -- it reads the command line and files when imported

    from bot.wiki.live import LiveWiki  # noqa: PLC0415 -- the same

    wish = wish_of(pywikibot.handle_args(list(options)))
    site = pywikibot.Site()
    return wish, LiveWiki(site.family.name, site.code, will_save=wish.saves and not pywikibot.config.simulate)


def main(*arguments: str) -> int:
    """Import the notes of one pad; return the exit code."""
    options = list(arguments or sys.argv[1:])
    if any(option in ("-help", "--help", "-h") for option in options):
        print(__doc__)
        return 0
    session = requests.Session()
    session.headers["User-Agent"] = f"DialogueBot/{version()} (import of notes)"
    session.headers["Accept-Encoding"] = "identity"  # what is packed could be any size when it is unpacked
    try:
        wish, wiki = _wiki(options)
        return import_notes(wish, wiki, session)
    except DialogueBotError as error:
        print(f"import_notes: {error}", file=sys.stderr)
        return error.exit_code


if __name__ == "__main__":
    sys.exit(main())
