"""A real wiki links back from each reference as often as its minutes were said to cite it."""

import html
import re
import shutil
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.minutes.citations import SHAPES, Shape

from .people import Person
from .wiki import SAMPLE, LocalWiki, running_wiki

pytestmark = pytest.mark.live
TEMPLATES = {
    "R": "{{#tag:ref||name={{{1}}}}}{{#if:{{{2|}}}|{{#tag:ref||name={{{2}}}}}}}",
    "Refn": "{{#if:{{{name|}}}"
    "|{{#tag:ref|{{{1|}}}|name={{{name}}}|group={{{group|}}}}}"
    "|{{#tag:ref|{{{1|}}}|group={{{group|}}}}}}}",
    "Efn": "{{#tag:ref|{{{1|}}}|group=lower-alpha}}",
    "Reflist": "{{#tag:references|{{{refs|}}}}}",
}
BACK_LINKS = re.compile(
    r'"mw-cite-backlink">(.*?)</span>\s*<span class="[^"]*reference-text">(.*?)</span>\s*</li>', re.DOTALL
)


@pytest.fixture(scope="module")
def wiki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalWiki]:
    folder = tmp_path_factory.mktemp("citations")
    shutil.copytree(SAMPLE, folder / "pages")
    with running_wiki(folder / "wiki", folder / "pages") as started:
        admin = Person(started.url, "Admin", started.passwords["Admin"])
        for name, wikitext in TEMPLATES.items():
            admin.edit(f"Template:{name}", wikitext)
        yield started


@pytest.mark.parametrize(("name", "shape"), SHAPES.items(), ids=SHAPES.keys())
def test_the_wiki_links_back_as_often(wiki: LocalWiki, name: str, shape: Shape) -> None:
    admin = Person(wiki.url, "Admin", wiki.passwords["Admin"])
    admin.edit(f"Hubs/Shapes/{name}", shape.wikitext)
    shown = str(admin.parse(f"Hubs/Shapes/{name}")["text"])
    counts: Counter[str] = Counter()
    for links, text in BACK_LINKS.findall(shown):
        counts[" ".join(html.unescape(re.sub("<[^>]+>", "", text)).split())] += links.count("<a ")
    assert counts == shape.links
