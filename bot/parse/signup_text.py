"""Read what the free text of an entry says: for whom somebody comes, as what, from where, and in which languages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.model import Group
from bot.parse import tongues
from bot.parse.names import Groups, split_label
from bot.parse.phrases import Found, Phrases, Word, words
from bot.parse.signup_entry import LINK, LINK_END
from bot.parse.signup_segments import with_places
from bot.parse.signup_wishes import Wishes
from bot.parse.signup_words import SignupNames
from bot.parse.text import fold
from bot.signups import OFFERED, WANTED, Mention

_LONGEST = 120
_FAR = 40  # letters before a phrase in which the word right before it stands
_FEW = 8  # words of the name of a group
_WORDS_OF_PLACE = 4
_ENDS = re.compile(r"[,،、;.()（）|·•\n–—]|\s-\s|[.!?](?:\s|$)")
_SEGMENTS = re.compile(r"[,،、;；|·•()（）\n]|\s[-–—]\s|—|(?<=\w)[.!?](?=\s|$)|[。！？]")
_EDGES = " \t:：.,;،、-–—'\"“”„«»()"
_SUFFIX = re.compile(r"[\s_]?\((?P<group>[^()]{2,40})\)$|-(?P<staff>WM[A-Z]{1,3})$")
_MARKS = str.maketrans("", "", f"{LINK}{LINK_END}")
_LABELS = frozenset({"groups", "roles", "places", "languages", "wanted_labels", "offered_labels"})
_LANGUAGES = {"languages": "", "wanted_labels": WANTED, "offered_labels": OFFERED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """What the text of an entry says; group is the settings' name of the affiliation, where they know it."""

    affiliation: str = ""
    group: str = ""
    role: str = ""
    based: str = ""
    text: str = ""
    mentions: tuple[Mention, ...] = ()

    def with_more(self, other: "Fields") -> "Fields":
        """Return these fields with those of another text where these say nothing; text stays."""
        known = {each.code for each in self.mentions}
        more = tuple(each for each in other.mentions if each.code not in known)
        return Fields(
            affiliation=self.affiliation or other.affiliation,
            group=self.group if self.affiliation else other.group,
            role=self.role or other.role,
            based=self.based or other.based,
            text=self.text,
            mentions=(*self.mentions, *more),
        )


class FieldReader:
    """Read texts of entries, with the words of all languages and the groups of the settings."""

    def __init__(self, names: SignupNames, groups: Sequence[Group]) -> None:
        self.wishes = Wishes(names)
        self._names = names
        self._groups = Groups(groups)
        aliases = {alias: group.name for group in groups for alias in (group.name, *group.aliases)}
        self._aliases = Phrases(aliases)

    def read(self, marked: str, user: str = "") -> Fields:
        """Return what a text says in which links stand between marks."""
        text = plain(marked)
        marked = with_places(marked)
        labelled, rest = self._labelled(marked)
        found = self._free(rest)
        affiliation = labelled.affiliation or found.affiliation or self._suffix(user)
        group = self.group(affiliation) or ("" if self._denied(text) else self._mentioned(text))
        merged = labelled.with_more(found)
        return replace(merged, affiliation=affiliation or group, group=group, text=text)

    def labels(self, marked: str) -> Fields:
        """Return only what stands behind labels, such as "Role: …"."""
        found, _ = self._labelled(marked)
        return replace(found, group=self.group(found.affiliation), text=plain(marked))

    def column(self, kind: str, marked: str) -> Fields:
        """Return what a cell says below a column of a kind."""
        text = plain(marked).strip(_EDGES)
        if kind == "groups":
            return Fields(affiliation=text[:_LONGEST], group=self.group(text))
        if kind == "roles":
            return Fields(role=text[:_LONGEST])
        if kind == "places":
            return Fields(based=text[:_LONGEST])
        if kind in _LANGUAGES and (kind == "languages" or fold(text) not in self._names.answers):
            return Fields(mentions=tuple(self.wishes.of(text, _LANGUAGES[kind], has_codes=True)))
        return Fields()

    def group(self, text: str) -> str:
        """Return the group of the settings that a text names in full, or else as words of its own."""
        return (self._groups.find(text) or self._mentioned(text)) if text else ""

    def role_of_title(self, title: str) -> str:
        """Return a heading that names a role, and no list of participants in general, or nothing."""
        if self._names.heading(title):
            return ""
        found = self._names.roles.find(title)
        several = words(title)
        covered = sum(1 for word in several if any(each.start <= word.start < each.end for each in found))
        return title if any(each.value == "role" for each in found) and covered * 2 >= len(several) else ""

    def _labelled(self, marked: str) -> tuple[Fields, str]:
        """Return what stands behind labels, and the text without that; a value reaches up to the next label."""
        found = Fields()
        rest: list[str] = []
        label, value = "", list[str]()
        for segment in [*_segments(marked), ""]:
            before, after = split_label(plain(segment)) if ":" in segment or "：" in segment else ("", "")
            kind = self._names.column(before) if before else ""
            starts = kind in _LABELS
            goes_on = label in _LANGUAGES and not starts and bool(segment.strip())
            if not goes_on and label:
                found = found.with_more(self.column(label, ", ".join(value)))
                label, value = "", []
            if starts:
                label, value = kind, [after]
            elif goes_on:
                value.append(plain(segment))
            else:
                rest.append(segment)
        return found, ", ".join(piece for piece in rest if piece.strip())

    def _free(self, marked: str) -> Fields:
        text = plain(marked)
        segments = [plain(each).strip(_EDGES) for each in _segments(marked)]
        is_all_languages = len(segments) > 1 and all(
            self.wishes.of(each, has_codes=True) for each in segments if each
        )
        return Fields(
            affiliation=self._behalf(marked) or next(filter(None, map(self._affiliation, segments)), ""),
            role=self._as_role(text) or next(filter(None, (self._role(each, text) for each in segments)), ""),
            based=self._based(text) or next((each for each in segments if fold(each) in tongues.territories()), ""),
            mentions=tuple(self.wishes.of(text, has_codes=is_all_languages)),
        )

    def _behalf(self, marked: str) -> str:
        """Return the group on whose behalf somebody comes: the link behind these words, else all up to a stop."""
        found = self._names.before.find(plain(marked))
        if self._denied(plain(marked)):
            return ""
        if any(each.value == "behalf_after" for each in found):
            text = plain(marked)
            end = next(each.start for each in found if each.value == "behalf_after")
            start = max([stop.end() for stop in _ENDS.finditer(text, 0, end)], default=0)
            return text[start:end].strip(_EDGES)[:_LONGEST]
        behalf = next((each for each in found if each.value == "behalf"), None)
        if behalf is None:
            return ""
        phrase = plain(marked)[behalf.start : behalf.end]
        after = _behind(marked, phrase)
        if after.lstrip().startswith(LINK):
            return plain(after.lstrip()[1:].partition(LINK_END)[0]).strip(_EDGES)[:_LONGEST]
        text = plain(after)
        stop = _ENDS.search(text)
        name = (text[: stop.start()] if stop else text).strip(_EDGES)[:_LONGEST]
        return name if self._may_be_group(name) else ""

    def _denied(self, text: str) -> bool:
        """Tell whether a text says for whom somebody does not come: "not on behalf of …"."""
        starts = [each.start for each in self._names.before.find(text) if each.value == "behalf"]
        before = (words(text[max(0, start - _FAR) : start])[-1:] for start in starts)
        return any(word.folded in self._names.words.negated for several in before for word in several)

    def _may_be_group(self, name: str) -> bool:
        """Tell whether words behind "on behalf of" name a group rather than "myself" or "my friends"."""
        is_name = tongues.is_written_as_a_name(name) or bool(self._groups.find(name))
        return is_name or bool(self._names.affiliates.find(name))

    def _affiliation(self, segment: str) -> str:
        """Return a segment that is the name of a group: one of the settings, or one that says so by its words."""
        if self._groups.find(segment):
            return segment
        several = words(segment)
        says_so = bool(self._names.affiliates.find(segment, several))
        is_name = all(word.written[:1] == word.written[:1].upper() or len(word.written) <= 3 for word in several)
        return segment[:_LONGEST] if says_so and is_name and len(several) <= _FEW else ""

    def _role(self, segment: str, text: str) -> str:
        """Return a segment that is nothing but a role, unless the text only asks for somebody who has it."""
        found = self._names.roles.find(segment)
        several = words(segment)
        is_whole = all(_covers(found, word) for word in several)
        if not several or not is_whole or not any(each.value == "role" for each in found):
            return ""
        is_agent = any(cue.value == "agents" for cue in self._names.cues.find(segment))
        return "" if is_agent and self.wishes.calls_for_interpreters(text) else segment

    def _as_role(self, text: str) -> str:
        """Return the role in "as a facilitator"."""
        found = self._names.roles.find(text)
        for first, then in pairwise(found):
            if (first.value, then.value) == ("as_role", "role") and not text[first.end : then.start].strip():
                return text[then.start : then.end]
        return ""

    def _based(self, text: str) -> str:
        """Return the place behind "based in", or behind "from" where it is a country."""
        for found in self._names.before.find(text):
            if found.value == "based":
                rest = text[found.end :].lstrip()
                stop = _ENDS.search(rest)
                place = (rest[: stop.start()] if stop else rest).strip(_EDGES)
                several = words(place)
                is_place = tongues.is_written_as_a_name(place) and not tongues.names().find(place, several)
                if is_place and 0 < len(several) <= _WORDS_OF_PLACE:
                    return place
        return ""

    def _mentioned(self, text: str) -> str:
        """Return the group that a text names as words of their own; several leave it open."""
        found = {each.value for each in self._aliases.find(text)}
        return found.pop() if len(found) == 1 else ""

    def _suffix(self, user: str) -> str:
        """Return the group at the end of a user's name, as staff write it: "Ana (WMF)"."""
        found = _SUFFIX.search(user)
        if found is None:
            return ""
        said = found["group"] or found["staff"]
        return said if self._groups.find(said) or self._names.affiliates.find(said) else ""


def _covers(found: Sequence[Found], word: Word) -> bool:
    """Tell whether most of a word is part of a phrase; scripts without spaces write whole sentences as a word."""
    covered = sum(max(0, min(each.end, word.end) - max(each.start, word.start)) for each in found)
    return covered * 2 >= word.end - word.start


def plain(marked: str) -> str:
    """Return a text without the marks of links."""
    return marked.translate(_MARKS)


def _segments(marked: str) -> list[str]:
    """Return what stands between the stops of a text; the label of a link is never parted."""
    pieces = [""]
    depth = 0
    done = 0
    for stop in re.finditer(f"{_SEGMENTS.pattern}|[{LINK}{LINK_END}]", marked):
        if stop[0] in (LINK, LINK_END):
            depth += 1 if stop[0] == LINK else -1
        elif depth <= 0:
            pieces[-1] += marked[done : stop.start()]
            pieces.append("")
            done = stop.end()
    pieces[-1] += marked[done:]
    return [piece for piece in pieces if piece.strip()]


def _behind(marked: str, phrase: str) -> str:
    """Return what stands in a text behind a phrase, whatever links stand in it."""
    at = marked.find(phrase)
    return marked[at + len(phrase) :] if at >= 0 else plain(marked).partition(phrase)[2]
