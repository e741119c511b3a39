"""Make talk pages to measure with: ordinary ones, and shapes that are hard on parsers."""

import random

_WORDS = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "that",
    "we",
    "is",
    "for",
    "on",
    "as",
    "with",
    "this",
    "they",
    "community",
    "groups",
    "would",
    "translation",
    "need",
    "more",
    "about",
    "proposal",
    "hubs",
    "support",
    "think",
    "question",
    "from",
    "funding",
    "local",
    "their",
    "have",
    "affiliates",
    "meeting",
    "agree",
    "process",
    "which",
    "page",
    "discussion",
    "could",
    "should",
    "because",
    "regional",
    "already",
    "committee",
    "language",
    "help",
    "also",
    "people",
    "work",
    "time",
]
_NAMES = ("Ada", "Boris Ö", "Chidi", "Dalia K.", "Émile", "Farid (WMF)", "Grace~metawiki", "Hồ Anh", "Ines", "Jun.99")
_MONTHS = ("January", "March", "May", "July", "September", "December")
_INSETS = (
    "'''{}'''",
    "''{}''",
    "[[Movement Strategy|{}]]",
    "[[{}]]",
    "[https://example.org/{0} {0}]",
    "{{{{tl|{}}}}}",
)


def ordinary(size: int, seed: int = 1) -> str:
    """Return about so many characters of threads such as people write them."""
    chance = random.Random(seed)
    parts: list[str] = []
    length = 0
    while length < size:
        thread = _thread(chance)
        parts.append(thread)
        length += len(thread)
    return "".join(parts)


def _thread(chance: random.Random) -> str:
    lines = [f"== {_sentence(chance, 4)} ==\n{_text(chance)} {_signature(chance)}\n"]
    depth = 0
    for _ in range(chance.randint(1, 9)):
        depth = max(1, min(depth + chance.choice((-1, 0, 1, 1)), 8))
        lines.append(f"{chance.choice(':*') * depth} {_text(chance)} {_signature(chance)}\n")
    return "".join(lines) + "\n"


def _text(chance: random.Random) -> str:
    return " ".join(_sentence(chance, chance.randint(5, 20)) for _ in range(chance.randint(1, 4)))


def _sentence(chance: random.Random, length: int) -> str:
    words = chance.choices(_WORDS, k=length)
    if length > 8 and chance.random() < 0.5:
        at = chance.randrange(length)
        words[at] = chance.choice(_INSETS).format(words[at])
    return " ".join(words).capitalize() + "."


def _signature(chance: random.Random) -> str:
    name = chance.choice(_NAMES)
    link = f"[[User:{name}|{name}]] ([[User talk:{name}|talk]])"
    if chance.random() < 0.3:
        link = (
            f'<span style="color:#064">[[User:{name}|<b>{name}</b>]]</span>&nbsp;<sup>[[User talk:{name}|talk]]</sup>'
        )
    day = chance.randint(1, 28)
    return f"{link} {chance.randint(10, 23)}:{chance.randint(10, 59)}, {day} {chance.choice(_MONTHS)} 2021 (UTC)"


_STAMP = "12:05, 1 January 2021 (UTC)"
_SIGNED = f"[[User:A|A]] {_STAMP}"
# Each is repeated until the page is as long as asked for.
HOSTILE = {
    "unclosed-tags": "<div><b><i>",
    "unclosed-tag-in-signatures": f"* [[User:A|<font color=red>A]] {_STAMP}\n",
    "unclosed-attributes": '<div a="',
    "unclosed-references": "<ref>x ",
    "unclosed-nowiki": "<nowiki>\n",
    "unclosed-comments": "<!-- x\n",
    "closed-comments": "<!-- x -->",
    "comments-alone": " <!-- x --> \n",
    "unclosed-quotes": "'''x ''y ",
    "unclosed-links": "[[User:A|",
    "unclosed-link-targets": "[[User:A",
    "closing-brackets": "]]",
    "unclosed-external-links": "[http://a ",
    "unclosed-templates": "{{a|",
    "nested-templates": "{{a|{{b|",
    "closing-braces": "}}",
    "triple-braces": "{{{a|",
    "unclosed-tables": "{|\n|-\n| x || y\n",
    "table-cells": "|x||",
    "table-in-lists": "::{|\n|}\n",
    "deep-lists": "*:#;",
    "lists-up-and-down": ":" * 60 + " x\n; y : z\n",
    "definitions": "; a [[b : c\n",
    "one-line": "word ",
    "spaces": " ",
    "blank-lines": "\n",
    "stamps": _STAMP,
    "stamps-on-lines": f"{_STAMP}\n\n",
    "signatures-on-one-line": _SIGNED + " ",
    "signatures-on-lines": f"# {_SIGNED}\n",
    "same-signature-in-one-thread": f"{_SIGNED}\n\n",
    "foreign-stamps": "[[User:A|A]] 9. sep 2014, 18:22 (CEST) ",
    "unknown-zones": "[[User:A|A]] 18:22, 9 September 2014 (QQQ)\n\n",
    "zones-alone": "2014 10:10 (UTC) ",
    "almost-stamps": "12:05, 1 January 2021 ",
    "headings": "== A ==\n",
    "headings-with-markup": "== <span>'''[[A|B]]''' ==\n",
    "equals-signs": "=",
    "html-headings": "<h2>A</h2>",
    "unclosed-html-headings": "<h2>A",
    "galleries": "<gallery>\nFile:A|x\n",
    "quotes": f"<q><cite>{_SIGNED}\n",
    "blockquotes": f"<blockquote>{_SIGNED}\n",
    "html-lists": "<ul><li>x<dl><dd>",
    "html-lists-closed-wrong": "<ul><div></li></ul></dd>",
    "html-tables": "<table><tr><td>x",
    "no-talk": f'<div class="mw-notalk">{_SIGNED}\n',
    "no-talk-in-line": f'<span class="mw-notalk">{_SIGNED} ',
    "collapsed-sections": f"== A ==\n{{{{hat}}}}\n{_SIGNED}\n",
    "late-signatures": "* x {{unsigned|A|12:05, 1 January 2021 (UTC)}}\n",
    "late-signatures-on-one-line": "{{unsigned|A}} ",
    "pictures": f"[[File:A|thumb|[[User:A]] {_STAMP}]]",
    "unclosed-pictures": "[[File:A|thumb|",
    "regions": "<!-- dialoguebot:begin a b -->\n<!-- dialoguebot:end a -->\n",
    "unclosed-regions": "<!-- dialoguebot:begin a b -->\n",
    "direction-marks": "\u200e",
    "digits": "1",
    "entities": "&nbsp;",
}


def hostile(shape: str, size: int) -> str:
    """Return a page of so many characters in a hostile shape."""
    unit = HOSTILE[shape]
    return (unit * (size // len(unit) + 1))[:size]
