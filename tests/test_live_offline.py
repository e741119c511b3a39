"""The live layer without a wiki: what a real one answered once is replayed from tests/cassettes.

Where a replay fails because the bot asks something else now, or writes other wikitext, and that is as it should be:
python -m tests.live.record
"""

import json
import re
import string
from pathlib import Path

import pytest

from .live.bot import Bot, Ran, copy_settings
from .live.record import CASSETTES, REPORT, tape
from .live.taped import HOST
from .live.wiki import ROOT

FRENCH = f"{REPORT}/fr"
NAMES = ("first", "warm", "unchanged", "edit", "conflict", "protected")
_SECRETS = {
    "a password": r"lgpassword|[?&\" ]password",
    "a login token": r"lgtoken",
    "a token": r"[0-9a-f]{32,}\+\\",
    "a token in a request": r"[?&\"]token=",
    "a cookie": r"(?i)set-cookie|\"cookie\"|[Ss]ession=|BPsession|UserID=",
    "a random secret": r"(?<!md5=)(?<![0-9a-f])([0-9a-f]{32}|[0-9a-f]{40,})(?![0-9a-f])",
    "an address of a machine": r"127\.0\.0\.1:|localhost|/home/|/root/|/tmp/",
}


def write_settings(folder: Path) -> Path:
    """Write pywikibot's settings for a wiki that is nowhere."""
    folder.mkdir()
    templates = ROOT / "scripts" / "local_wiki"
    family, password = folder / "dialoguebot_family.py", folder / "user-password.py"
    words = {"language": "en", "family_file": repr(str(family)), "password_file": repr(str(password)), "port": ""}
    config = string.Template((templates / "user-config.py.in").read_text(encoding="utf-8"))
    (folder / "user-config.py").write_text(config.substitute(words), encoding="utf-8")
    text = (templates / "dialoguebot_family.py.in").read_text(encoding="utf-8").replace("127.0.0.1:$port", HOST)
    family.write_text(string.Template(text).substitute(words), encoding="utf-8")
    password.write_text("('DialogueBot', BotPassword('local', 'any'))\n", encoding="utf-8")
    password.chmod(0o600)
    return folder


@pytest.fixture(scope="module")
def first_runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Bot, dict[str, Ran]]:
    """The two runs that all others go on from, and what they left in the bot's folder."""
    folder = tmp_path_factory.mktemp("replayed")
    bot = Bot(write_settings(folder / "pywikibot"), folder)
    return bot, {name: tape(bot, "replay", name) for name in ("first", "warm")}


def replay(name: str, first_runs: tuple[Bot, dict[str, Ran]], folder: Path) -> Ran:
    """Replay a tape from where the first runs left the bot."""
    bot = Bot(copy_settings(first_runs[0].settings, folder / "pywikibot"), folder)
    ran = tape(bot, "replay", name)
    assert "requests were made" not in ran.err, ran.err
    return ran


def requests_on(name: str) -> list[str]:
    """Return the body of each request on a tape; a replay fails that does not make them all, or makes another."""
    tape_file = json.loads((CASSETTES / f"{name}.json").read_text(encoding="utf-8"))
    return [each["request"]["body"] for each in tape_file["interactions"]]


def edits_on(name: str) -> int:
    return sum(body.startswith("action=edit&") for body in requests_on(name))


def test_the_first_publish(first_runs: tuple[Bot, dict[str, Ran]]) -> None:
    ran = first_runs[1]["first"]
    assert (ran.code, ran.outcomes) == (0, ["Saved", "Saved"]), ran.err
    assert ran.line(FRENCH).endswith(", a new page")
    assert edits_on("first") == 2


def test_the_second_publish_saves_what_changed(first_runs: tuple[Bot, dict[str, Ran]]) -> None:
    ran = first_runs[1]["warm"]
    assert (ran.code, ran.outcomes) == (0, ["Saved", "Saved"]), ran.err


def test_nothing_changed(first_runs: tuple[Bot, dict[str, Ran]], tmp_path: Path) -> None:
    ran = replay("unchanged", first_runs, tmp_path)
    assert (ran.code, ran.outcomes) == (0, ["Unchanged", "Unchanged"]), ran.err
    assert len(requests_on("unchanged")) == 2


def test_edits(first_runs: tuple[Bot, dict[str, Ran]], tmp_path: Path) -> None:
    ran = replay("edit", first_runs, tmp_path)
    assert (ran.code, ran.outcomes) == (0, ["Saved", "Saved"]), ran.err
    assert len(requests_on("edit")) == 3 + edits_on("edit") == 5


def test_a_conflict(first_runs: tuple[Bot, dict[str, Ran]], tmp_path: Path) -> None:
    ran = replay("conflict", first_runs, tmp_path)
    assert (ran.code, ran.outcomes) == (0, ["Saved", "Saved"]), ran.err
    last = [body for body in requests_on("conflict") if f"title={REPORT.replace('/', '%2F')}&" in body][-1]
    assert "My+sentence." in last


def test_a_protected_page(first_runs: tuple[Bot, dict[str, Ran]], tmp_path: Path) -> None:
    ran = replay("protected", first_runs, tmp_path)
    assert (ran.code, ran.outcomes) == (1, ["Protected", "Saved"]), ran.err
    assert edits_on("protected") == 2


@pytest.mark.parametrize("name", NAMES)
def test_no_edit_goes_without_its_guards(name: str) -> None:
    for body in requests_on(name):
        if body.startswith("action=edit&"):
            assert "assertuser=DialogueBot" in body
            assert "md5=" in body
            assert "basetimestamp" not in body
            assert ("baserevid=" in body and "nocreate=" in body) or "createonly=" in body


def test_every_cassette_is_replayed() -> None:
    assert sorted(path.stem for path in CASSETTES.glob("*.json")) == sorted(NAMES)


@pytest.mark.parametrize("what", _SECRETS)
@pytest.mark.parametrize("name", NAMES)
def test_no_secret_is_on_a_cassette(name: str, what: str) -> None:
    recorded = (CASSETTES / f"{name}.json").read_text(encoding="utf-8")
    found = re.search(_SECRETS[what], recorded)
    assert not found, recorded[max(0, found.start() - 40) : found.end() + 40]
