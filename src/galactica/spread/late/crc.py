"""The two checks that bundles may have: CRC-16/X.25 and CRC-32C.

Source: RFC 9171, 4.2.1; ITU-T X.25, 2.2.7.4 (polynomial 1021 hex); RFC 9260, appendix A (1EDC6F41 hex). Both are
reflected, begun with ones, and inverted at the end.
"""

from __future__ import annotations

from functools import cache


def crc16(data: bytes) -> int:
    """CRC-16/X.25: of "123456789" 906E hex."""
    return _crc(data, 0x8408, 0xFFFF)


def crc32c(data: bytes) -> int:
    """CRC-32C: of "123456789" E3069283 hex."""
    return _crc(data, 0x82F63B78, 0xFFFFFFFF)


def _crc(data: bytes, polynomial: int, ones: int) -> int:
    table, value = _table(polynomial), ones
    for byte in data:
        value = value >> 8 ^ table[(value ^ byte) & 255]
    return value ^ ones


@cache
def _table(polynomial: int) -> tuple[int, ...]:
    found = []
    for value in range(256):
        for _ in range(8):
            value = value >> 1 ^ (polynomial if value & 1 else 0)
        found.append(value)
    return tuple(found)
