"""Tell who speaks from what is spoken of: "Ann: Where do we meet?" in a transcript, but "Money: Who pays?"."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

_CLOCK = r"[\[(]?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?[\])]\s{0,3}"
_WORD = r"[^\W\d_][^\s:：()\[\]{}|<>]{0,30}"
_LABEL = re.compile(
    rf"\s{{0,9}}(?P<clock>{_CLOCK})?"
    rf"(?P<name>{_WORD}(?:\s(?:{_WORD}|\d{{1,2}})){{0,3}})(?P<group>\s\([^()\n]{{1,40}}\))?\s{{0,2}}[:：]\s{{1,3}}(?=(?P<said>\S))"
)
_TIME = re.compile(rf"\s{{0,9}}{_CLOCK}(?=\S)")
_MARKUP = re.compile(r"'{2,5}|\[\[[^\[\]|\n]{1,255}\||\]\]")
_COMMON = re.compile(r"(?<!\w)[^\W\d_A-Z]\w{2,30}")
_MARKERS = "*#:; \t"
_MOST = 300  # letters of a line that are looked at
_INITIALS = re.compile(r"\s\([^\Wa-z\d_]{2,12}\)")  # of an affiliate, as in "(WMF)"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spoken:
    """A label of a line that may name a speaker: is_sure where a clock time or an affiliate stands beside it."""

    name: str
    is_listed: bool
    is_sure: bool


def common_words(wikitext: str) -> frozenset[str]:
    """Return the words of a page in small letters, which are nobody's name."""
    return frozenset(_COMMON.findall(wikitext))


class Speakers:
    """The speakers of one page.

    Names of two speakers at least stand before paragraphs of a transcript. In a list, where topics stand before a
    colon as often, or where no letters are capital ones, one who speaks, speaks again after somebody else.
    """

    def __init__(self, lines: Iterable[str], users: Iterable[str], is_topic: Callable[[str], bool]) -> None:
        found = [spoken for spoken in map(_spoken, lines) if spoken and not is_topic(spoken.name)]
        self._names = {each.name for each in found if each.is_sure} | set(users)
        for is_listed in (False, True):
            names = [each.name for each in found if each.is_listed == is_listed]
            if len(set(names)) > 1 and (not is_listed or _return(names)):
                self._names.update(names)

    def behind(self, text: str) -> int:
        """Return how many letters a time and a speaker take at the beginning of a line, 0 where none stand there."""
        label = _LABEL.match(text)
        if label and label["name"] in self._names:
            return label.end()
        time = _TIME.match(text)
        return time.end() if time else 0


def _return(names: Sequence[str]) -> bool:
    """Tell whether somebody speaks again after somebody else."""
    turns = [name for at, name in enumerate(names) if not at or names[at - 1] != name]
    return len(set(turns)) < len(turns)


def _spoken(line: str) -> _Spoken | None:
    """Return the label before a line; a name has capital letters, and what is said begins with one."""
    text = line[:_MOST]
    bare = text.lstrip(_MARKERS)
    label = _LABEL.match(_MARKUP.sub("", bare))
    if label is None or not _is_high(label["said"]):
        return None
    name = label["name"]
    if not all(_is_high(word[0]) for word in name.split()) or len(name) < 2:
        return None
    is_sure = label["clock"] is not None or _INITIALS.fullmatch(label["group"] or "") is not None
    is_listed = len(text) > len(bare) or not any(map(str.isupper, name))
    return _Spoken(name=name, is_listed=is_listed, is_sure=is_sure)


def _is_high(letter: str) -> bool:
    return not letter.islower()
