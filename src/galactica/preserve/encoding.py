"""Parity, and the table of pieces, made in one pass over the shards of an edition, which goes on where it was stopped.

Order of writing: bytes of the shards, which are on the disk before the digests of their pieces are added to the journal
(`pieces.work`); so whatever the journal names is there after a loss of power. A run that finds a journal of the same
plan (`plan.json`) begins behind it; what was written beyond it is written again. The journal holds the digests row by
row, the table shard by shard.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from galactica.codes.cauchy.matrix import parity_matrix
from galactica.codes.cauchy.mixing import Bytes, Mixer
from galactica.errors import InputError
from galactica.preserve.described import BLOCK, HASH, ProtectedSet
from galactica.preserve.places import ShardPlace
from galactica.preserve.table import PieceTable, with_table
from galactica.preserve.written import ShardWriter
from galactica.progress import Report

PLAN, JOURNAL = "plan.json", "pieces.work"
_OFTEN = 1 << 28
"""Bytes of the edition after which what was written is made sure of."""


def made_parity(
    described: ProtectedSet,
    source: ShardPlace,
    writers: Callable[[int], Mapping[int, ShardWriter]],
    work: Path,
    report: Report,
) -> tuple[ProtectedSet, PieceTable, Mapping[int, ShardWriter]]:
    """Make the parity of a planned set.

    Args:
        described: the plan; its table is not known yet.
        source: has all data shards.
        writers: (bytes of each shard that are written already) → where shards go that are written, by number.
        work: folder of the journal.
        report: stage "protect", bytes of the edition.

    Returns:
        The set with its table, and the writers, all at their end.

    Raises:
        InputError: a file could not be read to its end.
    """
    done = _begun(described, work)
    first = len(done) // (HASH * described.shards)
    outs = writers(min(first * described.piece, described.shard))
    encoder = _Encoder(described, source, outs)
    rows = [done]
    waiting = 0
    try:
        for index in range(first, described.pieces):
            rows.append(encoder.row(index))
            waiting += described.piece * described.data
            if waiting >= _OFTEN or index + 1 == described.pieces:
                _keep(work, b"".join(rows[1:]), outs)
                rows, waiting = [b"".join(rows)], 0
            size = described.size
            report("protect", size * (index + 1) // described.pieces, size, "B")
    finally:
        for each in outs.values():
            each.close()
    digests = np.frombuffer(b"".join(rows), np.uint8).reshape(described.pieces, described.shards, HASH)
    made, table = with_table(described, digests.transpose(1, 0, 2).tobytes())
    return made, table, outs


class _Encoder:
    """Computes rows of pieces."""

    def __init__(self, described: ProtectedSet, source: ShardPlace, outs: Mapping[int, ShardWriter]) -> None:
        self._set = described
        self._source = source
        self._outs = outs
        self._mixers: dict[int, Mixer] = {}

    def row(self, index: int) -> bytes:
        """Compute a row of pieces, write it, and give its digests."""
        size = self._set.piece_bytes(index)
        sums = [hashlib.sha256() for _ in range(self._set.shards)] if size > BLOCK else []
        start = index * self._set.piece
        digests: list[bytes] = []
        for low in range(0, size, BLOCK):
            mixer = self._mixer(min(BLOCK, size - low))
            for shard, block in enumerate(mixer.inputs):
                if not self._source.read(shard, start + low, block):
                    raise InputError(
                        f"A file of {self._source.folder} could not be read to its end, or became shorter.",
                        "See that nothing changes the edition while it is protected, and run the same command again.",
                    )
            shards: list[Bytes] = [*mixer.inputs, *mixer.mix()]
            for shard, out in self._outs.items():
                out.write(shards[shard])
            if sums:
                for each, block in zip(sums, shards, strict=True):
                    each.update(block.data)
            else:
                digests = [hashlib.sha256(block.data).digest() for block in shards]
        return b"".join(digests or [each.digest() for each in sums])

    def _mixer(self, block: int) -> Mixer:
        if block not in self._mixers:
            self._mixers[block] = Mixer(parity_matrix(self._set.data, self._set.parity), block)
        return self._mixers[block]


def _begun(described: ProtectedSet, work: Path) -> bytes:
    """The digests that a run of the same plan left; begins anew where there is none."""
    plan, journal = work / PLAN, work / JOURNAL
    each = HASH * described.shards
    try:
        if plan.read_bytes() == described.to_bytes():
            found = journal.read_bytes()
            whole = found[: len(found) // each * each][: each * described.pieces]
            with journal.open("r+b") as file:
                file.truncate(len(whole))
            return whole
    except FileNotFoundError:
        pass
    journal.unlink(missing_ok=True)
    plan.write_bytes(described.to_bytes())
    journal.touch()
    return b""


def _keep(work: Path, digests: bytes, outs: Mapping[int, ShardWriter]) -> None:
    for each in outs.values():
        each.sync()
    with (work / JOURNAL).open("ab") as file:
        file.write(digests)
        file.flush()
        os.fsync(file.fileno())
