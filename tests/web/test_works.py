"""Books, reports and sites in the reading room: from part to part, and the list of parts."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

import pytest
from jsonschema import Draft202012Validator

from galactica import library
from galactica.model import Work
from galactica.web import create_app, openapi
from galactica.web.works import PartLine, part_lines
from tests.web.shelf import ARTICLES, FakeEdition, FakeLibrary, article, head_of
from tests.web.visitor import Visitor
from tests.worked import build_works

CHINESE = {"headers": {"accept-language": "zh-CN"}}


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    with library.open_library([build_works(tmp_path_factory.mktemp("room-works"))]) as one:
        yield one


@pytest.fixture
def room(opened):
    return Visitor(create_app(opened))


def page_of(room, title: str) -> dict[str, Any]:
    return room.get("/api/v1/article", params={"title": title}).json()


def fits(document: object, name: str) -> None:
    schema = {"$ref": f"#/components/schemas/{name}", "components": openapi.DOCUMENT["components"]}
    Draft202012Validator(schema).validate(document)


def test_a_part_leads_on_and_back_above_and_below_its_text(room):
    text = room.get(page_of(room, "First chapter")["page"]).text
    before, after = (page_of(room, title)["page"] for title in ("Foreword", "Second chapter"))
    assert re.findall(r'<a rel="(prev|next)" href="([^"]+)"', text) == [("prev", before), ("next", after)] * 2
    assert text.index("gx-over") < text.index("Peat is cut") < text.rindex("gx-turn")
    first = room.get(before).text
    assert 'rel="prev"' not in first
    assert first.count('rel="next"') == 2


def test_a_part_names_its_work_its_headings_and_who_made_it(room):
    document = page_of(room, "First chapter")
    text = room.get(document["page"]).text
    assert f'<a href="{document["work"]["page"]}"' in text
    for words in (
        "The Peat Cutters",
        '› <span dir="auto">Part One: The bog</span>',
        "part 2 of 3",
        "Orla Finn, J. Weir",
    ):
        assert words in text
    chinese = room.get(document["page"], **CHINESE).text
    for words in ("第 2 部分，共 3 部分", "上一部分", "合集", "出版日期"):
        assert words in chinese


def test_identifiers_are_links_where_that_is_certain(room):
    text = room.get(page_of(room, "Foreword")["page"]).text
    assert '<a href="https://openlibrary.org/isbn/9780306406157" rel="external noreferrer nofollow">' in text
    assert '<a href="https://www.wikidata.org/wiki/Q184395"' in text


def test_an_article_that_is_no_part_has_its_neighbours_below_alone(room):
    text = room.get(page_of(room, "Sphagnum")["page"]).text
    assert "gx-over" not in text
    assert "gx-in-work" not in text
    assert 'rel="prev"' in text


def test_a_result_leads_to_its_place_and_says_it(room):
    text = room.get("/search", params={"q": "Tarrant"}).text
    place = re.search(r'<h2[^>]*><a href="([^"]+)"', text)[1]
    assert place == page_of(room, "First chapter")["page"] + "#page:2"
    assert "page 2" in text
    assert "第2页" in room.get("/search", params={"q": "Tarrant"}, **CHINESE).text
    body = room.get(place.partition("#")[0]).text
    assert 'id="page:2"' in body


def test_an_anchor_with_white_space_is_reached(room):
    text = room.get("/search", params={"q": "lantern"}).text
    fragment = re.search(r'<h2[^>]*><a href="[^"#]+#([^"]+)"', text)[1]
    assert fragment == "sheet:Store%2520B"
    assert f'id="{unquote(fragment)}"' in room.get(page_of(room, "Stock list")["page"]).text
    assert "工作表“Store B”，第2行" in room.get("/search", params={"q": "lantern"}, **CHINESE).text


def test_the_page_of_a_work_lists_its_parts_under_their_headings(room):
    text = room.get(page_of(room, "Foreword")["work"]["page"]).text
    listed = re.findall(r'<li class="gx-d(\d)[^"]*"[^>]*>(?:<a [^>]*>)?([^<]+)<', text)
    assert listed == [
        ("0", "Foreword"),
        ("0", "Part One: The bog"),
        ("1", "First chapter"),
        ("0", "Part Two: The village"),
        ("1", "Winter"),
        ("2", "Second chapter"),
    ]
    assert "3 parts" in text
    assert room.get("/works/" + page_of(room, "Foreword")["edition"][:12] + "/bog/Nothing").status_code == 404


def test_the_list_of_works_is_reached_from_the_first_page(room):
    home = room.get("/").text
    place = re.search(r'href="(/works/[0-9a-f]{12})"', home)[1]
    text = room.get(place).text
    assert text.index("Stock") < text.index("The Peat Cutters")
    assert "作品" in room.get(place, **CHINESE).text
    assert place in room.get(place.replace("/works/", "/about/")).text


def test_the_api_lists_works_and_parts_and_fits_its_schemas(room):
    document = page_of(room, "Second chapter")
    fits(document, "Article")
    place = {"edition": document["edition"][:12], "source": "bog", "path": document["work"]["path"]}
    parts = room.get("/api/v1/work", params=place).json()
    fits(parts, "WorkParts")
    assert [part["title"] for part in parts["parts"]] == ["Foreword", "First chapter", "Second chapter"]
    assert parts["parts"][2]["id"] == document["id"]
    few = room.get("/api/v1/work", params={**place, "limit": "1", "offset": "1"}).json()
    assert ([part["number"] for part in few["parts"]], few["total"]) == ([2], 3)
    works = room.get("/api/v1/works", params={"edition": document["edition"]}).json()
    fits(works, "Works")
    assert ([work["title"] for work in works["works"]], works["total"]) == (["Stock", "The Peat Cutters"], 2)
    fits(room.get("/api/v1/search", params={"q": "sledge"}).json(), "Results")
    assert room.get("/api/v1/work", params={**place, "path": "Nothing"}).status_code == 404
    assert room.get("/api/v1/work", params={"edition": place["edition"]}).status_code == 400


def test_an_answer_says_the_work_and_the_page_of_its_quotation(room):
    assert room.get("/ask", params={"q": "Who was the foreman?"}).text.count(
        '<cite dir="auto">The Peat Cutters</cite>, <bdi>page 2</bdi>'
    )


def test_a_heading_that_an_earlier_part_is_itself_is_not_said_again():
    def entry(number: int, title: str, *headings: str):
        head = head_of(number, article(title, title, "", source="s"))
        return type("Entry", (), {"number": number, "head": head, "headings": headings})

    found = part_lines("0" * 64, [entry(1, "I"), entry(2, "a", "I"), entry(3, "b", "I", "x"), entry(4, "c", "II", "x")])
    assert [(line.depth, line.text, bool(line.address)) for line in found] == [
        (0, "I", True),
        (1, "a", True),
        (1, "x", False),
        (2, "b", True),
        (0, "II", False),
        (1, "x", False),
        (2, "c", True),
    ]
    assert isinstance(found[0], PartLine)


HOSTILE = Work(
    source="testwiki", path="a/<b>?#", title="<script>alert(1)</script>", kind="<i>zine</i>", language="en",
    creators=("<b>me</b>",), publisher="<u>", published="1843?", identifiers=("doi:10.5555/<script>", "x:javascript:1"),
    url="javascript:alert(1)", description="<img src=x>",
)  # fmt: skip


class Shelf(FakeLibrary):
    def page(self, edition: FakeEdition, row: int):
        return replace(super().page(edition, row), work=Standing)

    def works(self, edition: FakeEdition, *, limit: int, offset: int):
        return (HOSTILE,) * (limit if not offset else 1)

    def parts(self, edition: FakeEdition, work: Work, *, limit: int, offset: int):
        entry = type("Entry", (), {"number": 1, "head": edition.head(0), "headings": ("<b>x</b>",)})
        return [entry] * (limit if not offset else 1), limit + 1


class Standing:
    work = HOSTILE
    number = 1
    parts = 2
    previous = None
    next = head_of(1, article("A/x", "<i>", ""))


def test_nothing_that_a_source_says_of_a_work_becomes_markup(monkeypatch):
    monkeypatch.setattr(FakeEdition, "work", lambda self, source, path: HOSTILE if path == HOSTILE.path else None)
    shelf = Shelf(editions=(FakeEdition(ARTICLES),))
    root = shelf.editions[0].root[:12]
    room = Visitor(create_app(shelf))
    for place in (f"/a/{root}/testwiki/A/Comet", f"/works/{root}/testwiki/a/%3Cb%3E%3F%23", f"/works/{root}"):
        reply = room.get(place)
        assert reply.status_code == 200
        for sign in ("<script>alert", "<i>zine", "<b>me", "<img src=x", '="javascript', "<b>x</b>"):
            assert sign not in reply.text, (place, sign)
    long = room.get(f"/works/{root}/testwiki/a/%3Cb%3E%3F%23?page=2").text
    assert 'rel="prev" href="?page=1"' in long
    assert 'rel="next"' not in long
    assert 'rel="next" href="?page=2"' in room.get(f"/works/{root}").text
