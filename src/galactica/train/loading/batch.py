"""A batch: rows of tokens, and which stretch of which document each part of a row is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Batch:
    """What one rank gets of a global batch.

    Stretches stand in the order of rows, then of their place in the row; where a row is not filled (only at the end of
    the last epoch), the rest of it is padded with the token of a document's end, and no stretch covers it.

    Attributes:
        number: of the global batch, from 0 since the stream's beginning (where all batches had one size).
        sequence: number of the first row in the stream of sequences.
        tokens: `int32 [rows, seq_len]`.
        rows, starts, lengths: `int32 [stretches]`, the row of each, its first column, its tokens.
        stretch_documents: `int64 [stretches]`, the document's number in the view.
        stretch_offsets: `int64 [stretches]`, tokens of the document that come before the stretch.
    """

    number: int
    sequence: int
    tokens: npt.NDArray[np.int32]
    rows: npt.NDArray[np.int32]
    starts: npt.NDArray[np.int32]
    lengths: npt.NDArray[np.int32]
    stretch_documents: npt.NDArray[np.int64]
    stretch_offsets: npt.NDArray[np.int64]

    @property
    def documents(self) -> npt.NDArray[np.int32]:
        """`int32 [rows, seq_len]`, the document of each token; -1 where a row is padded. Made when asked for."""
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
        first = np.searchsorted(self.rows, self.rows)
        return self._spread(np.arange(len(self.rows)) - first, -1)

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
