"""What every known wiki writes as a timestamp is read on that wiki, and on Meta where people paste it."""

import re
from datetime import UTC, datetime

import pytest

from bot import wikis
from bot.model import WikiProfile
from bot.parse.stamps import stamps

TIME = datetime(2023, 5, 9, 14, 7, tzinfo=UTC)
_TOKEN = re.compile(r"xx|xg|xkY|x[nN]|\\.|\"[^\"]*\"|.", re.DOTALL)


def written(php: str, profile: WikiProfile, zone: str = "UTC") -> str:
    """Write a time as MediaWiki does."""
    month, short = profile.months[TIME.month - 1], (profile.months_short or profile.months)[TIME.month - 1]
    genitive = (profile.months_genitive or profile.months)[TIME.month - 1]
    weekday = TIME.isoweekday() % 7
    numbers = {"d": "09", "j": "9", "H": "14", "G": "14", "i": "07", "n": "5", "m": "05", "Y": "2023", "xkY": "2566"}
    names = {"F": month, "xg": genitive, "M": short, "xx": "x", "xn": "", "xN": ""}
    names |= {"D": (profile.weekdays_short or ("",) * 7)[weekday], "l": (profile.weekdays or ("",) * 7)[weekday]}
    local = str.maketrans("0123456789", profile.digits) if profile.digits else {}
    known = {token: text.translate(local) for token, text in numbers.items()} | names
    parts = (known.get(token, token.strip('"').removeprefix("\\")) for token in _TOKEN.findall(php))
    return "".join(parts) + f" ({zone})"


FORMATS = [(each, php) for each in wikis.known() for php in wikis.profile(each).timestamp_formats]


@pytest.mark.parametrize(("wiki", "php"), FORMATS)
def test_own_stamp(wiki: str, php: str) -> None:
    profile = wikis.profile(wiki)
    text = written(php, profile)
    assert [(found.time, found.end) for found in stamps(profile).find(f"\u2014 {text}, she said")] == [
        (TIME, len(text) + 2)
    ]


@pytest.mark.parametrize(("wiki", "php"), FORMATS)
def test_foreign_stamp_on_meta(wiki: str, php: str) -> None:
    everyone = tuple(wikis.profile(each) for each in wikis.known())
    text = written(php, wikis.profile(wiki))
    found = stamps(wikis.profile("meta"), everyone).find(f"[[User:A]] {text}\n")
    assert [stamp.time for stamp in found] == [TIME]


@pytest.mark.parametrize("wiki", wikis.known())
def test_local_word_for_the_zone(wiki: str) -> None:
    profile = wikis.profile(wiki)
    for zone in (name for name, minutes in profile.zones.items() if not minutes and not name.isascii()):
        text = written(profile.timestamp_formats[0], profile, zone)
        assert [stamp.time for stamp in stamps(profile).find(text)] == [TIME]
