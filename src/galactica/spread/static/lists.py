"""Lists of articles put into cells, and forms into the dictionary that leads to them.

A short list stands in the dictionary itself; one of some kilobytes shares a cell with its neighbours; a long one has
cells of its own, the articles for which the word counts most first, so that a reader who takes only the first of them
has what matters. docs/formats/static.md, "Words".
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np

from galactica.spread.static.blocks import LEAF_BYTES, BlockWriter
from galactica.spread.static.coding import Numbers, encode_list, front_coded, leb128
from galactica.spread.static.gathering import Gatherer

INLINE = 24
"""Bytes of a list that stands in the dictionary: of up to about eight articles."""

CELL = 4096
"""Bytes from which on a cell is closed, and above which a list has cells of its own."""

CHUNK = 2048
"""Articles in one cell of a long list: 2 to 3 kB."""


class ListStore:
    """Encoded lists of all stems, waiting in a file until the dictionary asks for them in its own order; 20 bytes of
    memory for each."""

    def __init__(self, path: Path, gatherer: Gatherer, articles: int) -> None:
        stems = len(gatherer.stem_lane)
        self._first = np.full(stems, -1, np.int64)
        self._count = np.zeros(stems, np.uint32)
        self._offsets, self._sizes, self._listed, self._highest = array("Q"), array("L"), array("L"), array("B")
        with path.open("wb") as file:
            for stem, numbers, levels in gatherer.lists():
                self._first[stem] = len(self._offsets)
                for offset, size, listed, highest in _written(file, numbers, levels, articles):
                    self._offsets.append(offset)
                    self._sizes.append(size)
                    self._listed.append(listed)
                    self._highest.append(highest)
                self._count[stem] = len(self._offsets) - self._first[stem]
        self._file = path.open("rb")

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def listed(self, stem: int) -> int:
        """How many articles a stem has; 0 where it is a stop word that no title has."""
        return sum(self._listed[part] for part in self._parts(stem))

    def parts(self, stem: int) -> list[tuple[bytes, int, int]]:
        """(bytes, articles, highest level) of each part of a stem's list, the first first."""
        found = []
        for part in self._parts(stem):
            self._file.seek(self._offsets[part])
            found.append((self._file.read(self._sizes[part]), self._listed[part], self._highest[part]))
        return found

    def _parts(self, stem: int) -> range:
        first = int(self._first[stem])
        return range(first, first + int(self._count[stem]))


def _written(file: IO[bytes], numbers: Numbers, levels: Numbers, articles: int) -> Iterator[tuple[int, int, int, int]]:
    whole = encode_list(numbers, levels, articles)
    if len(whole) <= CELL:
        chunks: Iterable[tuple[Numbers, Numbers]] = [(numbers, levels)]
    else:
        order = np.lexsort((numbers, -levels))
        sliced = (np.sort(order[at : at + CHUNK]) for at in range(0, len(order), CHUNK))
        chunks = ((numbers[each], levels[each]) for each in sliced)
    for some, counts in chunks:
        raw = whole if len(some) == len(numbers) else encode_list(some, counts, articles)
        at = file.tell()
        file.write(raw)
        yield at, len(raw), len(some), int(counts.max())


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a list lies: number of its cell, offset there, bytes; or several cells of its own."""

    cells: tuple[int, ...]
    offset: int
    size: int


class _Cells:
    """The file `postings`: cells of lists."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._at = 0
        self._open = bytearray()
        self.known: list[tuple[int, int, bytes]] = []
        """(offset, size, SHA-256) of each cell that is closed."""
        self.places: dict[int, _Place] = {}

    def put(self, stem: int, parts: list[tuple[bytes, int, int]]) -> None:
        """Give a list a place, if it has none."""
        if stem in self.places:
            return
        if len(parts) > 1:
            self.close()
            first = len(self.known)
            for raw, _, _ in parts:
                self._write(raw)
            self.places[stem] = _Place(tuple(range(first, len(self.known))), 0, 0)
            return
        raw = parts[0][0]
        self.places[stem] = _Place((len(self.known),), len(self._open), len(raw))
        self._open += raw
        if len(self._open) >= CELL:
            self.close()

    def close(self) -> None:
        """Close the cell that is open."""
        if self._open:
            self._write(bytes(self._open))
            self._open.clear()

    def _write(self, raw: bytes) -> None:
        self._file.write(raw)
        self.known.append((self._at, len(raw), hashlib.sha256(raw).digest()))
        self._at += len(raw)


def write_dictionary(
    terms: IO[bytes], postings: IO[bytes], gatherer: Gatherer, store: ListStore, order: list[int]
) -> bytes:
    """Write the files `terms` and `postings`; the top of the former.

    Args:
        order: number of each lane as the manifest has it.
    """
    writer, cells = BlockWriter(terms, "terms"), _Cells(postings)
    leaf: list[tuple[bytes, list[tuple[int, bool]]]] = []
    size = 0
    for form, refs in _grouped(gatherer, store):
        key = form.encode()
        leaf.append((key, refs))
        size += len(key) + sum(2 + min(INLINE, 2 * store.listed(stem)) for stem, _ in refs)
        if size >= LEAF_BYTES:
            _write_leaf(writer, cells, leaf, gatherer, store, order)
            leaf, size = [], 0
    if leaf:
        _write_leaf(writer, cells, leaf, gatherer, store, order)
    return writer.finish()


def _grouped(gatherer: Gatherer, store: ListStore) -> Iterator[tuple[str, list[tuple[int, bool]]]]:
    """Yield (form, its stems and whether each is a stop word) in the order of the forms' bytes."""
    last = ""
    refs: list[tuple[int, bool]] = []
    lanes = gatherer.stem_lane
    entries = sorted(
        gatherer.forms, key=lambda each: (each[0].encode(), gatherer.lanes[lanes[each[1]]], each[1], each[2])
    )
    for form, stem, stop in entries:
        if form != last and refs:
            yield last, refs
            refs = []
        last = form
        if store.listed(stem) or stop:
            refs.append((stem, stop))
    if refs:
        yield last, refs


def _write_leaf(
    writer: BlockWriter,
    cells: _Cells,
    leaf: list[tuple[bytes, list[tuple[int, bool]]]],
    gatherer: Gatherer,
    store: ListStore,
    order: list[int],
) -> None:
    """A leaf with the cells it speaks of; those are closed with it, because it names their hashes."""
    short: dict[int, bytes] = {}
    long: list[int] = []
    for stem in dict.fromkeys(stem for _, refs in leaf for stem, _ in refs):
        parts = store.parts(stem) if store.listed(stem) else [(b"", 0, 0)]
        if len(parts) > 1:
            long.append(stem)
        elif len(parts[0][0]) <= INLINE:
            short[stem] = parts[0][0]
        else:
            cells.put(stem, parts)
    cells.close()
    for stem in long:
        cells.put(stem, store.parts(stem))
    stems = {stem for _, refs in leaf for stem, _ in refs if stem not in short}
    used = sorted({cell for stem in stems for cell in cells.places[stem].cells})
    own = {cell: number for number, cell in enumerate(used)}
    out = [leb128(len(used))]
    end = 0
    for cell in used:
        offset, size, digest = cells.known[cell]
        gap = offset - end
        out += [leb128(gap * 2 if gap >= 0 else -gap * 2 - 1), leb128(size), digest]
        end = offset + size
    out.append(leb128(len(leaf)))
    previous = b""
    for key, refs in leaf:
        out += [front_coded(previous, key), leb128(len(refs))]
        previous = key
        for stem, stop in refs:
            kind = 0 if stem in short else 1 if len(cells.places[stem].cells) == 1 else 2
            out.append(leb128(order[gatherer.stem_lane[stem]] * 8 + stop * 4 + kind))
            if kind == 0:
                out += [leb128(len(short[stem])), short[stem]]
                continue
            place = cells.places[stem]
            out += [leb128(store.listed(stem)), leb128(own[place.cells[0]])]
            if kind == 1:
                out += [leb128(place.offset), leb128(place.size)]
            else:
                out.append(leb128(len(place.cells)))
                out += [leb128(listed) + bytes((highest,)) for _, listed, highest in store.parts(stem)]
    writer.add(leaf[0][0], b"".join(out))
