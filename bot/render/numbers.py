"""Write numbers, shares, dates and enumerations the way a language does."""

from collections.abc import Sequence
from datetime import date as day
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from bot import i18n

_SCRIPT = 4  # letters of the code of a script
_ORDER = ("zero", "one", "two", "few", "many", "other")


@cache
def locale_of(code: str) -> Locale:
    """Return what CLDR knows of a language of MediaWiki's, or of the nearest one that it knows."""
    for each in (code, *i18n.fallbacks(code)):
        try:
            return Locale.parse(i18n.bcp47(each), sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


def direction(code: str) -> str:
    """Return "rtl" or "ltr"."""
    return str(locale_of(code).text_direction)


# CLDR names a language's digits, and Babel knows their separators but writes 0 to 9 all the same.
_ZEROS = {"arab": "٠", "arabext": "۰", "beng": "০", "deva": "०", "mymr": "၀", "tibt": "༠", "olck": "᱐", "adlm": "𞥐"}


def _in_own_digits(text: str, code: str) -> str:
    zero = _ZEROS.get(locale_of(code).default_numbering_system)
    return text.translate({ord("0") + digit: ord(zero) + digit for digit in range(10)}) if zero else text


def number(value: int | float, code: str) -> str:
    """Write a number with the language's digits and separators."""
    return _in_own_digits(format_decimal(value, locale=locale_of(code), numbering_system="default"), code)


def percent(share: float, code: str, digits: int = 0) -> str:
    """Write a share of 1 as a percentage with so many digits behind the point."""
    pattern = f"#,##0.{'0' * digits}%" if digits else None
    text = format_percent(share, format=pattern, locale=locale_of(code), numbering_system="default")
    return _in_own_digits(text, code)


def rounded(value: Fraction | float, digits: int = 0) -> Decimal:
    """Round half up, away from zero, from the exact value; what rounds to nothing has no sign."""
    scaled = abs(Fraction(value)) * 10**digits
    steps = int(scaled + Fraction(1, 2))
    return Decimal(-steps if value < 0 else steps).scaleb(-digits) if steps else Decimal(0).scaleb(-digits)


def exact_percent(value: Fraction | float, code: str, digits: int = 0) -> str:
    """Write a value in percent as a percentage with so many digits behind the point, rounded half up."""
    pattern = f"#,##0.{'0' * digits}%" if digits else None
    share = rounded(value, digits).scaleb(-2)
    text = format_percent(share, format=pattern, locale=locale_of(code), numbering_system="default")
    return _in_own_digits(text, code)


def decimal(value: Fraction | float, code: str, digits: int) -> str:
    """Write a number with exactly so many digits behind the point, rounded half up."""
    return _patterned(rounded(value, digits), f"#,##0.{'0' * digits}" if digits else "#,##0", code)


def points(value: Fraction | float, code: str, digits: int = 0) -> str:
    """Write a change with its sign, rounded half up."""
    form = f"#,##0.{'0' * digits}" if digits else "#,##0"
    change = rounded(value, digits)
    return _patterned(change, f"+{form};\N{MINUS SIGN}{form}" if change else form, code)


def _patterned(value: Decimal, pattern: str, code: str) -> str:
    text = format_decimal(value, format=pattern, locale=locale_of(code), numbering_system="default")
    return _in_own_digits(text, code)


def date(when: datetime | day, code: str) -> str:
    """Write a date in full."""
    return _in_own_digits(format_date(when, format="long", locale=locale_of(code)), code)


def moment(when: datetime, code: str) -> str:
    """Write a date with its time, which is in UTC."""
    return _in_own_digits(format_datetime(when, format="d MMMM y, HH:mm", locale=locale_of(code)), code) + " UTC"


def enumeration(names: Sequence[str], code: str) -> str:
    """Write names one after the other, with the language's comma and its word for "and"."""
    return format_list(list(names), locale=locale_of(code))


def language(tongue: str, code: str) -> str:
    """Write what a language is called, by MediaWiki's code for it; one without a name there by that code."""
    first, *rest = tongue.split("-")
    identifier = "_".join([first, *(part.title() if len(part) == _SCRIPT else part.upper() for part in rest)])
    known = locale_of(code).languages
    return str(known.get(identifier) or known.get(tongue) or _composed(first, rest, code) or tongue)


def _composed(first: str, rest: Sequence[str], code: str) -> str:
    """Return a language with the place where it is spoken so, such as "Portugiesisch (Brasilien)"."""
    locale = locale_of(code)
    name, place = locale.languages.get(first), locale.territories.get(rest[-1].upper()) if rest else ""
    return f"{name} ({place})" if name and place else ""


def plural_index(count: int, forms: int, code: str) -> int:
    """Return which of a message's forms goes with a number; the last one serves all that are not given."""
    rule = locale_of(code).plural_form
    tags = [tag for tag in _ORDER if tag in rule.tags or tag == "other"]
    return min(tags.index(rule(count)), forms - 1)
