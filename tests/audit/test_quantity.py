"""Numbers in plain text, as people print them."""

from fractions import Fraction

import pytest

from bot.languages import language
from bot.parse.quantity import quantities

CASES = [
    ("nothing", "en", "no figure in here", []),
    ("count-and-share", "en", "27 49%", [("27", "count"), ("49", "percent")]),
    ("full-share-is-no-thousand", "en", "56 100%", [("56", "count"), ("100", "percent")]),
    ("full-share-with-decimals", "en", "22 100.0%", [("22", "count"), ("100", "percent")]),
    ("thousands", "en", "1 234 or 1,234 or 1'234 or 1\u202f234", [("1234", "count")] * 4),
    ("mean", "en", "3.45", [("69/20", "decimal")]),
    ("mean-with-comma", "de", "3,451", [("3451/1000", "decimal")]),
    ("point-parts-thousands", "de", "1.234", [("1234", "count")]),
    ("both-marks", "de", "1.234,5", [("2469/2", "decimal")]),
    ("true-minus", "en", "\u22126 %", [("-6", "percent")]),
    ("minus-apart", "en", "- 5%", [("-5", "percent")]),
    ("arabic-indic", "ar", "٨٧٫٣٪", [("873/10", "percent")]),
    ("devanagari", "hi", "१२", [("12", "count")]),
    ("full-width", "en", "４５％", [("45", "percent")]),
    ("percent-first", "en", "%45", [("45", "percent")]),
    ("no-break-space", "fr", "45\u00a0% et 12 pour cent", [("45", "percent"), ("12", "percent")]),
    ("points", "en", "5 percentage points, +3 pp, 6%-points", [("5", "points"), ("3", "points"), ("6", "points")]),
    ("percent-after-hyphen", "en", "a 27-percent drop", [("27", "percent")]),
    ("sum", "en", "19 + 43 = 62%", [("19", "count"), ("43", "count"), ("62", "percent")]),
    ("names", "en", "Q3, the 2nd, a 4-level scale, COVID-19, #12", []),
    ("ranges-times-dates", "en", "5-10%, 2021\u20132022, 14:51, 12.03.2022, 12/03/2022", []),
]


@pytest.mark.parametrize(("code", "text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_numbers(code: str, text: str, expected: list[tuple[str, str]]) -> None:
    found = quantities(text, language(code).numbers)
    assert [(each.value, each.kind) for each in found] == [(Fraction(value), kind) for value, kind in expected]


@pytest.mark.parametrize("text", ["~45%", "(~ 45 %)", "about 45%", "≈45 percent"])
def test_approximate(text: str) -> None:
    (found,) = quantities(text, language("en").numbers)
    assert found.is_approximate
    assert (found.value, found.kind) == (Fraction(45), "percent")


@pytest.mark.parametrize(("text", "bound"), [("<5", "<"), (">50%", ">"), ("≥ 6", "≥"), ("6", "")])
def test_bound(text: str, bound: str) -> None:
    assert [each.bound for each in quantities(text, language("en").numbers)] == [bound]


@pytest.mark.parametrize("piece", ["1,", "1 ", "9", "1/", "%1", " 000", ",000", "about ", "-5", "1:"])
def test_hostile_text_is_read_to_its_end(piece: str) -> None:
    text = piece * 50_000
    assert all(0 <= each.start < each.end <= len(text) for each in quantities(text, language("en").numbers))
