"""A table that was computed is never found fault with; one wrong figure in it always is, on its line."""

from dataclasses import dataclass
from fractions import Fraction

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bot.analyze.audit_finding import printed
from tests.audit.reading import findings

LABELS = ["Strongly agree (4)", "Agree (3)", "Disagree (2)", "Strongly disagree (1)", "Not sure (N/A)"]
AGREEMENT = 10  # the place of the rate among the figures of a row
THINGS = ["Apples", "Pears", "Plums", "Figs", "Dates", "Quinces"]


@dataclass
class Made:
    size: int
    rows: list[list[int]]
    decimals: int
    layout: str


@st.composite
def made(draw: st.DrawFn) -> Made:
    size = draw(st.integers(20, 400))
    rows = []
    for _ in range(draw(st.integers(2, 6))):
        cuts = sorted(draw(st.lists(st.integers(0, size), min_size=4, max_size=4)))
        rows.append([high - low for low, high in zip([0, *cuts], [*cuts, size], strict=True)])
    return Made(
        size=size,
        rows=rows,
        decimals=draw(st.integers(0, 2)),
        layout=draw(st.sampled_from(["one", "two", "count", "below"])),
    )


def cells(table: Made) -> list[list[str]]:
    """Return the printed figures of each row: counts and shares by turns, then agreement and mean."""
    result = []
    for row in table.rows:
        printed_row = []
        for count in row:
            printed_row += [str(count), f"{printed(Fraction(100 * count, table.size), table.decimals)}%"]
        agreed = Fraction(100 * (row[0] + row[1]), table.size)
        weighed, voting = sum(w * c for w, c in zip((4, 3, 2, 1), row[:4], strict=True)), sum(row[:4])
        mean = printed(Fraction(weighed, voting), 2) if voting else "–"
        result.append([*printed_row, f"{printed(agreed, table.decimals)}%", mean])
    return result


def over_the_sure(row: list[int], decimals: int) -> str:
    """Return the rate of agreement over those who gave an opinion."""
    sure = sum(row[:4])
    return f"{printed(Fraction(100 * (row[0] + row[1]), sure), decimals)}%" if sure else ""


def wikitext(table: Made, figures: list[list[str]]) -> tuple[str, dict[int, set[int]]]:
    """Return the page and, for each row, the lines that its figures stand on."""
    lines = [f"In this poll {table.size} people answered.", "", '{| class="wikitable"']
    where: dict[int, set[int]] = {}
    heads = LABELS if table.layout != "two" else [part for label in LABELS for part in (label, "%")]
    lines.append("! Thing !! " + " !! ".join([*heads, "Agreement rate", "Mean"]))
    for number, row in enumerate(figures):
        lines += ["|-", f"| {THINGS[number]}"]
        counts, shares, last = row[0:10:2], row[1:10:2], row[10:]
        if table.layout == "one":
            body = [f"{count} {share}" for count, share in zip(counts, shares, strict=True)]
        elif table.layout == "two":
            body = row[:10]
        else:
            body = counts
        lines.append("| " + " || ".join([*body, *last]))
        where[number] = {len(lines)}
        if table.layout == "below":
            lines += ["|-", "| %", "| " + " || ".join([*shares, "", ""])]
            where[number].add(len(lines))
    return "\n".join([*lines, "|}"]), where


@settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(made())
def test_what_was_computed_is_never_found_fault_with(table: Made) -> None:
    text, _ = wikitext(table, cells(table))
    assert findings(text) == []


@settings(max_examples=250, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(made(), st.data())
def test_one_wrong_figure_is_found_on_its_line(table: Made, data: st.DataObject) -> None:
    figures = cells(table)
    row = data.draw(st.integers(0, len(figures) - 1))
    places = [
        at for at in range(12) if figures[row][at] != "–" and (table.layout != "count" or at not in range(1, 10, 2))
    ]
    at = data.draw(st.sampled_from(places))
    old = figures[row][at]
    number = Fraction(old.rstrip("%"))
    step = data.draw(st.integers(2, 9))
    decimals = len(old.rstrip("%").partition(".")[2])
    new = number + Fraction(step, 10**decimals)
    figures[row][at] = printed(new, decimals) + ("%" if old.endswith("%") else "")
    # a rate that is wrong over all answers may be right over those who were sure: that is no error for sure
    assume(at != AGREEMENT or figures[row][at] != over_the_sure(table.rows[row], decimals))
    text, where = wikitext(table, figures)
    lines = {finding.place.line for finding in findings(text)}
    assert lines & where[row]
    assert lines <= where[row]
