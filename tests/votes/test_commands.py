"""What `read` and `show` print of discussions and votes, from folders with and without settings."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot import cli, wikis
from bot.wiki.folder import FolderWiki
from tests.votes.reading import signed

TALK = """\
== Shall we? ==
I propose it. -- Zoe 08:00
* {{support|weak}} good -- Ada 10:00
*: Why? {{unsigned|Ben|12:00, 2 March 2022 (UTC)}}
* {{oppose}} -- Ada 11:00
* {{support}} -- Cas 12:00
"""
SETTINGS: dict[str, Any] = {
    "title": "Hubs",
    "sources": [{"page": "Talk", "read": "votes"}],
    "reports": [{"report": "votes", "page": "Out", "create": True}],
    "output_prefixes": ["Out"],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "wiki.toml").write_text('wiki = "meta"\n', encoding="utf-8")
    write(tmp_path, "Talk.wikitext", signed(TALK, wikis.profile("meta")))
    return tmp_path


def write(folder: Path, name: str, text: str) -> None:
    path = folder / "pages" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def write_settings(folder: Path, **keys: object) -> None:
    write(folder, "User:DialogueBot/Hubs.json", json.dumps(SETTINGS | keys))


def said(capsys: pytest.CaptureFixture[str], folder: Path, *arguments: str) -> list[dict[str, Any]]:
    assert cli.main([*arguments, "--json", "--wiki", f"folder:{folder}"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_discussion_is_read_without_settings(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = said(capsys, folder, "read", "Talk", "--as", "discussion")
    assert found[0] == {"page": "Talk", "index": 0, "kind": "heading", "level": 2, "title": "Shall we?", "line": 1}
    assert found[2] == {
        "page": "Talk",
        "index": 2,
        "kind": "comment",
        "user": "Ada",
        "timestamp": "2022-03-02T10:00:00Z",
        "level": 2,
        "parent": 1,
        "id": "c-Ada-20220302100000",
        "signatures": 1,
        "text": "good",
        "line": 3,
    }
    assert [each["index"] for each in found] == list(range(6))
    assert [each.get("parent") for each in found] == [None, 0, 1, 2, 1, 1]


def test_a_discussion_reads_well(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["read", "Talk", "--as", "discussion", "--wiki", f"folder:{folder}"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Talk:1  == Shall we?"
    assert lines[3] == "Talk:4        Ben (unsigned), 2022-03-02 12:00: Why?"


def test_the_folder_names_the_zone_of_its_clock(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "wiki.toml").write_text('wiki = "fr"\ntimezone = "Europe/Paris"\n', encoding="utf-8")
    write(folder, "Talk.wikitext", "Oui. [[Utilisateur:Ada]] 2 mars 2022 à 12:00 (CET)\n")
    assert said(capsys, folder, "read", "Talk", "--as", "discussion")[0]["timestamp"] == "2022-03-02T11:00:00Z"


def test_a_folder_of_an_unknown_zone_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "wiki.toml").write_text('wiki = "fr"\ntimezone = "Mars/Olympus"\n', encoding="utf-8")
    assert cli.main(["read", "Talk", "--as", "votes", "--wiki", f"folder:{folder}"]) == 2
    assert "Mars/Olympus" in capsys.readouterr().err


def test_votes_are_read_without_settings(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = said(capsys, folder, "read", "Talk", "--as", "votes")
    assert [(each["user"], each["choice"], each["strength"], each["status"], each["line"]) for each in found] == [
        ("Ada", "support", "weak", "changed", 3),
        ("Ada", "oppose", "", "counted", 5),
        ("Cas", "support", "", "counted", 6),
    ]
    assert found[0]["timestamp"] == "2022-03-02T10:00:00Z"
    assert found[0]["reason"] == "The same person changed the vote later, in line 5."
    assert {each["page"] for each in found} == {"Talk"}


def test_users_stand_in_a_file_beside_the_pages(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    users = {"Ada": {"edits": 9, "groups": []}, "Caspar": {"edits": 99}, "Zoe": None}
    (folder / "users.json").write_text(json.dumps(users), encoding="utf-8")
    write(folder, "User:Cas.wikitext", "#REDIRECT [[User:caspar]]")
    write_settings(folder, votes={"eligibility": {"edits_min": 10}, "proposer_counts": True})
    report = said(capsys, folder, "show", "votes")[0]
    assert [(each["user"], each["status"]) for each in report["figures"]["votes"]] == [
        ("Zoe", "ineligible"),
        ("Ada", "ineligible"),
        ("Ada", "ineligible"),
        ("Cas", "counted"),
    ]
    question = report["figures"]["questions"][0]
    assert (question["question"], question["support"], question["denominator"]) == ("Shall we?", 1, 1)


@pytest.mark.parametrize("content", ["[", "[]", '{"Ada": {"edits": "many"}}', '{"Ada": {"age": 5}}'])
def test_a_file_of_users_that_cannot_be_read_is_an_error(folder: Path, content: str) -> None:
    (folder / "users.json").write_text(content, encoding="utf-8")
    assert cli.main(["read", "Talk", "--as", "votes", "--wiki", f"folder:{folder}"]) == 2


def test_a_user_of_whom_nothing_is_known_is_left_out(folder: Path) -> None:
    write(folder, "User:Round.wikitext", "#REDIRECT [[User:Round]]")
    write(folder, "User:Sub.wikitext", "#REDIRECT [[User:Ada/Sub]]")
    assert FolderWiki(folder).users(["Ada", "Round", "Sub"]) == {}


def test_the_report_is_published_once_and_then_unchanged(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_settings(folder)
    assert cli.main(["publish", "--wiki", f"folder:{folder}"]) == 0
    assert capsys.readouterr().out.startswith("Saved")
    assert cli.main(["publish", "--wiki", f"folder:{folder}"]) == 0
    assert "Nothing changed." in capsys.readouterr().out


def test_the_table_for_the_terminal(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_settings(folder)
    assert cli.main(["show", "votes", "--text", "--wiki", f"folder:{folder}"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split() == ["Shall", "we?", "1", "1", "0", "0", "50.0%", "(1/2)", "2"]


REGION = "<!-- dialoguebot:begin votes -->\n<!-- dialoguebot:end votes -->"
PAIR = "{{Dialogue summary|votes}}\n{{Dialogue summary end}}"


@pytest.mark.parametrize("target", [REGION, PAIR], ids=["region", "pair"])
@pytest.mark.parametrize("above", [True, False], ids=["above", "below"])
def test_a_report_on_its_own_talk_page_never_reads_itself(
    folder: Path, capsys: pytest.CaptureFixture[str], target: str, *, above: bool
) -> None:
    talk = signed(TALK, wikis.profile("meta"))
    write(folder, "Talk.wikitext", f"{target}\n{talk}" if above else f"{talk}\n{target}\n")
    write_settings(folder, reports=[{"report": "votes", "page": "Talk"}], output_prefixes=["Talk"])
    before = said(capsys, folder, "show", "votes")[0]["figures"]["questions"]
    assert cli.main(["publish", "--wiki", f"folder:{folder}"]) == 0
    assert capsys.readouterr().out.startswith("Saved")
    report = said(capsys, folder, "show", "votes")[0]
    assert report["figures"]["questions"] == before
    text = (folder / "pages" / "Talk.wikitext").read_text(encoding="utf-8")
    lines = text.split("\n")
    assert [lines[each["line"] - 1][:4] for each in report["figures"]["votes"]] == ["* {{"] * 3
    assert all(f"|{each['line']}]]" in text for each in report["figures"]["votes"])
    assert cli.main(["publish", "--wiki", f"folder:{folder}"]) == 0
    assert "Nothing changed." in capsys.readouterr().out
