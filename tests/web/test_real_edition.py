"""The room over a real edition: built from a folder of pages, opened, searched and read through the library."""

from __future__ import annotations

import re

import pytest

from galactica import library
from galactica.web import create_app
from tests.web.visitor import Visitor

PAGES = {
    "Comet.html": """<html lang="en"><head><title>Comet</title></head><body><h1>Comet</h1>
<p>A comet is a small icy body that warms and begins to release gases when it passes close to the Sun. This produces a
coma of dust, and sometimes a tail. Comets from the <a href="Kuiper.html">Kuiper belt</a> return often; those from the
<a href="Oort.html">Oort cloud</a> hardly ever.</p><h2>Nucleus</h2><p>The nucleus is rock, dust and frozen gas.</p>
<h2>Coma</h2><p>The coma may be larger than the Sun.</p><h2>Tail</h2><p>The tail points away from the Sun.</p>
<table><caption>Visits</caption><tr><th>Year</th><td>1910</td></tr></table>
<script>alert(1)</script><p onclick="alert(2)" style="position:fixed">styled <a href="javascript:alert(3)">link</a></p>
</body></html>""",
    "Kuiper.html": """<html lang="en"><head><title>Kuiper belt</title></head><body><h1>Kuiper belt</h1>
<p>The Kuiper belt is a ring of icy bodies beyond Neptune, from thirty to fifty times as far from the Sun as the Earth
is. Pluto is the largest of them that is known.</p></body></html>""",
    "彗星.html": """<html lang="zh-Hans"><head><title>彗星</title></head><body><h1>彗星</h1>
<p>彗星是由冰、尘埃和岩石构成的小天体，接近太阳时会形成彗发和彗尾。</p></body></html>""",
}  # fmt: skip


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    folder = tmp_path_factory.mktemp("room")
    source = folder / "pages"
    source.mkdir()
    for name, text in PAGES.items():
        (source / name).write_text(text, encoding="utf-8")
    edition = folder / "pages.edition"
    library.build(edition, [source], title="Ice in space", licence="CC0-1.0", workers=0)
    with library.open_library([edition]) as one:
        yield one


@pytest.fixture
def room(opened):
    return Visitor(create_app(opened))


def first_result(room, query):
    return re.search(r'<h2[^>]*><a href="(/a/[^"]+)"', room.get("/search", params={"q": query}).text)[1]


def test_home_shows_the_edition(room):
    page = room.get("/").text
    assert "Ice in space" in page
    assert "3 articles" in page


def test_search_leads_to_the_article_with_its_links_and_licence(room):
    page = room.get(first_result(room, "icy body with a tail")).text
    assert re.search(r'<a href="/a/[0-9a-f]{12}/[^"]*Kuiper\.html">Kuiper belt</a>', page)
    assert re.search(r'class="gx-missing" href="/search\?q=Oort">', page)
    assert "CC0 1.0" in page
    assert '<div class="gx-scroll"><table>' in page
    assert page.count('class="gx-h2"') == 3
    for active in ("<script>alert", "onclick", "javascript:", "position:fixed"):
        assert active not in page


def test_chinese_is_found_and_read(room):
    page = room.get(first_result(room, "彗发")).text
    assert "接近太阳时" in page
    assert 'lang="zh-Hans"' in page


def test_a_word_with_a_typing_mistake_is_suggested(room):
    titles = [item["title"] for item in room.get("/api/v1/suggest?q=kuip").json()["suggestions"]]
    assert titles == ["Kuiper belt"]


def test_lists_and_about_are_filled(room, opened):
    short = opened.editions[0].root[:12]
    assert "Kuiper belt" in room.get(f"/titles/{short}").text
    assert "Comet" not in room.get(f"/titles/{short}?start=k").text.partition("<main")[2]
    assert room.get(f"/categories/{short}").status_code == 200
    assert opened.editions[0].root in room.get(f"/about/{short}").text


def test_every_article_can_be_opened_through_the_api(room, opened):
    for row in range(len(opened.editions[0])):
        head = opened.editions[0].head(row)
        answer = room.get("/api/v1/article", params={"id": head.id.hex()}).json()
        assert answer["title"] == head.title
        assert room.get(answer["page"]).status_code == 200


def test_random_leads_somewhere(room):
    assert room.get(room.get("/random").headers["location"]).status_code == 200


def test_sanitising_leaves_no_bare_angle_in_an_attribute(opened):
    """`galactica.web.body` relies on it: `<` and `>` stand for tags alone."""
    served = opened.sanitise(
        '<p lang="&lt;h2&gt;x"><a href="./a&gt;b" title="<h2>&quot;">x</a><img alt="<a>" src="./i"></p>'
    )
    for value in re.findall(r'"([^"]*)"', served):
        assert "<" not in value
        assert ">" not in value
