"""In which order documents are shown: a shuffle of all of them that needs no memory of what was drawn before.

Each document gets a key of 64 bits, made of its number and a secret; the order is that of the keys (of equal ones,
that of the numbers). The mixing function is the finaliser of SplitMix64 applied twice with the secret between: it is
the same on every machine and in every version of NumPy, which NumPy's own generators do not promise (NEP 19).

Keys are sorted a stretch at a time, as the stream gets there: the first document of ten million is known after 0.26
seconds, where sorting them all takes 1.6 (2026-11-29).

Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014, doi:10.1145/2660193.2660195.
"""

from __future__ import annotations

import hashlib

import numpy as np
import numpy.typing as npt

_GAMMA = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)

STRETCH_BITS = 15
"""A stretch that is sorted at once has some 2^15 documents: 3 milliseconds."""


def shuffle_keys(numbers: npt.NDArray[np.uint64], secret: bytes) -> npt.NDArray[np.uint64]:
    """Keys by which documents are sorted.

    Args:
        numbers: `uint64 [n]`.
        secret: 16 bytes.

    Returns:
        `uint64 [n]`; different numbers have different keys, for each step can be undone.
    """
    one, two = (np.uint64(int.from_bytes(secret[at : at + 8], "little")) for at in (0, 8))
    with np.errstate(over="ignore"):
        return _mixed(_mixed(numbers * _GAMMA + one) + two)


def _mixed(x: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    x = (x ^ (x >> np.uint64(30))) * _FIRST
    x = (x ^ (x >> np.uint64(27))) * _SECOND
    return x ^ (x >> np.uint64(31))


def secret_of(*parts: str | int) -> bytes:
    """16 bytes that depend on every part."""
    return hashlib.sha256("\0".join(map(str, parts)).encode()).digest()[:16]


class ShuffledOrder:
    """Documents in shuffled order.

    Args:
        members: `uint32 [n]`, numbers of the documents, ascending.
        secret: 16 bytes; another secret is another order.
    """

    def __init__(self, members: npt.NDArray[np.uint32], secret: bytes) -> None:
        self._members = members
        self._keys = shuffle_keys(members.astype(np.uint64), secret)
        bits = max(0, (max(len(members), 1) - 1).bit_length() - STRETCH_BITS)
        self._tops: npt.NDArray[np.uint32] | None = None
        borders = [0, len(members)]
        if bits:
            self._tops = (self._keys >> np.uint64(64 - bits)).astype(np.uint32)
            borders = [0, *np.cumsum(np.bincount(self._tops, minlength=1 << bits)).tolist()]
        self._borders = np.array(borders, np.int64)
        self._stretch = -1
        self._begins = self._ends = 0
        self._sorted: list[int] = []

    def __len__(self) -> int:
        return len(self._members)

    def __getitem__(self, position: int) -> int:
        """The document at a position, 0 … n-1."""
        if not self._begins <= position < self._ends:
            self._sort(position)
        return self._sorted[position - self._begins]

    def _sort(self, position: int) -> None:
        if not 0 <= position < len(self):
            raise IndexError(position)
        number = int(np.searchsorted(self._borders, position, "right")) - 1
        inside = slice(None) if self._tops is None else np.flatnonzero(self._tops == number)
        found = self._members[inside][np.argsort(self._keys[inside], kind="stable")]
        self._begins, self._ends = int(self._borders[number]), int(self._borders[number + 1])
        self._sorted = found.tolist()
