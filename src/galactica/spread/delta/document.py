"""The file of a delta: what stands in it, and that it says nothing that cannot be. docs/formats/delta.md is normative.

```
"galdelt1"   size of the index, size of it packed (4 bytes each, little-endian)   the index, packed
blocks of new records, packed   new media files, packed   SHA-256 of all before
```

The index says from which edition to which the delta leads, which records went and changed, and how large each block is,
before any of them is unpacked. Every number in it is compared with what it must be; nothing here looks at an edition.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

import cbor2

from galactica.edition.decode import decoded_value, fields_of
from galactica.edition.record import FORMAT_VERSION, Value
from galactica.errors import ProofError
from galactica.spread.delta.gaps import gap_bytes, numbers_of
from galactica.spread.delta.numbered import EDITION, MEDIA, tables_of_version
from galactica.spread.delta.packing import pack_with, unpack_with

MAGIC = b"galdelt1"
"""How every delta begins: what it is, and the version of its form."""

MAX_INDEX = 64 * 2**20
"""Bytes of the index: two bytes for each of 30 million changed records."""

MAX_RECORD = 64 * 2**20
"""Bytes of a record, and of a block that holds nothing else."""

BLOCK = 2 * 2**20
"""Bytes of a block, and of the old records that it is packed with, but where one record alone is larger."""

MAX_KNOWN = MAX_RECORD
"""Bytes of old records that a block is packed with; with a block's own, what `packing.MAX_WINDOW` allows."""

MAX_FILE = 2**31 - 1
"""Bytes of a media file: it goes through memory whole."""

MAX_COUNT = 2**31 - 1
"""Records of a table (`edition.info.MAX_COUNT`)."""

_HEAD = struct.Struct("<8sII")
_SUM = hashlib.sha256().digest_size
_AGAIN = "Fetch the delta again, or ask whoever made it."


@dataclass(frozen=True, slots=True, kw_only=True)
class TableIndex:
    """What is changed in a table: records before, which are removed and changed (by number), how many are added."""

    count: int
    removed: tuple[int, ...]
    changed: tuple[int, ...]
    added: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeltaBlock:
    """New records packed together.

    Attributes:
        records: how many.
        beside: old records, by number through all tables, that stand before those that the block's own replace.
        size, packed: bytes of the records, and of the block in the file.
    """

    records: int
    beside: tuple[int, ...]
    size: int
    packed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeltaContent:
    """A new media file: the number of the old media record whose file it is packed with (-1: none), and its sizes."""

    like: int
    size: int
    packed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeltaIndex:
    """What a delta says of itself; see `Changes` for the names that both have.

    Attributes:
        tables: by name, in the order of `numbered.tables_of(version)`.
        blocks: in the order of `Changes.new_records`.
        contents: of the media records that are added, in their order.
        start: where in the file the first block begins.
    """

    origin: str
    root: str
    before: bytes
    after: bytes
    version: int
    tables: dict[str, TableIndex]
    blocks: tuple[DeltaBlock, ...]
    contents: tuple[DeltaContent, ...]
    start: int = 0

    @property
    def new(self) -> int:
        """How many records are new: changed and added."""
        return sum(len(each.changed) + each.added for each in self.tables.values())

    @property
    def unpacked(self) -> int:
        """Bytes of all new records and files."""
        return sum(each.size for each in self.blocks) + sum(each.size for each in self.contents)

    def to_bytes(self) -> bytes:
        """How it begins in the file: what the file is, the sizes, the packed index."""
        raw = cbor2.dumps(
            [
                bytes.fromhex(self.origin),
                bytes.fromhex(self.root),
                self.before,
                self.after,
                [[t.count, gap_bytes(t.removed), gap_bytes(t.changed), t.added] for t in self.tables.values()],
                [[b.records, gap_bytes(b.beside), b.size, b.packed] for b in self.blocks],
                [[c.like + 1, c.size, c.packed] for c in self.contents],
            ]
        )
        packed = pack_with(raw)
        return _HEAD.pack(MAGIC, len(raw), len(packed)) + packed


def placed_in(tables: Mapping[str, TableIndex], number: int) -> tuple[str, int]:
    """The table, and the number in it, of an old record by its number through all tables."""
    for name, each in tables.items():
        if number < each.count:
            return name, number
        number -= each.count
    raise IndexError(number)


def refused(why: str) -> ProofError:
    """The error that says that a file is no delta, or a damaged one."""
    return ProofError(f"The delta is damaged, or none: {why}.", _AGAIN)


def read_index(file: BinaryIO) -> DeltaIndex:
    """Read how a delta begins, and see that the file is whole.

    Raises:
        ProofError: it is no delta, or changed on its way.
        OSError: the machine's refusals.
    """
    file.seek(0)
    head = file.read(_HEAD.size)
    if len(head) < _HEAD.size or not head.startswith(MAGIC):
        raise refused("it does not begin as one does")
    _, size, packed = _HEAD.unpack(head)
    length = file.seek(0, 2)
    if size > MAX_INDEX or packed > length:
        raise refused("its index has an impossible size")
    file.seek(0)
    _check_sum(file, length - _SUM)
    file.seek(_HEAD.size)
    try:
        found = _index(unpack_with(file.read(packed), size), _HEAD.size + packed)
    except (ValueError, RecursionError, MemoryError) as error:
        raise refused(f"its index cannot be read ({error})") from None
    packed = sum(each.packed for each in found.blocks) + sum(each.packed for each in found.contents)
    end = found.start + packed + _SUM
    if end != length:
        raise refused("it has another length than it says")
    return found


def _check_sum(file: BinaryIO, size: int) -> None:
    digest = hashlib.sha256()
    while size > 0:
        piece = file.read(min(size, 1 << 20))
        if not piece:
            break
        digest.update(piece)
        size -= len(piece)
    if file.read(_SUM + 1) != digest.digest():
        raise refused("its SHA-256 is not the one that it ends with")


def _index(raw: bytes, start: int) -> DeltaIndex:
    origin, root, before, after, tables, blocks, contents = _several(decoded_value(raw), 7)
    about = fields_of(_bytes(after), EDITION, FORMAT_VERSION)
    version, old = _number(about.get("format", 0)), _bytes(before)
    if not 1 <= version <= FORMAT_VERSION:
        raise ValueError("it leads to a format that this program does not know")
    if version == 1 and "number" in about:
        raise ValueError("the record of the edition is not one of its format")
    names = tables_of_version(version)
    found = dict(zip(names, map(_table, _several(tables, len(names))), strict=True))
    made = DeltaIndex(
        origin=_bytes(origin, 32).hex(),
        root=_bytes(root, 32).hex(),
        before=old,
        after=_bytes(after),
        version=version,
        tables=found,
        blocks=tuple(_block(each, found) for each in _several(blocks)),
        contents=tuple(_content(each, found[MEDIA]) for each in _several(contents)),
        start=start,
    )
    if sum(each.records for each in made.blocks) != made.new:
        raise ValueError("its blocks hold other records than it lists")
    if len(made.contents) != found[MEDIA].added:
        raise ValueError("it has not one file for each media record that is new")
    return made


def _table(value: Value) -> TableIndex:
    count, removed, changed, added = _several(value, 4)
    size = _number(count, MAX_COUNT)
    made = TableIndex(
        count=size,
        removed=numbers_of(_bytes(removed), size),
        changed=numbers_of(_bytes(changed), size),
        added=_number(added, MAX_COUNT),
    )
    if set(made.removed) & set(made.changed):
        raise ValueError("a record is removed and changed")
    if size - len(made.removed) + made.added > MAX_COUNT:
        raise ValueError("a table would be too large")
    return made


def _block(value: Value, tables: dict[str, TableIndex]) -> DeltaBlock:
    records, beside, size, packed = _several(value, 4)
    made = DeltaBlock(
        records=_number(records),
        beside=numbers_of(_bytes(beside), sum(each.count for each in tables.values())),
        size=_number(size, MAX_RECORD),
        packed=_number(packed),
    )
    if not 0 < made.records <= made.size:
        raise ValueError("a block holds no records")
    if made.records > 1 and made.size > BLOCK:
        raise ValueError("a block is larger than it may be")
    return made


def _content(value: Value, media: TableIndex) -> DeltaContent:
    like, size, packed = _several(value, 3)
    return DeltaContent(like=_number(like, media.count) - 1, size=_number(size, MAX_FILE), packed=_number(packed))


def _several(value: Value, count: int | None = None) -> Sequence[Value]:
    if not isinstance(value, list) or count not in (None, len(value)):
        raise ValueError("a list is missing, or of another length")
    return value


def _bytes(value: Value, size: int | None = None) -> bytes:
    if not isinstance(value, bytes) or size not in (None, len(value)):
        raise ValueError("bytes are missing, or of another length")
    return value


def _number(value: Value, most: int = 2**40) -> int:
    if not isinstance(value, int) or not 0 <= value <= most:
        raise ValueError("a number is missing, or too large")
    return value
