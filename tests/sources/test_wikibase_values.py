"""EntityValues of Wikidata in the forms of the edition's statements: dates in EDTF, numbers, places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.sources.wikibase_times import JULIAN, days_of_month, gregorian, moment
from galactica.sources.wikibase_values import EntityValues, decimal
from tests.sources.entities import amount, time


@pytest.mark.parametrize(
    ("written", "precision", "edtf", "shown"),
    [
        ("+1952-03-11T00:00:00Z", 11, "1952-03-11", "11 March 1952"),
        ("+1952-03-00T00:00:00Z", 10, "1952-03", "March 1952"),
        ("+1952-00-00T00:00:00Z", 9, "1952", "1952"),
        ("+00000001952-00-00T00:00:00Z", 9, "1952", "1952"),
        ("+1957-00-00T00:00:00Z", 8, "195X", "1950s"),
        ("+1901-00-00T00:00:00Z", 7, "19XX", "20th century"),
        ("+2000-00-00T00:00:00Z", 7, "19XX", "20th century"),
        ("+1001-00-00T00:00:00Z", 6, "1001/2000", "2nd millennium"),
        ("-0044-03-15T00:00:00Z", 11, "-0043-03-15", "15 March 44 BC"),
        ("-0001-00-00T00:00:00Z", 9, "0000", "1 BC"),
        ("-0150-00-00T00:00:00Z", 7, "-01XX", "2nd century BC"),
        ("-0045-00-00T00:00:00Z", 8, "-0048/-0039", "40s BC"),
        ("+12000-00-00T00:00:00Z", 9, "Y12000", "12000"),
        ("-13798000000-00-00T00:00:00Z", 3, "Y-13798000000", "about 13,798,000,000 BC (to million years)"),
        ("+2013-02-30T00:00:00Z", 11, "2013-02", "February 2013 (day 30)"),
        ("+2013-00-00T00:00:00Z", 11, "2013", "2013"),
    ],
)
def test_a_time_says_what_its_precision_allows(written: str, precision: int, edtf: str, shown: str) -> None:
    found = moment(written, precision)
    assert (found.edtf, found.shown) == (edtf, shown)


def test_what_a_date_does_not_say_stands_in_its_text() -> None:
    values = EntityValues()
    assert values.value("time", time("+1952-03-11T00:00:00Z")).text == ""
    assert values.value("time", time("+1901-00-00T00:00:00Z", 7)).text == "20th century"
    luther = values.value("time", time("+1517-10-31T00:00:00Z", 11, JULIAN))
    assert (luther.value, luther.text) == ("1517-11-10", "31 October 1517 (Julian)")
    between = values.value("time", time("+1990-00-00T00:00:00Z", 9, before=0, after=5))
    assert between.value == "1990/1995"


def test_rdf_counts_a_year_nought() -> None:
    assert moment("-0043-03-13T00:00:00Z", 11, year_zero=True).edtf == "-0043-03-13"


@pytest.mark.parametrize("written", ["", "yesterday", "1952", "+1952-3-1T00:00:00Z", None, 7])
def test_a_time_that_is_none_is_kept_as_text_and_counted(written: object) -> None:
    found = EntityValues().value("time", {"time": written, "precision": 11})
    assert (found.kind, found.fault) == ("text", "bad-time")


@pytest.mark.parametrize(
    ("julian", "expected"),
    [
        ((1582, 10, 5), (1582, 10, 15)),
        ((-43, 3, 15), (-43, 3, 13)),
        ((1917, 10, 25), (1917, 11, 7)),
        ((-4712, 1, 1), (-4713, 11, 24)),
    ],
)
def test_julian_days_are_gregorian_days(julian: tuple[int, int, int], expected: tuple[int, int, int]) -> None:
    assert gregorian(*julian) == expected


@given(st.integers(-20_000, 5_000), st.integers(1, 12), st.integers(1, 28))
def test_days_that_follow_each_other_do_so_in_the_other_calendar(year: int, month: int, day: int) -> None:
    one, next_ = gregorian(year, month, day), gregorian(year, month, day + 1) if day < 28 else None
    assert 1 <= one[2] <= days_of_month(one[0], one[1])
    if next_ is not None:
        assert next_ == (one[0], one[1], one[2] + 1) or next_[2] == 1


@pytest.mark.parametrize(
    ("written", "number"),
    [
        *(("+456", "456"), ("-0.50", "-0.50"), ("007", "7"), ("+0", "0"), ("-0", "0"), (3.5, "3.5"), (12, "12")),
        *(
            ("1.5E3", "1500"),
            ("5.1E-2", "0.051"),
            ("NaN", None),
            ("1e999999", None),
            ("", None),
            (True, None),
            (None, None),
        ),
    ],
)
def test_numbers_are_plain_decimals(written: object, number: str | None) -> None:
    assert decimal(written) == number


def test_an_amount_keeps_its_unit_and_bounds() -> None:
    found = EntityValues().value("quantity", amount("+10.0", "Q11573", "+9.5", "+10.5"))
    assert (found.value, found.unit, found.bounds) == ("10.0", "wikidata:Q11573", ("9.5", "10.5"))
    assert EntityValues().value("quantity", {"amount": "5", "unit": "http://other.example/entity/Q2"}).unit == (
        "http://other.example/entity/Q2"
    )
    half = EntityValues().value("quantity", {"amount": "5", "unit": "1", "upperBound": "6"})
    assert (half.value, half.bounds, half.fault) == ("5", (), "bad-bounds")


def test_places_are_geo_addresses_with_their_globe_and_precision() -> None:
    place = {
        "latitude": 52.23,
        "longitude": 21.010000000000002,
        "precision": 0.01,
        "globe": "http://www.wikidata.org/entity/Q2",
    }
    assert EntityValues().value("globecoordinate", place).value == "52.23,21.01;u=1112"
    moon = place | {"globe": "http://www.wikidata.org/entity/Q405"}
    assert EntityValues().value("globecoordinate", moon).value == "52.23,21.01;crs=Q405"
    assert EntityValues().value("globecoordinate", {"latitude": 1, "longitude": None}).kind == "text"


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ({"entity-type": "item", "numeric-id": 5}, "wikidata:Q5"),
        ({"entity-type": "property", "numeric-id": 31}, "wikidata:P31"),
        ({"entity-type": "form", "id": "L7-F1"}, "wikidata:L7-F1"),
        ({"entity-type": "sense", "id": "L7-S2"}, "wikidata:L7-S2"),
        ({"entity-type": "entity-schema", "id": "E10"}, "wikidata:E10"),
        ({"entity-type": "mediainfo", "id": "M9"}, "commons:M9"),
    ],
)
def test_entities_are_identifiers(value: object, found: str) -> None:
    read = EntityValues().value("wikibase-entityid", value)
    assert (read.kind, read.value) == ("item", found)


def test_texts_have_their_language_and_addresses_are_addresses() -> None:
    spoken = EntityValues().value("monolingualtext", {"text": "Salve", "language": "la"})
    assert (spoken.kind, spoken.value, spoken.language) == ("text", "Salve", "la")
    assert EntityValues().value("string", "https://example.org/", "url").kind == "url"
    assert EntityValues().value("string", "not an address", "url").kind == "text"
    assert EntityValues().value("string", "x^2", "math").value == "x^2"
