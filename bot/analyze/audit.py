"""Recompute every figure that a page publishes from the figures beside it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from bot.analyze.audit_amounts import check_amounts
from bot.analyze.audit_beside import check_beside, lone_sections
from bot.analyze.audit_changes import check_changes, read_changes
from bot.analyze.audit_claims import Mention, check_directions, is_of_subset, mentions
from bot.analyze.audit_everywhere import check_everywhere
from bot.analyze.audit_finding import Figure, Finding
from bot.analyze.audit_fractions import check_fractions
from bot.analyze.audit_gains import check_gains
from bot.analyze.audit_grid import Grid
from bot.analyze.audit_layout import grid_of
from bot.analyze.audit_limits import check_limits
from bot.analyze.audit_majorities import check_majorities
from bot.analyze.audit_mending import Checked, mended
from bot.analyze.audit_people import check_people, check_rate
from bot.analyze.audit_quotes import check_quotes
from bot.analyze.audit_ranks import check_ranks
from bot.analyze.audit_rates import check_bases, check_rates, ways_of
from bot.analyze.audit_ratios import check_ratios, check_sums
from bot.analyze.audit_replies import check_replies
from bot.analyze.audit_runs import check_runs
from bot.analyze.audit_scale import with_legend
from bot.analyze.audit_scores import check_scores
from bot.analyze.audit_series import Series, series
from bot.analyze.audit_shares import check_shares
from bot.analyze.audit_shifts import check_biggest
from bot.analyze.audit_sizes import Size, near, sizes
from bot.analyze.audit_steps import check_steps
from bot.analyze.audit_tables import Read, base_of_whole, check_wholes, read_table
from bot.analyze.audit_ticks import check_all_ticks, check_tick_shares, check_ticks
from bot.analyze.audit_topics import topics
from bot.analyze.audit_totals import check_totals, sums_of
from bot.model import Place
from bot.parse.published import Published, Sentence

_MOST_BEFORE = 12  # sentences of a paragraph
_MOST_MENDED = 40  # tables in which a repair is searched
_MOST_TABLES = 60  # that sentences are held against: each of them against each table


def audit(published: Published) -> list[Finding]:
    """Return what a page publishes and its own figures contradict, by line."""
    stated = sizes(published)
    grids = [grid for table in published.tables if (grid := grid_of(table)) is not None]
    alone = lone_sections([grid.section for grid in grids])
    grids = [with_legend(grid, published, is_alone=grid.section in alone) for grid in grids]
    open_sections = {sentence.section for sentence in published.sentences if sentence.having("several")}
    read: list[tuple[Read, list[Size]]] = []
    for grid in grids:
        around = near(stated, published, grid.section, grid.line)
        # where people could choose several answers, a row need not add up to them
        is_open = grid.section in open_sections
        read.append((read_table(grid, [] if is_open else around), around))
    used = frozenset(size for each, _ in read for size in each.sizes.values())
    findings: list[Finding] = []
    for number, (each, around) in enumerate(read):
        # what a section says of its only table is of no other
        own = {size.value for size in around if size.section == each.grid.section in alone}
        check = partial(_check_grid, stated=around, used=used - own, place=published.place)
        found = list(_check_table(each, around, used - own, published.place))
        findings += mended(each.grid, found, check) if number < _MOST_MENDED else found
    reads = [each for each, _ in read]
    doubtful = frozenset(each.place.line for each in findings if each.kind == "mean")
    findings += [
        *check_beside(reads, published, published.place),
        *_of_text(published, stated, used, reads, doubtful),
    ]
    return _once(findings)


def _of_text(
    published: Published,
    stated: Sequence[Size],
    used: frozenset[int],
    reads: Sequence[Read],
    doubtful: frozenset[int],
) -> list[Finding]:
    """Return what is wrong in the sentences, whichever of a count and its share is right where the two disagree."""
    reads = reads[:_MOST_TABLES]
    languages = {sentence.stems for sentence in published.sentences}
    about = topics(published)
    by_share, by_count = (
        replace(series(reads, languages, trusts_counts=trusts), doubtful=doubtful, topics=about)
        for trusts in (False, True)
    )
    found = list(_check_text(published, stated, used, by_share))
    if by_count == by_share:
        return found
    again = {(each.place.line, each.kind, each.published) for each in _check_text(published, stated, used, by_count)}
    return [each for each in found if (each.place.line, each.kind, each.published) in again]


def _once(findings: Sequence[Finding]) -> list[Finding]:
    """Return findings by line, each figure once: with a repair where one of the checks that found it knows one."""
    once: dict[tuple[int, str, str, str], Finding] = {}
    for each in findings:
        key = (each.place.line, each.kind, each.subject, each.published)
        if key not in once or (each.repair and not once[key].repair):
            once[key] = each
    return sorted(once.values(), key=lambda each: (each.place.line, each.kind, each.subject))


def _check_grid(grid: Grid, stated: Sequence[Size], used: frozenset[int], place: Place) -> Checked:
    """Check a table anew after one of its figures was changed."""
    read = read_table(grid, stated)
    changes = read_changes(grid, bases(read))
    is_cut = read.partition is not None
    ways = (
        tuple((whole.head.name, *whole.group) for whole in read.partition.wholes) if read.partition else (),
        tuple(read.sizes.items()),
        ways_of(grid, [size.value for size in stated], is_cut=is_cut),
        (changes.convention.sign, changes.convention.at, changes.number) if changes else (),
        sums_of(grid),
    )
    return Checked(found=tuple(_check_table(read, stated, used, place, is_thorough=False)), ways=ways)


def _check_table(
    read: Read, stated: Sequence[Size], used: frozenset[int], place: Place, *, is_thorough: bool = True
) -> Iterator[Finding]:
    grid = read.grid
    wholes = check_wholes(read, stated, used, place, is_thorough=is_thorough)
    counted = [*wholes, *check_totals(grid, place)]
    yield from counted
    yield from check_all_ticks(grid, place)
    for each in (grid, grid.turned()):
        yield from check_ticks(each, place)
        yield from check_tick_shares(each, place)
        yield from check_runs(each, place)
        if read.partition is None:
            yield from check_shares(each, place)
    yield from check_rates(grid, [size.value for size in stated], place, is_cut=read.partition is not None)
    yield from check_bases(grid, place)
    repaired = frozenset(each.repair.partition(" → ")[0] for each in counted if each.repair)
    yield from check_changes(grid, bases(read), place, repaired)


def _check_text(
    published: Published, stated: Sequence[Size], used: frozenset[int], known: Series
) -> Iterator[Finding]:
    seen = Counter(int(figure.value) for sentence in published.sentences for figure in sentence.figures)
    before: list[Mention] = []
    earlier: list[Sentence] = []
    for sentence in published.sentences:
        place = published.place
        earlier = earlier if earlier and sentence.paragraph == earlier[-1].paragraph else []
        before = before if earlier else []
        yield from check_ratios(sentence, seen, place)
        yield from check_sums(sentence, place)
        yield from check_steps(sentence, place)
        yield from check_people(sentence, stated, used, place)
        yield from check_rate(sentence, stated, earlier, place)
        yield from check_replies(sentence, stated, earlier, place)
        yield from check_gains(sentence, stated, place)
        yield from check_fractions(sentence, place)
        named = mentions(sentence, known)
        yield from check_majorities(sentence, earlier[-1] if earlier else None, named, known, place)
        if not is_of_subset(sentence, named):
            yield from _check_claims(sentence, named, before, known, place)
        before = named or before
        earlier = [*earlier, sentence][-_MOST_BEFORE:]


def _check_claims(
    sentence: Sentence, named: Sequence[Mention], before: Sequence[Mention], known: Series, place: Place
) -> Iterator[Finding]:
    """Yield what a sentence says of the tables as a whole: ranks, directions, thresholds and what it quotes."""
    yield from check_everywhere(sentence, named, known, place)
    ranks = list(check_ranks(sentence, named, before, known, place))
    yield from ranks or check_scores(sentence, named, known, place)
    for check in (check_directions, check_amounts, check_biggest, check_limits, check_quotes):
        yield from check(sentence, named, before, known, place)


def bases(read: Read) -> dict[Figure, frozenset[int]]:
    """Return for each count the numbers of people that it may be a share of."""
    found: dict[Figure, frozenset[int]] = {}
    for whole in read.partition.wholes if read.partition else ():
        possible = {base_of_whole(whole, read), sum(whole.counts or ())} - {0}
        found |= {entry.pair.count: frozenset(possible) for entry in whole.entries if entry.pair.count}
    return found
