"""The command line: options before and behind the command, settings found by themselves, and what is printed."""

import json
from pathlib import Path

import pytest

from bot import cli, reporting
from tests.sandbox import REPORT_PAGE, SETTINGS, SETTINGS_TITLE, Sandbox

TITLE = "Tea/Report"


def test_list_names_the_reports_and_where_they_go(sandbox: Sandbox) -> None:
    ran = sandbox.refuses("list")
    assert ran.code == 0
    assert {line for line in ran.out.split("\n") if line and not line.startswith(" ")} == set(reporting.names())
    assert f"{TITLE} (en)" in ran.out


def test_show_prints_what_publish_writes(sandbox: Sandbox) -> None:
    shown = sandbox.refuses("show", "needs")
    assert shown.code == 0
    sandbox.run("publish")
    assert shown.out.strip("\n") in sandbox.read()


def test_show_without_a_name_shows_them_all(sandbox: Sandbox) -> None:
    assert sandbox.run("show").out == sandbox.run("show", "needs").out != ""


def test_show_json_is_one_object_a_line(sandbox: Sandbox) -> None:
    lines = sandbox.run("show", "--json").out.splitlines()
    assert [json.loads(line)["report"] for line in lines] == ["needs"]


def test_show_text_is_a_table_for_the_terminal(sandbox: Sandbox) -> None:
    out = sandbox.run("show", "--text").out
    assert "Alpha Group" in out
    assert "<" not in out
    assert "&#" not in out


def test_show_in_another_language(sandbox: Sandbox) -> None:
    assert 'lang="fr"' in sandbox.run("show", "--language", "fr").out
    assert "Compétences" in sandbox.run("show", "--language", "fr").out


@pytest.mark.parametrize("command", ["show", "publish", "diff"])
def test_a_language_without_labels_is_refused(sandbox: Sandbox, command: str) -> None:
    ran = sandbox.refuses(command, "--language", "xx")
    assert ran.code == 2
    assert "“xx”" in ran.err


@pytest.mark.parametrize("command", ["show", "publish", "diff"])
def test_an_unknown_report_is_refused_and_the_known_ones_named(sandbox: Sandbox, command: str) -> None:
    ran = sandbox.refuses(command, "votess")
    assert ran.code == 2
    assert "“votess”" in ran.err
    assert "needs" in ran.err


def test_a_report_in_the_settings_that_does_not_exist_is_refused(sandbox: Sandbox) -> None:
    sandbox.settings(reports=[{"report": "weather", "page": TITLE}])
    ran = sandbox.refuses("publish")
    assert (ran.code, "“weather”" in ran.err) == (2, True)


def test_only_the_pages_in_a_language_are_published(sandbox: Sandbox) -> None:
    french = {"report": "needs", "page": "Tea/Report/fr", "language": "fr", "create": True}
    sandbox.settings(reports=[SETTINGS["reports"][0], french])
    ran = sandbox.run("publish", "--language", "fr")
    assert ran.code == 0
    assert sandbox.read() == REPORT_PAGE
    assert sandbox.path("Tea/Report/fr").exists()


def test_a_language_in_which_nothing_is_published_is_refused(sandbox: Sandbox) -> None:
    assert sandbox.refuses("publish", "--language", "ar").code == 2


@pytest.mark.parametrize("behind", [True, False], ids=["behind", "before"])
def test_options_stand_before_or_behind_the_command(
    sandbox: Sandbox, capsys: pytest.CaptureFixture[str], behind: bool
) -> None:
    options = [
        "--wiki",
        f"folder:{sandbox.folder}",
        "--consultation",
        "Tea",
        "--language",
        "fr",
        "--at",
        "2022-03-12",
    ]
    assert cli.main(["show", "needs", *options] if behind else [*options, "show", "needs"]) == 0
    assert 'lang="fr"' in capsys.readouterr().out


MOMENTS = {
    "2022-03-12T13:00:00Z": "2022-03-12T13:00:00+00:00",
    "2022-03-12T13:00:00+05:30": "2022-03-12T13:00:00+05:30",
    "2022-03-12": "2022-03-12T00:00:00+00:00",
}


@pytest.mark.parametrize(("text", "moment"), MOMENTS.items())
def test_at_is_a_moment_that_knows_its_zone(text: str, moment: str) -> None:
    assert cli.parser().parse_args(["list", "--at", text]).at.isoformat() == moment


def test_at_that_is_no_moment_is_refused(sandbox: Sandbox) -> None:
    ran = sandbox.refuses("list", "--at", "yesterday")
    assert (ran.code, "“yesterday”" in ran.err) == (2, True)


def test_a_report_does_not_depend_on_the_moment(sandbox: Sandbox) -> None:
    assert sandbox.run("show", "--at", "1999-01-01").out == sandbox.run("show", "--at", "2099-01-01").out


# Which settings.


CONSULTATIONS = ["Tea", "Tea.json", "User:DialogueBot/Tea", "User:DialogueBot/Tea.json"]


@pytest.mark.parametrize("said", CONSULTATIONS)
def test_a_consultation_is_called_by_its_page_or_what_is_before_json(sandbox: Sandbox, said: str) -> None:
    assert sandbox.run("list", "--consultation", said).code == 0


@pytest.mark.parametrize("said", ["Green_tea", "User:DialogueBot/Green_tea.json", " Green tea "])
def test_a_consultation_may_be_called_as_in_an_address(sandbox: Sandbox, said: str) -> None:
    sandbox.write("User:DialogueBot/Green tea.json", sandbox.read(SETTINGS_TITLE))
    assert sandbox.run("list", "--consultation", said).code == 0


def test_settings_elsewhere_are_found_when_named(sandbox: Sandbox) -> None:
    sandbox.write("Project:Tea/Settings.json", sandbox.read(SETTINGS_TITLE))
    assert sandbox.run("list", "--consultation", "Project:Tea/Settings.json").code == 0


def test_several_settings_are_a_question(sandbox: Sandbox) -> None:
    sandbox.write("User:DialogueBot/Coffee.json", sandbox.read(SETTINGS_TITLE))
    ran = sandbox.refuses("publish")
    assert ran.code == 2
    assert "Coffee.json" in ran.err
    assert "Tea.json" in ran.err


def test_labels_are_no_settings(sandbox: Sandbox) -> None:
    sandbox.write("User:DialogueBot/Labels/en.json", "{}")
    assert sandbox.run("list").code == 0


def test_no_settings_are_named(sandbox: Sandbox) -> None:
    sandbox.path(SETTINGS_TITLE).unlink()
    for command in (["list"], ["show"], ["diff"], ["publish"], ["read", "x", "--as", "needs"]):
        ran = sandbox.refuses(*command)
        assert (ran.code, "User:DialogueBot/" in ran.err) == (2, True)


def test_settings_that_are_not_there_are_named(sandbox: Sandbox) -> None:
    ran = sandbox.refuses("publish", "--consultation", "Coffee")
    assert (ran.code, "User:DialogueBot/Coffee.json" in ran.err) == (2, True)


# Which wiki.


def test_the_current_folder_is_the_wiki_where_it_is_one(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(sandbox.folder)
    assert cli.main(["list"]) == 0
    assert TITLE in capsys.readouterr().out


def test_the_environment_may_name_the_wiki(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["list"]) == 2
    assert "--wiki" in capsys.readouterr().err
    monkeypatch.setenv("DIALOGUEBOT_WIKI", f"folder:{sandbox.folder}")
    assert cli.main(["list"]) == 0


@pytest.mark.parametrize("wiki", ["meta", "folder:", "", "folder"])
def test_a_wiki_that_is_none_is_refused(
    wiki: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DIALOGUEBOT_WIKI", raising=False)
    assert cli.main(["list", "--wiki", wiki]) == 2
    assert "folder:PATH" in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for place in ("nowhere-at-all", "nowhere/at/all"):
        assert cli.main(["list", "--wiki", f"folder:{tmp_path / place}"]) == 2
        assert place in capsys.readouterr().err


# Reading.


def lines(sandbox: Sandbox, *arguments: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in sandbox.run("read", *arguments, "--as", "needs", "--json").out.splitlines()]


def test_read_prints_a_line_of_json_for_each_thing_understood(sandbox: Sandbox) -> None:
    sandbox.write("Tea/Notes/Alpha Group", "== Skills ==\n* Need: a trainer\n== Gardening ==\n* Need: a spade\n")
    assert lines(sandbox, "Tea/Notes/Alpha Group") == [
        {
            "page": "Tea/Notes/Alpha Group",
            "kind": "need",
            "group": "Alpha Group",
            "need": "skills",
            "text": "a trainer",
            "line": 2,
        },
        {
            "page": "Tea/Notes/Alpha Group",
            "problem": "unknown-need",
            "line": 4,
            "text": lines(sandbox, "Tea/Notes/Alpha Group")[1]["text"],
        },
    ]


def test_read_all_reads_every_source(sandbox: Sandbox) -> None:
    assert {line["page"] for line in lines(sandbox, "--all")} == {"Tea/Notes/Alpha Group", "Tea/Notes/Beta Circle"}


def test_read_for_people_names_page_and_line(sandbox: Sandbox) -> None:
    out = sandbox.run("read", "Tea/Notes/Alpha Group", "--as", "needs").out
    assert out.startswith("Tea/Notes/Alpha Group:2 ")
    assert "Alpha Group" in out


def test_read_takes_a_title_as_in_an_address(sandbox: Sandbox) -> None:
    assert lines(sandbox, "Tea/Notes/Alpha_Group") == lines(sandbox, "Tea/Notes/Alpha Group") != []


@pytest.mark.parametrize("title", ["Tea/Old notes", "Tea/Old_notes"])
def test_read_of_a_redirect_that_was_named_says_so(sandbox: Sandbox, title: str) -> None:
    sandbox.write("Tea/Old notes", "#REDIRECT [[Tea/Notes/Alpha Group]]")
    assert sandbox.run("read", title, "--as", "needs").said != ""


def test_read_of_a_page_that_is_not_there_goes_on_and_fails(sandbox: Sandbox) -> None:
    ran = sandbox.run("read", "Nowhere", "Tea/Notes/Alpha Group", "--as", "needs", "--json")
    assert ran.code == 1
    assert "Nowhere, line 1" in ran.err
    assert len(ran.out.splitlines()) == 1


def test_read_as_what_nobody_reads_is_refused(sandbox: Sandbox) -> None:
    ran = sandbox.run("read", "x", "--as", "weather")
    assert (ran.code, "“weather”" in ran.err, "needs" in ran.err) == (2, True, True)


def test_read_of_nothing_is_refused(sandbox: Sandbox) -> None:
    assert sandbox.run("read", "--as", "needs").code == 2


def test_schema_says_what_the_settings_may_hold(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert set(SETTINGS) <= set(schema["properties"])
    assert schema["additionalProperties"] is False
    assert {"title", "sources", "reports", "output_prefixes"} <= set(schema["required"])


def test_help_and_version(capsys: pytest.CaptureFixture[str]) -> None:
    for option in ("--help", "--version"):
        with pytest.raises(SystemExit) as left:
            cli.main([option])
        assert left.value.code == 0
    out = capsys.readouterr().out
    assert all(command in out for command in ("list", "show", "diff", "publish", "read", "schema", "exit codes"))


def test_no_command_is_a_question(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main([])
    assert left.value.code == 2
    assert "usage" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["list", "show", "diff", "read"])
def test_only_publish_saves(sandbox: Sandbox, command: str) -> None:
    arguments = ["--all", "--as", "needs"] if command == "read" else []
    assert sandbox.refuses(command, *arguments).code == 0


def test_what_a_page_holds_cannot_command_the_terminal(sandbox: Sandbox) -> None:
    sandbox.write("Tea/Notes/Alpha Group", "== Skills ==\n* Need: \x1b[2J\x1b]0;evil\x07words\n")
    for arguments in (["read", "Tea/Notes/Alpha Group", "--as", "needs"], ["show"], ["diff"], ["publish"]):
        assert "\x1b" not in sandbox.run(*arguments).said
