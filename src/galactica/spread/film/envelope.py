"""A packet as the text of a code, and back.

The text is `GX:` and the packet in base45 (RFC 9285), which a QR code holds in its alphanumeric mode. What begins
otherwise is a code of somebody else and none of ours.

Source: docs/formats/film.md.
"""

from __future__ import annotations

from galactica.codes.base45 import base45, from_base45

MARK = b"GX:"
"""What the text of each of our codes begins with."""

MAX_PACKET = 2_000
"""Bytes of the largest packet: as many as a QR code of version 33, level L, holds (3,009 characters)."""

MAX_CONTENT = len(MARK) + 3 * MAX_PACKET // 2
"""Characters of the longest text of a code."""


def wrapped(packet: bytes) -> str:
    """The text of the code that carries a packet.

    Raises:
        ValueError: the packet is empty or has more than `MAX_PACKET` bytes.
    """
    if not 0 < len(packet) <= MAX_PACKET:
        raise ValueError(f"a code carries a packet of 1 to {MAX_PACKET} bytes, not {len(packet)}")
    return MARK.decode("ascii") + base45(packet)


def unwrapped(content: bytes) -> bytes | None:
    """The packet in what a scanner read; None where it is no code of ours.

    Nothing is known of the packet by that: whoever prints a code may write `GX:` on it.
    """
    if not content.startswith(MARK) or not len(MARK) < len(content) <= MAX_CONTENT:
        return None
    try:
        return from_base45(content[len(MARK) :])
    except ValueError:
        return None
