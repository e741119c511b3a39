"""Citations are counted as the wiki links back from its references; tests/live asks a wiki about the same pages."""

import pytest

from tests.minutes.citations import SHAPES, Shape
from tests.minutes.reading import read


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_citations_are_counted_as_the_wiki_does(shape: Shape) -> None:
    (page,) = read(shape.wikitext).pages
    assert {each.name: each.citations for each in page.sessions} == shape.links
