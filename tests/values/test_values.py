"""Numbers, dates and names are read as exactly as they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.values.amounts import Amount, amounts, numbers, same_amount
from galactica.values.dates import Date, dates, same_date
from galactica.values.names import items, same_name


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1,234", Amount(low=1234, high=1234)),
        ("1.234", Amount(low=1234, high=1234)),
        ("1 234,5", Amount(low=1234.5, high=1234.5)),
        ("260 kilometres", Amount(low=255, high=265, unit="kilometre")),
        ("3.5 ft", Amount(low=3.45, high=3.55, unit="foot")),
        ("25%", Amount(low=25, high=25, unit="percent")),
        ("百分之三", Amount(low=3, high=3, unit="percent")),
        ("170万", Amount(low=1_650_000, high=1_750_000)),
        ("twenty-five", Amount(low=25, high=25)),
    ],
)
def test_an_amount_is_as_exact_as_it_is_written(text: str, amount: Amount) -> None:
    (found,) = amounts(text)
    assert (found.low, found.high) == pytest.approx((amount.low, amount.high))
    assert found.unit == amount.unit


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("June 5, 1990", Date(year=1990, month=6, day=5)),
        ("5 de junio de 1990", Date(year=1990, month=6, day=5)),
        ("1990年6月5日", Date(year=1990, month=6, day=5)),
        ("5 июня 1990", Date(year=1990, month=6, day=5)),
        ("ngày 2 tháng 9 năm 1945", Date(year=1945, month=9, day=2)),
        ("5 June", Date(month=6, day=5)),
        ("the 1990s", Date(year=1990, span=10)),
        ("19th century", Date(year=1801, span=100)),
        ("44 BC", Date(year=-44)),
        ("公元前221年", Date(year=-221)),
    ],
)
def test_a_date_has_what_is_said_of_it(text: str, date: Date) -> None:
    assert dates(text) == [date]


def test_what_is_no_date_has_none() -> None:
    assert dates("in the beginning, 12 apples and 34.5 %") == []


def test_a_year_lies_in_its_decade_and_century() -> None:
    assert same_date(Date(year=1994), Date(year=1990, span=10))
    assert same_date(Date(year=1900), Date(year=1801, span=100))
    assert not same_date(Date(year=1901), Date(year=1801, span=100))


def test_units_are_converted() -> None:
    pytest.importorskip("pint")
    assert same_amount(amounts("10 miles")[0], amounts("16 km")[0])
    assert same_amount(amounts("10 miles")[0], amounts("20 km")[0]) is False
    assert same_amount(amounts("10 miles")[0], amounts("16 kg")[0]) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("J. R. R. Tolkien", "John Ronald Reuel Tolkien", True),
        ("United Nations", "UN", True),
        ("Isaac Newton", "Gottfried Leibniz", False),
        ("Smith", "John Smith", True),
        ("John Smith", "Jane Smith", False),
    ],
)
def test_names_fit_by_parts_and_initials(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same
    assert same_name(other, one) is same


def test_a_list_is_cut_at_commas_and_and() -> None:
    assert items("salt, pepper and vinegar") == ["salt", "pepper", "vinegar"]


@given(st.text(max_size=300), st.text(max_size=100))
def test_nothing_that_can_be_written_raises(one: str, other: str) -> None:
    for left in amounts(one):
        for right in amounts(other):
            same_amount(left, right)
    for first in dates(one):
        for second in dates(other):
            same_date(first, second)
    numbers(one)
    same_name(one, other)


@given(st.integers(1, 9_999_999))
def test_a_number_is_the_same_with_and_without_marks(number: int) -> None:
    assert numbers(f"{number}") == numbers(f"{number:,}") == [float(number)]


@pytest.mark.parametrize("text", ["περίπου 300", "khoảng 300", "yaklaşık 300", "ungefähr 300", "около 300", "大约300"])
def test_what_is_rough_is_rough_in_every_language(text: str) -> None:
    (amount,) = amounts(text)
    assert amount.low < 280
    assert amount.high > 320


@pytest.mark.parametrize("text", ["über 500", "más de 500", "mehr als 500", "более 500", "over 500"])
def test_what_is_over_has_no_end_in_every_language(text: str) -> None:
    (amount,) = amounts(text)
    assert amount.high == float("inf")
