"""A number chooses the form of the word behind it, as its language does."""

from __future__ import annotations

import pytest

from galactica.values.plurals import plural_form


@pytest.mark.parametrize(
    ("language", "number", "form"),
    [
        ("en", "1", "one"),
        ("en", "0", "few"),
        ("fr", "1,5", "one"),
        ("fr", "2", "few"),
        ("ru", "21", "one"),
        ("ru", "23", "few"),
        ("ru", "12", "many"),
        ("pl", "21", "many"),
        ("pl", "34", "few"),
        ("cs", "4", "few"),
        ("sl", "102", "few"),
        ("ja", "7", "one"),
        ("en", "some", "many"),
    ],
)
def test_the_form_is_the_one_that_the_number_asks_for(language: str, number: str, form: str) -> None:
    assert plural_form(number, ["one", "few", "many"], language) == form


def test_the_last_form_stands_for_those_that_were_not_given() -> None:
    assert plural_form("5", ["день", "дня"], "ru") == "дня"
    assert plural_form("5", [], "ru") == ""
