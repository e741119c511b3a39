"""Note what lines of a page turn out to be: sign-ups, answers, lines in doubt, and counts of outside forms."""

from collections.abc import Sequence
from dataclasses import replace

from bot.parse.signup_away import says_absent
from bot.parse.signup_forms import count_of_form
from bot.parse.signup_item import Item
from bot.parse.signup_page import SignupPage
from bot.parse.signup_text import FieldReader, Fields, plain
from bot.parse.signup_who import SIGNED_FOR, UNDATED, Who, is_anonymous
from bot.parse.signup_words import DECLINED, QUEUE
from bot.signups import (
    ABSENT,
    ANONYMOUS,
    COUNTED,
    NAMED,
    REPLY,
    STRUCK,
    UNCLEAR,
    UNSIGNED,
    WAITING,
    FormCount,
    Mention,
    Signup,
    SignupList,
)


class Notes:
    """What was noted of one page."""

    def __init__(self, page: SignupPage, reader: FieldReader) -> None:
        self._page = page
        self._reader = reader
        self._wishes_of_lists: dict[SignupList, tuple[Mention, ...]] = {}
        self.signups: list[Signup] = []
        self.forms: list[FormCount] = []
        self.lists: dict[SignupList, None] = {}
        self.in_tables: dict[int, list[int]] = {}

    def person(self, item: Item) -> None:
        """Note everybody whom an item names, and who else signed it."""
        if item.table:
            self.in_tables.setdefault(item.table, []).append(item.entry.start)
        marked = self._page.clean(item.entry.text(item.people))
        is_away = any(says_absent(text, self._page.names) for text in (plain(marked), *item.said))
        for who in item.people:
            fields = self._reader.read(marked, who.user)
            for more in item.more:
                fields = fields.with_more(more)
            status, reason = status_of(who, item.section.kind, is_away=is_away)
            self.add(self._signup(item, who, status, reason, self._of_list(fields, item.section.list)))
        for who in item.entry.others():
            status, reason = (STRUCK, "struck") if who.is_struck else (REPLY, "same-line")
            self.add(self._signup(item, who, status, reason, Fields()))
        for who in item.entry.mentioned(item.people):
            status, reason = (STRUCK, "struck") if who.is_struck else (REPLY, "mention")
            self.add(self._signup(item, who, status, reason, Fields()))

    def nobody(self, item: Item) -> None:
        """Note a line in a list that names nobody for sure."""
        template = self._page.clean(item.entry.unknown_template())
        is_strange = bool(template) and not item.entry.names_users(template)
        reason = "mention" if item.entry.mentions_somebody() else "template" if is_strange else "nobody"
        self.add(self._signup(item, _no_one(item), UNCLEAR, reason, Fields(text=item.text)))
        details = [f"{{{{{template}}}}}"] if reason == "template" else []
        self._page.problem(self._page.place(item.entry.start), f"signup-unclear/{reason}", *details)

    def in_doubt(self, item: Item) -> None:
        """Note people who stand alone, but in no list."""
        for who in item.people:
            self.add(self._signup(item, who, UNCLEAR, "paragraph", Fields(text=item.text)))
        self._page.problem(self._page.place(item.entry.start), "signup-unclear/paragraph")

    def talk(self, item: Item, reason: str) -> None:
        """Note what somebody signed who does not sign up there."""
        for who in item.people:
            if who.signature:
                self.add(self._signup(item, who, REPLY, reason, Fields(text=item.text)))

    def reply(self, item: Item, owner: Item | None) -> None:
        """Note a comment; what the same person adds, or labels add that nobody signed, belongs to the entry."""
        signed = [who for who in item.people if who.signature]
        users = {who.user for who in owner.people} if owner else set()
        marked = self._page.clean(item.entry.text(item.people))
        if owner is not None and signed and signed[0].user in users:
            owner.more.append(self._reader.read(marked))
            owner.said.append(plain(marked))
        elif owner is not None and not item.people:
            # A bullet below an entry goes on with it; what is indented like talk may be anybody's, labels aside.
            owner.more.append(self._reader.labels(marked) if item.is_talk else self._reader.read(marked))
        if signed or item.has_letters:
            who = signed[0] if signed else _no_one(item)
            self.add(self._signup(item, who, REPLY, "reply", Fields(text=item.text)))

    def form(self, item: Item) -> bool:
        """Note a count of people who signed up elsewhere; False where a line gives none."""
        if item.people or item.entry.others():
            return False
        count = count_of_form(item.text, self._page.names)
        if count is None:
            return False
        place = self._page.place(item.entry.start)
        self.forms.append(FormCount(list=item.section.list, count=count, text=item.text, place=place))
        return True

    def add(self, signup: Signup) -> None:
        """Take a line, and its list where it is one of people."""
        if signup.status != REPLY:
            self.lists.setdefault(signup.list)
        self.signups.append(signup)

    def _of_list(self, fields: Fields, own: SignupList) -> Fields:
        """Return the fields of an entry with the language and role that the heading above it names."""
        if own not in self._wishes_of_lists:
            kinds = (self._reader.wishes.kind_of_title(title) for title in (own.title, *reversed(own.above)))
            kind = next(filter(None, kinds), "")
            named = self._reader.wishes.of_title(own.title)
            self._wishes_of_lists[own] = tuple(
                Mention(code=each.code, kind=kind if kind and each.kind != NAMED else each.kind) for each in named
            )
        more = Fields(mentions=self._wishes_of_lists[own], role=self._reader.role_of_title(own.title))
        return fields.with_more(more)

    def _signup(self, item: Item, who: Who, status: str, reason: str, fields: Fields) -> Signup:
        place = self._page.place(item.entry.start)
        has_anchor = bool(place.section) or not self._page.section(item.entry.start).list.title
        return Signup(
            user=who.user,
            list=item.section.list,
            place=place,
            status=status,
            reason=reason,
            index=0,
            timestamp=who.timestamp,
            affiliation=fields.affiliation,
            group=fields.group,
            role=fields.role,
            based=fields.based,
            text=fields.text,
            mentions=fields.mentions,
            comment=self._page.lookup.anchor(who.signature) if has_anchor else "",
        )


def numbered(signups: Sequence[Signup]) -> tuple[Signup, ...]:
    """Return the lines of a page in order, numbered from 0."""
    ordered = sorted(signups, key=_line)
    return tuple(replace(signup, index=index) for index, signup in enumerate(ordered))


def status_of(who: Who, kind: str = "", *, is_away: bool = False) -> tuple[str, str]:
    """Return the status that the page alone gives somebody, and why; is_away if the words of the line say so."""
    if who.is_struck:
        return STRUCK, "struck"
    if kind == DECLINED:
        return ABSENT, "declined"
    if is_away:
        return ABSENT, "absent"
    if kind == QUEUE:
        return WAITING, "full"
    if is_anonymous(who.user):
        return ANONYMOUS, "anonymous"
    return (UNSIGNED if who.how == SIGNED_FOR else COUNTED), who.how


def _no_one(item: Item) -> Who:
    return Who(user="", how=UNDATED, start=item.entry.start)


def _line(signup: Signup) -> int:
    return signup.place.line
