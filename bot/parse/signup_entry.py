"""Find whom one line or cell of a list names, how, and what else it says."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import attrgetter

from bot.discussion import Signature
from bot.parse.layer import Template
from bot.parse.phrases import key
from bot.parse.shown import shown_text
from bot.parse.signature import Named
from bot.parse.signup_marks import has_letters, offsets_between, one_each
from bot.parse.signup_who import SIGNED, SIGNED_FOR, UNDATED, Scene, Who, is_anonymous
from bot.parse.stamp import Stamp
from bot.parse.text import fold
from bot.parse.tongues import codes, english_name
from bot.parse.user import canonical
from bot.parse.wikitext import HIDDEN

LINK, LINK_END = "\ue010", "\ue011"
_LONGEST = 600
_NUMBERING = re.compile(r"^\s*\(?\d{1,4}[.)]\s")
_EMPTY = re.compile(r"[(\[（【]\s{0,3}[-–—·•|/,;:\s]{0,9}[)\]）】]")
_EDGES = " \t\n\u00a0-–—―−·•|/,;:~،、，.@*#"
_MOST_MARKS = 5_000
_MOST_OF_ONE = 20  # links of one signature
_WORDS_OF_NAME = 4
_NEAR = 2  # letters between two links of one signature
_BREAK = re.compile(r"<br\b[^<>]{0,100}>", re.IGNORECASE)
_ASIDE = re.compile(r"[(（]([^()（）\[\]]{3,80})[)）]")
_USER = re.compile(r"\s{0,9}(?:user(?:name)?)?\d{0,3}\s{0,9}", re.IGNORECASE)
_LETTERS = re.compile(r"\w+")


class Entry:
    """One line between two offsets."""

    def __init__(self, scene: Scene, start: int, end: int, signatures: Sequence[Signature]) -> None:
        self._scene = scene
        self._shown = scene.layer.shown
        self.start, self.end = start, end
        self._signatures = signatures
        self._marks = sorted(self._named(), key=attrgetter("start"))[:_MOST_MARKS]
        self._ends = [mark.end for mark in self._marks]

    def people(self) -> list[Who]:
        """Return whom the line names as signing up; others who sign it are not among them."""
        if self._signatures:
            return [*self._signed()]
        leading = self._leading()
        if leading:
            return [self._undated(mark, is_sure=True) for mark in leading]
        tail = self._tail(self.end)
        return [self._undated(tail[0], is_sure=len(tail) > 1)] if tail else [*self._address()]

    def others(self) -> list[Who]:
        """Return those who signed the line as well, and only add something to it or have struck their names."""
        if len(self._signatures) <= 1:
            return []
        mine = [*self._signed()]
        users = {who.user for who in mine} | {who.signature.user for who in mine if who.signature}
        return [who for who in map(self._who, self._signatures) if who.user not in users]

    def mentioned(self, people: Sequence[Who]) -> list[Who]:
        """Return whom a line only names beside its people; who signs a text may name anybody in it, but for those."""
        users = {who.user for who in people} | {each.user for each in self._signatures}
        text = shown_text(self._shown[self.start : self.end]) if self._signatures else ""
        if text and not any(found.value == "signed_for" for found in self._scene.names.before.find(text)):
            return []
        return [self._undated(mark, is_sure=False) for mark in one_each(self._marks) if mark.user not in users]

    def mentions_somebody(self) -> bool:
        """Tell whether anybody is named at all."""
        return bool(self._marks)

    def ends_with_colon(self) -> bool:
        """Tell whether the line announces what stands below it."""
        return shown_text(self._shown[self.start : self.end]).endswith((":", "："))

    def names_users(self, template: str) -> bool:
        """Tell whether a template is one that names users, whoever it names here."""
        known = self._scene.known
        return any(fold(template) in names for names in (self._scene.names.persons, known.users, known.unsigned))

    def unknown_template(self) -> str:
        """Return the name of the first template that shows something, but nobody here, if any."""
        veiled = self._scene.layer.veiled
        for template in self._templates():
            if template.name not in self._scene.names.tongues and not template.name.startswith("#"):
                return veiled[template.start + 2 : template.end - 2].partition("|")[0].replace(HIDDEN, "").strip()
        return ""

    def text(self, people: Sequence[Who]) -> str:
        """Return what the line says beside whom it names, links between marks of their own; struck words are out."""
        pieces: list[str] = []
        done = self.start
        for start, end, instead in self._replaced(people):
            if start >= done:
                pieces += [self._scene.struck.without(self._shown, done, start), instead]
            done = max(done, end)
        pieces.append(self._scene.struck.without(self._shown, done, self.end))
        marked = _BREAK.sub("; ", "".join(pieces)).replace("[[", f"{LINK}[[").replace("]]", f"]]{LINK_END}")
        text = _EMPTY.sub(" ", shown_text(marked)).strip(_EDGES)
        return " ".join(text.split())[:_LONGEST]

    def _named(self) -> Iterator[Named]:
        yield from self._scene.signers.named(self.start, self.end)
        known = {*self._scene.known.users, *self._scene.known.unsigned}
        for template in self._templates():
            if template.name not in known:
                for user in self._users_of(template):
                    yield Named(user, template.start, template.end, template.name)

    def _templates(self) -> Iterator[Template]:
        templates = self._scene.layer.templates
        for start in offsets_between(self._scene.templates, self.start, self.end):
            yield templates[start]

    def _users_of(self, template: Template) -> Iterator[str]:
        """Yield the users whom a template like ``{{ping}}`` names."""
        veiled = self._scene.layer.veiled
        if template.name in self._scene.names.persons:
            for argument in veiled[template.arguments : template.end - 2].split("|")[:50]:
                name, equals, value = argument.partition("=")
                if not equals or _USER.fullmatch(name):
                    yield from filter(None, [canonical((value if equals else argument).replace(HIDDEN, ""))])

    def _address(self) -> Iterator[Who]:
        """Yield the address or temporary account that stands bare before the date at the end of the line."""
        stamps = self._scene.layer.stamps
        at = bisect_left(stamps, self.end, key=attrgetter("end"))
        for stamp in stamps[max(0, at - 1) : at + 1]:
            if self.start <= stamp.start and stamp.end <= self.end and stamp.time is not None:
                before = shown_text(self._shown[self.start : stamp.start]).split()
                user = canonical(before[-1]) if before else ""
                if is_anonymous(user):
                    is_struck = bool(self._scene.struck.end(stamp.end - 1))
                    yield Who(user=user, how=SIGNED, start=stamp.start, timestamp=stamp.time, is_struck=is_struck)
                    return

    def _leading(self) -> list[Named]:
        """Return the names that the line begins with, parted by no more than commas and the like."""
        found: list[Named] = []
        done = self.start
        for mark in self._marks:
            between = shown_text(self._shown[done : mark.start])
            if found and mark.user == found[-1].user:
                done = max(done, mark.end)
                continue
            if not self._is_separator(between, "" if found else mark.user) or self._is_called(found, between, mark):
                break
            found.append(mark)
            done = mark.end
        return one_each(found)

    def _is_called(self, before: Sequence[Named], between: str, mark: Named) -> bool:
        """Tell whether somebody is only spoken to: a ping right behind a name of another kind."""
        return self._is_ping(mark) and any(not self._is_ping(each) for each in before) and not between.strip()

    def _is_separator(self, between: str, name: str) -> bool:
        """Tell whether nothing stands before a name but marks, and before the first who has it once more."""
        if name:
            several = _LETTERS.findall(_NUMBERING.sub("", f"{between} "))[: _WORDS_OF_NAME + 1]
            is_name = all(word[0] != word[0].lower() for word in several) and len(several) <= _WORDS_OF_NAME
            return not several or (is_name and several[0].casefold() in name.casefold().split())
        words = [word for word in fold(between).split() if any(letter.isalnum() for letter in word)]
        opens = any(sign in between for sign in "([（")
        return not opens and all(word in self._scene.names.conjunctions for word in words)

    def _tail(self, end: int) -> list[Named]:
        """Return the marks of one user that the line ends with, as a signature without a date does."""
        found: list[Named] = []
        last = bisect_right(self._ends, end) - 1
        for at in range(last, max(-1, last - _MOST_OF_ONE), -1):
            mark = self._marks[at]
            if end - mark.end > _LONGEST:
                break
            after = shown_text(self._shown[mark.end : end])
            if sum(map(len, _LETTERS.findall(after))) > _NEAR * bool(found) or (found and mark.user != found[0].user):
                break
            found.append(mark)
            end = mark.start
        return found

    def _undated(self, mark: Named, *, is_sure: bool) -> Who:
        late = mark.template in self._scene.known.unsigned and bool(mark.template)
        return Who(
            user=mark.user,
            how=SIGNED_FOR if late else UNDATED,
            start=mark.start,
            is_sure=is_sure,
            is_struck=bool(self._scene.struck.end(mark.start)),
        )

    def _signed(self) -> Iterator[Who]:
        """Yield the first who signed and is not struck, and all others whose signatures stand bare behind."""
        every = [self._who(each) for each in self._signatures]
        valid = [who for who in every if not who.is_struck] or every[:1]
        first = valid[0]
        yield from self._named_before(first) or [first]
        done = first.signature.end if first.signature else self.start
        for who in valid[1:]:
            if who.signature is None or has_letters(self._shown[done : who.start]):
                return
            done = who.signature.end
            if who.user != first.user:
                yield who

    def _who(self, signature: Signature) -> Who:
        first = bisect_left(self._ends, signature.start)
        last = bisect_right(self._ends, signature.end)
        starts = [mark.start for mark in self._marks[first:last] if mark.start >= signature.start]
        is_struck = any(self._scene.struck.end(start) for start in [*starts, signature.end - 1])
        return Who(
            user=signature.user,
            how=SIGNED_FOR if signature.unsigned else SIGNED,
            start=signature.start,
            timestamp=signature.timestamp,
            signature=signature,
            is_struck=is_struck,
        )

    def _named_before(self, signer: Who) -> list[Who]:
        """Return whom the line begins with where somebody signed it for them, and says no more than that."""
        start = self._own_start(signer)
        leading = [mark for mark in self._leading() if mark.start < start]
        others = [mark for mark in leading if mark.user != signer.user and not self._is_ping(mark)]
        if not others:
            return []
        between = shown_text(self._shown[leading[-1].end : start])
        says_so = any(found.value == "signed_for" for found in self._scene.names.before.find(between))
        if has_letters(between) and not says_so and len(others) == len(leading):
            return []
        named = [replace(signer, user=mark.user, how=SIGNED_FOR, start=mark.start) for mark in others]
        named = [replace(who, is_struck=bool(self._scene.struck.end(who.start))) for who in named]
        return named if len(others) == len(leading) else [signer, *named]

    def _own_start(self, signer: Who) -> int:
        """Return where the links begin that make a signature with its date."""
        if signer.signature is None:
            return signer.start
        stamp = self._stamp(signer.signature)
        tail = self._tail(stamp.start) if stamp else []
        return min((mark.start for mark in tail), default=signer.start)

    def _is_ping(self, mark: Named) -> bool:
        return mark.template in self._scene.names.persons

    def _replaced(self, people: Sequence[Who]) -> list[tuple[int, int, str]]:
        """Return what gives way in the text: who is named, signatures, and templates that stand for words."""
        users = {who.user for who in people}
        found = [(mark.start, mark.end, " ") for mark in self._marks if mark.user in users]
        found += [
            (each.start, each.end, each.user) for each in self._marks if each.template and each.user not in users
        ]
        leading = self._leading() if len(users) > 1 else []
        if leading and all(mark.user in users for mark in leading):
            found.append((leading[0].start, leading[-1].end, " "))
        for each in self._signatures:
            stamp = self._stamp(each)
            start = stamp.start if stamp else each.start
            tail = [] if stamp is None else self._tail(start)
            found.append((min([start, *(mark.start for mark in tail)]), each.end, self._aside(tail, start)))
        found += [(each.start, each.end, word) for each in self._templates() if (word := self._word(each))]
        return sorted(found)

    def _aside(self, tail: Sequence[Named], end: int) -> str:
        """Return what somebody says in parentheses between name and date: "Ada (talk) (Wiki Club)"."""
        between = self._shown[tail[0].end : end] if tail else ""
        return f" {aside[0]} " if (aside := _ASIDE.search(between)) else " "

    def _stamp(self, signature: Signature) -> Stamp | None:
        stamps = self._scene.layer.stamps
        at = bisect_left(stamps, signature.end, key=attrgetter("end"))
        return stamps[at] if at < len(stamps) and stamps[at].end == signature.end else None

    def _word(self, template: Template) -> str:
        """Return the word that a template shows: a language by its code, or the sign of an address."""
        names = self._scene.names
        if template.name in names.signs:
            return "@"
        veiled = self._scene.layer.veiled[template.start + 2 : template.end - 2]
        function, colon, rest = veiled.partition(":")
        if colon and fold(function) == "#language":
            return self._language(rest.partition("|")[0])
        if template.name not in names.tongues:
            return ""
        given = [argument.strip() for argument in veiled.split("|")[1:]]
        return next(filter(None, map(self._language, given)), "")

    def _language(self, code: str) -> str:
        """Return the name of a language as words of their own."""
        known = codes().get(key(code), "")
        return f", {english_name(known)}, " if known else ""
