"""Bytes as text of the 45 characters that QR codes store best, and back.

A QR code holds two such characters in 11 bits (ISO/IEC 18004, alphanumeric mode), so that text costs 3 % more room than
bytes would; but every scanner gives text back as it was, while many, browsers among them, spoil bytes.

Source: RFC 9285.
"""

from __future__ import annotations

import numpy as np

ALPHABET = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

_CHARACTERS = np.frombuffer(ALPHABET, np.uint8)
_VALUES = np.full(256, 255, np.uint32)
_VALUES[_CHARACTERS] = np.arange(45)


def base45(plain: bytes) -> str:
    """Three characters for two bytes, two for a last single one."""
    pairs = len(plain) // 2
    numbers = np.frombuffer(plain, ">u2", pairs).astype(np.uint32)
    digits = np.stack([numbers % 45, numbers // 45 % 45, numbers // 2025], axis=1).reshape(-1)
    text = _CHARACTERS[digits].tobytes()
    if len(plain) % 2:
        text += bytes((ALPHABET[plain[-1] % 45], ALPHABET[plain[-1] // 45]))
    return text.decode("ascii")


def from_base45(text: str | bytes) -> bytes:
    """The bytes that `base45` made `text` of.

    Raises:
        ValueError: a character of no such text, a length that none has, or a group above what it may say.
    """
    raw = text.encode("ascii") if isinstance(text, str) else text  # UnicodeEncodeError is a ValueError
    if len(raw) % 3 == 1:
        raise ValueError("no base45 text has this length")
    digits = _VALUES[np.frombuffer(raw, np.uint8)]
    if (digits == 255).any():
        raise ValueError("not a character of base45")
    whole = len(raw) // 3 * 3
    numbers = digits[:whole].reshape(-1, 3) @ np.array((1, 45, 2025), np.uint32)
    if (numbers > 0xFFFF).any():
        raise ValueError("a group of base45 stands for more than two bytes")
    plain = numbers.astype(">u2").tobytes()
    if len(raw) > whole:
        last = int(digits[-2]) + 45 * int(digits[-1])
        if last > 0xFF:
            raise ValueError("the last group of base45 stands for more than a byte")
        plain += bytes((last,))
    return plain
