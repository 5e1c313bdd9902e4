"""The picture that stands beside a result: the first of its article that can be shown small."""

from __future__ import annotations

import random
import struct
import zlib
from pathlib import Path

from galactica import library


def png(width: int) -> bytes:
    """A picture of noise, so that its bytes grow with its size."""
    noise = random.Random(width)
    rows = b"".join(b"\0" + noise.randbytes(3 * width) for _ in range(width))
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, width, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )


def test_icons_and_files_that_are_not_there_are_passed_over(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "icon.png").write_bytes(png(8))
    (site / "the pier.png").write_bytes(png(40))
    shown = "<img src='icon.png'><img src='gone.png'><img src='the%20pier.png'>"
    (site / "pier.html").write_text(f"<title>Pier</title><p>A pier of wood.</p><p>{shown}</p>", encoding="utf-8")
    (site / "plain.html").write_text("<title>Plain</title><p>No picture, only words.</p>", encoding="utf-8")
    library.build(tmp_path / "x.edition", [site], workers=0, meaning=False)
    with library.open_library([tmp_path / "x.edition"]) as opened:
        root = opened.editions[0].root
        assert opened.picture(root, "site", "pier.html") == "the pier.png"
        assert opened.picture(root, "site", "plain.html") == ""
        assert opened.picture(root, "site", "nowhere.html") == ""
