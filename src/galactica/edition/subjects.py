"""What is stated about something, without reading all statements: `index/subjects`, derived.

An entry for each statement: a prefix, the first four bytes of the SHA-256 of its subject read as a big-endian number,
and its row in the table, 32 bits each, little-endian; sorted by prefix, then row; first all prefixes, then all rows.
Several subjects may share a prefix, so whoever looks up compares the subject.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from galactica.edition.table import Row

SUBJECTS = "subjects"

MOST_ROWS = 5_000
"""Statements about one subject that are looked at; the most of any entity of Wikidata is about as many."""


def write_subjects(subjects: Iterable[str], index: Path) -> None:
    """Write the list; nothing where there is no subject. Memory: 8 bytes a statement."""
    packed = np.fromiter(((_prefix(subject) << 32) | row for row, subject in enumerate(subjects)), dtype=np.uint64)
    if not len(packed):
        return
    packed.sort()
    with (index / SUBJECTS).open("wb") as file:
        file.write((packed >> np.uint64(32)).astype("<u4").tobytes())
        file.write((packed & np.uint64(0xFFFFFFFF)).astype("<u4").tobytes())


def rows_about(index: Path, subject: str) -> list[int]:
    """Rows whose subject may be this one, in order; [] where the index has no list.

    Raises:
        ValueError: the list has a broken length.
    """
    path = index / SUBJECTS
    if not path.is_file():
        return []
    count, rest = divmod(path.stat().st_size, 8)
    if rest or not count:
        raise ValueError("index/subjects has a broken length")
    prefixes = np.memmap(path, dtype="<u4", mode="r", shape=(count,))
    rows = np.memmap(path, dtype="<u4", mode="r", offset=4 * count, shape=(count,))
    low, high = (int(np.searchsorted(prefixes, np.uint32(_prefix(subject)), side=side)) for side in ("left", "right"))
    found: list[int] = rows[low : min(high, low + MOST_ROWS)].tolist()
    return found


def read_rows(file: Path, rows: Sequence[int]) -> list[Row]:
    """The rows of a table of one file, by number in ascending order; only their row groups are unpacked."""
    found: list[Row] = []
    with pq.ParquetFile(file) as parquet:
        start = 0
        for group in range(parquet.num_row_groups):
            size = parquet.metadata.row_group(group).num_rows
            inside = [row - start for row in rows if start <= row < start + size]
            if inside:
                found += parquet.read_row_group(group, use_threads=False).take(inside).to_pylist()
            start += size
    return found


def _prefix(subject: str) -> int:
    return int.from_bytes(hashlib.sha256(subject.encode()).digest()[:4], "big")
