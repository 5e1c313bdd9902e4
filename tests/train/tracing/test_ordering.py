"""Suffixes come into the order that comparing them one by one gives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from galactica.train.tracing import ordering
from galactica.train.tracing.ordering import suffix_order


@given(st.lists(st.integers(0, 3), max_size=80))
@example([0] * 70)
@example([0, 1] * 40)
@example([])
def test_the_order_is_that_of_the_suffixes(numbers: list[int]) -> None:
    ended = [*numbers, 4]
    order, rows = suffix_order(np.array(ended, np.uint32))
    assert order.tolist() == sorted(range(len(ended)), key=lambda start: ended[start:])
    assert rows[order].tolist() == list(range(len(ended)))


@given(st.lists(st.integers(0, 2), max_size=80))
@example([0] * 70 + [1, 0, 1])
def test_groups_that_are_sorted_a_few_at_a_time_come_into_the_same_order(numbers: list[int]) -> None:
    ended = np.array([*numbers, 3], np.uint32)
    order, rows = suffix_order(ended)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ordering, "_AT_ONCE", 3)
        few, few_rows = suffix_order(ended)
    assert few.tolist() == order.tolist()
    assert few_rows.tolist() == rows.tolist()


def test_numbers_that_need_all_bits_are_sorted_too() -> None:
    ended = np.array([2**32 - 2, 5, 2**32 - 2, 6, 2**32 - 1], np.uint32)
    order, _ = suffix_order(ended)
    assert order.tolist() == [1, 3, 0, 2, 4]
