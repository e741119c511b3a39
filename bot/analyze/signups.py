"""Sum up sign-ups: how many people, in which lists and on which days, what they ask for, and who is new."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.analyze.lookalike import lookalikes
from bot.analyze.signup_memory import Remembered, counted, mark, remembered
from bot.analyze.signup_status import Facts, People, settled
from bot.memory import Memory
from bot.model import Problem
from bot.signups import (
    COUNTED,
    COUNTING,
    DUPLICATE,
    OFFERED,
    REPLY,
    WAITING,
    WANTED,
    FormCount,
    Signup,
    SignupList,
    SignupReading,
    SignupRules,
)

LONGEST = 1_000  # lines that a report shows one by one


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFigures:
    """One list: its lines in page order, the people in it, those who wait, and its places (0 is no limit)."""

    list: SignupList
    signups: tuple[Signup, ...]
    people: int
    waiting: int
    capacity: int
    titles: Mapping[str, str] = field(default_factory=dict)

    def title(self, language: str) -> str:
        """Return its title: that of the settings in a language, else what stands on the page."""
        return self.titles.get(language) or self.list.title


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageFigures:
    """One language: who asks for it, who offers it, each by the line that says so, and how many must ask."""

    code: str
    wanted: tuple[Signup, ...]
    offered: tuple[Signup, ...]
    needed: int

    @property
    def missing(self) -> int:
        """Return how many more people must ask."""
        return max(0, self.needed - len(self.wanted))

    @property
    def state(self) -> str:
        """Return "ready", "no-interpreter" where enough ask and nobody offers, or "few"."""
        if self.missing:
            return "few"
        return "ready" if self.offered else "no-interpreter"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFigures:
    """A group or region with the people who come for it."""

    name: str
    signups: tuple[Signup, ...]
    region: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignupFigures:
    """All that is known of the sign-ups of a consultation; people are counted once, in however many lists.

    numbers call users by numbers where their names may not be shown.
    """

    rules: SignupRules
    signups: tuple[Signup, ...]
    people: int
    waiting: int
    in_several: int
    undated: int
    lists: tuple[ListFigures, ...]
    days: Mapping[date, int]
    languages: tuple[LanguageFigures, ...]
    groups: tuple[GroupFigures, ...]
    regions: tuple[GroupFigures, ...]
    forms: tuple[FormCount, ...]
    new: tuple[Signup, ...]
    numbers: Mapping[str, int]
    memory: Remembered
    problems: tuple[Problem, ...]

    @property
    def entries(self) -> int:
        """Return how many lines count."""
        return sum(signup.counts for signup in self.signups)

    @property
    def in_forms(self) -> int:
        """Return how many people signed up elsewhere."""
        return sum(each.count for each in self.forms)

    def shows(self, name: str) -> bool:
        """Tell whether a field may be published."""
        return name in self.rules.published

    @property
    def named(self) -> tuple[Signup, ...]:
        """Return the lines that are no plain sign-ups, each of which is named; who only answers comes last."""
        odd = [signup for signup in self.signups if signup.status not in (COUNTED, REPLY)]
        answers = [signup for signup in self.signups if signup.status == REPLY and signup.user]
        return (*odd, *answers)


def sum_up(reading: SignupReading, rules: SignupRules, facts: Facts, memory: Memory) -> SignupFigures:
    """Give every line its status and count those that count."""
    people = People(rules, facts)
    signups = settled(reading.signups, rules, people)
    persons: dict[str, list[Signup]] = {}
    for signup in signups:
        if signup.counts:
            persons.setdefault(people.person(signup), []).append(signup)
    firsts = [several[0] for several in persons.values()]
    if "user" in rules.published:
        remembers = remembered(memory.body, [people.names(signup) for signup in firsts])
    else:
        remembers = counted(memory.body, len(firsts))
    newcomers = frozenset(remembers.new)
    groups = tuple(_groups(persons.values(), rules))
    return SignupFigures(
        rules=rules,
        signups=tuple(signups),
        people=len(persons),
        waiting=len({people.person(each) for each in signups if each.status == WAITING} - persons.keys()),
        in_several=sum(len(several) > 1 for several in persons.values()),
        undated=sum(all(not each.signing_day for each in several) for several in persons.values()),
        lists=tuple(_lists(signups, people)),
        days=_days(persons.values()),
        languages=tuple(_languages(signups, persons, people, rules)),
        groups=groups,
        regions=tuple(_regions(groups)),
        forms=reading.forms,
        new=tuple(signup for signup in firsts if mark(signup.user) in newcomers),
        numbers={user: number for number, user in enumerate(dict.fromkeys(each.user for each in signups), start=1)},
        memory=remembers,
        problems=(*reading.problems, *_problems(firsts, signups, rules)),
    )


def _lists(signups: Sequence[Signup], people: People) -> Iterator[ListFigures]:
    """Yield the lists in page order; those that the settings call one are one."""
    found: dict[str, list[Signup]] = {}
    for signup in signups:
        if signup.status != REPLY:
            found.setdefault(people.key(signup.list), []).append(signup)
    for own in found.values():
        rule = people.rule(own[0].list)
        yield ListFigures(
            list=own[0].list,
            signups=tuple(own),
            people=sum(signup.counts for signup in own),
            waiting=sum(signup.status == WAITING for signup in own),
            capacity=rule.capacity if rule else 0,
            titles=rule.titles if rule else {},
        )


def _days(persons: Iterable[Sequence[Signup]]) -> Mapping[date, int]:
    """Return how many people came on each day, by the first line of each; days are those of UTC."""
    found: Counter[date] = Counter()
    for several in persons:
        days = [date.fromisoformat(each.signing_day) for each in several if each.signing_day]
        if days:
            found[min(days)] += 1
    return dict(sorted(found.items()))


def _languages(
    signups: Sequence[Signup], persons: Mapping[str, object], people: People, rules: SignupRules
) -> Iterator[LanguageFigures]:
    """Yield the languages that people with a place ask for or offer, those that most ask for first."""
    found: dict[str, dict[str, dict[str, Signup]]] = {}
    for signup in signups:
        person = people.person(signup)
        if person in persons and signup.status in (*COUNTING, DUPLICATE):
            for each in signup.mentions:
                found.setdefault(each.code, {}).setdefault(each.kind, {}).setdefault(person, signup)
    order = sorted(found, key=lambda code: (-len(found[code].get(WANTED, ())), code))
    for code in order:
        yield LanguageFigures(
            code=code,
            wanted=tuple(found[code].get(WANTED, {}).values()),
            offered=tuple(found[code].get(OFFERED, {}).values()),
            needed=rules.interpretation_min,
        )


def _groups(persons: Iterable[Sequence[Signup]], rules: SignupRules) -> Iterator[GroupFigures]:
    """Yield the groups of the settings that people come for, the largest first; each person comes for one."""
    found: dict[str, list[Signup]] = {}
    for several in persons:
        named = next((signup for signup in several if signup.group), None)
        if named is not None:
            found.setdefault(named.group, []).append(named)
    for name in sorted(found, key=lambda group: (-len(found[group]), group)):
        yield GroupFigures(name=name, signups=tuple(found[name]), region=rules.regions.get(name, ""))


def _regions(groups: Sequence[GroupFigures]) -> Iterator[GroupFigures]:
    found: dict[str, list[Signup]] = {}
    for group in groups:
        if group.region:
            found.setdefault(group.region, []).extend(group.signups)
    for name in sorted(found, key=lambda region: (-len(found[region]), region)):
        yield GroupFigures(name=name, signups=tuple(found[name]))


def _problems(firsts: Sequence[Signup], signups: Sequence[Signup], rules: SignupRules) -> Iterator[Problem]:
    """Yield names that look alike, and lists too long to be shown line by line."""
    accounts = {signup.user: signup for signup in firsts if signup.is_account}
    for names in lookalikes(accounts):
        shown = (
            names[:2] if "user" in rules.published else tuple(str(accounts[name].place.line) for name in names[:2])
        )
        yield Problem(place=accounts[names[-1]].place, message="signup-look-alike", details=shown)
    if len(signups) > LONGEST:
        first = signups[LONGEST]
        yield Problem(place=first.place, message="signup-long-list", details=(str(len(signups)), str(LONGEST)))
