"""What the offline tests share: a wiki to spoil, and no waiting."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.sandbox import Sandbox

# The same examples every time where the result decides whether a change may land; new ones on people's machines.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI") == "true":
    settings.load_profile("ci")


@pytest.fixture
def sandbox(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Sandbox:
    """Return a small consultation in a folder wiki of its own."""
    monkeypatch.delenv("DIALOGUEBOT_WIKI", raising=False)
    return Sandbox(tmp_path / "wiki", capsys)


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the pauses that a run would have made, none of which is waited for."""
    asked: list[float] = []
    monkeypatch.setattr("bot.run.time.sleep", asked.append)
    return asked
