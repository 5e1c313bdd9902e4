"""What was learned from after all: long stretches that both sides have."""

from __future__ import annotations

import os

import numpy as np
import pytest

from galactica.train.lm.contaminated import ONE_IN, SHARED, WINDOW, window_hashes, windows_shared


def test_hashes_are_those_of_the_polynomial() -> None:
    text = os.urandom(300)
    factor, found = 0x9E3779B97F4A7C15, []
    for at in range(len(text) - WINDOW + 1):
        value = 0
        for byte in text[at : at + WINDOW]:
            value = (value * factor + byte + 1) % 2**64
        value ^= value >> 29
        value = value * factor % 2**64
        value ^= value >> 32
        if value % ONE_IN == 0:
            found.append(value)
    assert window_hashes(text).tolist() == found


def test_a_stretch_is_found_wherever_it_stands() -> None:
    stretch, other = os.urandom(2000), os.urandom(2000)
    shares = windows_shared(
        [stretch + other, other[:1500], os.urandom(3000), b"short"], [os.urandom(333) + stretch + os.urandom(77)]
    )
    assert 0.35 < shares[0] < 0.65
    assert shares[1:].tolist() == [0, 0, 0]
    assert shares[0] > SHARED


def test_the_same_text_is_shared_whole() -> None:
    text = b"The lighthouse of the northern coast stands upon a rock that the sea covers. " * 9
    assert windows_shared([text], [text]).tolist() == [1.0]


@pytest.mark.parametrize("text", [b"", b"a", b"a" * (WINDOW - 1)])
def test_what_is_shorter_than_a_window_has_none(text: bytes) -> None:
    assert len(window_hashes(text)) == 0
    assert windows_shared([text], [text]).tolist() == [0.0]


def test_without_anything_held_back_nothing_is_shared() -> None:
    assert windows_shared([], [b"x" * 500]).shape == (0,)
    assert np.array_equal(windows_shared([b"x" * 500], []), [0.0])
