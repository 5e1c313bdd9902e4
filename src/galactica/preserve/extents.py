"""Which bytes of which files a shard is made of.

The stream of all files is cut at multiples of the shard's length, wherever that is in a file: a file that goes over
the border of two shards lies in both in part. In a volume a whole file lies under its own name in `files/`; the part
of a file that was cut lies under that name with `.cut-` and the number of the shard, three digits from 000.
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from galactica.preserve.described import ProtectedSet, StoredFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """A stretch of a file.

    Attributes:
        file: of the edition.
        start: offset in the file.
        length: bytes, at least 1.
        at: offset in the shard.
    """

    file: StoredFile
    start: int
    length: int
    at: int

    @property
    def is_whole(self) -> bool:
        """Whether it is all of the file."""
        return self.length == self.file.size

    def name(self, shard: int) -> str:
        """What it is called in the `files/` of the volume that has this shard."""
        return self.file.path if self.is_whole else f"{self.file.path}.cut-{shard:03d}"


@lru_cache(8)
def starts_of(described: ProtectedSet) -> tuple[int, ...]:
    """Where each file begins in the stream, and where the last one ends."""
    return tuple(itertools.accumulate((file.size for file in described.files), initial=0))


@lru_cache(1024)
def extents_of(described: ProtectedSet, shard: int) -> tuple[Extent, ...]:
    """The stretches of files that a data shard holds, in order; none in one that is all zeros."""
    return tuple(stream_stretches(described, shard * described.shard, (shard + 1) * described.shard))


def stream_stretches(described: ProtectedSet, low: int, high: int) -> Iterator[Extent]:
    """The stretches of files at bytes [low, high) of the stream; `at` counts from `low`."""
    starts = starts_of(described)
    first = max(0, bisect.bisect_right(starts, low) - 1)
    for number in range(first, len(described.files)):
        begin, end = max(low, starts[number]), min(high, starts[number + 1])
        if starts[number] >= high:
            return
        if begin < end:
            yield Extent(file=described.files[number], start=begin - starts[number], length=end - begin, at=begin - low)


def empty_files(described: ProtectedSet) -> Iterator[StoredFile]:
    """Files of no bytes: in no shard, and made again from the document alone."""
    return (file for file in described.files if not file.size)
