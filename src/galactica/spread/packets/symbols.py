"""The symbols of a block that have come, in a file of packets of one length: appended to, never changed.

Each record is the packet as it came and carries its own check, so that a file that a loss of power cut off, or left
with holes, loses only the records it hit. What is appended is held back until there is enough to write; whoever holds
many blocks calls `flush`.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from galactica.codes.erasure import is_point
from galactica.codes.erasure.layout import Symbols
from galactica.codes.files import whole
from galactica.spread.packets.packet import CHECK_BYTES, HEADER_BYTES, OVERHEAD, Packet

_POINTS = 1 << 16


class SymbolFile:
    """Symbols of one block.

    Args:
        path: of the file; it need not be there.
        sources: k of the block.
        symbol: bytes of a symbol.

    Attributes:
        count: symbols that are held, each point once.
        record: bytes of a record.
    """

    def __init__(self, path: Path, sources: int, symbol: int) -> None:
        self._path = path
        self._sources = sources
        self.record = symbol + OVERHEAD
        self._held = bytearray(_POINTS // 8)
        self._waiting: list[bytes] = []
        self.count = 0
        if path.exists():
            self._mend()

    def take(self, packet: Packet) -> bool:
        """Keep a symbol of this block; whether it is a new one."""
        point = packet.point
        if self._held[point >> 3] >> (point & 7) & 1 or not is_point(self._sources, point):
            return False
        self._held[point >> 3] |= 1 << (point & 7)
        self._waiting.append(packet.to_bytes())
        self.count += 1
        return True

    def flush(self) -> None:
        """Write what waits."""
        if self._waiting:
            with self._path.open("ab") as file:
                file.write(b"".join(self._waiting))
            self._waiting.clear()

    def read(self) -> tuple[NDArray[np.int64], Symbols]:
        """(points, int64 [n]; symbols, uint8 [n, symbol]) of what is held and whole."""
        self.flush()
        records = self._records()
        good = np.fromiter((_is_whole(row) for row in records), bool, len(records))
        if not good.all():
            self._keep(records[good])
            records = records[good]
        return _points(records), np.ascontiguousarray(records[:, HEADER_BYTES:-CHECK_BYTES])

    def drop(self, points: Iterable[int]) -> None:
        """Forget the symbols at these points: others may come in their place."""
        self.flush()
        records = self._records()
        self._keep(records[~np.isin(_points(records), list(points))])

    def _records(self) -> Symbols:
        if not self._path.exists():
            return np.empty((0, self.record), np.uint8)
        raw = np.fromfile(self._path, np.uint8)
        return raw[: len(raw) // self.record * self.record].reshape(-1, self.record)

    def _mend(self) -> None:
        """Take up what an earlier run left: whole records, each point once."""
        records = self._records()
        good = np.fromiter((_is_whole(row) for row in records), bool, len(records))
        points = _points(records)
        first = np.zeros(len(records), bool)
        first[np.unique(points, return_index=True)[1]] = True
        kept = good & np.array([is_point(self._sources, point) for point in points.tolist()], bool)
        if not (kept & first).all() or self._path.stat().st_size != records.size:
            places = np.flatnonzero(kept)
            self._keep(records[np.sort(places[np.unique(points[places], return_index=True)[1]])])
        else:
            self._mark(points)

    def _keep(self, records: Symbols) -> None:
        with whole(self._path) as part:
            records.tofile(part)
        self._mark(_points(records))

    def _mark(self, points: NDArray[np.int64]) -> None:
        bits = np.zeros(_POINTS, np.uint8)
        bits[points] = 1
        self._held = bytearray(np.packbits(bits, bitorder="little").tobytes())
        self.count = len(points)


def _points(records: Symbols) -> NDArray[np.int64]:
    at = HEADER_BYTES - 2
    return records[:, at].astype(np.int64) << 8 | records[:, at + 1]


def _is_whole(record: Symbols) -> bool:
    raw = record.data
    return zlib.crc32(raw[:-CHECK_BYTES]) == int.from_bytes(raw[-CHECK_BYTES:], "big")
