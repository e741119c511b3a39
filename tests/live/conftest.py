"""One wiki for all tests of a session, set back before each of them."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from .scene import Scene, Stage, running_stage
from .wiki import CannotHaveMediaWiki


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The wiki; the tests on it are skipped where MediaWiki can't be had, but never where CI=true."""
    try:
        with running_stage(tmp_path_factory.mktemp("stage")) as started:
            yield started
    except CannotHaveMediaWiki as error:
        if os.environ.get("CI") == "true":
            pytest.fail(str(error))
        pytest.skip(str(error))


@pytest.fixture
def fresh(stage: Stage, tmp_path: Path) -> Scene:
    """The wiki as it was loaded: nothing is published, and the bot has never logged in."""
    return stage.scene("loaded", tmp_path)


@pytest.fixture
def live(stage: Stage, tmp_path: Path) -> Scene:
    """The wiki with all reports published, and the bot as its last run left it."""
    return stage.scene("published", tmp_path)
