"""A batch: rows of tokens, and which stretch of which document each part of a row is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from galactica.train.loading.packing import Stretch


@dataclass(frozen=True, kw_only=True, eq=False)
class Batch:
    """What one rank gets of a global batch.

    Stretches stand in the order of rows, then of their place in the row; where a row is not filled (only at the end of
    the last epoch), the rest of it is padded with the token of a document's end, and no stretch covers it. All but the
    tokens is made when it is asked for.

    Attributes:
        number: of the global batch, from 0 since the stream's beginning (where all batches had one size).
        sequence: number of the first row in the stream of sequences.
        tokens: `int32 [rows, seq_len]`.
        stretches: of each row that is filled.
    """

    number: int
    sequence: int
    tokens: npt.NDArray[np.int32]
    stretches: Sequence[Sequence[Stretch]]

    @cached_property
    def _table(self) -> npt.NDArray[np.int64]:
        """`int64 [stretches, 4]`: row, document, tokens of it before, tokens."""
        told = [(row, *stretch[:3]) for row, several in enumerate(self.stretches) for stretch in several]
        return np.array(told, np.int64).reshape(-1, 4)

    @property
    def rows(self) -> npt.NDArray[np.int32]:
        """`int32 [stretches]`, the row of each."""
        return self._table[:, 0].astype(np.int32)

    @property
    def starts(self) -> npt.NDArray[np.int32]:
        """`int32 [stretches]`, the first column of each."""
        before = np.cumsum(self._table[:, 3]) - self._table[:, 3]
        return (before - before[np.searchsorted(self._table[:, 0], self._table[:, 0])]).astype(np.int32)

    @property
    def lengths(self) -> npt.NDArray[np.int32]:
        """`int32 [stretches]`, the tokens of each."""
        return self._table[:, 3].astype(np.int32)

    @property
    def stretch_documents(self) -> npt.NDArray[np.int64]:
        """`int64 [stretches]`, the document's number in the view."""
        return self._table[:, 1]

    @property
    def stretch_offsets(self) -> npt.NDArray[np.int64]:
        """`int64 [stretches]`, tokens of the document that come before the stretch."""
        return self._table[:, 2]

    @property
    def documents(self) -> npt.NDArray[np.int32]:
        """`int32 [rows, seq_len]`, the document of each token; -1 where a row is padded."""
        return self._spread(self.stretch_documents, -1)

    @property
    def positions(self) -> npt.NDArray[np.int32]:
        """`int32 [rows, seq_len]`, how many tokens of its document come before each; 0 where a row is padded.

        A document begins where it is 0: attention that must not leave a document looks back to there at the most.
        """
        found = np.tile(np.arange(self.tokens.shape[1], dtype=np.int32), (len(self.tokens), 1))
        found += self._spread(self.stretch_offsets - self.starts, 0)
        found[self.documents < 0] = 0
        return found

    @property
    def stretch_numbers(self) -> npt.NDArray[np.int32]:
        """`int32 [rows, seq_len]`, which stretch of its row each token is of (0, 1, 2 …); -1 where a row is padded.

        Two tokens of a row are of one document, read on without a break, where these are equal.
        """
        rows = self._table[:, 0]
        return self._spread(np.arange(len(rows)) - np.searchsorted(rows, rows), -1)

    @property
    def held(self) -> int:
        """Tokens that are no padding."""
        return int(self.lengths.sum())

    def _spread(self, values: npt.NDArray[np.int64], absent: int) -> npt.NDArray[np.int32]:
        if self.held == self.tokens.size:
            return np.repeat(values.astype(np.int32), self.lengths).reshape(self.tokens.shape)
        found = np.full(self.tokens.shape, absent, np.int32)
        for row, start, length, value in zip(self.rows, self.starts, self.lengths, values, strict=True):
            found[row, start : start + length] = value
        return found
