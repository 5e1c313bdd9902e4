"""What of an index of meaning is open: the codes of the shards that are there, or lists once all is there.

An index may be opened while it is still made. Files that are not what the record says are left aside with a reason;
nothing wrong is ever found in them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from galactica.errors import EditionError
from galactica.search.meaning import layout
from galactica.search.meaning.codes import CodeBlock, Rows
from galactica.search.meaning.layout import REMEDY, MeaningIndexRecord
from galactica.search.meaning.lists import Lists


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedIndex:
    """What of an index is open: the codes of shards in their order, or lists; both replaced as a whole."""

    shards: tuple[tuple[int, CodeBlock], ...] = ()
    lists: Lists | None = None
    complete: bool = False
    reasons: tuple[str, ...] = ()


class Opening:
    """Opens what is there of the index in `directory`.

    Args:
        record: what the index says of itself.
        exact_most: passages that a question is compared with, at most, while there are no lists.
    """

    def __init__(self, directory: Path, record: MeaningIndexRecord, exact_most: int) -> None:
        self._directory = directory
        self._record = record
        self._exact_most = exact_most
        self._starts = record.starts()

    def look(self, view: OpenedIndex) -> OpenedIndex:
        """What there is now, beside what is open already."""
        finished = layout.finished(self._directory, self._record.root)
        found = self._look_for_lists(view, finished) or self._look_for_shards(view, finished)
        # Another encoder's files come only after its record (see `build`): what was opened before is still of ours.
        return found if self._ours() else view

    def _look_for_lists(self, view: OpenedIndex, finished: bool) -> OpenedIndex | None:
        if not finished or not (self._directory / layout.LISTS).is_dir():
            return None
        try:
            return OpenedIndex(lists=Lists(self._directory, self._record.words, self._record.total), complete=True)
        except (OSError, ValueError):
            return replace(view, reasons=(f"{layout.LISTS} cannot be read",))

    def _look_for_shards(self, view: OpenedIndex, finished: bool) -> OpenedIndex:
        """The shards that are open and those that have come; of an edition that will get lists, no more than a question
        can be compared with."""
        reasons: list[str] = []
        shards = dict(view.shards)
        room = self._record.total if finished else self._exact_most
        for shard, count in enumerate(self._record.passages):
            path = layout.codes_path(self._directory, shard)
            if shard in shards or self._starts[shard + 1] > room or not path.exists():
                continue
            mapping = len(shards) < layout.MOST_MAPPED
            try:
                columns = layout.columns_of(path, self._record.words, count, map_it=mapping)
            except (OSError, ValueError) as error:
                reasons.append(f"{path.name} {error}")
                continue
            shards[shard] = CodeBlock(first=self._starts[shard], columns=columns)
        complete = finished and len(shards) == len(self._record.passages)
        return OpenedIndex(shards=tuple(sorted(shards.items())), complete=complete, reasons=tuple(reasons))

    def _ours(self) -> bool:
        try:
            return MeaningIndexRecord.read(self._directory) == self._record
        except EditionError:
            return False

    def codes(self, view: OpenedIndex, numbers: NDArray[np.int64]) -> Rows:
        """The codes of given passages: `uint64 [len(numbers), words]`; zeros for those that are not there yet."""
        if view.lists is not None:
            with undamaged(self._directory):
                return view.lists.rows(numbers)
        found = np.zeros((self._record.words, len(numbers)), dtype=np.uint64)
        there = dict(view.shards)
        for shard, mine in by_shard(self._starts, numbers):
            part = there.get(shard)
            if part is not None:
                found[:, mine] = part.columns.take(numbers[mine] - part.first, axis=1, mode="clip")
        return np.ascontiguousarray(found.T)


def by_shard(begins: Sequence[int], places: NDArray[np.int64]) -> Iterator[tuple[int, NDArray[np.bool_]]]:
    """(shard, which of the places lie in it) for each shard that has any."""
    owner = np.searchsorted(np.asarray(begins), places, side="right") - 1
    for shard in np.unique(owner).tolist():
        yield shard, owner == shard


class undamaged:  # noqa: N801  # reads as a word: with undamaged(directory)
    """Turn what lists say of themselves that cannot be into an `EditionError`."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        if kind is not None and issubclass(kind, ValueError | IndexError):
            raise EditionError(f"The index of meaning in {self._directory} is damaged.", REMEDY) from error
