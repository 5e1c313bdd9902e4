import numpy as np
import pytest

from galactica.codes.products import MOST_NUMBERS, along, product, summed


@pytest.mark.parametrize(
    ("rows", "inner", "columns"), [(0, 4, 3), (1, 1, 1), (7, 448, 10), (3_000, 448, 12), (5, 64, 9_000)]
)
def test_a_product_in_pieces_is_the_product(rows, inner, columns):
    made = np.random.default_rng(1)
    left = made.standard_normal((rows, inner)).astype(np.float32)
    right = made.standard_normal((inner, columns)).astype(np.float32)
    assert np.allclose(product(left, right), left @ right, atol=1e-3)


@pytest.mark.parametrize(("rows", "inner"), [(0, 5), (1, 1), (200, 448), (3, MOST_NUMBERS + 1)])
def test_sums_and_projections_in_pieces_are_those(rows, inner):
    made = np.random.default_rng(2)
    table = made.standard_normal((rows, inner)).astype(np.float32)
    weights = made.standard_normal(rows).astype(np.float32)
    vector = made.standard_normal(inner).astype(np.float32)
    assert np.allclose(summed(weights, table), weights @ table, atol=1e-3)
    assert np.allclose(along(table, vector), table @ vector, atol=1e-3)
