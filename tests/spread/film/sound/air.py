"""What happens to sound on its way: echo, noise, another clock, a bang."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from galactica.spread.film.sound.profile import RATE
from galactica.spread.film.sound.resampling import resampled

Sound = NDArray[np.float32]


def echoed(sound: Sound, *, seconds: float, direct: float = 0.0, seed: int = 0) -> Sound:
    """In a room: the direct sound, and noise that dies away by 60 dB in so many seconds.

    Args:
        direct: by how many dB the direct sound is louder than all echo.
    """
    rng = np.random.default_rng(seed)
    at = np.arange(int(seconds * RATE)) / RATE
    room = rng.standard_normal(len(at)) * np.exp(-6.91 * at / seconds)
    room[: int(0.002 * RATE)] = 0
    room *= np.sqrt(10 ** (-direct / 10) / (room**2).sum())
    room[0] = 1
    size = 1 << (len(sound) + len(room)).bit_length()
    return np.asarray(np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(room, size), size)[: len(sound)], np.float32)


def noisy(sound: Sound, *, ratio: float, seed: int = 0) -> Sound:
    """With white noise, `ratio` dB below the sound."""
    loud = float(np.sqrt(np.mean(sound[sound != 0] ** 2)))
    noise = np.random.default_rng(seed).standard_normal(len(sound)) * loud * 10 ** (-ratio / 20)
    return np.asarray(sound + noise, np.float32)


def drifted(sound: Sound, millionths: float) -> Sound:
    """Recorded by a clock that runs faster by so many millionths."""
    return np.concatenate([*resampled([sound], 1 + millionths * 1e-6)])


def banged(sound: Sound, *, at: float, seconds: float, seed: int = 0) -> Sound:
    """With a door that slams: noise as loud as can be."""
    made = sound.copy()
    begin, end = int(at * RATE), int((at + seconds) * RATE)
    made[begin:end] = np.random.default_rng(seed).uniform(-1, 1, end - begin)
    return made
