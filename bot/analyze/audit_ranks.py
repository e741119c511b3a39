"""Hold sentences of rank against the tables: what comes first, second or last."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from bot.analyze.audit_claims import (
    Mention,
    answers,
    has_measure,
    is_guarded,
    is_led,
    matching,
    polls_of,
    with_inherited,
)
from bot.analyze.audit_clause import clause_bounds, distance, marks_in, words_in
from bot.analyze.audit_favour import balances, favourable, is_of_others, of_answers
from bot.analyze.audit_finding import Finding, Phrase, fits, plain, printed
from bot.analyze.audit_parts import ratios
from bot.analyze.audit_series import Key, Label, Series, Snapshot
from bot.model import Place
from bot.parse.lexicon import Mark
from bot.parse.published import Sentence
from bot.parse.quantity import COUNT, DECIMAL, PERCENT, Quantity

_RANKS = {"first": 1, "second": 2, "third": 3, "last": -1}
_NEAR = 4
_SHOWN = 4
_FEW = 2
_ARTICLE = 3  # letters
_FEW_STEPS = 11  # below it a value with decimals is a mean


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Labels said to have a rank, those that say in what, and the rank: from 1, or -1 for the last.

    quoted are the shares that a sentence gives beside the rank; is_open tells that it names no answer, nor what else
    it may be about.
    """

    subject: frozenset[Label]
    fixed: frozenset[Label]
    rank: int
    quoted: tuple[Quantity, ...] = ()
    is_open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a poll says of one row of things in order, the highest first."""

    holds: bool
    shown: str
    line: int


def check_ranks(
    sentence: Sentence, named: Sequence[Mention], before: Sequence[Mention], known: Series, place: Place
) -> Iterator[Finding]:
    """Yield ranks that no poll of the page shows."""
    marks = [*sentence.having(*_RANKS), *of_answers(sentence, named, known)]
    marks = [mark for mark in marks if not _is_of_change(sentence, mark)]
    for mark in marks:
        start, end = _segment(sentence, mark, marks)
        if is_guarded(sentence, *clause_bounds(sentence, mark.start), named, "maybe", "negation", "gap"):
            continue
        if is_of_others(sentence, mark, end, named):
            continue
        claim = _claim(sentence, mark, [each for each in named if start <= each.start and each.end <= end], known)
        if claim is None:
            continue
        around = [each for each in named if each.label not in claim.subject]
        wide = with_inherited(claim.subject | claim.fixed, [around, answers(before, known)], known)
        near = polls_of(sentence, _near(known, sentence.section))
        full = replace(claim, fixed=wide - claim.subject, quoted=_quoted(sentence, mark))
        full = replace(full, is_open=_is_open(full, sentence, mark, end, named, known))
        orders = list(_orders(full, known, near))
        is_here = any(each.section == sentence.section for each in near)
        is_result = _is_about_results(sentence, claim) or _is_bare(sentence, mark, named, is_here=is_here)
        if orders and is_result and not any(order.holds for order in orders):
            yield Finding(
                place=replace(place, line=sentence.line_at(mark.start)),
                kind="rank",
                subject="",
                published=sentence.text,
                recomputed=plain(orders[0].shown),
                formula=Phrase(key="audit-formula-table", details=(orders[0].shown, str(orders[0].line))),
            )


def _is_of_change(sentence: Sentence, mark: Mark) -> bool:
    """Tell whether a superlative is that of a change: "the highest increase"."""
    start, _ = clause_bounds(sentence, mark.start)
    if marks_in(sentence, start, mark.start, "difference", "gap"):
        return True  # "the difference is smallest in …"
    after = [each for each in sentence.having("difference", "rise", "fall", "gap") if each.start >= mark.end]
    return bool(after) and distance(sentence, mark.end, after[0].start) <= _NEAR


def _segment(sentence: Sentence, mark: Mark, marks: Sequence[Mark]) -> tuple[int, int]:
    """Return the part of the clause that belongs to a word of rank."""
    start, end = clause_bounds(sentence, mark.start)
    walls = [*marks, *sentence.having("followed")]
    start = max([start, *(other.end for other in walls if other.end <= mark.start)])
    end = min([end, *(other.start for other in walls if other.start >= mark.end)])
    return start, end


def _claim(sentence: Sentence, mark: Mark, named: Sequence[Mention], known: Series) -> Claim | None:
    """Return what is said to have the rank: what stands before the word, else behind it what is no measure."""
    ahead = [each for each in named if each.end <= mark.start]
    behind = [each for each in named if each.start >= mark.end]
    free = [each for each in ahead if not is_led(sentence, each)]
    near = [each for each in behind if not any(sign in sentence.text[mark.end : each.start] for sign in ",;()")]
    things = [each for each in near if known.dimensions[each.label] in known.things]
    nearest = max(free, key=lambda each: each.end, default=None)
    if nearest is not None and things and _begins_anew(sentence, nearest, mark, things[0]):
        nearest = None  # "…(45%), the lowest Gdańsk (20%)"
    is_measure = nearest is not None and known.dimensions[nearest.label] not in known.things
    if nearest is None and not things:
        nearest, free = max(ahead, key=lambda each: each.end, default=None), ahead
    if things and (nearest is None or (is_measure and is_led(sentence, things[0]))):
        chosen = [things[0]]  # "the highest share was that of A", "the rate was highest in A"
    elif nearest is not None:
        chosen = _listed(sentence, free, nearest.end, known)
    elif behind and len({known.dimensions[each.label] for each in behind}) == 1:
        chosen = [behind[0]]
    else:
        return None
    subject = frozenset(each.label for each in chosen)
    dimensions = {known.dimensions[label] for label in subject}
    fixed = frozenset(each.label for each in named if known.dimensions[each.label] not in dimensions)
    return Claim(subject=subject, fixed=fixed, rank=_RANKS[mark.role])


def _begins_anew(sentence: Sentence, ahead: Mention, mark: Mark, behind: Mention) -> bool:
    """Tell whether a comma parts a word of rank from the name before it, and nothing parts it from the one behind."""
    is_parted = any(sign in sentence.text[ahead.end : mark.start] for sign in ",;،、")
    return is_parted and not sentence.text[mark.end : behind.start].strip()


def _listed(sentence: Sentence, ahead: Sequence[Mention], nearest: int, known: Series) -> list[Mention]:
    """Return the label that ends nearest before a word, with those that are listed before it."""
    found = [each for each in ahead if each.end == nearest]
    dimension = known.dimensions[found[0].label]
    for each in sorted(ahead, key=lambda each: -each.end):
        words = words_in(sentence, each.end, found[-1].start)
        joined = len(words) <= 1 and bool(marks_in(sentence, each.end, found[-1].start, "conjunction") or not words)
        if each not in found and joined and known.dimensions[each.label] == dimension:
            found.append(each)
    return found


def _is_open(claim: Claim, sentence: Sentence, mark: Mark, end: int, named: Sequence[Mention], known: Series) -> bool:
    """Tell whether a claim is of things as such, with no word behind it that may say in what."""
    labels = claim.fixed | claim.subject
    is_of_things = all(known.dimensions[label] in known.things for label in labels)
    marked: list[Mention | Mark] = [*named, *sentence.marks]
    words = words_in(sentence, mark.end, end)
    is_over = all(any(each.start <= word.start < each.end for each in marked) for word in words)
    return is_of_things and is_over and not claim.quoted


def _is_about_results(sentence: Sentence, claim: Claim) -> bool:
    """Tell a claim about the tables from talk: it names an answer, a figure or a poll."""
    has_figures = any(each.kind != COUNT for each in sentence.figures) or bool(ratios(sentence))
    return bool(claim.fixed or has_measure(sentence) or has_figures)


def _is_bare(sentence: Sentence, mark: Mark, named: Sequence[Mention], *, is_here: bool) -> bool:
    """Tell "French came third" and nothing more, where the tables are what it can be about.

    Beside a table "French received the most votes" is one of these, too.
    """
    ahead = [each.end for each in named if each.end <= mark.start]
    is_next = any(is_here and _is_linked(sentence, end, mark.start) for end in ahead)
    is_next = is_next or any(not words_in(sentence, end, mark.start) for end in ahead)
    ends = [at for at in range(mark.end, len(sentence.text)) if sentence.text[at] in ",;.(:"]
    ends += [other.start for other in sentence.having("conjunction", "but") if other.start >= mark.end]
    behind = words_in(sentence, mark.end, min([len(sentence.text), *ends]))
    both = [other for other in sentence.having("all") if other.start >= mark.end]
    is_over = not behind or (bool(both) and both[0].start == behind[0].start and len(behind) <= _FEW)
    return is_next and is_over


def _is_linked(sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether nothing but a verb and an article stand there: "was the", "received"."""
    links = marks_in(sentence, start, end, "reach", "being")
    words = [word for word in words_in(sentence, start, end) if len(word.word) > _ARTICLE]
    return all(any(mark.start <= word.start < mark.end for mark in links) for word in words)


def _quoted(sentence: Sentence, mark: Mark) -> tuple[Quantity, ...]:
    """Return the shares in the parenthesis next behind a word of rank: "ranks first both times (75% and 80%)"."""
    opened = sentence.text.find("(", mark.end)
    closed = sentence.text.find(")", opened)
    if opened < 0 or closed < 0 or distance(sentence, mark.end, opened) > _NEAR:
        return ()
    kinds = (PERCENT, DECIMAL)
    counted = [ratio.share for ratio in ratios(sentence)]  # "(5 of 7 groups, 71%)" is told by its counts
    inside = [each for each in sentence.figures if each.kind in kinds and opened < each.start < closed]
    return tuple(each for each in inside if each not in counted)


def _near(known: Series, section: int) -> list[Snapshot]:
    """Return the polls of a section, or of the whole page where it has none."""
    here = [each for each in known.snapshots if each.section == section]
    return here or list(known.snapshots)


def _orders(claim: Claim, known: Series, snapshots: Sequence[Snapshot]) -> Iterator[Order]:
    """Yield the order under each poll and each answer that the claim may be about."""
    if claim.quoted and not any(_is_known(quote, known) for quote in claim.quoted):
        return  # a figure that no table has: it is of others, "among newcomers A came first (44%)"
    for several in (snapshots, known.snapshots):
        told = [order for each in several for order in _orders_in(claim, known, each, is_told=True)]
        found = told or [order for each in several for order in _orders_in(claim, known, each, is_told=False)]
        if found:
            yield from found
            return


def _orders_in(claim: Claim, known: Series, snapshot: Snapshot, *, is_told: bool) -> Iterator[Order]:
    """Yield the order under each answer of a poll; is_told leaves those with a share that the sentence quotes."""
    keys, _ = matching(claim.fixed, snapshot.values, known)
    dimension = {known.dimensions[label] for label in claim.subject}
    lines: dict[Key, dict[Label, Key]] = {}
    for key in keys:
        own = [label for label in key if known.dimensions[label] in dimension]
        if len(own) == 1:
            lines.setdefault(key - set(own), {})[own[0]] = key
    balanced = balances(lines, snapshot, known) if claim.is_open else ()
    for line in (favourable(lines, known) if claim.is_open else lines).values():
        if claim.subject <= set(line) and (_is_told(claim, line, snapshot) or not is_told):
            kinds = {snapshot.values[line[label]].is_share for label in claim.subject}
            same = {label: snapshot.values[key] for label, key in line.items()}
            values = {label: value.printed for label, value in same.items() if value.is_share in kinds}
            if len(values) > max(abs(claim.rank), len(claim.subject)):
                yield _order(claim, values, known, snapshot)
    for values in balanced:
        if claim.subject <= set(values):
            yield _order(claim, values, known, snapshot)


def _is_known(quote: Quantity, known: Series) -> bool:
    values = [value for each in known.snapshots for value in each.values.values()]
    return any(fits(quote, each) for value in values for each in (value.exact, value.printed))


def _is_told(claim: Claim, line: Mapping[Label, Key], snapshot: Snapshot) -> bool:
    """Tell whether a line holds a share that the sentence quotes, whoever it belongs to."""
    values = [snapshot.values[key] for key in line.values()]
    return any(
        value.is_share == (quote.kind == PERCENT) and (fits(quote, value.exact) or fits(quote, value.printed))
        for quote in claim.quoted
        for value in values
    )


def _order(claim: Claim, values: dict[Label, Fraction], known: Series, snapshot: Snapshot) -> Order:
    ordered = sorted(values, key=lambda label: -values[label])
    decimals = 2 if any(value.denominator > 1 and value < _FEW_STEPS for value in values.values()) else 0
    shown = " > ".join(f"{known.names[label]} {printed(values[label], decimals)}" for label in ordered[:_SHOWN])
    others = [value for label, value in values.items() if label not in claim.subject]
    return Order(
        holds=all(_has_rank(claim, values[label], others) for label in claim.subject),
        shown=f"{shown} …" if len(ordered) > _SHOWN else shown,
        line=snapshot.line,
    )


def _has_rank(claim: Claim, value: Fraction, others: Sequence[Fraction]) -> bool:
    """Tell whether a value has the rank among the others, equal ones being in either order."""
    higher, lower = sum(other > value for other in others), sum(other < value for other in others)
    if claim.rank < 0:
        return not lower
    return higher < claim.rank <= len(others) + 1 - lower
