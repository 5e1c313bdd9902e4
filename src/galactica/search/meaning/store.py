"""An index of meaning that is open: the passages nearest to a question's vector, and which article each belongs to.

A question is compared with codes (`codes.nearest`), then the best of those are put in order by its own vector
(`codes.estimate`). Passages are numbered through the edition, article after article in the order of rows.

An index may be opened while it is still made: what is there is found (`opened`), and what has come since is taken in
by `refresh`.
"""

from __future__ import annotations

import bisect
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from galactica.codes.cache import Cache
from galactica.edition import Edition
from galactica.errors import EditionError
from galactica.search.meaning.codes import CodeBlock, Rows, codes, estimate, nearest
from galactica.search.meaning.layout import REMEDY, EncoderFacts, MeaningIndexRecord
from galactica.search.meaning.lists import EXACT_MOST
from galactica.search.meaning.opened import OpenedIndex, Opening, by_shard, undamaged

EVERY = 1.0
"""Seconds between two looks at what has come, at least."""

LEAST = 1_000
FOR_EACH = 10
"""Passages that are put in order by the question's own vector: so many for each that is wanted, at least `LEAST`."""

THREADS = 2
_KEPT_BYTES = 16_000_000
"""Of counts of passages: four bytes an article."""

_NONE = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)


class MeaningIndex:
    """An edition's index of meaning, open for reading; thread-safe; may be used in a `with` block.

    Attributes:
        edition: whose it is.
        encoder: name, digest and dimensions of the encoder that it was made with; questions must come from the same.
        total: passages of the edition.
    """

    def __init__(
        self,
        edition: Edition,
        directory: Path,
        *,
        exact_most: int = EXACT_MOST,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._record = MeaningIndexRecord.read(directory)
        self._record.check(edition)
        self.edition = edition
        self.encoder: EncoderFacts = self._record.encoder
        self.total = self._record.total
        self._directory = directory
        self._clock = clock
        self._starts = self._record.starts()
        self._rows = [first for first, _ in edition.shard_rows()]
        self._counts = Cache(_KEPT_BYTES)
        self._lock = threading.Lock()
        self._looked = clock()
        self._opening = Opening(directory, self._record, exact_most)
        self._view = self._opening.look(OpenedIndex())

    @classmethod
    def open(cls, edition: Edition, directory: Path) -> MeaningIndex:
        """Open the index in `directory` (usually `edition.meaning_dir()`), finished or not.

        Raises:
            EditionError: there is none, or it is of another edition, or not of the form.
        """
        return cls(edition, directory)

    def __enter__(self) -> MeaningIndex:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._view = OpenedIndex(complete=True)

    @property
    def complete(self) -> bool:
        """Whether it is finished and every passage can be found."""
        return self._view.complete

    @property
    def done(self) -> int:
        """Passages that can be found."""
        view = self._view
        return self.total if view.lists is not None else sum(part.columns.shape[1] for _, part in view.shards)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why files that are there are not used, in words for a person."""
        return self._view.reasons

    def refresh(self) -> None:
        """Take in what was made since; looks at most once in `EVERY` seconds, and never again when all is there."""
        if self._view.complete or self._clock() - self._looked < EVERY or not self._lock.acquire(blocking=False):
            return
        try:
            self._looked = self._clock()
            self._view = self._opening.look(self._view)
        finally:
            self._lock.release()

    def find(
        self, query: NDArray[np.float32], k: int, *, allowed: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The passages that are nearest in meaning.

        Args:
            query: vector of a question, `float32 [dimensions]`, of length 1; of zeros: finds nothing.
            k: how many are wanted.
            allowed: `bool [total]`, which passages may be found (see `spread`); None: all.

        Returns:
            (numbers `int64`, scores `float32`), best first, among equals the lowest number first; a score is what
            `codes.estimate` gives.

        Raises:
            EditionError: the index is damaged.
        """
        self.refresh()
        if k <= 0 or not query.any():
            return _NONE
        query = np.ascontiguousarray(query, dtype=np.float32)
        view = self._view
        wanted = max(FOR_EACH * k, LEAST)
        bits = codes(query[None, :])[0]
        if view.lists is not None:
            with undamaged(self._directory):
                positions, _ = nearest(view.lists.parts(query, wanted, allowed), bits, wanted, threads=THREADS)
                numbers, rows = view.lists.numbers(positions), view.lists.at(positions)
        else:
            parts = [_masked(part, allowed) for _, part in view.shards]
            numbers, _ = nearest(parts, bits, wanted, threads=THREADS)
            rows = self._opening.codes(view, numbers)
        scores = estimate(query, rows)
        order = np.lexsort((numbers, -scores))[:k]
        return numbers[order], scores[order]

    def scores(self, query: NDArray[np.float32], numbers: NDArray[np.int64]) -> NDArray[np.float32]:
        """The scores of given passages, as `find` has them; 0 for those that cannot be found.

        Args:
            query: as for `find`.
            numbers: of passages, 0 … `total` - 1.
        """
        known = self.codes(numbers)
        found = estimate(np.ascontiguousarray(query, dtype=np.float32), known)
        found[~known.any(axis=1)] = 0
        return found

    def codes(self, numbers: NDArray[np.int64]) -> Rows:
        """The codes of given passages: `uint64 [len(numbers), words]`; zeros for those that are not there yet."""
        return self._opening.codes(self._view, np.asarray(numbers, dtype=np.int64))

    def place(self, number: int) -> tuple[int, int]:
        """(row of its article, number in that article) of a passage.

        Raises:
            IndexError: there is no such passage.
            EditionError: the edition's passages are not those that the index was made from.
        """
        if not 0 <= number < self.total:
            raise IndexError(number)
        shard = bisect.bisect_right(self._starts, number) - 1
        ends = self._ends(shard)
        inside = number - self._starts[shard]
        row = int(np.searchsorted(ends, inside, side="right"))
        return self._rows[shard] + row, inside - (int(ends[row - 1]) if row else 0)

    def numbers(self, row: int) -> range:
        """Numbers of the passages of the article in `row`; raises as `place` does."""
        if not 0 <= row < len(self.edition):
            raise IndexError(row)
        shard = bisect.bisect_right(self._rows, row) - 1
        ends = self._ends(shard)
        inside, start = row - self._rows[shard], self._starts[shard]
        return range(start + (int(ends[inside - 1]) if inside else 0), start + int(ends[inside]))

    def places(self, numbers: NDArray[np.int64]) -> list[tuple[int, int]]:
        """As `place`, of many passages that `find` gave; raises EditionError as it does."""
        rows = np.empty(len(numbers), np.int64)
        inside = np.empty(len(numbers), np.int64)
        for shard, mine in by_shard(self._starts, numbers):
            ends = self._ends(shard)
            at = numbers[mine] - self._starts[shard]
            row = np.searchsorted(ends, at, side="right")
            rows[mine] = row + self._rows[shard]
            inside[mine] = at - np.where(row > 0, ends[row - 1], 0)
        return list(zip(rows.tolist(), inside.tolist(), strict=True))

    def ranges(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """As `numbers`, of many articles there are: the first number of each, and how many it has.

        Raises:
            EditionError: as `place` does.
        """
        first = np.empty(len(rows), np.int64)
        counts = np.empty(len(rows), np.int64)
        for shard, mine in by_shard(self._rows, rows):
            ends = self._ends(shard)
            at = rows[mine] - self._rows[shard]
            low = np.where(at > 0, ends[at - 1], 0)
            first[mine] = low + self._starts[shard]
            counts[mine] = ends[at] - low
        return first, counts

    def spread(self, rows: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """A choice of articles as a choice of passages: `bool [articles]` → `bool [total]`.

        Looks at the counts of every shard: 50 ms a million passages the first time.
        """
        found = np.zeros(self.total, dtype=np.bool_)
        for shard, (first, count) in enumerate(self.edition.shard_rows()):
            chosen = rows[first : first + count]
            if chosen.any():
                counts = np.diff(self._ends(shard), prepend=0)
                found[self._starts[shard] : self._starts[shard + 1]] = np.repeat(chosen, counts)
        return found

    def _ends(self, shard: int) -> NDArray[np.int32]:
        """Number within the shard of the passage behind each article's last."""
        ends = self._counts.get(
            shard, lambda: np.cumsum(self.edition.passage_counts(shard), dtype=np.int32), lambda made: made.nbytes + 200
        )
        if (int(ends[-1]) if len(ends) else 0) != self._record.passages[shard]:
            raise EditionError(f"The index of meaning of {self.edition.path} has other passages than it.", REMEDY)
        return ends


def _masked(part: CodeBlock, allowed: NDArray[np.bool_] | None) -> CodeBlock:
    if allowed is None:
        return part
    return replace(part, allowed=allowed[part.first : part.first + part.columns.shape[1]])
