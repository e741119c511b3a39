"""Find the languages that an entry names, and whether it asks for them or offers them.

A language counts for what the nearest words around it say. One in a segment of its own, such as "français" or
"Spanish or Portuguese, please", is left open: only the settings know whether languages were asked for there.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby

from bot.parse import tongues
from bot.parse.phrases import Found, Word, words
from bot.parse.signup_segments import Segment, codes_in, denies, is_right_before, pieces, with_places
from bot.parse.signup_words import SignupNames
from bot.signups import NAMED, OFFERED, OPEN, WANTED, Mention

_STRONG = frozenset({"wanted", "offered", "spoken"})
_NEAR = 3  # words between a cue and what it is said of
_NEAR_WEAK = 6  # of a cue that asks for nothing by itself: "I am not going to use the French interpretation"
_ASIDE = 3  # words of a remark on the language before it: "French (native)"
_GUESSES = 12  # languages that one entry may name; more is a list of all that there are
_INTO = frozenset({"into", "either"})  # the latter deny something in another language: "en"
_SMALL = frozenset({"fillers", "into", "either", "articles", "determiners"})
_WEAK = ("polite", "interpreting", "agents")
_KINDS = {"wanted": WANTED, "offered": OFFERED, "interpreting": WANTED, "polite": WANTED, "agents": OFFERED}


class Wishes:
    """Read what texts say of languages."""

    def __init__(self, names: SignupNames) -> None:
        self._names = names

    def of(self, text: str, label: str = "", *, has_codes: bool = False) -> list[Mention]:
        """Return the languages of a text, each once; label is "wanted" or "offered" where one stands before it.

        has_codes tells that the text is all about languages, so that "so" and "is" are codes rather than words.
        """
        text = with_places(text)
        is_one_word = len(words(text)) == 1
        segments = [*self._segments(text, has_codes=has_codes or is_one_word, is_sure=has_codes)]
        if sum(len(each.names) for each in segments) > _GUESSES:
            return []
        found: dict[str, str] = {}
        for _, several in groupby(segments, key=_sentence):
            self._read_sentence(list(several), label, found)
        return [Mention(code=code, kind=kind) for code, kind in found.items() if kind]

    def calls_for_interpreters(self, text: str) -> bool:
        """Tell whether a text names interpreters because somebody needs them, rather than is one."""
        segments = self._segments(text, has_codes=False, is_sure=False)
        for _, several in groupby(segments, key=_sentence):
            sentence = list(several)
            if any(cue.value == "agents" for each in sentence for cue in each.cues) and self._is_call(sentence):
                return True
        return False

    def of_title(self, title: str) -> list[Mention]:
        """Return the languages of a heading that names nothing else, or says that they are wanted or offered.

        One beside other words, as in "Session in Spanish", is what people speak there, and only named.
        """
        said = {cue.value for cue in self._names.cues.find(title)}
        found = self.of(title)
        if said & {"wanted", "offered"} or self._says_nothing_else(title):
            return found
        return [Mention(code=each.code, kind=NAMED) for each in found]

    def _says_nothing_else(self, title: str) -> bool:
        """Tell whether a heading consists of languages and words about interpretation, or is a mere list of them."""
        for segment in self._segments(title, has_codes=False, is_sure=False):
            taken = [(each.start, each.end) for each in (*segment.names, *segment.cues)]
            rest = [word for word in segment.words if not any(s <= word.start and word.end <= e for s, e in taken)]
            if any(word.folded not in self._names.conjunctions for word in rest):
                return False
        return True

    def kind_of_title(self, title: str) -> str:
        """Return whether a heading says that languages are asked for or offered below it."""
        said = {cue.value for cue in self._names.cues.find(title)} & _KINDS.keys()
        order = [each for each in ("offered", "wanted", "agents", "interpreting") if each in said]
        return _KINDS[order[0]] if order else ""

    def _segments(self, text: str, *, has_codes: bool, is_sure: bool) -> Iterable[Segment]:
        for sentence, turns, piece in self._turns(text):
            several = words(piece)
            named = self._certain(piece, several)
            if not named and has_codes:
                named = codes_in(several, is_sure=is_sure)
            covered = [(each.start, each.end) for each in named]
            cues = [
                cue
                for cue in self._names.cues.find(piece, several)
                if not any(start < cue.end and cue.start < end for start, end in covered)
            ]
            yield Segment(sentence=sentence, turns=turns, words=several, cues=cues, names=named)

    def _turns(self, text: str) -> Iterable[tuple[int, bool, str]]:
        """Yield the segments of a text with the number of their sentence; words such as "but" part them as well."""
        for sentence, piece in pieces(text):
            first, *others = self._names.but.split(piece)
            yield sentence, False, first
            for other in others:
                yield sentence, True, other

    def _certain(self, piece: str, several: Sequence[Word]) -> list[Found]:
        """Return the names of languages, doubtful ones only where a word right before asks for a language."""
        found = tongues.names().find(piece, several)
        if not found:
            return []
        said = self._names.cues.find(piece, several)
        cues = {cue.end for cue in said if cue.value in ("into", "either", "wanted", "offered")}
        kept: list[Found] = []
        for each in found:
            if any(cue.start <= each.start and each.end < cue.end for cue in said):
                continue  # a script without spaces has short names inside other words
            gap = piece[max(0, each.start - 2) : each.start].strip()
            before = {each.start - 1, each.start} & cues if not gap or gap.isalnum() else set()
            is_asked = bool(before) or bool(kept and piece[kept[-1].end : each.start].strip() in ("/", "+", "&"))
            if tongues.is_certain(each.value) or (is_asked and tongues.is_written_as_a_name(piece[each.start :])):
                kept.append(Found(tongues.code_of(each.value), each.start, each.end))
        return kept

    def _read_sentence(self, segments: Sequence[Segment], label: str, found: dict[str, str]) -> None:
        carried = label
        is_call = self._is_call(segments)
        for at, segment in enumerate(segments):
            carried = "" if segment.turns else carried
            own = [cue for cue in segment.cues if cue.value in _STRONG]
            weak = [cue for cue in segment.cues if cue.value in _WEAK and not (is_call and cue.value == "agents")]
            for name in segment.names:
                kind = self._kind(name, segment, own or weak, carried) or self._later(segments[at + 1 :], segment)
                code = name.value
                if kind != "none" and found.get(code) not in (WANTED, OFFERED):
                    found[code] = kind
            cue = (own or weak)[-1:] if (own or weak) else []
            if cue:
                carried = self._meaning(cue[0], segment) or "none"

    def _is_call(self, segments: Iterable[Segment]) -> bool:
        """Tell whether a sentence calls for interpreters: it says please, or has a wish apart from any language."""
        for segment in segments:
            for cue in segment.cues:
                is_wish = cue.value == "wanted" and not segment.names and self._meaning(cue, segment) == WANTED
                if cue.value == "polite" or is_wish:
                    return True
        return False

    def _kind(self, name: Found, segment: Segment, cues: Sequence[Found], carried: str) -> str:
        """Return what a language is named for: "none" if it is no wish, nothing if only later words can tell."""
        if self._is_other_name(name, segment) or self._is_source(name, segment) or self._is_no_name(name, segment):
            return "none"
        before = [cue for cue in cues if cue.end <= name.start]
        after = [cue for cue in cues if cue.start >= name.end]
        cue = before[-1:] or after[:1]
        if cue:
            return self._meaning(cue[0], segment) or "none"
        if carried:
            return carried
        if self._is_bare(segment):
            return ""
        return OPEN if self._is_directed(name, segment) else "none"

    def _later(self, later: Sequence[Segment], segment: Segment) -> str:
        """Return what words behind say of languages that stand alone: "French, Spanish needed"."""
        for each in later:
            cues = [cue for cue in each.cues if cue.value in _STRONG or cue.value in _WEAK]
            first = min(each.names, key=_start, default=None)
            is_aside = first is None and each is later[0] and len(each.words) <= _ASIDE
            if cues and (is_aside or (first is not None and cues[0].start >= first.end)):
                return self._meaning(cues[0], each) or "none"
            if cues or not self._is_bare(each):
                break
        return OPEN

    def _meaning(self, cue: Found, segment: Segment) -> str:
        """Return what a cue says, nothing where it is denied or speaks of what somebody knows."""
        if cue.value == "spoken":
            return ""
        reach = _NEAR if cue.value in _STRONG else _NEAR_WEAK
        near = [word for word in segment.words if word.end <= cue.start][-reach:]
        if any(other.value == "negated" and denies(other, cue, segment, near) for other in segment.cues):
            return ""
        if near and any(other.value == "either" and other.start == near[-1].start for other in segment.cues):
            return ""
        return _KINDS[cue.value]

    def _is_other_name(self, name: Found, segment: Segment) -> bool:
        """Tell whether a language is part of another name: "French Wikipedia", "Wikipédia en français"."""
        before = [word for word in segment.words if word.end <= name.start][-_NEAR + 1 :]
        behind = [word for word in segment.words if word.start >= name.end][:1]
        window = {word.start for word in (*before, *behind)}
        return any(cue.value == "projects" and cue.start in window for cue in segment.cues)

    def _is_no_name(self, name: Found, segment: Segment) -> bool:
        """Tell whether it only describes something, is denied, or is a verb: "a German beer", "polish the text"."""
        before = [cue for cue in segment.cues if is_right_before(cue, name, segment, between=0)]
        behind = [word for word in segment.words if word.start >= name.end][:1]
        after = [cue for cue in segment.cues if behind and cue.start == behind[0].start]
        if any(cue.value in ("articles", "determiners") for cue in after):
            return True
        kinds = {cue.value for cue in before}
        is_asked = any(cue.value in ("interpreting", "agents") for cue in segment.cues)
        return "negated" in kinds or ("articles" in kinds and bool(behind) and not after and not is_asked)

    def _is_source(self, name: Found, segment: Segment) -> bool:
        """Tell whether it is the language that is interpreted from, where another stands that it goes into."""
        from_here = any(cue.value == "source" and is_right_before(cue, name, segment) for cue in segment.cues)
        others = [each for each in segment.names if each.start > name.start]
        return from_here and any(
            cue.value in _INTO and is_right_before(cue, other, segment) for cue in segment.cues for other in others
        )

    def _is_directed(self, name: Found, segment: Segment) -> bool:
        return any(cue.value in _INTO and is_right_before(cue, name, segment) for cue in segment.cues)

    def _is_bare(self, segment: Segment) -> bool:
        """Tell whether nothing stands in a segment but languages and words such as "please" and "or"."""
        taken = [(each.start, each.end) for each in segment.names]
        taken += [(cue.start, cue.end) for cue in segment.cues if cue.value in _SMALL]
        rest = [word for word in segment.words if not any(s <= word.start and word.end <= e for s, e in taken)]
        small = [word for word in rest if word.folded not in self._names.conjunctions]
        return bool(segment.names) and not small


def _sentence(segment: Segment) -> int:
    return segment.sentence


def _start(found: Found) -> int:
    return found.start
