"""Lists of like passages, so that a question is compared with a few of a hundred million and not with all.

```
lists/centres.bin   int8 [lists, dimensions]: what the passages of each list are near to (see `clusters`)
lists/ends.bin      uint32 [lists]: position behind the last passage of each list
lists/numbers.bin   uint32 [n]: number of the passage at each position; ascending within a list
lists/owners.bin    uint16 [n]: the list that each passage is in, by number
lists/codes.bin     uint64 [words, n]: codes in the order of positions, in columns
```

All little-endian. With codes of 56 bytes a passage takes 62 to 63. Lists are made when an edition has more than
`EXACT_MOST` passages, in place of the files of each shard; below that, comparing with all is quick enough and misses
nothing. Making them takes 16 bytes of memory a passage. It is done in one go: where it was stopped, it begins anew.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from galactica.codes.files import whole
from galactica.progress import Report
from galactica.search.meaning.clusters import cluster
from galactica.search.meaning.codes import WORD, CodeBlock, Columns, Rows
from galactica.search.meaning.layout import LISTS, columns_of, mapped

EXACT_MOST = 4_000_000
"""Passages up to which a question is compared with all: about 35 ms on one core."""

SHARE = 0.1
LEAST = 1_000_000
"""A question is compared with this share of the passages, and with at least so many. Of 120,000 passages of an
encyclopedia, 2, 5, 8 and 12 % hold 71, 84, 90 and 94 of 100 that are among the nearest ten (2026-11-26)."""

SAMPLE = 64
"""Codes for each list from which the centres are found."""

MOST_LISTS = 65_535

_BYTE, _SHORT, _NUMBER = np.dtype("i1"), np.dtype("<u2"), np.dtype("<u4")


class Lists:
    """Lists that lie on disk, open for looking up.

    Raises:
        OSError, ValueError: a file is missing, of the wrong size, or does not say what it should.
    """

    def __init__(self, directory: Path, words: int, total: int) -> None:
        folder = directory / LISTS
        count = (folder / "ends.bin").stat().st_size // _NUMBER.itemsize
        if not 0 < count <= min(total, MOST_LISTS):
            raise ValueError("an impossible number of lists")
        ends = mapped(folder / "ends.bin", _NUMBER, count).astype(np.int64)
        self._ends = ends
        self._starts = np.concatenate([np.zeros(1, dtype=np.int64), ends[:-1]])
        self._sizes = ends - self._starts
        if (self._sizes < 0).any() or ends[-1] != total:
            raise ValueError("lists that overlap or end too early")
        centres = mapped(folder / "centres.bin", _BYTE, count * 64 * words)
        self._centres = centres.reshape(count, 64 * words).astype(np.float32)
        self._numbers = mapped(folder / "numbers.bin", _NUMBER, total)
        self._owners = mapped(folder / "owners.bin", _SHORT, total)
        self._columns = columns_of(folder / "codes.bin", words, total)
        self._total = total

    def parts(self, query: NDArray[np.float32], wanted: int, allowed: NDArray[np.bool_] | None) -> list[CodeBlock]:
        """The codes of the lists nearest to a question, by position.

        Args:
            query: `float32 [dimensions]`.
            wanted: so many passages are looked at, or more (see `SHARE`), where there are as many.
            allowed: `bool [n]` by number of passage; None: all.
        """
        order = np.argsort(-np.einsum("nd,d->n", self._centres, query), kind="stable")
        if allowed is None:
            wanted = max(wanted, LEAST, int(SHARE * self._total))
            chosen = order[: int(np.searchsorted(np.cumsum(self._sizes[order]), wanted)) + 1]
            return [CodeBlock(first=low, columns=self._columns[:, low:high]) for low, high in self._runs(chosen)]
        wanted = max(
            wanted, int(SHARE * np.count_nonzero(allowed))
        )  # of all lists, most of what is seen is not allowed
        parts: list[CodeBlock] = []
        for number in order:
            low = int(self._starts[number])
            high = low + int(self._sizes[number])
            mask = allowed[self._checked(self._numbers[low:high])]
            if mask.any():
                parts.append(CodeBlock(first=low, columns=self._columns[:, low:high], allowed=mask))
                wanted -= int(np.count_nonzero(mask))
            if wanted <= 0:
                break
        return sorted(parts, key=lambda part: part.first)

    def numbers(self, positions: NDArray[np.int64]) -> NDArray[np.int64]:
        """Numbers of the passages at some positions.

        Raises:
            ValueError: the lists contradict themselves.
        """
        found = self._checked(self._numbers[positions])
        if (self._owners[found] != np.searchsorted(self._ends, positions, side="right")).any():
            raise ValueError("a passage in two lists")
        return found

    def at(self, positions: NDArray[np.int64]) -> Rows:
        """Codes by position: `uint64 [len(positions), words]`."""
        return np.ascontiguousarray(self._columns[:, positions].T)

    def rows(self, numbers: NDArray[np.int64]) -> Rows:
        """Codes of passages by their numbers: `uint64 [len(numbers), words]`; raises as `numbers` does."""
        owners = self._owners[numbers].astype(np.int64)
        positions = np.empty(len(numbers), dtype=np.int64)
        for owner in np.unique(owners):
            if owner >= len(self._ends):
                raise ValueError("a list that there is not")
            mine = owners == owner
            low, high = int(self._starts[owner]), int(self._ends[owner])
            positions[mine] = low + np.searchsorted(self._numbers[low:high], numbers[mine])
        positions = np.minimum(positions, self._total - 1)
        if (self._numbers[positions] != numbers).any():
            raise ValueError("a passage that is not in its list")
        return self.at(positions)

    def _checked(self, found: NDArray[np.generic]) -> NDArray[np.int64]:
        wide = found.astype(np.int64)
        if len(wide) and wide.max() >= self._total:
            raise ValueError("a passage that there is not")
        return wide

    def _runs(self, chosen: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
        """(first, behind last) positions of some lists, neighbours in one."""
        low = high = -1
        for number in np.sort(chosen):
            start, size = int(self._starts[number]), int(self._sizes[number])
            if start != high:
                if high > low:
                    yield low, high
                low = start
            high = start + size
        if high > low:
            yield low, high


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardFiles:
    """The codes of an edition by shard: where each file lies, and how many passages of how many words are in it."""

    paths: Sequence[Path]
    passages: Sequence[int]
    words: int

    def rows(self, shard: int) -> Rows:
        """All codes of a shard."""
        return columns_of(self.paths[shard], self.words, self.passages[shard]).T

    def word(self, shard: int, word: int) -> NDArray[np.uint64]:
        """One word of each code of a shard."""
        count = self.passages[shard]
        return np.fromfile(self.paths[shard], dtype=WORD, count=count, offset=word * count * WORD.itemsize)


def make(directory: Path, shards: ShardFiles, report: Report) -> None:
    """Make the lists of an edition from the codes of its shards.

    Args:
        directory: `index/meaning` of the edition.
        report: stage "lists", in passages.
    """
    folder = directory / LISTS
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    total = sum(shards.passages)
    clusters = cluster(_sample(shards, total), min(MOST_LISTS, round(2 * total**0.5)))
    labels = np.empty(total, dtype=_SHORT)
    done = 0
    for shard, count in enumerate(shards.passages):
        labels[done : done + count] = clusters.nearest(shards.rows(shard))
        done += count
        report("lists", done, total, "passages")
    used = np.flatnonzero(np.bincount(labels, minlength=len(clusters.centres)))
    labels = np.searchsorted(used, labels).astype(_SHORT)
    sizes = np.bincount(labels, minlength=len(used))
    _save(folder / "centres.bin", clusters.centres[used].astype(_BYTE))
    _save(folder / "ends.bin", np.cumsum(sizes).astype(_NUMBER))
    _save(folder / "owners.bin", labels)
    places = _places(labels, sizes, shards.passages)
    numbers = np.empty(total, dtype=_NUMBER)
    numbers[places] = np.arange(total, dtype=_NUMBER)
    _save(folder / "numbers.bin", numbers)
    _save_codes(folder / "codes.bin", shards, places)


def _sample(shards: ShardFiles, total: int) -> Rows:
    """Codes at equal distances from each other, those of zeros left out: nothing is like them."""
    wanted = np.arange(0, total, max(1, total // int(SAMPLE * 2 * total**0.5)))
    found: list[Rows] = []
    first = 0
    for shard, count in enumerate(shards.passages):
        inside = wanted[(wanted >= first) & (wanted < first + count)] - first
        found.append(shards.rows(shard)[inside])
        first += count
    sample = np.concatenate(found)
    known = sample[sample.any(axis=1)]
    return known if len(known) else sample


def _places(labels: NDArray[np.uint16], sizes: NDArray[np.int64], passages: Sequence[int]) -> NDArray[np.uint32]:
    """Position of each passage where lists follow each other and a list is in the order of numbers."""
    places = np.empty(len(labels), dtype=_NUMBER)
    behind = np.cumsum(sizes) - sizes
    first = 0
    for count in passages:
        own = labels[first : first + count]
        order = np.argsort(own, kind="stable")
        ordered = own[order]
        rank = np.arange(count) - np.searchsorted(ordered, ordered)
        places[first + order] = behind[ordered] + rank
        behind += np.bincount(own, minlength=len(sizes))
        first += count
    return places


def _save(path: Path, values: NDArray[np.generic]) -> None:
    with whole(path, durable=True) as part, part.open("wb") as file:
        values.tofile(file)


def _save_codes(path: Path, shards: ShardFiles, places: NDArray[np.uint32]) -> None:
    """Write the codes in their new order, a word at a time: 8 bytes a passage are in memory."""
    column: Columns = np.empty(len(places), dtype=WORD)
    with whole(path, durable=True) as part, part.open("wb") as file:
        for word in range(shards.words):
            first = 0
            for shard, count in enumerate(shards.passages):
                column[places[first : first + count]] = shards.word(shard, word)
                first += count
            column.tofile(file)
