"""What travels in the wheel: all that the bot reads, wherever it is installed."""

import importlib
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BOT = ROOT / "bot"


def can_build() -> bool:
    """Tell whether a wheel can be made here without the network: setuptools is new enough."""
    try:
        version = importlib.import_module("setuptools").__version__
    except ImportError:
        return False
    return int(str(version).split(".")[0]) >= 77


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Build the wheel out of a copy, so that nothing stale travels, and return the names of the files in it."""
    folder = tmp_path_factory.mktemp("wheel")
    for name in ("bot", "templates"):
        shutil.copytree(ROOT / name, folder / name, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, folder)
    isolation = ["--no-build-isolation"] if can_build() else []
    command = [sys.executable, "-m", "pip", "wheel", ".", "--no-deps", "--quiet", *isolation, "--wheel-dir", "out"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=180)
    if done.returncode != 0 and re.search(
        r"Could not find a version|connection|Temporary failure", done.stderr, re.I
    ):
        pytest.skip("a wheel can be built only where setuptools 77 is installed or can be fetched")
    assert done.returncode == 0, done.stderr
    [built] = folder.glob("out/*.whl")
    return zipfile.ZipFile(built).namelist()


def test_the_wheel_carries_every_module(wheel: list[str]) -> None:
    assert {path.relative_to(ROOT).as_posix() for path in BOT.rglob("*.py")} <= set(wheel)


@pytest.mark.parametrize(
    ("folder", "ending"),
    [("languages", "toml"), ("i18n", "json"), ("i18n", "toml"), ("wikis", "toml"), ("templates", "wikitext")],
)
def test_the_wheel_carries_what_the_bot_reads(wheel: list[str], folder: str, ending: str) -> None:
    there = {f"bot/{folder}/{path.name}" for path in (BOT / folder).glob(f"*.{ending}")}
    assert there
    assert there <= set(wheel)
    assert "bot/py.typed" in wheel


def test_the_wheel_carries_nothing_else(wheel: list[str]) -> None:
    assert not [name for name in wheel if not name.startswith(("bot/", "dialoguebot-"))]
