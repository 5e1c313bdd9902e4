"""Rates: what a number of steps gives, what a time gives, and that one makes the other again."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.errors import InputError
from galactica.train.lm.rates import Fall, RateClock, fall_from, fall_of, read_fall


def clock(steps: int | None = None, seconds: float | None = None, warm: int = 3) -> RateClock:
    return RateClock(warm=warm, cool=0.5, steps=steps, seconds=seconds)


def test_the_rate_rises_stays_and_falls_to_nothing_behind_the_last_step() -> None:
    ten = clock(10)
    shares = [ten.rate(step) for step in range(10)]
    assert shares == pytest.approx([1 / 3, 2 / 3, 1, 1, 1, 1, 0.8, 0.6, 0.4, 0.2])
    assert [ten.over(done) for done in (9, 10)] == [False, True]


@given(st.integers(1, 100_000))
def test_a_time_that_ran_out_after_some_steps_is_a_number_of_steps(step: int) -> None:
    fall = fall_from(step, 0.5)
    assert fall == fall_of(fall.steps, 0.5)
    assert fall.corners[0] == (step, 1.0)


def test_with_a_time_the_rate_falls_from_where_half_of_it_is_over() -> None:
    timed = clock(seconds=100.0)
    timed.look(40, 49.0, 1.2)
    assert timed.fall is None
    timed.look(42, 50.4, 1.2)
    assert timed.fall == fall_of(84, 0.5)
    assert not timed.over(83)
    assert timed.over(84)


def test_steps_that_take_longer_make_the_fall_steeper_so_that_it_ends_in_time() -> None:
    timed = clock(seconds=100.0)
    timed.look(42, 50.4, 1.2)
    timed.look(60, 80.0, 2.0)
    assert timed.fall is not None
    assert timed.fall.steps == 70
    assert timed.fall.share(60) == pytest.approx(fall_of(84, 0.5).share(60))
    assert timed.fall.share(59) == pytest.approx(fall_of(84, 0.5).share(59))
    assert timed.fall.share(69) == pytest.approx(timed.fall.share(60) / 10)


def test_a_time_that_is_over_ends_with_the_next_step() -> None:
    timed = clock(seconds=1.0)
    timed.look(1, 30.0, 30.0)
    timed.look(2, 60.0, 30.0)
    assert timed.over(3)


def test_steps_and_time_end_with_whichever_is_over_first() -> None:
    both = clock(steps=1000, seconds=100.0)
    both.look(10, 10.0, 1.0)
    assert both.fall is not None
    assert both.fall.steps == 100


@given(st.lists(st.tuples(st.integers(0, 10**6), st.floats(0, 1)), min_size=2, max_size=6))
def test_corners_are_read_again_or_refused(corners: list[tuple[int, float]]) -> None:
    good = all(a[0] < b[0] for a, b in pairwise(corners)) and corners[-1][1] == 0
    if good:
        assert read_fall([list(each) for each in corners]) == Fall(corners=tuple(corners))
    else:
        with pytest.raises(InputError):
            read_fall([list(each) for each in corners])


@pytest.mark.parametrize(
    "given", [[], [[1]], "ab", [[0, 1], [1e400, 0]], [[0, float("nan")], [2, 0]], 7, [["a", 1]] * 2]
)
def test_what_is_no_fall_is_refused(given: object) -> None:
    with pytest.raises(InputError):
        read_fall(given)


def test_none_is_no_fall_yet() -> None:
    assert read_fall(None) is None
