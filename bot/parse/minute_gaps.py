"""Tell a list that begins anew because its heading was lost from one that blank lines merely loosen."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bot.minutes import Section, Statement

_EMPTY_PARAGRAPH = 2  # blank lines: one alone is how many people write lists
_ENOUGH_STATEMENTS = 10
_STYLE = 0.25


def with_lost(sections: Sequence[Section], statements: Sequence[Statement]) -> tuple[Section, ...]:
    """Return the sections with those marked above which a heading seems to be lost, by the page alone.

    Two blank lines amid a list are a sign, unless the page is full of them; one is only where the page, which has
    enough lists, has no other.
    """
    gaps = [index for index, section in enumerate(sections) if section.blank]
    wide = [index for index in gaps if sections[index].blank >= _EMPTY_PARAGRAPH]
    lost: frozenset[int] = frozenset()
    if wide and (len(wide) == 1 or len(wide) <= len(statements) * _STYLE):
        lost = frozenset(wide)
    elif len(gaps) == 1 and not wide and _is_rare(sections, statements):
        lost = frozenset(gaps)
    return tuple(
        replace(section, is_lost=index in lost) if section.blank else section
        for index, section in enumerate(sections)
    )


def _is_rare(sections: Sequence[Section], statements: Sequence[Statement]) -> bool:
    counts = Counter(statement.section for statement in statements)
    lists = sum(1 for index, section in enumerate(sections) if not section.blank and counts[index] > 1)
    return len(statements) >= _ENOUGH_STATEMENTS and lists > 2
