"""What the audit of a page finds, and exact arithmetic with figures that were rounded for print."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from bot.model import Place
from bot.parse.quantity import PERCENT, POINTS, Quantity

_SIGNS = "+-\u2212\u2013\uff0b\uff0d"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words for readers: the key of a label with its details; without a key the details stand as they are."""

    details: tuple[str, ...]
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One published figure or sentence that the figures beside it contradict.

    subject names the row or the words; repair is the one change that makes everything agree, empty where there is
    none.
    """

    place: Place
    kind: str
    subject: str
    published: str
    recomputed: Phrase
    formula: Phrase
    repair: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A printed figure with its line and the names of its row and column."""

    quantity: Quantity
    text: str
    line: int
    name: str

    @property
    def value(self) -> Fraction:
        """Return what the figure says."""
        return self.quantity.value


def plain(text: str) -> Phrase:
    """Return figures as a phrase that needs no words."""
    return Phrase(details=(text,))


def fits(quantity: Quantity, exact: Fraction, *, ignores_sign: bool = False) -> bool:
    """Tell whether some sane rounding of an exact value prints as the quantity."""
    value = abs(quantity.value) if ignores_sign else quantity.value
    wanted = abs(exact) if ignores_sign else exact
    if quantity.bound:
        return True
    return abs(value - wanted) <= tolerance(quantity)


def tolerance(quantity: Quantity) -> Fraction:
    """Return how far an exact value may be from what is printed."""
    return quantity.unit / 2 + quantity.leeway + (_leeway(quantity) if quantity.is_approximate else 0)


def _leeway(quantity: Quantity) -> Fraction:
    """Return how far off an approximate figure may be: a unit more, and for a large round one a fortieth."""
    return max(quantity.unit, abs(quantity.value) / 40 if quantity.kind not in (PERCENT, POINTS) else quantity.unit)


def rounded(exact: Fraction, decimals: int) -> Fraction:
    """Round half away from zero."""
    shifted = Decimal(abs(exact).numerator * 10**decimals) / Decimal(exact.denominator)
    whole = int(shifted.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    return Fraction(whole if exact >= 0 else -whole, 10**decimals)


def printed(exact: Fraction, decimals: int) -> str:
    """Write a value with so many digits behind the point."""
    value = rounded(exact, decimals)
    whole = abs(value.numerator * 10**decimals // value.denominator)
    digits = str(whole).rjust(decimals + 1, "0")
    text = f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits
    return f"\u2212{text}" if value < 0 else text


def like(quantity: Quantity, exact: Fraction) -> str:
    """Write a value the way that a printed figure is written, with its sign and percent sign."""
    sign = "%" if quantity.kind == PERCENT else ""
    return f"{printed(exact, quantity.decimals)}{sign}"


def as_printed(text: str, quantity: Quantity, exact: Fraction) -> str:
    """Write a value with the sign, the marks, the digits and the percent sign that a printed figure has."""
    value = printed(exact, quantity.decimals)
    places = [at for at, letter in enumerate(text) if letter.isdecimal()]
    if not places:
        return value
    whole, _, rest = value.lstrip("\u2212").partition(".")
    value = _grouped(whole, text[places[0] : places[-1 - quantity.decimals] + 1])
    if rest:
        value = f"{value}{text[places[-quantity.decimals] - 1]}{rest}"
    if exact < 0:
        value = f"\u2212{value}"
    nought = ord(text[places[0]]) - int(text[places[0]])
    value = "".join(chr(nought + int(letter)) if letter.isdecimal() else letter for letter in value)
    before = "".join(letter for letter in text[: places[0]] if letter not in _SIGNS)
    sign = "+" if quantity.sign == "+" and exact > 0 else ""
    return f"{before}{sign}{value}{text[places[-1] + 1 :]}"


def _grouped(whole: str, text: str) -> str:
    """Write a whole number with the mark that parts the thousands of a printed one, if it has any."""
    marks = [letter for letter in text if not letter.isdecimal()]
    if not marks or len(set(marks)) > 1:
        return whole
    groups = text.split(marks[0])
    size = len(groups[-2]) if len(groups) > 2 else 3  # 12,34,567 in India
    several = [whole[-3:]]
    rest = whole[:-3]
    while rest:
        several.append(rest[-size:])
        rest = rest[:-size]
    return marks[0].join(reversed(several))


def closer(quantity: Quantity, exact: Fraction) -> str:
    """Write a value with one or two digits more than were printed, so that the difference is seen."""
    more = 2 if quantity.kind in (PERCENT, POINTS) and not quantity.decimals else 1
    decimals = quantity.decimals + (0 if exact.denominator == 1 else more)
    return f"{printed(exact, decimals)}{'%' if quantity.kind == PERCENT else ''}"
