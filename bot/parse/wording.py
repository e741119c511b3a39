"""Compare the wordings of questions: what each asks, apart from how it is put.

Words that change what is asked (who, not, two, out) must be the very same in two wordings; light ones (is, the, will)
do not matter; of the others the same ones must stand in the same order, a typing error or another ending aside. That
keeps "Who pays?" apart from "Who plays?", and one hub from two, however alike they look letter by letter.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.languages import QuestionWords, known, language, together
from bot.parse.text import fold

# Letters with the marks that belong to them; scripts that write without spaces go letter by letter.
_UNSPACED = "\u0e01-\u0eff\u1000-\u109f\u1780-\u17d3\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff"
_MARKS = "\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0963\u0966-\u0dff"
_WORD = re.compile(rf"[{_UNSPACED}]|(?:(?![{_UNSPACED}_])[\w{_MARKS}])+")
_ACCENTS = re.compile("[\u0300-\u036f\u064b-\u0652\u0670\u0640\u200c\u200d\u00ad]")
_PAUSE = re.compile(r"[,،、，;–—…]| - |\.\.\.")
_MOST_WORDS = 60
_MODES = (("permission", "obligation", "advice"), ("alternative", "addition"))
_WHICH = "which"  # all words that ask for the same as this one


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A question as it is compared: key is all of its words, content those that count, turning those that turn it.

    names are those of the content that begin with a capital letter, where not all words do. modes are kinds of light
    words of which one does not stand for another, as "may" for "must".
    """

    key: str
    content: tuple[str, ...]
    turning: frozenset[str]
    names: frozenset[str] = frozenset()
    modes: frozenset[str] = frozenset()


def tokens(text: str) -> tuple[str, ...]:
    """Return the words of a text without accents, as they are compared; an apostrophe parts two words."""
    folded = fold(text)
    if not folded.isascii():
        bare = _ACCENTS.sub("", unicodedata.normalize("NFD", folded))
        folded = unicodedata.normalize("NFC", bare)
    return tuple(_WORD.findall(folded))


class Phrases:
    """Words and phrases of a list, looked up where they begin in a text."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for phrase in {tokens(each) for each in phrases} - {()}:
            self._by_first.setdefault(phrase[0], []).append(phrase)
        for several in self._by_first.values():
            several.sort(key=len, reverse=True)

    def at(self, words: Sequence[str], index: int = 0) -> int:
        """Return how many words the longest phrase has that begins there, 0 where none does."""
        several = self._by_first.get(words[index], ()) if index < len(words) else ()
        return next((len(each) for each in several if tuple(words[index : index + len(each)]) == each), 0)

    def within(self, words: Sequence[str]) -> bool:
        """Tell whether a phrase stands anywhere among some words."""
        return any(self.at(words, index) for index in range(len(words)))

    def whole(self, words: Sequence[str]) -> bool:
        """Tell whether some words are a phrase and nothing more."""
        return bool(words) and self.at(words) == len(words)


class _Tongue:
    """The words of one language that turn a question, and those that do not matter."""

    def __init__(self, words: QuestionWords) -> None:
        phrases = [*words.asking, *words.which, *words.turning, *words.numerals]
        self.turning = Phrases(phrases)
        self.asking = Phrases([*words.asking, *words.which])
        self.which = Phrases(words.which)
        self.light = Phrases(words.light)
        self.modes = {mode: Phrases(getattr(words, mode)) for modes in _MODES for mode in modes}
        self.words = frozenset(word for phrase in (*phrases, *words.light) for word in tokens(phrase))

    def asks(self, said: Sequence[str]) -> bool:
        """Tell whether one of the first words asks."""
        for at in range(min(3, len(said))):
            if self.asking.at(said, at):
                return True
            if not self.light.at(said, at):
                break
        return False


class Wordings:
    """Turns questions into what is compared of them, by the words of the language that each is in.

    Languages use the same word for different things, so that they are not mixed: a question is in the language that
    knows most of its words, or in several that know as many.
    """

    def __init__(self) -> None:
        self._tongues = [_Tongue(language(code).questions) for code in known() if code != "mul"]
        self._tails = Phrases(together(known()).questions.tails)
        self._of_word: dict[str, list[_Tongue]] = {}
        for tongue in self._tongues:
            for word in tongue.words:
                self._of_word.setdefault(word, []).append(tongue)

    def _spoken(self, said: Sequence[str]) -> list[_Tongue]:
        counts = Counter(tongue for word in set(said) for tongue in self._of_word.get(word, ()))
        best = max(counts.values(), default=0)
        return [tongue for tongue, count in counts.items() if count == best]

    def asks(self, text: str) -> bool:
        """Tell whether a text begins with a word that asks in its language, light words before it aside."""
        said = tokens(text)[:_MOST_WORDS]
        return any(tongue.asks(said) for tongue in self._spoken(said))

    def of(self, question: str) -> Wording:
        """Return the wording of a question."""
        pause = at_last_pause(question)
        said = tokens(pause.before if self._tails.whole(tokens(pause.behind)) and pause.before else question)
        spoken = self._spoken(said)
        content: list[str] = []
        turning: set[str] = set()
        at = 0
        while at < len(said):
            turns = max((tongue.turning.at(said, at) for tongue in spoken), default=0)
            lightens = max((tongue.light.at(said, at) for tongue in spoken), default=0)
            length = max(turns, lightens, 1)
            if turns == length:
                phrase = said[at : at + length]
                is_which = any(tongue.which.whole(phrase) for tongue in spoken)
                turning.add(_WHICH if is_which else " ".join(phrase))
            elif any(map(str.isdigit, said[at])):
                turning.add(said[at])
            elif lightens != length:
                content.append(said[at])
            at += length
        return Wording(
            key=" ".join(said),
            content=tuple(content[:_MOST_WORDS]),
            turning=frozenset(turning),
            names=_names(question) & frozenset(content),
            modes=_modes(said, spoken),
        )


def _modes(said: Sequence[str], spoken: Sequence[_Tongue]) -> frozenset[str]:
    """Return the kinds of light words in a question, apart from an "and" or "or" that begins it."""
    return frozenset(
        mode
        for tongue in spoken
        for mode, phrases in tongue.modes.items()
        if phrases.within(said if mode in _MODES[0] else said[1:])
    )


def _contradict(one: Wording, other: Wording) -> bool:
    """Tell whether each of two questions has a kind of light words for which the other one has another."""
    for modes in _MODES:
        mine, theirs = one.modes.intersection(modes), other.modes.intersection(modes)
        if mine and theirs and mine.isdisjoint(theirs):
            return True
    return False


def _names(question: str) -> frozenset[str]:
    """Return the words of a question that may be names, as they are compared; none of a title in capital letters."""
    words = [found.group() for found in _WORD.finditer(question)]
    high = [at for at, word in enumerate(words) if word[0].isupper() and (at or word[1:2].isupper())]
    if len(high) * 2 > len(words) and len(words) > 3:
        return frozenset()
    return frozenset(word for at in high for word in tokens(words[at]))


@cache
def wordings() -> Wordings:
    """Return the wordings of all languages, compiled once."""
    return Wordings()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A text cut at its last comma or dash; before is empty where it has none."""

    before: str
    behind: str


def at_last_pause(text: str) -> Pause:
    """Cut a text at its last comma or dash, where a tail such as "right?" begins."""
    pauses = list(_PAUSE.finditer(text))
    if not pauses:
        return Pause(before="", behind=text)
    return Pause(before=text[: pauses[-1].start()], behind=text[pauses[-1].end() :])


def is_same(one: Wording, other: Wording) -> bool:
    """Tell whether two questions that are asked at the same time are one: only a long one may have a word more."""
    if one.key == other.key:
        return True
    fewer, more = sorted((len(one.content), len(other.content)))
    if one.turning != other.turning or not fewer or more - fewer > (more >= 7) or _contradict(one, other):
        return False
    return _in_common(one.content, other.content) == fewer


def _names_another(one: Wording, other: Wording) -> bool:
    """Tell whether a name stands in each of two questions that the other one lacks: Berlin here, Nairobi there."""
    return _lacks(one.names, other.content) and _lacks(other.names, one.content)


def _lacks(names: frozenset[str], content: Sequence[str]) -> bool:
    return any(not any(is_alike(name, word) for word in content) for name in names - set(content))


def likeness(one: Wording, other: Wording) -> float:
    """Return how much of two wordings is the same, from 0 to 1; 0 where they ask for something else."""
    if one.key == other.key:
        return 1.0
    if one.turning != other.turning or not (one.content and other.content):
        return 0.0
    if _names_another(one, other) or _contradict(one, other):
        return 0.0
    return 2 * _in_common(one.content, other.content) / (len(one.content) + len(other.content))


def _in_common(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many words two lists have in common in the same order."""
    if one == other:
        return len(one)
    row = [0] * (len(other) + 1)
    for word in one:
        before = row
        row = [0]
        for index, against in enumerate(other):
            row.append(before[index] + 1 if is_alike(word, against) else max(before[index + 1], row[index]))
    return row[-1]


@lru_cache(maxsize=100_000)
def is_alike(word: str, other: str) -> bool:
    """Tell whether two words are one with another ending, or with a typing error that makes no other word of it."""
    if word == other:
        return True
    shorter, longer = sorted((word, other), key=len)
    if word[0] != other[0]:
        # What Semitic languages write in front of a word: and, in, to, the, will.
        is_prefixed = len(shorter) >= 3 and len(longer) - len(shorter) <= 2 and longer.endswith(shorter)
        return is_prefixed and "\u0590" <= word[0] <= "\u06ff"
    same = _same_beginning(shorter, longer)
    if len(shorter) >= 3 and same == len(shorter) and len(longer) - same <= 2:
        return True
    # Endings of one length are two words in the languages of this alphabet: a trainer and a trainee.
    has_endings = len(shorter) != len(longer) or not longer.isascii()
    if has_endings and same >= 5 and same * 5 >= len(longer) * 3 and len(longer) - same <= 3:
        return True
    return _is_mistyped(shorter, longer, same)


def _same_beginning(shorter: str, longer: str) -> int:
    return next((at for at, letter in enumerate(shorter) if letter != longer[at]), len(shorter))


def _is_mistyped(shorter: str, longer: str, same: int) -> bool:
    """Tell whether one letter is missing or two have changed places, or in a long word one is another."""
    if len(longer) - len(shorter) == 1:
        return len(shorter) >= 6 and shorter[same:] == longer[same + 1 :]
    if len(longer) != len(shorter) or len(shorter) < 6:
        return False
    is_swapped = shorter[same : same + 2] == longer[same : same + 2][::-1]
    if is_swapped and shorter[same + 2 :] == longer[same + 2 :]:
        return True
    return 8 <= len(shorter) > same + 2 and shorter[same + 1 :] == longer[same + 1 :]
