"""Measure that twice the page takes no more than twice the time, for every kind of page but talk, and for audits.

Run ``python -m benchmarks.kinds [KIND…]``. Each line is a shape that is hard on a reader, at growing sizes; talk
pages have ``benchmarks.reading``.
"""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from benchmarks.reading import growth
from bot import reporting, wikis
from bot.analyze.audit import audit
from bot.model import Revision
from bot.parse import published

SIZES = (32_000, 64_000, 128_000, 256_000)
_SIGNED = "[[User:Sample|Sample]] ([[User talk:Sample|talk]]) 14:51, 29 December 2020 (UTC)"
_FRUIT = "{|\n! T !! Yes !! No\n|-\n| Apples || 1 50% || 1 50%\n|-\n| Pears || 2 50% || 2 50%\n|}\n"


def repeated(piece: str, before: str = "", after: str = "") -> Callable[[int], str]:
    """Return how to make a page of a piece over and over, as many characters long as is wanted."""
    return lambda size: before + piece * max(1, (size - len(before) - len(after)) // len(piece)) + after


def numbered(piece: str, before: str = "", after: str = "") -> Callable[[int], str]:
    """Return how to make a page of a piece over and over, each time with another number in place of "%d"."""
    length = len(piece) + 2
    return lambda size: before + "".join(piece.replace("%d", str(n)) for n in range(size // length)) + after


SHAPES: Mapping[str, Mapping[str, Callable[[int], str]]] = {
    "audit": {
        "rows": numbered("| a%d || 3 60% || 2 40% || 5\n|-\n", "{|\n! T !! Yes !! No !! Total\n|-\n", "|}"),
        "tables": repeated(_FRUIT),
        "cells": repeated("|| 5 ", "{|\n! A\n|-\n| x "),
        "spans": repeated('| rowspan="99" colspan="99" | 5\n|-\n', "{|\n"),
        "shares": repeated("16 of 33 (60%) "),
        "steps": repeated("from 5% to 6% "),
        "sums": repeated("1 + ", after="1 = 5"),
        "majorities": repeated("a huge majority most majority ", after="(16 of 33)"),
        "directions": repeated("Apples rose and pears fell, and ", _FRUIT),
        "ranks": repeated("Apples ranks first, pears second highest. The biggest change is apples. ", _FRUIT),
        "sizes": numbered("%d people answered, %d fewer people (5%).\n\n"),
        "digits": repeated("9", after=" of 5"),
        "pieces of numbers": repeated("1,"),
        "parentheses": repeated("("),
    },
    "minutes": {
        "statements": numbered("* Statement %d of hubs\n", "== Aims ==\n"),
        "one statement": repeated("* Define hubs\n", "== Aims ==\n"),
        "headings": numbered("== Aim %d ==\n* Define hubs\n"),
        "citations": numbered("* Statement %d<ref name=a />\n", "== Aims ==\n* x<ref name=a>Session 1</ref>\n"),
        "references": numbered("* Hubs %d<ref name=s%d>Session %d</ref>\n", "== Aims ==\n"),
        "signed": repeated(f"* Define hubs {_SIGNED}\n", "== Aims ==\n"),
        "openers": repeated("* {{a|[[b|<i>\n", "== Aims ==\n"),
    },
    "needs": {
        "lists": numbered("* Legal support – Group %d\n"),
        "ticks": numbered("| Group %d || ✓ || \n|-\n", "{|\n! Group !! Skills !! Legal support\n|-\n", "|}"),
    },
    "poll": {
        "ballots": numbered("* Yes [[User:A%d]] 12:00, 5 January 2024 (UTC)\n", "== Question 1 ==\n"),
        "templates": repeated("{{First poll|", "== Knowledge ==\n"),
        "openers": repeated("\n* {{x|", "== Knowledge ==\n"),
        "struck": repeated("* <s>Must have", "== Knowledge ==\n"),
        "tables": repeated("{|\n! a !! b\n|-\n| 1 ||", "== Knowledge ==\n"),
        "quotes": repeated('"a,', "== Knowledge ==\n"),
        "results": numbered("| Q%d || 5 || 6\n|-\n", "{|\n! Question !! Agree (2) !! Disagree (1)\n|-\n", "|}"),
    },
    "questions": {
        "bullets": numbered("* Who pays for hub %d?\n", "== Open questions ==\n"),
        "prose": numbered("What will hub %d do? Nobody has said so yet. "),
        "headings": numbered("== Open question: Who leads hub %d? ==\nIt depends.\n"),
        "talk": numbered(f"Who pays for hub %d? {_SIGNED}\n: The fund. {_SIGNED}\n\n", "== Money ==\n"),
        "marks": repeated("?"),
        "quotations": repeated("“Who", after="?”"),
    },
    "signups": {
        "entries": repeated(f"# {_SIGNED}\n", "== Sign up ==\n"),
        "one line": repeated(f"{_SIGNED} ", "== Sign up ==\n# "),
        "templates": numbered("# {{u|Sample %d}}, on behalf of [[Group %d]], needs French\n", "== Sign up ==\n"),
        "rows": numbered("|-\n| Group %d || [[User:A%d]], (B%d) || May\n", "{|\n! Group !! Who !! When\n", "|}"),
        "lists": numbered("== Session %d ==\n* {{user|A}}\n"),
        "remarks": repeated("#: Nice\n", f"# {_SIGNED}\n"),
        "openers": repeated("# {{u|[[User:", "== Sign up ==\n"),
    },
}


def reading(kind: str) -> Callable[[str], object]:
    """Return what reads a page of a kind, on Meta and without settings."""
    profile = wikis.profile("meta")
    context = reporting.context(None, profile, "" if kind == "audit" else kind)

    def read(wikitext: str) -> object:
        when = datetime(2024, 1, 1, tzinfo=UTC)
        revision = Revision(title="Page", revid=1, timestamp=when, user="", wikitext=wikitext)
        if kind == "audit":
            return audit(published.read(revision, context))
        return reporting.reader(kind).read(revision, context)

    return read


def report(kinds: Sequence[str], sizes: Sequence[int] = SIZES) -> Iterator[str]:
    """Yield the lines of the report."""
    worst = ("", 0.0)
    for kind in kinds:
        for name, make in SHAPES[kind].items():
            times, ratio = growth(make, sizes, reading(kind))
            worst = max(worst, (f"{kind}: {name}", ratio), key=lambda pair: pair[1])
            yield f"{kind:10} {name:18}" + "".join(f"{each:9.3f} s" for each in times) + f"   {ratio:.2f}"
    yield f"worst doubling ratio: {worst[1]:.2f} ({worst[0]})"


if __name__ == "__main__":
    for line in report(sys.argv[1:] or list(SHAPES)):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
