"""Groups get their turn by weight, and documents each once in an epoch."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.train.loading.mixing import Mixture


def drawn(mixture: Mixture, sizes: list[int], most: int) -> list[int]:
    out: list[int] = []
    while len(out) < most and (document := mixture.take()) is not None:
        mixture.charge(sizes[document])
        out.append(document)
    return out


@given(st.lists(st.integers(0, 3), min_size=1, max_size=40), st.integers(1, 3))
def test_with_epochs_each_document_comes_so_often_and_then_none(groups: list[int], epochs: int) -> None:
    mixture = Mixture(np.array(groups, np.uint16), (0.1, 0.2, 0.3, 0.4), ("s",), epochs)
    found = drawn(mixture, [7] * len(groups), 10**6)
    assert Counter(found) == dict.fromkeys(range(len(groups)), epochs)
    assert mixture.take() is None


@pytest.mark.parametrize("weights", [(0.5, 0.5), (0.9, 0.1), (1 / 3, 2 / 3)])
def test_tokens_are_shared_by_the_weights_whatever_the_groups_hold(weights: tuple[float, float]) -> None:
    groups = np.array([0] * 50 + [1] * 5, np.uint16)
    sizes = [10 + number % 7 for number in range(50)] + [300] * 5
    mixture = Mixture(groups, weights, ("s",))
    drawn(mixture, sizes, 3_000)
    tokens = [place.tokens for place in mixture.places]
    assert abs(tokens[0] / sum(tokens) - weights[0]) < 0.01
    assert all(place.epoch > 1 for place in mixture.places)


def test_epochs_of_each_group_are_counted_and_each_has_another_order() -> None:
    mixture = Mixture(np.zeros(30, np.uint16), (1.0,), ("s",))
    first, second = drawn(mixture, [1] * 30, 30), drawn(mixture, [1] * 30, 30)
    assert sorted(first) == sorted(second) == list(range(30))
    assert first != second
    assert (mixture.places[0].epoch, mixture.places[0].position) == (2, 0)


def test_a_group_without_documents_is_passed_over() -> None:
    mixture = Mixture(np.array([2, 2], np.uint16), (0.5, 0.25, 0.25), ("s",), 1)
    assert sorted(drawn(mixture, [1, 1], 10)) == [0, 1]


def test_what_is_upcoming_is_what_is_taken_where_there_is_one_group() -> None:
    mixture = Mixture(np.zeros(40, np.uint16), (1.0,), ("s",))
    drawn(mixture, [1] * 40, 11)
    expected = list(mixture.upcoming())
    assert drawn(mixture, [1] * 40, 29) == expected
    assert list(mixture.upcoming()) == drawn(mixture, [1] * 40, 40)


def test_what_is_upcoming_of_several_groups_has_all_of_each() -> None:
    mixture = Mixture(np.array([0, 1, 1, 1, 0, 1, 1], np.uint16), (0.5, 0.5), ("s",))
    assert sorted(mixture.upcoming()) == list(range(7))
    mixture.take()
    assert len(list(mixture.upcoming())) == 6
