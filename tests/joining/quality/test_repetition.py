"""Repetition is counted as Gopher's table says, in texts small enough to count by hand."""

from __future__ import annotations

from galactica.joining.quality.repetition import duplicate_fractions, repeated_lines, top_fraction
from galactica.joining.tokens import tokens_of


def test_lines_that_came_before_are_repeated() -> None:
    assert repeated_lines(["ab", "cd", "ab", "ab"]) == (0.5, 0.5)
    assert repeated_lines([]) == (0.0, 0.0)


def test_the_most_frequent_pair_of_words_covers_its_letters_once() -> None:
    assert top_fraction(tokens_of("aa bb aa bb cc dd"), 2) == 8 / 12
    assert top_fraction(tokens_of("aa aa aa"), 2) == 1
    assert top_fraction(tokens_of("aa bb cc"), 2) == 0
    assert top_fraction(tokens_of(""), 2) == 0


def test_runs_of_words_that_come_again_are_counted_without_the_first() -> None:
    run = "a b c d e f"
    assert duplicate_fractions(tokens_of(f"{run} {run}"), (5, 6, 7)) == [0.5, 0.5, 0.0]
    assert duplicate_fractions(tokens_of("a b c")) == [0.0] * 6


def test_letters_of_scripts_without_spaces_are_their_own_words() -> None:
    assert top_fraction(tokens_of("中文中文天地"), 2) == 4 / 6
