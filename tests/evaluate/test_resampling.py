"""Intervals and p-values: fixed by the seed, wider for fewer questions, and honest about translations."""

from __future__ import annotations

import numpy as np
import pytest

from galactica.evaluate import resampling


def column(values: list[float]) -> np.ndarray:
    return np.array(values, dtype=np.float64)[:, None]


def test_the_same_seed_gives_the_same_draws_in_blocks_of_any_size(monkeypatch: pytest.MonkeyPatch) -> None:
    values, clusters = column([0, 1, 1, 0, 1]), np.arange(5)
    whole = resampling.means(values, clusters, 7)
    monkeypatch.setattr(resampling, "_AT_ONCE", 35)
    assert np.array_equal(resampling.means(values, clusters, 7), whole)
    assert not np.array_equal(resampling.means(values, clusters, 8), whole)
    assert whole.shape == (resampling.DRAWS, 1)


def test_the_interval_of_a_share_is_near_the_one_of_the_normal_distribution() -> None:
    # 400 questions, half of them right: 0.5 ± 1.96 · √(0.25 / 400) = 0.451 to 0.549.
    values = column([0.0, 1.0] * 200)
    low, high = resampling.interval(resampling.means(values, np.arange(400), 0))
    assert low[0] == pytest.approx(0.451, abs=0.006)
    assert high[0] == pytest.approx(0.549, abs=0.006)


def test_ten_translations_of_a_question_are_not_ten_questions() -> None:
    once = column([0.0, 1.0] * 50)
    ten = np.repeat(once, 10, axis=0)
    low, high = resampling.interval(resampling.means(once, np.arange(100), 0))
    same_low, same_high = resampling.interval(resampling.means(ten, np.repeat(np.arange(100), 10), 0))
    assert (same_low[0], same_high[0]) == pytest.approx((low[0], high[0]))
    narrow_low, narrow_high = resampling.interval(resampling.means(ten, np.arange(1_000), 0))
    assert narrow_high[0] - narrow_low[0] < 0.5 * (high[0] - low[0])


def test_no_difference_is_chance_and_a_steady_one_is_not() -> None:
    nothing, steady = np.zeros((50, 1)), column([0.1, 0.3] * 25)
    for values, p in ((nothing, 1.0), (steady, 1 / 1_001)):
        drawn = resampling.means(values, np.arange(50), 0)
        assert resampling.p_values(values.mean(axis=0), drawn)[0] == pytest.approx(p)


def test_the_p_value_is_near_that_of_the_z_test() -> None:
    # 100 pairs, 60 better by 1 and 40 worse by 1: mean 0.2, standard error 0.098, z = 2.04, p = 0.041.
    values = column([1.0] * 60 + [-1.0] * 40)
    drawn = resampling.means(values, np.arange(100), 0)
    assert resampling.p_values(values.mean(axis=0), drawn)[0] == pytest.approx(0.041, abs=0.02)


def test_one_question_has_an_interval_of_one_point() -> None:
    low, high = resampling.interval(resampling.means(column([0.3]), np.zeros(1, dtype=np.int64), 0))
    assert low[0] == high[0] == pytest.approx(0.3)
