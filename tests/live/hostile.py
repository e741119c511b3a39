"""A consultation whose groups, needs and notes try to do something on the page that quotes them."""

import json
from pathlib import Path

SETTINGS = "User:DialogueBot/Hostile names.json"
REPORT = "Hostile/Report"

# Names of groups. What they would do, were they not escaped: end the cell, call a template, hide what follows, sign,
# set a category, substitute, turn the line around, drop the table of contents, link by themselves.
GROUPS = (
    "Pipe | group || cell",
    "Braces }} group {{Hostile template}}",
    "Reference <ref>group</ref> <references />",
    "Signature ~~~~ group ~~~~~",
    "Category [[Category:Hostile]] group",
    "Substituted {{subst:PAGENAME}} group",
    "Turned \u202egroup\u202c \u200fgroup",
    "Switched __NOTOC__ group __NOINDEX__",
    "Magic ISBN 1234567890 RFC 2119 PMID 12345 group",
    "Address https://hostile.example/path group",
    "Markup <b>bold</b> ''' <script>alert(1)</script> <nowiki>",
    "Comment <!-- hidden --> <!-- dialoguebot:end needs -->",
    "Table |} {| |- ! group",
    "Link [[Hostile target|label]] [[File:Hostile.png]] group",
    "-{zh-hans:Variant; zh-hant:converter}- group",
    "{{{1|Parameter}}} {{#if:x|function}} group",
)
# What somebody says in the notes, and what of it is words.
STATEMENTS = {
    "Closing }} and |} and || and -->": "Closing }} and |} and || and -->",
    "Signed ~~~~ and {{subst:CURRENTTIME}}": "Signed ~~~~ and",
    "In [[Category:Hostile]] with ISBN 1234567890": "In with ISBN 1234567890",
    "Quoting <ref>a note</ref> on https://hostile.example/said": "Quoting on https://hostile.example/said",
}
THEME = "Rooms | to meet {{in}} [[Category:Hostile]]"


def make_pages(folder: Path) -> None:
    """Add the pages of the consultation to a folder wiki."""
    _write(folder, SETTINGS, json.dumps(_settings(), ensure_ascii=False, indent=1))
    notes = "".join(f"=== Rooms ===\n* '''Needs:'''\n** {said}\n" for said in STATEMENTS)
    for number, _ in enumerate(GROUPS):
        _write(folder, f"Hostile/Notes/G{number}", f"== 1 March 2022 ==\n{notes if number == 0 else _PLAIN}")


_PLAIN = "=== Rooms ===\n* '''Needs:'''\n** A room.\n"


def _settings() -> dict[str, object]:
    return {
        "title": "Hostile names",
        "languages": ["en"],
        "themes": [
            {"id": "rooms", "title": {"en": THEME}, "aliases": ["Rooms"], "description": {"en": THEME}},
            {"id": "tools", "title": {"en": "Tools ~~~~"}, "remark": {"en": "{{Hostile template}}"}},
        ],
        "groups": [{"name": name, "aliases": [f"G{number}"]} for number, name in enumerate(GROUPS)],
        "sources": [{"prefix": "Hostile/Notes/", "read": "needs"}],
        "needs": {"shared_min": 2},
        "reports": [{"report": "needs", "page": REPORT, "create": True}],
        "output_prefixes": [REPORT],
    }


def _write(folder: Path, title: str, text: str) -> None:
    ending = "" if title.endswith(".json") else ".wikitext"
    path = folder / "pages" / f"{title}{ending}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{text}\n", encoding="utf-8")
