"""A date has what is said of it, in whatever language and form, and no more."""

from __future__ import annotations

import pytest

from galactica.values.dates import Date, dates, inner_date, same_date, whole_date


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
        ("im Jahr 48 v. Chr.", Date(year=-48)),
        ("hacia 48 a. C.", Date(year=-48)),
        ("3 Sept. 1992", Date(year=1992, month=9, day=3)),
        ("公元前221年", Date(year=-221)),
        ("公元前3世纪", Date(year=-201, span=100)),
        ("紀元前三世紀", Date(year=-201, span=100)),
        ("公元前320年代", Date(year=-320, span=10)),
        ("20世纪90年代", Date(year=1990, span=10)),
        ("1990年代", Date(year=1990, span=10)),
    ],
)
def test_a_date_has_what_is_said_of_it(text: str, date: Date) -> None:
    assert dates(text) == [date]


def test_what_is_no_date_has_none() -> None:
    assert dates("in the beginning, 12 apples and 34.5 %") == []
    assert dates("90年代") == []  # of which century is not said


def test_a_year_lies_in_its_decade_and_century() -> None:
    assert same_date(Date(year=1994), Date(year=1990, span=10))
    assert same_date(Date(year=1900), Date(year=1801, span=100))
    assert not same_date(Date(year=1901), Date(year=1801, span=100))
    assert same_date(Date(year=-327), Date(year=-320, span=10))
    assert not same_date(Date(year=-331), Date(year=-320, span=10))


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("It opened on 4 March 1911 at noon.", "March", "4 March 1911"),
        ("It opened on March 4, 1911 at noon.", "1911", "March 4, 1911"),
        ("Opened: 1911-03-04, closed later.", "1911", "1911-03-04"),
        ("Eröffnet am 4.3.1911 mittags.", "1911", "4.3.1911"),
        ("它于1911年3月4日开放。", "1911", "1911年3月4日"),
        ("Mở cửa ngày 4 tháng 3 năm 1911 tại Huế.", "4", "4 tháng 3 năm 1911"),
        ("It opened in 1911 at noon.", "1911", None),
        ("Number 1911-13-04 of 77.13.1911.", "1911", None),
    ],
)
def test_a_part_of_a_date_is_widened_to_the_date(text: str, part: str, whole: str | None) -> None:
    start = text.index(part)
    found = whole_date(text, start, start + len(part))
    assert (None if found is None else text[slice(*found)]) == whole


def test_the_one_date_in_a_long_stretch_is_told_from_the_rest() -> None:
    text = "the ship left the harbour for good on 4 March 1911"
    found = inner_date(text, 0, len(text))
    assert found is not None
    assert text[slice(*found)] == "4 March 1911"
    assert inner_date("late 4 March 1911", 0, 17) is None
    assert inner_date("it left on 4 March 1911 and came back on 5 May 1912", 0, 51) is None
