"""Find the answers that a person's words give, and the words that take an answer back."""

import re
from collections.abc import Iterator
from itertools import pairwise

from bot.parse.poll_names import PollNames
from bot.parse.text import fold, plain

LOOSE = " '–—―~-"  # and what else may stand there
_SIGNS = " '–—―~-.,;:!?()&/+"
_BOLD = re.compile(r"\s{0,9}'''(.{1,200}?)'''")
_LEAD = re.compile(r"\s[-–—−]\s|[–—:：.,;!،؛。！(（\n]|\[\[|\s~")
_CLAUSE = re.compile(r"\s[-–—−]\s|[–—:：.,;!?،؛؟。！？、()（）/&\n]|\s~")
_TEMPLATE = re.compile(r"\{\{([^{}]{1,2000})\}\}")
_LONGEST = 2_000


def said(words: str, names: PollNames) -> list[str]:
    """Return the different answers that words give: as templates, as the first bold ones, or as their lead."""
    found = [names.answer(name) for name in _template_words(words)]
    bold = _BOLD.match(words)
    if bold:
        found.append(names.answer(plain(bold[1])))
    if not any(found):
        lead = plain(words).strip(LOOSE)
        found += [names.answer(_LEAD.split(lead, maxsplit=1)[0]), names.answer(lead)]
    if not any(found):  # a link to more about whoever signs
        found.append(names.answer(plain(words.partition("[[")[0]).strip(LOOSE)))
    if any(found):
        found += _further(words[:_LONGEST], names)
    return [answer for answer in dict.fromkeys(found) if answer]


def _further(words: str, names: PollNames) -> Iterator[str]:
    """Yield the answers that stand alone in a clause behind the first one, or in bold at the start of a clause.

    One amid a sentence is what the sentence is about: "Hub, or centre" names two, "Hub, as centre sounds dear" one.
    """
    for clause in _CLAUSE.split(plain(words))[1:]:
        rest = unjoined(clause, names)
        if any(letter.isalpha() for letter in rest):
            yield names.answer(rest)
    pieces = words.split("'''")
    for before, bold in list(pairwise(pieces))[::2]:
        if not unjoined(_CLAUSE.split(before)[-1], names):
            yield names.answer(plain(bold))


def unjoined(text: str, names: PollNames) -> str:
    """Return a text without the words at its ends that join one answer to another, such as "or" and "too"."""
    words = fold(text).strip(_SIGNS).split()
    joining = names.measures.joining
    first = next((at for at, word in enumerate(words) if word not in joining), len(words))
    last = next((at for at in range(len(words), first, -1) if words[at - 1] not in joining), first)
    return " ".join(words[first:last])


def withdraws(words: str, names: PollNames) -> bool:
    """Tell whether a clause begins with words by which people take a vote back."""
    clauses = (f"{fold(clause).strip(_SIGNS)} " for clause in _CLAUSE.split(plain(words[:_LONGEST])))
    return any(clause.startswith(names.measures.withdrawn) for clause in clauses)


def forms(shown: str, names: PollNames) -> Iterator[tuple[str, str]]:
    """Yield question and answer of a template that a person fills in, such as ``{{Ballot|knowledge=Must have}}``."""
    for found in _TEMPLATE.finditer(shown):
        for part in found[1].split("|")[1:]:
            name, sign, value = part.partition("=")
            question = names.question(name) if sign else ""
            if question and value.strip():
                yield question, names.answer(plain(value))


def _template_words(words: str) -> Iterator[str]:
    """Yield the names of an item's templates and their first arguments."""
    for found in _TEMPLATE.finditer(words):
        parts = found[1].split("|")
        yield parts[0].strip()
        if len(parts) > 1 and "=" not in parts[1]:
            yield parts[1].strip()
