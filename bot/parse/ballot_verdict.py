"""Decide what the words of one person on one line come down to: an answer, a struck one, or nothing clear."""

from dataclasses import dataclass

from bot.parse.ballot_item import ItemText
from bot.parse.poll_names import PollNames, Roles
from bot.parse.poll_values import STRUCK, UNCLEAR


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a person's words come down to: an answer, or a status that says why there is none."""

    answer: str = ""
    status: str = ""


def verdict(found: ItemText, scope: Roles, names: PollNames) -> Verdict | None:
    """Return what an item answers; below an answer, whatever is signed or only said gives that one."""
    answers = found.said(names)
    struck = [] if answers else found.struck(names)
    is_taken_back = found.is_resigned and not answers
    if found.is_struck or is_taken_back or (struck and not scope.answer):
        was = struck or ([scope.answer] if scope.answer else [])
        has_any = was or found.signed.user
        return Verdict(answer=was[0] if len(was) == 1 else "", status=STRUCK) if has_any else None
    if scope.answer and found.signed.user:
        answers = list(dict.fromkeys([scope.answer, *answers]))
    if len(answers) == 1:
        return Verdict(answer=answers[0])
    if found.signed.user or answers:
        return Verdict(status=UNCLEAR)
    return Verdict(answer=scope.answer) if scope.answer and not found.says_nothing else None


def joined(found: ItemText, scope: Roles, names: PollNames, first: Verdict | None) -> Verdict | None:
    """Return what somebody answers who signed behind another person: nothing but a name joins in."""
    is_behind_struck = first is not None and first.status == STRUCK
    if found.said(names) or (found.is_struck and not is_behind_struck):
        return verdict(found, scope, names)
    if found.says_nothing and not is_behind_struck:
        return first
    is_remark = found.is_note or (is_behind_struck and not found.says_nothing)
    return None if is_remark or not scope.answer else Verdict(status=UNCLEAR)
