"""Codewords with wrong and with unreadable bytes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.codes.reed_solomon import check_bytes, correct_codewords, generator


def coded(said: int, check: int, count: int, seed: int = 0) -> np.ndarray:
    bytes_said = np.random.default_rng(seed).integers(0, 256, (said, count), dtype=np.uint8)
    return np.concatenate([bytes_said, check_bytes(bytes_said, check)])


def test_the_generator_is_the_one_of_qr_codes() -> None:
    """ISO/IEC 18004:2015, annex A: for 7 check bytes the exponents 0, 87, 229, 146, 149, 238, 102, 21."""
    powers = [1]
    for _ in range(254):
        powers.append(powers[-1] << 1 ^ (0x11D if powers[-1] & 0x80 else 0))
    assert generator(7) == tuple(powers[each] for each in (0, 87, 229, 146, 149, 238, 102, 21))


def test_check_bytes_are_those_of_a_qr_code() -> None:
    """Version 1-M with the data of ISO/IEC 18004:2015, annex I: 01234567."""
    said = [0x10, 0x20, 0x0C, 0x56, 0x61, 0x80, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11]
    expected = [0xA5, 0x24, 0xD4, 0xC1, 0xED, 0x36, 0xC7, 0x87, 0x2C, 0x55]
    assert check_bytes(np.array(said, dtype=np.uint8)[:, None], 10)[:, 0].tolist() == expected


@given(st.integers(1, 200), st.integers(1, 55), st.integers(1, 6), st.integers(0, 2**32 - 1))
def test_half_as_many_wrong_bytes_and_as_many_unreadable_ones_are_put_right(
    said: int, check: int, count: int, seed: int
) -> None:
    right = coded(said, check, count, seed)
    drawn = np.random.default_rng(seed)
    received, erased = right.copy(), np.zeros(right.shape, dtype=np.bool_)
    for column in range(count):
        lost = min(int(drawn.integers(0, check + 1)), said + check)
        wrong = min((check - lost) // 2, said + check - lost)
        places = drawn.permutation(said + check)[: lost + wrong]
        erased[places[:lost], column] = True
        received[places[:lost], column] = drawn.integers(0, 256, lost)
        received[places[lost:], column] ^= drawn.integers(1, 256, wrong, dtype=np.uint8)
    differing = (received != right).sum(axis=0)
    good, changed = correct_codewords(received, check, erased)
    assert good.all()
    assert (received == right).all()
    assert changed.tolist() == differing.tolist()


@given(st.integers(0, 2**32 - 1))
def test_what_cannot_be_put_right_is_left_as_it_was(seed: int) -> None:
    right = coded(60, 20, 8, seed)
    drawn = np.random.default_rng(seed)
    received = right.copy()
    for column in range(0, 8, 2):
        received[drawn.permutation(80)[:14], column] ^= drawn.integers(1, 256, 14, dtype=np.uint8)
    before = received.copy()
    good, _ = correct_codewords(received, 20)
    assert good[1::2].all()
    assert not good[::2].any()
    assert (received[:, ~good] == before[:, ~good]).all()


def test_more_unreadable_bytes_than_check_bytes_are_given_up() -> None:
    received, erased = coded(30, 4, 3), np.zeros((34, 3), dtype=np.bool_)
    received[:5, 1] ^= 1
    erased[:5, 1] = True
    assert correct_codewords(received, 4, erased)[0].tolist() == [True, False, True]


def test_every_single_error_in_a_short_code_is_put_right() -> None:
    right = coded(2, 2, 4 * 255)
    received = right.copy()
    for at in range(4 * 255):
        received[at // 255, at] ^= at % 255 + 1
    good, changed = correct_codewords(received, 2)
    assert good.all()
    assert (changed == 1).all()
    assert (received == right).all()


@pytest.mark.parametrize("check", [1, 60, 254])
def test_codewords_as_they_should_be_are_left_alone(check: int) -> None:
    right = coded(255 - check, check, 5)
    received = right.copy()
    good, changed = correct_codewords(received, check)
    assert good.all()
    assert not changed.any()
    assert (received == right).all()
