"""Sheets that were printed and scanned badly, torn, stained and blotted, are read as long as their code can bear it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("PIL")
from benchmarks.engraving.damage import Damage
from benchmarks.engraving.scanner import SETTINGS, scan

from galactica.engrave.scans.reading import read_sheet
from galactica.engrave.sheet.layout import SheetLayout
from tests.engrave.sheets import drawn, full, scanned
from tests.properties import examples

LAYOUT = SheetLayout((64 * 4 + 8) * 3, (64 * 4 + 8) * 3, 3)
"""Four by four tiles."""


def paged(payload: bytes) -> np.ndarray:
    return np.pad(drawn(payload, LAYOUT), 80)


@pytest.mark.parametrize(("setting", "dpi"), [("office", 600), ("office", 450), ("office", 900), ("bad", 600)])
def test_a_page_is_read_as_an_office_gives_it_and_as_a_bad_scanner_does(setting: str, dpi: int) -> None:
    payload = full(LAYOUT)
    # Dust and hairs are counted for a page: so few fall on this small one that chance would decide.
    scanner = replace(SETTINGS[setting], damage=Damage())
    picture = scan(paged(payload), 600, scanner, dpi, 1)
    found = read_sheet(picture)
    assert found.payload == payload, found.reason
    assert (scan(paged(payload), 600, scanner, dpi, 1) == picture).all()


@examples(3)
@given(st.floats(-5, 5), st.floats(2.2, 5), st.integers(0, 3), st.booleans())
def test_a_picture_may_be_askew_by_five_degrees_at_any_size(
    angle: float, size: float, turns: int, mirrored: bool
) -> None:
    payload = full(LAYOUT)
    picture = turned(scanned(drawn(payload, LAYOUT), bare=60), angle, size / 3)
    picture = np.rot90(picture.T if mirrored else picture, turns)
    found = read_sheet(picture)
    assert found.payload == payload, found.reason


def turned(picture: np.ndarray, degrees: float, scale: float) -> np.ndarray:
    """A picture turned about its middle and made larger, each pixel the mean of sixteen places."""
    height, width = (int(side * scale * 1.1) for side in picture.shape)
    total = np.zeros((height, width), dtype=np.float64)
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    for dy in range(4):
        for dx in range(4):
            y, x = np.mgrid[:height, :width].astype(np.float64)
            x, y = (x + dx / 4 - width / 2) / scale, (y + dy / 4 - height / 2) / scale
            across = np.clip(x * cos - y * sin + picture.shape[1] / 2, 0, picture.shape[1] - 1).astype(np.int64)
            down = np.clip(x * sin + y * cos + picture.shape[0] / 2, 0, picture.shape[0] - 1).astype(np.int64)
            total += picture[down, across]
    return (total / 16).astype(np.uint8)


@pytest.mark.parametrize("corner", range(4))
def test_no_corner_is_needed(corner: int) -> None:
    payload = full(LAYOUT)
    picture = scanned(drawn(payload, LAYOUT), bare=60)
    down, across = np.indices(picture.shape)
    picture[np.rot90(down + across < 330, corner)] = 255
    assert read_sheet(picture).payload == payload


@pytest.mark.parametrize("side", range(4))
def test_no_edge_is_needed(side: int) -> None:
    payload = full(LAYOUT)
    picture = scanned(drawn(payload, LAYOUT), bare=60)
    np.rot90(picture, side)[: 60 + 8 * 3] = 230  # all marks of a side, and two finders
    found = read_sheet(picture)
    assert found.payload == payload, found.reason


@examples(3)
@given(st.integers(0, 2**32), st.integers(0, 255))
def test_a_blot_anywhere_takes_no_more_than_it_covers(seed: int, grey: int) -> None:
    payload = full(LAYOUT)
    picture = scanned(drawn(payload, LAYOUT), bare=60)
    place = np.random.default_rng(seed).integers(60, 600, 2)
    picture[place[0] : place[0] + 180, place[1] : place[1] + 180] = grey  # a twentieth of the sheet
    found = read_sheet(picture)
    assert found.payload == payload, found.reason


def test_light_may_fall_off_and_a_shadow_lie_across() -> None:
    payload = full(LAYOUT)
    light = scanned(drawn(payload, LAYOUT), bare=60).astype(np.float64)
    down, across = np.indices(light.shape) / len(light)
    light *= (0.35 + 0.65 * across) * np.where(down + across > 0.9, 1.0, 0.5)
    assert read_sheet(light.astype(np.uint8)).payload == payload


def test_what_is_lost_beyond_the_code_is_told_and_nothing_false_is_given_out() -> None:
    payload = full(LAYOUT)
    picture = scanned(drawn(payload, LAYOUT), bare=60)
    picture[: len(picture) // 2] = 255
    found = read_sheet(picture)
    assert found.payload is None
    assert found.header is not None
    assert found.header.sheet == 3
    assert "too many cells cannot be read" in found.reason


@examples(8)
@given(st.integers(0, 2**32))
def test_no_picture_made_of_parts_of_sheets_raises(seed: int) -> None:
    made = np.random.default_rng(seed)
    sheet = scanned(drawn(full(LAYOUT), LAYOUT), bare=60)
    picture = made.integers(0, 256, (int(made.integers(1, 700)), int(made.integers(1, 700))), dtype=np.uint8)
    for _ in range(int(made.integers(1, 6))):
        size = made.integers(1, min(len(sheet), *picture.shape) + 1)
        top, left = (int(made.integers(0, side - size + 1)) for side in picture.shape)
        y, x = (int(made.integers(0, side - size + 1)) for side in sheet.shape)
        picture[top : top + size, left : left + size] = sheet[y : y + size, x : x + size]
    found = read_sheet(picture)
    assert (found.payload is None) == bool(found.reason)
    assert found.payload in (None, full(LAYOUT))
