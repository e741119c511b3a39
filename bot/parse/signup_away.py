"""Tell whether the words of an entry say that its people stay away, and not only from a part, or on a condition."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.parse.phrases import Found, Word, is_unspaced, key, words
from bot.parse.signup_words import SignupNames

_SENTENCES = re.compile(r"(?<=[.!?。！？])\s{0,3}|\n|;|；")
_STOPS = re.compile(r"[,،、:：()（）–—]|\s-\s")
_ASKING = ("?", "？", "؟")
_MOST = 60  # words of one clause that are looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clause:
    """What stands between two commas, with what was found of staying away in it."""

    text: str
    words: Sequence[Word]
    found: Sequence[Found]

    def has(self, kind: str) -> bool:
        return any(each.value == kind for each in self.found)


def says_absent(text: str, names: SignupNames) -> bool:
    """Tell whether a text says so in a sentence that asks nothing."""
    whole = text.strip(" .!,()（）。！")
    if names.is_away(whole):
        return True
    sentences = (each for each in _SENTENCES.split(text) if not each.rstrip().endswith(_ASKING))
    return any(_says_so(sentence, names) for sentence in sentences)


def _says_so(sentence: str, names: SignupNames) -> bool:
    is_conditional = False
    clauses = [*_clauses(sentence, names)]
    for at, (turns, clause) in enumerate(clauses):
        is_conditional = (is_conditional and not turns) or clause.has("away_if")
        if is_conditional or clause.has("away_parts"):
            continue
        if key(clause.text) in names.away_whole:
            return True
        said = next((each for each in clause.found if _is_said(each, clause)), None)
        is_turned = any(turns for turns, _ in clauses[at + 1 :])
        if said and not (is_turned and any(word.start >= said.end for word in clause.words)):
            return True
    return False


def _is_said(found: Found, clause: _Clause) -> bool:
    """Tell whether a phrase speaks of the writer: it has no other subject before it."""
    if found.value == "away":
        return True
    before = [word for word in clause.words if word.end <= found.start]
    is_self = bool(before) and any(each.value == "away_self" and each.end == before[-1].end for each in clause.found)
    return found.value == "away_opening" and (not before or is_self or is_unspaced(clause.text))


def _clauses(sentence: str, names: SignupNames) -> Iterator[tuple[bool, _Clause]]:
    """Yield the clauses of a sentence, and whether a word such as "but" opens them; words such as "sadly" are out."""
    for piece in _STOPS.split(sentence):
        for at, part in enumerate(names.but.split(piece)):
            for clause in _parted(part, names):
                yield at > 0, clause


def _parted(part: str, names: SignupNames) -> Iterator[_Clause]:
    """Yield what words such as "and" part."""
    kept: list[str] = []
    for word in [*words(part)[:_MOST], None]:
        if word is not None and word.folded not in names.conjunctions:
            kept.append(word.written)
        elif kept:
            yield _clause(" ".join(kept), names)
            kept = []


def _clause(text: str, names: SignupNames) -> _Clause:
    fillers = [each for each in names.away.find(text) if each.value == "away_fillers"]
    several = [word for word in words(text) if not any(each.start <= word.start < each.end for each in fillers)]
    plain = " ".join(word.written for word in several)
    again = words(plain)
    return _Clause(text=plain, words=again, found=names.away.find(plain, again))
