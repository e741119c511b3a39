"""Remember who stood in the report when it was last published, to tell who is new; people are kept as short hashes.

The report carries them in a comment: all who are in it now, and those of them who came with its last change. A run
that finds the same people writes the same comment, so that nothing changes until somebody comes or goes.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_BEGIN, _END = "<!-- dialoguebot-signups ", " -->"
_LENGTH = 10
_MOST = 200_000  # characters of one comment


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """Who is in the report, and who of them is new; is_first tells that it was never published before."""

    listed: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    is_first: bool = True

    @property
    def comment(self) -> str:
        """Return it as the comment that the report carries."""
        state = "first" if self.is_first else "later"
        return f"{_BEGIN}{state} now: {' '.join(self.listed)} new: {' '.join(self.new)}{_END}"


def mark(user: str) -> str:
    """Return the short hash of a name."""
    return hashlib.sha256(user.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]


def remembered(body: str, users: Sequence[str]) -> Remembered:
    """Return what a report is to remember, from the text that was published last and the users of now, in order."""
    now = tuple(dict.fromkeys(map(mark, users)))
    last = _read(body)
    if last is None:
        return Remembered(listed=now)
    if set(now) == set(last.listed):
        return Remembered(listed=now, new=_ordered(now, last.new), is_first=last.is_first)
    added = _ordered(now, set(now) - set(last.listed))
    return Remembered(listed=now, new=added or _ordered(now, last.new), is_first=False)


def _ordered(now: Sequence[str], chosen: Iterable[str]) -> tuple[str, ...]:
    wanted = set(chosen)
    return tuple(each for each in now if each in wanted)


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
    return Remembered(listed=tuple(now.split()), new=tuple(new.split()), is_first=state == "first")
