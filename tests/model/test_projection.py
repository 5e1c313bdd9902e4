"""The one way from a body to plain text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.model import projection
from galactica.model.projection import outline, project

EXAMPLES = [
    ("<p>One.</p>\n<p>Two.</p>", "One.\nTwo."),
    ("<h2>Head</h2>\n<p>a <b>bold</b> word</p>", "Head\na bold word"),
    ("<p>a<br>b</p>", "a\nb"),
    ("<ul>\n<li>x</li>\n<li>y\n<ul>\n<li>z</li>\n</ul>\n</li>\n</ul>", "x\ny\nz"),
    ("<table>\n<tr><th>A</th><th>B</th></tr>\n<tr><td>1</td><td>2</td></tr>\n</table>", "A\tB\n1\t2"),
    ("<p>10<sup>6</sup> m<sup>2</sup> s<sup>−1</sup> 1<sup>st</sup></p>", "10^6 m^2 s^−1 1st"),
    ("<p>H<sub>2</sub>O</p>", "H2O"),
    ('<p>true<sup role="doc-noteref"><a href="#fn-1">1</a></sup>.</p>', "true."),
    ("<p>1 &lt; 2 &amp;amp; 3 &gt; 2 &quot;</p>", '1 < 2 &amp; 3 > 2 "'),
    ("<pre>a\n  b</pre>\n<p>c</p>", "a\n  b\nc"),
    ("<p>a <i> b</i> c</p>", "a b c"),
    ("<math><mi>x</mi><annotation>x^2</annotation></math>", "x"),
    ("", ""),
    ("<p></p>\n<hr>\n<p>a</p>", "a"),
]


@pytest.mark.parametrize(("body", "text"), EXAMPLES)
def test_a_body_reads_as_the_rule_says(body: str, text: str) -> None:
    assert project(body) == text


def test_headings_are_spans_of_the_text() -> None:
    found = outline("<p>Lead.</p>\n<h2>One <i>two</i></h2>\n<p>x</p>\n<h3>Three</h3>")
    assert [found.text[a:b] for a, b in found.headings] == ["One two", "Three"]


_LINE = st.text(alphabet=st.sampled_from("ab &amp;é。"), max_size=12).map(lambda t: t.replace("&", "&amp;"))
_BLOCK = st.tuples(st.sampled_from(["p", "h2", "h3", "li", "blockquote"]), _LINE).map(
    lambda b: f"<{b[0]}>{b[1]}</{b[0]}>"
)


@given(st.lists(_BLOCK, max_size=8).map("\n".join))
def test_the_short_way_for_plain_blocks_gives_what_the_long_way_gives(body: str) -> None:
    walk = projection._Walk()
    pieces = projection._TAG.split(body)
    for i in range(1, len(pieces), 2):
        if pieces[i - 1]:
            walk.text(pieces[i - 1])
        walk.tag(pieces[i])
    if pieces[-1]:
        walk.text(pieces[-1])
    found = outline(body)
    assert found.text == "".join(walk.out)
    assert list(found.headings) == walk.headings


def test_what_is_no_body_is_projected_all_the_same() -> None:
    for text in ("<>", "a<>b", "<", "</>", "</ >x", "<sup", '<sup role="doc-noteref"><>x</sup>y'):
        assert isinstance(project(text), str)
