"""Pages made to hurt: an audit never raises, and takes time in step with the page."""

import random
import time

import pytest

from tests.audit.reading import findings


def table(*rows: str) -> str:
    return "{|\n" + "\n|-\n".join(rows) + "\n|}\n"


ROWS = [f"| {n} || {n} 50% || {n} 50% || {2 * n}" for n in range(2_000)]
CLAIMS = "Apples ranks first, pears second highest. The biggest change is apples. All above 50%. "
FRUIT = table("! T !! Yes !! No", "| Apples || 1 50% || 1 50%", "| Pears || 2 50% || 2 50%")
WIDE = table("! T !! " + " !! ".join(["Poll 1", "Poll 2", "Change"] * 33), *["| x || " + " || ".join("5" * 99)] * 90)
HOSTILE = {
    "nothing": "",
    "open-table": "{|\n! A !! B\n|-\n| 1 || 2",
    "only-bars": "{|\n" + "||" * 20_000 + "\n|}",
    "nested-tables": "{|\n|\n" * 3_000,
    "spans": '{|\n| rowspan="999" colspan="999" | 5\n|-\n' * 300,
    "spans-of-90": '{|\n| rowspan="90" colspan="90" | 5\n|-\n' * 100,
    "many-rows": table(
        "! T !! Yes !! No !! Total", *[f"| {n} || {n} 50% || {n} 50% || {2 * n}" for n in range(2_000)]
    ),
    "wide-row": table("! T !! " + " !! ".join(f"A{n} (%)" for n in range(99)), "| x || " + " || ".join("5" * 99)),
    "wide-changes": WIDE,
    "one-sentence": "16 of 33 (60%) " * 5_000,
    "majorities": "a huge majority most majority " * 5_000 + "(16 of 33)",
    "directions": FRUIT * 40 + "Apples rose and pears fell, and " * 4_000,
    "ranks": FRUIT * 40 + CLAIMS * 1_000,
    "parentheses": "(" * 20_000 + "5%" + ")" * 20_000,
    "steps": "from 5% to 6% " * 5_000,
    "sums": "1 + " * 20_000 + "1 = 5",
    "digits": "9" * 100_000 + " of " + "9" * 100_000,
    "noughts": table("! T !! Yes !! No !! Total", "| a || 0 0% || 0 0% || 0", "| b || 0 || 0 || 0%") + "0 of 0 (0%).",
    "many-shares": table(
        "! T !! " + " !! ".join(f"A{n}" for n in range(12)),
        *[f"| x{n} || " + " || ".join(f"{n * at % 89} ({n * at % 97}%)" for at in range(12)) for n in range(1_500)],
    ),
    "many-years": table("! Year !! N !! Change", *[f"| {n} || {n * n % 97} || +{n % 9}" for n in range(5_000)]),
    "many-ticks": table("! T !! A !! B", *["| x || ✓ || ✓"] * 3_000, *[f"| y || {n} || {n}%" for n in range(2_000)]),
    "many-sizes": "\n\n".join(f"{n} people answered, {n} fewer people (5%)." for n in range(2, 1_500)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_take_bounded_time(name: str) -> None:
    started = time.monotonic()
    findings(HOSTILE[name])
    assert time.monotonic() - started < 20


WORDS = "5 49% <5 - (4) % x of 33 people rose from to = + majority Apples , . {{ }} [[ ]] Total Mean Change"
TABLES = "{| |} |- ! | || !! rowspan=2| colspan=3|"
PIECES = [*f"{WORDS} {TABLES}".split(" "), "\n", "27 49%", "Poll 1", "33 of 72"]


@pytest.mark.parametrize("seed", range(150))
def test_scrambled_pages_never_raise(seed: int) -> None:
    chance = random.Random(seed)
    findings(" ".join(chance.choice(PIECES) for _ in range(400)))
    body = "".join(f"{chance.choice(['', '', '|-', '|', '!', '||'])} {chance.choice(PIECES)}\n" for _ in range(200))
    findings("{|\n" + body + "|}\nApples rose from 5% to 4%, and a majority (5 of 33) fell.")
