"""Measure how fast talk pages are read, and that twice the page takes no more than twice the time.

Run ``python -m benchmarks.reading [DIR]``: DIR holds folder wikis to read, else the pages are made up. The first
figures compare the whole reading with a bare parse by mwparserfromhell of the same pages; the others are times at
growing sizes, for ordinary talk and for shapes that are hard on parsers, up to a megabyte.
"""

import gc
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import pairwise
from pathlib import Path

import mwparserfromhell

from benchmarks.pages import HOSTILE, hostile, ordinary
from bot import languages, wikis
from bot.model import Revision
from bot.parse.comment import read

SIZES = (128_000, 256_000, 512_000, 1_024_000)
# Where less time passes than this, the ratio of two times says more about the clock.
_SHORTEST = 0.02
_FINE = 2.3


def read_page(wikitext: str) -> None:
    """Read one page as a page of Meta, with all that is known of languages and wikis."""
    revision = Revision(title="Talk", revid=1, timestamp=datetime(2024, 1, 1, tzinfo=UTC), user="", wikitext=wikitext)
    foreign = tuple(wikis.profile(each) for each in wikis.known())
    read(revision, wikis.profile("meta"), _WORDS, foreign)


_WORDS = languages.together(languages.known())


def pages(folder: Path | None) -> list[str]:
    """Return the pages to read: those of a folder, or made-up talk."""
    if folder is None:
        return [ordinary(size, seed) for seed, size in enumerate([2_000, 8_000, 30_000, 80_000] * 6)]
    return [path.read_bytes().decode() for path in sorted(folder.rglob("*.wikitext"))]


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """Return the shortest of several times that a work took."""
    best = float("inf")
    for _ in range(times):
        gc.collect()
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def _each(work: Callable[[str], object], texts: Sequence[str]) -> None:
    for text in texts:
        work(text)


def growth(
    make: Callable[[int], str], sizes: Sequence[int] = SIZES, work: Callable[[str], object] = read_page
) -> tuple[list[float], float]:
    """Return the times of a work at each size, and the worst ratio of one time to that of half the size."""
    pages_by_size = [make(size) for size in sizes]
    times = [float("inf")] * len(sizes)
    ratio = 0.0
    # A machine that others use, too, stumbles now and then: what looks bad is measured again.
    for _ in range(4):
        again = [seconds(partial(work, page)) for page in pages_by_size]
        times = [min(pair) for pair in zip(times, again, strict=True)]
        ratio = max((after / before for before, after in pairwise(times) if before >= _SHORTEST), default=0.0)
        if ratio <= _FINE:
            break
    return times, ratio


def report(folder: Path | None, sizes: Sequence[int] = SIZES) -> Iterator[str]:
    """Yield the lines of the report."""
    texts = pages(folder)
    kilobytes = sum(len(text.encode()) for text in texts) / 1000
    read_page(texts[0])
    ours = seconds(lambda: _each(read_page, texts))
    bare = seconds(lambda: _each(mwparserfromhell.parse, texts))
    yield f"{len(texts)} pages, {kilobytes:.0f} kB"
    yield f"whole reading:           {ours / kilobytes * 1000:.3f} ms/kB"
    yield f"bare mwparserfromhell:   {bare / kilobytes * 1000:.3f} ms/kB, {bare / ours:.1f} times as long"
    worst = ("", 0.0)
    for name in ["ordinary", *HOSTILE]:
        times, ratio = growth(ordinary if name == "ordinary" else partial(hostile, name), sizes)
        worst = max(worst, (name, ratio), key=lambda pair: pair[1])
        yield f"{name:30}" + "".join(f"{each:9.3f} s" for each in times) + f"   worst doubling {ratio:.2f}"
    yield f"worst doubling ratio: {worst[1]:.2f} ({worst[0]})"


if __name__ == "__main__":
    for line in report(Path(sys.argv[1]) if len(sys.argv) > 1 else None):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
