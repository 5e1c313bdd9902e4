"""Where the cells of a sheet stand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.engrave.sheet.layout import SheetGrid, SheetLayout, finder_pattern, mark_pattern
from tests.properties import examples


@examples(15)
@given(st.integers(2, 20), st.integers(2, 20))
def test_free_cells_are_counted_as_they_stand(across: int, down: int) -> None:
    grid = SheetGrid(across, down, 2)
    ink, free = grid.fixed()
    assert ink.shape == free.shape == (64 * down + 8, 64 * across + 8)
    assert free.sum() == grid.free_cells
    assert not (ink & free).any()


def test_marks_finders_and_headers_stand_where_the_format_says() -> None:
    ink, free = SheetGrid(8, 7, 2).fixed()
    assert (ink[64 * 3 : 64 * 3 + 8, 64 * 5 : 64 * 5 + 8] == mark_pattern()).all()
    assert (ink[:20, :20] == finder_pattern(upper_left=True)).all()
    for corner in (ink[:20, -20:], ink[-20:, :20], ink[-20:, -20:]):
        assert (corner == finder_pattern(upper_left=False)).all()
    for c, r in ((0, 0), (6, 0), (0, 6), (6, 6), (7, 6)):
        assert not free[64 * r + 20 : 64 * r + 52, 64 * c + 20 : 64 * c + 52].any()
        assert not ink[64 * r + 20 : 64 * r + 52, 64 * c + 20 : 64 * c + 52].any()
    assert free[20:52, 84:116].all()


def test_a_mark_looks_different_in_each_of_its_eight_positions() -> None:
    mark = mark_pattern()
    seen = {np.rot90(each, turns).tobytes() for each in (mark, mark.T) for turns in range(4)}
    assert len(seen) == 8


def test_a4_at_600_dpi_carries_a_quarter_of_a_million_bytes_when_every_fifth_sheet_is_for_parity() -> None:
    layout = SheetLayout(4724, 6660, 3)
    assert (layout.grid.across, layout.grid.down) == (24, 34)
    assert layout.capacity * 0.8 >= 250_000


def test_the_raster_lies_in_the_middle_of_its_picture() -> None:
    layout = SheetLayout(420, 431, 3)
    assert layout.raster_px == (408, 408)
    assert layout.corner_px == (6, 11)


@pytest.mark.parametrize(
    ("width", "height", "cell", "check"),
    [(407, 900, 3, 20), (900, 407, 3, 20), (900, 900, 0, 20), (900, 900, 65, 20), (900, 900, 3, 0), (900, 900, 3, 91)],
)
def test_what_no_sheet_can_be_is_refused(width: int, height: int, cell: int, check: float) -> None:
    with pytest.raises(ValueError):
        SheetLayout(width, height, cell, check)


@pytest.mark.parametrize(("across", "down", "check"), [(1, 5, 20), (5, 256, 20), (5, 5, 0), (5, 5, 21), (5, 5, 256)])
def test_cells_that_no_header_can_tell_of_are_refused(across: int, down: int, check: int) -> None:
    with pytest.raises(ValueError):
        SheetGrid(across, down, check)
