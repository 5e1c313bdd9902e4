"""Expressions that strangers wrote: read where RE2 reads them, and never slow."""

from __future__ import annotations

import pytest

from galactica.evaluate.patterns import MAX_PATTERN, accepted, first_match


@pytest.mark.parametrize(
    "pattern",
    ["(", "(?=a)b", r"(a)\1", "", "  ", "x" * (MAX_PATTERN + 1), "((a{1,100}){1,100}){1,100}", "[z-a]", "*a"],
)
def test_what_is_not_read_is_refused(pattern: str) -> None:
    assert accepted(pattern) == ""


def test_a_backslash_before_a_letter_means_the_letter() -> None:
    assert accepted(r"Jes\ús\s+Gil") == r"Jesús\s+Gil"


@pytest.mark.parametrize(
    ("pattern", "texts", "place"),
    [
        ("Sept?(ember)?|Feb", ("in May", "In FEBRUARY", "feb"), 1),
        ("((Crick|Watson).*){2}", ("Watson", "Watson\nand Crick"), 1),
        ("jesús", ("Jesús Gil",), 0),
        ("x", ("a", "b"), None),
        ("x", (), None),
        ("x", ("\ud800 x",), 0),
    ],
)
def test_the_first_text_that_matches_is_found(pattern: str, texts: tuple[str, ...], place: int | None) -> None:
    assert first_match(accepted(pattern), texts) == place


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)*b", "(.*a){20}", "(a?){60}a{60}b", "(a*)*b"])
def test_an_expression_that_would_never_end_elsewhere_ends(pattern: str) -> None:
    assert first_match(accepted(pattern), ["a" * 5_000 + "c"] * 3) in (None, 0)
