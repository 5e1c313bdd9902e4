"""A part of an index: documents → sorted, linked, packed, marked; in memory that is bounded by the part's size."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from galactica.errors import EditionError, LimitError
from galactica.train.tracing.gaps import pack_links
from galactica.train.tracing.layout import LARGEST_PART, MARKED, PartCounts
from galactica.train.tracing.ordering import changes_along, suffix_order
from galactica.train.tracing.pieces import ENDS_ALL, traced_pieces

_CUT_AT_ONCE = 2**22
"""Bytes that are cut into pieces at a time: some 30 bytes of memory for each."""

RUN = 8
"""Pieces within which what is the same again is called a run: a word again, or words in turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartMade:
    """A part, made: `files` are the arrays of `layout.FILES`, by name."""

    counts: PartCounts
    files: dict[str, npt.NDArray[np.generic]]


def make_part(texts: Iterable[bytes]) -> PartMade:
    """Index documents as one part.

    Raises:
        EditionError: a document is not UTF-8.
        LimitError: they have more than `LARGEST_PART` bytes.
    """
    pieces, starts, documents = _cut_all(texts)
    words, numbers, rows = _numbered(pieces)
    del pieces
    order, row_of = suffix_order(numbers)
    alike = _alike(numbers, order)
    del numbers
    marked = row_of[::MARKED]
    by_row = np.argsort(marked)
    order += 1
    order[order == len(order)] = 0  # of the last piece, the first
    links = row_of[order]
    del order
    firsts, widths, gaps = pack_links(links)
    counts = PartCounts(
        documents=len(documents) - 1,
        bytes=int(documents[-1]),
        pieces=len(links),
        words=len(words),
        gaps=len(gaps),
        alike=alike,
    )
    files: dict[str, npt.NDArray[np.generic]] = {
        "words.bin": words.astype("<u8"),
        "rows.bin": rows.astype("<u4"),
        "firsts.bin": firsts.astype("<u4"),
        "widths.bin": widths,
        "gaps.bin": gaps,
        "marks.bin": marked[by_row].astype("<u4"),
        "places.bin": starts[::MARKED][by_row].astype("<u4"),
        "documents.bin": documents.astype("<u4"),
    }
    return PartMade(counts=counts, files=files)


def _cut_all(
    texts: Iterable[bytes],
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint32], npt.NDArray[np.int64]]:
    """(pieces of all documents with what ends each, where each begins, where documents begin and the last ends)."""
    pieces: list[npt.NDArray[np.uint64]] = []
    starts: list[npt.NDArray[np.uint32]] = []
    documents = [0]
    waiting: list[bytes] = []
    size = done = 0

    def cut() -> None:
        nonlocal done
        begin, found = traced_pieces(np.frombuffer(b"".join(waiting), np.uint8))
        starts.append((begin + done).astype(np.uint32))
        pieces.append(found)
        done = documents[-1]
        waiting.clear()

    for number, text in enumerate(texts):
        if b"\xff" in text:
            raise EditionError(
                f"The text of document {number:,} of a part is not UTF-8.", "Run `galactica verify` on the edition."
            )
        waiting += (text, b"\xff")
        size += len(text) + 1
        documents.append(documents[-1] + len(text) + 1)
        if documents[-1] > LARGEST_PART:
            raise LimitError(
                f"A document is larger than an index can hold ({LARGEST_PART:,} bytes).", "Leave it out of the view."
            )
        if size >= _CUT_AT_ONCE:
            cut()
            size = 0
    cut()
    joined = np.concatenate(pieces)
    joined[-1] = ENDS_ALL
    return joined, np.concatenate(starts), np.array(documents, np.int64)


def _numbered(
    pieces: npt.NDArray[np.uint64],
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint32], npt.NDArray[np.int64]]:
    """(different pieces in order, the number of each piece among them, how many pieces come before those of each)."""
    order = np.argsort(pieces)
    new = changes_along(pieces, order)
    numbers = np.empty(len(pieces), np.uint32)
    numbers[order] = np.cumsum(new, dtype=np.uint32) - np.uint32(1)
    rows = np.flatnonzero(new)
    return pieces[order[rows]], numbers, np.append(rows, len(pieces))


def _alike(numbers: npt.NDArray[np.uint32], order: npt.NDArray[np.int32]) -> tuple[int, int, int]:
    """`PartCounts.alike`: how often the same one, two, three pieces stand there, squared and summed.

    Of a run ("word word word …") its first place alone counts: a file that says one thing ten thousand times would else
    have more pairs of places than all other files together, and the limit of chance would be its limit.
    """
    opens = np.zeros(len(order), np.bool_)
    around = np.append(numbers, numbers[:2])
    found = []
    for ahead in range(3):
        opens |= changes_along(around[ahead:], order)
        counted = ~_run(numbers, ahead + 1)
        sizes = np.add.reduceat(counted[order], np.flatnonzero(opens), dtype=np.int64)
        sizes = np.maximum(sizes, 1)
        found.append(int(np.dot(sizes, sizes)))
    return found[0], found[1], found[2]


def _run(numbers: npt.NDArray[np.uint32], pieces: int) -> npt.NDArray[np.bool_]:
    """Whether so many pieces from a place on are the same as those from one of the `RUN` places before it on."""
    found = np.zeros(len(numbers), np.bool_)
    for apart in range(1, min(RUN + 1, len(numbers) - pieces + 1)):
        same = numbers[apart:] == numbers[:-apart]
        run = same[: len(same) - pieces + 1].copy()
        for ahead in range(1, pieces):
            run &= same[ahead : len(run) + ahead]
        found[apart : apart + len(run)] |= run
    return found
