"""What every document is made of: a JSON object with a type, and the ways it becomes JSON.

A document is a `JsonObject`: its keys, what they hold and what they mean stand there once, and the published schemas
are made of them (`schema`). Bytes are hex digits in JSON, and whatever the vocabulary has as a tuple is a list.
"""

from __future__ import annotations

import json
from typing import TypeVar

import msgspec

from galactica.model.json import Json


class JsonObject(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An object that has all the keys of its type and no other; a key whose value is `msgspec.UNSET` is left out."""


T = TypeVar("T", bound=JsonObject)
_AS_THEY_ARE = frozenset({str, int, bool, float})


def copied(kind: type[T], value: object, **more: object) -> T:
    """A document whose keys are called like the attributes of a value.

    Args:
        more: by key, what the value does not have, or what is written in another way.
    """
    for name in kind.__struct_fields__:
        if name not in more:
            given = getattr(value, name)
            more[name] = given if given.__class__ in _AS_THEY_ARE else _written(given)
    return kind(**more)


def plain(document: JsonObject) -> dict[str, Json]:
    """A document as dictionaries and lists."""
    built: dict[str, Json] = msgspec.to_builtins(document, enc_hook=_text)
    return built


def encoded(document: object) -> bytes:
    """A document in UTF-8 on one line; what is no text (half of a surrogate pair) becomes a question mark."""
    try:
        return msgspec.json.encode(document, enc_hook=_text)
    except UnicodeEncodeError:
        built = msgspec.to_builtins(document, enc_hook=_text)
        return json.dumps(built, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _written(value: object) -> object:
    if isinstance(value, bytes):
        return value.hex()
    return [_written(each) for each in value] if isinstance(value, tuple) else value


def _text(value: object) -> str:
    """A sentence that knows what it says (`model.said`) is written as its text."""
    if isinstance(value, str):
        return str(value)
    raise TypeError(f"{type(value).__name__} is nothing that JSON has")
