"""Read a talk page into headings and comments, as DiscussionTools does, from wikitext alone.

Everything from the end of one comment to the end of the paragraph or list item with the next signature is the next
comment. It answers the nearest comment before it that is indented less, or else the heading.
"""

from collections.abc import Iterator, Sequence

from bot.discussion import Comment, Discussion, Signature, TalkHeading
from bot.languages import Language
from bot.model import Place, Problem, Revision, WikiProfile
from bot.parse.block import Blocks
from bot.parse.conventions import Conventions, conventions
from bot.parse.identity import Identities
from bot.parse.layer import Layer, lay, uncontrolled, veiled
from bot.parse.runs import HeadingRun, Run
from bot.parse.shown import has_content, shown_text
from bot.parse.signature import Signers
from bot.parse.state import with_states
from bot.parse.wikitext import LineNumbers

_BLANK = " \t\r\n\0"
# What people put between their words and their signature.
_SEPARATORS = " \t\n\r\u00a0-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2e3a~\u2022\u00b7"


def read(
    revision: Revision, profile: WikiProfile, words: Language, foreign: tuple[WikiProfile, ...] = ()
) -> Discussion:
    """Read a talk page; foreign are the other wikis whose namespaces and stamps are known."""
    known = conventions(profile, words, foreign)
    text = veiled(uncontrolled(revision.wikitext))
    layer = lay(text, known)
    reader = _Reader(revision, layer, known)
    reader.read()
    entries = tuple(with_states(reader.entries, layer.templates.values(), known, len(text)))
    return Discussion(
        title=revision.title,
        revid=revision.revid,
        entries=entries,
        problems=tuple(reader.problems),
        pieces=tuple(_pieces(revision.wikitext, entries)),
    )


class _Reader:
    """The entries of one page while its runs are read."""

    def __init__(self, revision: Revision, layer: Layer, known: Conventions) -> None:
        self.entries: list[TalkHeading | Comment] = []
        self.problems: list[Problem] = []
        self._revision = revision
        self._layer = layer
        self._signers = Signers(layer, known)
        self._numbers = LineNumbers(revision.wikitext)
        self._headings: list[TalkHeading] = []
        self._identities = Identities()
        self._replies: list[int | None] = [None]
        self._waiting: list[Run] = []

    def read(self) -> None:
        """Read the runs of the page in order."""
        blocks = Blocks(self._layer.shown)
        blocks.read()
        fake_headings = {at for start, end in blocks.lists.fake_headings for at in range(start, end)}
        for at, run in enumerate(blocks.runs):
            if isinstance(run, HeadingRun):
                self._heading(run)
            else:
                self._run(run, blocks.quotes, is_fake_heading=at in fake_headings)

    def _heading(self, run: HeadingRun) -> None:
        while self._headings and self._headings[-1].level >= run.level:
            self._headings.pop()
        title = shown_text(self._layer.shown[run.text_start : run.text_end])
        index = len(self.entries)
        parent = self._headings[-1].index if self._headings else None
        heading = TalkHeading(
            index=index,
            level=run.level,
            title=title,
            id=self._identities.heading(index, parent, title),
            place=self._place(run.start, title),
            start=run.start,
            end=run.end,
            parent=parent,
        )
        self.entries.append(heading)
        self._headings.append(heading)
        self._replies = [index]
        self._waiting = []

    def _run(self, run: Run, quotes: Sequence[tuple[int, int]], *, is_fake_heading: bool) -> None:
        """Add a run to the comment that is being read, and end the comment where the run is signed."""
        signed = [] if run.is_quoted or not self._signers.may_sign(run.start, run.end) else self._signed(run, quotes)
        if signed:
            self._waiting.append(run)
            self._comment(signed)
        elif not is_fake_heading and (self._waiting or has_content(self._layer.shown, run.start, run.end)):
            self._waiting.append(run)

    def _signed(self, run: Run, quotes: Sequence[tuple[int, int]]) -> list[Signature]:
        found = self._signers.signatures(run.start, run.end, quotes)
        for stamp in (each for each in found if not isinstance(each, Signature)):
            self.problems.append(
                Problem(place=self._place(stamp.start), message="unknown-zone", details=(stamp.zone,))
            )
        return [each for each in found if isinstance(each, Signature)]

    def _comment(self, signatures: Sequence[Signature]) -> None:
        runs, self._waiting = self._waiting, []
        level = min(runs[0].level, runs[-1].level)
        # A skipped level belongs to the comment before it, so that what follows answers that one.
        self._replies += [self._replies[-1]] * (level - len(self._replies))
        del self._replies[level:]
        index = len(self.entries)
        parent = self._replies[-1]
        start = self._trimmed(runs[0])[0]
        name, id_ = self._identities.comment(index, parent, signatures[0].user, signatures[0].timestamp)
        self.entries.append(
            Comment(
                index=index,
                level=level,
                parent=parent,
                id=id_,
                name=name,
                signatures=tuple(signatures),
                text=_text(self._layer.shown, runs, signatures),
                place=self._place(start),
                start=start,
                end=max(self._trimmed(runs[-1])[1], signatures[-1].end),
            )
        )
        self._replies.append(index)

    def _trimmed(self, run: Run) -> tuple[int, int]:
        """Return where what is shown of a run starts and ends."""
        shown, start, end = self._layer.shown, run.start, run.end
        while start < end and shown[start] in _BLANK:
            start += 1
        while start < end and shown[end - 1] in _BLANK:
            end -= 1
        return start, end

    def _place(self, offset: int, section: str | None = None) -> Place:
        if section is None:
            section = self._headings[-1].title if self._headings else ""
        revision = self._revision
        return Place(title=revision.title, revid=revision.revid, line=self._numbers.at(offset), section=section)


def _text(shown: str, runs: Sequence[Run], signatures: Sequence[Signature]) -> str:
    """Return what a comment says, without who said it and when."""
    last = runs[-1]
    piece = "".join([shown[run.start : run.end] + "\n" for run in runs[:-1]])
    done = last.start
    texts: list[str] = []
    for each in signatures:
        texts.append(shown_text(piece + shown[done : each.start]).rstrip(_SEPARATORS))
        piece = ""
        done = max(done, each.end)
    rest = shown[done : last.end]
    if rest and not rest.isspace():
        texts.append(shown_text(rest))
    return " ".join(filter(None, texts)) if len(texts) > 1 else texts[0]


def _pieces(wikitext: str, entries: Sequence[TalkHeading | Comment]) -> Iterator[str]:
    """Yield the page in pieces: each entry, and what stands between."""
    done = 0
    for entry in entries:
        yield wikitext[done : entry.start]
        yield wikitext[entry.start : entry.end]
        done = entry.end
    yield wikitext[done:]
