"""Years by eras as dates of our calendar."""

from __future__ import annotations

import pytest

from galactica.values.eras import era_date, known_eras


@pytest.mark.parametrize(
    ("told", "date"),
    [
        ("清乾隆三十六年", "1771"),
        ("清朝嘉慶元年", "1796"),
        ("昭和40年", "1965"),
        ("民国10年3月5日", "1921-03-05"),
        ("民國三十八年", "1949"),
        ("大中祥符三年四月十四日", "1010"),
        ("光绪27年", "1901"),
        ("明治5年8月", "1872"),
        ("明治6年8月", "1873-08"),
    ],
)
def test_a_year_of_an_era_is_one_of_ours(told: str, date: str) -> None:
    assert era_date(told) == date


def test_the_last_months_of_a_year_of_the_moon_may_be_in_our_next() -> None:
    assert era_date("万历四年十二月") == "1576/1577"
    assert era_date("万历四年三月") == "1576"


def test_an_era_that_was_used_twice_needs_its_state_or_a_number_that_only_one_has() -> None:
    assert era_date("正德三年") == ""
    assert era_date("明正德三年") == "1508"
    assert era_date("日本正德三年") == "1713"
    assert era_date("正德十二年") == "1517"


@pytest.mark.parametrize("told", ["昭和99年", "太和三年", "1771年", "民国10年2月30日", "成立三年"])
def test_what_no_era_counts_is_no_date(told: str) -> None:
    assert era_date(told) == ""


def test_eras_end_behind_their_beginning() -> None:
    assert all(each.first <= each.last for eras in known_eras().values() for each in eras)
