"""Find which tables a sentence is about that names only their topic: "Trust fell among editors"."""

from collections.abc import Set as AbstractSet

from bot.analyze.audit_clause import clause_bounds
from bot.analyze.audit_series import Series, Topic
from bot.parse.lexicon import Mark, Token
from bot.parse.published import Published, Sentence

_SHORT = 4  # letters; shorter words are articles and the like
_HEADS = ("heading", "caption")
_OPINION = ("agreement", "backing")
_TOLD = (*_OPINION, "up", "down", "within", "but", "conjunction", "wave", "general", "being", "meaning")


def topics(published: Published) -> dict[int, Topic]:
    """Return what the headings and captions of each section say that its tables are about."""
    found: dict[int, Topic] = {}
    for sentence in published.sentences:
        if sentence.kind in _HEADS:
            before = found.get(sentence.section, Topic())
            own = frozenset(sentence.stems.of(token.word) for token in sentence.words if _is_content(token))
            is_opinion = before.is_opinion or bool(sentence.having(*_OPINION))
            found[sentence.section] = Topic(words=before.words | own, is_opinion=is_opinion)
    return found


def _is_content(token: Token) -> bool:
    return len(token.word) >= _SHORT and not token.word.isdecimal()


def sections_on(sentence: Sentence, mark: Mark, labelled: AbstractSet[int], known: Series) -> frozenset[int]:
    """Return the sections whose topic a sentence names before a word of direction, if it names nothing else.

    labelled are the offsets of the words that are names of rows and columns.
    """
    end = clause_bounds(sentence, mark.start)[1]
    skipped = min([end, *(each.start for each in sentence.having("within") if each.start >= mark.end)])
    told = [each for each in sentence.marks if each.role in _TOLD]
    free = [
        token
        for token in sentence.words
        if token.end <= end
        and _is_content(token)
        and token.start not in labelled
        and not mark.end <= token.start < skipped  # "fell slightly among editors"
        and not any(each.start <= token.start < each.end for each in told)
    ]
    opinion = [each for each in sentence.having(*_OPINION) if each.end <= mark.start]
    rest = frozenset(sentence.stems.of(token.word) for token in free)
    if any(token.start >= mark.start for token in free) or not (rest or opinion):
        return frozenset()
    several = known.topics.items()
    return frozenset(at for at, each in several if rest <= each.words and (each.is_opinion or not opinion))
