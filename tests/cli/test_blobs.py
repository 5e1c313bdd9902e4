"""Bytes in a table are told by what they are and how many."""

from __future__ import annotations

import pytest

from galactica.cli.blobs import shown
from galactica.model.json import Json


@pytest.mark.parametrize(
    ("value", "kind", "right"),
    [
        ((b"\x89PNG\r\n\x1a\n" + bytes(12_292)).hex(), "BLOB", "image/png, 12.3 kB"),
        ((b"\xff\xd8\xff\xe0" + bytes(96)).hex(), "BLOB", "image/jpeg, 100 B"),
        ((b"RIFF    WEBPVP8 " + bytes(84)).hex(), "BLOB", "image/webp, 100 B"),
        (("<svg xmlns='http://www.w3.org/2000/svg'>" + " " * 60).encode().hex(), "BLOB", "image/svg+xml, 100 B"),
        (("ü" * 2000).encode().hex(), "BLOB", "text, 4 kB"),
        (bytes(range(32)).hex(), "BLOB", "bytes, 32 B"),
        (b"only letters stand here".hex(), "BLOB", "bytes, 23 B"),
        ("", "BLOB", "bytes, 0 B"),
        (None, "BLOB", None),
        ("abcd", "VARCHAR", "abcd"),
        (["00ff", None], "BLOB[]", ["bytes, 2 B", None]),
        ({"a": "00", "b": "words"}, "STRUCT(a BLOB, b VARCHAR)", {"a": "bytes, 1 B", "b": "words"}),
    ],
)
def test_bytes_are_described_and_everything_else_stays(value: Json, kind: str, right: Json) -> None:
    assert shown(value, kind) == right
