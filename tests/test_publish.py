"""What a plan to save a page may say, which exit code its outcome has, and that a difference is exact."""

from dataclasses import replace

import pytest

from bot.consultation import Consultation, Target
from bot.model import (
    Blocked,
    Conflict,
    Edit,
    Failed,
    HumanEdited,
    Missing,
    NoMarker,
    NotTried,
    OptedOut,
    Outcome,
    OutsidePrefixes,
    Page,
    Protected,
    ReadOnly,
    Refused,
    Revision,
    Saved,
    Shown,
    Shrunk,
    Stale,
    Stopped,
    TooBig,
    Unchanged,
    exit_code,
)
from bot.publish import Plan, plan_edit, unified
from bot.render.region import field, wrapped
from tests.parse.consultation import page
from tests.sandbox import EMPTY_REGION, REPORT_PAGE, SETTINGS, Sandbox

CONSULTATION = Consultation.model_validate(SETTINGS)
TITLE = "Tea/Report"


def planned(there: Page, body: str = "new", *, create: bool = False, accept_shrink: bool = False) -> Edit | Outcome:
    target = Target(report="needs", page=there.title, create=create)
    plan = Plan(target=target, body=body, summary="why", accept_shrink=accept_shrink)
    return plan_edit(plan, there, CONSULTATION)


def report_page(wikitext: str) -> Revision:
    return page(wikitext, TITLE)


def test_an_edit_changes_the_region_and_nothing_else() -> None:
    edit = planned(report_page(REPORT_PAGE))
    assert isinstance(edit, Edit)
    assert edit.wikitext == REPORT_PAGE.replace(EMPTY_REGION, wrapped("needs", "new"))
    assert (edit.title, edit.summary) == (TITLE, "why")
    assert edit.base == report_page(REPORT_PAGE)


def test_what_people_wrote_into_a_field_stays_while_the_rest_is_written_anew() -> None:
    old = wrapped("needs", f"old {field('Q1')}").replace("--><!-- /yours", "-->parked<!-- /yours")
    edit = planned(report_page(old), f"new {field('Q1')} {field('Q2')}")
    assert isinstance(edit, Edit)
    assert f"new {field('Q1', 'parked')} {field('Q2')}" in edit.wikitext
    assert isinstance(planned(report_page(edit.wikitext), f"new {field('Q1')} {field('Q2')}"), Unchanged)


def test_what_stands_there_already_is_not_saved() -> None:
    assert planned(report_page(f"a\n{wrapped('needs', 'new')}\nb")) == Unchanged(title=TITLE)


def redirect(target: str) -> Revision:
    return replace(report_page(f"#REDIRECT [[{target}]]"), redirect=target)


ENDS: dict[str, tuple[Page, type[Outcome], str]] = {
    "no-markers": (report_page("a"), NoMarker, "begin needs"),
    "a-redirect": (redirect("Tea/Moved"), NoMarker, "Tea/Moved"),
    "missing-and-not-to-be-made": (Missing(title=TITLE), NoMarker, "create"),
    "not-to-be-read": (Missing(title=TITLE, why="it is binary", exists=True), Protected, "binary"),
    "elsewhere": (page(REPORT_PAGE, "Tea/Reports"), OutsidePrefixes, "Tea/Report"),
    "in-another-namespace": (page(REPORT_PAGE, "Talk:Tea/Report"), OutsidePrefixes, "Tea/Report"),
    "a-persons-words-in-the-region": (
        report_page(wrapped("needs", "old").replace("old", "odd")),
        HumanEdited,
        "person",
    ),
    "words-the-bot-never-wrote": (
        report_page("<!-- dialoguebot:begin needs -->\na\n<!-- dialoguebot:end needs -->"),
        HumanEdited,
        "did not write",
    ),
    "much-smaller-than-before": (report_page(wrapped("needs", "old " * 50)), Shrunk, "--accept-shrink"),
    "nobots": (report_page(f"{{{{nobots}}}}\n{REPORT_PAGE}"), OptedOut, "bots"),
    "denied-by-name": (report_page(f"{{{{bots|deny=OtherBot, DialogueBot}}}}\n{REPORT_PAGE}"), OptedOut, "bots"),
    "denied-in-other-letters": (report_page(f"{{{{Bots | deny = dialogueBot }}}}\n{REPORT_PAGE}"), OptedOut, "bots"),
    "allowed-to-others": (report_page(f"{{{{bots|allow=OtherBot}}}}\n{REPORT_PAGE}"), OptedOut, "bots"),
    "allowed-to-none": (report_page(f"{{{{bots|allow=none}}}}\n{REPORT_PAGE}"), OptedOut, "bots"),
    "nobots-inside-another-template": (
        report_page(f"{{{{Header|{{{{nobots}}}}}}}}\n{REPORT_PAGE}"),
        OptedOut,
        "bots",
    ),
    "denied-at-the-end-of-a-long-list": (
        report_page(
            f"{{{{bots|deny={','.join(f'OtherBot{each}' for each in range(300))},DialogueBot}}}}\n{REPORT_PAGE}"
        ),
        OptedOut,
        "bots",
    ),
}


@pytest.mark.parametrize(("there", "kind", "said"), ENDS.values(), ids=ENDS.keys())
def test_there_is_no_edit_where(there: Page, kind: type[Outcome], said: str) -> None:
    outcome = planned(there)
    assert type(outcome) is kind
    assert said in outcome.text
    assert outcome.title == there.title


WELCOME = {
    "allowed-by-name": "{{bots|allow=DialogueBot}}",
    "allowed-to-all": "{{bots|allow=all}}",
    "denied-to-others": "{{bots|deny=OtherBot}}",
    "denied-to-none": "{{bots|deny=none}}",
    "nobots-in-nowiki": "<nowiki>{{nobots}}</nowiki>",
    "nobots-in-a-comment": "<!-- {{nobots}} -->",
    "another-template": "{{nobotsatall}}",
    "nobots-never-closed": "{{nobots",
}


@pytest.mark.parametrize("words", WELCOME.values(), ids=WELCOME.keys())
def test_the_bot_may_edit_where(words: str) -> None:
    assert isinstance(planned(report_page(f"{words}\n{REPORT_PAGE}")), Edit)


PREFIXES = {
    "Tea/Report": True,
    "Tea/Report/fr": True,
    "Tea/Report/": True,
    "Tea/Reports": False,
    "Tea/Report fr": False,
    "Tea": False,
    "Tea/Other": False,
    "tea/Report": False,
    "User:DialogueBot/Tea.json": False,
}


@pytest.mark.parametrize(("title", "allowed"), PREFIXES.items())
def test_output_goes_below_the_prefixes_only(title: str, allowed: bool) -> None:
    assert CONSULTATION.allows_output(title) is allowed


def test_a_prefix_with_a_colon_or_slash_allows_what_begins_with_it() -> None:
    several = Consultation.model_validate({**SETTINGS, "output_prefixes": ["Tea talk:", "Tea/Out/"]})
    assert [several.allows_output(title) for title in ("Tea talk:X", "Tea/Out/X", "Tea/Out", "Tea/Outside")] == [
        True,
        True,
        True,
        False,
    ]


def test_a_shrunk_report_is_saved_when_a_person_accepts_it() -> None:
    there = report_page(wrapped("needs", "old " * 50))
    assert isinstance(planned(there, accept_shrink=True), Edit)


def test_a_new_page_is_made_only_where_the_settings_say_so() -> None:
    edit = planned(Missing(title=TITLE), create=True)
    assert edit == Edit(title=TITLE, base=None, wikitext=wrapped("needs", "new"), summary="why")


def test_a_page_larger_than_a_wiki_stores_is_refused() -> None:
    outcome = planned(report_page(REPORT_PAGE), "é" * 1_100_000)
    assert isinstance(outcome, TooBig)
    assert "2097152" in outcome.text.replace(",", "")


def test_the_difference_of_a_persons_edit_shows_their_words() -> None:
    outcome = planned(report_page(wrapped("needs", "a\nold\nb").replace("old", "odd")), "a\nold\nb")
    assert isinstance(outcome, HumanEdited)
    assert "-old" in outcome.diff.split("\n")
    assert "+odd" in outcome.diff.split("\n")


CODES: list[tuple[list[type[Outcome]], int]] = [
    ([], 0),
    ([Unchanged], 0),
    ([Saved, Unchanged, Shown], 0),
    ([Saved, Conflict], 1),
    ([Stale], 1),
    ([NoMarker], 1),
    ([HumanEdited], 1),
    ([Shrunk], 1),
    ([Protected], 1),
    ([OutsidePrefixes], 1),
    ([OptedOut], 1),
    ([TooBig], 1),
    ([Refused], 1),
    ([Failed, Saved], 1),
    ([Saved, ReadOnly, NotTried], 75),
    ([NoMarker, ReadOnly], 75),
    ([Saved, Blocked, NotTried], 77),
    ([ReadOnly, Stopped], 77),
    ([Stopped], 77),
]


def made(kind: type[Outcome]) -> Outcome:
    return Saved(title="A", revid=1) if kind is Saved else kind(title="A")


def names(value: object) -> str | None:
    return "+".join(each.__name__ for each in value) or "nothing" if isinstance(value, list) else None


@pytest.mark.parametrize(("kinds", "code"), CODES, ids=names)
def test_exit_code(kinds: list[type[Outcome]], code: int) -> None:
    assert exit_code([made(kind) for kind in kinds]) == code


def test_every_outcome_has_an_exit_code_of_its_own_in_the_table() -> None:
    named = {kind.__name__ for kinds, _ in CODES for kind in kinds}
    assert named == {kind.__name__ for kind in Outcome.__subclasses__()}


# The exact difference.


def applied(old: str, diff: str) -> str:
    """Return what a unified difference makes of a text, refusing one that does not fit, as `patch` would."""
    lines, made_lines, at = old.split("\n"), [], 0
    for line in diff.split("\n")[2:]:
        if line.startswith("@@"):
            start = max(int(line.split()[1][1:].split(",")[0]) - 1, at)
            made_lines += lines[at:start]
            at = start
        elif line.startswith("+"):
            made_lines.append(line[1:])
        else:
            assert lines[at] == line[1:], f"{lines[at]!r} is not {line[1:]!r}"
            made_lines += [line[1:]] if line.startswith(" ") else []
            at += 1
    return "\n".join(made_lines + lines[at:])


DIFFERENCES = {
    "a-word": ("a\nb\nc", "a\nB\nc"),
    "far-apart": ("\n".join("abcdefghijklmnop"), "A\n" + "\n".join("bcdefghijklmno") + "\nP"),
    "line-separator-of-unicode": ("a\u2028b\nc", "a\u2028b\nd"),
    "page-break-and-next-line": ("a\x0cb\x85c\nd", "a\x0cb\x85C\nd"),
    "blank-lines-at-the-end": ("a\n\n", "a\n"),
    "lines-that-look-like-a-difference": ("--- a\n+++ b\n@@ -1 +1 @@", "--- a\n+++ c\n@@ -1 +1 @@"),
}


@pytest.mark.parametrize(("old", "new"), DIFFERENCES.values(), ids=DIFFERENCES.keys())
def test_a_difference_is_exact(old: str, new: str) -> None:
    assert applied(old, unified(old, new, ("A (now)", "A (new)"), whole=True)) == new


def test_no_difference_is_empty() -> None:
    assert unified("a", "a", ("A", "A")) == ""


def test_diff_shows_exactly_what_publish_then_does(sandbox: Sandbox) -> None:
    sandbox.write(TITLE, REPORT_PAGE.replace("above.", "above,\u2028and a second line."))
    old = sandbox.read()
    diff = sandbox.refuses("diff")
    assert diff.code == 0
    assert "\n+++ " in f"\n{diff.out}"
    assert sandbox.run("publish").code == 0
    assert applied(old.removesuffix("\n"), diff.out.removesuffix("\n")) + "\n" == sandbox.read()
    again = sandbox.refuses("diff")
    assert again.code == 0
    assert "Unchanged" in again.out
    assert "+++" not in again.out
