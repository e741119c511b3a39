"""Split the lines of a paragraph into sentences that know which line each part comes from."""

import re
from bisect import bisect_right
from collections.abc import Sequence

_END = re.compile(r"[.!?…](?:[\"'”’»)\]]{0,3})\s+|[。！？؟।]\s{0,9}")
_LONGEST = 2_000
_SHORTEST_WORD = 3
_LAST_WORD = re.compile(r"[\w.]{1,12}$")

Starts = tuple[tuple[int, int], ...]


def split_sentences(several: Sequence[tuple[int, str]]) -> list[tuple[str, Starts]]:
    """Return each sentence of numbered lines with the offsets at which its lines begin."""
    text, starts = _joined(several)
    found = []
    done = 0
    for end in [*(each.end() for each in _END.finditer(text) if _is_end(text, each)), len(text)]:
        if text[done:end].strip():
            found.append((text[done:end].rstrip()[:_LONGEST], _within(starts, done, end)))
        done = end
    return found


def _joined(several: Sequence[tuple[int, str]]) -> tuple[str, Starts]:
    starts = []
    pieces = []
    at = 0
    for number, text in several:
        starts.append((at, number))
        pieces.append(text)
        at += len(text) + 1
    return " ".join(pieces), tuple(starts)


def _within(starts: Starts, begin: int, end: int) -> Starts:
    """Return the lines of a sentence that begins at an offset, counted from there."""
    at = bisect_right(starts, begin, key=_offset) - 1
    behind = bisect_right(starts, end, key=_offset)
    return ((0, starts[at][1]), *((start - begin, line) for start, line in starts[at + 1 : behind]))


def _offset(start: tuple[int, int]) -> int:
    return start[0]


def _is_end(text: str, found: re.Match[str]) -> bool:
    """Tell the end of a sentence from an abbreviation: a new one begins with no small letter."""
    if not text[found.start()].isascii() or text[found.start()] in "!?":
        return True
    after = text[found.end() : found.end() + 1]
    last = _LAST_WORD.search(text, max(0, found.start() - 12), found.start())
    is_short = last is not None and last.group().isalpha() and len(last.group()) < _SHORTEST_WORD
    return not (after.islower() or (is_short and not after.isupper()))
