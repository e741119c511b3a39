"""What MediaWiki dictates on each wiki: that the profiles are whole, and that the script still makes them."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import add_wiki
import pytest
from stamp_format import Names, derive

from bot import wikis
from bot.errors import UsageError
from bot.model import WikiProfile
from bot.parse.user import names

# Letters of PHP and of MediaWiki's own that a reader of dates must know; the rest of a format is literal.
LETTERS = re.compile(r'"[^"]*"|\\.|x[gk]Y?|[dDFGHijlmMnY]|[^A-Za-z"\\]')


@pytest.fixture(params=wikis.known())
def profile(request: pytest.FixtureRequest) -> WikiProfile:
    return wikis.profile(request.param)


def months_for(profile: WikiProfile, letter: str) -> tuple[str, ...]:
    return {"F": profile.months, "xg": profile.months_genitive, "M": profile.months_short}[letter]


def written(profile: WikiProfile, moment: datetime) -> str:
    """Return the date as MediaWiki writes it."""

    def one(match: re.Match[str]) -> str:
        letter = match[0]
        if letter in ("F", "xg", "M"):
            return months_for(profile, letter)[moment.month - 1]
        numbers = {"Y": moment.year, "xkY": moment.year + 543, "n": moment.month, "j": moment.day, "G": moment.hour}
        padded = {"H": moment.hour, "i": moment.minute, "d": moment.day, "m": moment.month}
        if letter in numbers or letter in padded:
            number = f"{padded[letter]:02}" if letter in padded else str(numbers[letter])
            return number.translate({ord(str(value)): digit for value, digit in enumerate(profile.digits)})
        if letter in ("D", "l"):
            return (profile.weekdays_short if letter == "D" else profile.weekdays)[(moment.weekday() + 1) % 7]
        return letter.strip('"').removeprefix("\\")

    return LETTERS.sub(one, profile.timestamp_formats[0])


def names_of(profile: WikiProfile) -> Names:
    months = {letter: months_for(profile, letter) for letter in ("F", "xg", "M")}
    return Names(months=months, weekdays={"l": profile.weekdays, "D": profile.weekdays_short})


def test_a_profile_is_whole(profile: WikiProfile) -> None:
    for months in (profile.months, profile.months_genitive, profile.months_short, *profile.months_former):
        assert len(months) == 12
        assert all(month and month == month.strip() for month in months)
    for weekdays in (profile.weekdays, profile.weekdays_short, *profile.weekdays_former):
        assert len(weekdays) == 7
        assert all(weekdays)
    assert len(profile.digits) in (0, 10)
    assert profile.direction in ("ltr", "rtl")
    assert profile.zones["UTC"] == 0
    assert all(abs(minutes) <= 14 * 60 for minutes in profile.zones.values())


def test_a_format_holds_nothing_unknown(profile: WikiProfile) -> None:
    for timestamp_format in profile.timestamp_formats:
        assert not LETTERS.sub("", timestamp_format)
        letters = LETTERS.findall(timestamp_format)
        assert {"H", "i", "j"} <= set(letters)
        assert {"Y", "xkY"} & set(letters)
        assert {"F", "xg", "M", "n"} & set(letters)


def test_the_names_of_other_wikis_are_known_too(profile: WikiProfile) -> None:
    assert "User" in profile.user_namespaces
    assert "User talk" in profile.user_talk_namespaces
    assert "Special" in profile.special_namespaces
    assert "Contributions" in profile.contributions
    assert {"File", "Image"} <= set(profile.file_namespaces)
    assert "Category" in profile.category_namespaces
    assert "#REDIRECT" in profile.redirect_words
    every = [*profile.user_namespaces, *profile.user_talk_namespaces, *profile.special_namespaces]
    assert not [name for name in every if "_" in name]


@pytest.mark.parametrize(
    ("code", "title", "user"),
    [
        ("pt", "Usuário(a):Ana Exemplo", "Ana Exemplo"),
        ("pl", "Dyskusja wikipedystki:Ola Próba", "Ola Próba"),
        ("cs", "Wikipedista:Jan Vzor", "Jan Vzor"),
        ("ru", "У:Вера", "Вера"),
        ("de", "BD:Beispiel", "Beispiel"),
    ],
)
def test_names_of_a_wikipedia_of_its_own_are_known(code: str, title: str, user: str) -> None:
    assert names(wikis.profile(code)).of_title(title) == user


def test_serbian_is_known_in_both_scripts() -> None:
    serbian = wikis.profile("sr")
    assert serbian.months[8] == "септембар"
    assert "septembar" in [months[8] for months in serbian.months_former]
    assert {"Корисник", "Korisnik"} <= set(serbian.user_namespaces)


def test_one_abbreviation_is_two_zones() -> None:
    assert wikis.profile("he").zones["IST"] == 120
    assert wikis.profile("hi").zones["IST"] == 330
    assert "IST" not in wikis.profile("en").zones


def test_a_format_is_derived_from_one_date(profile: WikiProfile) -> None:
    def again(timestamp_format: str, moment: datetime) -> str:
        return written(replace(profile, timestamp_formats=(timestamp_format,)), moment)

    moment = datetime(2024, 9, 5, 3, 47, tzinfo=UTC)
    found = derive(f"{written(profile, moment)} (UTC)", moment, names_of(profile), profile.digits)
    for other in (datetime(2023, 12, 31, 23, 59, tzinfo=UTC), datetime(2020, 10, 11, 12, 13, tzinfo=UTC)):
        assert again(found, other) == written(profile, other)


def test_a_date_that_reads_in_several_ways_is_refused() -> None:
    moment = datetime(2024, 12, 12, 12, 12, tzinfo=UTC)
    english = wikis.profile("en")
    with pytest.raises(UsageError, match="several ways"):
        derive("12:12, 12 December 2024 (UTC)", moment, names_of(english), "")


def test_a_date_that_is_none_is_refused() -> None:
    moment = datetime(2024, 9, 5, 3, 47, tzinfo=UTC)
    with pytest.raises(UsageError, match="cannot be derived"):
        derive("in the third year of the king (UTC)", moment, names_of(wikis.profile("en")), "")


@pytest.mark.live
def test_the_script_makes_the_same_bytes_again(tmp_path: Path) -> None:
    assert add_wiki.main(["fr", "sr", "meta", "--into", str(tmp_path)]) == 0
    for wiki in ("fr", "sr", "meta"):
        assert (tmp_path / f"{wiki}.toml").read_bytes() == (add_wiki.WIKIS / f"{wiki}.toml").read_bytes()


@pytest.mark.live
def test_a_language_that_is_none_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert add_wiki.main(["qqx-none", "--into", str(tmp_path)]) == 2
    assert "qqx-none" in capsys.readouterr().err
