"""Dates in EDTF level 1, as the days that they may be."""

from __future__ import annotations

import pytest

from galactica.values.edtf import FOREVER, Span, read_edtf, spans_meet, two_calendars


def days(text: str) -> Span:
    found = read_edtf(text)
    assert found is not None, text
    return found


@pytest.mark.parametrize(
    ("coarse", "fine"),
    [
        ("1843", "1843-05"),
        ("1843-05", "1843-05-02"),
        ("184X", "1843"),
        ("18XX", "1899-12-31"),
        ("1840/1845", "1843"),
        ("../1845", "-0044-03-15"),
        ("1840/..", "Y99999"),
        ("1843-XX", "1843-07-01"),
        ("1843-21", "1843-04-30"),
        ("-00XX", "-0043"),
    ],
)
def test_a_coarse_date_meets_a_finer_one_in_it(coarse: str, fine: str) -> None:
    assert spans_meet(days(coarse), days(fine))
    assert spans_meet(days(fine), days(coarse))


@pytest.mark.parametrize(
    ("one", "other"), [("1843", "1844"), ("1843-05-02", "1843-05-03"), ("184X", "1850"), ("Y99999", "9999")]
)
def test_dates_that_cannot_be_the_same_do_not_meet(one: str, other: str) -> None:
    assert not spans_meet(days(one), days(other))


def test_about_a_year_meets_the_years_beside_it_and_no_others() -> None:
    assert spans_meet(days("1843~"), days("1844"))
    assert not spans_meet(days("1843~"), days("1846"))


def test_a_day_in_two_calendars_is_told_by_how_far_they_are_apart_in_its_century() -> None:
    assert two_calendars(days("1642-12-25"), days("1643-01-04"))
    assert two_calendars(days("1870-04-10"), days("1870-04-22"))
    assert two_calendars(days("1917-10-25"), days("1917-11-07"))
    assert not two_calendars(days("1870-04-10"), days("1870-04-23"))
    assert not two_calendars(days("1970-04-10"), days("1970-04-23"))
    assert not two_calendars(days("1870-04"), days("1870-04-22"))


def test_open_ends_are_open() -> None:
    assert days("../1840").first == -FOREVER
    assert days("1840/").last == FOREVER


@pytest.mark.parametrize(
    "text",
    ["", "..", "../..", "x", "1843-13", "1843-05-32", "1843-05-00", "1845/1840", "9" * 1000, "184X-05", "Y1", "1843-5"],
)
def test_what_is_of_another_form_is_no_date(text: str) -> None:
    assert read_edtf(text) is None
