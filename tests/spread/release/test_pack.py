"""Packs: what goes in comes out, and whatever else comes is refused without being unpacked."""

from __future__ import annotations

import hashlib
import struct

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.errors import ProofError
from galactica.spread.release import pack
from galactica.spread.release.document import ReleaseObject
from galactica.spread.release.pack import PackEntry, check_object, object_hash, pack_bytes, read_pack

TABLES = ("articles", "files", "media", "sources", "statements", "works")
RIVER = (PackEntry("sources", b"\xa1source"), PackEntry("articles", b"river" * 100), PackEntry("articles", b""))


def stated(raw: bytes, **records: int) -> ReleaseObject:
    return ReleaseObject(hash=object_hash(raw), size=len(raw), kind="pack", records=tuple(sorted(records.items())))


def pressed(content: bytes, size: int | None = None) -> bytes:
    """A pack of any content, and of any size that it says."""
    frame = pa.Codec("zstd").compress(content, asbytes=True)
    return pack.MAGIC + struct.pack("<I", len(content) if size is None else size) + frame


def refused(raw: bytes, **records: int) -> str:
    with pytest.raises(ProofError) as error:
        list(read_pack(check_object(raw, stated(raw, **records)), 2))
    return error.value.problem


@given(st.lists(st.tuples(st.sampled_from(TABLES), st.binary(max_size=200)), min_size=1, max_size=20))
def test_what_is_packed_is_what_is_read(entries: list[tuple[str, bytes]]) -> None:
    made = [PackEntry(table, raw) for table, raw in entries]
    raw = pack_bytes(made)
    counts = {table: sum(each.table == table for each in made) for table, _ in entries}
    assert list(read_pack(check_object(raw, stated(raw, **counts)), 2)) == made


def test_a_file_travels_in_pieces() -> None:
    content = bytes(range(256)) * 1_100
    digest = hashlib.sha256(content).digest()
    made = [
        PackEntry("content", content[at : at + pack.PIECE], digest, at, len(content))
        for at in range(0, len(content), pack.PIECE)
    ]
    raw = pack_bytes(made)
    assert b"".join(each.record for each in read_pack(check_object(raw, stated(raw, content=2)), 2)) == content


def test_every_flipped_byte_of_a_pack_is_found_by_its_hash() -> None:
    raw = pack_bytes(RIVER)
    says = stated(raw, articles=2, sources=1)
    for place in range(len(raw)):
        with pytest.raises(ProofError):
            check_object(raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :], says)


@pytest.mark.parametrize("other", [b"", b"x", pack_bytes(RIVER)[:-1], pack_bytes(RIVER) + b"\0"])
def test_a_pack_of_another_length_is_refused_before_it_is_hashed(other: bytes) -> None:
    raw = pack_bytes(RIVER)
    with pytest.raises(ProofError, match="bytes, not"):
        check_object(other, stated(raw, articles=2, sources=1))


def test_a_swapped_pack_is_refused() -> None:
    raw, other = pack_bytes(RIVER), pack_bytes((PackEntry("articles", b"lake"),))
    with pytest.raises(ProofError):
        check_object(other.ljust(len(raw), b"\0"), stated(raw, articles=2, sources=1))


def test_a_pack_that_holds_something_else_than_is_said_is_refused() -> None:
    assert "does not hold" in refused(pack_bytes(RIVER), articles=3)


def test_a_bomb_is_not_unpacked_whatever_it_says_of_its_size() -> None:
    bomb = b"\0" * (pack.MAX_CONTENT + 1)
    assert "would unpack" in refused(pressed(bomb), articles=1)
    assert "unpack" in refused(pressed(bomb, size=1_000), articles=1)
    assert "unpack" in refused(pressed(b"small", size=pack.MAX_CONTENT), articles=1)


def test_a_pack_of_very_many_entries_is_refused() -> None:
    entry = struct.pack("<BI", 1, 0)
    assert "cannot be read" in refused(pressed(entry * (pack.MAX_ENTRIES + 1)), articles=pack.MAX_ENTRIES + 1)


@pytest.mark.parametrize(
    "content",
    [
        b"\x01",
        struct.pack("<BI", 1, 5) + b"abcd",
        struct.pack("<BI", 1, 2**32 - 1),
        struct.pack("<BI", 0, 0),
        struct.pack("<BI", 200, 0),
        struct.pack("<BI", 7, 3) + b"abc",
        struct.pack("<BI", 7, 49) + struct.pack("<32sQQ", b"", 1, 2) + b"x",
        struct.pack("<BI", 7, 49) + struct.pack("<32sQQ", b"", 2**63, 2**64 - 1) + b"x",
        struct.pack("<BI", 7, 48) + struct.pack("<32sQQ", b"", 0, 2),
    ],
)
def test_a_broken_content_is_refused(content: bytes) -> None:
    assert "cannot be read" in refused(pressed(content), articles=1)


@pytest.mark.parametrize("raw", [b"galpack2" + b"\0" * 20, b"galpack1", b"galpack1\0\0\0\0", b"\x28\xb5\x2f\xfd"])
def test_what_is_no_pack_is_refused(raw: bytes) -> None:
    assert "cannot be read" in refused(raw, articles=1)


def test_an_edition_of_format_1_has_no_statements_in_its_packs() -> None:
    raw = pack_bytes((PackEntry("statements", b"x"),))
    with pytest.raises(ProofError):
        list(read_pack(check_object(raw, stated(raw, statements=1)), 1))
