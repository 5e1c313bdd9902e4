"""WAV files: sound written as 16 bits, one channel; read in any of the plain forms, a little of it at a time.

Source: RIFF/WAVE (IBM and Microsoft 1991), PCM, by Python's `wave`.
"""

from __future__ import annotations

import wave
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from galactica.errors import InputError
from galactica.spread.film.sound.profile import RATE
from galactica.spread.film.sound.resampling import resampled

RATES = (8_000, 384_000)
"""Samples a second that are read, least and most; below 20,000 the upper tones are missing."""

MAX_CHANNELS = 16
"""Channels of a file; what they say together is listened to."""

AT_ONCE = 1 << 16
"""Samples of each channel that are read at a time."""


def write_wav(out: IO[bytes], pieces: Iterable[NDArray[np.float32]]) -> int:
    """Write sound (`float32 [n]` each, −1 to 1, at `profile.RATE`) as a WAV file.

    Args:
        out: a file that can go back to its beginning, where the length is put at the end.

    Returns:
        Samples.
    """
    count = 0
    with wave.open(out, "wb") as file:  # leaves `out` open, and at its end
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        for piece in pieces:
            file.writeframesraw(np.round(np.clip(piece, -1, 1) * 32_767).astype("<i2").tobytes())
            count += len(piece)
    return count


def read_wav(path: Path) -> Iterator[NDArray[np.float32]]:
    """The sound of a WAV file at `profile.RATE`, all channels together, piece by piece.

    Raises:
        InputError: it is no WAV file, or of a form that is not read.
    """
    try:
        file = wave.open(str(path), "rb")  # noqa: SIM115 - closed below, after the last piece
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.", "Name a WAV file.") from error
    except (wave.Error, EOFError, ValueError, RuntimeError) as error:
        raise InputError(f"{path} is no WAV file that is read: {error or 'it ends too early'}.", _REMEDY) from error
    with file:
        rate, channels, width = file.getframerate(), file.getnchannels(), file.getsampwidth()
        if not (RATES[0] <= rate <= RATES[1] and 1 <= channels <= MAX_CHANNELS and 1 <= width <= 4):
            raise InputError(
                f"{path} has {rate:,} samples a second of {8 * width} bits in {channels} channels, which is not read.",
                _REMEDY,
            )
        pieces = _pieces(file, channels, width)
        yield from pieces if rate == RATE else resampled(pieces, RATE / rate)


_REMEDY = "Convert it to plain WAV (PCM, 48,000 samples a second, 16 bits) and try again."


def _pieces(file: wave.Wave_read, channels: int, width: int) -> Iterator[NDArray[np.float32]]:
    while True:
        try:
            raw = file.readframes(AT_ONCE)
        except (wave.Error, EOFError, ValueError, RuntimeError):
            return  # cut off: what came before was heard
        raw = raw[: len(raw) // (channels * width) * channels * width]
        if not raw:
            return
        yield _numbers(raw, width).reshape(-1, channels).mean(axis=1, dtype=np.float32)


def _numbers(raw: bytes, width: int) -> NDArray[np.float32]:
    """Samples from −1 to 1."""
    if width == 1:
        return np.asarray((np.frombuffer(raw, np.uint8).astype(np.float32) - 128) / 128, np.float32)
    if width == 3:
        padded = np.zeros((len(raw) // 3, 4), np.uint8)
        padded[:, 1:] = np.frombuffer(raw, np.uint8).reshape(-1, 3)
        return np.asarray(padded.reshape(-1).view("<i4") / 2**31, np.float32)
    return np.asarray(np.frombuffer(raw, f"<i{width}") / 2 ** (8 * width - 1), np.float32)
