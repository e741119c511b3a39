"""Give every line of sign-ups its one status: in time, once in each list, with a place or on the waiting list."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from bot.parse.text import fold
from bot.people import UserFacts, newest_name
from bot.signups import (
    DUPLICATE,
    EARLY,
    LATE,
    NAMED,
    OFFERED,
    OPEN,
    REPLY,
    WAITING,
    WANTED,
    ListRule,
    Mention,
    Signup,
    SignupList,
    SignupRules,
)

Facts = Mapping[str, UserFacts]
_COUNT = re.compile(r"[\s:–—-]{0,4}[(\[（]\s?\d{1,6}\s?(?:/\s?\d{1,6})?\s?[)\]）]$")
_NEVER = datetime.max.replace(tzinfo=UTC)


class People:
    """Who stands behind a name, and which lists are one."""

    def __init__(self, rules: SignupRules, facts: Facts) -> None:
        self._facts = facts
        self._former: dict[str, list[str]] = {}
        for name in facts:
            self._former.setdefault(newest_name(name, facts), []).append(name)
        self._rules = {name: rule for rule in rules.lists for name in rule.names}

    def person(self, signup: Signup) -> str:
        """Return the newest name that is known of a user; a mere name is one person with its group or family name."""
        if not signup.is_account:
            name = fold(signup.user)
            return f"/{name}" if " " in name else f"/{name}/{fold(signup.group or signup.affiliation)}"
        return newest_name(signup.user, self._facts)

    def names(self, signup: Signup) -> Sequence[str]:
        """Return every name that is known of the person of a line, the one that stands there first."""
        newest = self.person(signup)
        return [signup.user, newest, *self._former.get(newest, ())] if signup.is_account else [signup.user]

    def rule(self, own: SignupList) -> ListRule | None:
        """Return what the settings say of a list."""
        return self._rules.get(_title(own.title))

    def key(self, own: SignupList) -> str:
        """Return what two lists share that are one by the settings, or have one title on one page."""
        rule = self.rule(own)
        return f"/{rule.names[0]}" if rule else f"{own.place.title}\n{own.title}\n{' / '.join(own.above)}"


def settled(signups: Sequence[Signup], rules: SignupRules, people: People) -> list[Signup]:
    """Return the lines with their final status, in the order given."""
    judged = [_in_time(_of_list(_asked(signup, rules), people), rules) for signup in signups]
    order = _order(judged)
    once = _once(judged, order, people)
    return _with_places(once, order, rules, people)


def _title(text: str) -> str:
    return fold(_COUNT.sub("", text))


def _asked(signup: Signup, rules: SignupRules) -> Signup:
    """Leave the languages that count: asked for or offered where the settings say that they are."""
    kept = tuple(kept for each in signup.mentions if (kept := _kept(each, signup.list, rules)))
    return signup if kept == signup.mentions else replace(signup, mentions=kept)


def _kept(mention: Mention, own: SignupList, rules: SignupRules) -> Mention | None:
    asked = rules.languages_asked
    if mention.kind == NAMED and (asked != "lists" or not _is_named(own.title, rules)):
        return None
    if asked == "lists":
        titles = {_title(title) for title in (own.title, *own.above)}
        asked = "everywhere" if titles & {_title(name) for name in rules.language_lists} else "nowhere"
    if asked == "nowhere" or (asked == "said" and mention.kind == OPEN):
        return None
    return mention if mention.kind in (WANTED, OFFERED) else replace(mention, kind=WANTED)


def _is_named(title: str, rules: SignupRules) -> bool:
    return _title(title) in {_title(name) for name in rules.language_lists}


def _of_list(signup: Signup, people: People) -> Signup:
    rule = people.rule(signup.list)
    if rule is None or not rule.is_ignored or not _comes(signup):
        return signup
    return replace(signup, status=REPLY, reason="ignored-list")


def _in_time(signup: Signup, rules: SignupRules) -> Signup:
    if not _comes(signup) or signup.timestamp is None:
        return signup
    if rules.opens and signup.timestamp < rules.opens:
        return replace(signup, status=EARLY, reason="early", details=(rules.opens.isoformat(),))
    if rules.closes and signup.timestamp > rules.closes:
        return replace(signup, status=LATE, reason="late", details=(rules.closes.isoformat(),))
    return signup


def _comes(signup: Signup) -> bool:
    """Tell whether somebody wants a place: people wait as well where the page itself has a list of those who do."""
    return signup.counts or signup.status == WAITING


def _order(signups: Sequence[Signup]) -> list[int]:
    """Return the lines' numbers in the order of signing.

    A line without a date is as old as the dated one above it in its list, else as the first dated one below; the
    lists in which nobody dated anything come last, in page order.
    """
    first: dict[SignupList, datetime] = {}
    for signup in signups:
        if moment := _moment(signup):
            first.setdefault(signup.list, moment)
    last: dict[SignupList, datetime] = {}
    times: list[datetime] = []
    for signup in signups:
        if moment := _moment(signup):
            last[signup.list] = moment
        times.append(last.get(signup.list) or first.get(signup.list, _NEVER))
    return sorted(range(len(signups)), key=lambda index: (times[index], index))


def _moment(signup: Signup) -> datetime | None:
    """Return when somebody signed, or the beginning of the day of signing that a table gives."""
    if signup.timestamp is None and signup.signing_day:
        return datetime.fromisoformat(signup.signing_day).replace(tzinfo=UTC)
    return signup.timestamp


def _once(signups: Sequence[Signup], order: Iterable[int], people: People) -> list[Signup]:
    """Let each person count once in a list, by the line that was signed first."""
    result = list(signups)
    first: dict[tuple[str, str], Signup] = {}
    for index in order:
        signup = signups[index]
        if not _comes(signup):
            continue
        kept = first.setdefault((people.key(signup.list), people.person(signup)), signup)
        if kept is not signup:
            reason = "duplicate" if kept.user == signup.user else "renamed"
            details = (str(kept.place.line), kept.user) if reason == "renamed" else (str(kept.place.line),)
            result[index] = replace(signup, status=DUPLICATE, reason=reason, details=details)
    return result


def _with_places(signups: Sequence[Signup], order: Iterable[int], rules: SignupRules, people: People) -> list[Signup]:
    """Put whoever signed when all places were taken on the waiting list, in order."""
    result = list(signups)
    taken: dict[str, int] = {}
    waiting: dict[str, int] = {}
    inside: set[str] = set()
    outside: dict[str, int] = {}
    for index in order:
        signup = signups[index]
        if not _comes(signup):
            continue
        key, person = people.key(signup.list), people.person(signup)
        rule = people.rule(signup.list)
        is_full = bool(rule and rule.capacity and taken.get(key, 0) >= rule.capacity)
        if is_full or signup.status == WAITING:
            waiting[key] = waiting.get(key, 0) + 1
            result[index] = _waits(signup, "list-full" if is_full else "full", waiting[key])
        elif rules.capacity and person not in inside and (person in outside or len(inside) >= rules.capacity):
            result[index] = _waits(signup, "full", outside.setdefault(person, len(outside) + 1))
        else:
            inside.add(person)
            taken[key] = taken.get(key, 0) + 1
    return result


def _waits(signup: Signup, reason: str, position: int) -> Signup:
    return replace(signup, status=WAITING, reason=reason, details=(str(position),))
