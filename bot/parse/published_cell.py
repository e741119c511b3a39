"""Read one cell of a published table: its figures, its mark, and the roles that it plays as a head."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache

from bot.languages import AuditWords, Language, NumberWords
from bot.parse.dressed import undressed
from bot.parse.lexicon import Lexicon, words
from bot.parse.quantity import Quantity, quantities
from bot.parse.table import Cell
from bot.parse.text import fold, plain, template_names

_LONGEST_CELL = 2_000
_MAIN = re.compile(r"\s[-–—=]\s|[:：(（\[（,،]")
_IN_BRACKETS = re.compile(r"[(（]([^()（）]{1,60})[)）]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_HEAD_ROLES = (
    "total", "size", "count", "share", "change", "mean", "agreement", "rate", "wave", "unsure", "agree", "disagree",
    "exclusive", "unanswered", "rank", "invalid", "refusal", "opposition",
)  # fmt: skip
_AT_EDGE = ("total", "change", "mean", "agreement", "rate")
_UNKNOWN = frozenset({"n/a", "na", "*", "?", "…", "..."})
_MOST_EDGE_WORDS = 10
_LIKE = (("sumlike", "total"), ("countlike", "count"))  # roles of names that begin with such a word


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedCell:
    """One cell: its text, the words of its main part, its figures, and the roles it plays as a head.

    is_figure tells a cell that says nothing but figures; mark is True for a tick and False for an empty or crossed
    cell; is_unknown is one that stands for a figure that is not given; poll are the words that may name one poll of
    several, and rest are the others.
    """

    text: str
    name: str
    words: tuple[str, ...]
    figures: tuple[Quantity, ...]
    roles: frozenset[str]
    line: int
    is_header: bool
    is_copy: bool
    is_figure: bool
    is_unknown: bool
    mark: bool | None
    poll: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()


def read_cell(cell: Cell, known: Language) -> PublishedCell:
    """Return what one cell says."""
    text = plain(undressed(cell.wikitext[:_LONGEST_CELL], known.polls), struck=False)
    mark = _mark(cell, text, known)
    is_hidden = not text and mark is None  # what a template shows is not known
    found = tuple(quantities(text, known.numbers))
    name = _MAIN.split(text, maxsplit=1)[0].strip() or text
    poll, rest = _poll(text, name, known.audit)
    return PublishedCell(
        text=text,
        name=name,
        words=words(name),
        figures=found,
        roles=_roles(text, name, known.audit),
        line=cell.number,
        is_header=cell.is_header,
        is_copy=cell.is_copy,
        is_figure=bool(found) and not _letters_beside(text, found, known),
        is_unknown=is_hidden or fold(text) in _UNKNOWN or any(each.bound for each in found),
        mark=mark,
        poll=poll,
        rest=rest,
    )


@cache
def _lexicon(known: AuditWords) -> Lexicon:
    return Lexicon({role: several for role, several in asdict(known).items() if role in _HEAD_ROLES})


@cache
def _wave_words(known: AuditWords) -> frozenset[str]:
    return frozenset(word for phrase in known.wave for word in words(phrase))


@cache
def _all_words(known: AuditWords) -> frozenset[tuple[str, ...]]:
    return frozenset(words(each) for each in known.all)


def _roles(text: str, name: str, known: AuditWords) -> frozenset[str]:
    """Return the roles of a head: those of its main words, and of words at their edges for some."""
    lexicon = _lexicon(known)
    label = words(name)
    roles = set(lexicon.roles(label)) | set(lexicon.roles(words(text)))
    for cut in range(1, min(len(label), _MOST_EDGE_WORDS)):
        for part in (label[:cut], label[cut:]):
            found = lexicon.roles(part)
            is_plain = part not in _all_words(known)  # "open to all" is no total
            roles |= {role for role in found if role in _AT_EDGE and is_plain}
            if len(part) == cut and part == label[:cut]:
                roles |= {role for role, sign in _LIKE if sign in found}
    if roles & {"agree", "disagree"} and "agreement" not in lexicon.roles(label):
        roles.discard("agreement")  # "de acuerdo" is an answer, "acuerdo" the rate
    if any(sign in text for sign in "%٪％") or "share" in lexicon.roles(label[:1]):
        roles.add("share")
    if lexicon.roles(label) & {"share", "count"} or "share" in lexicon.roles(label[:1]):
        roles.add("generic")
    unnumbered = tuple(word for word in label if not word.isdecimal())
    if "wave" in lexicon.roles(unnumbered) or (not unnumbered and _YEAR.fullmatch(name)):
        roles.add("wave")
    return frozenset(roles)


def _poll(text: str, name: str, known: AuditWords) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Split the words of a head into those that may name a poll and the others: "Members 2021", "Yes (first)"."""
    lexicon = _lexicon(known)
    label = words(name)
    inside = _IN_BRACKETS.search(text)
    if inside and label and _names_poll(words(inside[1]), lexicon):
        return words(inside[1]), label
    years = tuple(word for word in label if _YEAR.fullmatch(word))
    if years:
        return years, tuple(word for word in label if word not in years)
    edges = [part for cut in range(1, min(len(label), _MOST_EDGE_WORDS)) for part in (label[:cut], label[cut:])]
    if any("wave" in lexicon.roles(part) for part in (label, *edges)):
        return label, tuple(word for word in label if word not in _wave_words(known) and not word.isdecimal())
    return (), ()


def _names_poll(label: tuple[str, ...], lexicon: Lexicon) -> bool:
    unnumbered = tuple(word for word in label if not word.isdecimal())
    is_year = len(label) == 1 and bool(_YEAR.fullmatch(label[0]))
    return is_year or "wave" in lexicon.roles(unnumbered)


def _mark(cell: Cell, text: str, known: Language) -> bool | None:
    needs = known.needs
    templates = template_names(cell.wikitext)
    if any(name in needs.yes_templates for name in templates):
        return True
    if any(name in needs.no_templates for name in templates):
        return False
    if templates and not text:
        return None
    folded = fold(text)
    if folded in needs.yes:
        return True
    return False if folded in needs.no and not cell.wikitext.startswith("[[") else None


def _letters_beside(text: str, found: Sequence[Quantity], known: Language) -> bool:
    """Tell whether a cell says more than figures and what they count."""
    rest = text
    for each in reversed(found):
        rest = f"{rest[: each.start]} {rest[each.end :]}"
    counted = _counted_words(known.audit, known.numbers)
    return any(token not in counted for token in words(rest))


@cache
def _counted_words(audit: AuditWords, numbers: NumberWords) -> frozenset[str]:
    return frozenset(words(" ".join([*audit.people, *audit.of, *audit.amid, *numbers.about, *numbers.points])))
