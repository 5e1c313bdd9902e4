"""The API answers as its own description says, and the description is sound OpenAPI."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from jsonschema import Draft202012Validator

from galactica.library import MeaningInfo
from galactica.model.said import said
from galactica.web import create_app, openapi
from tests.web.shelf import ARTICLES
from tests.web.visitor import Visitor


def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": openapi.DOCUMENT["components"]})


def test_description_is_served_and_its_schemas_are_schemas(room):
    document = room.get("/api/v1/openapi.json").json()
    assert document == json.loads(json.dumps(openapi.DOCUMENT))
    assert document["openapi"].startswith("3.1")
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_every_reference_and_path_leads_somewhere(room):
    text = json.dumps(openapi.DOCUMENT)
    for name in set(text.split('"#/components/schemas/')[1:]):
        assert name.split('"')[0] in openapi.SCHEMAS
    for path in openapi.DOCUMENT["paths"]:
        assert room.get(f"/api/v1{path}").status_code in (200, 400)


@pytest.mark.parametrize(
    ("place", "schema"),
    [
        ("search?q=ice", "Results"),
        ("search?q=ice&limit=1&offset=1&lang=en&source=testwiki", "Results"),
        ("search?q=zebra", "Results"),
        ("suggest?q=c", "Suggestions"),
        ("article?title=Comet", "Article"),
        ("article?title=Shooting+ice&format=text", "Article"),
        ("article?edition={edition}&source=testwiki&path=A/Kuiper%20belt", "Article"),
        ("article?id={id}", "Article"),
        ("edition", "Editions"),
        ("edition?name={edition}", "Editions"),
    ],
)
def test_answers_fit_their_schema(room, library, place, schema):
    filled = place.format(edition=library.editions[0].root[:12], id=ARTICLES[0].id.hex())
    answer = room.get(f"/api/v1/{filled}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    validator(schema).validate(answer.json())


@pytest.mark.parametrize(
    "place", ["search", "article?title=Nothing", "article?id=zz", "edition?name=ffffffff", "nothing"]
)
def test_problems_fit_their_schema(room, place):
    answer = room.get(f"/api/v1/{place}")
    assert answer.status_code in (400, 404)
    validator("Problem").validate(answer.json())


def test_results_say_where_their_pages_are(room):
    hit = room.get("/api/v1/search?q=Comet").json()["hits"][0]
    assert room.get(hit["page"]).status_code == 200
    start, end = hit["marks"][0]
    assert hit["snippet"][start:end] == "comet"


def test_an_edition_tells_how_far_its_index_of_meaning_is_now(room, library):
    assert room.get("/api/v1/edition").json()["editions"][0]["meaning"] is None
    half = MeaningInfo(encoder="static", digest="ab" * 32, dimensions=448, done=5, total=10, complete=False)
    library.meanings[library.editions[0].root] = half
    answer = room.get("/api/v1/edition").json()
    validator("Editions").validate(answer)
    assert answer["editions"][0]["meaning"] == {
        "encoder": "static",
        "digest": "ab" * 32,
        "dimensions": 448,
        "done": 5,
        "total": 10,
        "complete": False,
    }


def test_strangers_are_told_the_name_of_an_editions_folder_and_not_where_it_lies(room, library):
    assert room.get("/api/v1/edition").json()["editions"][0]["path"] == "/srv/books/one.edition"
    for strangers in ({"public": True}, {"cors": ("https://other.example",)}):
        answer = Visitor(create_app(library, **strangers)).get("/api/v1/edition")
        assert answer.json()["editions"][0]["path"] == "one.edition"
        assert "/srv" not in answer.text


def test_a_sentence_that_the_room_can_translate_is_a_text_in_json(room, library, monkeypatch):
    found = library.search("ice")
    note = said("left-out-here", "Results of “{name}” are missing.", name="a <wiki>")
    monkeypatch.setattr(library, "search", lambda *words, **more: replace(found, notes=(note,)))
    answer = room.get("/api/v1/search?q=ice").json()
    validator("Results").validate(answer)
    assert answer["notes"] == ["Results of “a <wiki>” are missing."]


def test_bodies_are_sanitised_or_plain(room):
    html = room.get("/api/v1/article?title=Comet").json()["body"]
    assert "<b>comet</b>" in html
    text = room.get("/api/v1/article?title=Comet&format=text").json()["body"]
    assert text.startswith("A comet is ice")


def test_an_article_that_has_not_changed_is_not_sent_again(room):
    first = room.get("/api/v1/article?title=Comet")
    again = room.get("/api/v1/article?title=Comet", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304


def test_an_article_comes_as_markdown_too(room):
    body = room.get("/api/v1/article", params={"title": "Comet", "format": "md"}).json()
    assert body["format"] == "md"
    assert body["body"].startswith("A **comet** is ice; see [the belt](./A/Kuiper%20belt)")
    assert "## Tail" in body["body"]
    assert "<script" not in room.get("/api/v1/article?title=%3Cscript%3Ealert(1)%3C/script%3E&format=md").json()["body"]
