"""Settings that cannot be used are named with key and line, and nothing is written."""

import json

import pytest

from tests.sandbox import SETTINGS, SETTINGS_TITLE, Sandbox


def changed(**keys: object) -> str:
    return json.dumps({**SETTINGS, **keys}, indent=1, ensure_ascii=False)


BAD_SETTINGS = {
    "not-json": ('{\n "title": "Tea",\n}', ["line 3", "JSON"]),
    "empty": ("", ["line 1", "JSON"]),
    "a-redirect": ("#REDIRECT [[User:DialogueBot/Coffee.json]]", ["line 1", "JSON"]),
    "a-list": ("[]", ["line 1", "the settings"]),
    "nested-too-deeply": ("[" * 200_000, ["line 1"]),
    "unknown-key": (
        changed(colour="red"),
        [f"line {changed(colour='red').count(chr(10))}: colour: unknown key"],
    ),
    "unknown-key-deep-inside": (
        changed(groups=[{"name": "Alpha"}, {"name": "Beta", "colour": 1}]),
        ["groups.1.colour", "unknown key"],
    ),
    "wrong-type": (changed(needs={"shared_min": "6"}), ["needs.shared_min", "integer"]),
    "truth-for-a-number": (changed(needs={"shared_min": True}), ["needs.shared_min", "integer"]),
    "too-small": (changed(needs={"shared_min": 0}), ["needs.shared_min"]),
    "missing-key": (json.dumps({key: value for key, value in SETTINGS.items() if key != "reports"}), ["reports"]),
    "doubled-key": (
        changed().replace('"title": "Tea"', '"title": "Tea",\n "title": "Tee"'),
        ["line 3", "“title”", "twice"],
    ),
    "a-number-of-five-thousand-digits": (
        changed(needs={"shared_min": 1}).replace('"shared_min": 1', f'"shared_min": {"9" * 5_000}'),
        ["JSON"],
    ),
    "two-groups-of-one-name": (
        changed(groups=[{"name": "Alpha"}, {"name": "Beta", "aliases": ["alpha"]}]),
        ["“alpha”"],
    ),
    "two-groups-that-readers-see-as-one": (
        changed(groups=[{"name": "Alpha"}, {"name": "Ａｌｐｈａ"}]),
        ["Ａｌｐｈａ"],
    ),
    "two-themes-of-one-name": (
        changed(themes=[{"id": "a", "title": {"en": "X"}}, {"id": "b", "title": {"en": "x"}}]),
        ["“x”"],
    ),
    "id-with-a-space": (changed(themes=[{"id": "a b", "title": {"en": "X"}}]), ["themes.0.id", "“a b” is no id"]),
    "theme-without-a-title": (changed(themes=[{"id": "a", "title": {}}]), ["themes.0.title"]),
    "both-page-and-prefix": (changed(sources=[{"page": "A", "prefix": "B", "read": "needs"}]), ["sources.0"]),
    "unknown-kind-of-source": (changed(sources=[{"page": "A", "read": "weather"}]), ["sources.0.read"]),
    "title-that-no-page-has": (changed(stop_page="User:[X]"), ["stop_page", "“[”"]),
    "nothing-to-publish": (changed(reports=[]), ["reports"]),
}


@pytest.mark.parametrize(("text", "said"), BAD_SETTINGS.values(), ids=BAD_SETTINGS.keys())
def test_settings_that_cannot_be_used_are_named_with_key_and_line(
    sandbox: Sandbox, text: str, said: list[str]
) -> None:
    sandbox.write(SETTINGS_TITLE, text)
    ran = sandbox.refuses("publish")
    assert ran.code == 2
    assert ran.err.startswith(f"dialoguebot: {SETTINGS_TITLE}, line ")
    assert all(each in ran.err for each in said), ran.err
    assert "Traceback" not in ran.err
    assert "9999" not in ran.err


def test_the_line_of_a_wrong_key_is_the_line_where_it_stands(sandbox: Sandbox) -> None:
    text = changed(groups=[{"name": "Alpha"}, {"name": 'A "quoted" one'}, {"name": 5}, {"nickname": "B"}])
    sandbox.write(SETTINGS_TITLE, text)
    lines = text.split("\n")
    err = sandbox.refuses("list").err
    wrong = {
        "groups.2.name": lines.index('   "name": 5') + 1,
        "groups.3.nickname": lines.index('   "nickname": "B"') + 1,
    }
    assert all(f"line {line}: {key}: " in err for key, line in wrong.items()), err


def test_every_wrong_key_is_named_at_once(sandbox: Sandbox) -> None:
    sandbox.settings(colour=1, smell=2, languages="en")
    err = sandbox.refuses("publish").err
    assert all(each in err for each in ("colour", "smell", "languages"))
