"""Hold "A gained 9 points as a must-have" against the tables that hold A before and after."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations

from bot.analyze.audit_claims import Mention, answers, is_guarded, matching, with_inherited
from bot.analyze.audit_clause import clause_bounds, distance, marks_in, text_of, words_in
from bot.analyze.audit_favour import is_of_others
from bot.analyze.audit_finding import Finding, Phrase, as_printed, closer, fits, printed
from bot.analyze.audit_series import Label, Series, Snapshot, Value
from bot.analyze.audit_steps import steps
from bot.model import Place
from bot.parse.lexicon import Mark
from bot.parse.published import Sentence
from bot.parse.quantity import POINTS, Quantity

_NEAR = 2
_SHORT = 4  # letters; shorter words are articles and the like
_TURNS = ("up", "down", "rise", "fall", "by")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """What stands under one name in two polls, and the line of the table of the second."""

    before: Value
    after: Value
    line: int

    @property
    def amount(self) -> Fraction:
        """Return how many points lie between the two."""
        return abs(self.after.exact - self.before.exact)

    def has(self, figure: Quantity) -> bool:
        """Tell whether a figure is that amount, of exact or of printed shares."""
        size = replace(figure, value=abs(figure.value))
        return fits(size, self.amount) or fits(size, abs(self.after.printed - self.before.printed))


def check_amounts(
    sentence: Sentence, named: Sequence[Mention], before: Sequence[Mention], known: Series, place: Place
) -> Iterator[Finding]:
    """Yield the points that someone is said to have gained or lost where no two polls of the page show them."""
    figures = [each for each in sentence.figures if each.kind == POINTS and not each.bound]
    if len(figures) != 1 or not named or steps(sentence):
        return
    figure = figures[0]
    start, end = clause_bounds(sentence, figure.start)
    mark = _turn(sentence, figure, start)
    inside = [each for each in named if start <= each.start and each.end <= end]
    if mark is None or not inside or is_guarded(sentence, start, end, named, "maybe", "negation", "gap"):
        return
    if is_of_others(sentence, mark, end, named) or not _is_plain(sentence, start, end, figure, named, known):
        return
    own = frozenset(each.label for each in inside)
    wide = with_inherited(own, [answers(before, known)], known)
    found = list(_steps(wide, known))
    if found and not any(each.has(figure) for each in found):
        yield _finding(sentence, figure, found, wide, known, place)


def _turn(sentence: Sentence, figure: Quantity, start: int) -> Mark | None:
    """Return the word of rising or falling right before a figure."""
    led = marks_in(sentence, start, figure.start, *_TURNS)
    is_near = bool(led) and distance(sentence, led[-1].end, figure.start) <= _NEAR
    return led[-1] if is_near else None


def _is_plain(
    sentence: Sentence, start: int, end: int, figure: Quantity, named: Sequence[Mention], known: Series
) -> bool:
    """Tell whether a clause says nothing but names, known phrases and what the tables of its section are about."""
    if [each for each in sentence.figures if start <= each.start < end] != [figure]:
        return False
    spans: list[Mark | Mention | Quantity] = [*sentence.marks, *named, figure]
    topic = known.topics.get(sentence.section)
    told = topic.words if topic else frozenset()
    return all(
        len(word.word) < _SHORT
        or sentence.stems.of(word.word) in told
        or any(each.start <= word.start < each.end for each in spans)
        for word in words_in(sentence, start, end)
    )


def _steps(labels: frozenset[Label], known: Series) -> Iterator[_Step]:
    """Yield the two values of every two polls that hold just one under the labels, where these leave nothing open."""
    if not any(matching(labels, each.values, known)[0] for each in known.comparisons):
        return
    several = [(each, value) for each in known.snapshots if (value := _only(labels, each, known)) is not None]
    for (_, one), (poll, two) in combinations(several, 2):
        if one.is_share and two.is_share:
            yield _Step(before=one, after=two, line=poll.line)


def _only(labels: frozenset[Label], poll: Snapshot, known: Series) -> Value | None:
    keys, is_exact = matching(labels, poll.values, known)
    return poll.values[keys[0]] if len(keys) == 1 and is_exact else None


def _finding(
    sentence: Sentence,
    figure: Quantity,
    found: Sequence[_Step],
    labels: frozenset[Label],
    known: Series,
    place: Place,
) -> Finding:
    text, step = text_of(sentence, figure), found[0]
    name = ", ".join(sorted(known.names[label] for label in labels))
    shown = f"{name}: {printed(step.before.exact, 2)}% → {printed(step.after.exact, 2)}%"
    exact = closer(figure, step.amount)
    return Finding(
        place=replace(place, line=sentence.line_at(figure.start)),
        kind="change",
        subject="",
        published=text,
        recomputed=Phrase(details=(exact,)),
        formula=Phrase(key="audit-formula-table", details=(f"{shown} = {exact}", str(step.line))),
        repair=f"{text} → {as_printed(text, figure, step.amount)}" if len(found) == 1 else "",
    )
