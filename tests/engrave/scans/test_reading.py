"""A sheet comes out of a picture of it as it was drawn, however the picture lies."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.engrave.scans.reading import read_sheet
from galactica.engrave.sheet.coding import cells_of_header
from galactica.engrave.sheet.header import pack_header
from galactica.engrave.sheet.layout import SheetGrid, SheetLayout
from tests.engrave.sheets import SMALL, drawn, full, header_of, scanned
from tests.properties import examples


@examples(5)
@given(st.binary(max_size=1300), st.integers(2, 5), st.integers(2, 4), st.integers(2, 4))
def test_whatever_is_drawn_is_read(payload: bytes, cell: int, across: int, down: int) -> None:
    layout = SheetLayout((64 * across + 8) * cell, (64 * down + 8) * cell, cell, 24)
    found = read_sheet(scanned(drawn(payload, layout)))
    assert found.reason == ""
    assert found.payload == payload
    assert found.header == header_of(payload)
    assert found.grid == layout.grid
    assert found.wrong == 0
    assert found.right == 1


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("turns", range(4))
def test_a_picture_may_lie_on_any_side_and_be_mirrored(turns: int, mirrored: bool) -> None:
    payload = full()
    picture = np.rot90(scanned(drawn(payload)), turns)
    found = read_sheet(picture.T if mirrored else picture)
    assert found.payload == payload


@pytest.mark.parametrize(("ink", "paper"), [(0, 255), (100, 130), (5, 40), (200, 230)])
def test_little_contrast_is_enough(ink: int, paper: int) -> None:
    payload = full()
    assert read_sheet(scanned(drawn(payload), ink=ink, paper=paper)).payload == payload


def test_a_picture_without_a_sheet_has_a_reason() -> None:
    noise = np.random.default_rng(5).integers(0, 256, (700, 900), dtype=np.uint8)
    for picture in (
        noise,
        np.zeros((500, 500), np.uint8),
        np.full((400, 300), 255, np.uint8),
        np.tile(noise[:8, :8], (60, 60)),
    ):
        found = read_sheet(picture)
        assert found.payload is None
        assert found.header is None
        assert found.reason == "no sheet is seen in the picture"
    assert read_sheet(np.zeros((10, 3000), np.uint8)).reason == "the picture is too small for a sheet"
    assert read_sheet(np.zeros((0, 0), np.uint8)).reason


def test_a_payload_that_is_not_the_one_of_the_header_is_not_given_out() -> None:
    ours, other = drawn(full(), sheet=1), drawn(full(seed=1), sheet=1)
    for c, r in SMALL.grid.header_tiles:
        place = np.s_[3 * (64 * r + 20) : 3 * (64 * r + 52), 3 * (64 * c + 20) : 3 * (64 * c + 52)]
        ours[place] = other[place]
    found = read_sheet(scanned(ours))
    assert found.payload is None
    assert found.right == 1
    assert found.reason == "what the sheet carries is not what its header names"


def test_a_header_that_says_more_than_the_picture_can_show_costs_nothing() -> None:
    picture = drawn(full())
    lie = cells_of_header(pack_header(header_of(full()), SheetGrid(255, 255, 56))).astype(np.bool_)
    for c, r in SMALL.grid.header_tiles:
        for down in range(3):
            for across in range(3):
                top, left = 3 * (64 * r + 20) + down, 3 * (64 * c + 20) + across
                picture[top : top + 96 : 3, left : left + 96 : 3] = lie
    found = read_sheet(scanned(picture))
    assert found.grid == SheetGrid(255, 255, 56)
    assert found.payload is None
    assert found.reason == "the picture shows less than half of what its header says"
