"""The same for other layouts: polls under one another with their changes, answers with a total, counted ticks."""

from dataclasses import dataclass
from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.analyze.audit_finding import printed
from tests.audit.reading import findings

THINGS = ["Apples", "Pears", "Plums", "Figs"]
ANSWERS = ["Must have", "Nice to have", "Not sure"]
MODEST = settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


@dataclass
class Page:
    """Lines of a page, and the lines that hold figures of which one may be changed."""

    lines: list[str]
    figures: list[int]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def counts(draw: st.DrawFn, size: int) -> list[int]:
    low, high = sorted((draw(st.integers(0, size)), draw(st.integers(0, size))))
    return [low, high - low, size - high]


@st.composite
def comparison(draw: st.DrawFn) -> Page:
    """Two polls: rows of counts, of shares and of changes for each answer, one column a thing."""
    sizes = [draw(st.integers(30, 90)), draw(st.integers(30, 90))]
    sign = draw(st.sampled_from([1, -1]))
    polls = [[counts(draw, size) for _ in THINGS] for size in sizes]
    said = f"At first {sizes[0]} people answered, and in the second poll {sizes[1]} people answered."
    lines = [said, '{| class="wikitable"', "! !! !! " + " !! ".join(THINGS)]
    figures = []
    for number, answer in enumerate(ANSWERS):
        exact = [
            [Fraction(100 * thing[number], size) for thing in poll] for poll, size in zip(polls, sizes, strict=True)
        ]
        changes = [f"{printed(sign * (after - before), 0)}%" for before, after in zip(*exact, strict=True)]
        rows = []
        for poll, shares in enumerate(exact):
            rows.append((f"Poll {poll + 1}", [str(thing[number]) for thing in polls[poll]]))
            rows.append(("%", [f"{printed(share, 0)}%" for share in shares]))
        rows.append(("Variance", changes))
        for at, (head, cells) in enumerate(rows):
            lines += ["|-", *([f'! rowspan="5" | {answer}'] if at == 0 else []), f"| {head} || " + " || ".join(cells)]
            figures.append(len(lines) - 1)
    return Page(lines=[*lines, "|}"], figures=figures)


@st.composite
def answers(draw: st.DrawFn) -> Page:
    """One question: an answer a row, with a total."""
    size = draw(st.integers(30, 300))
    row = counts(draw, size)
    lines = ['{| class="wikitable"', "! Answer !! Votes !! Share"]
    for answer, count in zip(ANSWERS, row, strict=True):
        lines += ["|-", f"| {answer} || {count} || {printed(Fraction(100 * count, size), 1)}%"]
    lines += ["|-", f"! Total !! {size} !! 100%", "|}"]
    return Page(lines=lines, figures=[3, 5, 7, 9])


@st.composite
def ticks(draw: st.DrawFn) -> Page:
    """Groups that name things, counted in the last row."""
    rows = [[draw(st.booleans()) for _ in THINGS] for _ in range(draw(st.integers(3, 9)))]
    rows[0] = [True] * len(THINGS)
    lines = ['{| class="wikitable"', "! Group !! " + " !! ".join(THINGS)]
    for number, row in enumerate(rows):
        lines += ["|-", f"| Group {'ABCDEFGHI'[number]} || " + " || ".join("✓" if tick else "" for tick in row)]
    lines += ["|-", "! Count !! " + " !! ".join(str(sum(column)) for column in zip(*rows, strict=True)), "|}"]
    return Page(lines=lines, figures=[len(lines) - 2])


ANY = st.one_of(comparison(), answers(), ticks())


@MODEST
@given(ANY)
def test_what_was_computed_is_never_found_fault_with(page: Page) -> None:
    assert findings(page.text) == []


@MODEST
@given(ANY, st.data())
def test_one_wrong_figure_is_found(page: Page, data: st.DataObject) -> None:
    line = data.draw(st.sampled_from(page.figures))
    mark = "!!" if page.lines[line].startswith("!") else "||"
    head, *cells = page.lines[line].split(mark)
    at = data.draw(st.integers(0, len(cells) - 1))
    cell = cells[at].strip()
    number = Fraction(cell.rstrip("%").replace("\u2212", "-"))
    decimals = len(cell.rstrip("%").partition(".")[2])
    wrong = number + Fraction(data.draw(st.integers(3, 9)), 10**decimals)
    cells[at] = f" {printed(wrong, decimals)}{'%' if cell.endswith('%') else ''} "
    page.lines[line] = mark.join([head, *cells])
    assert findings(page.text), page.text
