"""Byte-level BPE of many pieces at once: of each the pair of neighbours is merged that was learned first, and so on.

It gives what `tokenizers` gives for the same merges, whatever their order: of equal pairs the first in a piece is
merged first. Pieces lie beside each other, and each step merges one pair in all of them.
Source: Sennrich, Haddow, Birch, "Neural Machine Translation of Rare Words with Subword Units", ACL 2016,
doi:10.18653/v1/P16-1162.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

MOST_BYTES = 2**9 - 1
"""Bytes of a piece: one of 64 code points has a space and four bytes for each at the most."""

_NEVER = np.int32(2**31 - 1)
_WIDTHS = (24, 64, MOST_BYTES)


class Merges:
    """What a vocabulary learned.

    Args:
        letters: `int32 [256]`, the token of each byte.
        pairs: `int32 [merges, 3]`: two tokens, and the one that they become; a pair comes once.
    """

    def __init__(self, letters: npt.NDArray[np.int32], pairs: npt.NDArray[np.int32]) -> None:
        self._letters = letters
        self._become = np.ascontiguousarray(pairs[:, 2])
        keys = _pair_keys(pairs[:, 0], pairs[:, 1])
        sorting = np.argsort(keys)
        self._pairs = np.append(keys[sorting], np.int64(-1))
        self._ranks = np.append(sorting, -1)

    def encode(
        self, pieces: npt.NDArray[np.uint8], starts: npt.NDArray[np.int64], lengths: npt.NDArray[np.int64]
    ) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
        """The tokens of pieces.

        Args:
            pieces: bytes that they lie in, and `MOST_BYTES` more behind the last.
            starts, lengths: where each begins, and its bytes, 1 to `MOST_BYTES`.

        Returns:
            (all tokens, piece after piece; how many each has).
        """
        counts = np.zeros(len(starts), np.int64)
        parts = []
        below = 0
        for width in _WIDTHS:
            chosen = np.flatnonzero((lengths > below) & (lengths <= width))
            below = width
            if len(chosen):
                places = starts[chosen] + np.arange(width)[:, None]
                tokens, own = self._merged(self._letters.take(pieces.take(places)), lengths[chosen])
                counts[chosen] = own
                parts.append((chosen, tokens, own))
        begins = np.cumsum(counts) - counts
        found = np.empty(int(counts.sum()), np.int32)
        for chosen, tokens, own in parts:
            inside = np.arange(len(tokens)) - np.repeat(np.cumsum(own) - own, own)
            found[np.repeat(begins[chosen], own) + inside] = tokens
        return found, counts

    def _merged(
        self, tokens: npt.NDArray[np.int32], lengths: npt.NDArray[np.int64]
    ) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
        """The tokens of pieces.

        Args:
            tokens: `int32 [width, n]`, of the bytes of each piece; changed.
            lengths: `int64 [n]`.
        """
        width, number = tokens.shape
        column = np.arange(width)[:, None]
        behind = np.broadcast_to(column + 1, (width, number)).copy()
        before = np.broadcast_to(column - 1, (width, number)).copy()
        order = np.full((width, number), _NEVER, np.int32)
        paired = np.flatnonzero((column[:-1] + 1 < lengths).ravel())
        flat = tokens.ravel()
        self._rank(order.ravel(), flat, paired, paired + number, number)
        alive = column < lengths
        self._step(tokens, order, behind, before, alive, lengths)
        inside = np.flatnonzero(alive.T.ravel())
        return tokens.T.ravel()[inside], alive.sum(axis=0)

    def _step(
        self,
        tokens: npt.NDArray[np.int32],
        order: npt.NDArray[np.int32],
        behind: npt.NDArray[np.int64],
        before: npt.NDArray[np.int64],
        alive: npt.NDArray[np.bool_],
        lengths: npt.NDArray[np.int64],
    ) -> None:
        """Merge until nothing can be.

        Args:
            tokens, order, behind, before, alive: `[width, n]`: at the place of each token's first byte the token, the
                rank of its pair with the next times `width` and its place, the next token's place, the one's before,
                and True.
        """
        width, number = tokens.shape
        t, o, nxt, prv, live = tokens.ravel(), order.ravel(), behind.ravel(), before.ravel(), alive.ravel()
        active = np.arange(number)
        while len(active):
            part = order if len(active) == number else order.take(active, axis=1)
            least = np.minimum.reduce(part, axis=0)
            going = np.flatnonzero(least != _NEVER)
            if not len(going):
                return
            active, least = active[going], least[going]
            rank, place = np.divmod(least, width)
            here = place.astype(np.int64) * number + active
            there = nxt[here] * number + active
            t[here] = self._become.take(rank)
            live[there] = False
            o[there] = _NEVER
            o[here] = _NEVER
            after, earlier = nxt[there], prv[here]
            nxt[here] = after
            last, first = np.flatnonzero(after < lengths[active]), np.flatnonzero(earlier >= 0)
            beyond = after[last] * number + active[last]
            prv[beyond] = place[last]
            left = np.concatenate((here[last], earlier[first] * number + active[first]))
            self._rank(o, t, left, np.concatenate((beyond, here[first])), number)

    def _rank(
        self,
        order: npt.NDArray[np.int32],
        tokens: npt.NDArray[np.int32],
        left: npt.NDArray[np.int64],
        right: npt.NDArray[np.int64],
        number: int,
    ) -> None:
        """Write the rank of the pairs of the tokens at `left` and `right`."""
        keys = _pair_keys(tokens.take(left), tokens.take(right))
        places = np.searchsorted(self._pairs[:-1], keys)
        width = len(order) // number
        ranks = self._ranks.take(places) * width + left // number
        order[left] = np.where(self._pairs.take(places) == keys, ranks, _NEVER)


def _pair_keys(left: npt.NDArray[np.int32], right: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
    return left.astype(np.int64) << 32 | right
