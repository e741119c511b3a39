"""References in every shape that people write, each with how often the wiki links back from each session."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One page of minutes, and the back-links that the wiki shows, by the text of the reference."""

    wikitext: str
    links: Mapping[str, int]


SHAPES = {
    "quoted-or-not": Shape(
        wikitext="""\
== Aims ==
* one<ref name=a>Session 1</ref>
* two<ref name="a"/><ref name='b'>Session 2</ref>
* three<ref name = a />
* four<ref name=a></ref>
<references />
""",
        links={"Session 1": 4, "Session 2": 1},
    ),
    "names-that-differ-in-case": Shape(
        wikitext="""\
== Aims ==
* one<ref name=a>Session 1</ref>
* two<ref name=A>Session 2</ref>
* three<ref name=A />
<references />
""",
        links={"Session 1": 1, "Session 2": 2},
    ),
    "names-with-spaces": Shape(
        wikitext="""\
== Aims ==
* one<ref name="a  b">Session 1</ref>
* two<ref name=" a b " />
* three<ref name="a b" />
<references />
""",
        links={"Session 1": 3},
    ),
    "unquoted-signs": Shape(
        wikitext="""\
== Aims ==
* one<ref name=a/b>Session 1</ref>
* two<ref name=a/b />
* three<ref name=a/b/>
* four<ref name=B+C>Session 2</ref>
* five<ref name=B+C />
* six<ref name=é>Session 3</ref>
* x<ref name=é />
<references />
""",
        links={"Session 1": 3, "Session 2": 2, "Session 3": 2},
    ),
    "an-apostrophe-in-a-name": Shape(
        wikitext="""\
== Aims ==
* one<ref name="a'b">Session 1</ref>
* two<ref name="a'b"/>
* ent<ref name="a&#39;b"/>
<references />
""",
        links={"Session 1": 3},
    ),
    "used-before-it-is-defined": Shape(
        wikitext="""\
== Aims ==
* one<ref name=a />
* two<ref name=a /><ref name=b/>
* three<ref name=b>Session 2</ref>
<references>
<ref name=a>Session 1</ref>
</references>
""",
        links={"Session 1": 2, "Session 2": 2},
    ),
    "two-groups": Shape(
        wikitext="""\
== Aims ==
* one<ref name=a group=s>Session 1</ref>
* two<ref group="s" name=a />
* three<ref name=b>Session 2</ref>
<references group=s />
<references />
""",
        links={"Session 1": 2, "Session 2": 1},
    ),
    "listed-in-a-group": Shape(
        wikitext="""\
== Aims ==
* one<ref name=a group=s />
* two<ref group="s" name=a />
<references group=s><ref name=a group=s>Session 1</ref></references>
""",
        links={"Session 1": 2},
    ),
    "listed-below-the-group-of-the-list": Shape(
        wikitext="""\
== Aims ==
* one<ref name=a group=s />
* two<ref group="s" name=a />
<references group=s><ref name=a>Session 1</ref></references>
""",
        links={"Session 1": 2},
    ),
    "cited-by-templates": Shape(
        wikitext="""\
== Aims ==
* one{{r|a}}
* two{{r|a|b}}
* three<ref name=b>Session 2</ref>
{{reflist|refs=<ref name=a>Session 1</ref>}}
""",
        links={"Session 1": 2, "Session 2": 2},
    ),
    "defined-by-templates": Shape(
        wikitext="""\
== Aims ==
* one{{refn|name=a|Session 1}}
* two<ref name=a />
* three{{refn|group=n|Session 3}}
* four{{refn|group=n|name=q|Session 4}}
* five<ref group=n name=q/>
<references /><references group=n />
""",
        links={"Session 1": 2, "Session 3": 1, "Session 4": 2},
    ),
    "by-the-parser-function": Shape(
        wikitext="""\
== Aims ==
* one{{#tag:ref|Session 1|name=a}}
* two{{#tag:ref||name=a}}
* three{{#tag:ref|Session 2|name="b"}}<ref name=b />
<references />
""",
        links={"Session 1": 2, "Session 2": 2},
    ),
    "defined-twice-alike": Shape(
        wikitext="""\
== Aims ==
* one<ref name=a>Session 1</ref>
* two<ref name=a>Session 1</ref>
<references />
""",
        links={"Session 1": 2},
    ),
    "without-names": Shape(
        wikitext="""\
== Aims ==
* one<ref>Session 1</ref>
* two<ref>Session 1</ref>
* three<ref>Session 2</ref>
<references />
""",
        links={"Session 1": 2, "Session 2": 1},
    ),
    "with-and-without-a-name": Shape(
        wikitext="""\
== Aims ==
* one<ref name=a>Session 1</ref>
* two<ref>Session 1</ref>
<references />
""",
        links={"Session 1": 2},
    ),
    "over-several-lines": Shape(
        wikitext="""\
== Aims ==
* one<ref
name=a
>Session
1</ref>
* two<ref
name=a
/>
<references />
""",
        links={"Session 1": 2},
    ),
    "in-transclusion-tags": Shape(
        wikitext="""\
== Aims ==
* one<noinclude><ref name=a>Session 1</ref></noinclude>
* two<includeonly><ref name=a /></includeonly>
* three<onlyinclude><ref name=a/></onlyinclude>
<references />
""",
        links={"Session 1": 2},
    ),
    "only-where-transcluded": Shape(
        wikitext="""\
== Aims ==
* one<ref name=a>Session 1</ref>
* two<includeonly><ref name=a /></includeonly>
<references />
""",
        links={"Session 1": 1},
    ),
    "in-capitals": Shape(
        wikitext="""\
== Aims ==
* one<REF NAME=a>Session 1</REF>
* two<Ref Name="a" />
<References />
""",
        links={"Session 1": 2},
    ),
    "two-lists": Shape(
        wikitext="""\
== Aims ==
* one<ref name=a>Session 1</ref>
* two<ref name=a />
<references />
== Steps ==
* three<ref name=a>Session 1</ref>
* four<ref name=a />
<references />
""",
        links={"Session 1": 4},
    ),
    "in-headings-and-tables": Shape(
        wikitext="""\
== A<ref name=a>Session 1</ref> ==
* one<ref name=a />
{|
| x<ref name=a />
|}
<references />
""",
        links={"Session 1": 3},
    ),
    "a-template-in-a-reference": Shape(
        wikitext="""\
== Aims ==
* one<ref name=a>Session 1 {{efn|x}}</ref>
* two<ref name=a />
<references />
""",
        links={"Session 1": 2},
    ),
    "in-links-and-bold": Shape(
        wikitext="""\
== Aims ==
* one [[Page|label<ref name=a>Session 1</ref>]]
* two '''bold<ref name=a />'''
<references />
""",
        links={"Session 1": 2},
    ),
    "a-sign-that-ends-tags-in-a-name": Shape(
        wikitext="""\
== Aims ==
* one<ref name="a>b">Session 1</ref>
* two<ref name="a>b" />
<references />
""",
        links={'b">Session 1': 1},
    ),
    "markup-in-the-text": Shape(
        wikitext="""\
== Aims ==
* one<ref name=a>''Session 1'', [[Room A]]</ref>
* two<ref name=a />
<references />
""",
        links={"Session 1, Room A": 2},
    ),
    "with-a-direction": Shape(
        wikitext="""\
== Aims ==
* one<ref name=a dir=rtl>Session 1</ref>
* two<ref name=a />
<references />
""",
        links={"Session 1": 2},
    ),
    "extending-another": Shape(
        wikitext="""\
== Aims ==
* one<ref name=a>Session 1</ref>
* two<ref extends=a>p. 2</ref>
<references />
""",
        links={"Session 1": 1},
    ),
    "not-quite-closed": Shape(
        wikitext="""\
== Aims ==
* one<ref name=a / >Session 1</ref>
* two<ref name=a/>
<references />
""",
        links={"Session 1": 2},
    ),
    "an-empty-name": Shape(
        wikitext="""\
== Aims ==
* one<ref name="">Session 1</ref>
* two<ref name=a>Session 2</ref>
* x<ref name />
<references />
""",
        links={"Session 1": 1, "Session 2": 1},
    ),
    "listed-and-never-used": Shape(
        wikitext="""\
== Aims ==
* one<ref name=a>Session 1</ref>
<references><ref name=b>Session 2</ref></references>
""",
        links={"Session 1": 1},
    ),
    "never-closed": Shape(
        wikitext="""\
== Aims ==
* one<ref name=a>Session 1</ref>
* two<ref name=a>
* three<ref name=a />
<references />
""",
        links={"Session 1": 2},
    ),
    "a-slash-that-closes-nothing": Shape(
        wikitext="""\
== Aims ==
* one<ref name=a>Session 1</ref>
* two<ref name=a/ >
* three<ref name=a />
<references />
""",
        links={"Session 1": 2},
    ),
    "an-empty-group": Shape(
        wikitext="""\
== Aims ==
* one<ref name="a" group="">Session 1</ref>
* two<ref name=a />
<references />
""",
        links={"Session 1": 2},
    ),
    "comments-in-references": Shape(
        wikitext="""\
== Aims ==
* one<ref name=a><!-- x -->Session 1</ref>
* two<ref name=a /><!-- <ref name=b>Session 2</ref> -->
<references />
""",
        links={"Session 1": 2},
    ),
    "in-other-elements": Shape(
        wikitext="""\
== Aims ==
* one<ref name=a>Session 1</ref>
<div>
* two<ref name=a />
</div>
<gallery>
File:X.png|cap<ref name=a />
</gallery>
<poem>
x<ref name=a />
</poem>
<references />
""",
        links={"Session 1": 4},
    ),
}
