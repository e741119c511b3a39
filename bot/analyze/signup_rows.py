"""Choose what a report has room for: the last days, and the first lines of long lists; the rest is counted."""

from collections.abc import Iterator, Sequence
from datetime import date

from bot.analyze.signups import LONGEST, ListFigures, SignupFigures
from bot.signups import Signup

MOST_DAYS = 60


def days(summed: SignupFigures) -> tuple[int, Sequence[tuple[date, int]]]:
    """Return how many people came before the days that are shown, and those days with their counts."""
    every = list(summed.days.items())
    return sum(count for _, count in every[:-MOST_DAYS]), every[-MOST_DAYS:]


def sections(summed: SignupFigures) -> Iterator[tuple[ListFigures, Sequence[Signup]]]:
    """Yield the lists with the lines that are shown, as far as there is room for them."""
    room = LONGEST
    for each in summed.lists:
        shown = each.signups[:room]
        room -= len(shown)
        if shown:
            yield each, shown


def hidden(summed: SignupFigures) -> int:
    """Return how many lines there is no room for."""
    return max(0, sum(len(each.signups) for each in summed.lists) - LONGEST)
