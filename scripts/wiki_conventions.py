"""Ask a MediaWiki how it writes dates, digits and names: through its own PHP, or through its API."""

import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import requests
from pydantic import TypeAdapter
from stamp_format import Names, derive

from bot.errors import TryLater, UsageError

FILES = Path(__file__).resolve().parent / "add_wiki_files"
SPECIAL, USER, USER_TALK, FILE, CATEGORY = -1, 2, 3, 6, 14
Ask = Callable[..., Any]
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may_long",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_GENITIVE = [f"{month.removesuffix('_long')}-gen" for month in _MONTHS]
_WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]
_SITEINFO = "general|namespaces|namespacealiases|specialpagealiases|magicwords|extensions"
_USER_AGENT = "DialogueBot/0.1 (scripts/add_wiki.py) python-requests"
# A wiki answers with fifty messages at a time to an account without special rights.
_MESSAGES_AT_ONCE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """How one language, or one variant of it, writes dates; utc is its name for that zone."""

    timestamp_format: str
    months: tuple[str, ...]
    months_genitive: tuple[str, ...]
    months_short: tuple[str, ...]
    weekdays: tuple[str, ...]
    weekdays_short: tuple[str, ...]
    utc: str

    @property
    def months_of_all_forms(self) -> list[tuple[str, ...]]:
        """Return the lists of names of months, the plain ones first."""
        return [self.months, self.months_genitive, self.months_short]

    @property
    def weekdays_of_all_forms(self) -> list[tuple[str, ...]]:
        """Return the lists of names of days, the long ones first."""
        return [self.weekdays, self.weekdays_short]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conventions:
    """What a MediaWiki says of itself; stamps are of its language and then of its variants."""

    language: str
    bcp47: str
    direction: str
    timezone: str
    has_discussion_tools: bool
    digits: str
    stamps: tuple[Stamp, ...]
    namespaces: Mapping[int, tuple[str, ...]]
    contributions: tuple[str, ...]
    redirect: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What MediaWiki answered, with its version, by language."""

    version: str
    languages: Mapping[str, Conventions]


def ask_php(codes: Sequence[str], mediawiki: Path, settings: Path) -> Answer:
    """Return what a MediaWiki's own PHP says of content languages."""
    for path in (mediawiki / "maintenance" / "Maintenance.php", settings):
        if not path.is_file():
            raise UsageError(f"{path} is not there: give --mediawiki and --settings, or --api.")
    command = ["php", str(FILES / "conventions.php"), "--conf", str(settings.resolve()), *codes]
    environment = os.environ | {"MW_INSTALL_PATH": str(mediawiki.resolve())}
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    except FileNotFoundError as error:
        raise UsageError("There is no php on this machine: install php-cli, or give --api.") from error
    except subprocess.CalledProcessError as error:
        raise UsageError(f"MediaWiki's PHP failed: {(error.stdout + error.stderr).strip()[:1000]}") from error
    return TypeAdapter(Answer).validate_json(done.stdout)


def ask_api(ask: Ask) -> Answer:
    """Return what a running wiki says through its API; ask takes the parameters of one request."""
    site = ask(action="query", meta="siteinfo", siprop=_SITEINFO)["query"]
    general = site["general"]
    language = general["lang"]
    variants = [variant["code"] for variant in general.get("variants", [])]
    moment, digits, stamp = _signed_now(ask)
    about = ask(action="query", meta="languageinfo", liprop="bcp47|dir", licode=language)["query"]["languageinfo"]
    said = Conventions(
        language=language,
        bcp47=about[language]["bcp47"],
        direction=about[language]["dir"],
        timezone=general["timezone"],
        has_discussion_tools=any(each["name"] == "DiscussionTools" for each in site["extensions"]),
        digits=digits,
        stamps=_stamps(ask, list(dict.fromkeys([language, *variants])), stamp, moment, digits),
        namespaces={number: _namespace(site, number) for number in (SPECIAL, USER, USER_TALK, FILE, CATEGORY)},
        contributions=_aliases(site["specialpagealiases"], "realname", "Contributions"),
        redirect=_aliases(site["magicwords"], "name", "redirect"),
    )
    return Answer(version=f"{general['generator'].removeprefix('MediaWiki ')}", languages={language: said})


def api_at(url: str) -> Ask:
    """Return a function that sends one request to the API at an address and returns its JSON."""
    session = requests.Session()
    session.headers["User-Agent"] = _USER_AGENT

    def ask(**parameters: str) -> Any:
        try:
            answer = session.post(url, data=parameters | {"format": "json", "formatversion": "2"}, timeout=60)
        except requests.RequestException as error:
            raise TryLater(f"{url} does not answer: {error}") from error
        if answer.status_code >= 500:
            raise TryLater(f"{url} answers with {answer.status_code} {answer.reason}.")
        try:
            said = answer.json()
        except requests.JSONDecodeError as error:
            raise UsageError(
                f"{url} is not the API of a MediaWiki: it answers {answer.status_code}, no JSON."
            ) from error
        if "error" in said:
            raise UsageError(f"{url} refuses: {said['error'].get('info', said['error'])}")
        return said

    return ask


def _signed_now(ask: Ask) -> tuple[datetime, str, str]:
    text = "{{subst:LOCALTIMESTAMP}}|{{subst:formatnum:0123456789|NOSEP}}|~~~~~"
    said = ask(action="parse", onlypst="1", contentmodel="wikitext", title="Sandbox", text=text)["parse"]["text"]
    moment, digits, stamp = said.split("|", 2)
    plain = moment.translate({ord(digit): str(value) for value, digit in enumerate(digits)})
    return datetime.strptime(plain + "+0000", "%Y%m%d%H%M%S%z"), digits, stamp


def _stamps(ask: Ask, codes: Sequence[str], stamp: str, moment: datetime, digits: str) -> tuple[Stamp, ...]:
    # The order of the fields stays the same in every script of a language, as far as the API can tell.
    names = {code: _names(ask, code) for code in codes}
    own = names[codes[0]]
    timestamp_format = derive(stamp, moment, Names.of(own), digits)
    return tuple(Stamp(timestamp_format=timestamp_format, **each) for each in names.values())


def _names(ask: Ask, code: str) -> dict[str, Any]:
    short = [name[:3] for name in _MONTHS], [name[:3] for name in _WEEKDAYS]
    wanted = list(dict.fromkeys([*_MONTHS, *_GENITIVE, *short[0], *_WEEKDAYS, *short[1], "timezone-utc"]))
    found: dict[str, str] = {}
    for start in range(0, len(wanted), _MESSAGES_AT_ONCE):
        names = "|".join(wanted[start : start + _MESSAGES_AT_ONCE])
        said = ask(action="query", meta="allmessages", ammessages=names, amlang=code)["query"]["allmessages"]
        found |= {message["name"]: message.get("content", "") for message in said}
    return {
        "months": tuple(found[name] for name in _MONTHS),
        "months_genitive": tuple(found[name] for name in _GENITIVE),
        "months_short": tuple(found[name] for name in short[0]),
        "weekdays": tuple(found[name] for name in _WEEKDAYS),
        "weekdays_short": tuple(found[name] for name in short[1]),
        "utc": found["timezone-utc"] or "UTC",
    }


def _namespace(site: Mapping[str, Any], number: int) -> tuple[str, ...]:
    aliases = [each["alias"] for each in site["namespacealiases"] if each["id"] == number]
    return (site["namespaces"][str(number)]["name"], *aliases)


def _aliases(entries: Sequence[Mapping[str, Any]], key: str, wanted: str) -> tuple[str, ...]:
    return next(tuple(each["aliases"]) for each in entries if each[key] == wanted)
