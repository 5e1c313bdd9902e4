"""The same paragraph in several articles: boilerplate, copied leads; and articles that are stretches of longer ones.

Paragraphs are sorted by their hashes in files of a part each, so that memory holds one part. A paragraph counts where
two articles have it that are no copies of each other: of copies the kept one alone is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from galactica.joining.duplicates.sketching import PARAGRAPHS, Sketches
from galactica.progress import Report

PARTS = 64
"""Files that paragraphs are sorted in: 10 million of them are 4 MB each."""

FEW = 8
"""Articles that a paragraph stands in at the most for it to say that one is a stretch of another: what more have is
boilerplate."""

STRETCHES_EACH = 4
"""Longer articles that one is compared with: those with which it shares most."""

SHARED_LEAST = 0.5
"""Share of an article's letters that must stand in paragraphs of a longer one for the two to be compared."""

SHARED = np.dtype([("inner", "<u4"), ("outer", "<u4"), ("letters", "<u4")])
FOUND = np.dtype(
    [("article", "<u4"), ("start", "<u4"), ("end", "<u4"), ("same", "<i8"), ("articles", "<u4"), ("lead", "u1")]
)

ROWS = 1 << 15
"""Rows of articles whose results lie in one file."""


def sort_paragraphs(sketches: Sketches, kept: npt.NDArray[np.bool_], folder: Path, report: Report) -> None:
    """Find the paragraphs that several articles have, and which articles share them; stage "paragraphs".

    Args:
        kept: which rows are looked at: not those that are copies.
        folder: takes "*.found" (`FOUND`) and "*.shared" (`SHARED`), one file for each `ROWS` rows.
    """
    for old in [*folder.glob("*.sorted"), *folder.glob("*.found"), *folder.glob("*.shared")]:
        old.unlink()
    for batch in sketches.paragraphs():
        batch = batch[kept[batch["article"]]]
        _append(folder, "sorted", batch, (batch["hash"] >> np.uint64(58)).astype(np.int64))
    for number in range(PARTS):
        path = folder / f"{number:06}.sorted"
        if path.exists():
            _part(np.fromfile(path, dtype=PARAGRAPHS), folder)
            path.unlink()
        report("paragraphs", number + 1, PARTS, "parts")


def found_paragraphs(folder: Path) -> Iterator[npt.NDArray[np.void]]:
    """The paragraphs that several articles have (`FOUND`), by article and place, a file at a time."""
    for path in sorted(folder.glob("*.found")):
        found = np.fromfile(path, dtype=FOUND)
        yield found[np.lexsort((found["start"], found["article"]))]


def sharing_articles(folder: Path, lengths: npt.NDArray[np.uint32]) -> Iterator[tuple[int, int]]:
    """(shorter, longer) rows of articles of which the longer has much of the shorter's paragraphs, by the shorter."""
    for path in sorted(folder.glob("*.shared")):
        shared = np.fromfile(path, dtype=SHARED)
        shared = shared[np.lexsort((shared["outer"], shared["inner"]))]
        begins = np.flatnonzero(
            np.append(
                True,
                (np.diff(shared["inner"].astype(np.int64)) != 0) | (np.diff(shared["outer"].astype(np.int64)) != 0),
            )
        )
        letters = np.add.reduceat(shared["letters"].astype(np.int64), begins)
        inner, outer = shared["inner"][begins], shared["outer"][begins]
        enough = (letters >= SHARED_LEAST * lengths[inner]) & (lengths[outer] > lengths[inner])
        inner, outer, letters = inner[enough], outer[enough], letters[enough]
        order = np.lexsort((outer, -letters, inner))
        inner, outer = inner[order], outer[order]
        last, taken = -1, 0
        for one, other in zip(inner.tolist(), outer.tolist(), strict=True):
            last, taken = (last, taken + 1) if one == last else (one, 1)
            if taken <= STRETCHES_EACH:
                yield one, other


def _part(paragraphs: npt.NDArray[np.void], folder: Path) -> None:
    """The results of one part."""
    order = np.lexsort((paragraphs["start"], paragraphs["article"], paragraphs["hash"]))
    paragraphs = paragraphs[order]
    new = np.append(True, paragraphs["hash"][1:] != paragraphs["hash"][:-1])
    other = new | np.append(True, paragraphs["article"][1:] != paragraphs["article"][:-1])
    begins = np.flatnonzero(new)
    sizes = np.diff(np.append(begins, len(paragraphs)))
    articles = np.add.reduceat(other.astype(np.int64), begins)
    each = np.repeat(articles, sizes)
    several = paragraphs[each > 1]
    found = np.zeros(len(several), dtype=FOUND)
    for name in ("article", "start", "end", "lead"):
        found[name] = several[name]
    found["same"] = (several["hash"] >> np.uint64(1)).astype(np.int64)
    found["articles"] = each[each > 1]
    _append(folder, "found", found, found["article"].astype(np.int64) // ROWS)
    few = other & (each > 1) & (each <= FEW)
    _share(paragraphs[few], folder)


def _share(paragraphs: npt.NDArray[np.void], folder: Path) -> None:
    """Both ways of every two articles that have one paragraph: the articles of one hash stand side by side."""
    letters = paragraphs["end"] - paragraphs["start"]
    for step in range(1, FEW):
        meet = np.flatnonzero(paragraphs["hash"][step:] == paragraphs["hash"][:-step])
        for one, other in ((meet, meet + step), (meet + step, meet)):
            shared = np.zeros(len(meet), dtype=SHARED)
            shared["inner"], shared["outer"] = paragraphs["article"][one], paragraphs["article"][other]
            shared["letters"] = letters[one]
            _append(folder, "shared", shared, shared["inner"].astype(np.int64) // ROWS)


def _append(folder: Path, ending: str, rows: npt.NDArray[np.void], part: npt.NDArray[np.int64]) -> None:
    for number in np.unique(part).tolist():
        with (folder / f"{number:06}.{ending}").open("ab") as file:
            rows[part == number].tofile(file)
