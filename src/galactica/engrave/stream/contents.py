"""What blocks hold: what the edition is, the list of articles, records, their proofs, nodes of trees.

Source: docs/formats/page.md. What is read here is hostile: everything is a ValueError that is not in the one form.
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import cbor2

from galactica.codes.merkle import HASH_BYTES, leaf_hash
from galactica.edition import decode, record
from galactica.edition.record import FIRST_VERSION, FORMAT_VERSION, Value
from galactica.edition.table import truths

TABLES: Final[Mapping[str, str]] = {"A": "articles", "S": "sources", "W": "works"}
"""Letter → table, of the tables that are put on pages."""

LETTERS: Final[Mapping[str, str]] = {name: letter for letter, name in TABLES.items()}

MAX_COUNT: Final = 2**31 - 1
"""Records of a table, as in proofs."""

MAX_STEPS: Final = 31
"""Hashes of a proof: a tree of `MAX_COUNT` leaves is so high."""

_LENGTH: Final = struct.Struct(">I")
_ENTRY: Final = struct.Struct(">cI")
_PROOF: Final = struct.Struct(">IB")
_NODES: Final = struct.Struct(">cBI")
_DIGITS: Final = re.compile("0|[1-9][0-9]{0,9}")


@dataclass(frozen=True, slots=True, kw_only=True)
class EngravedEdition:
    """What a set says of its edition.

    Attributes:
        root: of the edition, 32 bytes: what `heads` give.
        format: version of the edition's format.
        heads: (table, records, head) of every table that is truth, by name.
        edition: the record of the edition itself.
        articles: how many the set has.
        left_out: table → records that the set does not have.
    """

    root: bytes
    format: int
    heads: tuple[tuple[str, int, bytes], ...]
    edition: bytes
    articles: int
    left_out: tuple[tuple[str, int], ...]

    @property
    def fields(self) -> dict[str, Value]:
        """Fields of the record of the edition."""
        return decode.fields_of(self.edition, "edition", self.format)

    @property
    def title(self) -> str:
        """What the edition is called."""
        return str(self.fields.get("title", ""))

    def count(self, table: str) -> int:
        """Records of a table of the whole edition; 0 where it has no such table."""
        return next((count for name, count, _ in self.heads if name == table), 0)

    def head(self, table: str) -> bytes:
        """The head of a table."""
        return next((head for name, _, head in self.heads if name == table), b"")

    def to_content(self) -> bytes:
        """The content of block E."""
        heads = cbor2.dumps(["galactica", self.format, [list(each) for each in self.heads]])
        said = {"articles": self.articles, "left_out": dict(self.left_out)}
        text = json.dumps(said, sort_keys=True, ensure_ascii=True).encode("ascii")
        return b"".join(_LENGTH.pack(len(each)) + each for each in (heads, self.edition, text))


def edition_of(content: bytes) -> EngravedEdition:
    """What block E says, which agrees with itself.

    Raises:
        ValueError: it does not, or is none.
    """
    strings: list[bytes] = []
    at = 0
    while at < len(content):
        if at + 4 > len(content):
            raise ValueError("it ends too early")
        (size,) = _LENGTH.unpack_from(content, at)
        strings.append(content[at + 4 : at + 4 + size])
        at += 4 + size
        if at > len(content) or len(strings) > 3:
            raise ValueError("it has not three strings")
    if len(strings) != 3:
        raise ValueError("it has not three strings")
    raw, own, text = strings
    name, version, listed = _three(decode.decoded_value(raw))
    if name != "galactica" or not isinstance(version, int) or not FIRST_VERSION <= version <= FORMAT_VERSION:
        raise ValueError("it is of no edition, or one of an unknown version")
    if not isinstance(listed, list):
        raise ValueError("it lists no tables")
    heads = tuple(_table(each) for each in listed)
    if tuple(name for name, _, _ in heads) != truths(version):
        raise ValueError("it lists other tables than an edition has")
    root = record.root_of(heads, version)
    if root != leaf_hash(raw) or ("edition", 1, leaf_hash(own)) not in heads:
        raise ValueError("it does not agree with itself")
    decode.fields_of(own, "edition", version)
    articles, left_out = _said(text)
    return EngravedEdition(root=root, format=version, heads=heads, edition=own, articles=articles, left_out=left_out)


def _three(value: Value) -> Sequence[Value]:
    if not isinstance(value, list) or len(value) != 3:
        raise ValueError("it has not three parts")
    return value


def _table(value: Value) -> tuple[str, int, bytes]:
    name, count, head = _three(value)
    if not isinstance(name, str) or not isinstance(count, int) or not isinstance(head, bytes):
        raise ValueError("a table is of another form")
    if len(head) != HASH_BYTES or count > MAX_COUNT:
        raise ValueError("a table is of another form")
    return name, count, head


def _said(text: bytes) -> tuple[int, tuple[tuple[str, int], ...]]:
    if len(text) > 2**16:
        raise ValueError("it says too much")
    try:
        said = json.loads(text)
        articles, left_out = said["articles"], said["left_out"]
        pairs = tuple(sorted((str(name), _number(count)) for name, count in left_out.items()))
        return _number(articles), pairs
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("it does not say how much it has") from error


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MAX_COUNT:
        raise ValueError("a number is none")
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLine:
    """A line of the list: place in the table of articles, language, title."""

    index: int
    language: str
    title: str

    def line(self) -> str:
        """Its line."""
        plain = [" ".join(text.split("\t")).replace("\n", " ") for text in (self.language, self.title)]
        return "\t".join((str(self.index), *plain)) + "\n"


def list_of(content: bytes) -> list[ListLine]:
    """The lines of a block L.

    Raises:
        ValueError: it is none.
    """
    found = []
    for line in content.decode("utf-8").split("\n")[:-1]:
        fields = line.split("\t")
        if len(fields) != 3 or not _DIGITS.fullmatch(fields[0]) or int(fields[0]) > MAX_COUNT:
            raise ValueError("a line of the list is none")
        found.append(ListLine(index=int(fields[0]), language=fields[1], title=fields[2]))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class EngravedRecord:
    """A record on a page, with what proves it.

    Attributes:
        table: "articles", "sources" or "works".
        raw: its bytes.
        index: its place in its table.
        steps: hashes of 32 bytes that lead to the node of its subtree, nearest first.
    """

    table: str
    raw: bytes
    index: int
    steps: tuple[bytes, ...]


def records_content(records: Iterable[EngravedRecord]) -> bytes:
    """The content of a block R."""
    return b"".join(_ENTRY.pack(LETTERS[each.table].encode(), len(each.raw)) + each.raw for each in records)


def records_of(content: bytes) -> Iterator[tuple[str, bytes]]:
    """(table, record) of a block R; of a table that this program does not know, "".

    Raises:
        ValueError: it is none.
    """
    at = 0
    while at < len(content):
        if at + _ENTRY.size > len(content):
            raise ValueError("it ends too early")
        letter, size = _ENTRY.unpack_from(content, at)
        at += _ENTRY.size
        if at + size > len(content):
            raise ValueError("it ends too early")
        yield TABLES.get(letter.decode("latin-1"), ""), content[at : at + size]
        at += size


def proofs_content(records: Iterable[EngravedRecord]) -> bytes:
    """The content of a block P."""
    return b"".join(_PROOF.pack(each.index, len(each.steps)) + b"".join(each.steps) for each in records)


def proofs_size(records: Iterable[EngravedRecord]) -> int:
    """Bytes of `proofs_content`."""
    return sum(_PROOF.size + HASH_BYTES * len(each.steps) for each in records)


def proofs_of(content: bytes) -> Iterator[tuple[int, tuple[bytes, ...]]]:
    """(place in the table, steps) of each record, of a block P.

    Raises:
        ValueError: it is none.
    """
    at = 0
    while at < len(content):
        if at + _PROOF.size > len(content):
            raise ValueError("it ends too early")
        index, count = _PROOF.unpack_from(content, at)
        at += _PROOF.size
        end = at + HASH_BYTES * count
        if end > len(content) or count > MAX_STEPS or index > MAX_COUNT:
            raise ValueError("a proof is none")
        yield index, tuple(content[low : low + HASH_BYTES] for low in range(at, end, HASH_BYTES))
        at = end


def nodes_content(table: str, height: int, first: int, nodes: Sequence[bytes]) -> bytes:
    """The content of a block N."""
    return _NODES.pack(LETTERS[table].encode(), height, first) + b"".join(nodes)


def nodes_of(content: bytes) -> tuple[str, int, int, list[bytes]]:
    """(table, height, number of the first, nodes) of a block N; of a table that is not known, "".

    Raises:
        ValueError: it is none.
    """
    if len(content) < _NODES.size or (len(content) - _NODES.size) % HASH_BYTES:
        raise ValueError("nodes are none")
    letter, height, first = _NODES.unpack_from(content)
    if height > MAX_STEPS or first > MAX_COUNT:
        raise ValueError("nodes are none")
    nodes = [content[at : at + HASH_BYTES] for at in range(_NODES.size, len(content), HASH_BYTES)]
    return TABLES.get(letter.decode("latin-1"), ""), height, first, nodes
