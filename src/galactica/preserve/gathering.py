"""Right pieces out of whatever is left of the shards of a set.

For each piece of the shards (they stand beside each other, one of each shard):

1. every place that has it is read, until one gives what the table says;
2. where `data` shards have it right, every other is made of those;
3. else bytes may still be right in pieces that are wrong: columns of symbols are corrected one by one
   (`codes.cauchy.errors`), and what comes out is believed where the table says that it is right;
4. what is wrong then cannot be had from here.

Nothing is given out that the table does not name. Memory: a piece of every shard, twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from galactica.codes.cauchy.errors import Corrector
from galactica.codes.cauchy.matrix import restoring_matrix
from galactica.codes.cauchy.mixing import Bytes, Mixer
from galactica.preserve.described import BLOCK, ProtectedSet
from galactica.preserve.places import ShardPlace
from galactica.preserve.table import PieceTable

_KEPT_MIXERS = 8
"""Patterns of lost shards that are kept ready; a disk that is lost gives one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceRow:
    """A piece of every shard.

    Attributes:
        index: of the pieces.
        pieces: uint8 [shards, bytes of the piece]; valid until the next row is asked for.
        right: shards of which the piece is right now.
        found: shards of which it was right where it was looked for, at the first place that has the shard.
        lost: shards of which it cannot be had.
    """

    index: int
    pieces: Bytes
    right: frozenset[int]
    found: frozenset[int]
    lost: frozenset[int]


class PieceGatherer:
    """Reads rows of pieces and makes right what can be made right.

    Args:
        described, table: the set.
        places: where to look, the one that is to be repaired first.
    """

    def __init__(self, described: ProtectedSet, table: PieceTable, places: Sequence[ShardPlace]) -> None:
        self._set = described
        self._table = table
        self._places = tuple(places)
        self._of: dict[int, list[ShardPlace]] = {
            shard: [place for place in places if shard in place.shards] for shard in range(described.shards)
        }
        self._pieces: Bytes = np.zeros((described.shards, described.piece), dtype=np.uint8)
        self._spare: Bytes = np.zeros(described.piece, dtype=np.uint8)
        self._mixers: dict[tuple[int, tuple[int, ...], tuple[int, ...]], Mixer] = {}

    def rows(self, first: int = 0, want: frozenset[int] | None = None) -> Iterator[PieceRow]:
        """Rows from `first` on.

        Args:
            want: shards that are to be made right; None for all.
        """
        for index in range(first, self._set.pieces):
            yield self.row(index, want)

    def row(self, index: int, want: frozenset[int] | None = None) -> PieceRow:
        """One row."""
        count = self._set.piece_bytes(index)
        pieces = self._pieces if count == self._set.piece else np.zeros((self._set.shards, count), dtype=np.uint8)
        right: set[int] = set()
        found: set[int] = set()
        partial: set[int] = set()
        for shard in range(self._set.shards):
            for number, place in enumerate(self._of[shard]):
                target = self._spare[:count] if shard in partial else pieces[shard]
                read = place.read(shard, index * self._set.piece, target)
                if self._table.is_right(shard, index, target):
                    pieces[shard] = target
                    right.add(shard)
                    if number == 0:
                        found.add(shard)
                    break
                if read:
                    partial.add(shard)
        wanted = set(range(self._set.shards)) if want is None else set(want)
        if not wanted <= right:
            if len(right) < self._set.data:
                self._correct(index, pieces, right, partial)
            if len(right) >= self._set.data:
                self._make(index, pieces, right, sorted(wanted - right))
        everything = range(self._set.shards)
        return PieceRow(
            index=index,
            pieces=pieces,
            right=frozenset(right),
            found=frozenset(found),
            lost=frozenset(shard for shard in everything if shard in wanted and shard not in right),
        )

    def _make(self, index: int, pieces: Bytes, right: set[int], want: list[int]) -> None:
        """Make pieces of `data` others that are right."""
        if not want:
            return
        have = sorted(right)[: self._set.data]
        count = pieces.shape[1]
        block = min(BLOCK, count)
        mixer = self._mixer(tuple(have), tuple(want), block)
        for low in range(0, count, block):
            if count - low < block:
                mixer = self._mixer(tuple(have), tuple(want), count - low)
            high = low + mixer.inputs.shape[1]
            mixer.inputs[:] = pieces[have, low:high]
            pieces[want, low:high] = mixer.mix()
        right.update(shard for shard in want if self._table.is_right(shard, index, pieces[shard]))

    def _mixer(self, have: tuple[int, ...], want: tuple[int, ...], block: int) -> Mixer:
        key = (block, have, want)
        mixer = self._mixers.pop(key, None)
        if mixer is None:
            mixer = Mixer(restoring_matrix(self._set.data, self._set.parity, have, want), block)
            while len(self._mixers) >= _KEPT_MIXERS:
                del self._mixers[next(iter(self._mixers))]
        self._mixers[key] = mixer
        return mixer

    def _correct(self, index: int, pieces: Bytes, right: set[int], partial: set[int]) -> None:
        """Correct symbols of pieces that are wrong in some bytes; what is right then is added to `right`.

        What could not be read whole is a shard that is lost, if there is parity for that; else its bytes count as they
        are: a file that was cut off has the beginning of its piece.
        """
        wrong = [shard for shard in range(self._set.shards) if shard not in right]
        missing = [shard for shard in wrong if shard not in partial]
        if len(missing) > self._set.parity:
            return
        count = pieces.shape[1]
        for low in range(0, count, BLOCK):
            high = min(low + BLOCK, count)
            corrector = Corrector(self._set.data, self._set.parity, high - low)
            shards = np.ascontiguousarray(pieces[:, low:high])
            corrector.correct(shards, missing, [shard for shard in wrong if shard in partial])
            pieces[:, low:high] = shards
        right.update(shard for shard in wrong if self._table.is_right(shard, index, pieces[shard]))
