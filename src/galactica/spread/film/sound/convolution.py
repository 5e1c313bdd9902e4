"""A convolutional code and its soft decoder: two bits for one, and many wrong ones put right.

The code is the usual one of constraint length 7 with generators 171 and 133 (octal), begun and ended in state 0. The
decoder is Viterbi's, for many blocks at once: a step of its loop is one bit of all of them.

Source: CCSDS 131.0-B-5 §3.3 (its generators, without the inversion); Viterbi 1967, doi:10.1109/TIT.1967.1054010.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

MEMORY = 6
"""Bits that the encoder remembers; as many zeros end a block."""

_STATES = 1 << MEMORY
_GENERATORS = (0o171, 0o133)


def _outputs() -> NDArray[np.uint8]:
    """`uint8 [2, states, 2]`: the two bits that bit b gives in a state (newest bit highest)."""
    made = np.zeros((2, _STATES, 2), np.uint8)
    for bit in (0, 1):
        for state in range(_STATES):
            register = bit << MEMORY | state
            for which, generator in enumerate(_GENERATORS):
                made[bit, state, which] = (register & generator).bit_count() & 1
    return made


_OUTPUTS = _outputs()
_BEFORE = np.stack([np.arange(_STATES) * 2 % _STATES, np.arange(_STATES) * 2 % _STATES + 1])
"""`[2, states]`: the two states that lead to a state; its highest bit is the bit that led there."""

_BIT = (np.arange(_STATES) >> (MEMORY - 1)).astype(np.uint8)
_SIGNS = np.stack([1.0 - 2.0 * _OUTPUTS[_BIT, before] for before in _BEFORE]).astype(np.float32)
"""`[2, states, 2]`: the coded bits on the way from each of the two, as +1 for 0 and −1 for 1."""


def encoded_bits(bits: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The coded bits of blocks.

    Args:
        bits: `uint8 [blocks, n]`, each 0 or 1.

    Returns:
        `uint8 [blocks, 2 · (n + MEMORY)]`.
    """
    blocks, count = bits.shape
    padded = np.zeros((blocks, count + 2 * MEMORY), np.uint8)
    padded[:, MEMORY : MEMORY + count] = bits
    length = count + MEMORY
    made = np.zeros((blocks, length, 2), np.uint8)
    for which, generator in enumerate(_GENERATORS):
        for back in range(MEMORY + 1):
            if generator >> (MEMORY - back) & 1:
                made[:, :, which] ^= padded[:, MEMORY - back : MEMORY - back + length]
    return made.reshape(blocks, -1)


def decoded_bits(soft: NDArray[np.float32]) -> NDArray[np.uint8]:
    """The likeliest bits.

    Args:
        soft: `float32 [blocks, 2 · (n + MEMORY)]`: how surely each coded bit is 0 (above nought) or 1 (below), in any
            unit.

    Returns:
        `uint8 [blocks, n]`.
    """
    blocks, length = soft.shape[0], soft.shape[1] // 2
    pairs = soft.reshape(blocks, length, 2)
    score = np.full((blocks, _STATES), -1e30, np.float32)
    score[:, 0] = 0.0
    came = np.zeros((length, blocks, _STATES), np.bool_)
    gain = np.einsum("bls,kts->lkbt", pairs, _SIGNS, optimize=True) if blocks * length < 100_000 else None
    for step in range(length):
        way = gain[step] if gain is not None else np.einsum("bs,kts->kbt", pairs[:, step], _SIGNS)
        first = score[:, _BEFORE[0]] + way[0]
        second = score[:, _BEFORE[1]] + way[1]
        np.greater(second, first, out=came[step])
        score = np.maximum(first, second)
    state = np.zeros(blocks, np.int64)
    rows = np.arange(blocks)
    made = np.zeros((blocks, length), np.uint8)
    for step in range(length - 1, -1, -1):
        made[:, step] = _BIT[state]
        state = _BEFORE[came[step, rows, state].astype(np.int64), state]
    return made[:, : length - MEMORY]
