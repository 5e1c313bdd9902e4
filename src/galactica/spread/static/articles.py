"""Articles in cells, in the order of their ids, each cell with what proves it; the catalogue that says where they lie.

The order of ids is that of the leaves of the table `articles`, so an article's number is its place in the tree (RFC
9162). A cell is a subtree of it: its records packed together, and in front of them the hashes that lead from the
subtree's head to that of the 256 articles it is among. The heads of those are the file `heads`, whose own head is
that of the table, which is in the root. So an article is proved by its cell and one tile of `heads`, and by nothing
that only the manifest vouches for.
"""

from __future__ import annotations

import struct
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from galactica.codes import merkle
from galactica.spread.static.blocks import BlockWriter, deflated
from galactica.spread.static.coding import leb128

GROUP_BITS = 8
"""2 to this power articles have one hash in `heads`, and as many hashes are one tile of it: 8 kB."""

PAGE = 512
"""Articles in one block of the catalogue."""

CELL_BYTES = 5_000
"""Unpacked bytes that a cell has at the least, on average: short articles lie together, because 200 bytes of hashes to
each would be more than they are."""

MAX_RECORD = 96 * 2**20
"""Bytes of a record, unpacked; a document has at most 64 MB (`edition.proof.MAX_PROOF`)."""


def cell_bits(articles: int, total: int, most: int) -> int:
    """2 to which power articles lie in a cell, for so many with so many bytes of records."""
    bits = 0
    while bits < most and articles and (total << bits) < CELL_BYTES * articles:
        bits += 1
    return bits


class Waiting:
    """Records of articles in the order in which they are read, to be taken in another."""

    def __init__(self, folder: Path, articles: int) -> None:
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed by `close`
        self._places = [(0, 0)] * articles
        self.total = 0

    def put(self, number: int, raw: bytes) -> None:
        """Take in the record of an article."""
        packed = zlib.compress(raw, 1)
        self._places[number] = (self._file.tell(), len(packed))
        self._file.write(packed)
        self.total += len(raw)

    def get(self, number: int) -> bytes:
        """A record."""
        offset, size = self._places[number]
        self._file.seek(offset)
        return zlib.decompress(self._file.read(size))

    def close(self) -> None:
        """Let go of what waits."""
        self._file.close()


def write_cells(
    out: IO[bytes], heads: IO[bytes], waiting: Waiting, articles: int, bits: int
) -> Iterator[tuple[int, int]]:
    """Write the files `articles` and `heads`; yield for each article (bytes of its cell, those of its record).

    Of several articles of a cell only the first has the cell's bytes, the others 0.
    """
    for start in range(0, articles, 1 << GROUP_BITS):
        stop = min(articles, start + (1 << GROUP_BITS))
        cells: list[tuple[bytes, list[int], bytes]] = []
        for first in range(start, stop, 1 << bits):
            raw = [waiting.get(number) for number in range(first, min(stop, first + (1 << bits)))]
            cells.append((deflated(b"".join(raw)), list(map(len, raw)), merkle.tree_head(map(merkle.leaf_hash, raw))))
        subtrees = [head for _, _, head in cells]
        for number, (packed, sizes, _) in enumerate(cells):
            cell = b"".join(merkle.inclusion_proof(subtrees, number)) + packed
            out.write(cell)
            for place, size in enumerate(sizes):
                yield (0 if place else len(cell)), size
        heads.write(merkle.tree_head(subtrees))


def write_cell_places(
    file: IO[bytes], cells: Sequence[tuple[int, int]], languages: Sequence[int], sources: Sequence[int]
) -> bytes:
    """Write the file `catalogue`; its top.

    Args:
        cells: of each article, as `write_cells` yields them.
        languages, sources: number of each article's language (in the manifest) and source (in the table).
    """
    writer = BlockWriter(file, "catalogue")
    offset = 0
    for start in range(0, len(cells), PAGE):
        page = cells[start : start + PAGE]
        out = [leb128(len(page)), leb128(offset)]
        out += [leb128(size) for size, _ in page]
        out += [leb128(size) for _, size in page]
        out += [leb128(each) for each in languages[start : start + PAGE]]
        out += [leb128(each) for each in sources[start : start + PAGE]]
        writer.add(struct.pack(">I", start), b"".join(out))
        offset += sum(size for size, _ in page)
    return writer.finish()


def steps_to_head(place: int, size: int) -> int:
    """How many hashes lead from a leaf to the head of a tree (RFC 9162 §2.1.3)."""
    count, low, high = 0, 0, size
    while high - low > 1:
        middle = low + (1 << (high - low - 1).bit_length() - 1)
        low, high = (low, middle) if place < middle else (middle, high)
        count += 1
    return count


IDS = 1024
"""Ids in one block."""


def write_numbers(file: IO[bytes], ids: Sequence[tuple[bytes, int]]) -> bytes:
    """Write the file `ids`; its top.

    Args:
        ids: (id, number of the article) of every article and every redirect, sorted.
    """
    writer = BlockWriter(file, "ids")
    for start in range(0, len(ids), IDS):
        some = ids[start : start + IDS]
        out = [leb128(len(some)), *(identity[:4] for identity, _ in some), *(leb128(number) for _, number in some)]
        writer.add(some[0][0], b"".join(out))
    return writer.finish()
