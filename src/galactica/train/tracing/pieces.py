"""Bytes → pieces: where a text is cut for the index, the same way wherever it stands.

A piece is at most `WIDEST` bytes: a space and the letters after it, or one character. A cut depends on the bytes near
it alone, so that the same stretch has the same pieces in a question and in an article:

1. Latin letters (those of ASCII, and U+00C0 to U+02BF) stay together; any other character stands alone (digits, marks,
   letters of other scripts): of what a tokenizer learned from English makes ten tokens, a few such letters;
2. one space stays with what follows it;
3. what is longer than `WIDEST` is cut after every `WIDEST` bytes from where it begins.

Only rule 3 looks further than the byte before: of a stretch that begins inside a long word, pieces are the same from
the next word on.

A piece as a number is its bytes, big-endian, filled up with zeros: numbers are in the order of the bytes. Bytes FF,
which no text in UTF-8 has, are never in a piece of a text: `ENDS` ends a document, `ENDS_ALL` the last one.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

WIDEST = 8
"""Bytes of a piece: as many as one 64-bit number holds."""

ENDS = 0xFF << 56
ENDS_ALL = (1 << 64) - 1

_OTHER, _LETTER, _SPACE, _LEAD_2, _LEAD_MORE, _FOLLOWS, _APART, _FOLLOWS_LETTER = range(8)


def _kinds() -> npt.NDArray[np.uint8]:
    kinds = np.full(256, _OTHER, np.uint8)
    kinds[[*range(ord("A"), ord("Z") + 1), *range(ord("a"), ord("z") + 1)]] = _LETTER
    kinds[ord(" ")] = _SPACE
    kinds[0x80:0xC0] = _FOLLOWS
    kinds[0xC2:0xF8] = _LEAD_MORE
    kinds[0xC3:0xCB] = _LEAD_2
    kinds[[0x00, 0xFF]] = _APART
    return kinds


def _cuts() -> npt.NDArray[np.bool_]:
    """`bool [64]`: whether a piece begins at a byte, by eight times the kind of the byte before and its own kind."""
    cuts = np.ones((8, 8), np.bool_)
    cuts[:, [_FOLLOWS, _FOLLOWS_LETTER]] = False
    cuts[_SPACE, [_OTHER, _LETTER, _LEAD_2, _LEAD_MORE]] = False
    cuts[np.ix_([_LETTER, _FOLLOWS_LETTER], [_LETTER, _LEAD_2])] = False
    cuts[:, _APART] = True
    cuts[_APART, :] = True
    return cuts.ravel()


_KINDS = _kinds()
_CUTS = _cuts()
_MASKS = np.array([((1 << 8 * n) - 1) << (64 - 8 * n) for n in range(WIDEST + 1)], np.uint64)


def traced_pieces(text: npt.NDArray[np.uint8]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint64]]:
    """Where the pieces of a text begin, and what they are.

    Args:
        text: `uint8 [bytes]`; need not be UTF-8, and is cut by the same rules where it is not.

    Returns:
        (starts: `int64 [pieces]`, ascending; pieces: `uint64 [pieces]`).
    """
    if not len(text):
        return np.zeros(0, np.int64), np.zeros(0, np.uint64)
    kinds = _KINDS[text]
    kinds[1:][(kinds[1:] == _FOLLOWS) & (kinds[:-1] == _LEAD_2)] = _FOLLOWS_LETTER
    begins = np.empty(len(text), np.bool_)
    begins[0] = True
    np.take(_CUTS, kinds[:-1] * np.uint8(8) + kinds[1:], out=begins[1:])
    starts = np.flatnonzero(begins)
    sizes = np.diff(starts, append=len(text))
    if int(sizes.max()) > WIDEST:
        many = (sizes + (WIDEST - 1)) // WIDEST
        first = np.repeat(np.cumsum(many) - many, many)
        starts = np.repeat(starts, many) + WIDEST * (np.arange(len(first)) - first)
        sizes = np.diff(starts, append=len(text))
    return starts, _numbers(text, starts, sizes)


def _numbers(
    text: npt.NDArray[np.uint8], starts: npt.NDArray[np.int64], sizes: npt.NDArray[np.int64]
) -> npt.NDArray[np.uint64]:
    filled = np.concatenate([text, np.zeros(WIDEST, np.uint8)])
    windows = np.ndarray((len(text),), ">u8", filled.data, strides=(1,))
    return windows[starts].astype(np.uint64) & _MASKS[sizes]


def piece_sizes(pieces: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
    """Bytes of each piece; `ENDS` and `ENDS_ALL`, which end a document, have 1 (the byte FF that stands for them)."""
    low = pieces & (~pieces + np.uint64(1))  # the lowest bit that is set
    highest = np.frexp(low.astype(np.float64))[1].astype(np.int64) - 1
    found = np.where(pieces == 0, 1, WIDEST - highest // 8)
    return np.where(pieces >= np.uint64(ENDS), 1, found)


def piece_masks(pieces: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """For each piece a number with ones where it has bytes."""
    return _MASKS[piece_sizes(pieces)]
