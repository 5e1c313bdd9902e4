"""Names inside a source, and the day that a name says."""

from __future__ import annotations

import pytest

from galactica.sources.paths import day_called


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2021-02-15", "2021-02-15"),
        ("handbook-2021-02-15", "2021-02-15"),
        ("handbook 2021-02-15", "2021-02-15"),
        ("2021-02-30", ""),
        ("2021", ""),
        ("2021-02", ""),
        ("12021-02-15", ""),
        ("2021-02-15-notes", ""),
        ("٢٠٢١-٠٢-١٥", ""),
        ("", ""),
    ],
)
def test_a_name_says_a_day_where_it_is_one_or_ends_in_one(name: str, day: str) -> None:
    assert day_called(name) == day
