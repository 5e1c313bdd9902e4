"""Shards made of others: by the definition, and back from any that are left."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.codes.cauchy.field import INVERSES, PRODUCTS, product, reciprocal
from galactica.codes.cauchy.matrix import MOST_SHARDS, inverted, parity_matrix, restoring_matrix
from galactica.codes.cauchy.mixing import BLOCK_STEP, Mixer
from galactica.codes.cauchy.schedule import schedule
from tests.codes.cauchy import plain


def some(rows: int, block: int, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (rows, block), dtype=np.uint8)


def coded(data: int, parity: int, block: int = BLOCK_STEP, seed: int = 1) -> np.ndarray:
    mixer = Mixer(parity_matrix(data, parity), block)
    mixer.inputs[:] = some(data, block, seed)
    return np.concatenate([mixer.inputs, mixer.mix()])


def restored(shards: np.ndarray, data: int, have: list[int], want: list[int]) -> np.ndarray:
    mixer = Mixer(restoring_matrix(data, len(shards) - data, have, want), shards.shape[1])
    mixer.inputs[:] = shards[have]
    return mixer.mix()


def test_products_are_those_of_polynomials() -> None:
    for a in range(256):
        for b in (0, 1, 2, 3, 29, 142, 255):
            assert product(a, b) == PRODUCTS[a, b] == plain.times(a, b)
    assert all(plain.times(a, int(INVERSES[a])) == 1 and reciprocal(a) == INVERSES[a] for a in range(1, 256))
    with pytest.raises(ZeroDivisionError):
        reciprocal(0)


@pytest.mark.parametrize(("data", "parity"), [(1, 1), (2, 1), (3, 2), (10, 3), (5, 4), (20, 7), (235, 20)])
def test_factors_are_those_of_the_document(data: int, parity: int) -> None:
    assert [list(row) for row in parity_matrix(data, parity)] == plain.factors(data, parity)


def test_the_first_row_and_the_first_column_are_ones() -> None:
    matrix = parity_matrix(40, 10)
    assert set(matrix[0]) == {1}
    assert {row[0] for row in matrix} == {1}


@pytest.mark.parametrize(("data", "parity", "block"), [(1, 3, 64), (3, 2, 64), (10, 3, 128), (30, 12, 64)])
def test_parity_is_what_tables_of_the_field_give_symbol_by_symbol(data: int, parity: int, block: int) -> None:
    shards = coded(data, parity, block)
    assert [row.tobytes() for row in shards[data:]] == plain.parity_of([row.tobytes() for row in shards[:data]], parity)


def test_a_vector_computed_by_hand() -> None:
    """Two data shards, two parity shards: x = 1, 2 and y = 3, 4. The factors are 1, 1 and 1, f with f = (2+3)(1+4) by
    (1+3)(2+4) … all as polynomials: 1·5 by 2·6 = 5 by 12."""
    assert parity_matrix(2, 2) == ((1, 1), (1, plain.times(5, plain.inverse(12))))


@pytest.mark.parametrize(("data", "parity"), [(1, 3), (2, 2), (4, 3), (5, 2), (6, 4)])
def test_any_k_shards_give_all_others(data: int, parity: int) -> None:
    shards = coded(data, parity)
    every = range(data + parity)
    for have in itertools.combinations(every, data):
        want = [each for each in every if each not in have]
        assert (restored(shards, data, list(have), want) == shards[want]).all()


@given(st.integers(1, 60), st.integers(1, 20), st.integers(0, 2**32))
def test_any_choice_of_shards_restores_a_larger_code(data: int, parity: int, seed: int) -> None:
    shards = coded(data, parity, seed=seed)
    chosen = random.Random(seed)
    have = chosen.sample(range(data + parity), data)
    want = chosen.sample(range(data + parity), min(7, data + parity))
    assert (restored(shards, data, have, want) == shards[want]).all()


def test_the_largest_code_restores() -> None:
    shards = coded(200, 55)
    have = list(range(55, 255))
    assert (restored(shards, 200, have, [0, 54]) == shards[[0, 54]]).all()


def test_there_are_at_most_255_shards_and_at_least_one_of_data() -> None:
    for data, parity in ((0, 2), (MOST_SHARDS, 1), (3, 0)):
        with pytest.raises(ValueError, match="no code"):
            parity_matrix(data, parity)


@pytest.mark.parametrize("have", [[0, 1], [0, 1, 1], [0, 1, 5], [0, 1, 2, 3], [-1, 0, 1]])
def test_other_than_k_different_shards_are_refused(have: list[int]) -> None:
    with pytest.raises(ValueError, match="as many different"):
        restoring_matrix(3, 2, have, [0])


def test_a_matrix_without_an_inverse_is_told() -> None:
    with pytest.raises(ValueError, match="no inverse"):
        inverted([[1, 2], [1, 2]])


@pytest.mark.parametrize("block", [0, 63, 65, -64])
def test_a_block_is_whole_words_of_eight_packets(block: int) -> None:
    with pytest.raises(ValueError, match="multiple of 64"):
        Mixer(parity_matrix(2, 1), block)


@pytest.mark.parametrize("batch", [2, 3, 8])
def test_blocks_that_are_computed_at_once_are_those_that_are_computed_alone(batch: int) -> None:
    mixer = Mixer(parity_matrix(5, 3), 128, batch)
    mixer.inputs[:] = some(5, 128 * batch)
    together = mixer.mix()
    alone = Mixer(parity_matrix(5, 3), 128)
    for low in range(0, 128 * batch, 128):
        alone.inputs[:] = mixer.inputs[:, low : low + 128]
        assert (together[:, low : low + 128] == alone.mix()).all()


def test_blocks_may_be_mixed_again_and_again() -> None:
    mixer = Mixer(parity_matrix(3, 2), 64)
    for seed in (1, 2, 3):
        mixer.inputs[:] = some(3, 64, seed)
        assert (mixer.mix() == coded(3, 2, seed=seed)[3:]).all()


@given(st.integers(1, 30), st.integers(1, 200), st.floats(0, 1), st.integers(0, 2**32))
def test_a_schedule_computes_the_xor_of_every_row(rows: int, columns: int, share: float, seed: int) -> None:
    drawn = np.random.default_rng(seed)
    matrix = drawn.random((rows, columns)) < share
    inputs = drawn.integers(0, 2**62, columns).tolist()
    plan = schedule(matrix)
    packets = {**dict(enumerate(inputs)), **{columns + row: 0 for row in plan.empty}}
    for step in plan.steps:
        packets[step.target] = packets[step.left] ^ (packets[step.right] if step.right >= 0 else 0)
    for row in range(rows):
        expected = 0
        for column in np.flatnonzero(matrix[row]):
            expected ^= inputs[column]
        assert packets[columns + row] == expected
    assert len(plan.steps) <= max(matrix.sum(), 0)


def test_outputs_without_inputs_are_zeros() -> None:
    mixer = Mixer([[0, 0], [1, 0]], 64)
    mixer.inputs[:] = some(2, 64)
    assert not mixer.mix()[0].any()
    assert (mixer.outputs[1] == mixer.inputs[0]).all()


def test_what_rows_share_is_computed_once() -> None:
    bits = np.array([[(0x2B >> (row + column) % 6) & 1 for column in range(80)] for row in range(24)], dtype=bool)
    assert len(schedule(bits).steps) < bits.sum() / 2
