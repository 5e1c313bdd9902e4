#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Puts an edition together again from volumes of it, with Python 3.8 or later and nothing else.

    python3 -I restore.py VOLUME... OUT

VOLUME is a folder that has a set.json: a volume, or a folder of parity; also the folder of a damaged edition that the
parity was made for. OUT is made. As many volumes are needed as set.json says under "data"; which ones does not matter,
and each may be damaged in other places. Exit code: 0 all is right, 1 something cannot be had (it is said what), 2
usage.

How it works (FORMAT.txt says more): shard s, piece p has a SHA-256 in pieces.bin; a piece is right if it has that
hash. Of each p, any "data" right pieces give all others: bytes are elements of GF(256) modulo x^8+x^4+x^3+x^2+1, cut
into eight packets of bits, so that a sum of multiples becomes the XOR of packets, which Python's whole numbers do
quickly.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from typing import Dict, List, Optional, Sequence, Tuple

BLOCK = 65536
Extent = Tuple[str, int, int, int]  # path, offset in it, offset in the shard, bytes


def times(a: int, b: int) -> int:
    """The product of two elements of the field."""
    total = 0
    while b:
        if b & 1:
            total ^= a
        a <<= 1
        if a & 256:
            a ^= 0x11D
        b >>= 1
    return total


INVERSE = [0] + [next(b for b in range(1, 256) if times(a, b) == 1) for a in range(1, 256)]


def parity_factors(data: int, parity: int) -> List[List[int]]:
    """Parity shard i is the sum of factor[i][j] times data shard j."""
    plain = [[INVERSE[(1 + i) ^ (1 + parity + j)] for j in range(data)] for i in range(parity)]
    columns = [[times(row[j], INVERSE[plain[0][j]]) for j in range(data)] for row in plain]
    return [[times(each, INVERSE[row[0]]) for each in row] for row in columns]


def restoring_factors(data: int, parity: int, have: Sequence[int], want: Sequence[int]) -> List[List[int]]:
    """What makes the data shards `want` of the shards `have`: the inverse of the rows that made these."""
    rows = [[int(at == shard) for at in range(data)] for shard in range(data)] + parity_factors(data, parity)
    left = [list(rows[shard]) + [int(at == number) for at in range(data)] for number, shard in enumerate(have)]
    for column in range(data):
        pivot = next(at for at in range(column, data) if left[at][column])
        left[column], left[pivot] = left[pivot], left[column]
        scale = INVERSE[left[column][column]]
        left[column] = [times(scale, each) for each in left[column]]
        for at in range(data):
            factor = left[at][column]
            if at != column and factor:
                left[at] = [one ^ times(factor, other) for one, other in zip(left[at], left[column])]
    return [left[shard][data:] for shard in want]


def planned(factors: List[List[int]]) -> List[List[int]]:
    """For each column and each half of its packets: which of the 16 sums of the half goes into each bit of each row."""
    plan = []
    for column in range(len(factors[0])):
        for half in (0, 4):
            masks = []
            for row in factors:
                powers = [times(row[column], 1 << bit) for bit in range(half, half + 4)]
                masks += [sum((power >> bit & 1) << at for at, power in enumerate(powers)) for bit in range(8)]
            plan.append(masks)
    return plan


def combined(plan: List[List[int]], blocks: List[bytes]) -> List[bytes]:
    """Sums of multiples of blocks of equal length. Four packets at a time: their 16 sums are made once."""
    width = len(blocks[0]) // 8
    totals = [0] * len(plan[0])
    for number, masks in enumerate(plan):
        block, half = blocks[number // 2], number % 2 * 4
        sums = [0]
        for bit in range(half, half + 4):
            packet = int.from_bytes(block[bit * width : (bit + 1) * width], "little")
            sums += [each ^ packet for each in sums]
        for at, mask in enumerate(masks):
            if mask:
                totals[at] ^= sums[mask]
    packets = [total.to_bytes(width, "little") for total in totals]
    return [b"".join(packets[at : at + 8]) for at in range(0, len(packets), 8)]


class Volumes:
    """The folders, and what each may have of every shard."""

    def __init__(self, folders: Sequence[str]) -> None:
        names = [(folder, described_in(folder)) for folder in folders]
        known = [found for _, found in names if found]
        if not known:
            raise SystemExit("None of these folders has a set.json and a pieces.bin that are whole.")
        self.name, self.set, self.table = known[0]
        self.data, self.parity, self.piece = self.set["data"], self.set["parity"], self.set["piece"]
        self.plans: Dict[object, List[List[int]]] = {}
        self.count = -(-self.set["shard"] // self.piece)
        self.places: Dict[int, List[List[Extent]]] = {shard: [] for shard in range(self.data + self.parity)}
        for folder, found in names:
            if found and found[0] != self.name:
                raise SystemExit("%s is a volume of another set than %s: name volumes of one." % (folder, names[0][0]))
            self._add(folder)

    def _add(self, folder: str) -> None:
        own = read_json(os.path.join(folder, "volume.json"))
        if isinstance(own, dict) and own.get("set") == self.name and own.get("shard") in self.places:
            shard = own["shard"]
            if shard >= self.data:
                self.places[shard].append([(os.path.join(folder, "parity.bin"), 0, 0, self.set["shard"])])
            else:
                self.places[shard].append(self.extents(shard, os.path.join(folder, "files"), True))
            return
        for number in range(self.parity):
            path = os.path.join(folder, "parity-%03d.bin" % number)
            self.places[self.data + number].append([(path, 0, 0, self.set["shard"])])
        if os.path.isdir(os.path.join(folder, "data")):
            for shard in range(self.data):
                self.places[shard].append(self.extents(shard, folder, False))

    def extents(self, shard: int, folder: str, cut: bool) -> List[Extent]:
        """The files that data shard `shard` lies in. They stand end to end in one stream, cut at equal lengths."""
        length, found, begin = self.set["shard"], [], 0
        for path, size, _ in self.set["files"]:
            low, high = max(begin, shard * length), min(begin + size, (shard + 1) * length)
            if low < high:
                name = "%s.cut-%03d" % (path, shard) if cut and high - low < size else path
                place = os.path.join(folder, *name.split("/"))
                found.append((place, 0 if cut else low - begin, low - shard * length, high - low))
            begin += size
        return found

    def right(self, shard: int, index: int) -> Optional[bytes]:
        """The piece, from any place where it has the hash that it should have."""
        at = index * self.piece
        size = min(self.piece, self.set["shard"] - at)
        number = (shard * self.count + index) * 32
        for extents in self.places[shard]:
            piece = bytearray(size)
            for path, start, inside, length in extents:
                low, high = max(at, inside), min(at + size, inside + length)
                if low < high:
                    try:
                        with open(path, "rb") as file:
                            file.seek(start + low - inside)
                            found = file.read(high - low)
                    except OSError:
                        found = b""
                    piece[low - at : low - at + len(found)] = found
            if hashlib.sha256(piece).digest() == self.table[number : number + 32]:
                return bytes(piece)
        return None

    def data_pieces(self, index: int) -> List[Optional[bytes]]:
        """The piece `index` of every data shard; None for what cannot be had."""
        pieces = [self.right(shard, index) for shard in range(self.data)]
        lost = [shard for shard, piece in enumerate(pieces) if piece is None]
        have = {shard: piece for shard, piece in enumerate(pieces) if piece is not None}
        for shard in range(self.data, self.data + self.parity):
            if len(have) < self.data and lost:
                piece = self.right(shard, index)
                if piece is not None:
                    have[shard] = piece
        if not lost or len(have) < self.data:
            return pieces
        blocks = [have[shard] for shard in sorted(have)]
        key = (tuple(sorted(have)), tuple(lost))
        if key not in self.plans:
            self.plans = {key: planned(restoring_factors(self.data, self.parity, sorted(have), lost))}
        made = [b""] * len(lost)
        for low in range(0, len(blocks[0]), BLOCK):
            parts = combined(self.plans[key], [block[low : low + BLOCK] for block in blocks])
            made = [one + other for one, other in zip(made, parts)]
        for shard, piece in zip(lost, made):
            pieces[shard] = piece
        return pieces


def read_json(path: str) -> object:
    """What a small file of JSON holds; None where it cannot be read."""
    try:
        with open(path, "rb") as file:
            return json.loads(file.read())
    except (OSError, ValueError):
        return None


def described_in(folder: str) -> Optional[Tuple[str, dict, bytes]]:  # type: ignore[type-arg]
    """(name, set.json, pieces.bin) of a folder, from a copy of each that is whole."""
    for number in ("", ".2", ".3", ".4", ".5"):
        try:
            with open(os.path.join(folder, "set.json" + number), "rb") as file:
                raw = file.read()
            found = json.loads(raw)
            for other in ("", ".2", ".3", ".4", ".5"):
                with open(os.path.join(folder, "pieces.bin" + other), "rb") as file:
                    table = file.read()
                if hashlib.sha256(table).hexdigest() == found["table"]:
                    return hashlib.sha256(raw).hexdigest(), found, table
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return None


def restore(folders: Sequence[str], out: str) -> int:
    """Write the edition; how many of its files are not right."""
    volumes = Volumes(folders)
    work = out + ".restoring"
    files = [(path, size, sha256) for path, size, sha256 in volumes.set["files"]]
    for path, size, _ in files:
        if path.startswith("/") or ".." in path.split("/") or "\\" in path or ":" in path:
            raise SystemExit("set.json names a file outside of OUT: %r" % path)
        target = os.path.join(work, *path.split("/"))
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "wb") as file:
            file.truncate(size)
    targets = [volumes.extents(shard, work, False) for shard in range(volumes.data)]
    for index in range(volumes.count):
        at = index * volumes.piece
        for shard, piece in enumerate(volumes.data_pieces(index)):
            for target, start, inside, length in targets[shard] if piece is not None else ():
                low, high = max(at, inside), min(at + len(piece or b""), inside + length)
                if low < high and piece is not None:
                    with open(target, "r+b") as file:
                        file.seek(start + low - inside)
                        file.write(piece[low - at : high - at])
    wrong = 0
    for path, size, sha256 in files:
        digest = hashlib.sha256()
        with open(os.path.join(work, *path.split("/")), "rb") as file:
            for chunk in iter(lambda: file.read(1 << 20), b""):
                digest.update(chunk)
        if digest.hexdigest() != sha256:
            wrong += 1
            sys.stderr.write("not whole: %s (%d bytes)\n" % (path, size))
    if wrong:
        sys.stderr.write("%d of %d files are not whole. What there is lies in %s\n" % (wrong, len(files), work))
        sys.stderr.write("Find more volumes of set %s: %d are needed.\n" % (volumes.name, volumes.data))
        return wrong
    os.rename(work, out)
    sys.stdout.write("%s: %d files, all right. Its root is %s\n" % (out, len(files), volumes.set["root"]))
    return 0


def restore_command(words: Sequence[str]) -> int:
    """The command line; the exit code."""
    if len(words) < 2 or words[0].startswith("-"):
        sys.stderr.write("usage: python3 -I restore.py VOLUME... OUT\n")
        return 2
    if os.path.lexists(words[-1]):
        sys.stderr.write("%s is there already. Name a folder that is not there.\n" % words[-1])
        return 2
    return 1 if restore(words[:-1], words[-1]) else 0


if __name__ == "__main__":
    sys.exit(restore_command(sys.argv[1:]))
