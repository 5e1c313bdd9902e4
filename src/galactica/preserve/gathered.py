"""The files of an edition put together from volumes, as far as they can be had, into a folder of work.

What a run that was stopped left there is used: its pieces are places like others, and compared with the table. Where
pieces cannot be had, small files are taken from the copies that every volume has, and the ends of files of articles
from `footers.json.gz`; what is missing then are holes.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from galactica.preserve.checks import sums_of
from galactica.preserve.extents import empty_files, stream_stretches
from galactica.preserve.finding import KnownSet
from galactica.preserve.gathering import PieceGatherer
from galactica.preserve.kept import CATALOGUE, FOOTERS, HEAD
from galactica.preserve.mending import Mender, cut_to
from galactica.preserve.places import edition_place
from galactica.progress import Report, silent

MAX_UNPACKED = 2**31
"""Bytes that a list of articles unpacks to, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GatheredFiles:
    """What was put together.

    Attributes:
        folder: where the files lie.
        holes: path → stretches [start, end) that could not be had, ascending; only files that have any.
        bytes: that could not be had.
    """

    folder: Path
    holes: Mapping[str, tuple[tuple[int, int], ...]]
    bytes: int


def gather_files(known: KnownSet, work: Path, report: Report = silent) -> GatheredFiles:
    """Write the files of a set into `work`, what cannot be had as zeros.

    Args:
        report: stage "recover", bytes.
    """
    described = known.described
    work.mkdir(parents=True, exist_ok=True)
    want = frozenset(range(described.data))
    lost: dict[str, list[tuple[int, int]]] = {}
    with edition_place(work, described) as place:
        gatherer = PieceGatherer(described, known.table, [place, *known.places])
        mender = Mender(place)
        try:
            for row in gatherer.rows(want=want):
                at, size = row.index * described.piece, row.pieces.shape[1]
                for shard in range(described.data):
                    if shard in row.lost:
                        begin = shard * described.shard + at
                        for each in stream_stretches(
                            described, begin, min(begin + size, (shard + 1) * described.shard)
                        ):
                            lost.setdefault(each.file.path, []).append((each.start, each.start + each.length))
                    elif shard not in row.found:
                        mender.mend(shard, at, row.pieces[shard])
                report("recover", min(described.size, (row.index + 1) * described.piece * described.data), None, "B")
        finally:
            mender.close()
    for file in described.files:
        cut_to(work / file.path, file.size)
        if file.path in lost:
            _lengthen(work / file.path, file.size)
    for file in empty_files(described):
        cut_to(work / file.path, 0)
    holes = {path: _joined(several) for path, several in sorted(lost.items())}
    holes = _from_heads(known, work, holes)
    total = sum(high - low for several in holes.values() for low, high in several)
    return GatheredFiles(folder=work, holes=holes, bytes=total)


def _lengthen(path: Path, size: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        file.truncate(size)


def _joined(several: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    made: list[tuple[int, int]] = []
    for low, high in sorted(several):
        if made and low <= made[-1][1]:
            made[-1] = (made[-1][0], max(high, made[-1][1]))
        else:
            made.append((low, high))
    return tuple(made)


Holes = dict[str, tuple[tuple[int, int], ...]]


def _from_heads(known: KnownSet, work: Path, holes: Holes) -> Holes:
    """Fill holes with what every volume has a copy of; the holes that are left."""
    left = dict(holes)
    sums = {file.path: file for file in known.described.files}
    for path in holes:
        for place in known.places:
            raw = _read(place.folder / HEAD / path, sums[path].size)
            if raw is not None and hashlib.sha256(raw).hexdigest() == sums[path].sha256:
                (work / path).write_bytes(raw)
                del left[path]
                break
    footers = _footers(known) if any(path.startswith("data/articles/") for path in left) else {}
    for path, raw in footers.items():
        if path in left and 8 <= len(raw) <= sums[path].size and raw.endswith(b"PAR1"):
            begin = sums[path].size - len(raw)
            with (work / path).open("r+b") as file:
                file.seek(begin)
                file.write(raw)
            cut = tuple((low, min(high, begin)) for low, high in left[path] if low < begin)
            left[path] = cut
            if not cut:
                del left[path]
    return left


def _read(path: Path, size: int) -> bytes | None:
    try:
        with path.open("rb") as file:
            raw = file.read(size + 1)
    except OSError:
        return None
    return raw if len(raw) == size else None


def _footers(known: KnownSet) -> dict[str, bytes]:
    raw = common_file(known, FOOTERS)
    try:
        found = json.loads(_unpacked(raw)) if raw else {}
        return {path: bytes.fromhex(text) for path, text in found.items()}
    except (ValueError, AttributeError, TypeError):
        return {}


def common_file(known: KnownSet, name: str) -> bytes | None:
    """A file that all volumes have, from one where it is what SHA256SUMS says; None where there is none."""
    for place in known.places:
        stated = sums_of(place.folder).get(name)
        try:
            with (place.folder / name).open("rb") as file:
                raw = file.read(MAX_UNPACKED + 1) if stated else b""
        except OSError:
            continue
        if stated and hashlib.sha256(raw).hexdigest() == stated:
            return raw
    return None


def catalogue_lines(known: KnownSet) -> list[str]:
    """The list of all articles; empty where no volume has it whole."""
    raw = common_file(known, CATALOGUE)
    return _unpacked(raw).decode("utf-8", "replace").splitlines() if raw else []


def _unpacked(raw: bytes) -> bytes:
    """What was gzipped, within a bound.

    Raises:
        ValueError: it is not, or is more than that.
    """
    import io
    import zlib

    try:
        with gzip.GzipFile(fileobj=io.BytesIO(raw)) as file:
            made = file.read(MAX_UNPACKED + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError("not gzip") from error
    if len(made) > MAX_UNPACKED:
        raise ValueError("too long")
    return made
