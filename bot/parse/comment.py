"""Read a talk page into headings and comments, as DiscussionTools does, from wikitext alone."""

from bot.discussion import Comment, Discussion, TalkHeading
from bot.languages import Language
from bot.model import Place, Problem, Revision, WikiProfile
from bot.parse.block import Blocks, HeadingRun, Run
from bot.parse.layer import uncontrolled, veiled, with_templates
from bot.parse.shown import has_content, shown_text
from bot.parse.signature import signers
from bot.parse.wikitext import LineNumbers


def read(
    revision: Revision, profile: WikiProfile, words: Language, foreign: tuple[WikiProfile, ...] = ()
) -> Discussion:
    """Read a talk page; foreign are the other wikis that are known."""
    conventions = signers(profile, words, foreign)
    text = veiled(uncontrolled(revision.wikitext))
    layer = with_templates(text, conventions.stamps.find(text), words)
    blocks = Blocks(layer.shown).read()
    numbers = LineNumbers(revision.wikitext)
    entries: list[TalkHeading | Comment] = []
    replies: list[int | None] = [None]
    pending = None
    for run in blocks.runs:
        if isinstance(run, HeadingRun):
            title = shown_text(layer, run.text_start, run.text_end)
            entries.append(TalkHeading(index=len(entries), level=run.level, title=title, id="", place=Place(title=revision.title, revid=revision.revid, line=numbers.at(run.start)), start=run.start, end=run.end))
            replies = [len(entries)-1]
            pending = None
            continue
        if pending is None:
            if not has_content(layer.shown, run.start, run.end, profile):
                continue
            pending = run
        sigs = [] if run.is_quoted else conventions.signatures(layer, run.start, run.end, blocks.quotes)
        if not sigs:
            continue
        level = min(run.level, pending.level)
        while len(replies) < level:
            replies.append(replies[-1])
        del replies[level:]
        entries.append(Comment(index=len(entries), level=level, parent=replies[level-1], id="", name="", signatures=tuple(sigs), text="", place=Place(title=revision.title, revid=revision.revid, line=numbers.at(run.start)), start=pending.start, end=run.end))
        replies.append(len(entries)-1)
        pending = None
    return Discussion(title=revision.title, revid=revision.revid, entries=tuple(entries), problems=(), pieces=(revision.wikitext,))
