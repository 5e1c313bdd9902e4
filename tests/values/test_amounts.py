"""An amount is read as exactly as it is written; nothing that can be written raises."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.values.amounts import Amount, amounts, numbers, same_amount
from galactica.values.dates import dates, same_date
from galactica.values.names import same_name


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


def test_units_are_converted() -> None:
    assert same_amount(amounts("10 miles")[0], amounts("16 km")[0])
    assert same_amount(amounts("10 miles")[0], amounts("20 km")[0]) is False
    assert same_amount(amounts("10 miles")[0], amounts("16 kg")[0]) is None


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
