"""What a browser makes of a page before anyone reads it: base addresses, pictures that come late, XHTML."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.refine.clean import clean, sanitise
from galactica.refine.clean.links import rebase
from galactica.refine.clean.pictures import addresses
from galactica.refine.clean.xhtml import as_html, is_xhtml


def body(html: str, path: str = "reise/Tag_1.html") -> str:
    return clean(html, base=path).body


@pytest.mark.parametrize(
    ("base", "href", "leads"),
    [
        ("bilder/", "See.html", "./reise/bilder/See.html"),
        ("../", "See.html", "./See.html"),
        ("..", "See.html", "./See.html"),
        ("/", "See.html", "./See.html"),
        ("/berge/", "../See.html", "./See.html"),
        ("berge/Gipfel.html", "See.html", "./reise/berge/See.html"),
        ("berge", "See.html", "./reise/See.html"),
        ("./", "See.html", "./reise/See.html"),
        ("bilder/?x#y", "See.html", "./reise/bilder/See.html"),
        ("bilder/", "#oben", "#oben"),
        ("bilder/", "https://example.org/", "https://example.org/"),
        ("https://example.org/berge/", "See.html", "https://example.org/berge/See.html"),
        ("//example.org/berge/", "../See.html", "https://example.org/See.html"),
        ("https://example.org/berge/", "#oben", "#oben"),
        ("javascript:x", "See.html", "./reise/See.html"),
        ("data:text/plain,x", "See.html", "./reise/See.html"),
        ("", "See.html", "./reise/See.html"),
        ("sch%C3%B6n/", "See.html", "./reise/sch%C3%B6n/See.html"),
    ],
)
def test_addresses_start_from_the_base_of_a_page(base: str, href: str, leads: str) -> None:
    page = f'<html><head><base href="{base}"></head><body><main><p>To <a href="{href}">there</a>.</p></main>'
    assert body(page) == f'<p>To <a href="{leads}">there</a>.</p>'


def test_pictures_and_films_start_from_the_base_too() -> None:
    bases = '<base target="x"><base href="/m/"><base href="n/">'
    page = f'<head>{bases}</head><p><img src="a.png"><video src="b.webm"></video>'
    assert './m/a.png"' in body(page)
    assert './m/b.webm"' in body(page)


def test_a_base_outside_the_source_leads_nowhere() -> None:
    assert body('<head><base href="../../../x/"></head><p>To <a href="y.html">there</a>.') == "<p>To there.</p>"


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_base_gives_a_body_that_is_clean(base: str, href: str) -> None:
    made = body(f'<head><base href="{base.replace(chr(34), "")}"></head><p><a href="{href.replace(chr(34), "")}">x</a>')
    assert sanitise(made) == made
    rebase("a/b", base)


EMPTY = "data:image/gif;base64,R0lGODlhAQABAAAAACw="


@pytest.mark.parametrize(
    "tag",
    [
        f'<img src="{EMPTY}" data-src="b/see.jpg">',
        '<img data-src="b/see.jpg">',
        '<img src="" data-original="b/see.jpg">',
        '<img src="leer.gif" data-lazy-src="b/see.jpg">',
        '<img src="leer.gif" data-lazy="b/see.jpg">',
        f'<img src="{EMPTY}" data-srcset="b/see.jpg 1x, b/gross.jpg 2x">',
        '<img srcset="b/see.jpg 480w,\n b/gross.jpg 960w">',
        '<img src="about:blank" srcset="b/see.jpg">',
        '<img src="b/see.jpg" srcset="b/gross.jpg 2x">',
        '<img src="b/see.jpg" data-src="https://cdn.example.org/see.jpg">',
        f'<img src="{EMPTY}" data-src="{EMPTY}" srcset="b/see.jpg 1x">',
        '<picture><source srcset="b/see.jpg 1x"><img></picture>',
        f'<picture><source data-srcset="b/see.jpg"><img src="{EMPTY}"></picture>',
        '<picture><source srcset="b/see.webp"><img src="b/see.jpg"></picture>',
        '<noscript><img src="b/see.jpg"></noscript>',
        f'<img src="{EMPTY}"><noscript><img src="b/see.jpg"></noscript>',
        f'<img class="lazy" src="{EMPTY}"> <noscript><img src="b/see.jpg"></noscript>',
        '<noscript><img src="b/see.jpg"></noscript><img data-src="b/see.jpg">',
        '<span><img data-src="b/see.jpg"></span><noscript><img src="b/see.jpg"></noscript>',
        '<noscript><img src="b/see.jpg"></noscript><span class="lazy-image-placeholder" data-src="b/see.jpg"></span>',
        '<noscript><picture><source srcset="b/see.webp"><img src="b/see.jpg"></picture></noscript>',
    ],
)
def test_a_picture_that_comes_late_is_shown_once(tag: str) -> None:
    made = body(f"<html><body><main><p>Der See: {tag}</p></main>")
    assert made == '<p>Der See: <img src="./reise/b/see.jpg"></p>'


def test_what_noscript_says_in_words_is_not_for_readers() -> None:
    assert body("<p>Words.</p><noscript><p>Switch scripts on. <img src=a.png></p></noscript>") == "<p>Words.</p>"


def test_two_pictures_beside_each_other_stay_two() -> None:
    made = body('<p><img src="a.png"><noscript><img src="b.png"></noscript></p>')
    assert made == '<p><img src="./reise/a.png"><img src="./reise/b.png"></p>'


def test_no_address_is_one_that_holds_its_data() -> None:
    assert addresses({"src": EMPTY.upper(), "data-src": " ", "srcset": f"{EMPTY} 1x, a.png 2x"}) == ("a.png",)


XHTML = (
    '<html xmlns="http://www.w3.org/1999/xhtml"><head><title/><script src="x.js"/><style/></head><body>{}</body></html>'
)


@pytest.mark.parametrize("start", ["", '<?xml version="1.0" encoding="utf-8"?>\n', "\ufeff<?xml version='1.0'?>"])
@pytest.mark.parametrize(
    ("inside", "made"),
    [
        ("<p>Ebbe und Flut.</p>", "<p>Ebbe und Flut.</p>"),
        ('<p><a id="n1"/>Ebbe <i/>und Flut.</p>', "<p>Ebbe und Flut.</p>"),
        ("<div/><p>Ebbe<br/>und Flut.</p>", "<p>Ebbe<br>und Flut.</p>"),
        ("<p><![CDATA[Ebbe < Flut]]></p>", "<p>Ebbe &lt; Flut</p>"),
        ("<script><![CDATA[ if (a < b) ]]></script><p>Ebbe</p>", "<p>Ebbe</p>"),
        ('<iframe src="x"/><textarea/><p>Ebbe</p>', "<p>Ebbe</p>"),
        ('<table><tr><td/><td title="a/>b">Ebbe</td></tr></table>', None),
    ],
)
def test_xhtml_is_read_as_the_xml_that_it_is(start: str, inside: str, made: str | None) -> None:
    found = body(start + XHTML.replace("{}", inside))
    assert found == made if made is not None else "Ebbe" in found


def test_a_page_is_xhtml_by_its_name_its_declaration_or_its_namespace() -> None:
    assert is_xhtml("<html><title/>", "a/b.xhtml")
    assert is_xhtml('<?xml version="1.0"?><html>', "a/b.html")
    assert is_xhtml(XHTML, "a/b.html")
    assert not is_xhtml("<!doctype html><html><body><script/>", "a/b.html")


def test_a_prefix_of_the_namespace_is_taken_off() -> None:
    inside = "<h:head><h:title/></h:head><h:body><h:p>Flut</h:p></h:body>"
    page = f'<h:html xmlns:h="http://www.w3.org/1999/xhtml">{inside}</h:html>'
    assert body(page) == "<p>Flut</p>"


@given(st.text(alphabet='<>/!?[]-CDATA "=ab\n', max_size=80))
def test_any_text_can_be_turned_into_html(text: str) -> None:
    as_html(text)
    made = body(XHTML.replace("{}", text))
    assert sanitise(made) == made
