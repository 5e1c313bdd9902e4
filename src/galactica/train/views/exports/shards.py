"""A folder of files that an export writes one after the other: whole or not at all, gone on with where it was stopped.

Each file holds the documents of a stretch of the view, which is told by their sizes alone; the same view gives the
same files. They are made in `OUT.making/`; one that is there is whole. What another view, form or setting left there is
taken away.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from galactica.codes.files import whole
from galactica.codes.lock import locked
from galactica.errors import MissingError, UsageError
from galactica.progress import Report

SHARD_BYTES = 64 * 2**20
"""Bytes of text in a file: what a loader of the field likes to fetch at once (MosaicML: 67 MB, WebDataset: 100 MB)."""

MARK = "made-from.json"
LOCK = "lock"


class FolderForm(Protocol):
    """How the files of a folder are written."""

    @property
    def settings(self) -> Mapping[str, object]:
        """What the files depend on besides the view, as JSON."""

    def name(self, shard: int) -> str:
        """Of a file, in the folder; what lies deeper has its folder made."""

    def write(self, path: Path, start: int, stop: int) -> None:
        """Write the documents start … stop-1 of the view to a file."""

    def finish(self, folder: Path, borders: Sequence[tuple[int, int]]) -> None:
        """Add what speaks of all files together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedView:
    """What an export of a view has written.

    Attributes:
        path: the file or folder.
        documents: of the view.
        files: that were written.
        bytes: of them.
    """

    path: Path
    documents: int
    files: int
    bytes: int


def shard_borders(sizes: npt.NDArray[np.uint32], most: int = SHARD_BYTES) -> list[tuple[int, int]]:
    """(first document, the one behind the last) of each file: about `most` bytes of text, one document at the least."""
    ends = np.cumsum(sizes, dtype=np.int64)
    borders, start, before = [], 0, 0
    while start < len(sizes):
        stop = max(start + 1, int(np.searchsorted(ends, before + most, side="right")))
        borders.append((start, stop))
        start, before = stop, int(ends[stop - 1])
    return borders


def check_folder_place(out: Path) -> None:
    """Raise UsageError or MissingError where a folder cannot be made at `out`."""
    if os.path.lexists(out):
        raise UsageError(f"{out} is there already.", "Name another folder, or move that one away.")
    if not out.parent.is_dir():
        raise MissingError(f"There is no folder {out.parent} to write in.", "Make it, or name another place.")


def export_folder(
    out: Path, sizes: npt.NDArray[np.uint32], view: str, form: FolderForm, report: Report
) -> ExportedView:
    """Write a folder.

    Args:
        out: must not exist.
        sizes: of the view's documents.
        view: its hash.
        report: stage "export", unit "documents".

    Raises:
        UsageError: something stands at `out`, or another process writes it.
        MissingError: it cannot be written.
        EditionError: as `View.scan`.
    """
    check_folder_place(out)
    work = out.with_name(f"{out.name}.making")
    try:
        work.mkdir(exist_ok=True)
    except OSError as error:
        raise MissingError(f"{work} cannot be made: {error.strerror}.", "Name another place.") from error
    with locked(work / LOCK, f"{out} is being written by another process."):
        _begin(work, {"view": view, **form.settings})
        borders = shard_borders(sizes)
        for number, (start, stop) in enumerate(borders):
            report("export", start, len(sizes), "documents")
            file = work / form.name(number)
            if not file.is_file():
                file.parent.mkdir(exist_ok=True)
                with whole(file) as part:
                    form.write(part, start, stop)
        form.finish(work, borders)
        report("export", len(sizes), len(sizes), "documents")
        for name in (MARK, LOCK):
            (work / name).unlink()
        check_folder_place(out)
        work.rename(out)
    files = [file for file in out.rglob("*") if file.is_file()]
    return ExportedView(
        path=out, documents=len(sizes), files=len(files), bytes=sum(file.stat().st_size for file in files)
    )


def _begin(work: Path, made_from: Mapping[str, object]) -> None:
    """Take away what was made from something else, and what was not finished."""
    text = json.dumps(made_from, sort_keys=True)
    mark = work / MARK
    same = mark.is_file() and mark.read_bytes() == text.encode()
    for left in work.iterdir():
        if left.name == LOCK or (same and not left.name.endswith(".part")):
            continue
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left)
        else:
            left.unlink()
    mark.write_bytes(text.encode())
