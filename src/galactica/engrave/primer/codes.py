"""The printed program as QR codes (ISO/IEC 18004), with what proves a copy right. The only module that needs segno."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from galactica.errors import MissingError

PART_BYTES = 900
"""Bytes of the source in one code: version 25 with level M, whose squares are half a millimetre wide in print."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramCode:
    """One QR code: its number, from 1, and its squares, 1 is black."""

    number: int
    rows: tuple[str, ...]


def code_texts(source: str) -> tuple[str, ...]:
    """What each code says: "N/COUNT:" and a stretch of the source."""
    stretches = [source[at : at + PART_BYTES] for at in range(0, len(source), PART_BYTES)]
    return tuple(f"{at}/{len(stretches)}:{each}" for at, each in enumerate(stretches, 1))


def joined_codes(texts: Sequence[str]) -> str:
    """The source again, from what the codes say, in any order.

    Raises:
        ValueError: one is missing.
    """
    parts: dict[int, str] = {}
    count = 0
    for each in texts:
        head, _, rest = each.partition(":")
        at, _, total = head.partition("/")
        parts[int(at)], count = rest, int(total)
    missing = sorted(set(range(1, count + 1)) - parts.keys())
    if missing or not count:
        raise ValueError(f"these codes are missing: {missing}")
    return "".join(parts[at] for at in range(1, count + 1))


def program_codes(source: str) -> tuple[ProgramCode, ...]:
    """The QR codes of a source of ASCII, level M.

    Raises:
        MissingError: segno is not installed.
    """
    try:
        import segno
    except ImportError as problem:
        raise MissingError(
            "QR codes are made by segno, which is not installed.", "pip install 'galactica[engrave]'"
        ) from problem
    codes = []
    for number, text in enumerate(code_texts(source), 1):
        made = segno.make_qr(text, error="m", boost_error=False, mode="byte", encoding="ascii")
        rows = tuple("".join("1" if cell else "0" for cell in row) for row in made.matrix)
        codes.append(ProgramCode(number=number, rows=rows))
    return tuple(codes)


def source_digest(source: str) -> str:
    """SHA-256 of the source in UTF-8, hexadecimal."""
    return hashlib.sha256(source.encode("utf-8")).hexdigest()
