"""What a sheet says of itself."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.engrave.sheet.header import NoHeaderError, SheetHeader, pack_header, unpack_header
from galactica.engrave.sheet.layout import SheetGrid
from tests.engrave.sheets import header_of

GRID = SheetGrid(24, 34, 60)


def resealed(packed: bytes) -> bytes:
    return packed[:60] + zlib.crc32(packed[:60]).to_bytes(4, "big")


@given(
    st.binary(min_size=16, max_size=16),
    st.binary(min_size=8, max_size=8),
    st.integers(0, 2**32 - 1),
    st.integers(0, 2**16 - 1),
    st.integers(0, 255),
    st.integers(0, GRID.capacity),
)
def test_a_header_is_read_as_it_was_written(
    root: bytes, own: bytes, sheet: int, group: int, place: int, used: int
) -> None:
    header = SheetHeader(
        root=root, set_id=own, kind="parity", sheet=sheet, sheets=2**32 - 1, group=group, place=place,
        data_sheets=place, parity_sheets=255 - place, used=used, digest=own + b"rest",
    )  # fmt: skip
    packed = pack_header(header, GRID)
    assert len(packed) == 64
    assert unpack_header(packed) == (header, GRID)


def test_every_flipped_bit_is_found() -> None:
    packed = pack_header(header_of(b"what is carried"), GRID)
    for bit in range(512):
        wrong = bytearray(packed)
        wrong[bit // 8] ^= 1 << bit % 8
        with pytest.raises(NoHeaderError):
            unpack_header(bytes(wrong))


@pytest.mark.parametrize(
    ("at", "value"), [(2, 2), (3, 2), (41, 1), (41, 0), (42, 1), (43, 0), (43, 3), (43, 255), (44, 255)]
)
def test_a_header_that_says_what_cannot_be_is_refused_though_its_checksum_is_right(at: int, value: int) -> None:
    packed = bytearray(pack_header(header_of(b"what is carried"), GRID))
    packed[at] = value
    with pytest.raises(NoHeaderError):
        unpack_header(resealed(bytes(packed)))


@pytest.mark.parametrize("packed", [b"", bytes(64), b"GS", b"\xff" * 64, b"GS" + bytes(63)])
def test_bytes_that_are_no_header_are_refused(packed: bytes) -> None:
    with pytest.raises(NoHeaderError):
        unpack_header(packed)


@pytest.mark.parametrize(
    "changed", [{"root": b""}, {"set_id": bytes(9)}, {"digest": b""}, {"sheet": -1}, {"group": 2**16}, {"kind": "else"}]
)
def test_a_header_that_does_not_fit_is_refused(changed: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        header_of(b"", **changed)
