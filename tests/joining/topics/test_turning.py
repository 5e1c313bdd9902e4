"""Vectors of one side are turned as matched pairs teach it, and no pair by itself."""

from __future__ import annotations

import numpy as np

from galactica.joining.topics.translating import fold_numbers
from galactica.joining.topics.turning import turned_beside


def turned_sides(rng: np.random.Generator, records: int, width: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Vectors, the same turned at random, and the turn."""
    one = rng.normal(size=(records, width))
    one /= np.linalg.norm(one, axis=1, keepdims=True)
    turn, _ = np.linalg.qr(rng.normal(size=(width, width)))
    return one.astype(np.float32), (one @ turn).astype(np.float32), turn


def test_a_turn_is_learned_from_half_of_the_records_and_holds_for_the_others() -> None:
    rng = np.random.default_rng(2)
    one, other, _ = turned_sides(rng, 400, 12)
    pairs = np.stack([np.arange(200)] * 2, axis=1)
    found = turned_beside(one, other, pairs, np.ones(200), fold_numbers(400, 0))
    assert np.einsum("ij,ij->i", found, other).min() > 0.9
    assert np.abs(np.einsum("ij,ij->i", one, other)).mean() < 0.5
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)


def test_few_pairs_turn_little_and_no_pair_turns_itself() -> None:
    rng = np.random.default_rng(3)
    one, other, _ = turned_sides(rng, 50, 40)
    stays = turned_beside(one, other, np.zeros((0, 2), np.int64), np.zeros(0), fold_numbers(50, 0))
    assert np.allclose(stays, one, atol=1e-5)
    found = turned_beside(one, other, np.array([[7, 7]]), np.ones(1), fold_numbers(50, 0))
    assert np.allclose(found[7], one[7], atol=1e-5)
    assert not np.allclose(found[8], one[8], atol=1e-3)


def test_vectors_of_no_width_are_no_fault() -> None:
    none = np.zeros((4, 0), np.float32)
    assert turned_beside(none, none, np.array([[1, 1]]), np.ones(1), fold_numbers(4, 0)).shape == (4, 0)
