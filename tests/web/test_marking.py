"""What was quoted is marked in the page, character for character, and nothing else of the page changes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.model.projection import project
from galactica.web.marking import MarkedSpan, mark, read_spans

BODY = (
    '<h2>On   rivers</h2>\n<p>The <b>Vistula</b> is 1,047&nbsp;km long &amp; runs to the <a href="./Sea">sea</a>'
    '<sup role="doc-noteref"><a href="#n1">[1]</a></sup>.</p><ul><li>It is 10<sup>6</sup> m.</li><li>a &lt; b</li></ul>'
    "<p><math><mi>x</mi><mo>=</mo><annotation>x=secret</annotation></math> in all.</p>"
    "<table><tr><td>Warsaw</td><td>Vistula</td></tr></table><pre>two  spaces</pre>"
).replace("&nbsp;", "\u00a0")


def marked_text(page: str) -> str:
    """What stands in the marks of a page, as one string."""
    inner = re.findall(r'<mark class="gx-(?:said|answers)"(?: id="gx-mark")?>(.*?)</mark>', page, re.S)
    text = "".join(inner)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")


def unspaced(text: str) -> str:
    return re.sub(r"[ \t\n\r\f]+", "", text)


@pytest.mark.parametrize(
    "quote",
    [
        "The Vistula is",
        "Vistula",
        "sea.",
        "10^6 m.",
        "long & runs to the sea.",
        "a < b",
        "Warsaw\tVistula",
        "two  spaces",
    ],
)
def test_a_quotation_is_marked_where_it_stands(quote):
    text = project(BODY)
    start = text.index(quote)
    page = mark(BODY, text, [MarkedSpan(start=start, end=start + len(quote), kind="gx-said")])
    assert unspaced(marked_text(page)) == unspaced(quote).replace("^", "")
    assert page.count('id="gx-mark"') == 1


def test_taking_the_marks_away_gives_the_body_back():
    text = project(BODY)
    page = mark(BODY, text, [MarkedSpan(start=3, end=len(text), kind="gx-said")])
    assert re.sub(r"</?mark[^>]*>", "", page) == BODY


def test_formulas_and_notes_are_left_alone():
    text = project(BODY)
    page = mark(BODY, text, [MarkedSpan(start=0, end=len(text), kind="gx-said")])
    assert "<mi>x</mi>" in page
    assert "[1]</a></sup>" in page
    assert "<annotation>x=secret</annotation>" in page


def test_a_text_that_is_not_of_this_body_marks_nothing():
    assert (
        mark("<p>other words</p>", "The Vistula", [MarkedSpan(start=0, end=5, kind="gx-said")]) == "<p>other words</p>"
    )


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 3), (0, 10**9), (-1, 4)])
def test_a_span_that_is_none_marks_nothing(start, end):
    assert mark(BODY, project(BODY), [MarkedSpan(start=start, end=end, kind="gx-said")]) == BODY


def test_the_answer_is_marked_inside_the_quotation():
    text = project("<p>The <i>long river</i> is here.</p>")
    spans = read_spans(f"0-{len(text)}", "4-14")
    assert mark("<p>The <i>long river</i> is here.</p>", text, spans) == (
        '<p><mark class="gx-said" id="gx-mark">The</mark> <i><mark class="gx-answers">long river</mark></i> '
        '<mark class="gx-said">is here.</mark></p>'
    )


@pytest.mark.parametrize(
    "bad", ["", "x", "5", "5-", "-5", "9-3", "4-4", "٣-٤", "1-2-3", "1" * 40 + "-2", "<script>", "1-2 "]
)
def test_what_is_no_span_is_passed_over(bad):
    assert read_spans(bad, "") == ()
    assert len(read_spans("0-10", bad)) == 1


WORDS = st.text(alphabet='ab &<>"^1+\n\t\u00a0好', max_size=8)


@given(st.lists(st.tuples(st.sampled_from(["p", "b", "sup", "td", "pre", "li"]), WORDS), max_size=8), st.data())
def test_whatever_the_body_only_what_was_meant_is_marked(parts, data):
    def escape(text):
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")

    body = "".join(f"<{name}>{escape(words)}</{name}>" for name, words in parts)
    text = project(body)
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    page = mark(body, text, [MarkedSpan(start=start, end=end, kind="gx-said")])
    assert re.sub(r"</?mark[^>]*>", "", page) == body
    shown, quote = unspaced(marked_text(page)), unspaced(text[start:end])
    assert shown in (quote, quote.replace("^", "")) or "^" in quote
