"""JSON Schema 2020-12 of the documents, made from their types: what OpenAPI, MCP and the published files say."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from galactica.model.json import Json

Schema = dict[str, Json]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ENDING = "Document"


def components(types: Sequence[Any], place: str) -> Schema:
    """The schemas of documents and of all that stands in them, by name.

    Args:
        types: of documents.
        place: where they will stand, for the references between them: "#/components/schemas/".
    """
    _, found = msgspec.json.schema_components(types, ref_template="{name}")
    return {schema_name(name): _tidy(schema, place) for name, schema in found.items()}


def schema_of(kind: Any, *more: Any, title: str = "", **also: Json) -> Schema:  # noqa: ANN401 - types
    """The schema of one document by itself, with what stands in it under "$defs".

    Args:
        more: types that it refers to by their name alone.
        title: in place of the type's name.
        also: further keys of the schema.
    """
    found = components([kind, *more], "#/$defs/")
    own = found.pop(schema_name(kind.__name__))
    assert isinstance(own, Mapping)
    named: Schema = {"title": title} if title else {}
    return {**named, **own, **also, **({"$defs": found} if found else {})}


def schema_name(kind: str) -> str:
    """What a type is called in schemas: a `HitDocument` is a Hit."""
    return kind.removesuffix(_ENDING) or kind


def _tidy(schema: Any, place: str) -> Any:  # noqa: ANN401 - any piece of a schema
    """A piece of a schema with references that lead somewhere, without titles that repeat a name."""
    if isinstance(schema, list):
        return [_tidy(each, place) for each in schema]
    if not isinstance(schema, dict):
        return schema
    is_object = "properties" in schema
    found: dict[str, Any] = {}
    for key, value in schema.items():
        if key == "title" and is_object and isinstance(value, str):
            continue
        if key == "$ref" and isinstance(value, str):
            found[key] = value if value.startswith("#") else place + schema_name(value)
        elif key == "properties":
            found[key] = {name: _tidy(each, place) for name, each in value.items()}
        elif key == "anyOf":
            found[key] = sorted((_tidy(each, place) for each in value), key=_told_first)
        else:
            found[key] = _tidy(value, place)
    return found


def _told_first(schema: Any) -> tuple[bool, str]:  # noqa: ANN401 - any piece of a schema
    """One order of alternatives, null last: that of msgspec differs from version to version."""
    return schema == {"type": "null"}, json.dumps(schema, sort_keys=True)
