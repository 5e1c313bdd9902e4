"""Amounts, dates and places of cells, and what of them is read the same way in sentences."""

from __future__ import annotations

from decimal import Decimal

import pytest

from galactica.claims.amounts_read import decimal_of
from galactica.claims.places import place_at
from galactica.claims.quantities import amount_of_cell
from galactica.claims.remarks import without_brackets
from galactica.claims.sentences.lexicon import lexicon
from galactica.claims.sentences.values_read import ReadValue, read_amount, read_date
from galactica.claims.times import single_date, spoken_time
from galactica.claims.unit_signs import unit_named


@pytest.mark.parametrize(
    ("text", "measures", "language", "value"),
    [
        ("312,696 km2", "area", "en", "312696 kilometre**2"),
        ("302\u00a0km2\n116\u00a0sq mi", "area", "en", "302 kilometre**2"),
        ("5.9722×10^24 kg", "mass", "en", "5972200000000000000000000 kilogram"),
        ("−38.83 °C", "temperature", "en", "-38.83 degC"),
        ("1.234 km", "length", "en", "1.234 kilometre"),
        ("1.234 km", "length", "de", "1234 kilometre"),
        ("1.234,5 km", "length", "de", "1234.5 kilometre"),
        ("2 500 000", "count", "ru", "2500000"),
        ("12,34,567", "count", "en", ""),
        ("34人/平方公里", "density", "zh", "34 /km2"),
        ("410 inhabitants per km2", "density", "en", "410 /km2"),
        ("٣٤ كم", "length", "ar", ""),
        ("3:45", "time", "en", "225 second"),
        ("1:57:03", "time", "en", "7023 second"),
        ("10–12 m", "length", "en", ""),
        ("5 ft 11 in", "length", "en", ""),
        ("2010 census: 4,500", "count", "en", ""),
        ("10 m (deep), 12 m (high)", "length", "en", ""),
        ("10 m 40 km", "length", "en", ""),
        ("1,2,3", "count", "en", ""),
        ("1.2.3", "count", "en", ""),
        ("٣٤", "count", "ar", "34"),
        ("12 tons", "mass", "en", ""),
        ("9" * 60, "count", "en", ""),
        ("1×10^999 kg", "mass", "en", ""),
        ("1.989×10^30 kg", "mass", "en", "1989000000000000000000000000000 kilogram"),
        ("1.5×10^-3 m", "length", "en", "0.0015 metre"),
        ("1.23456789 million km", "length", "en", "1234567.89 kilometre"),
        ("1亿2000万", "count", "zh", "120000000"),
        ("893万2664", "count", "ja", "8932664"),
        ("3万5", "count", "zh", ""),
        ("5万5万", "count", "zh", ""),
        ("2 billion", "count", "en", "2000000000"),
        ("2 Billionen", "count", "de", ""),
        ("2 billion", "count", "fr", ""),
        ("2 billion", "count", "vi", "2000000000"),
        ("١٬٢٣٤٫٥ كيلومتر", "length", "ar", "1234.5 kilometre"),
    ],
)
def test_an_amount_is_read_whole_or_not_at_all(text: str, measures: str, language: str, value: str) -> None:
    found, fault = amount_of_cell(without_brackets(text, 0, len(text))[0], measures, language)
    assert (f"{found.value} {found.unit}".strip() if found else "") == value
    assert bool(fault) != bool(value)


def test_a_scale_says_how_exact_a_number_is() -> None:
    found, _ = amount_of_cell("1.7 million", "count", "en")
    assert found is not None
    assert (found.value, found.bounds) == ("1700000", ("1650000", "1750000"))


@pytest.mark.parametrize(
    ("written", "language", "number"), [("1.234", "und", None), ("1.234", "de", "1234"), ("1.23", "de", "1.23")]
)
def test_a_number_is_read_in_the_style_of_its_language(written: str, language: str, number: str | None) -> None:
    found = decimal_of(written, language)
    assert (None if found is None else f"{found:f}") == number


@pytest.mark.parametrize(
    ("text", "unit"), [("km²", "kilometre**2"), ("in km", "kilometre"), ("2011", ""), ("km and m", "")]
)
def test_a_heading_may_name_a_unit(text: str, unit: str) -> None:
    assert unit_named(text) == unit


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("5 May 1813, Ham", "1813-05-05"),
        ("May 25, 1977", "1977-05-25"),
        ("1881年9月25日", "1881-09-25"),
        ("1. Oktober 1949", "1949-10-01"),
        ("c. 384 BC", "-0383~"),
        ("公元前221年", "-0220"),
        ("1990?", "1990?"),
        ("1990s", "199X"),
        ("c. 1990s", "199X~"),
        ("2456", ""),
        ("5 May 2456", ""),
        ("19th century", "18XX"),
        ("4 April 1975; 40 years ago", "1975-04-04"),
        ("Ada Mary\n1 May 1900\nHam", "1900-05-01"),
        ("1 BC", "0000"),
        ("1990–1995", ""),
        ("1990 or 1991", ""),
        ("before 1990", ""),
        ("by 1990", ""),
        ("1985 onwards", ""),
        ("30 February 1990", ""),
        ("05/06/1990", ""),
        ("", ""),
        ("x" * 5_000, ""),
    ],
)
def test_a_date_is_read_where_it_is_the_one(text: str, date: str) -> None:
    assert single_date(text)[0] == date


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2019", "2019"),
        ("2019 census", "2019"),
        ("as of 31 December 2019", "2019-12-31"),
        ("1861–1865", "1861/1865"),
        ("1957–70", "1957/1970"),
        ("since 1990", "1990/.."),
        ("2010–present", "2010/.."),
        ("2019年", "2019"),
        ("m. 1990; div. 2001", ""),
        ("1st", ""),
        ("it was so in 1990, as some people say today", ""),
    ],
)
def test_a_remark_says_of_which_time_a_value_is(text: str, time: str) -> None:
    assert spoken_time(text) == time


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("52°13′48″N 21°00′42″E", "52.23,21.01167;u=31"),
        ("52°13'N, 21°00'E", "52.21667,21;u=1853"),
        ("8°50′S 13°20′W", "-8.83333,-13.33333;u=1853"),
        ("51.507°N 0.128°W", "51.507,-0.128;u=111"),
        ("北纬39°54′ 东经116°23′", "39.9,116.38333;u=1853"),
        ("52 30 S, 21 00 E", "-52.5,21;u=1853"),
        ("91°N 10°E", ""),
        ("north", ""),
    ],
)
def test_a_place_is_read_from_degrees(text: str, place: str) -> None:
    found = place_at(text)
    assert (found[0] if found else "") == place


def test_a_point_parts_thousands_in_a_slot_and_leaves_a_cell_alone() -> None:
    assert decimal_of("522.969", "es") is None
    assert decimal_of("522.969", "es", points=True) == 522969
    assert decimal_of("3.5", "es", points=True) == Decimal("3.5")


@pytest.mark.parametrize(
    ("stretch", "language", "date"),
    [
        ("476", "en", "0476"),
        ("AD 79", "en", "0079"),
        ("44 BC", "en", "-0043"),
        ("about 1843", "en", "1843~"),
        ("around the 1990s", "en", "199X~"),
        ("31 February 1990", "en", ""),
        ("2456", "en", ""),
        ("约1990年5月", "zh", "1990-05~"),
    ],
)
def test_a_date_of_a_slot_is_read_as_those_of_cells_are(stretch: str, language: str, date: str) -> None:
    words = lexicon(language)
    assert words is not None
    assert read_date(stretch, words) == date


@pytest.mark.parametrize(
    ("stretch", "kind", "language", "value"),
    [
        ("1.7 million", "number", "en", ReadValue(kind="quantity", value="1700000", bounds=("1650000", "1750000"))),
        ("5-kilometre", "length", "en", ReadValue(kind="quantity", value="5", unit="kilometre")),
        ("5 kilometre", "area", "en", None),
        ("5 kilometre", "number", "en", None),
        (
            "1亿2000万",
            "number",
            "zh",
            ReadValue(kind="quantity", value="120000000", bounds=("119995000", "120005000")),
        ),
        ("1.234", "number", "es", ReadValue(kind="quantity", value="1234")),
        ("3.50", "number", "en", ReadValue(kind="quantity", value="3.50")),
        ("x", "number", "en", None),
        ("", "number", "en", None),
    ],
)
def test_an_amount_of_a_slot_is_read_as_those_of_cells_are(
    stretch: str, kind: str, language: str, value: ReadValue | None
) -> None:
    words = lexicon(language)
    assert words is not None
    assert read_amount(stretch, kind, words) == value
