"""Find names that people take for one another; a person decides whether they are one."""

import unicodedata
from collections.abc import Iterable

# Letters of other scripts that look like Latin ones, and signs that are read as letters.
_LIKE = str.maketrans(
    "авекмнорстухіјѕԁһӏɡɩαβεικνορτυχϲ01|!$@",
    "abekmhopctyxijsdhlgiabeikvoptuxcoilisa",
)


def lookalikes(names: Iterable[str]) -> list[tuple[str, ...]]:
    """Return the groups of different names that look the same, each in the order given."""
    groups: dict[str, dict[str, None]] = {}
    for name in names:
        groups.setdefault(_skeleton(name), {})[name] = None
    return [tuple(group) for group in groups.values() if len(group) > 1]


def _skeleton(name: str) -> str:
    """Return a name as a hurried eye sees it: no case, accents, spaces or punctuation, one letter for its likes."""
    folded = unicodedata.normalize("NFKD", name.casefold()).casefold().translate(_LIKE)
    letters = "".join(letter for letter in folded if letter.isalnum())
    return letters.replace("l", "i").replace("rn", "m") or name
