"""SHA-256 in full, with its constants made from prime numbers and its values on the way. Source: FIPS 180-4;
compared with hashlib."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from math import isqrt

_MASK = 0xFFFFFFFF


def _primes(count: int) -> list[int]:
    found: list[int] = []
    number = 2
    while len(found) < count:
        if all(number % each for each in found):
            found.append(number)
        number += 1
    return found


def _cube_root(number: int) -> int:
    """The whole part of the cube root."""
    low, high = 0, 1 << (number.bit_length() // 3 + 2)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if middle**3 <= number else (low, middle)
    return low


ROUND_CONSTANTS = tuple(_cube_root(prime << 96) & _MASK for prime in _primes(64))
"""The first 32 bits behind the point of the cube roots of the first 64 primes."""

FIRST_WORDS = tuple(isqrt(prime << 64) & _MASK for prime in _primes(8))
"""The first 32 bits behind the point of the square roots of the first 8 primes."""


def _turned(word: int, by: int) -> int:
    return (word >> by | word << 32 - by) & _MASK


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestTrace:
    """What stands on the way of one message of one block.

    Attributes:
        padded: the message as it is worked on.
        words: the 64 words made of it.
        states: a to h before the first and after each of the 64 rounds.
        digest: 32 bytes.
    """

    padded: bytes
    words: tuple[int, ...]
    states: tuple[tuple[int, ...], ...]
    digest: bytes


def padded_message(message: bytes) -> bytes:
    """The message with what is put behind it: a multiple of 64 bytes."""
    return message + b"\x80" + bytes(-(len(message) + 9) % 64) + (8 * len(message)).to_bytes(8, "big")


def digest_trace(message: bytes) -> DigestTrace:
    """SHA-256 of a message of at most 55 bytes, with everything on the way.

    Raises:
        ValueError: the message is longer, or hashlib says otherwise.
    """
    block = padded_message(message)
    if len(block) != 64:
        raise ValueError("an example has one block")
    words = [int.from_bytes(block[at : at + 4], "big") for at in range(0, 64, 4)]
    for at in range(16, 64):
        one, two = words[at - 15], words[at - 2]
        small = _turned(one, 7) ^ _turned(one, 18) ^ one >> 3
        large = _turned(two, 17) ^ _turned(two, 19) ^ two >> 10
        words.append((words[at - 16] + small + words[at - 7] + large) & _MASK)
    state = FIRST_WORDS
    states = [state]
    for word, constant in zip(words, ROUND_CONSTANTS, strict=True):
        a, b, c, d, e, f, g, h = state
        chosen = e & f ^ ~e & g
        first = h + (_turned(e, 6) ^ _turned(e, 11) ^ _turned(e, 25)) + chosen + constant + word
        second = (_turned(a, 2) ^ _turned(a, 13) ^ _turned(a, 22)) + (a & b ^ a & c ^ b & c)
        state = ((first + second) & _MASK, a, b, c, (d + first) & _MASK, e, f, g)
        states.append(state)
    ends = [(before + after) & _MASK for before, after in zip(FIRST_WORDS, state, strict=True)]
    digest = b"".join(each.to_bytes(4, "big") for each in ends)
    if digest != hashlib.sha256(message).digest():
        raise ValueError("another digest than hashlib's")
    return DigestTrace(padded=block, words=tuple(words), states=tuple(states), digest=digest)
