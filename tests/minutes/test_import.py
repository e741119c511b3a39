"""Notes are fetched from pads that the settings allow, once, and never over anybody's words."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import import_notes
import pytest
from import_notes import NotImported, Wish, checked_address, fetch

from bot.errors import DialogueBotError, NotAllowed, TryLater, UsageError
from bot.minute_settings import PadSettings
from bot.minutes import Agreed
from bot.model import Place
from bot.render import pad
from tests.cases import Case, parameters
from tests.minutes import pads as server
from tests.minutes.pads import EXPORT, HOST, PAD, Pads, answer, running_pads
from tests.sandbox import SETTINGS_TITLE, Sandbox

HERE = Place(title="Tea/Template", revid=1, line=1)
HEADINGS = (
    Agreed(title="Aims", level=2, place=HERE),
    Agreed(title="For two years", level=3, place=HERE),
    Agreed(title="Steps", level=2, place=HERE, aliases=("How to get there",)),
)
ALLOWED = PadSettings(addresses=[f"{HOST}/p/"], largest=2_000)
NOTES = "Tea/Session notes/Room A"
TYPED = "Aims\n* Brew tea\n\t* Not too hot\nSteps\n* Pour it\n"


@pytest.mark.parametrize("case", parameters(Path(__file__).parent / "pads.cases"))
def test_text_becomes_wikitext(case: Case) -> None:
    made = pad.wikitext(case.wikitext, HEADINGS).strip("\n")
    assert made == case.expected, case.differs(made)


@pytest.fixture(scope="module")
def running() -> Iterator[Pads]:
    with running_pads() as started:
        yield started


@pytest.fixture
def pads(running: Pads) -> Pads:
    """Return the server with one pad on it."""
    running.answers.clear()
    running.asked.clear()
    running.put(TYPED)
    return running


@pytest.fixture
def tea(sandbox: Sandbox) -> Sandbox:
    """Return a consultation with a template, and a page for notes that is not there yet."""
    sandbox.write("Tea/Template", "== Aims ==\n== Steps ==\n")
    sandbox.settings(
        sources=[{"page": NOTES, "read": "minutes"}],
        minutes={"template": "Tea/Template", "pads": {"addresses": [f"{HOST}/p/"], "largest": 2_000}},
    )
    return sandbox


def run(tea: Sandbox, pads: Pads, *, saves: bool = True, title: str = NOTES, address: str = PAD) -> int:
    wish = Wish(address=address, title=title, consultation=SETTINGS_TITLE, saves=saves)
    return import_notes.import_notes(wish, tea.wiki, pads.session)


def test_the_difference_is_shown_and_nothing_saved(
    tea: Sandbox, pads: Pads, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tea.everything()
    assert run(tea, pads, saves=False) == 0
    assert tea.everything() == before
    assert "+** Not too hot" in capsys.readouterr().out


def test_saved_with_where_it_came_from_and_its_hash(tea: Sandbox, pads: Pads) -> None:
    assert run(tea, pads) == 0
    first, _, rest = tea.read(NOTES).partition("\n")
    assert first.startswith(f"<!-- dialoguebot:notes {EXPORT} sha256:{pad.digest(TYPED)} text:")
    assert rest == "== Aims ==\n* Brew tea\n** Not too hot\n\n== Steps ==\n* Pour it\n"
    assert pads.asked == ["/p/hubs/export/txt"]


def test_what_was_imported_is_read_as_notes(tea: Sandbox, pads: Pads) -> None:
    run(tea, pads)
    lines = [json.loads(line) for line in tea.run("read", NOTES, "--as", "minutes", "--json").out.splitlines()]
    assert [each["text"] for each in lines if each.get("kind") == "statement"] == [
        "Brew tea",
        "Not too hot",
        "Pour it",
    ]
    assert not [each for each in lines if "problem" in each]


def test_the_same_text_again_changes_nothing(tea: Sandbox, pads: Pads, capsys: pytest.CaptureFixture[str]) -> None:
    run(tea, pads)
    before = tea.everything()
    assert run(tea, pads) == 0
    assert tea.everything() == before
    assert "Unchanged" in capsys.readouterr().out


def test_a_pad_that_went_on_is_taken_again(tea: Sandbox, pads: Pads) -> None:
    run(tea, pads)
    pads.put(f"{TYPED}* Drink it\n")
    assert run(tea, pads) == 0
    assert tea.read(NOTES).endswith("* Pour it\n* Drink it\n")


@pytest.mark.parametrize("edit", ["* One thought more\n", "\n\nWords below"])
def test_what_people_edited_since_is_not_overwritten(tea: Sandbox, pads: Pads, edit: str) -> None:
    run(tea, pads)
    tea.write(NOTES, tea.read(NOTES) + edit)
    pads.put(f"{TYPED}* Drink it\n")
    before = tea.everything()
    with pytest.raises(NotImported, match="was edited"):
        run(tea, pads)
    assert tea.everything() == before
    assert pads.asked == ["/p/hubs/export/txt"]


def test_notes_that_people_wrote_are_not_overwritten(tea: Sandbox, pads: Pads) -> None:
    tea.write(NOTES, "== Aims ==\n* Words of a volunteer\n")
    with pytest.raises(NotImported, match="not imported"):
        run(tea, pads)


@pytest.mark.parametrize("words", ["Words of a volunteer", ""])
def test_a_page_that_somebody_changes_meanwhile_is_left_alone(
    tea: Sandbox, pads: Pads, capsys: pytest.CaptureFixture[str], words: str
) -> None:
    run(tea, pads)
    pads.put(f"{TYPED}* Drink it\n")
    put = pads.answers["/p/hubs/export/txt"]

    def slowly(request: BaseHTTPRequestHandler) -> None:
        tea.write(NOTES, words)
        put(request)

    pads.answers["/p/hubs/export/txt"] = slowly
    assert run(tea, pads) == 1
    assert "Conflict" in capsys.readouterr().out
    assert tea.read(NOTES) == words


def test_a_page_that_somebody_creates_meanwhile_is_left_alone(tea: Sandbox, pads: Pads) -> None:
    put = pads.answers["/p/hubs/export/txt"]

    def slowly(request: BaseHTTPRequestHandler) -> None:
        tea.write(NOTES, "Words of a volunteer")
        put(request)

    pads.answers["/p/hubs/export/txt"] = slowly
    assert run(tea, pads) == 1
    assert tea.read(NOTES) == "Words of a volunteer"


def test_a_whole_megabyte_is_converted(tea: Sandbox, pads: Pads) -> None:
    tea.settings(
        sources=[{"page": NOTES, "read": "minutes"}],
        minutes={"headings": [{"title": "Aims"}], "pads": {"addresses": [f"{HOST}/p/"], "largest": 1_100_000}},
    )
    pads.put("\ufeffAims\r\n" + "\t* Words of somebody\r\n" * 47_000)
    assert run(tea, pads) == 0
    assert tea.read(NOTES).count("\n* Words of somebody") == 47_000


def test_only_pages_that_the_settings_read(tea: Sandbox, pads: Pads) -> None:
    with pytest.raises(UsageError, match="Tea/Elsewhere"):
        run(tea, pads, title="Tea/Elsewhere")
    assert pads.asked == []


def test_the_stop_page_is_heeded(tea: Sandbox, pads: Pads) -> None:
    tea.write("User:DialogueBot/Stop", "Stop, please.")
    with pytest.raises(NotAllowed):
        run(tea, pads)


NOT_ALLOWED = [
    "http://pads.example/p/hubs",
    "https://pads.example/q/hubs",
    "https://pads.example/private",
    "https://pads.example.org/p/hubs",
    "https://evil.example/https://pads.example/p/hubs",
    "https://user@pads.example/p/hubs",
    "https://pads.example:8443/p/hubs",
    "https://pads.example/p/../admin",
    "https://pads.example/p/%2e%2e/admin",
    "https://pads.example/p/hubs?x=1",
    "https://pads.example/p/hubs#x",
    "https://pads.example/p/a--><b>",
    "https://pads.example\\@evil.example/p/hubs",
    "file:///p/hubs",
    "/p/hubs",
    "",
]


@pytest.mark.parametrize("address", NOT_ALLOWED)
def test_no_other_address_is_asked(tea: Sandbox, pads: Pads, address: str) -> None:
    with pytest.raises(NotImported, match="allow"):
        run(tea, pads, address=address)
    assert pads.asked == []


@pytest.mark.parametrize("given", [PAD, f"{PAD}/", EXPORT, "https://PADS.example/p/hubs"])
def test_a_pad_may_be_named_with_or_without_its_export(given: str) -> None:
    assert checked_address(given, ALLOWED).endswith("/p/hubs/export/txt")


WRONG = {
    "404": (answer(b"gone", 404), NotImported, "404"),
    "500": (answer(b"broken", 500), TryLater, "500"),
    "html": (answer(b"<html>", kind="text/html"), NotImported, "text/html"),
    "html-as-text": (answer(b"\n<!DOCTYPE html>\n<html>"), NotImported, "HTML"),
    "no-type": (answer(b"x", kind=""), NotImported, "no type"),
    "not-utf-8": (answer(b"* caf\xe9\n"), NotImported, "not UTF-8"),
    "binary": (answer(b"\0\0"), NotImported, "not text"),
    "empty": (answer(b" \n"), NotImported, "no text"),
    "too-big": (answer(b"a" * 2_001), NotImported, "larger than 2000"),
    "endless": (server.endless, NotImported, "larger than 2000"),
    "elsewhere": (answer(b"", 302, Location="https://evil.example/p/x"), NotImported, "evil.example"),
    "to-http": (answer(b"", 301, Location="http://pads.example/p/x"), NotImported, "http://pads.example"),
    "to-this-machine": (answer(b"", 302, Location="http://127.0.0.1/p/x"), NotImported, "127.0.0.1"),
    "round-and-round": (answer(b"", 302, Location="/p/hubs/export/txt"), NotImported, "on and on"),
    "nowhere": (answer(b"", 302), NotImported, "on and on"),
}


@pytest.mark.parametrize(("how", "error", "said"), WRONG.values(), ids=WRONG.keys())
def test_what_is_no_pad_is_not_taken(
    pads: Pads, how: server.Answer, error: type[DialogueBotError], said: str
) -> None:
    pads.answers["/p/hubs/export/txt"] = how
    with pytest.raises(error, match=said):
        fetch(pads.session, EXPORT, ALLOWED)


def test_a_redirect_to_another_allowed_pad_is_followed(pads: Pads) -> None:
    pads.answers["/p/old/export/txt"] = answer(b"", 302, Location="/p/hubs/export/txt")
    assert fetch(pads.session, f"{HOST}/p/old/export/txt", ALLOWED) == TYPED


def test_a_pad_that_drips_is_given_up(pads: Pads, monkeypatch: pytest.MonkeyPatch) -> None:
    pads.answers["/p/hubs/export/txt"] = server.dripping
    monkeypatch.setattr(import_notes, "_DEADLINE", 0.1)
    monkeypatch.setattr(import_notes, "_CHUNK", 1)
    with pytest.raises(TryLater, match="seconds"):
        fetch(pads.session, EXPORT, ALLOWED)


def test_a_server_that_is_away(pads: Pads) -> None:
    with pytest.raises(TryLater, match="cannot be fetched"):
        fetch(pads.session, "https://pads.invalid./p/hubs/export/txt", ALLOWED)


@pytest.mark.parametrize(
    "address",
    ["http://pads.example/p/", "https://", "https://a@b/p/", "https://a/p/?x", "https://a/../p/", "pads.example"],
)
def test_the_settings_take_no_address_with_a_hole_in_it(sandbox: Sandbox, address: str) -> None:
    sandbox.settings(minutes={"pads": {"addresses": [address]}})
    ran = sandbox.run("list")
    assert ran.code == 2
    assert "minutes.pads.addresses.0" in ran.err


def test_the_command_line(tea: Sandbox, capsys: pytest.CaptureFixture[str]) -> None:
    options = [f"-wiki:folder:{tea.folder}", f"-consultation:{SETTINGS_TITLE}", f"-to:{NOTES}"]
    assert import_notes.main(*options, "-from:https://evil.example/p/x") == 1
    assert "allow to fetch from https://pads.example/p/" in capsys.readouterr().err
    assert import_notes.main(*options) == 2
    assert import_notes.main(*options, "-from:x", "-loud") == 2
    assert import_notes.main("-help") == 0
    assert "-save" in capsys.readouterr().out
