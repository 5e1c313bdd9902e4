"""Numbers of books and journals that tell by their last digit whether they were copied right: ISBN (ISO 2108),
ISSN (ISO 3297)."""

from __future__ import annotations

import re

_BOOK = re.compile(r"97[89][0-9]{10}")
_OLD_BOOK = re.compile(r"[0-9]{9}[0-9X]")
_JOURNAL = re.compile(r"[0-9]{7}[0-9X]")


def is_isbn(digits: str) -> bool:
    """Whether ten or thirteen digits, without marks between them, are a book's number."""
    if _BOOK.fullmatch(digits):
        return ean_digit(digits[:12]) == digits[12]
    return _OLD_BOOK.fullmatch(digits) is not None and _weighed(digits)


def is_issn(digits: str) -> bool:
    """Whether eight digits, without the mark between them, are a journal's number."""
    return _JOURNAL.fullmatch(digits) is not None and _weighed(digits)


def long_isbn(digits: str) -> str:
    """The thirteen digits of a book's number of ten or thirteen; "" where it is none."""
    if not is_isbn(digits):
        return ""
    start = digits[:12] if len(digits) == len("9780000000000") else f"978{digits[:9]}"
    return start + ean_digit(start)


def ean_digit(digits: str) -> str:
    """The last of thirteen digits (EAN), after the first twelve."""
    return str(-sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10)


def _weighed(digits: str) -> bool:
    """Whether the last digit is right where the last weighs 1, the one before 2, … modulo 11; X is ten."""
    values = (10 if digit == "X" else int(digit) for digit in reversed(digits))
    return sum(value * weight for weight, value in enumerate(values, 1)) % 11 == 0
