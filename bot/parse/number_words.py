"""Find numbers that are written as words: "fifteen" people, "two thirds", "one in four"."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache

from bot.languages import NumberWords
from bot.parse.lexicon import Lexicon, Mark, Token
from bot.parse.quantity import COUNT, PERCENT, Quantity

_LEEWAY = Fraction(6)  # points: people say "a third" of 28% as well as of 39%
_OPEN = "of:"  # marks fractions that need "of" or figures behind them: "a third" thing is none


@cache
def _cardinals(known: NumberWords) -> Lexicon:
    return Lexicon(_by_value(known.cardinals))


@cache
def _fractions(known: NumberWords) -> Lexicon:
    open_ones = {f"{_OPEN}{value}": several for value, several in _by_value(known.ordinal_fractions).items()}
    return Lexicon({**_by_value(known.fractions), **open_ones})


def _by_value(several: Sequence[str]) -> dict[str, list[str]]:
    """Sort phrases such as "two thirds 2/3" by the value that stands behind each."""
    found: dict[str, list[str]] = {}
    for each in several:
        phrase, _, value = each.rpartition(" ")
        found.setdefault(value, []).append(phrase)
    return found


def cardinals(words: Sequence[Token], known: NumberWords, joining: Sequence[str]) -> list[Quantity]:
    """Return the counts that are written in words; a number of several words is read up to 99, or not at all."""
    found: list[Quantity] = []
    run: list[Mark] = []
    for mark in _cardinals(known).marks(words):
        if run and not _follows(words, run[-1], mark, joining):
            found += _count(run)
            run = []
        run.append(mark)
    return [*found, *_count(run)]


def _follows(words: Sequence[Token], one: Mark, other: Mark, joining: Sequence[str]) -> bool:
    """Tell whether two words are of one number: "forty one", "quarenta e um"."""
    between = [token.word for token in words[one.last + 1 : other.first]]
    return not between or (len(between) == 1 and between[0] in joining and int(one.role) >= 20)


def _count(run: Sequence[Mark]) -> Iterator[Quantity]:
    values = [int(mark.role) for mark in run]
    is_sum = len(values) == 2 and 20 <= values[0] < 100 and values[0] % 10 == 0 and 0 < values[1] < 10
    if len(values) == 1 or is_sum:
        yield Quantity(value=Fraction(sum(values)), kind=COUNT, decimals=0, start=run[0].start, end=run[-1].end)


def fractions(words: Sequence[Token], text: str, known: NumberWords, of: Sequence[Mark]) -> list[Quantity]:
    """Return the shares that are written in words, in percent and with the leeway that such words have."""
    starts = {mark.start for mark in of}
    found = []
    for mark in _fractions(known).marks(words):
        is_open = mark.role.startswith(_OPEN)
        behind = next((token.start for token in words[mark.last + 1 : mark.last + 2]), None)
        if is_open and behind not in starts and text[mark.end :].lstrip()[:1] != "(":
            continue
        value = 100 * Fraction(mark.role.removeprefix(_OPEN))
        found.append(Quantity(value=value, kind=PERCENT, decimals=0, start=mark.start, end=mark.end, leeway=_LEEWAY))
    return found
