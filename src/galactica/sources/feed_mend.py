"""References to characters that are none, put right before a feed is given up: feedparser takes none of the feed then.

Halves of a pair (`&#xD83D;&#xDE00;`, as programs write them that count in UTF-16) become the character that they mean,
what is no character of XML becomes U+FFFD. Standard: XML 1.0 §2.2 (Char), §4.1 (character references).
"""

from __future__ import annotations

import re

_PAIR = re.compile(rb"&#([xX][dD][89abAB][0-9a-fA-F]{2}|5[5-6]\d{3});&#([xX][dD][c-fC-F][0-9a-fA-F]{2}|5[6-7]\d{3});")
_ANY = re.compile(rb"&#([xX][0-9a-fA-F]{1,4000}|\d{1,4000});?")
_NONE = b"&#xFFFD;"


def with_sound_references(raw: bytes) -> bytes:
    """A document in which every reference is to a character."""
    return _ANY.sub(_one, _PAIR.sub(_pair, raw))


def _pair(found: re.Match[bytes]) -> bytes:
    high, low = _number(found[1]), _number(found[2])
    if not (0xD800 <= high < 0xDC00 <= low < 0xE000):
        return found[0]
    return f"&#x{0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00):X};".encode()


def _one(found: re.Match[bytes]) -> bytes:
    number = _number(found[1])
    fine = number in (9, 10, 13) or 0x20 <= number < 0xD800 or 0xE000 <= number < 0x110000
    return found[0] if fine else _NONE


def _number(digits: bytes) -> int:
    hexadecimal = digits[:1] in b"xX"
    text = digits[1:] if hexadecimal else digits
    return int(text.lstrip(b"0")[:9] or b"0", 16 if hexadecimal else 10)
