"""Files of scans, whole, of many pages, broken and hostile; each page is told once, and none raises."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("PIL")
from PIL import Image

from galactica.engrave.scans.child import packed_found, unpacked_found
from galactica.engrave.scans.files import sheets_in
from galactica.engrave.scans.reading import SheetFound, read_sheet
from tests.engrave.sheets import SMALL, drawn, full, header_of, scanned


def page(seed: int) -> Image.Image:
    return Image.fromarray(scanned(drawn(full(seed=seed), sheet=seed)))


def payloads(path: Path) -> list[bytes | None]:
    return [each.payload for each in sheets_in(path)]


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.pgm", "a.webp", "a.bmp", "picture.of.no.known.name"])
def test_a_picture_of_any_form_is_read_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    kind = {"a.jpg": "JPEG", "a.pgm": "PPM", "a.webp": "WEBP", "a.bmp": "BMP"}.get(name, "PNG")
    page(1).save(tmp_path / name, kind)
    assert payloads(tmp_path / name) == [full(seed=1)]


def test_a_picture_of_one_bit_in_colour_with_sixteen_bits_or_glass_is_read(tmp_path: Path) -> None:
    grey = np.asarray(page(1))
    clear = np.dstack([np.zeros_like(grey)] * 3 + [255 - grey])  # ink on glass
    made = {
        "bit.pbm": page(1).point(lambda value: 255 if value > 128 else 0).convert("1"),
        "bit.tiff": page(1).point(lambda value: 255 if value > 128 else 0).convert("1"),
        "colour.png": page(1).convert("RGB"),
        "deep.png": Image.fromarray(grey.astype(np.uint16) * 200),
        "glass.png": Image.fromarray(clear),
    }
    for name, image in made.items():
        image.save(tmp_path / name)
        assert payloads(tmp_path / name) == [full(seed=1)], name


def test_each_page_of_a_tiff_is_read_in_its_order(tmp_path: Path) -> None:
    empty = Image.new("L", (500, 500), 200)
    page(1).save(tmp_path / "a.tiff", save_all=True, append_images=[empty, page(2), page(1)])
    found = list(sheets_in(tmp_path / "a.tiff"))
    assert [each.payload for each in found] == [full(seed=1), None, full(seed=2), full(seed=1)]
    assert found[1].reason == "no sheet is seen in the picture"
    assert found[2].header == header_of(full(seed=2), sheet=2)


def test_each_page_of_a_pdf_is_read_as_finely_as_it_was_scanned(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2")
    page(1).save(tmp_path / "a.pdf", save_all=True, append_images=[page(2)], resolution=600)
    assert payloads(tmp_path / "a.pdf") == [full(seed=1), full(seed=2)]


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it has this size, and unpacks to zeros."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(100_000)))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no picture"),
        (b"not a picture at all", "no picture"),
        (b"%PDF-1.7\nnothing", "cannot be opened"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), ""),
        (b"II*\x00\xff\xff\xff\xff", ""),
        (b"P5\n99999999 99999999\n255\n", "pixels; at most"),
        (png_of(60_000, 60_000), "pixels; at most"),
        (png_of(3, 100_000), "too small"),
    ],
)
def test_what_holds_no_page_gives_a_reason(tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "a").write_bytes(content)
    (found,) = sheets_in(tmp_path / "a")
    assert found.payload is None
    assert found.header is None
    assert reason in found.reason
    assert found.reason


def test_a_file_that_is_cut_off_never_raises(tmp_path: Path) -> None:
    page(1).save(tmp_path / "whole.tiff", save_all=True, append_images=[page(2)])
    whole = (tmp_path / "whole.tiff").read_bytes()
    for share in (0.6,):
        (tmp_path / "cut.tiff").write_bytes(whole[: int(len(whole) * share)])
        for found in sheets_in(tmp_path / "cut.tiff"):
            assert found.payload in (None, full(seed=1), full(seed=2))
            assert (found.payload is None) == bool(found.reason)


def test_a_file_that_is_not_there_gives_a_reason(tmp_path: Path) -> None:
    (found,) = sheets_in(tmp_path / "none.png")
    assert found.reason


def test_what_is_found_goes_through_a_pipe_whole() -> None:
    whole = read_sheet(scanned(drawn(b"so")))
    assert whole.payload == b"so"
    other = SheetFound(header=header_of(b""), grid=SMALL.grid, right=0.5, wrong=0.25, reason="torn")
    for found in (whole, other, SheetFound(reason="nothing")):
        assert unpacked_found(packed_found(found)) == found
    for wrong in (b"", b"{}\n", b"[]\nx", b'{"wrong":0,"right":0,"reason":"","payload":true}\n' + bytes(64)):
        with pytest.raises((ValueError, KeyError, TypeError)):
            unpacked_found(wrong)
