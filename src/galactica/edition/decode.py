"""From the bytes of a record back to its fields: only what `record` could have written is taken.

A reader of CBOR (RFC 8949) for the few kinds of values that records have, in the one form that each has (§4.2.1): what
is accepted has exactly one encoding, so that equal records are equal bytes. Everything else is refused: other kinds
(tags, floats, negative numbers), longer forms, lengths that are not definite, keys out of order or twice, fields that
are empty, and fields that the table does not have in that version. docs/formats/edition.md, section "Records".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from galactica.edition.record import Value
from galactica.model import Alias, Article, Qualifier, Source, SourceStatement, Work, article_id

MAX_DEPTH = 4
"""Arrays in arrays below the map: `references` has three, and one more says where it was too deep."""

MAX_VALUES = 1_000_000
"""Values in a record: an array of small numbers takes ten times its bytes in memory."""

_UNSIGNED, _BYTES, _TEXT, _ARRAY, _MAP = 0, 2, 3, 4, 5
_LONGER = {24: 1, 25: 2, 26: 4, 27: 8}
"""Additional information → bytes of the number that follows (§3)."""


class _Reader:
    def __init__(self, raw: bytes, at: int = 0) -> None:
        self.raw = raw
        self.at = at
        self.values = 0

    def head(self) -> tuple[int, int]:
        """(major type, argument) of the next item, in its shortest form."""
        self.values += 1
        if self.values > MAX_VALUES:
            raise ValueError("it has too many values")
        first = self._take(1)[0]
        kind, short = first >> 5, first & 31
        if short < 24:
            return kind, short
        size = _LONGER.get(short)
        if size is None:
            raise ValueError("a length is not definite")
        number = int.from_bytes(self._take(size), "big")
        if number < (24 if size == 1 else 1 << 4 * size):
            raise ValueError("a number is not in its shortest form")
        return kind, number

    def value(self, depth: int) -> Value:
        """The next item, of any kind but a map."""
        kind, number = self.head()
        if kind == _UNSIGNED:
            return number
        if kind == _BYTES:
            return self._take(number)
        if kind == _TEXT:
            return self._take(number).decode("utf-8")
        if kind != _ARRAY:
            raise ValueError("it has a value of a kind that no record has")
        if depth == MAX_DEPTH:
            raise ValueError("its arrays are too deep")
        return [self.value(depth + 1) for _ in range(number)]

    def _take(self, size: int) -> bytes:
        taken = self.raw[self.at : self.at + size]
        if len(taken) != size:
            raise ValueError("it ends too early")
        self.at += size
        return taken


def fields_of(raw: bytes, table: str, version: int) -> dict[str, Value]:
    """The fields of a record of `table`, those that are not empty.

    Raises:
        ValueError: the bytes are no record of that table in that version of the format, in its one form.
    """
    fields, end = fields_at(raw, 0, table, version)
    if end != len(raw):
        raise ValueError("something follows it")
    return fields


def fields_at(raw: bytes, at: int, table: str, version: int) -> tuple[dict[str, Value], int]:
    """The fields of the record that begins at `at` of `raw`, and where it ends: records say themselves how long they
    are.

    Raises:
        ValueError: as `fields_of`.
    """
    kinds = _KINDS[table] if version >= 2 else {k: v for k, v in _KINDS[table].items() if k not in _SINCE_2[table]}
    reader = _Reader(raw, at)
    kind, count = reader.head()
    if kind != _MAP or count > len(kinds):
        raise ValueError("it is no map of the fields of its table")
    fields: dict[str, Value] = {}
    last = b""
    for _ in range(count):
        start = reader.at
        key = reader.value(MAX_DEPTH)
        encoded = raw[start : reader.at]
        if not isinstance(key, str) or key not in kinds:
            raise ValueError("it has a field that its table does not have")
        if encoded <= last:
            raise ValueError("its fields are out of order")
        last = encoded
        value = reader.value(0)
        if not value or not kinds[key](value):
            raise ValueError(f"its field {key!r} is empty, or of another kind than it should be")
        fields[key] = value
    return fields, reader.at


def decoded_value(raw: bytes) -> Value:
    """The one value that `raw` is: a number, text, bytes or an array of these, in its one form.

    Raises:
        ValueError: it is none.
    """
    reader = _Reader(raw)
    value = reader.value(0)
    if reader.at != len(raw):
        raise ValueError("something follows it")
    return value


def article_of(fields: Mapping[str, Value]) -> Article:
    """The article of the fields of a record.

    Raises:
        ValueError: its id does not follow from its source and path.
    """
    if fields.get("id") != article_id(_text(fields, "source"), _text(fields, "path")):
        raise ValueError("its id is not that of its source and path")
    filled: dict[str, Any] = dict(fields)
    filled["aliases"] = tuple(Alias(title=each[0], path="".join(each[1:])) for each in filled.get("aliases", ()))
    for name in ("categories", "headings", "creators", "identifiers"):
        filled[name] = tuple(filled.get(name, ()))
    for name in ("title", "language", "body"):
        filled.setdefault(name, "")
    return Article(**filled)


def source_of(fields: Mapping[str, Value]) -> Source:
    """The source of the fields of a record."""
    return Source(**_whole(fields, ("key", "title", "format", "language"), ("creators",)))


def work_of_fields(fields: Mapping[str, Value]) -> Work:
    """The work of the fields of a record."""
    return Work(**_whole(fields, ("source", "path", "title", "kind", "language"), ("creators", "identifiers")))


def statement_of_fields(fields: Mapping[str, Value]) -> SourceStatement:
    """What a source states, of the fields of a record."""
    filled = _whole(fields, ("source", "path", "subject", "property", "kind"), ("bounds",))
    filled["qualifiers"] = _qualifiers(filled.get("qualifiers", ()))
    filled["references"] = tuple(_qualifiers(several) for several in filled.get("references", ()))
    return SourceStatement(**filled)


def _qualifiers(rows: Sequence[Sequence[str]]) -> tuple[Qualifier, ...]:
    return tuple(Qualifier(property=row[0], kind=row[1], value=row[2], unit="".join(row[3:])) for row in rows)


def _whole(fields: Mapping[str, Value], texts: tuple[str, ...], lists: tuple[str, ...]) -> dict[str, Any]:
    filled: dict[str, Any] = {**dict.fromkeys(texts, ""), **fields}
    return filled | {name: tuple(filled.get(name, ())) for name in lists}


def _text(fields: Mapping[str, Value], name: str) -> str:
    value = fields.get(name, "")
    assert isinstance(value, str)  # `fields_of` saw to it
    return value


def _is_text(value: Value) -> bool:
    return isinstance(value, str)


def _is_number(value: Value) -> bool:
    return isinstance(value, int)


def _is_bytes(size: int) -> Callable[[Value], bool]:
    return lambda value: isinstance(value, bytes) and len(value) == size


def _is_texts(value: Value) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _is_rows(least: int, most: int) -> Callable[[Value], bool]:
    """Arrays of `least` to `most` texts, of which what may be missing at the end is not empty."""
    return lambda value: (
        isinstance(value, list)
        and all(
            _is_texts(each) and isinstance(each, list) and least <= len(each) <= most and all(each[least:])
            for each in value
        )
    )


_is_qualifiers = _is_rows(3, 4)


def _is_references(value: Value) -> bool:
    return isinstance(value, list) and all(_is_qualifiers(each) for each in value)


def _texts(names: str) -> dict[str, Callable[[Value], bool]]:
    return dict.fromkeys(names.split(), _is_text)


_KINDS: dict[str, dict[str, Callable[[Value], bool]]] = {
    "articles": _texts("path title body source url licence language modified revision work published")
    | dict.fromkeys(("categories", "headings", "creators", "identifiers"), _is_texts)
    | {"id": _is_bytes(16), "aliases": _is_rows(1, 2), "part": _is_number},
    "edition": {"format": _is_number, "number": _is_number, "title": _is_text, "parent": _is_bytes(32)}
    | dict.fromkeys(("languages", "licences"), _is_texts),
    "files": {"hash": _is_bytes(32), "path": _is_text, "source": _is_text},
    "media": {"hash": _is_bytes(32), "mime": _is_text, "size": _is_number},
    "sources": _texts("key title format language licence publisher date url attribution") | {"creators": _is_texts},
    "statements": _texts("source path subject property kind value unit language rank text")
    | {"bounds": _is_texts, "qualifiers": _is_qualifiers, "references": _is_references},
    "works": _texts("source path title kind publisher published language licence url description")
    | {"creators": _is_texts, "identifiers": _is_texts},
}
"""Of every table that is truth: its fields, and whether a value is of the kind that the field has."""

_SINCE_2 = {
    **dict.fromkeys(_KINDS, frozenset[str]()),
    "articles": frozenset({"work", "part", "headings", "creators", "published", "identifiers"}),
    "edition": frozenset({"number"}),
    "sources": frozenset({"creators"}),
}
