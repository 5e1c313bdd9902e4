"""The printed program as QR codes (ISO/IEC 18004), with what proves a copy right. The only module that needs segno."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from galactica.errors import MissingError

PARTS = ((117, 980), (97, 650), (77, 400), (57, 200))
"""(squares each way, bytes of the source) of QR codes of versions 25, 20, 15 and 10 with level M, less what a code's
own number takes. On A4 the squares of the first are 0.65 mm wide."""

QUIET = 8
"""Squares that stay white around a code, both sides together (ISO/IEC 18004:2015, 6.3.8)."""


def part_bytes(room: int) -> int:
    """Bytes of the source in one code, where `room` squares fit each way; 0 where no code fits."""
    return next((size for squares, size in PARTS if squares + QUIET <= room), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramCode:
    """One QR code: its number, from 1, and its squares, 1 is black."""

    number: int
    rows: tuple[str, ...]


def code_texts(source: str, part: int) -> tuple[str, ...]:
    """What each code says: "N/COUNT:" and a stretch of the source, `part` bytes long."""
    stretches = [source[at : at + part] for at in range(0, len(source), part)]
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


def program_codes(source: str, part: int) -> tuple[ProgramCode, ...]:
    """The QR codes of a source of ASCII, level M, `part` bytes of it in each.

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
    for number, text in enumerate(code_texts(source, part), 1):
        made = segno.make_qr(text, error="m", boost_error=False, mode="byte", encoding="ascii")
        rows = tuple("".join("1" if cell else "0" for cell in row) for row in made.matrix)
        codes.append(ProgramCode(number=number, rows=rows))
    return tuple(codes)


def source_digest(source: str) -> str:
    """SHA-256 of the source in UTF-8, hexadecimal."""
    return hashlib.sha256(source.encode("utf-8")).hexdigest()
