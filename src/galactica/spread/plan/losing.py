"""How many of a run of packets are lost: the whole distribution, exact for chance and for bursts.

Chance: the binomial distribution. Bursts: the chain of Gilbert. The number of visits to a state of a Markov chain has
the generating function π·D(z)·(T·D(z))^(m−1)·1; it is taken at the roots of unity and brought back by a Fourier
transform, so that the result is exact but for rounding (absolute errors of about 1e-13). What is sent `times` times, in
passes far apart, is lost where each of `times` chains that know nothing of each other is in its bad state; how many of
them are is a chain itself.

Source: W. Feller, An Introduction to Probability Theory I, chapters XI and XV; checked against a simulation packet by
packet (tests/spread/plan).
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Distribution = NDArray[np.float64]
"""Chance of 0, 1, 2, … lost: float64 [packets + 1]; they add up to 1."""

Marked = NDArray[np.complex128]

LONGEST_RUN = 1 << 17
"""Packets in one run: above the 65,536 symbols that a block can have, and its memory stays below 100 MB."""
MOST_TIMES = 8
"""Passes for which bursts are followed exactly; what is lost that often is lost by chance."""


@functools.lru_cache(maxsize=512)
def lost(packets: int, times: int, loss: float, together: float) -> Distribution:
    """How many of `packets` are lost for good.

    Args:
        packets: in the run, 0 to `LONGEST_RUN`.
        times: how often each is sent, 0 or more; 0: all are lost.
        loss: share of packets lost, [0, 1).
        together: correlation of one packet's loss and the next one's in this run, [0, 1).
    """
    if not 0 <= packets <= LONGEST_RUN:
        raise ValueError(f"a run of {packets} packets")
    if times == 0 or packets == 0 or loss == 0:
        sure = np.zeros(packets + 1)
        sure[packets if times == 0 else 0] = 1.0
        return sure
    if together < 1e-6 or times > MOST_TIMES:
        return binomial(packets, loss**times)
    return _visits(packets, times, loss, together)


def binomial(trials: int, chance: float) -> Distribution:
    """The binomial distribution, float64 [trials + 1]; by logarithms, so that no tail is cut off early."""
    if chance in (0.0, 1.0):
        sure = np.zeros(trials + 1)
        sure[trials if chance else 0] = 1.0
        return sure
    factorial = _log_factorials(max(1024, 1 << trials.bit_length()))[: trials + 1]
    hits = np.arange(trials + 1)
    logs = factorial[trials] - factorial - factorial[::-1] + hits * math.log(chance) + hits[::-1] * math.log1p(-chance)
    found: Distribution = np.exp(logs)
    return _whole(found)


def lost_of_runs(parts: Iterable[Distribution]) -> Distribution:
    """How many are lost of several runs that know nothing of each other."""
    whole = np.ones(1)
    for part in parts:
        whole = _convolved(whole, part)
    return whole


def at_most(distribution: Distribution, number: int) -> float:
    """Chance that no more than `number` are lost."""
    return float(min(1.0, distribution[: max(0, number + 1)].sum()))


def _visits(packets: int, times: int, loss: float, together: float) -> Distribution:
    """Of `times` chains: at how many of `packets` steps all are bad."""
    marked, length = _marked(packets, times, loss, together)
    state = np.repeat(binomial(times, loss)[None].astype(np.complex128), len(marked), axis=0)
    left = packets
    while left:
        if left & 1:
            state = np.einsum("fi,fij->fj", state, marked)
        left >>= 1
        if left:
            marked = marked @ marked
    found: Distribution = np.clip(np.fft.irfft(state.sum(axis=1), length)[: packets + 1], 0, None)
    return _whole(found)


def _marked(packets: int, times: int, loss: float, together: float) -> tuple[Marked, int]:
    """(a step of the chain in which a lost packet counts as each root of unity, how many roots there are)."""
    step = _transitions(times, loss, together)
    length = 1 << (packets + 1).bit_length()
    marked = np.repeat(step[None].astype(np.complex128), length // 2 + 1, axis=0)
    marked[:, :, times] *= np.exp(-2j * np.pi * np.arange(length // 2 + 1) / length)[:, None]
    return marked, length


def _transitions(times: int, loss: float, together: float) -> NDArray[np.float64]:
    """From i bad chains to j: float64 [times + 1, times + 1]."""
    stays, falls = loss + (1 - loss) * together, loss * (1 - together)
    return np.array([np.convolve(binomial(bad, stays), binomial(times - bad, falls)) for bad in range(times + 1)])


def _convolved(one: Distribution, other: Distribution) -> Distribution:
    """The sum of two; tails below 1e-30 are left out of the work, not out of the length."""
    length = len(one) + len(other) - 1
    found = np.zeros(length)
    (first, one), (second, other) = _core(one), _core(other)
    core = np.convolve(one, other)
    found[first + second : first + second + len(core)] = core
    return found


def _core(values: Distribution) -> tuple[int, Distribution]:
    kept = np.flatnonzero(values > 1e-30)
    return (int(kept[0]), values[kept[0] : kept[-1] + 1]) if len(kept) else (0, values[:1])


def _whole(chances: Distribution) -> Distribution:
    scaled: Distribution = chances / chances.sum()
    return scaled


@functools.lru_cache(maxsize=4)
def _log_factorials(length: int) -> NDArray[np.float64]:
    return np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, length + 1)))])
