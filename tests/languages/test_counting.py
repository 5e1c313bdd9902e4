"""How languages count: forms of words and written numbers, held to CLDR as Babel brings it."""

from __future__ import annotations

import pytest

from galactica.languages import PLURALS, cldr_number, known_languages, plural_categories, plural_category
from galactica.languages.counting import _rules, _signs

NUMBERS = (*range(300), 1_000, 1_001, 1_002, 1_011, 1_012, 1_000_000, 1_000_001, 2_000_000)
ROOM = ("en", "zh", "de", "fr", "es", "pt", "ru", "ar", "hi", "id", "ja", "sw")


@pytest.mark.parametrize("language", sorted(known_languages()))
def test_the_form_that_goes_with_a_number_is_that_of_cldr(language: str) -> None:
    core = pytest.importorskip("babel.core", reason="Babel is not installed (extra: ask)")
    try:
        cldr = core.Locale(language).plural_form
    except core.UnknownLocaleError:
        assert language not in _rules()
        return
    if language in _rules():
        assert {n: plural_category(n, language) for n in NUMBERS} == {n: cldr(n) for n in NUMBERS}


@pytest.mark.parametrize("language", ROOM)
def test_a_number_is_written_as_cldr_writes_it(language: str) -> None:
    numbers = pytest.importorskip("babel.numbers", reason="Babel is not installed (extra: ask)")
    pattern = numbers.Locale(language).decimal_formats[None]
    for number in (0, 7, 999, 12_345, 1_234_567, 98_765_432.5):  # the least number of digits is not in Babel
        expected = pattern.apply(number, language, numbering_system="latn")
        assert cldr_number(number, language, int(number != int(number))) == expected


def test_numbers_are_written_as_their_language_does() -> None:
    written = {language: cldr_number(1234567.5, language, 1) for language in ("en", "de", "fr", "hi", "ru")}
    assert written == {
        "en": "1,234,567.5",
        "de": "1.234.567,5",
        "fr": "1\u202f234\u202f567,5",
        "hi": "12,34,567.5",
        "ru": "1\xa0234\xa0567,5",
    }
    assert [cldr_number(number, "es") for number in (1234, 12345)] == ["1234", "12.345"]
    assert cldr_number(-1234, "de") == "-1.234"
    assert cldr_number(0.004, "de", 2) == "0,00"
    assert cldr_number(1234.5, "xx-unknown", 1) == "1,234.5"


def test_a_form_goes_with_each_number() -> None:
    assert [plural_category(number, "ar") for number in (0, 1, 2, 3, 11, 100)] == [
        "zero", "one", "two", "few", "many", "other",
    ]  # fmt: skip
    assert [plural_category(number, "fr") for number in (0, 1, 2, 1_000_000)] == ["one", "one", "other", "many"]
    assert plural_category(1, "zh-Hans") == "other"
    assert plural_category(1, "und") == "one"


def test_a_catalogue_needs_the_forms_of_small_numbers() -> None:
    assert plural_categories("ru") == {"one", "few", "many"}
    assert plural_categories("fr") == {"one", "other"}
    assert plural_categories("ar") == set(PLURALS)
    assert plural_categories("zh-Hans") == {"other"}


def test_conditions_and_signs_are_read_from_their_file() -> None:
    assert all(set(rules) <= set(PLURALS) - {"other"} for rules in _rules().values())
    assert all(group in ".,\xa0\u202f" and decimal in ".," and group != decimal for group, decimal in _signs().values())
