"""One small discussion as it would stand on seven wikis: the same threads, levels and times come out of each."""

import json
import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot import wikis
from bot.discussion import Comment, Discussion
from bot.languages import together
from bot.model import Revision, WikiProfile
from bot.parse.comment import read

FOLDERS = sorted(path.parent for path in (Path(__file__).parent / "languages").glob("*/wiki.toml"))
HEADINGS, COMMENTS, UNSIGNED = 4, 13, 7


@pytest.fixture(params=FOLDERS, ids=[folder.name for folder in FOLDERS])
def folder(request: pytest.FixtureRequest) -> Path:
    assert isinstance(request.param, Path)
    return request.param


def profile_of(folder: Path) -> WikiProfile:
    settings = tomllib.loads((folder / "wiki.toml").read_text(encoding="utf-8"))
    profile = wikis.profile(settings["wiki"])
    return replace(profile, timezone=settings.get("timezone", profile.timezone))


def page_of(folder: Path) -> Revision:
    (page,) = (folder / "pages").glob("*.wikitext")
    wikitext = page.read_text(encoding="utf-8")
    return Revision(title=page.stem, revid=1, timestamp=datetime(2023, 1, 1, tzinfo=UTC), user="", wikitext=wikitext)


def read_of(folder: Path) -> Discussion:
    """Read a page as the bot does on that wiki: with the words of its language and no other wiki's dates."""
    profile = profile_of(folder)
    return read(page_of(folder), profile, together([profile.language]))


def expected_of(folder: Path) -> dict[str, list[dict[str, Any]]]:
    expected: dict[str, list[dict[str, Any]]] = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    return expected


def row(comment: Comment) -> dict[str, Any]:
    return {
        "user": comment.user,
        "timestamp": comment.timestamp.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "level": comment.level,
        "parent": comment.parent,
    }


def unnamed(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows with each user as a number, in the order of their first row."""
    numbers: dict[str, int] = {}
    return [{**each, "user": numbers.setdefault(each["user"], len(numbers))} for each in rows]


def test_all_seven_wikis_are_there() -> None:
    assert [folder.name for folder in FOLDERS] == ["ar", "hi", "hu", "ja", "pl", "sr-cyrl", "sr-latn"]


def test_the_comments_are_those_that_a_reader_sees(folder: Path) -> None:
    assert [row(comment) for comment in read_of(folder).comments] == expected_of(folder)["comments"]


def test_the_page_is_whole_and_nothing_is_left_open(folder: Path) -> None:
    discussion = read_of(folder)
    assert "".join(discussion.pieces) == page_of(folder).wikitext
    assert not discussion.problems
    assert len(discussion.headings) == HEADINGS
    assert len(discussion.comments) == COMMENTS


def test_only_what_a_template_signs_is_unsigned(folder: Path) -> None:
    unsigned = [comment.index for comment in read_of(folder).comments if comment.signatures[0].unsigned]
    assert unsigned == [UNSIGNED]


def test_every_wiki_expects_the_same_but_for_the_names(folder: Path) -> None:
    first, own = expected_of(FOLDERS[0]), expected_of(folder)
    assert unnamed(own["comments"]) == unnamed(first["comments"])
    assert unnamed(own["votes"]) == unnamed(first["votes"])


def test_on_meta_the_same_page_reads_the_same(folder: Path) -> None:
    """Pasted into Meta, a page keeps its authors and times, whatever zone its stamps name."""
    foreign = tuple(wikis.profile(code) for code in wikis.known())
    pasted = read(page_of(folder), wikis.profile("meta"), together([profile_of(folder).language, "en"]), foreign)
    assert [row(comment) for comment in pasted.comments] == expected_of(folder)["comments"]
