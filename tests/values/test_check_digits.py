"""Numbers of books and journals that tell whether they were copied right."""

from __future__ import annotations

import pytest

from galactica.values.check_digits import is_isbn, is_issn, long_isbn


@pytest.mark.parametrize(
    ("digits", "long"),
    [
        ("9780141439761", "9780141439761"),
        ("9780141439762", ""),
        ("0306406152", "9780306406157"),
        ("080442957X", "9780804429573"),
        ("0306406153", ""),
        ("X306406152", ""),
        ("1234567890123", ""),
        ("", ""),
    ],
)
def test_a_books_number_is_one_by_its_last_digit(digits: str, long: str) -> None:
    assert long_isbn(digits) == long
    assert is_isbn(digits) == bool(long)


@pytest.mark.parametrize(
    ("digits", "right"), [("03178471", True), ("2434561X", True), ("03178472", False), ("", False)]
)
def test_a_journals_number_is_one_by_its_last_digit(digits: str, *, right: bool) -> None:
    assert is_issn(digits) == right
