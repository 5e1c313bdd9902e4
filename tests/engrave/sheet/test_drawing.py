"""Payloads become cells, and cells pixels; what is drawn is what docs/formats/page.md says, step by step."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.engrave.sheet.coding import HEADER_CHECK, byte_places, cells_of_header, cells_of_payload, payload_in
from galactica.engrave.sheet.header import pack_header
from galactica.engrave.sheet.layout import SheetGrid, SheetLayout
from galactica.engrave.sheet.mask import mask
from tests.engrave.sheets import SMALL, drawn, full, header_of
from tests.properties import examples


def product(a: int, b: int) -> int:
    """Russian multiplication, as somebody with a pencil does it."""
    total = 0
    while b:
        if b & 1:
            total ^= a
        a = a << 1 ^ (0x11D if a & 0x80 else 0)
        b >>= 1
    return total


def is_codeword(word: bytes, check: int) -> bool:
    root = 1
    for _ in range(check):
        total = 0
        for byte in word:
            total = product(total, root) ^ byte
        if total:
            return False
        root = product(root, 2)
    return True


def test_the_mask_goes_on_as_the_format_says() -> None:
    told = [1] * 23
    for n in range(23, 5000):
        told.append(told[n - 23] ^ told[n - 18])
    assert mask(5000).tolist() == told
    assert mask(7).tolist() == [1] * 7
    assert abs(mask(100_000).mean() - 0.5) < 0.01


@given(st.integers(1, 3000))
def test_every_byte_of_every_codeword_has_a_place_of_its_own(codewords: int) -> None:
    if codewords > 200:
        codewords = 200 + codewords % 17
    found = byte_places(codewords)
    assert sorted(found.reshape(-1).tolist()) == list(range(255 * codewords))
    assert (found // codewords == np.arange(255)[:, None]).all()  # one of each band


def test_no_stripe_down_the_sheet_takes_more_of_one_codeword_than_chance_would() -> None:
    """A stripe of a twentieth takes 12.75 bytes of a codeword; at random, one of 1,600 would lose 25 or more."""
    row = 193  # bytes across a sheet of 24 tiles
    for codewords in (8 * row, 8 * row + 1, 1612, 1600, 5 * row, row // 2, 386):
        column = byte_places(codewords) % row
        worst = max(int(((column >= left) & (column < left + 10)).sum(axis=0).max()) for left in range(0, row - 9, 9))
        assert worst <= 30, codewords


@examples(10)
@given(st.binary(max_size=1000))
def test_what_is_drawn_is_made_of_codewords_that_hold_the_payload(payload: bytes) -> None:
    grid = SMALL.grid
    bits = cells_of_payload(payload, grid) ^ mask(grid.free_cells)
    coded = np.packbits(bits)[: grid.free_cells // 8]
    words = coded[byte_places(grid.codewords)]
    for codeword in words.T:
        assert is_codeword(codeword.tobytes(), grid.check_bytes)
    assert payload_in(words, grid.check_bytes, len(payload)) == payload
    assert not bits[255 * 8 * grid.codewords :].any()


def test_a_header_is_one_codeword_under_a_mask_of_its_own() -> None:
    packed = pack_header(header_of(b""), SMALL.grid)
    word = np.packbits(cells_of_header(packed).reshape(-1) ^ mask(1024)).tobytes()
    assert word[:64] == packed
    assert is_codeword(word, HEADER_CHECK)


def test_each_cell_is_a_square_of_pixels_and_nothing_is_drawn_beside_the_raster() -> None:
    layout = SheetLayout(420, 431, 3)
    payload = full(layout)
    picture = drawn(payload, layout)
    assert picture.shape == (431, 420)
    raster = picture[11 : 11 + 408, 6 : 6 + 408]
    assert raster.sum() == picture.sum()
    cells = raster[1::3, 1::3]
    assert (np.repeat(np.repeat(cells, 3, axis=0), 3, axis=1) == raster).all()
    ink, free = layout.grid.fixed()
    headers = np.zeros_like(free)
    for c, r in layout.grid.header_tiles:
        headers[64 * r + 20 : 64 * r + 52, 64 * c + 20 : 64 * c + 52] = True
        assert (
            cells[64 * r + 20 : 64 * r + 52, 64 * c + 20 : 64 * c + 52]
            == cells_of_header(pack_header(header_of(payload), layout.grid))
        ).all()
    assert (cells[~free & ~headers] == ink[~free & ~headers]).all()
    assert (cells[free] == cells_of_payload(payload, layout.grid)).all()


def test_the_same_payload_is_drawn_the_same() -> None:
    assert (drawn(b"so") == drawn(b"so")).all()
    assert (drawn(b"so") != drawn(b"or so")).any()


def test_what_does_not_fit_or_is_not_what_the_header_names_is_refused() -> None:
    with pytest.raises(ValueError):
        drawn(bytes(SMALL.capacity + 1))
    with pytest.raises(ValueError):
        drawn(b"this", used=5)
    with pytest.raises(ValueError):
        drawn(b"this", digest=bytes(12))


def test_a_sheet_without_a_payload_is_nowhere_of_one_colour() -> None:
    cells = drawn(b"", SheetLayout(1000, 1000, 1))
    means = cells[20:980, 20:980].reshape(40, 24, 40, 24).mean(axis=(1, 3))
    assert means.min() > 0.2
    assert means.max() < 0.8


def test_more_check_bytes_leave_less_room() -> None:
    assert SheetGrid(5, 5, 100).capacity < SheetGrid(5, 5, 50).capacity
    assert SheetGrid(5, 5, 50).capacity == SheetGrid(5, 5, 50).codewords * 205
