"""Twice the page takes twice the work, whatever people paste: what Python does is counted, not timed."""

import random
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from tests.minutes.reading import figures

_LINES = 60
# Of the work at the smallest size: what a comparison of each line with each would exceed many times.
_UNEVEN = 0.03


def _unlike(number: int) -> str:
    """Return a statement that is like no other, so that no two are compared word by word."""
    return "".join(random.Random(number).choices("abcdefghijklmnopqrstuvwxyz", k=20))


PAGES: dict[str, Callable[[int], str]] = {
    "one-statement": lambda n: "== Aims ==\n" + "* Define hubs\n" * n,
    "statements": lambda n: "== Aims ==\n" + "".join(f"* {_unlike(each)}\n" for each in range(n)),
    "lines-that-go-on": lambda n: "== Aims ==\n* Define hubs\n" + "*: and what they do\n" * n,
    "nested": lambda n: "== Aims ==\n" + "* Money\n** Early on\n*** For staff\n" * (n // 3),
    "gaps": lambda n: "== Aims ==\n" + "* Define hubs\n\n\n" * n,
    "headings": lambda n: "".join(f"== Aim {each} ==\n* Define hubs\n" for each in range(n)),
    "heading-levels": lambda n: "".join(
        f"{'=' * (each % 6 + 1)} Aim {each} {'=' * (each % 6 + 1)}\n* x\n" for each in range(n)
    ),
    "one-heading": lambda n: "== Aims ==\n* Define hubs\n" * n,
    "bold-lines": lambda n: "'''Aims'''\n* Define hubs\n" * n,
    "sessions": lambda n: "".join(f"= Session {each} =\n== Aims ==\n* {_unlike(each)}\n" for each in range(n)),
    "questions": lambda n: "== Aims ==\n" + "* Q: Who?\n* Response: The members\n" * n,
    "questions-without-answers": lambda n: "== Aims ==\n" + "* Q: Who?\n" * n,
    "unclosed-references": lambda n: "== Aims ==\n" + "* Define hubs<ref name=a>\n" * n,
    "references": lambda n: (
        "== Aims ==\n" + "".join(f"* {_unlike(each)}<ref name=s{each}>Session {each}</ref>\n" for each in range(n))
    ),
    "references-that-nothing-defines": lambda n: (
        "== Aims ==\n" + "".join(f"* {_unlike(each)}<ref name=s{each} />\n" for each in range(n))
    ),
    "one-reference": lambda n: "== Aims ==\n" + "* Define hubs<ref name=a>Session 1</ref>\n" * n,
    "citations-in-one-line": lambda n: "== Aims ==\n* Hubs" + "<ref name=a />" * n + "<ref name=a>Session 1</ref>",
    "citations-by-template": lambda n: "== Aims ==\n" + "* Define hubs{{r|a|b}}\n" * n,
    "accepted-merges": lambda n: (
        "".join(f"{{{{Same statement|a{each}|a{each + 1}}}}}\n" for each in range(n)) + "== Aims ==\n* a0\n"
    ),
    "struck": lambda n: "== Aims ==\n" + "* <s>Define hubs</s>\n" * n,
    "prose": lambda n: "== Aims ==\n" + "Nobody made a list.\n" * n,
}


def steps(page: str) -> int:
    """Return how many steps the interpreter takes in the bot to read a page and to merge what it holds."""
    count = 0

    def trace(frame: FrameType, event: str, _argument: object) -> Any:
        nonlocal count
        if not frame.f_globals.get("__name__", "").startswith("bot."):
            return None
        frame.f_trace_opcodes = True
        frame.f_trace_lines = False
        count += event == "opcode"
        return trace

    figures(page)  # so that nothing is remembered the first time only
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        figures(page)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("make", PAGES.values(), ids=PAGES.keys())
def test_work_grows_with_the_page(make: Callable[[int], str]) -> None:
    once, twice, thrice = (steps(make(_LINES * times)) for times in (1, 2, 3))
    more, yet_more = twice - once, thrice - twice
    assert yet_more - more <= once * _UNEVEN, (once, twice, thrice)
