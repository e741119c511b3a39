"""How a page is taken apart: what is hidden, where lines, headings, items and tables begin, and the anchors."""

from itertools import pairwise

import pytest
from hypothesis import given, settings

from bot.parse import table
from bot.parse.page import ScannedPage
from bot.parse.text import fold, plain
from bot.parse.wikitext import HIDDEN, Heading, Item, comments, heading, item, lines, mask, template_spans
from tests.parse.consultation import page
from tests.parse.test_needs import PAGES


def shown(wikitext: str) -> str:
    return mask(wikitext).replace(HIDDEN, "")


def scanned(wikitext: str) -> ScannedPage:
    return ScannedPage(page(wikitext))


def headings(wikitext: str) -> list[tuple[int, int, str]]:
    found = [block for block in scanned(wikitext).blocks() if isinstance(block, Heading)]
    return [(block.line.number, block.level, block.wikitext) for block in found]


def items(wikitext: str) -> list[tuple[int, str, str]]:
    found = [block for block in scanned(wikitext).blocks() if isinstance(block, Item)]
    return [(block.line.number, block.markers, block.wikitext) for block in found]


def rows(wikitext: str) -> list[list[str]]:
    one = scanned(wikitext)
    return [[cell.wikitext for cell in row] for row in table.rows(one.tables()[0].lines, one.templates)]


HIDES = {
    "nothing": ("a == b", "a == b"),
    "comment": ("a<!-- b -->c", "ac"),
    "comment-alone-on-its-line-takes-the-line": ("a\n<!-- b -->\nc", "a\nc"),
    "comment-over-lines": ("a<!-- b\nc -->d", "ad"),
    "comment-never-closed": ("a<!-- b\nc", "a"),
    "nowiki": ("a<nowiki>'''b'''</nowiki>c", "ac"),
    "nowiki-in-capitals-with-a-space-before-the-end": ("a<NOWIKI>b</nowiki >c", "ac"),
    "nowiki-closed-at-once": ("a<nowiki/>b", "ab"),
    "nowiki-never-closed-hides-its-tag-only": ("a<nowiki>b", "ab"),
    "comment-inside-nowiki-is-text-of-it": ("<nowiki><!--</nowiki>a<!--b-->", "a"),
    "nowiki-inside-a-comment-does-not-count": ("<!--<nowiki>-->a</nowiki>", "a</nowiki>"),
    "ref-with-attributes": ('a<ref name="x" group="y">b</ref>c', "ac"),
    "ref-closed-at-once": ('a<ref name="x" />c', "ac"),
    "references-is-not-ref": ("a<references>b</references>c", "ac"),
    "a-longer-name-is-another-tag": ("a<refer>b</refer>", "a<refer>b</refer>"),
    "pre-and-code": ("<pre>a</pre><syntaxhighlight lang=x>b</syntaxhighlight>c", "c"),
    "translate-shows-what-it-holds": ("<translate><!--T:1--> a</translate>", " a"),
    "tvar-shows-its-value": ('<tvar name="n">4</tvar> and <tvar|m>5</>', "4 and 5"),
    "noinclude-shows-what-it-holds": ("<noinclude>a</noinclude>", "a"),
    "includeonly-hides": ("a<includeonly>b</includeonly>", "a"),
    "magic-word": ("a__NOTOC__b", "ab"),
    "own-region": ("a<!-- dialoguebot:begin x 0f -->b<!-- dialoguebot:end x -->c", "ac"),
    "own-region-of-another-name-does-not-end-it": (
        "a<!-- dialoguebot:begin x -->b<!-- dialoguebot:end y -->c<!-- dialoguebot:end x -->d",
        "ad",
    ),
    "own-region-never-closed-hides-its-marker-only": ("a<!-- dialoguebot:begin x -->b", "ab"),
    "nul-of-the-page-is-no-mask": ("a\0b", "a\N{REPLACEMENT CHARACTER}b"),
}


@pytest.mark.parametrize(("wikitext", "expected"), HIDES.values(), ids=HIDES.keys())
def test_mask_hides(wikitext: str, expected: str) -> None:
    assert shown(wikitext) == expected


@settings(max_examples=150, deadline=None)
@given(wikitext=PAGES)
def test_mask_keeps_every_offset(wikitext: str) -> None:
    masked = mask(wikitext)
    assert len(masked) == len(wikitext)
    kept = [(new, old) for new, old in zip(masked, wikitext, strict=True) if HIDDEN not in (new, old)]
    assert all(new == old for new, old in kept)


@settings(max_examples=150, deadline=None)
@given(wikitext=PAGES)
def test_lines_joined_are_the_page(wikitext: str) -> None:
    masked = mask(wikitext)
    found = list(lines(wikitext, masked))
    assert "\n".join(line.masked for line in found) == masked
    assert all(masked.startswith(line.masked, line.start) for line in found)
    numbers = [line.number for line in found]
    assert numbers == sorted(numbers)
    assert numbers[-1] <= wikitext.count("\n") + 1


def test_a_line_behind_a_hidden_break_keeps_the_number_that_people_see() -> None:
    wikitext = "a\n<!-- two\nlines -->\n* d\n<!-- e -->\n<!-- f -->\n* g"
    assert items(wikitext) == [(4, "*", "d"), (7, "*", "g")]


HEADINGS = {
    "none": ("a == b ==\n ==c==\n=", []),
    "levels": ("=a=\n== b ==\n====== c ======", [(1, 1, "a"), (2, 2, "b"), (3, 6, "c")]),
    "unbalanced-the-smaller-side-counts": ("=== a ==\n== b ===", [(1, 2, "= a"), (2, 2, "b =")]),
    "only-equals-signs": ("=====", [(1, 2, "=")]),
    "words-behind-are-no-heading": ("== a == b", []),
    "comment-and-spaces-behind": ("== a == <!-- b --> ", [(1, 2, "a")]),
    "marked-for-translation": ("== <translate><!--T:1--> a</translate> ==", [(1, 2, "a")]),
    "in-nowiki": ("<nowiki>\n== a ==\n</nowiki>", []),
    "in-a-template": ("{{b|\n== a ==\n}}", []),
    "template-never-closed": ("{{b|\n== a ==", [(2, 2, "a")]),
    "in-a-table": ("{|\n|\n== a ==\n|}", []),
    "in-a-quotation": ("<blockquote>\n== a ==\n</blockquote>\n== b ==", [(4, 2, "b")]),
}


@pytest.mark.parametrize(("wikitext", "expected"), HEADINGS.values(), ids=HEADINGS.keys())
def test_headings(wikitext: str, expected: list[tuple[int, int, str]]) -> None:
    assert headings(wikitext) == expected


ITEMS = {
    "none": ("a * b\n * c\n", []),
    "markers": ("* a\n*#: b\n;c\n", [(1, "*", "a"), (2, "*#:", "b"), (3, ";", "c")]),
    "marker-alone": ("*", [(1, "*", "")]),
    "behind-a-hidden-tag": ("<translate>* a</translate>", [(1, "*", "a")]),
    "template-in-the-item": ("* {{a|\n* b\n}}", [(1, "*", "{{a|")]),
    "in-a-comment": ("* a <!--\n* b -->", [(1, "*", "a")]),
    "indented-table-is-no-item": (":{|\n| a\n|}\n* b", [(4, "*", "b")]),
    "behind-a-table-never-closed-and-a-heading": ("{|\n| a\n* in\n== h ==\n* b", [(5, "*", "b")]),
}


@pytest.mark.parametrize(("wikitext", "expected"), ITEMS.values(), ids=ITEMS.keys())
def test_items(wikitext: str, expected: list[tuple[int, str, str]]) -> None:
    assert items(wikitext) == expected


ROWS = {
    "nothing": ("{|\n|}", []),
    "bars-and-lines": ("{|\n| a || b\n| c\n|-\n| d\n|}", [["a", "b", "c"], ["d"]]),
    "heads": ("{|\n! a !! b || c\n|}", [["a", "b", "c"]]),
    "exclamations-in-a-plain-row-are-words": ("{|\n| a !! b\n|}", [["a !! b"]]),
    "attributes": ('{|\n| style="x" | a || b=c | d\n|}', [["a", "d"]]),
    "link-with-a-bar": ("{|\n| [[a|b]] || c\n|}", [["[[a|b]]", "c"]]),
    "template-with-bars": ("{|\n| {{a|b||c}} || d\n|}", [["{{a|b||c}}", "d"]]),
    "template-over-lines": ("{|\n| {{a\n| b\n}} || c\n|}", [["{{a\n| b\n}} || c"]]),
    "cell-over-lines": ("{|\n| a\nb\n| c\n|}", [["a\nb", "c"]]),
    "caption": ("{|\n|+ a || b\n| c\n|}", [["c"]]),
    "empty-cells": ("{|\n|\n| ||\n|}", [["", "", ""]]),
    "table-inside": ("{|\n| a\n{|\n| x\n|}\n|-\n| b\n|}", [["a"], ["b"]]),
    "bars-in-a-reference": ("{|\n| a<ref>x || y</ref> || b\n|}", [["a", "b"]]),
}


@pytest.mark.parametrize(("wikitext", "expected"), ROWS.values(), ids=ROWS.keys())
def test_rows_of_a_table(wikitext: str, expected: list[list[str]]) -> None:
    assert rows(wikitext) == expected


def test_a_grid_repeats_what_spans() -> None:
    one = scanned("{|\n| rowspan=2 | a || colspan=2 | b\n|-\n| c || d\n|-\n| e\n|}")
    grid = table.grid(table.rows(one.tables()[0].lines, one.templates))
    assert [[cell.wikitext for cell in row] for row in grid] == [["a", "b", "b"], ["a", "c", "d"], ["e"]]
    assert [[cell.is_copy for cell in row] for row in grid] == [[False, False, True], [True, False, False], [False]]


def test_a_grid_is_bounded_whatever_cells_say_that_they_span() -> None:
    one = scanned("{|\n|" + "colspan=1000|a||" * 400 + "\n|}")
    grid = table.grid(table.rows(one.tables()[0].lines, one.templates))
    assert sum(len(row) for row in grid) <= 200_000


def test_tables_that_nothing_closes_end_before_the_next_heading_or_table() -> None:
    found = scanned("{|\n| a\n== h ==\n{|\n| b\n{|\n| c\n|}").tables()
    assert [([line.number for line in each.lines], each.is_closed) for each in found] == [
        ([1, 2], False),
        ([4, 5], False),
        ([6, 7, 8], True),
    ]


ANCHORS = {
    "before-any-heading": ("a\nb", ["", ""]),
    "each-line-has-the-heading-above": ("a\n== h ==\nb\n=== i ===\nc", ["", "h", "h", "i", "i"]),
    "the-same-twice-whatever-its-case": ("== h ==\n== H ==\n=== h ===", ["h", "H 2", "h 3"]),
    "markup-is-not-in-an-anchor": ("== ''h'' [[a|b]] ==", ["h b"]),
}


@pytest.mark.parametrize(("wikitext", "expected"), ANCHORS.values(), ids=ANCHORS.keys())
def test_anchors(wikitext: str, expected: list[str]) -> None:
    one = scanned(wikitext)
    assert [one.place(number).section for number in range(1, len(expected) + 1)] == expected


def test_comments_in_nowiki_are_none() -> None:
    wikitext = "<nowiki><!-- a --></nowiki><!-- b --><pre><!-- c --></pre>"
    assert [wikitext[span.start : span.end] for span in comments(wikitext)] == ["<!-- b -->"]


@settings(max_examples=100, deadline=None)
@given(wikitext=PAGES)
def test_templates_are_whole_and_apart(wikitext: str) -> None:
    masked = mask(wikitext)
    spans = template_spans(masked)
    assert all(masked[span.start :].startswith("{{") and masked[: span.end].endswith("}}") for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))


PLAIN = {
    "nothing": ("", ""),
    "markup": ("'''a''' ''b'' [[c|d]] [[e_f]] [https://x.example g] <small>h</small>", "a b d e f g h"),
    "entities": ("a &amp; b&nbsp;c &#10003;", "a & b c ✓"),
    "breaks": ("a<br>b<br />c\nd", "a b c d"),
    "files-and-categories": ("a [[File:x.png|thumb|b]] [[Category:c]] d", "a d"),
    "link-to-a-category": ("[[:Category:a]]", "Category:a"),
    "templates-show-nothing-that-is-known": ("a {{b|c}} d", "a d"),
    "address-alone": ("see https://x.example/a_b now", "see https://x.example/a_b now"),
    "struck-is-kept": ("a <s>b</s> c", "a b c"),
}


@pytest.mark.parametrize(("wikitext", "expected"), PLAIN.values(), ids=PLAIN.keys())
def test_plain(wikitext: str, expected: str) -> None:
    assert plain(wikitext) == expected


def test_plain_leaves_struck_words_out_when_asked() -> None:
    assert plain("a <s>b</s> <del>c</del> <strike>d</strike> e", struck=False) == "a e"


@settings(max_examples=100, deadline=None)
@given(text=PAGES)
def test_plain_is_one_line_and_fold_is_stable(text: str) -> None:
    assert "\n" not in plain(text)
    assert fold(fold(text)) == fold(text)


@settings(max_examples=100, deadline=None)
@given(text=PAGES)
def test_a_line_is_a_heading_or_an_item_or_neither(text: str) -> None:
    for line in lines(text, mask(text)):
        assert heading(line) is None or item(line) is None
