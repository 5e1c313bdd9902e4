"""The short way for plain bodies gives what the long way gives."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from galactica.refine import clean as room
from galactica.refine.clean import clean, sanitise
from galactica.refine.clean.plain import is_plain
from tests.properties import examples

LINE = st.text(alphabet=st.sampled_from("ab é漢 \xa0\u2003\u3000\n\t\x01\x85<>&;\"'"), min_size=1, max_size=8)
BLOCK = st.tuples(st.sampled_from(["p", "h2", "h6", "h1", "b", "div"]), LINE, st.booleans()).map(
    lambda part: f"<{part[0]}>{_escaped(part[1]) if part[2] else part[1]}</{part[0]}>"
)


def _escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _long_way(html):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "is_plain", lambda _: False)
        return clean(html, base="x")


@examples(400)
@given(st.lists(BLOCK, min_size=1, max_size=4).map("\n".join))
@example("<p>a</p>\n<p>b</p>")
@example("<h2>a &amp; b</h2>")
def test_a_plain_body_is_what_the_long_way_makes_of_it(html):
    if is_plain(html):
        assert _long_way(html) == clean(html, base="x")
        assert clean(html, base="x").body == html
        assert sanitise(html) == html


@given(st.lists(st.text(min_size=1), min_size=1, max_size=4))
def test_any_text_put_into_paragraphs_goes_either_way_alike(lines):
    html = "\n".join(f"<p>{_escaped(line)}</p>" for line in lines)
    assert clean(html, base="x") == _long_way(html)


@pytest.mark.parametrize("html", ["<p>a</p>", "<p>a b</p>\n<h2>c</h2>\n<p>d &lt; e</p>", "<p>漢字\u3000x</p>"])
def test_the_usual_is_plain(html):
    assert is_plain(html)


@pytest.mark.parametrize(
    "html",
    [
        "",
        "a",
        "<p></p>",
        "<p> a</p>",
        "<p>a </p>",
        "<p>a  b</p>",
        "<p>a\nb</p>",
        "<p>a</p><p>b</p>",
        "<p>a</p>\n",
        "<h1>a</h1>",
        "<p>a&nbsp;b</p>",
        "<p>&eacute;</p>",
        "<p>a & b</p>",
        "<p><b>a</b></p>",
        "<p>a</h2>",
        "<p>\xa0</p>",
        "<p>a\x85</p>",
        "<p>a</p>\n\n<p>b</p>",
        "<P>a</P>",
        "<p >a</p>",
        "<p>\ud800</p>",
        "<p>a\x7f</p>",
    ],
)
def test_the_rest_is_not(html):
    assert not is_plain(html)
