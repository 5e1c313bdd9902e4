"""Numbers are written and read in the style of a language, and read where the language is not known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.values.numerals import (
    NUMBER,
    decimal_places,
    read_in_any_style,
    read_number,
    read_value,
    style_of,
    without_style,
    write_number,
)

LANGUAGES = ["en", "de", "fr", "es", "hi", "fa", "my", "de-ch"]


@given(
    st.decimals(min_value=-(10**12), max_value=10**12, places=2, allow_nan=False, allow_infinity=False),
    st.sampled_from(LANGUAGES),
)
def test_what_was_written_is_read_again(number: object, language: str) -> None:
    written = write_number(str(number), language)
    assert read_number(written, language) == float(str(number))
    assert without_style(written, language) == str(number)


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("8.765,5", "de", 8765.5),
        ("8.75", "de", 8.75),
        ("8.765", "de", 8765.0),
        ("8,765", "en", 8765.0),
        ("8,765", "fr", 8.765),
        ("8,765,432", "de", 8765432.0),
        ("−8", "en", -8.0),
        ("8e3", "en", 8000.0),
        ("8 m", "en", None),
        ("", "en", None),
        ("8" * 70, "en", None),
    ],
)
def test_a_number_is_read_in_the_style_of_its_language(text: str, language: str, number: float | None) -> None:
    assert read_number(text, language) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7/8", 0.875),
        ("-2+1/4", -2.25),
        ("3 1/2", 3.5),
        ("1/0", None),
        ("6×10^3", 6000.0),
        ("6,5", 65.0),
        ("x/2", None),
    ],
)
def test_a_fraction_and_a_power_of_ten_are_values(text: str, number: float | None) -> None:
    assert read_value(text) == number


@pytest.mark.parametrize(
    ("text", "number", "behind"),
    [
        ("8,765.5", 8765.5, 0),
        ("8.765,5", 8765.5, 0),
        ("8 765", 8765.0, 0),
        ("8’765", 8765.0, 0),
        ("8.765", 8765.0, 0),
        ("8.76", 8.76, 2),
        ("8,7655", 8.7655, 4),
        (".5", 0.5, 1),
        ("87655", 87655.0, 0),
        ("9" * 40, None, 0),
    ],
)
def test_a_number_of_an_unknown_language_is_read(text: str, number: float | None, behind: int) -> None:
    assert NUMBER.fullmatch(text)
    assert read_in_any_style(text) == number
    assert decimal_places(text) == behind


def test_a_language_has_its_own_style_or_its_parents_or_the_english_one() -> None:
    assert style_of("de-ch").group == "’"
    assert style_of("de-at") == style_of("de")
    assert style_of("tlh") == style_of("en")
