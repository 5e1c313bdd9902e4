"""Choosing the next token."""

from __future__ import annotations

import numpy as np
import pytest

from galactica.errors import InputError, UsageError
from galactica.train.lm.drawing import Chooser, Choosing

LOGITS = np.array([0.0, 3.0, 1.0, 2.0, -5.0], np.float32)


def drawn(count: int = 400, **how: object) -> list[int]:
    chooser = Chooser(Choosing(**how))  # type: ignore[arg-type]
    return [chooser.choose(LOGITS) for _ in range(count)]


def test_without_temperature_it_is_always_the_likeliest() -> None:
    assert set(drawn(5, temperature=0)) == {1}


def test_the_same_seed_draws_the_same_and_another_draws_another() -> None:
    assert drawn(50, seed=7) == drawn(50, seed=7)
    assert drawn(50, seed=7) != drawn(50, seed=8)


def test_shares_are_those_of_the_model() -> None:
    found = np.bincount(drawn(6000, temperature=1.0), minlength=5) / 6000
    shares = np.exp(LOGITS) / np.exp(LOGITS).sum()
    assert np.abs(found - shares).max() < 0.03


def test_only_the_likeliest_few_are_drawn() -> None:
    assert set(drawn(temperature=5.0, top_k=2)) == {1, 3}
    assert set(drawn(temperature=1.0, top_p=0.6)) == {1}
    assert set(drawn(temperature=1.0, top_p=0.7)) == {1, 3}


def test_more_than_there_are_is_all_of_them() -> None:
    assert set(drawn(temperature=50.0, top_k=1_000_000)) == {0, 1, 2, 3, 4}


@pytest.mark.parametrize(
    "how",
    [
        {"temperature": -1},
        {"temperature": float("nan")},
        {"temperature": float("inf")},
        {"top_k": -1},
        {"top_p": 0},
        {"top_p": 1.5},
        {"top_p": float("nan")},
        {"seed": -1},
        {"seed": 2**63},
    ],
)
def test_numbers_out_of_range_are_refused(how: dict[str, float]) -> None:
    with pytest.raises(UsageError):
        Choosing(**how)  # type: ignore[arg-type]


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_numbers_that_are_none_are_an_error_and_no_token(bad: float) -> None:
    with pytest.raises(InputError, match="damaged"):
        Chooser(Choosing()).choose(np.array([0, bad, 1], np.float32))
