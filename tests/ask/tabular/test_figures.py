"""A column of a table as amounts and days."""

from __future__ import annotations

import pytest

from galactica.ask.tabular.figures import most_of, read_columns


def greatest(cells: list[str], language: str = "", *, most: bool = True) -> list[list[int] | None]:
    return [most_of(each, range(len(cells)), most=most) for each in read_columns(cells, language)]


@pytest.mark.parametrize(
    ("cells", "language", "row"),
    [
        (["1.250,00 €", "899,50 €", "15,90 €"], "", 0),
        (["1,250.00", "899.50", "12.90"], "", 0),
        (["1 146 053", "11 869"], "", 0),
        (["12,34,567", "3,456"], "", 0),  # lakhs
        (["55 g", "6,2 kg", "310 g"], "", 1),
        (["39.6 °C", "101.3 °F", ""], "", 0),
        (["5 %", "7.5%"], "", 1),
        (["1.5 million", "800,000"], "", 0),
        (["３.２亿", "114万"], "", 0),
        (["٣٤٠", "٤٥"], "", 0),
        (["1.234", "2.100"], "", 1),  # the same in both ways
        (["2027-03-01", "2026-11-15"], "", 0),
        (["03.02.2026", "17.11.2025"], "", 0),
        (["25/07/2014", "03/11/2013"], "", 0),
        (["-5", "-7"], "", 0),
        (["850 kg", "environ 900 kg", "1,2 t"], "", 2),
    ],
)
def test_the_most_is_told_in_every_way_of_writing(cells, language, row):
    found = greatest(cells, language)
    assert found
    assert all(each == [row] for each in found)


def test_the_least_and_rows_that_are_equal():
    assert greatest(["3", "12", "3"], most=False) == [[0, 2]]


@pytest.mark.parametrize(
    "cells",
    [
        ["45 000 FCFA", "120 €"],  # what one is in another changes by the day
        ["120 €", "45"],
        ["500 mg every 6 hours", "one sachet"],
        ["3 boxes", "4 bottles"],
        ["5 kg", "3"],
        ["5 kg", "3 m"],
        ["1.234,5", "1,234.5"],  # two conventions in one column
        ["", "n/a"],
    ],
)
def test_what_cannot_be_compared_is_not(cells):
    assert read_columns(cells) == []


def test_where_two_ways_of_reading_differ_both_are_told():
    assert greatest(["1.234", "900"]) == [[1], [0]]
    assert greatest(["1.234", "900"], "es") == [[1], [0]]  # a program writes decimals so in any language
    assert greatest(["1,234", "900"], "en") == [[0]]
    assert greatest(["03/04/2026", "05/03/2026"]) == [[0], [1]]


def test_ranges_that_overlap_have_no_most():
    assert greatest(["900 kg", "about 950 kg"]) == [None]
