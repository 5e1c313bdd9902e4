"""Parity, and the table of pieces, made in one pass over the shards of an edition, which goes on where it was stopped.

Order of writing: bytes of the shards, which are on the disk before the digests of their pieces are added to the journal
(`pieces.work`); so whatever the journal names is there after a loss of power. A run that finds a journal of the same
plan (`plan.json`) begins behind it; what was written beyond it is written again. The journal holds the digests row by
row, the table shard by shard.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
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
TOGETHER = 1 << 17
"""Bytes of each shard that are computed at once: 128 KiB take a quarter less time than 64, 256 no less (2026-11-29)."""

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
        for index, count in encoder.batches(first):
            rows.append(encoder.rows(index, count))
            waiting += count * described.piece * described.data
            if waiting >= _OFTEN or index + count == described.pieces:
                _keep(work, b"".join(rows[1:]), outs)
                rows, waiting = [b"".join(rows)], 0
            size = described.size
            report("protect", size * (index + count) // described.pieces, size, "B")
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
        self._mixers: dict[tuple[int, int], Mixer] = {}

    def batches(self, first: int) -> Iterator[tuple[int, int]]:
        """(first, how many) of the rows that are computed at once: small pieces of one length together."""
        together = max(1, TOGETHER // self._set.piece)
        last = self._set.pieces - 1
        while first <= last:
            count = together if first + together <= last else 1
            yield first, count
            first += count

    def rows(self, index: int, count: int) -> bytes:
        """Compute rows of pieces, write them, and give their digests, row by row."""
        size = self._set.piece_bytes(index)
        digests: list[list[bytes]] = [[] for _ in range(count)]
        sums = [hashlib.sha256() for _ in range(self._set.shards)] if count == 1 else []
        low = 0
        while low < size:
            block = min(BLOCK, size - low)
            batch = count if count > 1 else max(1, min(TOGETHER, size - low) // block)
            shards = self._computed(index * self._set.piece + low, self._mixer(block, batch))
            for each, shard in zip(sums, shards, strict=False):
                each.update(shard.data)
            if count > 1:
                for row in range(count):
                    digests[row] = [hashlib.sha256(s.data[row * size : (row + 1) * size]).digest() for s in shards]
            low += block * batch if count == 1 else size
        if count == 1:
            digests[0] = [each.digest() for each in sums]
        return b"".join(digest for row in digests for digest in row)

    def _computed(self, start: int, mixer: Mixer) -> list[Bytes]:
        """Bytes of all shards from `start` on, as many as the mixer takes; those that are written are."""
        for shard, block in enumerate(mixer.inputs):
            if not self._source.read(shard, start, block):
                raise InputError(
                    f"A file of {self._source.folder} could not be read to its end, or became shorter.",
                    "See that nothing changes the edition while it is protected, and run the same command again.",
                )
        shards: list[Bytes] = [*mixer.inputs, *mixer.mix()]
        for number, out in self._outs.items():
            out.write(shards[number])
        return shards

    def _mixer(self, block: int, batch: int) -> Mixer:
        if (block, batch) not in self._mixers:
            self._mixers[block, batch] = Mixer(parity_matrix(self._set.data, self._set.parity), block, batch)
        return self._mixers[block, batch]


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
