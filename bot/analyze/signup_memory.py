"""Remember who stood in the report when it was last published, to tell who is new; people are kept as short hashes.

The report carries them in a comment: all who are in it now, and those of them who came with its last change. A run
that finds the same people writes the same comment, so that nothing changes until somebody comes or goes. Where the
names of people may not be published, only numbers are kept, as anybody can try names against a hash.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

_BEGIN, _END = "<!-- dialoguebot-signups ", " -->"
_LENGTH = 10
_COUNT = "#"  # before a number that stands for people
_MOST = 200_000  # characters of one comment


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """Who is in the report, and who of them is new; is_first tells that it was never published before.

    count and new_count say how many that are; where names stay private, nothing else is known.
    """

    count: int = 0
    new_count: int = 0
    listed: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    is_first: bool = True

    @property
    def comment(self) -> str:
        """Return it as the comment that the report carries."""
        state = "first" if self.is_first else "later"
        if len(self.listed) < self.count:
            return f"{_BEGIN}{state} now: {_COUNT}{self.count} new: {_COUNT}{self.new_count}{_END}"
        return f"{_BEGIN}{state} now: {' '.join(self.listed)} new: {' '.join(self.new)}{_END}"


def mark(user: str) -> str:
    """Return the short hash of a name."""
    return hashlib.sha256(user.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]


def remembered(body: str, people: Sequence[Sequence[str]]) -> Remembered:
    """Return what a report is to remember, from the text that was published last.

    people are those of now in order, each with all names that are known, the one in the list first.
    """
    marks = {mark(names[0]): frozenset(map(mark, names)) for names in people}
    last = _read(body)
    if last is None or len(last.listed) < last.count:
        return _kept(tuple(marks))
    added = tuple(each for each, names in marks.items() if not names & {*last.listed})
    as_before = tuple(each for each, names in marks.items() if names & {*last.new})
    is_same = not added and len(marks) == last.count
    return _kept(tuple(marks), added or as_before, is_first=last.is_first and is_same)


def counted(body: str, count: int) -> Remembered:
    """Return what a report is to remember that may not tell who is in it: how many they are, and how many more."""
    last = _read(body)
    if last is None:
        return Remembered(count=count)
    new = count - last.count if count > last.count else min(last.new_count, count)
    return Remembered(count=count, new_count=new, is_first=last.is_first and count == last.count)


def _kept(listed: tuple[str, ...], new: tuple[str, ...] = (), *, is_first: bool = True) -> Remembered:
    return Remembered(count=len(listed), new_count=len(new), listed=listed, new=new, is_first=is_first)


def _read(body: str) -> Remembered | None:
    """Return what a published text remembers; None where it holds no such comment."""
    start = body.find(_BEGIN)
    end = body.find(_END, start, start + _MOST)
    if start < 0 or end < 0:
        return None
    state, _, rest = body[start + len(_BEGIN) : end].partition(" now: ")
    now, _, new = rest.partition(" new: ")
    if not rest.startswith(now) or state not in ("first", "later"):
        return None
    if now.startswith(_COUNT):
        return Remembered(count=_number(now), new_count=_number(new), is_first=state == "first")
    return _kept(tuple(now.split()), tuple(new.split()), is_first=state == "first")


def _number(text: str) -> int:
    digits = text.removeprefix(_COUNT)[:_LENGTH]
    return int(digits) if digits.isdecimal() else 0
