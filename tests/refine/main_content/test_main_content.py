"""Of a page of the web its content stays, what stands around it goes and is counted, and nothing goes in silence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.model import Document, Rejected
from galactica.model.projection import project
from galactica.refine.article import Refined, refine
from galactica.refine.clean import sanitise
from galactica.refine.main_content import MAX_TAGS, extract
from galactica.refine.main_content.outline import MAX_BLOCKS
from tests.properties import examples
from tests.refine.main_content.pages import COMMENTS, PARAGRAPHS, RELATED, SENTENCES, page


def made(html: str, markup: str = "webpage") -> Refined:
    document = Document(source="s", path="a", title="", markup=markup, content=html)  # type: ignore[arg-type]
    result = refine(document, language="und")
    assert isinstance(result, Refined), result
    assert sanitise(result.body) == result.body
    return result


def test_the_article_stays_and_what_is_around_it_goes() -> None:
    text = made(page()).text
    assert [sentence for sentence in SENTENCES if sentence not in text] == []
    for left_out in ("Weather", "cookies", "Tweet", "Most read", "Headline of another", "All rights reserved"):
        assert left_out not in text


def test_what_is_left_out_is_counted() -> None:
    dropped = dict(made(page()).dropped)
    assert dropped["around-the-article"] >= 15


def test_the_same_page_as_html_keeps_everything() -> None:
    whole = made(page(), "html")
    assert "Headline of another article" in whole.text
    assert "around-the-article" not in dict(whole.dropped)


def test_comments_of_readers_go_and_are_counted_by_name() -> None:
    result = made(page(after=f'<div class="reader-comments"><h3>4 comments</h3>{COMMENTS}</div>'))
    assert "always said" not in result.text
    assert dict(result.dropped)["readers-comments"] >= 4


def test_headings_lists_tables_code_quotations_and_notes_of_the_article_stay() -> None:
    inner = (
        f"{PARAGRAPHS}<h2>What it costs</h2><p>{SENTENCES[4]}</p>"
        "<ul><li>Two piers have to be built anew, of stone from the hills.</li>"
        "<li>The roadway has to be taken down and laid again.</li></ul>"
        "<table><tr><th>Part</th><th>Cost in crowns</th></tr><tr><td>Piers</td><td>120,000</td></tr></table>"
        f"<blockquote><p>{SENTENCES[1]}</p></blockquote><pre>load = weight / width</pre>"
        f'<p>{SENTENCES[3]}<sup class="reference"><a href="#n1">[1]</a></sup></p>'
    )
    body = made(page(inner)).body
    for kept in (
        "<h2>What it costs</h2>",
        "<li>Two piers",
        "120,000",
        "<blockquote>",
        "<pre>load = weight / width</pre>",
    ):
        assert kept in body, kept
    assert 'role="doc-noteref"' in body


def test_a_table_is_kept_or_left_out_as_a_whole() -> None:
    rows = "".join(f"<tr><td>{year}</td><td>{year * 7}</td><td></td></tr>" for year in range(1931, 1941))
    body = made(page(f"{PARAGRAPHS}<table>{rows}</table>{PARAGRAPHS}")).body
    assert body.count("<tr>") == 10
    assert all(f"<td>{year * 7}</td>" in body for year in range(1931, 1941))


def test_a_page_whose_only_likely_text_is_part_of_a_table_is_judged_all_the_same() -> None:
    rows = "".join(f'<tr><td><a href="/{n}">Link number {n} of many</a></td></tr>' for n in range(60))
    html = f"<html><body><table><tr><td>{SENTENCES[0]} {SENTENCES[1]}</td></tr>{rows}</table></body></html>"
    assert SENTENCES[0] in made(html).text


def test_a_list_of_links_between_paragraphs_goes() -> None:
    assert "Headline of another" not in made(page(f'{PARAGRAPHS}<ul class="related">{RELATED}</ul>{PARAGRAPHS}')).text


def test_a_heading_goes_with_the_links_under_it() -> None:
    links = f'<h3>Read more on this:</h3><ul class="related">{RELATED}</ul>'
    assert "Read more" not in made(page(PARAGRAPHS + links + PARAGRAPHS)).text


def test_a_page_of_more_tags_than_are_looked_at_stays_whole() -> None:
    assert extract(f"<html><body>{'<i></i>' * MAX_TAGS}<p>x</p></body></html>").dropped == (("no-clear-content", 1),)


def test_a_figure_between_paragraphs_stays_with_its_caption() -> None:
    figure = '<figure><img src="bridge.jpg" alt="bridge"><figcaption>The bridge in 1931.</figcaption></figure>'
    body = made(page(PARAGRAPHS + figure + PARAGRAPHS)).body
    assert '<figure><img alt="bridge" src="./bridge.jpg"><figcaption>The bridge in 1931.</figcaption></figure>' in body


def test_pictures_around_the_article_go() -> None:
    html = page().replace("<h4>Most read</h4>", '<h4>Most read</h4><img src="advertisement.gif">')
    assert "advertisement" not in made(html).body


def test_the_heading_that_is_the_title_is_not_repeated() -> None:
    result = made(page())
    assert result.title == "A bridge is closed"
    assert "A bridge is closed" not in result.text


def test_text_outside_of_the_one_article_element_stays_where_it_is_content() -> None:
    split = f'<article><p>{SENTENCES[0]}</p></article><div class="more-text">{PARAGRAPHS}</div>'
    text = made(page(split)).text
    assert SENTENCES[2] in text
    assert SENTENCES[4] in text


def test_a_page_of_links_alone_stays_whole_and_says_so() -> None:
    front = f"<html><head><title>The Gazette</title></head><body><ul>{RELATED}</ul></body></html>"
    result = made(front)
    assert "Headline of another article, number 7" in result.text
    assert dict(result.dropped)["no-clear-content"] == 1
    assert not extract(front).sure


def test_a_page_with_hardly_any_text_stays_whole() -> None:
    result = made("<html><body><p>Closed.</p></body></html>")
    assert result.text == "Closed."
    assert dict(result.dropped)["no-clear-content"] == 1


@pytest.mark.parametrize(
    "content",
    [
        f'<script type="text/template">{PARAGRAPHS}</script>',
        f"<noscript>{PARAGRAPHS}</noscript>",
        f'<div style="display: none">{PARAGRAPHS}</div>',
        f"<div hidden>{PARAGRAPHS}</div>",
    ],
)
def test_content_that_waits_for_a_script_is_found(content: str) -> None:
    text = made(page(content)).text
    assert SENTENCES[0] in text
    assert SENTENCES[4] in text


def test_a_page_whose_body_is_hidden_until_a_script_has_run_is_read() -> None:
    assert SENTENCES[0] in made(page().replace("<body>", '<body style="visibility:hidden">')).text


def test_a_captured_page_of_a_wiki_is_cleaned_as_wikis_are() -> None:
    box = '<table class="infobox"><tr><th>Mayor</th><td>A. B.</td></tr></table>'
    notes = f'<div id="mw-content-text"><p>Ostrel is a town.</p>{box}</div>'
    html = f'<html><head><title>Ostrel</title></head><body><div id="mw-head">Menu</div>{notes}</body></html>'
    result = made(html)
    assert result.body == made(html, "html").body
    assert "A. B." in result.text
    assert "no-clear-content" not in dict(result.dropped)


def test_soft_hyphens_that_a_script_has_put_in_are_taken_out_and_counted() -> None:
    result = made(page(PARAGRAPHS.replace("bridge", "brid\u00adge")))
    assert SENTENCES[0] in result.text
    assert dict(result.dropped)["soft-hyphens"] == 3


def test_addresses_go_by_the_base_of_the_page() -> None:
    with_link = PARAGRAPHS.replace("</p>", ' See <a href="map.html">the map</a>.</p>', 1)
    assert '<a href="./old/map.html">' in made(page(with_link, head='<base href="/old/">')).body


def test_a_page_of_more_blocks_than_are_looked_at_stays_whole() -> None:
    many = "<br>".join(f"<div>line {n}</div>" for n in range(MAX_BLOCKS + 1))
    found = extract(f"<html><body>{many}</body></html>")
    assert not found.sure
    assert found.dropped == (("no-clear-content", 1),)


def test_what_is_over_a_bound_of_the_cleaner_is_rejected() -> None:
    deep = "<div>" * 25_000
    result = refine(Document(source="s", path="a", title="", markup="webpage", content=deep), language="und")
    assert isinstance(result, Rejected)
    assert result.reason == "malformed"


PIECES = (
    *"<p> </p> <div> </div> </a> <article> </article> <table><tr><td> <h1> </h1> <main> <nav> <b> <br>".split(),
    *"</body> <!----> &amp; \u00ad \x00 <figure> <ul><li> <script> <template> <noscript> <svg> <math> <select>".split(
        " "
    ),
    *("<div class='comment'>", "<a href='x'>", "<img src=a>", f"<p>{SENTENCES[0]}", SENTENCES[1]),
)


@examples(40)
@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_any_markup_gives_an_article_or_a_rejection_and_the_same_each_time(pieces: list[str]) -> None:
    document = Document(source="s", path="a", title="", markup="webpage", content="".join(pieces))
    result = refine(document, language="und")
    if isinstance(result, Refined):
        assert sanitise(result.body) == result.body
        assert result.text == project(result.body)
    assert refine(document, language="und") == result
