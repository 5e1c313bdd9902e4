"""Codes: what is near, found as if every code had been looked at one after the other."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from galactica.search.meaning import codes as module
from galactica.search.meaning.codes import CodeBlock, codes, columns, distances, estimate, nearest, signs

WORDS = st.integers(1, 3)


def brute(rows: np.ndarray, query: np.ndarray, k: int, allowed: np.ndarray) -> list[tuple[int, int]]:
    """(number, distance), bit by bit."""
    found = []
    for number, row in enumerate(rows.tolist()):
        if any(row) and allowed[number]:
            away = sum((a ^ b).bit_count() for a, b in zip(row, query.tolist(), strict=True))
            found.append((away, number))
    return [(number, away) for away, number in sorted(found)[:k]]


@st.composite
def scans(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, list[int], np.ndarray]:
    words = draw(WORDS)
    few = st.one_of(st.integers(0, 7), st.integers(0, 2**64 - 1), st.just(0))
    rows = draw(arrays.arrays(np.uint64, st.tuples(st.integers(0, 40), st.just(words)), elements=few))
    query = draw(arrays.arrays(np.uint64, words, elements=few))
    cuts = sorted(draw(st.lists(st.integers(0, len(rows)), max_size=4)))
    allowed = draw(arrays.arrays(np.bool_, len(rows)))
    return rows, query, cuts, allowed


@given(scans(), st.integers(0, 50), st.booleans(), st.integers(1, 3))
def test_the_nearest_are_those_that_looking_at_each_finds(
    scan: tuple[np.ndarray, np.ndarray, list[int], np.ndarray], k: int, filtered: bool, threads: int
) -> None:
    rows, query, cuts, allowed = scan
    if not filtered:
        allowed = np.ones(len(rows), dtype=bool)
    borders = [0, *cuts, len(rows)]
    parts = [
        CodeBlock(first=a, columns=columns(rows[a:b]), allowed=allowed[a:b] if filtered else None)
        for a, b in pairwise(borders)
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "CHUNK", 7)
        patch.setattr(module, "THREADS_FROM", 3)
        numbers, away = nearest(parts, query, k, threads=threads)
    assert list(zip(numbers.tolist(), away.tolist(), strict=True)) == brute(rows, query, k, allowed)


def test_parts_may_have_gaps_between_them() -> None:
    rows = np.arange(1, 9, dtype=np.uint64)[:, None]
    parts = [CodeBlock(first=10, columns=columns(rows[:3])), CodeBlock(first=100, columns=columns(rows[3:]))]
    numbers, away = nearest(parts, np.array([4], dtype=np.uint64), 3)
    assert numbers.tolist() == [100, 101, 102]
    assert away.tolist() == [0, 1, 1]


def test_nothing_is_found_in_nothing() -> None:
    assert [found.tolist() for found in nearest([], np.array([1], dtype=np.uint64), 5)] == [[], []]


_SIZES = st.tuples(st.integers(0, 6), st.sampled_from([64, 128]))


@given(arrays.arrays(np.float32, _SIZES, elements=st.floats(-2, 2, width=32)))
def test_a_code_is_the_signs_and_is_zeros_for_zeros_alone(vectors: np.ndarray) -> None:
    rows = codes(vectors)
    assert rows.shape == (len(vectors), vectors.shape[1] // 64)
    assert (rows.any(axis=1) == vectors.any(axis=1)).all()
    for vector, sign in zip(vectors, signs(rows), strict=True):
        if (vector > 0).any():
            assert ((vector > 0) == (sign > 0)).all()
        elif vector.any():
            assert np.flatnonzero(sign > 0).tolist() == [int(vector.argmax())]


def test_dimension_i_is_bit_i_of_the_words() -> None:
    for i in (0, 1, 63, 64, 127):
        vector = np.full((1, 128), -1, dtype=np.float32)
        vector[0, i] = 1
        assert codes(vector)[0].tolist() == [1 << i if i < 64 else 0, 1 << (i - 64) if i >= 64 else 0]


@given(arrays.arrays(np.float32, (5, 128), elements=st.floats(-2, 2, width=32)))
def test_the_estimate_is_the_cosine_with_the_signs(vectors: np.ndarray) -> None:
    length = np.linalg.norm(vectors[0])
    query = vectors[0] / length if length > 1e-3 else np.eye(128, dtype=np.float32)[0]
    rows = codes(vectors)
    expected = signs(rows).astype(float) @ query.astype(float) / np.sqrt(128)
    assert np.allclose(estimate(query.astype(np.float32), rows), expected, atol=1e-5)


def test_distances_of_long_codes_do_not_overflow() -> None:
    rows = np.full((2, 16), 2**64 - 1, dtype=np.uint64)
    assert distances(columns(rows), np.zeros(16, dtype=np.uint64)).tolist() == [1024, 1024]
