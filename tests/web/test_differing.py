"""Where sources differ, in the reading room."""

from __future__ import annotations

import pytest
from jsonschema import Draft202012Validator

from galactica import library
from galactica.web import create_app, openapi
from tests.joining.disagreements.shelf import made_edition
from tests.web.visitor import Visitor

CHINESE = {"headers": {"accept-language": "zh-CN"}}


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    with library.open_library([made_edition(tmp_path_factory.mktemp("norrby"))]) as opened:
        yield Visitor(create_app(opened))


def page_of(room) -> str:
    return room.get("/api/v1/article", params={"title": "Norrby"}).json()["page"]


def differences_of(room) -> str:
    return page_of(room).replace("/a/", "/differences/")


def test_an_article_says_that_sources_differ_and_leads_there(room):
    text = room.get(page_of(room)).text
    assert f'<a href="{differences_of(room)}">Sources differ here: 2 values</a>' in text


def test_both_quotations_are_shown_each_with_a_way_to_its_place(room):
    text = room.get(differences_of(room)).text
    assert "The town of Norrby covers <mark>12.5</mark> km2." in text
    assert "<mark>14</mark> km2" in text
    assert "?span=" in text
    assert "reported" in text
    assert text.index("4,100") < text.index("4,350")


def test_the_switch_of_trust_marks_a_side_and_says_what_it_changes(room):
    assert "believed" not in room.get(differences_of(room)).text.replace("Believe first", "")
    text = room.get(differences_of(room) + "?trust=gazette").text
    assert '14 km² <small class="gx-tag">believed</small>' in text
    assert "This decides 1 of 2 that are open, 1 of them against most sources." in text


def test_it_is_said_in_the_language_of_the_room(room):
    text = room.get(differences_of(room), **CHINESE).text
    assert "来源的分歧" in text
    assert "面积" in text


def test_the_document_fits_its_schema(room):
    document = room.get("/api/v1/disagreements", params={"title": "Norrby"}).json()
    schema = {"$ref": "#/components/schemas/Disagreements", "components": openapi.DOCUMENT["components"]}
    Draft202012Validator(schema).validate(document)
    assert document["counts"] == {"differ": 2, "time": 1}


def test_what_is_not_there_is_no_fault(room):
    assert room.get("/differences/nope/x/y").status_code == 404
    assert room.get(differences_of(room) + "x").status_code == 404
    assert room.get(differences_of(room) + "?trust=" + "x" * 5000).status_code == 400
    assert room.get(differences_of(room) + "?trust=%3Cscript%3E").status_code == 200


def test_an_edition_that_was_not_joined_is_not_called_damaged(tmp_path):
    (tmp_path / "a.txt").write_text("Norrby\n\nNorrby is a town.\n")
    library.build(tmp_path / "a.edition", [tmp_path / "a.txt"], workers=1, meaning=False)
    with library.open_library([tmp_path / "a.edition"]) as opened:
        room = Visitor(create_app(opened))
        article = room.get("/api/v1/article", params={"title": "Norrby"}).json()
        shown = room.get(article["page"].replace("/a/", "/differences/", 1))
        assert shown.status_code == 404
        assert "galactica join" in shown.text
        assert "A step is missing" in shown.text
        told = room.get("/api/v1/disagreements", params={"title": "Norrby"})
        assert (told.status_code, "galactica join" in told.json()["remedy"]) == (404, True)
        assert "damaged" not in room.get("/").text
