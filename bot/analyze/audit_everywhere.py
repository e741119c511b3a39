"""Hold thresholds whose things stand behind them against the tables: "at least 70% agreed with every statement"."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from fractions import Fraction

from bot.analyze.audit_claims import Mention, is_guarded, polls_of
from bot.analyze.audit_clause import clause_bounds, distance, is_parted, marks_in, words_in
from bot.analyze.audit_favour import is_against
from bot.analyze.audit_finding import Finding, Phrase, plain
from bot.analyze.audit_limits import Limit, Seen, is_beyond, seen_in
from bot.analyze.audit_series import Key, Series, Snapshot, Value
from bot.model import Place
from bot.parse.lexicon import Mark, Token
from bot.parse.published import Sentence
from bot.parse.quantity import PERCENT, Quantity

_NEAR = 3
_SHORT = 4  # letters; shorter words are articles and the like
_HALF = Fraction(50)
_ROUND = Fraction(1)  # "two thirds" is said of 66% as well
_UPWARDS = ("above", "majority")


def check_everywhere(sentence: Sentence, named: Sequence[Mention], known: Series, place: Place) -> Iterator[Finding]:
    """Yield "more than half said yes in every group" where under no answer it is so in each."""
    for mark in sentence.having("above", "below", "majority", "minority"):
        bound = _bound(sentence, mark)
        if bound is None or not _is_everywhere(sentence, mark, bound, named, known):
            continue
        limit = Limit(bound=bound, is_above=mark.role in _UPWARDS, is_all=True, mark=mark)
        labels = frozenset(each.label for each in named)
        here = [each for each in known.snapshots if each.section == sentence.section]
        polls = polls_of(sentence, here) if here else []
        seen = list(seen_in(labels, limit, known, polls))
        seen += [] if labels else [each for poll in polls for each in _together(limit, known, poll)]
        if seen and not any(each.holds for each in seen):
            yield Finding(
                place=replace(place, line=sentence.line_at(mark.start)),
                kind="threshold",
                subject="",
                published=sentence.text,
                recomputed=plain(seen[0].shown),
                formula=Phrase(key="audit-formula-table", details=(seen[0].shown, str(seen[0].line))),
            )


def _bound(sentence: Sentence, mark: Mark) -> Quantity | None:
    """Return the share behind a word such as "above", or half for a majority."""
    if mark.role in ("majority", "minority"):
        return Quantity(value=_HALF, kind=PERCENT, decimals=0, start=mark.start, end=mark.end)
    sign = -_ROUND if mark.role == "above" else _ROUND
    rough = [replace(each, value=each.value + sign) for each in sentence.fractions]
    several = [each for each in (*sentence.figures, *rough) if each.start >= mark.end]
    bound = min(several, key=lambda each: each.start, default=None)
    if bound is None or bound.kind != PERCENT or distance(sentence, mark.end, bound.start) > _NEAR:
        return None
    return None if is_parted(sentence.text[mark.end : bound.start]) else bound


def _is_everywhere(sentence: Sentence, mark: Mark, bound: Quantity, named: Sequence[Mention], known: Series) -> bool:
    """Tell whether a clause ends in "all" with the name of what stands in the rows of a table of its section."""
    start, end = clause_bounds(sentence, mark.start)
    every = marks_in(sentence, bound.end, end, "all")
    others = marks_in(sentence, start, mark.start, "all", "none")
    if len(every) != 1 or others or is_guarded(sentence, start, end, named, "maybe", "gap", "rule", "negation"):
        return False
    if any(known.dimensions[each.label] in known.things for each in named):
        return False
    if any(figure.start >= bound.end for figure in sentence.figures):
        return False
    corner = {sentence.stems.of(word) for word in known.corners.get(sentence.section, ())}
    *_, last = words_in(sentence, every[0].start, end)
    is_named = sentence.stems.of(last.word) in corner and not _content(sentence, every[0].end, last.start)
    answers = {word[:_SHORT] for label in known.roles for word in label}
    return is_named and not _content(sentence, start, every[0].start, (bound,), answers)


def _content(
    sentence: Sentence,
    start: int,
    end: int,
    figures: Sequence[Quantity] = (),
    answers: AbstractSet[str] = frozenset(),
) -> list[Token]:
    """Return the words that are no known phrase, no number and no answer: they may make it a claim of others."""
    spans: list[Mark | Quantity] = [*sentence.marks, *sentence.counts, *figures]
    return [
        word
        for word in words_in(sentence, start, end)
        if len(word.word) >= _SHORT
        and word.word[:_SHORT] not in answers
        and not any(each.start <= word.start < each.end for each in spans)
    ]


def _together(limit: Limit, known: Series, snapshot: Snapshot) -> Iterator[Seen]:
    """Yield whether all things lie on the right side with the answers for them added up: agree and strongly agree."""
    sums: dict[Key, list[Value]] = {}
    for key, value in snapshot.values.items():
        thing = frozenset(label for label in key if known.dimensions[label] in known.things)
        if value.is_share and not is_against(key - thing, known):
            sums.setdefault(thing, []).append(value)
    added = [_added(several) for several in sums.values()]
    yield Seen(holds=bool(added) and all(is_beyond(each, limit) for each in added), shown="", line=snapshot.line)


def _added(several: Sequence[Value]) -> Value:
    exact = sum((each.exact for each in several), Fraction(0))
    shown = sum((each.printed for each in several), Fraction(0))
    return replace(several[0], exact=exact, printed=shown)
