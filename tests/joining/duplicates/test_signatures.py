"""Two texts share bands as often as MinHash promises, and always the same ones."""

from __future__ import annotations

import numpy as np
import pytest

from galactica.joining.duplicates.signatures import BANDS, BANDS_SHARED, ROWS, band_keys, shingle_set
from galactica.joining.tokens import mixed, tokens_of


def shared(likeness: float, trial: int, size: int = 200) -> int:
    """Bands that two sets of this Jaccard share."""
    both = round(size * 2 * likeness / (1 + likeness))
    numbers = mixed(np.arange(trial * 10_000, trial * 10_000 + 2 * size, dtype=np.uint64))
    one, other = numbers[:size], np.concatenate([numbers[:both], numbers[size : 2 * size - both]])
    return int(np.count_nonzero(band_keys(one) == band_keys(other)))


@pytest.mark.parametrize("likeness", [0.3, 0.5, 0.7, 0.9])
def test_bands_are_shared_as_often_as_the_theory_says(likeness: float) -> None:
    each = likeness**ROWS
    expected = 1 - (1 - each) ** BANDS - BANDS * each * (1 - each) ** (BANDS - 1)
    found = np.mean([shared(likeness, trial) >= BANDS_SHARED for trial in range(300)])
    assert abs(found - expected) < 0.08


GOLDEN = ["0x24ea34c6e203e5c7", "0x78b9fa6b45c870b"]
"""What this program made on 2026-11-29: another value would be another signature, and `layout.VERSION` be raised."""


def test_the_same_text_has_the_same_bands_on_every_machine() -> None:
    text = "the quick brown fox jumps over the lazy dog and runs away into the dark wood"
    assert [hex(key) for key in band_keys(shingle_set(tokens_of(text).hashes))[:2].tolist()] == GOLDEN


def test_order_and_repetition_of_shingles_do_not_matter() -> None:
    numbers = mixed(np.arange(5000, dtype=np.uint64))
    assert np.array_equal(band_keys(numbers), band_keys(numbers[::-1]))
