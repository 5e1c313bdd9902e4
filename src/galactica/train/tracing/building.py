"""Making an index of a view: part by part, by as many workers as are wanted; killed at any moment, the same call goes
on.

Beside its name (`NAME.trace.making`) each part is a folder that gets its name when it is whole. When all are there,
they are joined, file after file, and the folder gets its name. The same view gives the same bytes, whoever made them.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from galactica.building.workers import pool
from galactica.cluster.crew import Crew
from galactica.codes.files import whole
from galactica.codes.lock import locked
from galactica.errors import InputError, MissingError, UsageError
from galactica.progress import Report, silent
from galactica.train.tracing.gaps import TAIL
from galactica.train.tracing.layout import (
    ENDING,
    FILES,
    MANIFEST,
    MOST_PARTS,
    PART_BYTES,
    VERSION,
    PartCounts,
    TraceManifest,
    read_trace_manifest,
)
from galactica.train.tracing.part import make_part
from galactica.train.views.view import View

_COUNTS = "counts.json"
_PURPOSE = "purpose.json"
_COPIED = 2**20
"""Bytes that are copied at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _PartTask:
    """Documents start … stop-1 of a view, and the folder of their part."""

    view: Path
    editions: tuple[Path, ...]
    start: int
    stop: int
    folder: Path


def index_parts(sizes: npt.NDArray[np.uint32], part_bytes: int = PART_BYTES) -> list[tuple[int, int]]:
    """Documents [start, stop) of each part: each is closed by the document with which it has `part_bytes` or more.

    Args:
        sizes: `uint32 [documents]`, bytes of each.
    """
    ends = np.cumsum(sizes, dtype=np.int64)
    borders = [0]
    while borders[-1] < len(sizes):
        begun = int(ends[borders[-1] - 1]) if borders[-1] else 0
        borders.append(min(int(np.searchsorted(ends, begun + part_bytes)) + 1, len(sizes)))
    return list(pairwise(borders))


def build_trace_index(
    view: View, out: Path, *, workers: int = 1, part_bytes: int = PART_BYTES, report: Report = silent
) -> Path:
    """Make the index of a view.

    Args:
        view: open.
        out: the folder to make, NAME.trace; must not exist.
        workers: processes that make parts, each in some 800 MB of memory (of text of programs, 1.5 GB); 0: this one.
        part_bytes: bytes of text of a part; other numbers are for tests, and give other bytes.
        report: stage "index", unit "B" of text.

    Returns:
        `out`.

    Raises:
        UsageError: a wrong name, something stands there, or another process is at it.
        InputError: the view has no documents.
        EditionError: a record is damaged.
        LimitError: a document is too large, or a worker died.
        MissingError: no place to write.
    """
    check_index_place(out)
    parts = index_parts(view.sizes, part_bytes)
    if not 0 < len(parts) <= MOST_PARTS:
        raise InputError(f"{view.path} has no documents to look for, or too many.", "Make another view.")
    work = out.with_name(f"{out.name}.making")
    with _working(work, out, _purpose(view, part_bytes), _is_whole(work, view.hash, parts)):
        tasks = [
            _PartTask(
                view=view.path,
                editions=tuple(edition.path for edition in view.editions),
                start=start,
                stop=stop,
                folder=work / f"part-{number:05d}",
            )
            for number, (start, stop) in enumerate(parts)
        ]
        if not _is_whole(work, view.hash, parts):
            _make_all(tasks, view.sizes, workers, report)
            _join(work, view.hash, [task.folder for task in tasks])
        for left in (*(task.folder for task in tasks), *work.glob("part-*.making")):
            shutil.rmtree(left, ignore_errors=True)
        check_index_place(out)
        for name in (_PURPOSE, "lock"):
            (work / name).unlink(missing_ok=True)
        work.rename(out)
    return out


def _is_whole(work: Path, view: str, parts: Sequence[tuple[int, int]]) -> bool:
    """Whether all that is left to do is to clear up: the manifest is written last."""
    try:
        found = read_trace_manifest(work)
    except InputError:
        return False
    return found.view == view and [part.documents for part in found.parts] == [stop - start for start, stop in parts]


def _make_all(tasks: list[_PartTask], sizes: npt.NDArray[np.uint32], workers: int, report: Report) -> None:
    total = int(sizes.sum(dtype=np.int64))
    done = 0
    with pool(min(workers, len(tasks))) as executor:
        crew = Crew(executor=executor, hands=workers)
        for task, _ in zip(tasks, crew.results(_make, tasks), strict=True):
            done += int(sizes[task.start : task.stop].sum(dtype=np.int64))
            report("index", done, total, "B")


def check_index_place(out: Path) -> None:
    """Raise UsageError or MissingError where an index cannot be put at `out`."""
    if out.suffix != ENDING:
        raise UsageError(f"{out.name} does not end in {ENDING}.", f"Name the index like mine{ENDING}.")
    if os.path.lexists(out):
        raise UsageError(f"{out} is there already.", "Name another folder, or move that one away.")
    if not out.parent.is_dir():
        raise MissingError(f"There is no folder {out.parent} to write in.", "Make it, or name another place.")


def _purpose(view: View, part_bytes: int) -> bytes:
    """What the parts of a folder are parts of."""
    return (json.dumps({"version": VERSION, "view": view.hash, "bytes": part_bytes}) + "\n").encode("ascii")


@contextmanager
def _working(work: Path, out: Path, purpose: bytes, whole_already: bool) -> Iterator[None]:
    """Hold the folder of the work; what another work left in it is taken away."""
    try:
        work.mkdir(exist_ok=True)
    except OSError as error:
        raise MissingError(f"{work} cannot be made: {error.strerror}.", "Name another place for the index.") from error
    with locked(work / "lock", f"{out} is being made by another process."):
        told = work / _PURPOSE
        if not whole_already and (not told.is_file() or told.read_bytes() != purpose):
            for left in work.iterdir():
                if left.is_dir() and not left.is_symlink():
                    shutil.rmtree(left)
                elif left.name != "lock":
                    left.unlink()
            with whole(told) as file:
                file.write_bytes(purpose)
        yield


def _make(task: _PartTask) -> None:
    """Make one part, unless it is there."""
    if task.folder.is_dir():
        return
    with View.open(task.view, task.editions) as view:
        made = make_part(text for _, text in view.scan(task.start, task.stop))
    making = task.folder.with_name(f"{task.folder.name}.making")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir()
    for name, numbers in made.files.items():
        (making / name).write_bytes(np.ascontiguousarray(numbers).data)
    (making / _COUNTS).write_text(json.dumps(asdict(made.counts)), encoding="ascii")
    making.rename(task.folder)


def _join(work: Path, view: str, folders: list[Path]) -> None:
    """Join the files of the parts, and write the manifest."""
    digests = {}
    for name in FILES:
        digest = hashlib.sha256()
        with whole(work / name, durable=True) as path, path.open("wb") as out:
            for folder in folders:
                with (folder / name).open("rb") as file:
                    while piece := file.read(_COPIED):
                        digest.update(piece)
                        out.write(piece)
            if name == "gaps.bin":
                digest.update(bytes(TAIL))
                out.write(bytes(TAIL))
        digests[name] = digest.hexdigest()
    counts = []
    for folder in folders:
        told = json.loads((folder / _COUNTS).read_bytes())
        counts.append(PartCounts(**{**told, "alike": tuple(told["alike"])}))
    manifest = TraceManifest(view=view, parts=tuple(counts), files=digests)
    with whole(work / MANIFEST, durable=True) as path:
        path.write_bytes(manifest.text())
