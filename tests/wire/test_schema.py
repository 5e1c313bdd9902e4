"""Schemas say what the types of documents say, and the published ones are current."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated

import pytest
from jsonschema import Draft202012Validator
from msgspec import Meta
from tools import schemas as tool

from galactica.mcp import schemas as mcp_schemas
from galactica.mcp.tools import TOOLS
from galactica.web import openapi
from galactica.wire.objects import JsonObject, plain
from galactica.wire.published import published
from galactica.wire.schema import components, schema_name, schema_of


class LeafDocument(JsonObject, frozen=True, kw_only=True):
    """A leaf."""

    title: Annotated[str, Meta(description="What it is called.")]


class TreeDocument(JsonObject, frozen=True, kw_only=True):
    """A tree."""

    height: Annotated[int, Meta(ge=0)]
    leaves: list[LeafDocument]
    first: Annotated[LeafDocument | None, Meta(description="The lowest.")]


def objects(schema: object) -> Iterator[dict[str, object]]:
    """Every schema of an object in a schema."""
    if isinstance(schema, dict):
        if "properties" in schema and isinstance(schema["properties"], dict) and schema.get("type") == "object":
            yield schema
        for each in schema.values():
            yield from objects(each)
    elif isinstance(schema, list):
        for each in schema:
            yield from objects(each)


def test_a_document_is_called_by_its_name_without_the_word_document():
    assert schema_name("HitDocument") == "Hit"
    assert schema_name("ListedArticle") == "ListedArticle"
    assert schema_name("Document") == "Document"


def test_a_schema_stands_by_itself_and_a_field_called_title_is_kept():
    schema = schema_of(TreeDocument, title="What a wood has")
    assert schema["title"] == "What a wood has"
    assert schema["$defs"] == components([LeafDocument], "#/$defs/")
    assert schema["$defs"]["Leaf"]["properties"] == {"title": {"type": "string", "description": "What it is called."}}
    validator = Draft202012Validator(schema)
    leaf = LeafDocument(title="oak")
    assert validator.is_valid(plain(TreeDocument(height=3, leaves=[leaf], first=None)))
    assert not validator.is_valid({"height": 3, "leaves": []})
    assert not validator.is_valid({"height": -3, "leaves": [], "first": None})
    assert not validator.is_valid({"height": 3, "leaves": [], "first": None, "age": 1})


def test_alternatives_stand_in_one_order_whatever_order_they_are_found_in():
    class OneDocument(JsonObject, frozen=True, kw_only=True):
        """One way round."""

        leaf: None | LeafDocument  # noqa: RUF036
        value: str | int | None

    class OtherDocument(JsonObject, frozen=True, kw_only=True):
        """The other way round."""

        leaf: LeafDocument | None
        value: None | int | str  # noqa: RUF036

    one, other = schema_of(OneDocument)["properties"], schema_of(OtherDocument)["properties"]
    assert one == other
    assert one["leaf"]["anyOf"] == [{"$ref": "#/$defs/Leaf"}, {"type": "null"}]
    assert one["value"]["anyOf"] == [{"type": "integer"}, {"type": "string"}, {"type": "null"}]


@pytest.mark.parametrize("name", sorted(tool.texts()))
def test_the_published_schemas_are_what_the_types_say(name):
    assert (tool.FOLDER / name).read_text(encoding="utf-8") == tool.texts()[name], "run make docs"


def test_a_stale_file_is_found(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(tool, "FOLDER", tmp_path)
    monkeypatch.setattr("sys.argv", ["schemas.py"])
    assert tool.main() == 0
    assert tool.stale() == []
    (tmp_path / "ask.json").write_text("{}\n")
    monkeypatch.setattr("sys.argv", ["schemas.py", "--check"])
    assert tool.main() == 1
    assert "ask.json" in capsys.readouterr().out


def test_what_is_published_lies_in_the_folder_and_what_stands_by_hand_is_named():
    there = {path.stem for path in tool.FOLDER.glob("*.json")}
    assert there - published().keys() == {"evaluation"}


@pytest.mark.parametrize(
    "schema",
    [*published().values(), *openapi.SCHEMAS.values(), *(tool.gives for tool in TOOLS.values())],
)
def test_every_object_is_closed_described_and_every_key_of_it_wanted(schema):
    Draft202012Validator.check_schema(schema)
    for each in objects(schema):
        assert each["additionalProperties"] is False
        assert each["description"]
        optional = set(each["properties"]) - set(each["required"])
        asked = {"language", "sources", "group", "fast"}
        assert optional <= {*asked, "articles", "problems", "editions", "proof", "text"}


def test_a_result_has_one_schema_on_the_command_line_over_http_and_in_mcp():
    written = json.loads((tool.FOLDER / "search.json").read_text(encoding="utf-8"))["$defs"]["Hit"]
    served = json.loads(json.dumps(openapi.SCHEMAS["Hit"]).replace("#/components/schemas/", "#/$defs/"))
    assert written == served == mcp_schemas.SEARCH_GIVES["$defs"]["Hit"]


def test_an_edition_and_an_answer_have_one_schema_too():
    for name, definition in (("info", "Edition"), ("ask", "Citation"), ("read", "Standing"), ("suggest", "Suggestion")):
        written = json.loads((tool.FOLDER / f"{name}.json").read_text(encoding="utf-8"))["$defs"][definition]
        served = json.loads(json.dumps(openapi.SCHEMAS[definition]).replace("#/components/schemas/", "#/$defs/"))
        assert written == served
