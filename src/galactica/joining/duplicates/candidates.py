"""Which texts are worth comparing: those that share bands, and those of one path or title in several sources.

Texts that share a band's key stand in one bucket. However many they are, each is compared with the `NEIGHBOURS` next to
it only, in the order of the two bands that follow: real copies share those, too, and stand side by side, and a bucket
into which somebody forced a million texts gives four million pairs and no more. Of a text at most `MOST_EACH` pairs
are compared, those first that share most bands; how many more there were is counted.

Pairs lie in files, one for each `PART` rows, so that memory holds one of them: at most 34 MB, and some copies.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from galactica.joining.duplicates.signatures import BANDS, BANDS_SHARED
from galactica.joining.duplicates.sketching import COMPARED, EMPTY
from galactica.progress import Report

NEIGHBOURS = 4
"""Texts of a bucket that each is compared with, after it."""

MOST_EACH = 16
"""Pairs of a text that are compared, as the first of the two."""

PART = 1 << 15
"""Rows whose pairs lie in one file."""

_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)

Rows = npt.NDArray[np.int64]


@dataclass(slots=True, kw_only=True)
class Crowd:
    """What was more than is compared.

    Attributes:
        crowded: texts that stood in a bucket of more than `NEIGHBOURS` others, once for each band.
        passed_over: pairs that share bands and were not compared, because a text had `MOST_EACH` already.
    """

    crowded: int = 0
    passed_over: int = 0


class HasBands(Protocol):
    """The bands of texts."""

    def bands(self, number: int) -> npt.NDArray[np.uint64]:
        """The keys of one band, in the order of the rows; 0 where a text is not compared."""


def find_near(sketches: HasBands, looked_at: npt.NDArray[np.bool_], folder: Path, report: Report) -> Crowd:
    """Write the pairs that share bands into files of `folder`, one for each `PART` rows; stage "bands".

    Args:
        looked_at: which rows take part: one of each exact text.
    """
    crowd = Crowd()
    for old in folder.glob("*.pairs"):
        old.unlink()
    keys = [sketches.bands(0), sketches.bands(1)]
    for band in range(BANDS):
        keys.append(sketches.bands((band + 2) % BANDS))
        own, following, after = keys
        del keys[0]
        rows = _crowded_rows(own, looked_at)
        rows = rows[np.lexsort((rows, after[rows], following[rows], own[rows]))]
        found = own[rows]
        for step in range(1, NEIGHBOURS + 1):
            meet = np.flatnonzero(found[step:] == found[:-step])
            _append(folder, rows[meet], rows[meet + step])
        crowd.crowded += int(np.count_nonzero(found[NEIGHBOURS + 1 :] == found[: -NEIGHBOURS - 1]))
        report("bands", band + 1, BANDS, "bands")
    return crowd


def near_pairs(folder: Path, crowd: Crowd) -> Iterator[tuple[Rows, Rows]]:
    """The pairs of each file, by row: those that share enough bands, at most `MOST_EACH` of each first row."""
    for path in sorted(folder.glob("*.pairs")):
        pairs, shared = np.unique(np.fromfile(path, dtype=np.uint64), return_counts=True)
        enough = shared >= BANDS_SHARED
        pairs, shared = pairs[enough], shared[enough]
        first, second = (pairs >> _HALF).astype(np.int64), (pairs & _LOW).astype(np.int64)
        order = np.lexsort((second, -shared, first))
        first, second = first[order], second[order]
        begins = np.flatnonzero(np.diff(first, prepend=-1))
        place = np.arange(len(first)) - np.repeat(begins, np.diff(np.append(begins, len(first))))
        kept = place < MOST_EACH
        crowd.passed_over += int(len(first) - np.count_nonzero(kept))
        yield first[kept], second[kept]


def same_place(texts: npt.NDArray[np.void], once: npt.NDArray[np.bool_]) -> tuple[Rows, Rows]:
    """Pairs of rows of different sources that have one path, or one title that each of these sources has once.

    Args:
        once: as `titles_once` gives it.
    """
    there = np.flatnonzero(texts["state"] != EMPTY)
    alone = np.flatnonzero(once & (texts["state"] == COMPARED))
    by_path = _neighbours(texts["path"][there], texts["source"][there], there)
    by_title = _neighbours(texts["title"][alone], texts["source"][alone], alone)
    first, second = (np.concatenate(each) for each in zip(by_path, by_title, strict=True))
    pairs = np.unique((first.astype(np.uint64) << _HALF) | second.astype(np.uint64))
    return (pairs >> _HALF).astype(np.int64), (pairs & _LOW).astype(np.int64)


def titles_once(texts: npt.NDArray[np.void]) -> npt.NDArray[np.bool_]:
    """For each row, whether no other row of its source has its title (and language)."""
    order = np.lexsort((texts["source"], texts["title"]))
    title, source = texts["title"][order], texts["source"][order]
    again = (title[1:] == title[:-1]) & (source[1:] == source[:-1])
    once = np.ones(len(texts), dtype=bool)
    if len(texts):
        once[order] = ~(np.append(again, False) | np.append(False, again))
    return once


def _neighbours(key: npt.NDArray[np.uint64], source: npt.NDArray[np.uint16], rows: Rows) -> tuple[Rows, Rows]:
    """Pairs of rows, the smaller first, that have one key and different sources, and stand near each other."""
    order = np.lexsort((rows, key))
    key, source, rows = key[order], source[order], rows[order]
    first, second = [], []
    for step in range(1, NEIGHBOURS + 1):
        meet = np.flatnonzero((key[step:] == key[:-step]) & (source[step:] != source[:-step]))
        first.append(np.minimum(rows[meet], rows[meet + step]))
        second.append(np.maximum(rows[meet], rows[meet + step]))
    return np.concatenate(first), np.concatenate(second)


def _crowded_rows(keys: npt.NDArray[np.uint64], looked_at: npt.NDArray[np.bool_]) -> Rows:
    """The rows that take part and whose key another has, too."""
    rows = np.flatnonzero(looked_at)
    order = np.argsort(keys[rows], kind="stable")
    found = keys[rows[order]]
    same = found[1:] == found[:-1]
    return rows[order[np.append(same, False) | np.append(False, same)]] if len(rows) else rows


def _append(folder: Path, first: Rows, second: Rows) -> None:
    """Add pairs to the files of their smaller rows."""
    low, high = np.minimum(first, second), np.maximum(first, second)
    part = low // PART
    pairs = (low.astype(np.uint64) << _HALF) | high.astype(np.uint64)
    for number in np.unique(part).tolist():
        with (folder / f"{number:06}.pairs").open("ab") as file:
            pairs[part == number].tofile(file)
