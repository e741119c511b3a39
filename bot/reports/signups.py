"""The report of sign-ups: who comes, to which list, in need of which languages, and what became of every line."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from bot.analyze.signup_rows import days, hidden, sections
from bot.analyze.signups import LanguageFigures, ListFigures, SignupFigures, sum_up
from bot.consultation import Consultation
from bot.memory import Memory
from bot.model import Place, Problem
from bot.people import UserFacts
from bot.render import numbers
from bot.render.labels import Labels
from bot.render.terminal import table
from bot.render.view import View
from bot.render.wikitext import Wikitext
from bot.signups import FIELDS, FORM, OFFERED, STATUSES, WANTED, FormCount, Signup, SignupReading, SignupRules

__all__ = ["days", "hidden", "sections"]  # which the template calls, beside what is here

READS = "signups"
REMEMBERS = "signups"
combine = SignupReading.together
MOST_NAMES = 100  # in one cell or list
MOST_LINES = 300  # that are no plain sign-ups
_STAMP = "%Y-%m-%dT%H:%M:%SZ"
_WITH_MOMENT = frozenset({"early", "late"})
_COLUMNS = {"time": "when", "affiliation": "affiliation", "role": "role", "place": "place", "text": "text"}


def people(reading: SignupReading, consultation: Consultation | None) -> Sequence[str]:
    """Return the users of whom the wiki is asked whether they have a new name; addresses have none."""
    del consultation
    named = (each.user for each in reading.signups if each.is_account and each.counts and each.status != "anonymous")
    return list(dict.fromkeys(named))


def figures(
    reading: SignupReading, consultation: Consultation | None, facts: Mapping[str, UserFacts], memory: Memory
) -> SignupFigures:
    """Count the people under the consultation's rules; memory is the report as it was published last."""
    return sum_up(reading, _rules(consultation), facts, memory)


def settled(
    reading: SignupReading, consultation: Consultation | None, facts: Mapping[str, UserFacts]
) -> tuple[Sequence[dict[str, Any]], Sequence[Problem]]:
    """Return every line of a page as an object for programs, with its final status; nothing is published by that."""
    rules = _rules(consultation, published=frozenset(FIELDS))
    nothing = Memory(place=Place(title="", revid=0, line=1))
    summed = sum_up(reading, rules, facts, nothing)
    labels = Labels("en")
    values = [line_json(signup, summed, labels) for signup in summed.signups]
    values += [_form_json(each) for each in summed.forms]
    return sorted(values, key=lambda value: int(value["line"])), summed.problems


def as_json(summed: SignupFigures, language: str) -> dict[str, Any]:
    """Return the figures with the keys that ``show signups --json`` promises, without what stays private."""
    labels = Labels(language)
    found: dict[str, Any] = {
        "people": summed.people,
        "entries": summed.entries,
        "waiting": summed.waiting,
        "capacity": summed.rules.capacity or None,
        "in_several_lists": summed.in_several,
        "outside_forms": summed.in_forms,
        "lists": [_list_json(each, labels) for each in summed.lists],
        "statuses": {status: sum(each.status == status for each in summed.signups) for status in STATUSES},
    }
    if summed.shows("time"):
        found["days"] = [{"day": day.isoformat(), "people": count} for day, count in summed.days.items()]
    if summed.shows("languages"):
        found["interpretation_min"] = summed.rules.interpretation_min
        found["languages"] = [_language_json(each, summed, labels) for each in summed.languages]
    if summed.shows("affiliation"):
        found["groups"] = [
            {"group": each.name, "region": each.region, "people": len(each.signups)} for each in summed.groups
        ]
        found["regions"] = [{"region": each.name, "people": len(each.signups)} for each in summed.regions]
    found["new_people"] = summed.memory.new_count
    found["new"] = [called(each, summed, labels) for each in summed.new]
    found["signups"] = [{"page": each.place.title, **line_json(each, summed, labels)} for each in summed.signups]
    found["forms"] = [
        {"page": each.place.title, "count": each.count, "line": each.place.line} for each in summed.forms
    ]
    return found


def line_json(signup: Signup, summed: SignupFigures, labels: Labels) -> dict[str, Any]:
    """Return a line as an object for programs, with the fields that may be shown."""
    found: dict[str, Any] = {"list": signup.list.title, "user": called(signup, summed, labels) if signup.user else ""}
    if summed.shows("time"):
        found["timestamp"] = signup.timestamp.strftime(_STAMP) if signup.timestamp else None
        found["day"] = signup.day
    found |= {"status": signup.status, "counts": signup.counts, "reason": reason(signup, summed, labels)}
    if summed.shows("affiliation"):
        found |= {"affiliation": signup.affiliation, "group": signup.group}
    if summed.shows("role"):
        found["role"] = signup.role
    if summed.shows("languages"):
        found |= {"wants": languages_of(signup, WANTED), "offers": languages_of(signup, OFFERED)}
    if summed.shows("place"):
        found["place"] = signup.based
    if summed.shows("text"):
        found["text"] = signup.text
    found["line"] = signup.place.line
    return found


def as_text(summed: SignupFigures, labels: Labels) -> str:
    """Return the figures as tables for the terminal."""
    rows = [[labels.text(key) for key in ("signups-list", "signups-people", "signups-waiting")]]
    rows += [[title(each, labels), str(each.people), str(each.waiting)] for each in summed.lists]
    rows.append([labels.text("signups-all"), str(summed.people), str(summed.waiting)])
    tables = [table(rows)]
    if summed.languages and summed.shows("languages"):
        heads = ("signups-language", "signups-wanted", "signups-offered", "signups-state")
        more = [[labels.text(key) for key in heads]]
        for each in summed.languages:
            counts = [str(len(each.wanted)), str(len(each.offered)), state(each, labels)]
            more.append([numbers.language(each.code, labels.code), *counts])
        tables.append(table(more, has_total=False))
    return "\n\n".join(tables)


def summary(summed: SignupFigures) -> tuple[int, ...]:
    """Return what the edit summary says: people, lists, and people who are new."""
    return summed.people, len(summed.lists), summed.memory.new_count


def called(signup: Signup, summed: SignupFigures, labels: Labels) -> str:
    """Return what somebody is called in the report: the name, a number where names stay private, or nobody."""
    if not signup.user:
        return labels.text("signups-nobody")
    if summed.shows("user"):
        return signup.user
    return labels.text("signups-person", summed.numbers[signup.user])


def title(each: ListFigures, labels: Labels) -> str:
    """Return the title of a list; one below no heading is called by its page."""
    return each.title(labels.code) or each.list.place.title


def languages_of(signup: Signup, kind: str) -> list[str]:
    """Return the codes of the languages that somebody asks for or offers."""
    return [each.code for each in signup.mentions if each.kind == kind]


def state(each: LanguageFigures, labels: Labels) -> str:
    """Return whether a language will be interpreted, and what is missing."""
    if each.state == "few" and not each.wanted:
        return labels.text("signups-state-none")
    return labels.text(f"signups-state-{each.state}", *([each.missing] if each.missing else []))


def reason(signup: Signup, summed: SignupFigures, labels: Labels) -> str:
    """Return the rule that decided a line's status, as a sentence."""
    details: list[int | str] = [*signup.details]
    said = signup.reason
    if said == "renamed" and not summed.shows("user"):
        said = "duplicate"
    if said in _WITH_MOMENT:
        details = [when(datetime.fromisoformat(each), labels) for each in signup.details]
    elif said in ("duplicate", "renamed", "full", "list-full"):
        details = [int(signup.details[0]), *signup.details[1:]]
    return labels.text(f"signups-reason-{said}", *details)


def when(moment: datetime, labels: Labels) -> str:
    """Return a moment as the language writes it."""
    return numbers.moment(moment, labels.code)


def bar(count: int, summed: SignupFigures) -> Wikitext:
    """Return the length of a day's bar as CSS writes it."""
    return Wikitext(f"{100 * count / max(summed.days.values()):.1f}%")


def statuses(each: ListFigures, labels: Labels) -> str:
    """Return how many lines of a list have each status."""
    counts = {status: sum(signup.status == status for signup in each.signups) for status in STATUSES}
    said = [
        labels.text("signups-status-count", labels.text(f"signups-status-{status}"), count)
        for status, count in counts.items()
        if count
    ]
    return numbers.enumeration(said, labels.code)


def status(signup: Signup, labels: Labels) -> str:
    """Return a line's status in a word."""
    return labels.text(f"signups-status-{signup.status}")


def head(column: str, labels: Labels) -> str:
    """Return the head of a column of the lists."""
    return labels.text(f"signups-{column}")


def form_links(summed: SignupFigures, view: View) -> Wikitext:
    """Return the counts of outside forms, each as a link to the line that gives it."""
    return view.names(view.at(each.place, view.number(each.count)) for each in summed.forms[:MOST_NAMES])


def columns(summed: SignupFigures) -> list[str]:
    """Return the columns of the lists that may be shown."""
    shown = [key for name, key in _COLUMNS.items() if summed.shows(name)]
    return [*shown, "wanted", "offered"] if summed.shows("languages") else shown


def cell(signup: Signup, column: str, summed: SignupFigures, view: View, labels: Labels) -> Wikitext | str:
    """Return what stands in a column of a list; the anchor of a comment would tell who signed."""
    if column == "when" and signup.timestamp is None:
        return view.day(date.fromisoformat(signup.signing_day)) if signup.signing_day else ""
    if column == "when" and signup.timestamp is not None:
        anchor = signup.comment if summed.shows("user") else ""
        return view.comment(signup.place, anchor, when(signup.timestamp, labels))
    if column in (WANTED, OFFERED):
        return view.names(view.language_name(code) for code in languages_of(signup, column))
    said = {"affiliation": signup.group or signup.affiliation, "role": signup.role}
    said |= {"place": signup.based, "text": signup.text}
    return view.name(said[column]) if said[column] else ""


def links(several: Sequence[Signup], summed: SignupFigures, view: View, labels: Labels) -> Wikitext:
    """Return people as links to the lines that name them, and how many more there are."""
    shown: list[Wikitext] = [
        view.at(each.place, view.name(called(each, summed, labels))) for each in several[:MOST_NAMES]
    ]
    if len(several) > MOST_NAMES:
        shown.append(labels("signups-more-people", len(several) - MOST_NAMES))
    return view.names(shown)


def how_many_are_new(summed: SignupFigures, labels: Labels) -> str:
    """Return how many people are new, where their names stay private: the sentence without the colon before names."""
    return labels.text("signups-new", summed.memory.new_count).rstrip(" \u00a0\u202f:：")


def rules(summed: SignupFigures, labels: Labels) -> list[str]:
    """Return the rules of the count as sentences, with their numbers."""
    rule = summed.rules
    said = [labels.text(f"signups-rule-{name}") for name in ("once", "undated", "anonymous", "unclear")]
    if rule.opens:
        said.append(labels.text("signups-rule-opens", when(rule.opens, labels)))
    if rule.closes:
        said.append(labels.text("signups-rule-closes", when(rule.closes, labels)))
    if rule.capacity or any(each.capacity for each in summed.lists):
        said.append(labels.text("signups-rule-places"))
    if summed.shows("languages") and rule.languages_asked != "nowhere":
        said.append(labels.text("signups-rule-languages", rule.interpretation_min))
    return said


def memory(summed: SignupFigures) -> Wikitext:
    """Return the comment that tells the next report who stood in this one."""
    return Wikitext(summed.memory.comment)


def _rules(consultation: Consultation | None, published: frozenset[str] | None = None) -> SignupRules:
    if consultation is None:
        return SignupRules()
    regions = {group.name: group.region for group in consultation.groups}
    return consultation.signups.rules(regions, published)


def _list_json(each: ListFigures, labels: Labels) -> dict[str, Any]:
    return {
        "list": title(each, labels),
        "page": each.list.place.title,
        "line": each.list.place.line,
        "people": each.people,
        "waiting": each.waiting,
        "capacity": each.capacity or None,
    }


def _language_json(each: LanguageFigures, summed: SignupFigures, labels: Labels) -> dict[str, Any]:
    return {
        "language": each.code,
        "name": numbers.language(each.code, labels.code),
        "wanted": len(each.wanted),
        "wanted_by": [called(signup, summed, labels) for signup in each.wanted],
        "offered_by": [called(signup, summed, labels) for signup in each.offered],
        "state": each.state,
        "missing": each.missing,
    }


def _form_json(each: FormCount) -> dict[str, Any]:
    found: dict[str, Any] = {"list": each.list.title, "user": "", "timestamp": None, "status": FORM, "counts": False}
    return found | {"count": each.count, "text": each.text, "line": each.place.line}
