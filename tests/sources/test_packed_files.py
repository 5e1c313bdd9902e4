"""Packed streams: every packing, every way to break."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
from collections.abc import Callable
from typing import BinaryIO, cast

import pyarrow as pa
import pytest

from galactica.sources import packed


def zstd(raw: bytes) -> bytes:
    out = pa.BufferOutputStream()
    with pa.CompressedOutputStream(out, "zstd") as stream:
        stream.write(raw)
    return out.getvalue().to_pybytes()


TEXT = b"The Moon circles the Earth. " * 500
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "zstd": zstd,
}
each = pytest.mark.parametrize("kind", PACKERS)


def unpack(raw: bytes) -> BinaryIO:
    return packed.unpack(cast(BinaryIO, io.BytesIO(raw)))


@each
def test_what_was_packed_comes_out(kind: str):
    raw = PACKERS[kind](TEXT)
    assert packed.packing(raw) == kind
    assert unpack(raw).read() == TEXT
    assert packed.peek(cast(BinaryIO, io.BytesIO(raw)), raw[:100]) == TEXT[:8192]


@each
def test_a_stream_that_breaks_off_says_so(kind: str):
    with pytest.raises(packed.PackedError):
        unpack(PACKERS[kind](TEXT)[:-9]).read()


@pytest.mark.parametrize("kind", ["gzip", "bzip2", "xz"])
def test_members_one_after_the_other_are_one_stream(kind: str):
    assert unpack(PACKERS[kind](b"one ") + PACKERS[kind](b"two")).read() == b"one two"


@pytest.mark.parametrize("kind", ["gzip", "bzip2", "xz"])  # zstd carries a checksum only where asked to
def test_a_damaged_stream_says_so(kind: str):
    raw = bytearray(PACKERS[kind](bytes(range(256)) * 40))
    raw[len(raw) // 2] ^= 0xFF
    with pytest.raises(packed.PackedError):
        unpack(bytes(raw)).read()


@each
def test_a_stream_that_unpacks_to_far_too_much_is_cut_off(kind: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(packed, "FREE_BYTES", 2**20)
    with pytest.raises(packed.PackedError) as error:
        unpack(PACKERS[kind](bytes(2**23))).read()
    assert error.value.reason == "too-large"


def test_text_that_begins_like_a_packed_file_is_not_one():
    assert packed.packing(b"BZhang was a poet.") == ""


@pytest.mark.parametrize(
    ("name", "inner"),
    [("a.html.gz", "a.html"), ("dump.tgz", "dump.tar"), ("A.TXT.XZ", "A.TXT"), ("a.txt", "a.txt"), (".gz", ".gz")],
)
def test_the_name_of_what_is_inside(name: str, inner: str):
    assert packed.unpacked_name(name) == inner
