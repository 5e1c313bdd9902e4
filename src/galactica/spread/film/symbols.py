"""QR codes of packets, made by segno.

Level L (7 % of a code may be unreadable): what is lost beyond that, other packets make good. The measured choice of
version and number stands in docs/decisions/0043-film-and-sound.md. Which of the eight masks is used matters little to
data that looks random, and to try all of them takes four times as long (measured 2026-11-29: 42 ms against 10 ms at
version 27, all read alike), so that one is fixed.

Source: ISO/IEC 18004:2015.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from galactica.errors import MissingError
from galactica.spread.film.envelope import MARK, wrapped

Modules = NDArray[np.uint8]
"""`uint8 [rows, columns]`: 1 where dark, 0 where light."""

QUIET = 4
"""Light modules around a code (ISO/IEC 18004 §6.3.8)."""

_MASK = 2


@lru_cache(maxsize=64)
def version_for(size: int) -> int:
    """The smallest version (1 to 40) whose code holds a packet of so many bytes.

    Raises:
        MissingError: segno is not installed.
        ValueError: no packet has this size.
    """
    return int(_made(wrapped(bytes(size)), None).version)


@lru_cache(maxsize=64)
def packet_room(version: int) -> int:
    """Bytes of the largest packet that a code of this version holds.

    Raises:
        MissingError: segno is not installed.
    """
    from segno import consts

    capacity: Any = consts.SYMBOL_CAPACITY
    bits = int(capacity[version][consts.ERROR_LEVEL_L]) - 4 - (9 if version < 10 else 11 if version < 27 else 13)
    characters = bits // 11 * 2 + (bits % 11 >= 6) - len(MARK)
    return characters // 3 * 2 + (characters % 3 == 2)


def symbol(packet: bytes, version: int) -> Modules:
    """The modules of a packet's code, without the quiet zone: `uint8 [m, m]`, m = 17 + 4 · version.

    Raises:
        MissingError: segno is not installed.
        ValueError: the packet does not fit.
    """
    code = _made(wrapped(packet), version)
    return np.asarray([list(row) for row in code.matrix], np.uint8) & np.uint8(1)


def _made(text: str, version: int | None) -> Any:  # noqa: ANN401 - segno's own kind
    try:
        import segno
    except ImportError as error:
        raise MissingError(
            "QR codes are made by segno, which is not installed.", "Install it: pip install 'galactica[spread]'"
        ) from error
    return segno.make_qr(text, version=version, error="l", mode="alphanumeric", mask=_MASK, boost_error=False)
