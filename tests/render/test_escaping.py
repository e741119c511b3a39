"""Whatever people write is shown letter by letter, in every place of a page, and does nothing else."""

import html
import re
import unicodedata

import mwparserfromhell
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.render.wikitext import Wikitext, escape, isolated, page_link, permanent_link

PAYLOADS = [
    *(
        "'''bold'''",
        "''italic''",
        "<b>bold</b>",
        "<script>alert(1)</script>",
        "</div></bdi>",
        "<!-- hidden -->",
        "-->",
    ),
    *(
        "<nowiki>",
        "</nowiki>",
        "<nowiki/>",
        "<ref>note</ref>",
        "<references />",
        "<pre>",
        "<translate>",
        "<tvar|x>4</>",
    ),
    *("<includeonly>", "<onlyinclude>", "<section begin=x />", "<gallery>", "<templatestyles src=x />", "<br", "a>b"),
    *(
        "{{subst:Delete}}",
        "{{safesubst:X}}",
        "{{Delete}}",
        "{{{1|x}}}",
        "{{#if:1|2}}",
        "{{PAGENAME}}",
        "}}",
        "{{",
        "{|",
    ),
    *("|}", "|-", "||", "!!", "! head", "| cell", "|+ caption", "a | b", "-{zh-hans:a;zh-hant:b}-", "{{!}}"),
    *("~~~", "~~~~", "~~~~~", "{{subst:REVISIONUSER}}", "[[Category:Evil]]", "[[:Category:Evil]]", "[[File:X.png]]"),
    *(
        "[[User:X|x]]",
        "[[",
        "]]",
        "[https://example.org x]",
        "https://example.org",
        "//example.org",
        "mailto:a@b.example",
    ),
    *("news:x", "irc://x", "javascript:alert(1)", "== heading ==", "=", "======", "* item", "# item", ": indent"),
    *("; term : x", "#REDIRECT [[X]]", "#redirect[[X]]", " indented", "\tindented", "----", "-----", "__NOTOC__"),
    *("__NOINDEX__", "＿＿目次非表示＿＿", "ISBN 9780306406157", "RFC 2616", "PMID 1", "ISBN\u00a09780306406157"),
    *("&amp;", "&#91;", "&lt;b&gt;", "&", "&nbsp;", "a\nb", "a\n== b ==", "a\r\n* b", "a\u2028== b ==", "a\x0b* b"),
    *("\0", "\x07\x1b[31m", "\x7f'\"`UNIQ--nowiki-0-QINU`\"'\x7f", "\x80\x9f", "\ufffe\uffff", "\ud800", "\ufdd0"),
    *(
        "\u202eevil",
        "\u2066evil",
        "a\u2069b",
        "\u202d\u202c",
        '"quoted"',
        "it's",
        "`tick`",
        "a\\b",
        "%5B%5B",
        "$1 $2",
    ),
    *("\u0338x", "\u0301x", "<\u0338", "=\u0338", "\u037e", "\u1fef", "ﬁ", "x" * 5_000, "", " ", "\n\n", "\u00a0"),
    *(
        "⧼x⧽",
        "\ue0001\ue001",
        "<< x >>",
        "<% x %>",
        "<# x #>",
        "dialoguebot:end needs",
        "<!-- dialoguebot:end needs -->",
    ),
]
LIVE = set("[]{}|<>~'\"=*#:;_!")
ENTITY = re.compile(r"&#(\d+);")
BREAKING = re.compile(r"[^\S\u00a0\u202f]+")


def test_there_are_many_payloads_and_each_is_another() -> None:
    assert len(PAYLOADS) == len(set(PAYLOADS)) >= 55


def shown(wikitext: str) -> str:
    """Return what a reader sees of text that holds nothing but letters and entities."""
    return html.unescape(wikitext)


def meant(text: str) -> str:
    """Return what a reader should see of text: its visible letters, on one line, and the no-break spaces."""
    visible = [
        letter for letter in text if unicodedata.category(letter) not in ("Cc", "Cs", "Cn") or letter in "\t\n"
    ]
    isolating = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    return unicodedata.normalize(
        "NFC", BREAKING.sub(" ", "".join(each for each in visible if each not in isolating)).strip(" ")
    )


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_no_live_character_is_left(payload: str) -> None:
    rest = ENTITY.sub("", escape(payload))
    assert not LIVE & set(rest), rest
    assert "&" not in rest
    assert "//" not in rest
    assert "＿＿" not in rest
    assert not re.search(r"\b(ISBN|RFC|PMID)\s", rest)
    assert "\n" not in rest
    assert not escape(payload).startswith((" ", "-"))


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_a_reader_sees_what_was_written(payload: str) -> None:
    assert shown(escape(payload)) == meant(payload)


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_escaped_text_is_not_escaped_again(payload: str) -> None:
    once = escape(payload)
    assert escape(once) == once
    assert Wikitext("{0}").format(once) == once


CONTEXTS = {
    "cell": '{| class="wikitable"\n| style="x" | VALUE || b\n|}',
    "head-cell": "{|\n! VALUE !! b\n|}",
    "heading": "== VALUE ==\n",
    "item": "* VALUE\n* b",
    "start-of-a-line": "a\n\nVALUE\n\nb",
    "link-label": "[[a|VALUE]]",
    "template-argument": "{{a|b=VALUE|c}}",
    "attribute": '<span title="VALUE">b</span>',
    "italics": "''VALUE''",
    "bold": "'''VALUE'''",
    "behind-a-tag": "<b>VALUE</b>",
}


def structure(wikitext: str) -> list[str]:
    """Return the kinds of everything that is not mere text on a page, as another parser sees it."""
    nodes = mwparserfromhell.parse(unicodedata.normalize("NFC", wikitext)).ifilter(recursive=True)
    return [type(node).__name__ for node in nodes if type(node).__name__ not in ("Text", "HTMLEntity")]


@pytest.mark.parametrize("context", CONTEXTS.values(), ids=CONTEXTS.keys())
def test_no_place_of_a_page_takes_it_for_markup(context: str) -> None:
    as_a_word = structure(context.replace("VALUE", "word"))
    shown_as = {each: escape(each) for each in PAYLOADS if len(each) < 100 and escape(each)}
    wrong = [each for each, safe in shown_as.items() if structure(context.replace("VALUE", safe)) != as_a_word]
    assert wrong == []


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_a_name_leaves_its_tags_whole_when_the_wiki_normalises_the_page(payload: str) -> None:
    stored = unicodedata.normalize("NFC", isolated(payload))
    assert stored.startswith("<bdi>")
    assert stored.endswith("</bdi>")


@pytest.mark.parametrize("payload", [each for each in PAYLOADS if each.strip()], ids=ascii)
def test_links_stay_one_link(payload: str) -> None:
    for link in (permanent_link(7, payload, payload), page_link(payload, payload)):
        assert link.startswith("[[")
        assert link.endswith("]]")
        assert link.count("[") == link.count("]") == 2
        assert link.count("|") == 1


def test_a_page_link_never_embeds_a_file_or_sets_a_category() -> None:
    for title in ("File:X.png", "Category:X", ":Category:X", "::File:X"):
        assert page_link(title).startswith("[[:")
        assert not page_link(title).startswith("[[::")


@settings(max_examples=300, deadline=None)
@given(text=st.text(max_size=80))
def test_any_text_is_shown_and_nothing_else(text: str) -> None:
    rest = ENTITY.sub("", escape(text))
    assert not LIVE & set(rest)
    assert "&" not in rest
    assert unicodedata.normalize("NFC", escape(text)) == escape(text)
    assert escape(escape(text)) == escape(text)
