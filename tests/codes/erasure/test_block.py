"""Any k different symbols restore a block of k, whichever they are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.codes.erasure import (
    MAX_SOURCES,
    first_repair,
    is_point,
    plain,
    repair_symbols,
    restore_symbols,
    symbol_point,
    symbols_of,
)
from galactica.codes.erasure.layout import elements_of, octets_of
from tests.codes.erasure.test_wheel import sources


@given(st.data(), st.integers(1, 40), st.sampled_from([2, 6, 64, 66, 128]), st.booleans())
def test_any_k_of_n_restore(data: st.DataObject, count: int, size: int, plainly: bool) -> None:
    block = sources(count, size)
    numbers = data.draw(
        st.lists(st.integers(0, count + 200), min_size=count, max_size=count + 5, unique=True), label="symbols"
    )
    repairs = repair_symbols(block, 0, 201)
    points = np.array([symbol_point(count, number) for number in numbers], np.int64)
    symbols = np.array([block[n] if n < count else repairs[n - count] for n in numbers], np.uint8)
    missing, values = restore_symbols(count, points, symbols, plainly=plainly)
    assert missing.tolist() == sorted(set(range(count)) - set(numbers))
    assert np.array_equal(values, block[missing])


def test_symbols_at_the_farthest_points_restore() -> None:
    block = sources(5, 4)
    far = repair_symbols(block, (1 << 16) - 8 - 5, 5)
    for plainly in (False, True):
        missing, values = restore_symbols(5, np.arange((1 << 16) - 5, 1 << 16), far, plainly=plainly)
        assert missing.tolist() == [0, 1, 2, 3, 4]
        assert np.array_equal(values, block)


def test_memory_of_the_numpy_code_is_bounded_by_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    block = sources(40, 1384)
    whole = repair_symbols(block, 0, 64, plainly=True)
    monkeypatch.setattr(plain, "WORK_BYTES", 1)
    assert np.array_equal(repair_symbols(block, 0, 64, plainly=True), whole)
    missing, values = restore_symbols(40, np.arange(64, 104), whole[:40], plainly=True)
    assert np.array_equal(values, block)
    assert len(missing) == 40


@pytest.mark.parametrize("size", [2, 30, 64, 100, 128, 1384])
def test_elements_and_bytes_are_each_others_way_back(size: int) -> None:
    block = sources(3, size)
    assert np.array_equal(octets_of(elements_of(block)), block)


def test_the_points_of_a_block_are_its_sources_and_what_stands_behind_the_power_of_two() -> None:
    assert [first_repair(count) for count in (1, 2, 3, 4, 5, 1000, MAX_SOURCES)] == [1, 2, 4, 4, 8, 1024, MAX_SOURCES]
    assert [point for point in range(20) if is_point(5, point)] == [0, 1, 2, 3, 4, *range(8, 20)]
    assert not is_point(5, 1 << 16)
    assert [symbol_point(5, number) for number in range(8)] == [0, 1, 2, 3, 4, 8, 9, 10]
    assert symbol_point(5, symbols_of(5) - 1) == (1 << 16) - 1


@pytest.mark.parametrize("count", [0, -1, MAX_SOURCES + 1])
def test_there_is_no_block_of_so_many(count: int) -> None:
    with pytest.raises(ValueError, match="a block has 1 to"):
        first_repair(count)


@pytest.mark.parametrize("plainly", [False, True])
def test_what_is_no_block_is_refused(plainly: bool) -> None:
    block = sources(4, 64)
    for points in ([0, 1, 2], [0, 1, 2, 2], [0, 1, 2, 1 << 15, 1 << 15]):
        with pytest.raises(ValueError, match="too few symbols"):
            restore_symbols(4, np.array(points), np.resize(block, (len(points), 64)), plainly=plainly)
    with pytest.raises(ValueError, match="none of such a block"):
        restore_symbols(3, np.array([0, 1, 3]), block[:3], plainly=plainly)
    for first, count in ((-1, 1), (0, -1), (0, 1 << 16)):
        with pytest.raises(ValueError, match="no such"):
            repair_symbols(block, first, count, plainly=plainly)
