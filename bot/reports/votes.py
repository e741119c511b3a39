"""The report of votes: how each question stands, by which rules, and what became of every voting line."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.analyze.tally import QuestionTally, VoteFigures, tally, voters
from bot.consultation import Consultation
from bot.model import Problem
from bot.people import UserFacts
from bot.render import numbers
from bot.render.labels import Labels
from bot.render.terminal import width
from bot.votes import STATUSES, Eligibility, Vote, VoteReading, VoteRules

READS = "votes"
combine = VoteReading.together
_STAMP = "%Y-%m-%dT%H:%M:%SZ"
_WITH_MOMENT = frozenset({"early", "late", "registered-late"})
_WITH_NUMBERS = frozenset({"duplicate", "changed-last", "changed-first", "few-edits"})


def people(reading: VoteReading, consultation: Consultation | None) -> Sequence[str]:
    """Return the users of whom the wiki is to be asked."""
    return voters(reading, _rules(consultation))


def figures(reading: VoteReading, consultation: Consultation | None, facts: Mapping[str, UserFacts]) -> VoteFigures:
    """Count the votes under the consultation's rules."""
    return tally(reading, _rules(consultation), facts)


def settled(
    reading: VoteReading, consultation: Consultation | None, facts: Mapping[str, UserFacts]
) -> tuple[Sequence[dict[str, Any]], Sequence[Problem]]:
    """Return every voting line of a page as an object for programs, with its final status."""
    counted = figures(reading, consultation, facts)
    labels = Labels("en")
    return [ledger_line(vote, labels) for vote in counted.votes], counted.problems


def as_json(counted: VoteFigures, language: str) -> dict[str, Any]:
    """Return the figures with the keys that ``show votes --json`` promises."""
    labels = Labels(language)
    votes = [{"page": vote.place.title, **ledger_line(vote, labels)} for vote in counted.votes]
    return {"questions": [_question_json(each) for each in counted.questions], "votes": votes}


def as_text(counted: VoteFigures, labels: Labels) -> str:
    """Return the figures as a table for the terminal."""
    keys = ("question", "support", "oppose", "neutral", "unclear", "share", "people")
    rows = [[labels.text(f"votes-{key}") for key in keys]]
    for each in counted.questions:
        part = f"{each.share:.1%} ({each.support}/{each.denominator})" if each.denominator else "–"
        title = each.question.title or each.question.place.title
        counts = [str(count) for count in (each.support, each.oppose, each.neutral, each.unclear)]
        rows.append([title, *counts, part, str(each.people)])
    return "\n".join(_columns(rows))


def summary(counted: VoteFigures) -> tuple[int, ...]:
    """Return what the edit summary says: the number of questions, counted votes and voting lines."""
    return len(counted.questions), counted.counted, len(counted.votes)


def ledger_line(vote: Vote, labels: Labels) -> dict[str, Any]:
    """Return a voting line as an object for programs; the reason is a sentence, the status its stable word."""
    return {
        "user": vote.user,
        "choice": vote.choice,
        "strength": vote.strength,
        "timestamp": vote.timestamp.strftime(_STAMP) if vote.timestamp else None,
        "status": vote.status,
        "reason": reason(vote, labels),
        "line": vote.place.line,
        "question": vote.question.title,
    }


def reason(vote: Vote, labels: Labels) -> str:
    """Return the rule that decided a vote's status, as a sentence."""
    details: list[int | str] = [*vote.details]
    if vote.reason in _WITH_MOMENT:
        details = [when(datetime.fromisoformat(each), labels) for each in vote.details]
    elif vote.reason in _WITH_NUMBERS:
        details = [int(each) for each in vote.details]
    return labels.text(f"votes-reason-{vote.reason}", *details)


def when(moment: datetime, labels: Labels) -> str:
    """Return a moment as the language writes it."""
    return numbers.moment(moment, labels.code)


def seconds(vote: Vote) -> int:
    """Return what a column of signatures is sorted by."""
    return int(vote.timestamp.timestamp()) if vote.timestamp else 0


def choice(vote: Vote, labels: Labels) -> str:
    """Return a vote's choice, and how strongly it was made."""
    said = labels.text(f"votes-{vote.choice}")
    return labels.text(f"votes-{vote.strength}", said) if vote.strength else said


def status(vote: Vote, labels: Labels) -> str:
    """Return a vote's status in a word."""
    return labels.text(f"votes-status-{vote.status}")


def share(each: QuestionTally, rule: VoteRules, labels: Labels) -> str:
    """Return the share of support with its numerator and denominator spelled out."""
    if not each.denominator:
        return labels.text("votes-share-none")
    percent = numbers.percent(each.share, labels.code, 1)
    return labels.text(f"votes-share-{_key(rule.share_of)}", percent, each.support, each.denominator)


def statuses(each: QuestionTally, labels: Labels) -> str:
    """Return how many lines of a question have each status."""
    counts = Counter(vote.status for vote in each.votes)
    said = [
        labels.text("votes-status-count", labels.text(f"votes-status-{status}"), counts[status])
        for status in STATUSES
        if counts[status]
    ]
    return numbers.enumeration(said, labels.code)


def rules(rule: VoteRules, labels: Labels) -> list[str]:
    """Return the rules of the count as sentences, with their numbers."""
    said = [labels.text(f"votes-rule-changed-{rule.changed}")]
    if rule.opens:
        said.append(labels.text("votes-rule-opens", when(rule.opens, labels)))
    if rule.closes:
        said.append(labels.text("votes-rule-closes", when(rule.closes, labels)))
    said += _eligibility(rule.eligibility, labels)
    said.append(labels.text(f"votes-rule-unsigned-{'counts' if rule.count_unsigned else 'left-out'}"))
    if rule.proposer_counts:
        said.append(labels.text("votes-rule-proposer"))
    said.append(labels.text(f"votes-rule-share-{_key(rule.share_of)}"))
    return said


def _eligibility(asked: Eligibility, labels: Labels) -> Iterator[str]:
    if not asked.asks:
        yield labels.text("votes-rule-everyone")
    if asked.registered_before:
        yield labels.text("votes-rule-registered", when(asked.registered_before, labels))
    if asked.edits_min:
        yield labels.text("votes-rule-edits", asked.edits_min)
    if asked.not_blocked:
        yield labels.text("votes-rule-blocked")
    if asked.not_bot:
        yield labels.text("votes-rule-bot")


def _key(said: str) -> str:
    return said.replace("_", "-")


def _columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(width(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(
            f"{cell}{' ' * (wide - width(cell))}" for cell, wide in zip(row, widths, strict=True)
        ).rstrip()


def _rules(consultation: Consultation | None) -> VoteRules:
    return consultation.votes.rules() if consultation else VoteRules()


def _question_json(each: QuestionTally) -> dict[str, Any]:
    return {
        "question": each.question.title,
        "page": each.question.place.title,
        "support": each.support,
        "oppose": each.oppose,
        "neutral": each.neutral,
        "unclear": each.unclear,
        "share": round(each.share, 4) if each.denominator else None,
        "denominator": each.denominator,
        "people": each.people,
    }
