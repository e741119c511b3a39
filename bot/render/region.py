"""Find and rewrite the one part of a page that belongs to the bot.

``<!-- dialoguebot:begin NAME HASH -->`` … ``<!-- dialoguebot:end NAME -->``: the hash is that of what the bot last
wrote between them, so that a person's edit there is seen. Volunteers may write ``{{Dialogue summary|NAME}}`` …
``{{Dialogue summary end}}`` instead; the bot puts its markers between these.

Inside a region, ``<!-- yours:ID -->`` … ``<!-- /yours -->`` is a field that belongs to people: what they write there
leaves the hash as it is, and every later text of the region carries it on.
"""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from bot.parse.wikitext import Span, comments, mask, template_spans

_MARKER = re.compile(
    r"<!--\s{0,9}dialoguebot:(begin|end)\s{1,9}([a-z][a-z0-9-]{0,60})\s{0,9}([0-9a-f]{0,64})\s{0,9}-->"
)
_FIELD = re.compile(
    r"<!-- yours:([A-Za-z0-9-]{1,60}) -->([^<]{0,2000}(?:<(?!!--)[^<]{0,2000}){0,200})<!-- /yours -->"
)
_BEGIN, _END = "Dialogue summary", "Dialogue summary end"
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """The bot's part of a page: what stands around it, what stands in it, and the hash in its marker."""

    before: str
    body: str
    after: str
    hash: str

    @property
    def is_untouched(self) -> bool:
        """Tell whether nothing would be lost: the bot's own words stand there, or none at all."""
        return not self.body or self.hash == digest(self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkerFault:
    """Why a page's markers cannot be used, in a sentence that names the marker and the line."""

    text: str


def find(wikitext: str, name: str) -> Region | MarkerFault:
    """Return the region of a name; markers in nowiki are text, and each must stand once, in order."""
    markers = [found for span in comments(wikitext) if (found := _marker(wikitext, span))]
    if not any(marker[2] == name for marker in markers):
        pair = _template_pair(wikitext, name)
        if pair is not None:
            return pair
    begins = [marker for marker in markers if marker[1] == "begin" and marker[2] == name]
    ends = [marker for marker in markers if marker[1] == "end" and marker[2] == name]
    fault = _fault(wikitext, name, begins, ends)
    if fault:
        return MarkerFault(text=fault)
    begin, end = begins[0], ends[0]
    between = [marker for marker in markers if begin.end() <= marker.start() < end.start()]
    if between:
        line = _line(wikitext, between[0])
        return MarkerFault(text=f"a marker of {between[0][2]} (line {line}) stands inside the region of {name}")
    return Region(
        before=wikitext[: begin.start()],
        body=wikitext[begin.end() : end.start()].strip("\n"),
        after=wikitext[end.end() :],
        hash=begin[3],
    )


def _template_pair(wikitext: str, name: str) -> Region | None:
    """Return what stands between the templates that volunteers write, before the bot has put its markers there."""
    masked = mask(wikitext)
    spans = template_spans(masked)
    names = [_SPACES.sub(" ", masked[span.start + 2 : span.end - 2].replace("_", " ")).strip() for span in spans]
    begins = [span for span, said in zip(spans, names, strict=True) if _is_summary_of(said, name)]
    if len(begins) != 1:
        return None
    ends = [span for span, said in zip(spans, names, strict=True) if span.start > begins[0].start and _is(said, _END)]
    if not ends:
        return None
    end = ends[0]
    between = wikitext[begins[0].end : end.start]
    return Region(
        before=f"{wikitext[: begins[0].end]}\n", body=between.strip("\n"), after=f"\n{wikitext[end.start :]}", hash=""
    )


def _is_summary_of(said: str, name: str) -> bool:
    template, bar, argument = said.partition("|")
    return bool(bar) and _is(template.strip(), _BEGIN) and argument.strip().removeprefix("1=").strip() == name


def _is(said: str, name: str) -> bool:
    """Compare template names as a wiki does: the first letter's case does not matter."""
    return said[:1].upper() + said[1:] == name


def _marker(wikitext: str, span: Span) -> re.Match[str] | None:
    return _MARKER.match(wikitext, span.start)


def _fault(wikitext: str, name: str, begins: list[re.Match[str]], ends: list[re.Match[str]]) -> str:
    for what, found in (("begin", begins), ("end", ends)):
        if not found:
            return f"the marker <!-- dialoguebot:{what} {name} --> is missing"
        if len(found) > 1:
            where = " and ".join(str(_line(wikitext, marker)) for marker in found[:5])
            return f"the marker <!-- dialoguebot:{what} {name} --> stands more than once (lines {where})"
    if ends[0].start() < begins[0].start():
        first, second = _line(wikitext, ends[0]), _line(wikitext, begins[0])
        return f"the end marker of {name} (line {first}) stands before the begin marker (line {second})"
    return ""


def _line(wikitext: str, marker: re.Match[str]) -> int:
    return wikitext.count("\n", 0, marker.start()) + 1


def replaced(region: Region, name: str, body: str) -> str:
    """Return the page with a new text in its region and everything else as it was."""
    return f"{region.before}{wrapped(name, body)}{region.after}"


def wrapped(name: str, body: str) -> str:
    """Return a text between its markers, as it first stands on a new page."""
    normal = normalised(body)
    return f"<!-- dialoguebot:begin {name} {digest(normal)} -->\n{normal}\n<!-- dialoguebot:end {name} -->"


def normalised(body: str) -> str:
    """Return a text as MediaWiki stores it."""
    return unicodedata.normalize("NFC", body).replace("\r\n", "\n").strip("\n")


def digest(body: str) -> str:
    """Return the hash that a marker carries for a text, whatever people wrote into its fields."""
    return hashlib.sha256(with_fields(normalised(body), {}).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def fields(body: str) -> Mapping[str, str]:
    """Return what people wrote into the fields of a region, by the fields' ids; the empty ones are left out."""
    return {found[1]: said for found in _FIELD.finditer(body) if (said := found[2].strip())}


def with_fields(body: str, said: Mapping[str, str]) -> str:
    """Return a text with its fields holding what people said, and empty where they said nothing."""
    return _FIELD.sub(lambda found: field(found[1], said.get(found[1], "")), body)


def field(id_: str, said: str = "") -> str:
    """Return a field for people to write in; the id is of letters, digits and hyphens."""
    return f"<!-- yours:{id_} -->{said}<!-- /yours -->"
