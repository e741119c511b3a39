"""Measure the reader of talk pages against what the reference parser found on the same pages.

Run ``python -m tests.accuracy DIR``: DIR holds folder wikis with ``expected/<title>.json`` beside their pages.
It prints each difference by page and line, says why where it is on purpose, and then how often both agree.
"""

import json
import re
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any

from bot import languages, wikis
from bot.discussion import Comment, Discussion
from bot.languages import Language
from bot.model import Revision, WikiProfile
from bot.parse.comment import read

DIFFERENCES = Path(__file__).parent / "accuracy_differences.toml"
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\.000Z")


@dataclass(kw_only=True)
class Score:
    """How many comments were found, and of those how many agree."""

    expected: int = 0
    found: int = 0
    both: int = 0
    parents: int = 0
    levels: int = 0
    signatures: int = 0
    ids: int = 0
    headings: int = 0
    headings_found: int = 0
    differences: list[str] = field(default_factory=list)

    def add(self, other: "Score") -> None:
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))

    @property
    def precision(self) -> float:
        return self.both / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.both / self.expected if self.expected else 1.0

    @property
    def f1(self) -> float:
        total = self.expected + self.found
        return 2 * self.both / total if total else 1.0

    def share(self, count: int) -> float:
        return count / self.both if self.both else 1.0

    def __str__(self) -> str:
        return (
            f"precision {self.precision:.4f}  recall {self.recall:.4f}  F1 {self.f1:.4f}"
            f"  parents {self.share(self.parents):.4f}  levels {self.share(self.levels):.4f}"
            f"  signatures {self.share(self.signatures):.4f}  ids {self.share(self.ids):.4f}"
            f"  comments {self.both} of {self.expected}  headings {self.headings_found} of {self.headings}"
        )


def measure(root: Path) -> Iterator[tuple[str, Score]]:
    """Yield the score of each folder wiki."""
    for folder in sorted(path for path in root.iterdir() if (path / "wiki.toml").exists()):
        score = Score()
        for title, wikitext, expected in _pages(folder):
            page = compare(expected, discussion(title, wikitext, _profile(folder)))
            page.differences = [f"{folder.name}: {title}{line}" for line in page.differences]
            score.add(page)
        yield folder.name, score


def discussion(title: str, wikitext: str, profile: WikiProfile) -> Discussion:
    """Read one page with all that is known of languages and wikis."""
    revision = Revision(title=title, revid=1, timestamp=datetime(2024, 1, 1, tzinfo=UTC), user="", wikitext=wikitext)
    return read(revision, profile, *_knowledge())


@cache
def _knowledge() -> tuple[Language, tuple[WikiProfile, ...]]:
    """Return the words of all languages, and all wikis."""
    return languages.together(languages.known()), tuple(wikis.profile(each) for each in wikis.known())


@cache
def _profile(folder: Path) -> WikiProfile:
    settings = tomllib.loads((folder / "wiki.toml").read_text(encoding="utf-8"))
    return replace(wikis.profile(settings["wiki"]), timezone=settings.get("timezone", "UTC"))


def _pages(folder: Path) -> Iterator[tuple[str, str, list[dict[str, Any]]]]:
    for page in sorted((folder / "pages").rglob("*.wikitext")):
        found = folder / "expected" / f"{page.stem}.json"
        if found.exists():
            yield page.stem, page.read_bytes().decode(), json.loads(found.read_text(encoding="utf-8"))


def compare(expected: Sequence[dict[str, Any]], found: Discussion) -> Score:
    """Compare one page; comments are paired by author and time, in order."""
    comments = [each for each in expected if each["kind"] == "comment"]
    headings = [each for each in expected if each["kind"] == "heading" and not each["placeholder"]]
    pairs = _pairs([_key(each) for each in comments], [_own_key(each) for each in found.comments])
    same = _same_headings(headings, found)
    indexes: dict[int, int | None] = {each["index"]: None for each in expected if each.get("placeholder")}
    indexes |= {headings[one]["index"]: found.headings[other].index for one, other in same}
    indexes |= {comments[one]["index"]: found.comments[other].index for one, other in pairs}
    score = Score(expected=len(comments), found=len(found.comments), both=len(pairs))
    score.headings, score.headings_found = len(headings), len(same)
    for one, other in pairs:
        _compare_comment(comments[one], found.comments[other], indexes, score)
    _list_unpaired(comments, found, pairs, score)
    if len(headings) != len(found.headings):
        score.differences.append(f": {len(found.headings)} headings, not {len(headings)}")
    return score


def _compare_comment(
    expected: dict[str, Any], comment: Comment, indexes: dict[int, int | None], score: Score
) -> None:
    agreed = {
        "parents": indexes.get(expected["parent"], -1) == comment.parent,
        "levels": expected["level"] == comment.level,
        "signatures": expected["signatures"] == len(comment.signatures),
        "ids": _ISO.sub(r"\1\2\3\4\5\6", expected["id"]) == comment.id,
    }
    for name, agrees in agreed.items():
        setattr(score, name, getattr(score, name) + agrees)
    wrong = [name for name, agrees in agreed.items() if not agrees]
    if wrong:
        score.differences.append(f", line {comment.place.line}: {comment.user} differs in {', '.join(wrong)}")


def _list_unpaired(
    comments: Sequence[dict[str, Any]], found: Discussion, pairs: Sequence[tuple[int, int]], score: Score
) -> None:
    paired = {one for one, _ in pairs}
    for at, each in enumerate(comments):
        if at not in paired:
            score.differences.append(f": not found: {each['user']} {each['timestamp']}")
    paired = {other for _, other in pairs}
    for at, comment in enumerate(found.comments):
        if at not in paired:
            score.differences.append(f", line {comment.place.line}: only here: {comment.user} {comment.timestamp}")


def _same_headings(headings: Sequence[dict[str, Any]], found: Discussion) -> list[tuple[int, int]]:
    """Pair headings: all in order where there are as many, since the reference knew no templates."""
    if len(headings) == len(found.headings):
        return [(at, at) for at in range(len(headings))]
    return _pairs([each["title"] for each in headings], [each.title for each in found.headings])


def _pairs(one: Sequence[object], other: Sequence[object]) -> list[tuple[int, int]]:
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return [(block.a + at, block.b + at) for block in blocks for at in range(block.size)]


def _key(expected: dict[str, Any]) -> tuple[str, str]:
    return expected["user"], expected["timestamp"]


def _own_key(comment: Comment) -> tuple[str, str]:
    return comment.user, comment.timestamp.isoformat().replace("+00:00", "Z")


def reasons() -> dict[str, str]:
    """Return why pages differ on purpose, by "folder: title"."""
    listed = tomllib.loads(DIFFERENCES.read_text(encoding="utf-8"))["difference"]
    return {f"{each['folder']}: {title}": each["why"] for each in listed for title in each["pages"]}


def main(root: Path) -> int:
    """Print the differences and the scores."""
    total = Score()
    why = reasons()
    scores = []
    for name, score in measure(root):
        scores.append((name, score))
        total.add(score)
    for line in total.differences:
        reason = next((text for page, text in why.items() if re.match(re.escape(page) + "[,:]", line)), "")
        print(line, f"(on purpose: {reason})" if reason else "")
    for name, score in [*scores, ("all", total)]:
        print(f"{name:24}{score}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
