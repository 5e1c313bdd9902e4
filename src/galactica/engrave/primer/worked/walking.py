"""A record taken apart, byte by byte: which bytes are what. Source: RFC 8949 (the few kinds that records use)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

_KINDS = ("whole number", "", "byte string", "text", "list", "map")
_SHOWN = 10
"""Bytes of a long value that are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordStep:
    """One item of a record: where it stands, its bytes (the head, and of the value the beginning), what it is."""

    at: int
    raw: bytes
    meaning: str
    depth: int


def record_steps(raw: bytes) -> tuple[RecordStep, ...]:
    """Every item of one record.

    Raises:
        ValueError: it is not one item of the kinds that records use.
    """
    try:
        found = tuple(_item(raw, 0, 0))
    except IndexError:
        raise ValueError("the record ends too early") from None
    return found


def item_end(raw: bytes, at: int) -> int:
    """Where the item that begins at `at` ends."""
    kind, value, end = _head(raw, at)
    if kind in (2, 3):
        return end + value
    for _ in range(value * (kind - 3) if kind in (4, 5) else 0):
        end = item_end(raw, end)
    return end


def _head(raw: bytes, at: int) -> tuple[int, int, int]:
    kind, small = raw[at] >> 5, raw[at] & 31
    if small < 24:
        return kind, small, at + 1
    if small > 27 or kind > 5 or kind == 1:
        raise ValueError("a kind that no record has")
    width = 1 << small - 24
    return kind, int.from_bytes(raw[at + 1 : at + 1 + width], "big"), at + 1 + width


def _item(raw: bytes, at: int, depth: int) -> Iterator[RecordStep]:
    kind, value, end = _head(raw, at)
    if kind in (2, 3):
        content = raw[end : end + value]
        told = f"{_KINDS[kind]} of {value} bytes: "
        told += content.hex() if kind == 2 else _short(content)
        yield RecordStep(at=at, raw=raw[at : end + min(value, _SHOWN)], meaning=told, depth=depth)
        return
    if kind == 0:
        yield RecordStep(at=at, raw=raw[at:end], meaning=f"the whole number {value}", depth=depth)
        return
    told = f"a list of {value} items" if kind == 4 else f"a map of {value} pairs: key, value, key, value ..."
    yield RecordStep(at=at, raw=raw[at:end], meaning=told, depth=depth)
    for _ in range(value * (kind - 3)):
        yield from _item(raw, end, depth + 1)
        end = item_end(raw, end)


def _short(content: bytes) -> str:
    text = content.decode("utf-8", "replace").replace("\n", " ")
    plain = "".join(letter if " " <= letter <= "~" else "?" for letter in text)
    return f'"{plain[:40]}..."' if len(plain) > 40 else f'"{plain}"'
