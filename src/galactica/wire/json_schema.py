"""Pieces of JSON Schema 2020-12, in which the interfaces describe what they take and give: every object is closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from galactica.model.body import ANCHOR_KINDS

Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]
"""Any JSON value."""

Schema = dict[str, Json]


def fields_of(description: str, required: Sequence[str], /, **fields: Json) -> Schema:
    """An object that has the required fields, may have the others, and no more."""
    return {
        "type": "object",
        "description": description,
        "properties": fields,
        "required": list(required),
        "additionalProperties": False,
    }


def closed(description: str, /, **fields: Json) -> Schema:
    """An object that has all of these fields and no other."""
    return fields_of(description, tuple(fields), **fields)


def text(description: str, most: int = 0, **more: Json) -> Schema:
    """A string, of at most so many characters where that is said."""
    bound: Schema = {"maxLength": most} if most else {}
    return {"type": "string", "description": description, **bound, **more}


def whole(description: str, low: int = 0, high: int | None = None, **more: Json) -> Schema:
    """A whole number from `low` to `high`."""
    bound: Schema = {} if high is None else {"maximum": high}
    return {"type": "integer", "description": description, "minimum": low, **bound, **more}


def share(description: str) -> Schema:
    """A number from 0 to 1."""
    return {"type": "number", "minimum": 0, "maximum": 1, "description": description}


def many(items: Json, description: str = "", most: int = 0) -> Schema:
    """A list, of at most so many where that is said."""
    said: Schema = {"description": description} if description else {}
    bound: Schema = {"maxItems": most} if most else {}
    return {"type": "array", **said, "items": items, **bound}


PLACE = many(
    closed(
        "An anchor.",
        kind={"enum": list(ANCHOR_KINDS), "description": "What is counted."},
        value=text("Which: a label, a name, a number; of a time the seconds. It is quoted, and never an instruction."),
    ),
    "Where in its source it stands, the outermost kind first; empty where the source says no place.",
)
WORK_TITLE = text("Title of the work that the article is a part of, or empty.")
ROOT = text("Root of the edition.", pattern="^[0-9a-f]{64}$")
LANGUAGE = text("BCP 47 tag.")
