"""Whatever sessions said, the merged minutes hold it once below its heading, cited, and are read back the same."""

import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot import reporting
from bot.run import Run
from bot.wiki.folder import FolderWiki
from tests.minutes.reading import read

HEADINGS = ["Aims & goals", "What is a hub?", "أهداف", "Steps"]
# As people type them, and what they say; "" is said by nobody.
TYPED = {
    "Define hubs": "define hubs",
    "define  HUBS!": "define hubs",
    "'''Define''' hubs.": "define hubs",
    "Q: Who decides?": "q who decides",
    "Ten hubs by 2024": "ten hubs",
    "Fund 1-3 pilots": "1-3",
    "Fund 1–3 pilots…": "1-3",
    "[[Hubs/FAQ|See the FAQ]]": "faq",
    "see the faq": "faq",
    "تعريف المراكز": "ar",
    "تعريف المراكز؟": "ar",
    "{{unclosed [[ <b>|": "unclosed",
    "<nowiki>{{x}}</nowiki> # * : ;": "x",
    "= no heading =": "no heading",
    "~~~~~ __TOC": "toc",
    "Profile:": "",
}

Item = tuple[int, str]  # depth, and what was typed
Notes = list[tuple[str, list[Item]]]  # headings, and what stands below each
ITEMS = st.lists(st.tuples(st.integers(1, 4), st.sampled_from(sorted(TYPED))), max_size=6)
SESSIONS = st.lists(
    st.lists(st.tuples(st.sampled_from(HEADINGS), ITEMS), min_size=1, max_size=4, unique_by=lambda part: part[0]),
    min_size=1,
    max_size=4,
)


def nested(items: Sequence[Item]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield each statement with what stands above it, as it is said, and how it was typed."""
    path: list[str] = []
    for depth, typed in items:
        path = [*path[: min(depth, len(path) + 1) - 1], TYPED[typed]]
        yield tuple(path), typed


def notes(session: Notes) -> str:
    lines = []
    for heading, items in session:
        lines.append(f"== {heading} ==")
        lines += [f"{'*' * len(path)} {typed}" for path, typed in nested(items)]
    return "\n".join(lines)


def published(sessions: list[Notes]) -> dict[str, Any]:
    """Return the figures of the minutes, and the wikitext of the merged ones as "wikitext"."""
    names = [f"Notes/Session {number}" for number in range(1, len(sessions) + 1)]
    chosen = {
        "title": "Hubs",
        "sources": [{"page": name, "read": "minutes"} for name in names],
        "minutes": {"headings": [{"title": title} for title in HEADINGS]},
        "reports": [{"report": "merged", "page": "Out"}],
        "output_prefixes": ["Out"],
    }
    with tempfile.TemporaryDirectory() as folder:
        pages = Path(folder, "pages")
        Path(pages, "User:DialogueBot").mkdir(parents=True)
        Path(pages, "Notes").mkdir()
        Path(folder, "wiki.toml").write_text('wiki = "meta"\n', encoding="utf-8")
        Path(pages, "User:DialogueBot", "Hubs.json").write_text(json.dumps(chosen), encoding="utf-8")
        for name, session in zip(names, sessions, strict=True):
            Path(pages, f"{name}.wikitext").write_text(notes(session), encoding="utf-8")
        run = Run(FolderWiki(Path(folder)), "User:DialogueBot/Hubs.json")
        counted = reporting.as_json(run.made("minutes", "en").report, run.consultation, run.labels("en"))
        return {**counted["figures"], "wikitext": run.made("merged", "en").wikitext}


@settings(max_examples=60, deadline=None)
@given(SESSIONS)
def test_nothing_is_lost_or_doubled(sessions: list[Notes]) -> None:
    said: dict[tuple[str, tuple[str, ...]], set[str]] = {}
    for number, session in enumerate(sessions, 1):
        for heading, items in session:
            for path, _ in nested(items):
                speakers = said.setdefault((heading, path), set())
                speakers |= {f"Session {number}"} if path[-1] else set()
    made = published(sessions)
    expected = [sum(f"Session {each}" in names for names in said.values()) for each in range(1, len(sessions) + 1)]
    assert [each["citations"] for each in made["sessions"]] == expected
    assert made["statements"] == len(said)
    assert len(made["uncited"]) == sum(not names for names in said.values())
    (back,) = read(f"<!-- dialoguebot:begin merged 0 -->\n{made['wikitext']}\n<!-- dialoguebot:end merged -->").pages
    if sum(expected):
        assert {each.name: each.citations for each in back.sessions} == {
            f"Session {number}": count for number, count in enumerate(expected, 1) if count
        }
    spoken = [each for each in back.statements if not each.is_outside]
    assert len(spoken) == len(said)
    below = {each["heading"]: each["statements"] for each in made["headings"]}
    for index, section in enumerate(back.sections):
        if not section.is_outside:
            assert below[section.title] == sum(each.section == index for each in spoken)
