"""How often others confirm a source."""

from __future__ import annotations

import pytest

from galactica.joining.disagreements.record import source_records, tally
from tests.joining.disagreements.claims import CHANGING, MANY, claim, only


def test_a_share_has_wilsons_interval() -> None:
    # statsmodels.stats.proportion.proportion_confint(9, 10, method="wilson")
    assert (tally(9, 10).low, tally(9, 10).high) == pytest.approx((0.59585, 0.98212), abs=1e-5)
    assert (tally(0, 0).low, tally(0, 0).high) == (0.0, 1.0)


def test_a_source_is_confirmed_where_another_stands_with_it() -> None:
    group = only([claim("5", "a"), claim("5", "b"), claim("6", "c")])
    records = {each.source: each.whole for each in source_records([group])}
    assert {name: (each.confirmed, each.of) for name, each in records.items()} == {
        "a": (1, 1),
        "b": (1, 1),
        "c": (0, 1),
    }


def test_what_one_source_says_twice_confirms_nobody() -> None:
    assert source_records([only([claim("5", start=1), claim("5", start=9)])]) == []


def test_several_values_and_other_times_say_nothing_of_a_source() -> None:
    series = only([claim("5", "a", time="2020"), claim("6", "b", time="2021")], CHANGING)
    several = only([claim("5", "a"), claim("6", "b")], MANY)
    assert source_records([series, several]) == []


def test_properties_stand_apart_the_most_compared_first() -> None:
    groups = [only([claim("5", "a", property=name), claim("5", "b", property=name)]) for name in ("q", "p", "q")]
    first = source_records(groups)[0]
    assert [(name, each.of) for name, each in first.properties] == [("q", 2), ("p", 1)]
