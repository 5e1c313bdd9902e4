"""Packets become codes, codes frames, and frames a folder's pictures, an animation or a page."""

from __future__ import annotations

import base64
import hashlib
import io
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.errors import LimitError, UsageError
from galactica.spread.film.envelope import MAX_CONTENT, MAX_PACKET, unwrapped, wrapped
from galactica.spread.film.frames import MAX_PACKETS, Film, FrameGrid, film_of, grid_of
from galactica.spread.film.looking import codes_in
from galactica.spread.film.page import film_page
from galactica.spread.film.png import animated_png, png
from galactica.spread.film.symbols import packet_room, symbol, version_for
from tests.spread.film.shown import packets_of, photographed, picture_of

segno = pytest.importorskip("segno", reason="segno is not installed")
pytest.importorskip("zxingcpp", reason="zxing-cpp is not installed")
Image = pytest.importorskip("PIL.Image", reason="Pillow is not installed")


def read(picture) -> set[bytes | None]:
    return {unwrapped(content) for content in codes_in(picture)}


def test_the_text_of_a_code_is_the_documented_one() -> None:
    assert wrapped(b"Hello!!") == "GX:%69 VD92EX0"  # RFC 9285 §4.3
    assert unwrapped(b"GX:%69 VD92EX0") == b"Hello!!"


@given(st.binary(min_size=1, max_size=MAX_PACKET))
def test_a_packet_comes_back_out_of_its_code(packet: bytes) -> None:
    assert unwrapped(wrapped(packet).encode()) == packet


FOREIGN = (
    b"",
    b"GX",
    b"GX:",
    b"gx:BB8",
    b"https://example.org/",
    b"GX:BB",
    b"GX:ZZZ",
    b"GX:BB8!",
    b"WIFI:S:GX:;;",
    b"\xff\0GX:",
    b"GX:" + b"0" * (MAX_CONTENT + 1),
)


@pytest.mark.parametrize("content", FOREIGN)
def test_foreign_codes_are_no_packets(content: bytes) -> None:
    assert unwrapped(content) is None


@pytest.mark.parametrize("packet", [b"", bytes(MAX_PACKET + 1)])
def test_what_does_not_fit_a_code_is_refused(packet: bytes) -> None:
    with pytest.raises(ValueError, match="a code carries"):
        wrapped(packet)


@pytest.mark.parametrize("version", [1, 9, 10, 20, 26, 27, 32])
def test_the_room_of_a_version_is_just_what_it_holds(version: int) -> None:
    room = packet_room(version)
    assert version_for(room) == version
    assert version_for(room + 1) == version + 1


def test_a_code_of_the_largest_packet_is_read() -> None:
    packet = packets_of(1, MAX_PACKET)[0]
    assert read(picture_of(np.pad(symbol(packet, version_for(MAX_PACKET)), 4))) == {packet}


@pytest.mark.parametrize("grid", [FrameGrid(columns=1), FrameGrid(), FrameGrid(columns=3, rows=2)])
def test_a_camera_reads_every_code_of_every_frame(grid: FrameGrid) -> None:
    packets = packets_of(13)
    film = film_of(packets, grid)
    assert film.count == -(-13 // grid.codes)
    seen: set[bytes | None] = set()
    for number, frame in enumerate(film.frames()):
        assert frame.shape == film.shape
        seen |= read(photographed(picture_of(frame), seed=number))
    assert seen == set(packets)


def test_packets_of_several_sizes_share_one_version_so_that_nothing_jumps() -> None:
    packets = [*packets_of(3, 20), *packets_of(1, 200, 1)]
    film = film_of(packets, FrameGrid(columns=1))
    assert film.version == version_for(200)
    assert {read(picture_of(frame)).pop() for frame in film.frames()} == set(packets)


def test_a_film_has_no_end_and_fills_its_last_frame_with_the_first_packets() -> None:
    packets = packets_of(5)
    film = film_of(packets)
    assert read(picture_of(film.frame(2))) == {packets[4], packets[0]}
    assert (film.frame(7) == film.frame(1)).all()


def test_the_same_packets_give_the_same_bytes() -> None:
    one, other = (film_of(packets_of(4)) for _ in range(2))
    page = [b"".join(film_page(film, title="A", rate=10)) for film in (one, other)]
    moving = [b"".join(animated_png(film.frames(), film.count, rate=10)) for film in (one, other)]
    assert page[0] == page[1]
    assert moving[0] == moving[1]


def test_a_film_of_nothing_and_one_without_end_are_refused() -> None:
    with pytest.raises(UsageError):
        film_of([])
    with pytest.raises(LimitError, match="hours"):
        film_of([b"x"] * (MAX_PACKETS + 1))


@pytest.mark.parametrize(("text", "codes"), [("2x1", 2), ("1x1", 1), (" 3X2 ", 6), ("4x4", 16)])
def test_a_grid_is_said_in_columns_and_rows(text: str, codes: int) -> None:
    assert grid_of(text).codes == codes


@pytest.mark.parametrize("text", ["", "2", "0x1", "5x1", "2x9", "2x1x1", "axb", "-1x1", "²x1"])
def test_what_is_no_grid_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        grid_of(text)


def test_the_picture_of_a_frame_has_its_modules_pixel_by_pixel() -> None:
    frame = film_of(packets_of(2)).frame(0)
    with Image.open(io.BytesIO(png(frame, scale=3))) as image:
        assert image.mode == "1"
        assert (np.asarray(image.convert("L")) == picture_of(frame, 3)).all()


def test_an_animation_has_every_frame_and_its_speed() -> None:
    film = film_of(packets_of(7))
    with Image.open(io.BytesIO(b"".join(animated_png(film.frames(), film.count, rate=8, scale=2)))) as image:
        assert (image.n_frames, image.info["loop"]) == (4, 0)
        for number in range(4):
            image.seek(number)
            assert image.info["duration"] == 125
            assert (np.asarray(image.convert("L")) == picture_of(film.frame(number), 2)).all()


def page_of(film: Film, title: str = "A film") -> str:
    return b"".join(film_page(film, title=title, rate=10)).decode("utf-8")


def test_the_page_holds_every_frame_as_bits() -> None:
    film = film_of(packets_of(6))
    found = re.search(r'id="frames">\n(.*?)</script>', page_of(film), re.DOTALL)
    lines = found[1].split()
    height, width = film.shape
    for line, frame in zip(lines, film.frames(), strict=True):
        bits = np.unpackbits(np.frombuffer(base64.b64decode(line), np.uint8))[: height * width]
        assert (bits.reshape(height, width) == frame).all()


def test_the_page_loads_nothing_and_runs_its_own_script_alone() -> None:
    page = page_of(film_of(packets_of(2)))
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1]
    named = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (*scripts, style)]
    assert len(scripts) == 1
    assert policy.startswith("default-src 'none'; ")
    assert f"script-src 'sha256-{named[0]}'" in policy
    assert f"style-src 'sha256-{named[1]}'" in policy
    assert not re.search(r"https?://|\bsrc=|\bhref=|@import|url\(", page)


def test_a_hostile_title_stays_text() -> None:
    page = page_of(film_of(packets_of(2)), '</title><script>alert(1)</script>{SCRIPT}{FRAMES}"')
    assert page.count("<script>") == 1
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{SCRIPT}{FRAMES}&quot;" in page
