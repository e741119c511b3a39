"""Find where a question was answered: by somebody else's reply, by a response line, or with its whole section."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from bot.discussion import Comment, Discussion, TalkHeading
from bot.parse.names import split_label
from bot.parse.question_page import HEADING, ITEM, TEXT, QuestionPage, Unit
from bot.parse.question_words import QuestionNames
from bot.parse.text import fold, template_names
from bot.questions import Answer

_MOST = 3  # answers that are named of one question
_MOST_UNITS = 200  # that are looked through below one question
_OPTION = re.compile(r"\s{0,9}[Aa]\s{0,3}[:.)–-]")
_NEXT_OPTION = re.compile(r"\s{0,9}[Bb]\s{0,3}[:.)–-]")
_BOT = re.compile(r"Bot$|[-_ ]bot$|^MediaWiki message delivery$")


class Answers:
    """The answers of one page."""

    def __init__(self, page: QuestionPage, talk: Discussion, names: QuestionNames, *, has_anchors: bool) -> None:
        self._page = page
        self._talk = talk
        self._names = names
        self._has_anchors = has_anchors
        self._pieces = dict(zip((each.index for each in talk.entries), talk.pieces[1::2], strict=True))
        self._below: dict[int, list[Comment]] = {}
        self._sections: dict[int, list[Comment]] = {}
        self._heading_of: dict[int, int] = {}
        self._of_comment: dict[int, tuple[Answer, ...]] = {}
        for entry in talk.entries:
            self._sort_in(entry)

    def _sort_in(self, entry: TalkHeading | Comment) -> None:
        """Note which heading an entry stands under, and which comments it answers."""
        if isinstance(entry, TalkHeading):
            return
        above, steps = entry.parent, 0
        while above is not None and isinstance(self._talk.entries[above], Comment):
            if steps < _MOST_UNITS:
                self._below.setdefault(above, []).append(entry)
            above, steps = self._talk.entries[above].parent, steps + 1
        heading = -1 if above is None else above
        self._heading_of[entry.index] = heading
        self._sections.setdefault(heading, []).append(entry)

    def anchor(self, comment: Comment) -> str:
        """Return the anchor of a comment where the wiki makes one."""
        return comment.id if self._has_anchors else ""

    def section(self, heading: TalkHeading) -> Sequence[Comment]:
        """Return the comments below a heading, without those below a further heading that asks something itself."""
        found: list[Comment] = []
        skipped: int | None = None
        for entry in self._talk.entries[heading.index + 1 :]:
            if isinstance(entry, TalkHeading):
                if entry.level <= heading.level:
                    break
                if skipped is None or entry.level <= skipped:
                    skipped = entry.level if self._names.of_heading(entry.title).kind else None
            elif skipped is None:
                found.append(entry)
        return found

    def opener(self, heading: TalkHeading) -> Comment | None:
        """Return the first comment below a heading that asks, None where that answers and nobody signs the question.

        A reply is indented; what is not goes on asking, unless its words are plainly those of an answer.
        """
        first = next(iter(self.section(heading)), None)
        if first is None or not self._names.is_answer(first.text) or self._names.has_question(first.text):
            return first
        asked = self._names.of_heading(heading.title).rest
        return None if first.level > 1 or self._names.answers_at_once(asked, first.text) else first

    def of_section(self, heading: TalkHeading) -> tuple[Answer, ...]:
        """Return who answered a heading: whoever else speaks below it than the one who asks it."""
        opener = self.opener(heading)
        found = list(self._replies(self.section(heading), opener.user if opener else ""))
        if heading.state == "resolved":
            found.append(self._resolved(heading))
        return tuple(found[:_MOST])

    def of_comment(self, comment: Comment) -> tuple[Answer, ...]:
        """Return who answered a comment: in a reply, below one that opens its section, or by naming its author."""
        if comment.index not in self._of_comment:
            self._of_comment[comment.index] = self._found_of(comment)
        return self._of_comment[comment.index]

    def _found_of(self, comment: Comment) -> tuple[Answer, ...]:
        heading = self._heading_of[comment.index]
        several = self._sections[heading]
        later = several[bisect_right(several, comment.index, key=_index) :]
        opens = several[0] is comment and comment.level == 1  # and no item of a list, where each has its own replies
        below = later if opens else self._below.get(comment.index, [])
        named = [each for each in later[:_MOST_UNITS] if self._names_user(each, comment.user)]
        both = {each.index: each for each in [*below, *named]}
        found = list(self._replies([both[index] for index in sorted(both)], comment.user))
        section = self._talk.entries[heading] if heading >= 0 else None
        if comment.state == "resolved" and isinstance(section, TalkHeading):
            found.append(self._resolved(section))
        return tuple(found[:_MOST])

    def _replies(self, comments: Iterable[Comment], asker: str) -> Iterator[Answer]:
        found = 0
        for comment in comments:
            if found == _MOST:
                break
            if comment.user != asker and not _BOT.search(comment.user) and self._says(comment):
                found += 1
                yield self._reply(comment)

    def _says(self, comment: Comment) -> bool:
        if self._names.is_answer(comment.text):
            return True
        text = comment.text.strip()
        return not text and any(map(self._names.settles, template_names(self._pieces[comment.index])))

    def _reply(self, comment: Comment) -> Answer:
        return Answer(
            kind="reply",
            place=comment.place,
            user=comment.user,
            timestamp=comment.timestamp,
            comment=self.anchor(comment),
        )

    def _names_user(self, comment: Comment, user: str) -> bool:
        """Tell whether a comment names a user, its own signature aside."""
        signed = comment.signatures[0].start - comment.start
        return comment.user != user and fold(user) in fold(self._pieces[comment.index][: max(signed, 0)])

    def _resolved(self, heading: TalkHeading) -> Answer:
        return Answer(kind="resolved", place=heading.place)

    def below(self, index: int, asker: str) -> tuple[Answer, ...]:
        """Return what answers a line without a thread: signed lines below it, and response lines below or behind."""
        return tuple(found for found, _ in zip(self._lines(index, asker), range(_MOST), strict=False))

    def paragraph(self, index: int) -> tuple[Answer, ...]:
        """Return the paragraph below a title that asks, where nobody signs it: the answer of a list of questions."""
        following = self._page.units[index + 1 : index + 2]
        for unit in following if following and following[0].kind == TEXT else ():
            if not self._page.comment(unit) and self._names.is_answer(unit.text):
                return (Answer(kind="response", place=self._page.place(unit.line)),)
        return ()

    def _lines(self, index: int, asker: str) -> Iterator[Answer]:
        asked = self._page.units[index]
        if self._is_settled(asked):
            yield Answer(kind="response", place=self._page.place(asked.line))
        if asked.is_title and asked.text.rstrip().endswith(self._names.marks):
            yield from self.paragraph(index)
        is_near = True  # until another line of the same list, whose own replies follow it
        following = self._page.units[index + 1 : index + 1 + _MOST_UNITS]
        for unit, behind in zip_longest(following, following[1:]):
            label = self._names.split(unit.text)
            if behind and _OPTION.match(unit.text) and _NEXT_OPTION.match(behind.text):
                return
            if _defines(unit, asked):
                yield from self._response(unit, label.rest)
                return
            if self._is_elsewhere(unit, asked, label.kind):
                return
            is_below = unit.is_below(asked)
            if label.kind == "answer" and (asked.kind == HEADING or unit.kind != ITEM or unit.level >= asked.level):
                yield from self._response(unit, label.rest)
            elif is_below and is_near:
                yield from self._signed(unit, asker)
            is_near = is_near and is_below

    def _is_settled(self, asked: Unit) -> bool:
        """Tell whether a row holds an answer, or an unsigned list item a template that says it is answered."""
        if asked.answer:
            return self._names.is_answer(asked.answer)
        return any(map(self._names.settles, asked.templates)) and not self._page.comment(asked)

    def _is_elsewhere(self, unit: Unit, asked: Unit, label: str) -> bool:
        """Tell whether a unit has nothing to do with a question above it any more."""
        if unit.kind == HEADING:
            return True
        if unit.is_below(asked) or label == "answer":
            return unit.kind == ITEM and asked.kind == ITEM and unit.level < asked.level
        if label:
            return True
        if asked.kind == HEADING:
            return False
        # In notes, other labelled lines such as "C:" may stand between a question and its response.
        return unit.kind != ITEM or unit.level != asked.level or not split_label(unit.text)[1]

    def _response(self, unit: Unit, said: str) -> Iterator[Answer]:
        if self._names.is_answer(said):
            comment = self._page.comment(unit)
            yield Answer(
                kind="response",
                place=self._page.place(unit.line),
                user=comment.user if comment else "",
                timestamp=comment.timestamp if comment else None,
            )

    def _signed(self, unit: Unit, asker: str) -> Iterator[Answer]:
        """Yield the reply that is signed in this line."""
        comment = self._page.comment(unit)
        if comment is None or self._page.signed(comment) is not unit or _BOT.search(comment.user):
            return
        if comment.user != asker and self._names.is_answer(unit.text):
            yield replace(self._reply(comment), place=self._page.place(unit.line))


def _defines(unit: Unit, asked: Unit) -> bool:
    """Tell whether a list item says what the one above it asks, as ":" does below ";"."""
    return asked.markers.endswith(";") and unit.markers == f"{asked.markers[:-1]}:"


def _index(comment: Comment) -> int:
    return comment.index
