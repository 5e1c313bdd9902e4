"""Packets out of sound: samples in, packets out, however the sound is cut into pieces.

Rules:
1. A frame is looked for by its chirp, then its header has to hold; what does not hold costs one look at a symbol.
2. The difference of two clocks is read out of each frame: tones drift in phase in proportion to their height.
3. What comes out is what the frame said as far as its code could tell; whether it is whole, the packet's own check
   says.
4. Memory is bounded: two of the longest frames.

Source: docs/formats/film.md, "Sound".
"""

from __future__ import annotations

import binascii

import numpy as np
from numpy.typing import NDArray

from galactica.spread.film.envelope import MAX_PACKET
from galactica.spread.film.sound.convolution import MEMORY, decoded_bits
from galactica.spread.film.sound.profile import (
    CHIRP,
    GROUP,
    HEADER_BITS,
    PROFILES,
    Profile,
    blocks_of,
    coded_length,
    spread_order,
)
from galactica.spread.film.sound.resampling import resampled
from galactica.spread.film.sound.sounding import whitened

BLOCK = 1 << 16
"""Samples that are searched for chirps at a time."""

CLEAR = 7.0
"""How far a chirp stands out: times the usual size of the correlation beside it."""

DRIFT = 400e-6
"""Largest difference of two clocks that is put right, as a share."""

LEVELLED = 50e-6
"""A drift above this mixes neighbouring tones: the frame is resampled before it is read."""

_LOUDEST = 3.0
"""Times the usual loudness of a move up to which a louder one says more."""

_WHISTLE = 12.0
"""Times the loudness of its neighbours above which a tone is not believed: a room makes none so loud."""

_ENOUGH = 8
"""Symbols from which on tones are judged, too."""

_EARLY = 8
"""A symbol is read a share 1 / _EARLY of its guard early: the strongest path need not be the first."""


class Listener:
    """Takes samples, gives packets.

    Attributes:
        found: frames whose header held.
        drift: the difference of the clocks in the last frame, as a share; above nought where the recording runs fast.
    """

    def __init__(self, profiles: tuple[Profile, ...] = tuple(PROFILES.values())) -> None:
        self._profiles = profiles
        self._kept = np.zeros(0, np.float32)
        self._at = {profile.name: 0 for profile in profiles}  # where each goes on searching, in _kept
        self._chirps = {profile.name: np.fft.rfft(profile.chirp[::-1], 2 * BLOCK) for profile in profiles}
        self._longest = {profile.name: profile.samples(GROUP * MAX_PACKET) for profile in profiles}
        self.found = 0
        self.drift = 0.0

    def hear(self, samples: NDArray[np.float32]) -> list[bytes]:
        """Take `float32 [n]` at `profile.RATE`; give the packets that have become whole."""
        given: list[bytes] = []
        for begin in range(0, len(samples), BLOCK):
            self._kept = np.concatenate([self._kept, samples[begin : begin + BLOCK]])
            given += self._search(False)
        return given

    def end(self) -> list[bytes]:
        """The sound is over; give what is still in hand."""
        self._kept = np.concatenate([self._kept, np.zeros(CHIRP + 2 * max(p.step for p in self._profiles), np.float32)])
        return self._search(True)

    def _search(self, last: bool) -> list[bytes]:
        given: list[bytes] = []
        for profile in self._profiles:
            while True:
                at = self._at[profile.name]
                ahead = len(self._kept) - at
                if ahead < self._longest[profile.name] + BLOCK and not (last and ahead >= CHIRP + 2 * profile.step):
                    break
                begin = self._chirp(profile, at)
                if begin is None:
                    self._at[profile.name] = at + min(BLOCK, ahead - CHIRP)
                    continue
                packets, frame = self._frame(profile, begin)
                given += packets
                self._at[profile.name] = begin + frame
        drop = min(self._at.values())
        if drop > 0:
            self._kept = self._kept[drop:]
            self._at = {name: at - drop for name, at in self._at.items()}
        return given

    def _chirp(self, profile: Profile, at: int) -> int | None:
        """Where the first clear chirp within the next block begins."""
        piece = self._kept[at : at + BLOCK + CHIRP]
        against = np.fft.irfft(np.fft.rfft(piece, 2 * BLOCK) * self._chirps[profile.name], 2 * BLOCK)
        size = np.abs(against[CHIRP - 1 : CHIRP - 1 + min(BLOCK, len(piece) - CHIRP)])
        if not len(size):
            return None
        usual = np.median(size) / 0.6745
        clear = np.flatnonzero(size > max(CLEAR * usual, 1e-6))
        if not len(clear):
            return None
        first = int(clear[0])
        return at + first + int(np.argmax(size[first : first + profile.guard]))

    def _frame(self, profile: Profile, begin: int) -> tuple[list[bytes], int]:
        """(the packets of the frame whose chirp begins there, how far to go on from there)."""
        start = begin + CHIRP + profile.guard - profile.guard // _EARLY
        head = self._turns(profile, start, 2)
        if head is None:
            return [], CHIRP
        # One symbol alone does not tell the drift well: a few are tried.
        for drift in (self.drift, 0.0, 60e-6, -60e-6, 150e-6, -150e-6, 300e-6, -300e-6):
            told = _header(profile, head * _straight(profile, drift))
            if told is None:
                continue
            count, size = told
            turns = self._turns(profile, start, 2 + profile.symbols(count * size))
            if turns is None:
                return [], CHIRP
            self.found += 1
            self.drift = _drift(profile, turns)
            if abs(self.drift) > LEVELLED:
                turns = self._levelled(profile, start, len(turns) + 1)
            rest = self.drift if abs(self.drift) <= LEVELLED else _drift(profile, turns)
            plain = _payload(profile, count * size, _soft(turns[1:] * _straight(profile, rest)))
            packets = [plain[at : at + size] for at in range(0, count * size, size)]
            return packets, profile.samples(count * size) - profile.guard
        return [], CHIRP

    def _levelled(self, profile: Profile, start: int, count: int) -> NDArray[np.complex64]:
        """As `_turns`, of the frame resampled so that its drift is gone."""
        piece = self._kept[start : start + int(count * profile.step * (1 + 2 * DRIFT)) + profile.step]
        level = np.concatenate([*resampled([piece, np.zeros(profile.step, np.float32)], 1 / (1 - self.drift))])
        return _moves(profile, level[: count * profile.step])

    def _turns(self, profile: Profile, start: int, count: int) -> NDArray[np.complex64] | None:
        """`complex [count − 1, tones]`: how each tone moved from one symbol to the next; None: not all are there."""
        piece = self._kept[start : start + count * profile.step]
        if len(piece) < count * profile.step or start < 0:
            return None
        return _moves(profile, piece)


def _moves(profile: Profile, piece: NDArray[np.float32]) -> NDArray[np.complex64]:
    """How each tone moved from one symbol to the next: `complex64 [symbols − 1, tones]`."""
    waves = piece.reshape(-1, profile.step)[:, profile.guard :]
    tones = np.fft.rfft(waves, axis=1)[:, profile.tones]
    # Weak tones say less. The loudness of all says nothing, and a bang must not outvote what came before it.
    tones /= np.sqrt((np.abs(tones) ** 2).mean(axis=1, keepdims=True)) + 1e-20
    return np.asarray(tones[1:] * tones[:-1].conj(), np.complex64)


def _straight(profile: Profile, drift: float) -> NDArray[np.complex64]:
    """What takes the drift off a tone's move."""
    return np.asarray(np.exp(-2j * np.pi * profile.tones * drift * profile.step / profile.size), np.complex64)


def _drift(profile: Profile, turns: NDArray[np.complex64]) -> float:
    """The drift that lets moves fall upon quarter turns: their fourth powers then all point one way."""
    unit = turns / np.maximum(np.abs(turns), 1e-20)
    power = (unit**4 * _capped(np.abs(turns))).sum(axis=0)
    tried = np.linspace(-DRIFT, DRIFT, 161)
    angle = -8j * np.pi * profile.step / profile.size * tried[:, None] * profile.tones[None, :]
    fits = (np.exp(angle) * power).sum(axis=1).real
    best = int(np.argmax(fits))
    if not 0 < best < len(tried) - 1:
        return float(tried[best])
    left, middle, right = fits[best - 1 : best + 2]
    bend = left - 2 * middle + right
    return float(tried[best] + (0.5 * (left - right) / bend if bend else 0.0) * (tried[1] - tried[0]))


def _soft(turns: NDArray[np.complex64]) -> NDArray[np.float32]:
    """How surely each coded bit is 0: `float32 [symbols · tones · 2]`.

    Moves of 0, 1, 2, 3 quarter turns are 00, 01, 11, 10: the first bit is 0 on the side of 0 and 1, the second on that
    of 0 and 3.
    """
    size = np.abs(turns)
    unit = np.asarray(turns / np.maximum(size, 1e-20), np.complex64)
    turns = np.asarray(unit * _capped(size) * _trust(unit, size), np.complex64)
    scale = float(np.mean(np.abs(turns))) or 1.0
    first, second = turns.real + turns.imag, turns.real - turns.imag
    return np.asarray(np.stack([first, second], axis=-1).reshape(-1) / scale, np.float32)


def _capped(size: NDArray[np.float32]) -> NDArray[np.float32]:
    """Loudness of moves, as far as it says that one is sure."""
    return np.asarray(np.minimum(size, _LOUDEST * np.median(size)), np.float32)


def _trust(unit: NDArray[np.complex64], size: NDArray[np.float32]) -> NDArray[np.float32]:
    """How far each move is believed, 0 to 1: `float32 [symbols, tones]`.

    Moves of a symbol that fall upon no quarter turns are of a bang; those of a tone, of a whistle; a tone far above its
    neighbours is one too.
    """
    fits = (unit**4).real
    trust = np.maximum(fits.mean(axis=1, keepdims=True), 0.0)
    if len(fits) < _ENOUGH:
        return np.asarray(trust, np.float32)
    by_tone = np.convolve(np.pad(fits.mean(axis=0), 4, mode="edge"), np.full(9, 1 / 9), "valid")
    loud = size.mean(axis=0)
    near = np.median(np.lib.stride_tricks.sliding_window_view(np.pad(loud, 64, mode="reflect"), 129), axis=1)
    return np.asarray(trust * np.clip(by_tone, 0.02, 1.0) * (loud < _WHISTLE * near), np.float32)


def _header(profile: Profile, turns: NDArray[np.complex64]) -> tuple[int, int] | None:
    """(packets, bytes of each) as the header says them; None where it does not hold."""
    coded = 2 * (HEADER_BITS + MEMORY)
    soft = _soft(turns)[spread_order(profile.bits)]
    added = np.resize(soft, -(-len(soft) // coded) * coded)
    added[len(soft) :] = 0
    bits = decoded_bits(added.reshape(-1, coded).sum(axis=0)[None].astype(np.float32))[0]
    raw = np.packbits(bits).tobytes()
    count, size = (raw[0] >> 4) + 1, int.from_bytes(raw[:2], "big") & 0xFFF
    holds = binascii.crc_hqx(raw[:2], 0xFFFF) == int.from_bytes(raw[2:], "big")
    return (count, size) if holds and count <= GROUP and 0 < size <= MAX_PACKET else None


def _payload(profile: Profile, size: int, soft: NDArray[np.float32]) -> bytes:
    """The bytes of all packets."""
    coded = coded_length(size)
    total = profile.symbols(size) * profile.bits
    ordered = soft[spread_order(total)]
    sums = ordered[:coded].copy()
    rest = ordered[coded:]
    sums[: len(rest)] += rest[: len(sums)]  # what filled the last symbol says the first bits again
    blocks, _ = blocks_of(size)
    bits = decoded_bits(sums.reshape(blocks, -1))
    return whitened(np.packbits(bits.reshape(-1))).tobytes()[:size]
