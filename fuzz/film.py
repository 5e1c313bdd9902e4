"""Target of the fuzzer: any bytes as a picture, an animation, a plain video, a recording, what a code says, what a page
sends; and as samples.
"""

from __future__ import annotations

import io
import tempfile
from contextlib import suppress
from pathlib import Path

import numpy as np

from galactica.errors import GalacticaError, MissingError
from galactica.spread.film.envelope import unwrapped, wrapped
from galactica.spread.film.looking import MAX_PIXELS
from galactica.spread.film.png import animated_png, png
from galactica.spread.film.sound.listening import Listener
from galactica.spread.film.sound.profile import CABLE
from galactica.spread.film.sound.sounding import sounded_group
from galactica.spread.film.sound.wav import read_wav, write_wav
from galactica.spread.film.stills import NoPictureError, still_pictures
from galactica.spread.film.videos import Y4M, video_pictures
from galactica.web.receiving import read_texts

_FRAME = np.eye(21, dtype=np.uint8)
_WAV = io.BytesIO()
write_wav(_WAV, [np.zeros(100, np.float32)])
SEEDS = (
    png(_FRAME, scale=1),
    b"".join(animated_png([_FRAME, 1 - _FRAME], 2, rate=10, scale=1)),
    b"GIF89a\x02\0\x02\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x02\0\x02\0\0\x02\x03D\x02\x05\0;",
    b"YUV4MPEG2 W2 H2 F10:1 Cmono\nFRAME\nabcdFRAME\nefgh",
    _WAV.getvalue(),
    wrapped(b"a packet").encode(),
    b'{"codes": ["GX:BB8", "x"]}',
)
PIECES = ("YUV4MPEG2 ", " W", " H", " C420", "FRAME\n", "9", "99999", "\x89PNG\r\n\x1a\n", "IHDR", "IDAT", "fdAT", "acTL", "IEND", "\0\0\0\1",
          "RIFF", "WAVEfmt ", "data", "\xff\xff\xff\xff", "GIF89a", "BM", "\xff\xd8\xff", "WEBP", "GX:", "BB8", "ZZZ", "[", '{"codes": ["', '"]}')  # fmt: skip


def one(data: bytes) -> None:
    """Take `data` for each of them.

    Raises:
        AssertionError: a picture is larger than one may be, or a text stands for a packet that has another.
    """
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "file"
        file.write_bytes(data)
        with suppress(NoPictureError, MissingError, MemoryError):
            for number, picture in enumerate(still_pictures(file)):
                assert picture.size <= MAX_PIXELS
                if number == 20:
                    break
        if data.startswith(Y4M):
            with suppress(NoPictureError):
                for picture in video_pictures(file):
                    assert picture.size <= MAX_PIXELS
        with suppress(GalacticaError):
            for piece in read_wav(file):
                assert len(piece) < 1 << 21
    packet = unwrapped(data)
    assert packet is None or wrapped(packet).encode() == data
    with suppress(GalacticaError):
        read_texts(data)
    frame = sounded_group([b"packet"], CABLE)
    said = np.frombuffer(data[: len(data) // 2 * 2], "<i2").astype(np.float32) / 32_768
    listener = Listener((CABLE,))
    assert b"packet" in [*listener.hear(np.concatenate([said[:4_000], frame])), *listener.end()] or len(said)
