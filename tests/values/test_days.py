"""Days are read in every language whose months are known, and counted by the calendar."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.values.dates import Date
from galactica.values.days import MOST_READ, WEEKDAYS, day_of, days_in, possible, years_between


@pytest.mark.parametrize(
    "text",
    [
        "4 March 1911",
        "4th of March, 1911",
        "March 4, 1911",
        "Mar. 4th 1911",
        "1911-03-04",
        "4.3.1911",
        "4 mars 1911",
        "4. März 1911",
        "4 de marzo de 1911",
        "4 марта 1911",
        "1911年3月4日",
    ],
)
def test_a_day_is_read_where_it_stands(text: str) -> None:
    around = f"It opened ({text}), as is known."
    ((day, start, end),) = days_in(around)
    assert day == date(1911, 3, 4)
    assert around[start:end] == text


@pytest.mark.parametrize(
    "text",
    ["31 February 1911", "March 1911", "4 March", "4 March 480 BC", "公元前221年3月4日", "1911-13-04", "in 1911", ""],
)
def test_what_is_no_day_of_the_calendar_is_left_out(text: str) -> None:
    assert list(days_in(text)) == []


def test_days_are_looked_for_to_a_bound() -> None:
    assert list(days_in(" " * MOST_READ + "4 March 1911")) == []


def test_an_age_goes_up_on_the_birthday() -> None:
    assert years_between(date(1900, 5, 6), date(1911, 5, 5)) == 10
    assert years_between(date(1900, 5, 6), date(1911, 5, 6)) == 11
    assert years_between(date(1904, 2, 29), date(1911, 2, 28)) == 6
    assert years_between(date(1904, 2, 29), date(1911, 3, 1)) == 7
    assert years_between(date(1911, 5, 6), date(1911, 5, 5)) == -1


def test_a_date_may_lack_its_day_and_its_month_but_not_its_month_alone() -> None:
    assert possible(Date(year=1911))
    assert possible(Date(year=1911, month=2))
    assert possible(Date(year=1912, month=2, day=29))
    assert not possible(Date(year=1911, month=2, day=29))
    assert not possible(Date(year=1911, day=4))
    assert not possible(Date(year=1911, month=13))
    assert not possible(Date(month=3, day=4))
    assert not possible(Date(year=-44))


def test_a_day_of_the_week_has_its_name() -> None:
    day = day_of(Date(year=1911, month=3, day=4))
    assert day is not None
    assert WEEKDAYS[day.weekday()] == "Saturday"


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_in_iso_form_is_read_again(day: date) -> None:
    assert [found for found, _, _ in days_in(f"on {day.isoformat()},")] == [day]


@given(st.text(alphabet="0123456789-./ 年月日MaymarchBC,", max_size=80))
def test_no_text_raises(text: str) -> None:
    for _, start, end in days_in(text):
        assert 0 <= start < end <= len(text)
