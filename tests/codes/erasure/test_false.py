"""False symbols among those of a block are found: two more than needed for each."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from galactica.codes.erasure import false_points, first_repair, repair_symbols, weighed_sums
from galactica.codes.erasure.field import log_products, product, tables
from galactica.codes.erasure.layout import Symbols
from tests.codes.erasure.test_wheel import sources


def received(count: int, size: int, extra: int, seed: int) -> tuple[np.ndarray, Symbols, np.ndarray]:
    """(points, symbols, weights) of `extra` more than k symbols, any of them."""
    random = np.random.default_rng(seed)
    block = sources(count, size)
    every = np.concatenate([block, repair_symbols(block, 0, count + extra)])
    points = np.concatenate([np.arange(count), first_repair(count) + np.arange(count + extra)])
    chosen = random.permutation(len(points))[: count + extra]
    weights = random.integers(1, 1 << 16, (2, size // 2), dtype=np.uint16)
    return points[chosen], every[chosen], weights


@given(st.integers(1, 60), st.integers(0, 12), st.integers(0, 2**32 - 1), st.data())
def test_half_as_many_false_symbols_as_there_are_extra_ones_are_found(
    count: int, extra: int, seed: int, data: st.DataObject
) -> None:
    points, symbols, weights = received(count, 64, extra, seed)
    false = data.draw(st.lists(st.integers(0, len(points) - 1), max_size=extra // 2, unique=True))
    random = np.random.default_rng(seed)
    for place in false:
        symbols[place, random.integers(64)] ^= random.integers(1, 256)
    found = false_points(count, points, weighed_sums(symbols, weights))
    assert found is not None
    assert found.tolist() == sorted(points[false].tolist())


def test_a_false_symbol_at_the_point_0_is_found() -> None:
    points, symbols, weights = received(8, 64, 8, 1)
    where = int(np.flatnonzero(points == 0)[0]) if 0 in points else 0
    points[where], symbols[where] = 0, 7
    found = false_points(8, points, weighed_sums(symbols, weights))
    assert found is not None
    assert found.tolist() == [0]


def test_more_false_symbols_than_can_be_told_are_not_told() -> None:
    points, symbols, weights = received(50, 64, 6, 2)
    symbols[:20] ^= 255
    assert false_points(50, points, weighed_sums(symbols, weights)) is None


def test_a_few_places_that_explain_one_sum_are_not_believed() -> None:
    believed = 0
    for seed in range(60):
        points, symbols, weights = received(50, 64, 2, seed)
        symbols[10:16] ^= np.random.default_rng(seed).integers(1, 256, (6, 64), dtype=np.uint8)
        believed += false_points(50, points, weighed_sums(symbols, weights)) is not None
    assert believed == 0


def test_with_as_many_symbols_as_are_needed_nothing_can_be_told() -> None:
    points, symbols, weights = received(9, 64, 0, 3)
    symbols[3] ^= 1
    assert false_points(9, points, weighed_sums(symbols, weights)).tolist() == []


def test_hundreds_of_false_symbols_of_a_large_block_are_found() -> None:
    points, symbols, weights = received(3000, 64, 700, 4)
    symbols[1000:1300] ^= np.arange(300, dtype=np.uint8)[:, None] | 1
    found = false_points(3000, points, weighed_sums(symbols, weights))
    assert found is not None
    assert np.array_equal(found, np.sort(points[1000:1300]))


def test_products_of_differences_are_those_of_the_definition() -> None:
    points = np.array([0, 3, 17, 40_000, 65_535])
    logs = log_products(points)
    for point in (0, 1, 3, 500, 65_535):
        total = np.array([1], np.uint16)
        for other in points[points != point]:
            total = product(total, np.array([point ^ other], np.uint16))
        assert tables().log[total[0]] % 65_535 == logs[point]


def test_the_field_is_one() -> None:
    random = np.random.default_rng(5)
    a, b, c = random.integers(0, 1 << 16, (3, 1000), dtype=np.uint16)
    assert np.array_equal(product(a, b), product(b, a))
    assert np.array_equal(product(a, product(b, c)), product(product(a, b), c))
    assert np.array_equal(product(a, b ^ c), product(a, b) ^ product(a, c))
    assert np.array_equal(np.sort(tables().exp[:65_535]), np.arange(1, 1 << 16))
