"""Find the references of a page and where each is cited, as MediaWiki's Cite counts its back-links."""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.languages import MinuteWords
from bot.parse.text import fold, plain
from bot.parse.wikitext import HIDDEN, Hidden, Span, hidden

_TAG = re.compile(r"<ref(?=[\s/>])([^>]{0,2000})>", re.IGNORECASE)
_CLOSE = re.compile(r"</ref\s{0,9}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""([A-Za-z]{1,20})\s{0,9}=\s{0,9}(?:"([^"]{0,500})"|'([^']{0,500})'|([^\s"'=<>`]{1,500}))"""
)
# What stands behind a name without quotation marks: "name=Session 2" is refused, and yet means one name.
_MORE_NAME = re.compile(r"(?:\s{1,9}[^\s\"'=<>`/]{1,80}(?!\s{0,9}=)(?=[\s/]|$)){1,9}")
_KNOWN_ATTRIBUTES = frozenset({"name", "group", "follow", "extends", "details", "dir"})
_TEMPLATE = re.compile(r"\{\{([^{}|\[\]<>\n]{1,60})\|([^{}]{0,2000})\}\}")
_LIST_NAME = re.compile(r"\{\{([^{}|\[\]<>]{1,60})\|")
_SPACES = re.compile(r"\s+")
_TAG_FUNCTION = "#tag:ref"


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What tells references apart: name and group, or the text where nobody gave a name."""

    name: str = ""
    group: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One `<ref>`: at which offset, what it holds, and whether it cites or is only listed.

    The wiki shows an error in place of one that is refused.
    """

    key: Key
    offset: int
    text: str = ""
    is_citation: bool = True
    has_address: bool = False
    is_refused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class References:
    """All references of a page in page order, and the offsets of tags that nothing closes."""

    found: tuple[Reference, ...] = ()
    unclosed: tuple[int, ...] = ()


def references(
    wikitext: str, masked: str, stretches: Sequence[Hidden], templates: Sequence[Span], words: MinuteWords
) -> References:
    """Return the references of a page; masked and stretches are what is hidden in it."""
    lists = [span for span in templates if _is_list(masked, span, words)]
    found: list[Reference] = []
    unclosed: list[int] = []
    for each in stretches:
        if each.kind == "ref":
            one = _reference(wikitext[each.start : each.end], each.start)
            if one is None:
                unclosed.append(each.start)
            else:
                in_list = any(span.start < each.start < span.end for span in lists)
                found += [replace(one, is_citation=False)] if in_list else [one]
        elif each.kind == "references":
            found += _listed(wikitext[each.start : each.end], each.start)
    found += _of_templates(wikitext, masked, words)
    found = [one for one in found if one.key.name or one.text]
    return References(found=tuple(sorted(found, key=_offset)), unclosed=tuple(unclosed))


def _offset(one: Reference) -> int:
    return one.offset


def _is_list(masked: str, span: Span, words: MinuteWords) -> bool:
    name = _LIST_NAME.match(masked, span.start)
    return name is not None and fold(name[1].replace(HIDDEN, "")) in words.list_templates


def _reference(element: str, offset: int) -> Reference | None:
    """Read one element; None where nothing closes it, so that a wiki shows the tag as text."""
    tag = _TAG.match(element)
    if tag is None:
        return None
    is_empty = tag[1].endswith("/")
    if not is_empty and not _CLOSE.search(element, tag.end()):
        return None
    content = "" if is_empty else element[tag.end() : element.rfind("</")]
    attributes, is_refused = _attributes(tag[1].removesuffix("/"))
    if attributes.get("follow"):
        return Reference(key=Key(), offset=offset)  # goes on where another ends, and has no link back of its own
    made = _made(attributes.get("name", ""), attributes.get("group", ""), content, offset)
    return replace(made, is_refused=is_refused or made.key.name.isdecimal())


def _attributes(text: str) -> tuple[dict[str, str], bool]:
    """Return the attributes of a tag by name, and whether the wiki refuses any of it."""
    found: dict[str, str] = {}
    is_refused = False
    for attribute in _ATTRIBUTE.finditer(text):
        name, value = attribute[1].casefold(), attribute[2] or attribute[3] or attribute[4] or ""
        more = _MORE_NAME.match(text, attribute.end()) if attribute[4] else None
        found[name] = f"{value}{more.group()}" if more else value
        is_refused = is_refused or more is not None or name not in _KNOWN_ATTRIBUTES
    return found, is_refused


def _made(name: str, group: str, content: str, offset: int) -> Reference:
    text = plain(_without_hidden(content)).rstrip(". ")
    name, group = _attribute(name), _attribute(group)
    key = Key(name=name, group=group) if name else Key(group=group, text=fold(text))
    return Reference(key=key, offset=offset, text=text, has_address="://" in content)


def _without_hidden(content: str) -> str:
    if "<" not in content:
        return content
    pieces = []
    done = 0
    for each in hidden(content):
        pieces.append(content[done : each.start])
        done = each.end
    return "".join([*pieces, content[done:]])


def _attribute(text: str) -> str:
    return _SPACES.sub(" ", html.unescape(text)).strip()


def _listed(element: str, offset: int) -> Iterator[Reference]:
    """Yield what a list of references defines; comments in it are none of that."""
    start = element.find(">") + 1
    inner = element[start:]
    attributes, _ = _attributes(element[:start].rstrip("/>"))
    group = _attribute(attributes.get("group", ""))
    for each in hidden(inner):
        if each.kind == "ref":
            one = _reference(inner[each.start : each.end], offset + start + each.start)
            if one is not None:
                key = replace(one.key, group=one.key.group or group)
                yield replace(one, key=key, is_citation=False)


def _of_templates(wikitext: str, masked: str, words: MinuteWords) -> Iterator[Reference]:
    """Yield the citations that templates make, such as {{r|a|b}}, and references that they hold."""
    for call in _TEMPLATE.finditer(masked) if "{{" in masked else ():
        name = fold(call[1].replace(HIDDEN, ""))
        if name in words.cite_templates:
            yield from _cited(_arguments(call[2]), call.start())
        elif name in words.note_templates or name == _TAG_FUNCTION:
            yield from _held(_arguments(wikitext[call.start(2) : call.end(2)]), call.start())


def _cited(arguments: Iterable[tuple[str, str]], offset: int) -> Iterator[Reference]:
    several = list(arguments)
    group = next((value for name, value in several if name in ("group", "g")), "")
    for name, value in several:
        if (name.isdecimal() or name == "name") and value:
            yield Reference(key=Key(name=_attribute(value), group=_attribute(group)), offset=offset)


def _held(arguments: Iterable[tuple[str, str]], offset: int) -> Iterator[Reference]:
    by_name = dict(arguments)
    content = by_name.get("1", by_name.get("refn", ""))
    yield _made(by_name.get("name", ""), by_name.get("group", ""), content, offset)


def _arguments(text: str) -> Iterator[tuple[str, str]]:
    """Yield the arguments of a template by name; those that have none are numbered."""
    number = 0
    for argument in text.replace(HIDDEN, "").split("|"):
        name, sign, value = argument.partition("=")
        if sign and "<" not in name:
            yield fold(name), value.strip().strip("\"'")
        else:
            number += 1
            yield str(number), argument.strip()
