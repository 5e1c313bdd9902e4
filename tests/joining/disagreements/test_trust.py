"""Whom a reader believes."""

from __future__ import annotations

import pytest

from galactica.errors import UsageError
from galactica.joining.disagreements.record import source_records
from galactica.joining.disagreements.trust import LARGEST_TRUST, Belief, Trust, believed, read_trust, weight_of_share
from tests.joining.disagreements.claims import CHANGING, claim, only, values

THREE = only([claim("5", "a"), claim("6", "b"), claim("6", "c")])


def side_of(value: str) -> int:
    return values(THREE).index(value)


def test_without_a_file_nobody_is_believed() -> None:
    assert believed(THREE, Trust()) == Belief()


def test_the_first_of_the_order_that_says_something_is_believed_and_that_most_say_otherwise_is_told() -> None:
    belief = believed(THREE, read_trust(b'order = ["nobody", "a", "b"]'))
    assert belief == Belief(side=side_of("5"), why="order", by="a", against_most=True)


def test_weights_are_added_up() -> None:
    light, heavy = read_trust(b"[weights]\na = 1\nb = 1\nc = 0.5"), read_trust(b"[weights]\na = 2\nb = 1\nc = 0.5")
    assert believed(THREE, light).side == side_of("6")
    assert believed(THREE, heavy).side == side_of("5")


def test_as_much_on_both_sides_decides_nothing() -> None:
    assert believed(THREE, read_trust(b"[weights]\na = 2\nb = 1\nc = 1")) == Belief()


def test_a_source_that_says_both_decides_nothing() -> None:
    both = only([claim("5", start=1), claim("6", start=9)])
    assert believed(both, read_trust(b'order = ["a"]')) == Belief()


def test_what_is_no_disagreement_needs_no_belief() -> None:
    series = only([claim("5", "a", time="2020"), claim("6", "b", time="2021")], CHANGING)
    assert believed(series, read_trust(b'order = ["a"]')) == Belief()


def test_measured_trust_is_the_record_of_the_sources() -> None:
    groups = [only([claim("5", "a", property=str(n)), claim("5", "b", property=str(n))]) for n in range(40)]
    trust = read_trust(b"measured = true", source_records(groups))
    assert dict(trust.weights)["a"] > 0
    assert weight_of_share(0.4) == 0.0


@pytest.mark.parametrize(
    "raw",
    [
        b"order",
        b"\xff",
        b'order = "a"',
        b"order = [1]",
        b"weights = 5",
        b"[weights]\na = -1",
        b"[weights]\na = nan",
        b"[weights]\na = inf",
        b'[weights]\na = "2"',
        b"[weights]\na = true",
        b"measured = 1",
        b"other = 1",
        b" " * (LARGEST_TRUST + 1),
        b"a" + b".a" * 5000 + b" = 1",
        b"order = " + b"[" * 5000,
    ],
)
def test_a_file_that_is_none_is_refused_in_words(raw: bytes) -> None:
    with pytest.raises(UsageError) as refused:
        read_trust(raw)
    assert refused.value.remedy
