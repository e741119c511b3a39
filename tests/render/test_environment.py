"""Nothing reaches a page through a template unescaped, and no template holds a word that a reader sees."""

import re
from pathlib import Path

import pytest
from jinja2 import DictLoader, UndefinedError, nodes

from bot.render.environment import environment
from bot.render.wikitext import Wikitext

TEMPLATES = sorted((Path(__file__).parent.parent.parent / "templates").glob("*.wikitext"))
EVIL = "[[Category:X]] {{subst:Y}} ~~~~ | == '' <b>"
LIVE = re.compile(r"[\[\]{}|~<>=']")


def rendered(source: str, **values: object) -> str:
    return environment().from_string(source).render(**values)


ESCAPING = {
    "value": "<< evil >>",
    "loop": "<% for each in [evil] %><< each >><% endfor %>",
    "loop-over-letters": "<% for each in evil %><< each >><% endfor %>",
    "nested-loop": "<% for each in [[evil]] %><% for one in each %><< one >><% endfor %><% endfor %>",
    "macro": "<% macro show(said) %><< said >><% endmacro %><< show(evil) >>",
    "macro-in-a-macro": "<% macro a(x) %><< x >><% endmacro %><% macro b(x) %><< a(x) >><% endmacro %><< b(evil) >>",
    "caller": "<% macro a() %><< caller() >><% endmacro %><% call a() %><< evil >><% endcall %>",
    "join": "<< [evil, evil] | join(', ') >>",
    "join-with-an-evil-sign": "<< ['a', 'b'] | join(evil) >>",
    "set": "<% set x = evil %><< x >>",
    "set-block": "<% set x %><< evil >><% endset %><< x >>",
    "condition": "<< evil if true else '' >>",
    "item": "<< {'a': evil}['a'] >>",
    "method": "<< evil.strip() >>",
    "format": "<< '%s' % evil >>",
    "concatenation": "<< 'a' ~ evil >>",
    "sum": "<< 'a' + evil >>",
    "block": "<% block body %><< evil >><% endblock %>",
    "with": "<% with x = evil %><< x >><% endwith %>",
}


@pytest.mark.parametrize("source", ESCAPING.values(), ids=ESCAPING.keys())
def test_a_value_is_escaped_wherever_it_is_put(source: str) -> None:
    found = rendered(source, evil=EVIL)
    assert "C" in found
    assert not LIVE.search(found), found


def test_a_value_is_escaped_through_templates_that_extend_each_other() -> None:
    several = {
        "a": "A<% block one %><< evil >><% endblock %>",
        "b": '<% extends "a" %><% block one %>B<< super() >><% block two %><< evil >><% endblock %><% endblock %>',
        "c": '<% extends "b" %><% block two %>C<< super() >><< evil >><% endblock %>',
    }
    found = environment().overlay(loader=DictLoader(several)).get_template("c").render(evil=EVIL)
    assert found.count("Category") == 3
    assert not LIVE.search(found)


def test_wikitext_is_left_as_it_is() -> None:
    assert rendered("<< x >>", x=Wikitext("[[a|b]]")) == "[[a|b]]"
    assert rendered("<< [x, 'a|b'] | join('; ') >>", x=Wikitext("[[a]]")) == "[[a]]&#59; a&#124;b"


@pytest.mark.parametrize(
    "source", ["<< x >>", "<< x.y >>", "<< {}.x >>", "<% for each in x %><% endfor %>", "<< [x] | join >>"]
)
def test_what_is_undefined_raises(source: str) -> None:
    with pytest.raises(UndefinedError):
        rendered(source)


def test_markup_of_mediawiki_is_no_markup_of_ours() -> None:
    source = "{{a|{{{b|}}}}} {% x %} {# y #} #REDIRECT [[z]]"
    assert rendered(source) == source


def tree(file: Path) -> nodes.Template:
    return environment().parse(file.read_text(encoding="utf-8"))


def test_there_are_templates() -> None:
    assert {"_report", "needs"} <= {file.stem for file in TEMPLATES}


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.stem)
def test_a_template_glues_no_text_and_trusts_none(file: Path) -> None:
    found = tree(file)
    assert not list(
        found.find_all((nodes.Concat, nodes.Add, nodes.Mod, nodes.MarkSafe, nodes.ScopedEvalContextModifier))
    )
    assert {each.name for each in found.find_all(nodes.Filter)} <= {"join", "length"}
    assert not list(found.find_all(nodes.FilterBlock))


CODE = re.compile(r"<<.*?>>|<%.*?%>|<#.*?#>", re.DOTALL)
TAG = re.compile(r"<[^<>]*>")
TABLE_LINE = re.compile(r"^(\{\||\|-).*$", re.MULTILINE)
CELL_ATTRIBUTES = re.compile(r"^[!|][^|\n]*=[^|\n]*\|", re.MULTILINE)


def words(source: str) -> list[str]:
    """Return the words of a template that stand outside expressions, tags and attributes."""
    text = CODE.sub("", source)
    for markup in (TAG, TABLE_LINE, CELL_ATTRIBUTES):
        text = markup.sub("", text)
    return re.findall(r"[^\W\d_]+", text)


def test_words_are_found_where_there_are_some() -> None:
    assert words('<b title="no">yes</b>\n{| class="no"\n|- no\n! scope="no" | yes\n| yes << no >>\n') == ["yes"] * 3


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.stem)
def test_a_template_holds_no_word_that_a_reader_sees(file: Path) -> None:
    assert words(file.read_text(encoding="utf-8")) == []
    constants = [
        each.value
        for output in tree(file).find_all(nodes.Output)
        for each in output.nodes
        if isinstance(each, nodes.Const)
    ]
    assert not [each for each in constants if re.search(r"[^\W\d_]", str(each))]


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.stem)
def test_attributes_that_readers_hear_come_from_labels(file: Path) -> None:
    """A title, an alternative text or a label of an element is a word, too."""
    source = CODE.sub("", file.read_text(encoding="utf-8"))
    assert not re.findall(r"(?:aria-label|title|alt|placeholder)=\"[^\"]*[^\W\d_][^\"]*\"", source)
