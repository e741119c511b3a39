"""Pictures of polls: whole, readable without colours and without eyes, the same figures everywhere."""

import json
import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bot import cli, reporting
from bot.render.chart import AGREE, DISAGREE, OPTION, UNSURE, Chart, Tone, tones
from bot.render.chart_pages import pages
from bot.render.svg import svg
from bot.run import Run
from bot.wiki.folder import FolderWiki

SAMPLE = Path(__file__).parent.parent.parent / "samples" / "hubs-dialogue"
SVG = "{http://www.w3.org/2000/svg}"
SETS = [
    (AGREE, AGREE, DISAGREE, DISAGREE, UNSURE),
    (AGREE, AGREE, OPTION, DISAGREE, DISAGREE, UNSURE),
    (OPTION, OPTION, UNSURE),
    (OPTION, OPTION, OPTION, OPTION, OPTION, UNSURE),
]


@pytest.fixture(scope="module")
def run() -> Run:
    return Run(FolderWiki(SAMPLE), "User:DialogueBot/Hubs Dialogue.json")


def charts(run: Run, code: str = "en") -> dict[str, Chart]:
    return dict(reporting.charts(run.report("polls"), run.labels(code)))


def brightness(colour: str) -> float:
    """Return the relative luminance of a colour, as WCAG defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted([brightness(one), brightness(other)])
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("kinds", SETS, ids="-".join)
def test_text_can_be_read_on_every_tone(kinds: tuple[str, ...]) -> None:
    assert all(contrast(tone.background, tone.text) >= 4.5 for tone in tones(kinds))


@pytest.mark.parametrize("kinds", SETS, ids="-".join)
def test_neighbours_differ_without_any_colour(kinds: tuple[str, ...]) -> None:
    """By brightness, or by having another pattern."""
    found = tones(kinds)
    for one, other in pairwise(found):
        has_other_pattern = (one.stripe == "", one.angle, one.gap) != (other.stripe == "", other.angle, other.gap)
        assert contrast(one.background, other.background) >= 1.5 or has_other_pattern


def test_answers_of_one_poll_look_different() -> None:
    for kinds in SETS:
        assert len(set(tones(kinds))) == len(kinds)


def test_a_style_is_one_that_a_wiki_lets_through() -> None:
    """MediaWiki empties a style with functions that load something."""
    for kinds in SETS:
        for tone in tones(kinds):
            assert not re.search(r"url|expression|image\(|attr\(|src|/\*|\\", tone.style)


def test_bars_are_as_long_as_their_shares_and_say_them(run: Run) -> None:
    bar = charts(run)["fit"].groups[0].bars[0]
    assert sum(segment.share for segment in bar.segments) == 100
    assert bar.segments[0].width == "49.091%"
    assert bar.said.startswith("Knowledge, 55 answers: Strongly agree: 27 (49%); Agree: 21 (38%)")
    assert [segment.text for segment in bar.segments] == ["49%", "38%", "", "", "7"]


def test_a_repeated_poll_has_one_picture_of_both_times(run: Run) -> None:
    chart = charts(run)["must-have-must-have-again"]
    assert [[bar.title for bar in group.bars] for group in chart.groups] == [["First poll", "Second poll"]] * 4
    assert [str(bar.segments[0].percent) for bar in chart.groups[0].bars] == ["71%", "66%"]


@pytest.mark.parametrize(("code", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_svg_is_whole_and_draws_every_answer_that_was_given(run: Run, code: str, direction: str) -> None:
    for chart in charts(run, code).values():
        root = ElementTree.fromstring(svg(chart, direction, code))
        assert root.find(f"{SVG}title") is not None
        bars = [bar for group in chart.groups for bar in group.bars]
        drawn = [each for each in root.iter(f"{SVG}rect") if each.find(f"{SVG}title") is not None]
        assert len(drawn) == sum(bool(segment.share) for bar in bars for segment in bar.segments)
        described = root.find(f"{SVG}desc")
        assert described is not None
        assert described.text == "\n".join(bar.said for bar in bars)


def test_svg_is_mirrored_where_one_writes_from_the_right(run: Run) -> None:
    chart = charts(run)["fit"]

    def boxes(direction: str) -> list[tuple[float, float]]:
        root = ElementTree.fromstring(svg(chart, direction, "en"))
        drawn = [each for each in root.iter(f"{SVG}rect") if each.find(f"{SVG}title") is not None]
        return [(float(each.attrib["x"]), float(each.attrib["width"])) for each in drawn]

    for (left, length), (right, same) in zip(boxes("ltr"), boxes("rtl"), strict=True):
        assert length == same
        assert left == pytest.approx(960 - right - length, abs=0.2)


def test_chart_pages_hold_the_same_shares_in_every_language(run: Run) -> None:
    made = pages({code: charts(run, code)["fit"] for code in ("en", "ar")}, "Hubs/")
    assert list(made) == ["Hubs/fit.tab", "Hubs/fit.chart"]
    table, chart = (json.loads(text) for text in made.values())
    assert chart["source"] == "Hubs/fit.tab"
    assert chart["type"] == "bar"
    assert table["schema"]["fields"][1]["title"] == {"en": "Strongly agree", "ar": "أوافق بشدة"}
    assert table["data"][0] == [{"en": "Knowledge", "ar": "المعرفة"}, 49.1, 38.2, 3.6, 1.8, 7.3]
    assert all(len(row) == len(table["schema"]["fields"]) for row in table["data"])


def test_files_for_slides_are_written_beside_the_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["show", "polls", "--json", "--svg", str(tmp_path), "--wiki", f"folder:{SAMPLE}"]) == 0
    names = {path.name for path in tmp_path.iterdir()}
    assert {"polls.json", "fit.svg", "fit.tab", "fit.chart", "must-have-must-have-again.svg"} <= names
    printed = json.loads(capsys.readouterr().out)
    assert json.loads((tmp_path / "polls.json").read_text(encoding="utf-8"))["figures"] == printed["figures"]


def test_a_tone_without_stripes_has_no_pattern() -> None:
    assert "image" not in Tone(background="#ffffff", text="#000000").style


def test_where_the_settings_say_so_the_extension_draws(tmp_path: Path) -> None:
    folder = tmp_path / "wiki"
    for path in SAMPLE.rglob("*"):
        if path.is_file():
            target = folder / path.relative_to(SAMPLE)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    settings = folder / "pages" / "User:DialogueBot" / "Hubs Dialogue.json"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('"polls": [', '"chart_pages": "Hubs/",\n    "polls": [', 1), encoding="utf-8")
    made = Run(FolderWiki(folder), "User:DialogueBot/Hubs Dialogue.json").made("polls", "en").wikitext
    assert "{{#chart:Hubs/fit.chart}}" in made
    assert "dialoguebot-chart" not in made
