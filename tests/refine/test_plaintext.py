"""Plain text to canonical blocks: paragraphs, headings, lists, and nothing else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.model.projection import outline, project
from galactica.refine.clean import clean
from galactica.refine.plaintext import HEADING_EXAMPLES, Form, convert, is_heading, plain_to_html

forms = st.sampled_from(["text", "wikiextractor"])


@pytest.mark.parametrize(("line", "expected"), HEADING_EXAMPLES)
def test_a_heading_is_told_from_a_sentence(line: str, expected: bool):
    assert is_heading(line) is expected


def test_every_line_of_wikiextractor_is_a_block_and_short_ones_with_a_stop_are_headings():
    text = "The Moon is round.  It is grey.\nPhases.\nIt waxes.\n\n- new\n- full\nEnd of it all: it is so"
    assert plain_to_html(text, form="wikiextractor") == (
        "<p>The Moon is round. It is grey.</p>\n<h2>Phases</h2>\n<h2>It waxes</h2>\n"
        "<ul><li>new</li><li>full</li></ul>\n<p>End of it all: it is so</p>"
    )


def test_tags_and_table_rests_that_wikiextractor_forgets_are_dropped_and_their_text_stays():
    text = 'One<br>two <ref name="x">note</ref> 1 < 2\n</dl>\nclass="wikitable" style="x"\nEnd'
    assert plain_to_html(text, form="wikiextractor") == "<p>Onetwo note 1 &lt; 2</p>\n<p>End</p>"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        (" \n\t\n", ""),
        ("one", "<p>one</p>"),
        ("a & b < c > d", "<p>a &amp; b &lt; c &gt; d</p>"),
        ("one\n\ntwo\n \n\nthree", "<p>one</p>\n<p>two</p>\n<p>three</p>"),
        ("roses are red\nviolets\nare blue", "<p>roses are red</p>\n<p>violets</p>\n<p>are blue</p>"),
        ("- one\n- two & three\n\nend", "<ul><li>one</li><li>two &amp; three</li></ul>\n<p>end</p>"),
        ("a\0b\x1f\ud800", "<p>ab\ufffd</p>"),
        ("a\r\n\r\nb\rc", "<p>a</p>\n<p>b</p>\n<p>c</p>"),
        ("Phases.", "<p>Phases.</p>"),
        ("-", "<p>-</p>"),
    ],
)
def test_typed_text(text: str, html: str):
    assert plain_to_html(text) == html


def test_lines_that_were_filled_to_a_width_are_one_paragraph():
    text = (
        "The Moon circles the Earth once in about\n27 days and always shows it the same face,\n"
        "because its rotation was bound long ago.\nIt is grey."
    )
    assert plain_to_html(text) == f"<p>{text.replace(chr(10), ' ')}</p>"


@given(st.text(), forms)
def test_the_result_is_canonical_for_any_text(text: str, form: Form):
    html = plain_to_html(text, form=form)
    for block in html.split("\n") if html else []:
        assert re.fullmatch(r"<(p|h2)>[^<> ](?:[^<>]*[^<> ])?</\1>|<ul>(<li>[^<> ](?:[^<>]*[^<> ])?</li>)+</ul>", block)
        assert not re.search(r"&(?!amp;|lt;|gt;)|  |[\t\r\f\x00]", block)
    html.encode()


@given(st.text(st.sampled_from("ab .\n-&<>*•é月\t\xa0"), max_size=80), forms)
def test_the_cleaner_leaves_it_as_it_is(text: str, form: Form):
    html = plain_to_html(text, form=form)
    assert clean(html, base="a").body == html


@given(st.text(st.sampled_from("ab .\n&<>é月"), max_size=80))
def test_no_letter_is_lost(text: str):
    assert sorted(re.sub(r"\s", "", project(plain_to_html(text)))) == sorted(re.sub(r"\s", "", text))


_ANY_TEXT = st.text(
    alphabet=st.one_of(st.sampled_from("a.B &<>\"'-*•\n\t\r\x0b\x85\xa0\u2028\ufffe\u3000波"), st.characters()),
    max_size=200,
)


@given(_ANY_TEXT, st.sampled_from(["text", "wikiextractor"]))
def test_what_is_made_of_a_plain_text_is_a_fixed_point_of_cleaning_and_projects_as_said(text: str, form: Form) -> None:
    made = convert(text, form=form)
    assert clean(made.body, base="p").body == made.body
    assert outline(made.body) == made.outline
