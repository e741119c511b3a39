"""The reader agrees with the reference parser on real talk pages; see tests.accuracy."""

import pytest

from tests.accuracy import Score, measure
from tests.parse.reference import CORPUS


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    return dict(measure(CORPUS))


def test_in_all(scores: dict[str, Score]) -> None:
    total = Score()
    for score in scores.values():
        total.add(score)
    assert total.f1 >= 0.99
    assert total.share(total.parents) >= 0.97
    assert total.share(total.levels) >= 0.97
    assert total.share(total.ids) >= 0.97
    assert total.headings_found >= 0.99 * total.headings


def test_each_wiki_of_real_pages(scores: dict[str, Score]) -> None:
    real = {name: score for name, score in scores.items() if name != "probes"}
    assert {name: score.f1 for name, score in real.items() if score.f1 < 0.99} == {}
    assert {name: score.parents for name, score in real.items() if score.share(score.parents) < 0.97} == {}
