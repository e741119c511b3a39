"""What the offline tests share: a wiki to spoil, and no waiting."""

from pathlib import Path

import pytest

from tests.sandbox import Sandbox


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
