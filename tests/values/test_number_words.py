"""Numbers in letters: English words, Roman numerals, Han characters."""

from __future__ import annotations

import pytest

from galactica.values.number_words import (
    HIGHEST_ROMAN,
    han_in_digits,
    number_at,
    number_words,
    ordinal_ending,
    ordinals,
    roman,
    romans,
)


def test_the_words_for_numbers_are_as_long_as_they_count() -> None:
    assert (number_words()["twenty"], number_words()["ninety"], number_words()["hundred"]) == (20, 90, 100)
    assert ordinals()["twentieth"] == 20


def test_roman_numerals_take_away_what_stands_before_a_larger_one() -> None:
    assert [roman(n) for n in (1, 4, 9, 14, 40, 49, 50)] == ["i", "iv", "ix", "xiv", "xl", "xlix", "l"]
    assert len({roman(n) for n in range(1, HIGHEST_ROMAN + 1)}) == HIGHEST_ROMAN
    assert roman(1984) == "mcmlxxxiv"
    assert romans()["xlii"] == 42


@pytest.mark.parametrize(
    ("text", "digits"),
    [("三百二十", "320"), ("二〇一九年", "2019年"), ("两千零五", "2005"), ("一个", "一个"), ("十五", "15")],
)
def test_han_numbers_become_digits_and_a_lone_one_stays(text: str, digits: str) -> None:
    assert han_in_digits(text) == digits


def test_tens_and_ones_that_follow_each_other_are_one_number() -> None:
    words = "of forty two or nine towns and forty".split()
    assert [number_at(words, at) for at in range(len(words))] == [
        None,
        (42, 2),
        (2, 1),
        None,
        (9, 1),
        None,
        None,
        (40, 1),
    ]


@pytest.mark.parametrize(
    ("number", "ending"),
    [(1, "st"), (2, "nd"), (3, "rd"), (4, "th"), (11, "th"), (12, "th"), (22, "nd"), (111, "th"), (123, "rd")],
)
def test_an_ordinal_ends_as_its_last_word_does(number: int, ending: str) -> None:
    assert ordinal_ending(number) == ending
