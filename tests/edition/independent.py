"""A second, independent encoder of editions: written from docs/formats/edition.md alone, sharing no code.

The golden vectors of the tests come from here, never from the code under test.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

Value = str | bytes | int | Sequence["Value"]


def cbor(value: object) -> bytes:
    """RFC 8949, deterministic, for the few types that records use."""
    if isinstance(value, int):
        return head(0, value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        raw = value.encode()
        return head(3, len(raw)) + raw
    if isinstance(value, dict):
        parts = sorted((cbor(k), cbor(v)) for k, v in value.items())
        return head(5, len(parts)) + b"".join(k + v for k, v in parts)
    assert isinstance(value, list | tuple)
    return head(4, len(value)) + b"".join(map(cbor, value))


def head(major: int, number: int) -> bytes:
    if number < 24:
        return bytes([major << 5 | number])
    for code, size in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if number < 1 << 8 * size:
            return bytes([major << 5 | code]) + number.to_bytes(size, "big")
    raise ValueError(number)


def record(fields: dict[str, object]) -> bytes:
    return cbor({k: v for k, v in fields.items() if v not in ("", b"", [], (), 0)})


def leaf(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


def tree(leaves: list[bytes]) -> bytes:
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while 2 * k < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + tree(leaves[:k]) + tree(leaves[k:])).digest()


def identity(source: str, path: str) -> bytes:
    return hashlib.sha256(source.encode() + b"\x00" + path.encode()).digest()[:16]


def root(
    *,
    version: int,
    edition: dict[str, object],
    articles: list[dict[str, object]],
    sources: list[dict[str, object]],
    media: list[dict[str, object]],
    files: list[dict[str, object]],
    works: list[dict[str, object]] = [],  # noqa: B006  # never changed
    statements: list[dict[str, object]] = [],  # noqa: B006
) -> str:
    """The root of an edition from its fields, every list in any order."""
    ordered = {
        "articles": sorted(articles, key=lambda r: r["id"]),
        "edition": [edition],
        "files": sorted(files, key=lambda r: (r["source"], r["path"])),
        "media": sorted(media, key=lambda r: r["hash"]),
        "sources": sorted(sources, key=lambda r: r["key"]),
    }
    if version >= 2:
        ordered["works"] = sorted(works, key=lambda r: (r["source"], r["path"]))
        ordered["statements"] = sorted(statements, key=lambda r: (r["source"], r["path"]))
    heads = [[name, len(rows), tree([leaf(record(r)) for r in rows])] for name, rows in sorted(ordered.items())]
    return leaf(cbor(["galactica", version, heads])).hex()
