"""Pictures of videos: YUV4MPEG2 by ourselves, MP4, Matroska, WebM and AVI by OpenCV where that is installed.

A video is told by its first bytes. What only names other files or addresses (a playlist) is not opened, and OpenCV's
FFmpeg may read nothing but the file.

Source: YUV4MPEG2 (mjpegtools, yuv4mpeg(5)); ISO/IEC 14496-12 §4.3 (`ftyp`); RFC 8794 (EBML); OpenCV `videoio`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import numpy as np

from galactica.errors import MissingError
from galactica.spread.film.looking import MAX_PIXELS, Picture
from galactica.spread.film.stills import MAX_FRAMES, NoPictureError

Y4M = b"YUV4MPEG2 "
_MAX_LINE = 1_000
"""Bytes of a header of YUV4MPEG2."""

_CHROMA = {"420": 2, "420jpeg": 2, "420mpeg2": 2, "420paldv": 2, "422": 1, "444": 0, "mono": None}
"""Colour space → in how many directions the two planes of colour have half the size; None: there are none."""


def is_video(head: bytes) -> bool:
    """Whether the first 16 bytes of a file are those of a video that is read."""
    return (
        head.startswith((Y4M, b"\x1aE\xdf\xa3"))
        or head[4:8] == b"ftyp"
        or (head.startswith(b"RIFF") and head[8:12] == b"AVI ")
    )


def video_pictures(path: Path) -> Iterator[Picture]:
    """All pictures of a video.

    Raises:
        MissingError: it needs OpenCV, which is not installed.
        NoPictureError: it is none, is too large or damaged.
    """
    with path.open("rb") as file:
        head = file.read(16)
        if head.startswith(Y4M):
            file.seek(0)
            yield from _plain(file)
            return
    if not is_video(head):
        raise NoPictureError("no video that is read")
    yield from _by_opencv(path)


def _plain(file: IO[bytes]) -> Iterator[Picture]:
    words = file.readline(_MAX_LINE).decode("ascii", "replace").split()[1:]
    told = {word[0]: word[1:] for word in words}
    try:
        width, height = int(told["W"]), int(told["H"])
        chroma = _CHROMA[told.get("C", "420")]
    except (KeyError, ValueError):
        raise NoPictureError("a header of YUV4MPEG2 that is not understood") from None
    if not (width > 0 and height > 0 and width * height <= MAX_PIXELS):
        raise NoPictureError(f"{width} by {height} pixels; at most {MAX_PIXELS:,} are read")
    across = width if chroma == 0 else -(-width // 2)
    colour = 0 if chroma is None else 2 * across * (-(-height // 2) if chroma == 2 else height)
    for _ in range(MAX_FRAMES):
        line = file.readline(_MAX_LINE)
        if not line:
            return
        if not line.startswith(b"FRAME"):
            raise NoPictureError("a frame of YUV4MPEG2 that does not begin as one")
        pixels = file.read(width * height)
        if len(pixels) < width * height or len(file.read(colour)) < colour:
            return  # cut off: what came before was read
        yield np.frombuffer(pixels, np.uint8).reshape(height, width)


def _by_opencv(path: Path) -> Iterator[Picture]:
    os.environ["OPENCV_FFMPEG_CAPTURE_OPTIONS"] = "protocol_whitelist;file"
    try:
        import cv2
    except ImportError as error:
        raise MissingError(
            "Videos are opened by OpenCV, which is not installed.",
            "Install it: pip install 'galactica[video]', or hand over a folder of pictures.",
        ) from error
    capture = cv2.VideoCapture(str(path.resolve()), cv2.CAP_FFMPEG)
    try:
        if not capture.isOpened():
            raise NoPictureError("a video that OpenCV cannot open")
        width, height = (capture.get(each) for each in (cv2.CAP_PROP_FRAME_WIDTH, cv2.CAP_PROP_FRAME_HEIGHT))
        if not 0 < width * height <= MAX_PIXELS:
            raise NoPictureError(f"{width:.0f} by {height:.0f} pixels; at most {MAX_PIXELS:,} are read")
        for _ in range(MAX_FRAMES):
            there, picture = capture.read()
            if not there:
                return
            grey = picture if picture.ndim == 2 else cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
            yield np.asarray(grey, np.uint8)
    finally:
        capture.release()
