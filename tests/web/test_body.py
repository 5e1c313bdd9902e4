"""An article's body is made ready without changing what it says."""

from __future__ import annotations

import pytest

from galactica.web.body import Places, dress, title_of

PLACES = Places(
    articles="/a/E/s/",
    media="/m/E/s/",
    known=lambda path: path in ("A/Here", "A/B&C", "Ünï"),
    file=lambda path: path in ("I/film.webm", "books/one (2nd).pdf", "odd.qqq"),
)


@pytest.mark.parametrize(
    ("body", "served"),
    [
        ('<a href="./A/Here">x</a>', '<a href="/a/E/s/A/Here">x</a>'),
        ('<a href="./A/Here#part">x</a>', '<a href="/a/E/s/A/Here#part">x</a>'),
        ('<a href="./A/B%26C" title="t">x</a>', '<a href="/a/E/s/A/B%26C" title="t">x</a>'),
        ('<a href="./A/B&amp;C">x</a>', '<a href="/a/E/s/A/B&amp;C">x</a>'),
        ('<a href="./%C3%9Cn%C3%AF">x</a>', '<a href="/a/E/s/%C3%9Cn%C3%AF">x</a>'),
        ('<a href="./A/Gone_far">x</a>', '<a class="gx-missing" href="/search?q=Gone%20far">x</a>'),
        ('<a href="./A/Gone#part">x</a>', '<a class="gx-missing" href="/search?q=Gone">x</a>'),
        ('<a href="./%ff">x</a>', '<a class="gx-missing" href="/search?q=">x</a>'),
        ('<a href="./I/film.webm">x</a>', '<a href="/m/E/s/I/film.webm">x</a>'),
        ('<a href="./books/one%20(2nd).pdf#page=3">x</a>', '<a href="/m/E/s/books/one%20(2nd).pdf#page=3">x</a>'),
        ('<a href="./odd.qqq">x</a>', '<a href="/m/E/s/odd.qqq">x</a>'),
        ('<a href="./books/two.pdf">x</a>', '<a class="gx-missing" href="/search?q=books/two.pdf">x</a>'),
        ('<a href="https://example.org/">x</a>', '<a href="https://example.org/">x</a>'),
        ('<a href="#note">x</a>', '<a href="#note">x</a>'),
        ('<img alt="./x" src="./I/a.png">', '<img alt="./x" src="/m/E/s/I/a.png" loading="lazy" decoding="async">'),
        ('<video src="./v.mp4" poster="./p.png"></video>', '<video src="/m/E/s/v.mp4" poster="/m/E/s/p.png"></video>'),
        ('<p>write a href="./A/Here" so</p>', '<p>write a href="./A/Here" so</p>'),
        ("<p>&lt;a href=\"./A/Here\"&gt;</p>", "<p>&lt;a href=\"./A/Here\"&gt;</p>"),
        ("<table><tr><td>1</td></tr></table>", '<div class="gx-scroll"><table><tr><td>1</td></tr></table></div>'),
        ('<p id="gx-main">gx-main</p>', '<p id="gx_main">gx-main</p>'),
    ],
)  # fmt: skip
def test_links_pictures_and_tables(body, served):
    assert dress(body, PLACES)[0] == served


def test_headings_get_ids_that_nothing_else_has():
    body = '<p id="A_b">x</p><h2>A b</h2><h2>A b</h2><h2> </h2><h4>e</h4>'
    body += '<h3 id="mine" lang="en">C &amp; <i>d</i><sup><a href="#1">[1]</a></sup></h3>'
    served, headings = dress(body, PLACES)
    assert [(h.level, h.id, h.text) for h in headings] == [
        (2, "A_b_2", "A b"),
        (2, "A_b_3", "A b"),
        (3, "mine", "C & d"),
    ]
    assert '<h2 id="A_b_2">A b</h2>' in served
    assert '<h2 id="A_b_3">A b</h2>' in served


def test_heading_ids_cannot_break_out_of_their_attribute():
    served, headings = dress('<h2>a" onclick="x" &lt;script&gt; \'b\'</h2>', PLACES)
    assert served.startswith('<h2 id="a_onclick=_x_script_b_">')
    assert headings[0].text == 'a" onclick="x" <script> \'b\''


def test_a_body_of_headings_only_is_bounded():
    served, headings = dress("<h2>a</h2>" * 5000, PLACES)
    assert len(headings) == 200
    assert served.count("</h2>") == 5000


def test_each_link_is_looked_up_once():
    asked = []
    places = Places(articles="/a/", media="/m/", known=lambda path: asked.append(path) or True)
    dress('<a href="./x">1</a><a href="./x#y">2</a><a href="./z">3</a>', places)
    assert asked == ["x", "z"]


def test_paths_become_what_a_person_would_type():
    assert title_of("A/Ray_Charles") == "Ray Charles"
    assert title_of("Ray_Charles.html") == "Ray Charles"
    assert title_of("AC/DC") == "AC/DC"
