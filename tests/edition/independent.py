"""A second, independent encoder of editions: written from docs/formats/edition.md alone, sharing no code.

The golden vectors of the tests come from here, never from the code under test.
"""

from __future__ import annotations

import base64
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
        "articles": articles,
        "edition": [edition],
        "files": files,
        "media": media,
        "sources": sources,
        "works": works,
        "statements": statements,
    }
    return root_of(version, {name: in_order(name, rows) for name, rows in ordered.items()})


ORDER = {"articles": ("id",), "edition": (), "media": ("hash",), "sources": ("key",)}
VERSION_1 = ("articles", "edition", "files", "media", "sources")


def in_order(table: str, rows: list[dict[str, object]]) -> list[bytes]:
    """The records of a table in their order, from their fields in any order."""
    names = ORDER.get(table, ("source", "path"))
    return [record(row) for row in sorted(rows, key=lambda row: [row[name] for name in names])]


def heads_of(version: int, records: dict[str, list[bytes]]) -> list[list[object]]:
    names = sorted(name for name in records if version >= 2 or name in VERSION_1)
    return [[name, len(records[name]), tree([leaf(each) for each in records[name]])] for name in names]


def root_of(version: int, records: dict[str, list[bytes]]) -> str:
    return leaf(cbor(["galactica", version, heads_of(version, records)])).hex()


def path(index: int, leaves: list[bytes]) -> list[bytes]:
    """PATH of RFC 9162 §2.1.3.1."""
    if len(leaves) == 1:
        return []
    k = 1
    while 2 * k < len(leaves):
        k *= 2
    if index < k:
        return [*path(index, leaves[:k]), tree(leaves[k:])]
    return [*path(index - k, leaves[k:]), tree(leaves[:k])]


def proof(version: int, records: dict[str, list[bytes]], members: list[tuple[str, int]]) -> str:
    """The text of a proof of these (table, place), written from docs/formats/proof.md alone."""
    lines = ["{", f' "format": {version},', ' "proof": 1,', ' "records": [']
    for number, (table, index) in enumerate(members):
        steps = path(index, [leaf(each) for each in records[table]])
        lines += ["  {", f'   "index": {index},']
        lines += ['   "path": [', ",\n".join(f'    "{step.hex()}"' for step in steps), "   ],"] if steps else []
        lines += [] if steps else ['   "path": [],']
        lines += [f'   "record": "{base64.b64encode(records[table][index]).decode()}",', f'   "table": "{table}"']
        lines += ["  }," if number + 1 < len(members) else "  }"]
    lines += [" ],", f' "root": "{root_of(version, records)}",', ' "tables": {']
    heads = heads_of(version, records)
    for number, (name, count, head) in enumerate(heads):
        assert isinstance(head, bytes)
        lines += [f'  "{name}": {{', f'   "count": {count},', f'   "head": "{head.hex()}"']
        lines += ["  }," if number + 1 < len(heads) else "  }"]
    return "\n".join([*lines, " }", "}", ""])
