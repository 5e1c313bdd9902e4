"""The months of the languages: their names, and which one a name is."""

from __future__ import annotations

import pytest

from galactica.values.months import month_name, month_named, month_names, month_numbers, months_of, read_months


@pytest.mark.parametrize(
    ("text", "language", "month"),
    [
        ("Marzo", "it", 3),
        ("maart", "nl", 3),
        ("mrt.", "nl", 0),
        ("сентября", "ru", 9),
        ("sentyabr", "ru", 0),
        ("September", "ru", 9),
        ("Sept.", "fr", 9),
        ("mars", "nb", 3),
        ("mars", "no", 3),
        ("ma", "de", 0),
        ("juin", "fr", 6),
        ("ju", "fr", 0),
        ("jui", "fr", 0),
        ("Mayor", "en", 0),
        ("", "en", 0),
    ],
)
def test_a_month_is_told_by_its_name_or_by_enough_of_it(text: str, language: str, month: int) -> None:
    assert month_named(text, language) == month


def test_a_language_has_twelve_months_or_none_and_shares_those_of_another() -> None:
    assert len(months_of("pl")) == 12
    assert months_of("nn") == months_of("nb-NO") != ()
    assert months_of("ja") == ()
    assert (month_name(11, "ja"), month_name(11, "uk")) == ("November", "листопада")
    assert all(len(names) == 12 for names in read_months().values())


def test_months_that_are_read_anywhere_are_folded() -> None:
    assert month_numbers()["fevrier"] == 2
    assert month_numbers()["sept"] == 9
    assert "février" not in month_names()
