"""Target of the fuzzer: any bytes are a release, a list of releases, a pack or a part of an edition, or are refused."""

from __future__ import annotations

import json
import struct
from contextlib import suppress

import pyarrow as pa

from galactica.codes import merkle
from galactica.edition import record
from galactica.edition.partial import PartialHeader, partial_of
from galactica.edition.table import truths
from galactica.errors import EditionError, ProofError
from galactica.spread.release.document import Release, ReleaseObject
from galactica.spread.release.pack import MAGIC, CheckedObject, PackEntry, pack_bytes, read_pack
from galactica.spread.release.publication import read_list

_ABOUT = record.edition_record(version=2, number=1, title="a", languages=["en"], licences=["b"], parent="")
_TABLES = tuple((n, 1, merkle.leaf_hash(_ABOUT) if n == "edition" else bytes(32)) for n in truths(2))
_ROOT = record.root_of(_TABLES, 2).hex()
_RELEASE = Release(
    format=2,
    root=_ROOT,
    number=1,
    parent="",
    title="a",
    languages=("en",),
    licences=("b",),
    tables=_TABLES,
    objects=(
        ReleaseObject(hash="1" * 64, size=9, kind="pack", records=(("articles", 2),)),
        ReleaseObject(hash="2" * 64, size=64, kind="leaves", table="articles", first=0, count=2),
        ReleaseObject(hash="3" * 64, size=9, kind="delta", origin="4" * 64),
    ),
)
_PART = PartialHeader(
    root=_ROOT, format=2, tables=tuple((*each, 1) for each in _TABLES), edition=_ABOUT, arrived=1, bytes=2
)
_LINE = {"number": 1, "root": _ROOT, "hash": "1" * 64, "size": 5, "signatures": ["a" * 64]}
_PACK = pack_bytes([PackEntry("articles", b"\xa0"), PackEntry("content", b"x", bytes(32), 0, 1)])
SEEDS = (
    _RELEASE.to_bytes(),
    _PART.to_json().encode(),
    json.dumps({"releases": [_LINE]}).encode(),
    _PACK,
    struct.pack("<BI", 1, 2) + b"\xa0\xa0",
    b"[]",
)
PIECES = ('{"', '":', "[", "]", "}", ",", '"', "1", "0" * 64, '"release": 1', '"format": 2', '"objects": [', '"tables": {',
          '"records": {', '"kind": "pack"', '"releases": [', "\\ud800", " ", "\n", "1e999", "-", "galpack1", "\x01\x00\x00\x00\x00",
          "\x07\x30\x00\x00\x00", "a")  # fmt: skip


def one(data: bytes) -> None:
    """Take `data` for a release, for a list of them, for what is said of a part, for a pack, and for a pack's content.

    Raises:
        AssertionError: one was taken that has another form too.
    """
    with suppress(EditionError):
        assert Release.from_bytes(data).to_bytes() == data
    with suppress(EditionError):
        assert read_list(data)
    with suppress(ValueError, KeyError, TypeError, AttributeError, RecursionError, EditionError):
        assert partial_of(json.loads(data)).root
    frame = pa.Codec("zstd", compression_level=1).compress(data, asbytes=True)
    for raw in (data, MAGIC + struct.pack("<I", len(data)) + frame):
        stated = ReleaseObject(hash="1" * 64, size=max(1, len(raw)), kind="pack", records=(("articles", 1),))
        with suppress(ProofError):
            assert len(list(read_pack(CheckedObject(stated, raw), 2))) == 1
