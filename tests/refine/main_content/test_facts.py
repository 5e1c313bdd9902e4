"""What a page of the web says of itself becomes what its article says of itself."""

from __future__ import annotations

import json

import pytest

from galactica.model import Document
from galactica.refine.article import Refined, refine
from galactica.refine.main_content import SaidOfItself, extract
from galactica.refine.main_content.days import day_written
from galactica.refine.main_content.licences import licence_meant
from galactica.refine.main_content.linked_data import MAX_DEPTH, MAX_SCRIPT


def facts(head: str, body: str = "<p>Text.</p>", attributes: str = "") -> SaidOfItself:
    return extract(f"<!doctype html><html{attributes}><head>{head}</head><body>{body}</body></html>").facts


def linked(thing: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(thing)}</script>'


def test_open_graph_says_title_site_and_day() -> None:
    found = facts(
        '<meta property="og:title" content="A bridge | The Gazette">'
        '<meta property="og:site_name" content="The Gazette">'
        '<meta property="article:published_time" content="2019-12-05T23:59:00+01:00">'
    )
    assert (found.title, found.site, found.published) == ("A bridge", "The Gazette", "2019-12-05")


def test_the_only_heading_that_is_part_of_the_title_is_the_title() -> None:
    assert (
        facts("<title>A bridge falls - The Gazette</title>", "<h1>A bridge falls</h1><p>x</p>").title
        == "A bridge falls"
    )


def test_json_ld_of_an_article_counts_before_the_pages_own_meta() -> None:
    article = {
        "@type": "NewsArticle",
        "headline": "A bridge falls",
        "author": [{"@type": "Person", "name": "Ada Byron"}, {"@type": "Person", "name": "Mary Somerville"}],
        "datePublished": "2020-05-01",
        "license": "https://creativecommons.org/licenses/by-sa/4.0/",
    }
    found = facts(linked({"@graph": [{"@type": "WebSite"}, article]}) + '<meta name="author" content="webmaster">')
    assert found.title == "A bridge falls"
    assert found.creators == ("Ada Byron", "Mary Somerville")
    assert (found.published, found.licence) == ("2020-05-01", "CC-BY-SA-4.0")


def test_authors_that_readers_see_are_taken_where_no_data_name_one() -> None:
    assert facts("", '<a rel="author" href="/x">By Ada Byron</a><p>x</p>').creators == ("Ada Byron",)
    assert facts('<meta name="author" content="By Ada Byron and Mary Somerville">').creators == (
        "Ada Byron",
        "Mary Somerville",
    )
    assert facts('<meta property="article:author" content="https://x.example/ada">').creators == ()
    whole = "Ada Byron (with Mary Somerville, Ann Lee)"
    assert facts(f'<meta name="author" content="{whole}; Jane Marcet">').creators == (whole, "Jane Marcet")


def test_language_and_address_are_what_the_page_says() -> None:
    found = facts('<link rel="canonical" href="https://x.example/a">', attributes=' lang="de-DE"')
    assert (found.language, found.url) == ("de-DE", "https://x.example/a")
    assert facts('<link rel="canonical" href="/a">').url == ""
    assert (
        facts('<link rel="canonical" href="javascript:alert(1)"><meta property="og:url" content="ftp://x">').url == ""
    )


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2019-12-05T10:00:00Z", "2019-12-05"),
        ("2019-12", "2019-12"),
        ("20191205", "2019-12-05"),
        ("5.12.2019", "2019-12-05"),
        ("Thu, 05 Dec 2019 10:00:00 GMT", "2019-12-05"),
        ("December 5, 2019", "2019-12-05"),
        ("03/04/2019", ""),  # March or April
        ("2019-13-05", ""),
        ("2019-02-30", ""),
        ("0000-00-00", ""),
        ("1575543600", ""),
        ("1312010000000", ""),
        ("", ""),
    ],
)
def test_a_day_is_read_where_it_can_be_read_in_one_way(written: str, day: str) -> None:
    assert day_written(written) == day


@pytest.mark.parametrize(
    ("address", "licence"),
    [
        ("https://creativecommons.org/licenses/by/4.0/deed.de", "CC-BY-4.0"),
        ("http://creativecommons.org/licenses/by-nc-sa/3.0/de/", "CC-BY-NC-SA-3.0"),
        ("//creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0"),
        ("https://creativecommons.org/publicdomain/mark/1.0/", "PDM-1.0"),
        ("https://x.example/terms", "https://x.example/terms"),
        ("All rights reserved", ""),
    ],
)
def test_licences_are_known_by_their_address(address: str, licence: str) -> None:
    assert licence_meant(address) == licence


def test_hostile_data_say_nothing_and_do_no_harm() -> None:
    deep: object = {"@type": "Article", "headline": "Deep"}
    for _ in range(MAX_DEPTH + 1):
        deep = {"@graph": [deep]}
    assert facts(linked(deep)).title == ""
    assert facts(linked({"@type": "Article", "headline": "x" * MAX_SCRIPT})).title == ""
    assert facts('<script type="application/ld+json">' + "[" * 100_000 + "</script>").title == ""
    assert (
        facts('<script type="application/ld+json">{"@type":"Article","headline":"a\\ud800b\\u0000c"}</script>').title
        == "abc"
    )
    for wrong in (None, 7, [], {"@type": 7}, {"@type": "Article", "author": [None, 7, {"name": []}], "headline": {}}):
        assert facts(linked(wrong)) == SaidOfItself()


def test_an_article_takes_from_the_page_what_its_source_does_not_say() -> None:
    page = (
        '<html lang="de"><head><title>Eine Brücke</title><meta name="author" content="Ada Byron">'
        '<meta name="date" content="2019-12-05"><link rel="canonical" href="https://x.example/a">'
        '<link rel="license" href="https://creativecommons.org/licenses/by/4.0/"></head><body><p>Text.</p></body></html>'
    )
    bare = Document(source="s", path="a", title="", markup="webpage", content=page)
    made = refine(bare, language="und")
    assert isinstance(made, Refined)
    assert (made.title, made.language, made.creators) == ("Eine Brücke", "de", ("Ada Byron",))
    assert (made.published, made.url, made.licence) == ("2019-12-05", "https://x.example/a", "CC-BY-4.0")
    told = Document(
        source="s",
        path="a",
        title="T",
        markup="webpage",
        content=page,
        language="en",
        creators=("B",),
        published="2001",
    )
    made = refine(told, language="und")
    assert isinstance(made, Refined)
    assert (made.title, made.language, made.creators, made.published) == ("T", "en", ("B",), "2001")
    plain = refine(Document(source="s", path="a", title="", markup="html", content=page), language="und")
    assert isinstance(plain, Refined)
    assert (plain.creators, plain.url, plain.language) == ((), "", "und")


def test_the_part_of_the_title_that_a_heading_repeats_is_the_title() -> None:
    title = "<title>Customs online - Notices - A bridge is closed</title>"
    assert facts(title, "<h2>Menu</h2><h2>A bridge is closed</h2><p>x</p>").title == "A bridge is closed"
    own = '<link rel="canonical" href="https://www.ostrel-gazette.example/a"><title>A bridge | Ostrel Gazette</title>'
    assert facts(own).title == "A bridge"
    assert facts('<meta property="og:title" content="Sorge &amp;#8211; Daten">').title == "Sorge – Daten"


def test_names_that_are_the_sites_or_nobodys_are_no_authors() -> None:
    site = '<meta property="og:site_name" content="The Gazette">'
    for name in ("The Gazette", "gazette.com", "wordpressadmin", "https://x.example", "2019"):
        assert facts(f'{site}<meta name="author" content="{name}">').creators == (), name
    assert facts('<meta name="author" content="Jobs &amp; Hire">').creators == ("Jobs & Hire",)


def test_a_name_that_is_shown_counts_where_it_looks_like_one_and_not_among_comments() -> None:
    assert facts("", '<div class="byline">By Ada Byron</div>').creators == ("Ada Byron",)
    assert facts("", '<div class="author">more about our authors</div>').creators == ()
    assert facts("", '<div id="comments"><span itemprop="author">Ada Byron</span></div>').creators == ()


@pytest.mark.parametrize(
    ("head", "body", "day"),
    [
        ("", '<span class="date">Posted on 5 December 2019 by Ada</span>', "2019-12-05"),
        ("", '<p class="datum">Stand: 05.12.2019, 10 Uhr</p>', "2019-12-05"),
        ("", '<span class="date">5 December 2019, changed 6 December 2019</span>', ""),
        ('<link rel="canonical" href="https://x.example/2019/12/05/a.html">', "", "2019-12-05"),
        ('<link rel="canonical" href="https://x.example/2019/12/a.html">', "", "2019-12"),
        ('<link rel="canonical" href="https://x.example/2019/13/05/a.html">', "", ""),
    ],
)
def test_a_day_that_is_shown_alone_or_stands_in_the_address_counts(head: str, body: str, day: str) -> None:
    assert facts(head, body or "<p>x</p>").published == day


def test_data_of_a_page_that_is_xml_are_read_beside_its_scripts() -> None:
    head = linked({"@type": "Article", "headline": "A bridge"}) + "<script>//<![CDATA[\nvar a = '<p>';\n//]]></script>"
    page = f'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head>{head}</head><body><p>x</p></body></html>'
    assert extract(page).facts.title == "A bridge"
