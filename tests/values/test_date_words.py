"""A date is written as its language writes it, with as much as is said of it."""

from __future__ import annotations

import pytest

from galactica.values.date_words import in_words
from galactica.values.dates import Date


@pytest.mark.parametrize(
    ("language", "whole", "month", "day"),
    [
        ("en", "March 4, 1911", "March 1911", "March 4"),
        ("de", "4. März 1911", "März 1911", "4. März"),
        ("fr", "4 mars 1911", "mars 1911", "4 mars"),
        ("es", "4 de marzo de 1911", "marzo de 1911", "4 de marzo"),
        ("ja", "1911年3月4日", "1911年3月", "3月4日"),
        ("vi", "4 tháng 3 năm 1911", "tháng 3 năm 1911", "4 tháng 3"),
        ("nn", "4. mars 1911", "mars 1911", "4. mars"),
        ("ltg", "1911-03-04", "1911-03", "03-04"),
        ("fa", "۴ مارس ۱۹۱۱", "مارس ۱۹۱۱", "۴ مارس"),
    ],
)
def test_a_date_is_written_in_the_order_of_its_language(language: str, whole: str, month: str, day: str) -> None:
    assert in_words(Date(year=1911, month=3, day=4), language) == whole
    assert in_words(Date(year=1911, month=3), language) == month
    assert in_words(Date(month=3, day=4), language) == day


def test_the_day_stands_first_in_english_where_that_is_asked_and_the_first_is_an_ordinal_in_french() -> None:
    assert in_words(Date(year=1911, month=3, day=4), "en", day_first=True) == "4 March 1911"
    assert in_words(Date(year=1911, month=3, day=1), "fr") == "1er mars 1911"
    assert in_words(Date(year=1911), "de") == "1911"
