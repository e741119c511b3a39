"""Read the votes of a talk page: every line that votes, or looks as if it did, and what decides whether it counts.

A word of a choice counts as a template, as the first bold words of an item, or as an item below its heading. What
only looks like a vote is unclear. Whether a vote is late, a duplicate or not allowed is decided later, by the rules.
"""

from dataclasses import replace
from typing import Any

from bot.model import Revision
from bot.parse import discussion
from bot.parse.block import Blocks
from bot.parse.context import Context
from bot.parse.conventions import conventions
from bot.parse.layer import lay, uncontrolled, veiled
from bot.parse.runs import HeadingRun
from bot.parse.vote_lines import Lines
from bot.parse.vote_marks import Marker
from bot.parse.vote_page import VotePage
from bot.parse.vote_spans import Spans, boxes, struck
from bot.parse.vote_words import VoteNames
from bot.parse.wikitext import hidden
from bot.votes import VoteReading

KIND = "votes"


def read(revision: Revision, context: Context) -> VoteReading:
    """Return every voting line of a page, in order."""
    talk = discussion.read(revision, context)
    layers = context.layers or (context.words,)
    known = conventions(context.profile, context.words, context.foreign)
    text = uncontrolled(revision.wikitext)
    layer = lay(veiled(text), known)
    blocks = Blocks(layer.shown)
    blocks.read()
    headings = [run.start for run in blocks.runs if isinstance(run, HeadingRun)]
    ends = sorted(run.end for run in blocks.runs)
    names = VoteNames(layers)
    literal = [(each.start, each.end) for each in hidden(text) if each.kind == "nowiki"]
    strikes = struck(layer, layers, ends, headings)
    page = VotePage(
        revision=revision,
        talk=talk,
        layer=layer,
        names=names,
        struck=strikes,
        boxes=boxes(layer, layers, headings),
        marker=Marker(layer, names, strikes, Spans([*blocks.quotes, *literal])),
        has_anchors=context.profile.has_discussion_tools,
    )
    reading = Lines(page, blocks).read()
    return replace(reading, problems=(*talk.problems, *reading.problems))


def as_json(reading: VoteReading) -> list[dict[str, Any]]:
    """Return the voting lines as objects for programs, by the status that the page alone gives them."""
    return [
        {
            "user": vote.user,
            "choice": vote.choice,
            "strength": vote.strength,
            "timestamp": vote.timestamp.strftime("%Y-%m-%dT%H:%M:%SZ") if vote.timestamp else None,
            "status": vote.status,
            "reason": vote.reason,
            "line": vote.place.line,
        }
        for vote in reading.votes
    ]
