"""Every way to spoil the page of a report: it is left as it was, byte for byte, and the message says why."""

import pytest

from tests.sandbox import EMPTY_REGION, NOTES, REPORT_PAGE, SETTINGS, Sandbox

TITLE = "Tea/Report"

MARKER_PAGES = {
    "marker-missing": (REPORT_PAGE.replace("<!-- dialoguebot:end needs -->", ""), ["end needs", "missing"]),
    "markers-doubled": (f"{REPORT_PAGE}\n{EMPTY_REGION}", ["begin needs", "3 and 10"]),
    "markers-swapped": (
        "a\n<!-- dialoguebot:end needs -->\n<!-- dialoguebot:begin needs -->\nb",
        ["line 2", "line 3"],
    ),
    "markers-nested": (
        REPORT_PAGE.replace("needs -->\n<!--", "needs -->\n<!-- dialoguebot:begin poll -->\n<!--", 1),
        ["poll", "line 4"],
    ),
    "markers-in-nowiki": (f"<nowiki>{EMPTY_REGION}</nowiki>", ["begin needs", "missing"]),
    "page-empty": ("", ["begin needs", "missing"]),
    "page-is-a-redirect": ("#REDIRECT [[Tea/Moved]]", ["Tea/Moved"]),
}


@pytest.mark.parametrize(("wikitext", "said"), MARKER_PAGES.values(), ids=MARKER_PAGES.keys())
def test_a_page_that_cannot_be_written_is_left_alone(sandbox: Sandbox, wikitext: str, said: list[str]) -> None:
    sandbox.write(TITLE, wikitext)
    ran = sandbox.refuses("publish")
    assert ran.code == 1
    assert f"NoMarker        {TITLE}" in ran.out
    assert all(each in ran.out for each in said), ran.out


def test_a_page_that_was_moved_is_followed_within_the_prefixes(sandbox: Sandbox) -> None:
    sandbox.write(TITLE, "#REDIRECT [[Tea/Report/2022]]")
    sandbox.write("Tea/Report/2022", REPORT_PAGE)
    ran = sandbox.run("publish")
    assert (ran.code, ran.out.split()[:2]) == (0, ["Saved", "Tea/Report/2022"])
    assert sandbox.read() == "#REDIRECT [[Tea/Report/2022]]"
    assert "Nothing changed." in sandbox.run("publish").out


MOVES = {
    "out-of-the-prefixes": ("Elsewhere/Report", REPORT_PAGE),
    "to-another-target": ("Tea/Report/b", REPORT_PAGE),
    "to-nowhere": ("Tea/Report/2022", ""),
    "and-moved-again": ("Tea/Report/2022", "#REDIRECT [[Tea/Report/2023]]"),
}


@pytest.mark.parametrize(("goal", "wikitext"), MOVES.values(), ids=MOVES.keys())
def test_a_move_that_leads_elsewhere_is_not_followed(sandbox: Sandbox, goal: str, wikitext: str) -> None:
    sandbox.settings(
        reports=[{**SETTINGS["reports"][0], "create": True}, {"report": "needs", "page": "Tea/Report/b"}]
    )
    sandbox.write("Tea/Report/b", REPORT_PAGE)
    sandbox.write("Tea/Report/2023", REPORT_PAGE)
    sandbox.write(TITLE, f"#REDIRECT [[{goal}]]")
    if wikitext and goal != "Tea/Report/b":
        sandbox.write(goal, wikitext)
    ran = sandbox.run("publish")
    assert ran.code == 1
    assert ran.out.split()[0] == "NoMarker"
    assert sandbox.read() == f"#REDIRECT [[{goal}]]"
    assert sandbox.read("Tea/Report/2023") == REPORT_PAGE


@pytest.mark.parametrize("content", [b"\x89PNG\0\0", b"caf\xe9 \xff"], ids=["binary", "not-utf-8"])
def test_a_report_page_that_is_no_text_is_left_alone(sandbox: Sandbox, content: bytes) -> None:
    sandbox.write(TITLE, content)
    ran = sandbox.refuses("publish")
    assert ran.code == 1
    assert f"Protected       {TITLE}" in ran.out


def test_other_pages_go_on_where_one_is_refused(sandbox: Sandbox) -> None:
    pages = [{"report": "needs", "page": f"Tea/Report/{each}", "create": True} for each in ("a", "b")]
    sandbox.settings(reports=[SETTINGS["reports"][0], *pages])
    sandbox.write("Tea/Report/a", "no markers")
    ran = sandbox.run("publish")
    assert ran.code == 1
    assert [line.split()[:2] for line in ran.out.replace(":", "").splitlines()] == [
        ["Saved", "Tea/Report"],
        ["NoMarker", "Tea/Report/a"],
        ["Saved", "Tea/Report/b"],
    ]


def test_a_volunteers_sentence_outside_the_region_survives(sandbox: Sandbox) -> None:
    sandbox.run("publish")
    sandbox.write(TITLE, sandbox.read().replace("volunteer above.", "volunteer above. One sentence more!"))
    sandbox.write("Tea/Notes/Alpha Group", f"{NOTES}== Legal support ==\n* Need: a contract\n")
    assert sandbox.run("publish").code == 0
    assert "One sentence more!" in sandbox.read()
    assert sandbox.read().endswith("Words of a volunteer below.\n\n[[Category:Tea]]\n")


def test_a_volunteers_sentence_inside_the_region_stops_the_page(sandbox: Sandbox) -> None:
    sandbox.run("publish")
    sandbox.write(
        TITLE, sandbox.read().replace("</div>\n<!-- dialoguebot:end", "A sentence.\n</div>\n<!-- dialoguebot:end")
    )
    sandbox.write("Tea/Notes/Alpha Group", f"{NOTES}== Legal support ==\n* Need: a contract\n")
    ran = sandbox.refuses("publish")
    assert ran.code == 1
    assert f"HumanEdited     {TITLE}" in ran.out
    assert "+A sentence." in ran.out


def test_a_second_publish_makes_no_write(sandbox: Sandbox) -> None:
    assert sandbox.run("publish").code == 0
    again = sandbox.refuses("publish")
    assert again.code == 0
    assert f"Unchanged       {TITLE}" in again.out


def test_a_write_protected_page_is_left_alone(sandbox: Sandbox) -> None:
    sandbox.path(TITLE).chmod(0o444)
    ran = sandbox.refuses("publish")
    assert ran.code == 1
    assert f"Protected       {TITLE}" in ran.out


def test_a_page_outside_the_prefixes_is_left_alone(sandbox: Sandbox) -> None:
    sandbox.settings(output_prefixes=["Elsewhere"])
    ran = sandbox.refuses("publish")
    assert ran.code == 1
    assert f"OutsidePrefixes {TITLE}" in ran.out
    assert "Elsewhere" in ran.out


def test_nobots_is_obeyed(sandbox: Sandbox) -> None:
    sandbox.write(TITLE, f"{{{{nobots}}}}\n{REPORT_PAGE}")
    ran = sandbox.refuses("publish")
    assert (ran.code, f"OptedOut        {TITLE}" in ran.out) == (1, True)


STOPS = {
    "a-word": "Stop, please.",
    "in-nowiki": "<nowiki>Stop, please.</nowiki>",
    "in-a-template": "{{Stop}}",
    "not-to-be-read": b"Stop \xff",
}


@pytest.mark.parametrize("words", STOPS.values(), ids=STOPS.keys())
def test_the_stop_page_stops_the_bot(sandbox: Sandbox, words: str | bytes) -> None:
    sandbox.write("User:DialogueBot/Stop", words)
    ran = sandbox.refuses("publish")
    assert ran.code == 77
    assert "User:DialogueBot/Stop" in ran.out


def test_the_stop_page_stops_the_status_page_too(sandbox: Sandbox) -> None:
    elsewhere = {"report": "needs", "page": "Elsewhere"}
    sandbox.settings(status_page="Tea/Report/Status", reports=[elsewhere])
    sandbox.write("User:DialogueBot/Stop", "Stop, please.")
    sandbox.refuses("publish")


@pytest.mark.parametrize("words", ["", "\n\n", "<!-- write here to stop the bot -->"])
def test_an_empty_stop_page_stops_nothing(sandbox: Sandbox, words: str) -> None:
    sandbox.write("User:DialogueBot/Stop", words)
    assert sandbox.run("publish").code == 0


def test_a_report_that_got_much_smaller_waits_for_a_person(sandbox: Sandbox) -> None:
    sandbox.write("Tea/Notes/Alpha Group", NOTES + "".join(f"* Need: words {each}\n" for each in range(80)))
    sandbox.run("publish")
    sandbox.write("Tea/Notes/Alpha Group", NOTES)
    ran = sandbox.refuses("publish")
    assert (ran.code, f"Shrunk          {TITLE}" in ran.out) == (1, True)
    assert sandbox.run("publish", "--accept-shrink").code == 0
    assert "words 79" not in sandbox.read()
