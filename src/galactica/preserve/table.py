"""The table of the hashes of all pieces, and how it is read where no copy of it is whole."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from galactica.codes.cauchy.mixing import Bytes
from galactica.errors import EditionError
from galactica.preserve.described import HASH, MAX_SET, ProtectedSet, parse_set

SET, TABLE = "set.json", "pieces.bin"
_MOST_VOTES = 64
"""Copies that are compared byte for byte."""


class PieceTable:
    """SHA-256 of each piece of each shard.

    Args:
        described: the set.
        raw: pieces.bin: the hashes, 32 bytes each, shard by shard, piece by piece.

    Raises:
        EditionError: it is not the table of that set.
    """

    def __init__(self, described: ProtectedSet, raw: bytes) -> None:
        if hashlib.sha256(raw).hexdigest() != described.table:
            raise EditionError("pieces.bin is damaged.", "Name another volume of the same set: each has a copy.")
        if len(raw) != described.shards * described.pieces * HASH:
            raise EditionError("pieces.bin is not of the size that its set asks for.", "Make the volumes anew.")
        self._raw = raw
        self._set = described

    def digest(self, shard: int, index: int) -> bytes:
        """Of a piece."""
        at = (shard * self._set.pieces + index) * HASH
        return self._raw[at : at + HASH]

    def is_right(self, shard: int, index: int, piece: Bytes) -> bool:
        """Whether bytes are those of a piece."""
        return hashlib.sha256(piece.data).digest() == self.digest(shard, index)

    def to_bytes(self) -> bytes:
        """The file."""
        return self._raw


def with_table(described: ProtectedSet, raw: bytes) -> tuple[ProtectedSet, PieceTable]:
    """A planned set with its table."""
    made = replace(described, table=hashlib.sha256(raw).hexdigest())
    return made, PieceTable(made, raw)


def sets_among(
    copies: Iterable[tuple[bytes, bytes]], named: Sequence[str] = ()
) -> list[tuple[ProtectedSet, PieceTable]]:
    """The sets of which copies of (set.json, pieces.bin) give one that is right, each once.

    A copy that is damaged does not matter while another is whole. Where none is, they are put together: the byte
    that most copies of the same length have is taken; the hash in set.json says whether pieces.bin is right then, and
    set.json has one form only. A flipped letter of a title leaves it in its form: of documents that name the same
    table, the one that is named, or that most copies are, counts.

    Args:
        named: names of sets that stand elsewhere in the folders (volume.json, README.txt).
    """
    found = list(copies)
    tables = [other for _, other in found]
    made: dict[str, tuple[ProtectedSet, PieceTable]] = {}
    for described in _whole_sets([one for one, _ in found], named):
        if described.table in made:
            continue
        size = described.shards * described.pieces * HASH
        for raw in (*tables, *_voted(tables, size)):
            if len(raw) == size and hashlib.sha256(raw).hexdigest() == described.table:
                made[described.table] = (described, PieceTable(described, raw))
                break
    return list(made.values())


def _whole_sets(copies: Sequence[bytes], named: Sequence[str]) -> list[ProtectedSet]:
    """The documents that are in their form: first those that are named, then what most copies say, then the others."""
    sets: dict[str, tuple[int, int, ProtectedSet]] = {}
    voted = _voted(copies)
    for raw in dict.fromkeys([*copies, *voted]):
        try:
            described = parse_set(raw)
        except EditionError:
            continue
        name = described.name
        sets[name] = (named.count(name), len(copies) if raw in voted else copies.count(raw), described)
    return [each for _, _, each in sorted(sets.values(), key=lambda one: (-one[0], -one[1]))]


def _voted(copies: Sequence[bytes], size: int | None = None) -> list[bytes]:
    """What most copies of one length say, byte for byte; one for each length that three copies or more have."""
    lengths = {len(raw) for raw in copies} if size is None else {size}
    made = []
    for length in sorted(lengths):
        alike = [raw for raw in copies if len(raw) == length][:_MOST_VOTES]
        if len(alike) >= 3 and 0 < length <= MAX_SET:
            made.append(_majority([np.frombuffer(raw, np.uint8) for raw in alike]).tobytes())
    return made


def _majority(copies: Sequence[npt.NDArray[np.uint8]]) -> npt.NDArray[np.uint8]:
    """uint8 [length]: at each place what most copies have; where two are as many, the first of them."""
    best = copies[0].copy()
    votes = np.zeros(len(best), dtype=np.int32)
    for candidate in copies:
        agreeing = np.zeros(len(best), dtype=np.int32)
        for other in copies:
            agreeing += candidate == other
        better = agreeing > votes
        best[better] = candidate[better]
        votes[better] = agreeing[better]
    return best
