"""Releases that packets speak of and nobody has announced yet: how they come to be known, on bounded memory.

Rule 1. At most `MAX_STRANGERS` are listened to. A packet of another one takes one packet's worth of standing from
each, and one that has none left goes (Misra and Gries, "Finding repeated elements", Sci. Comput. Program. 2, 1982): a
release that sends more than a ninth of the intact packets always stays, whatever names are invented beside it.
Rule 2. The announcements of a stranger are told apart by their length, in the same way, `MAX_LENGTHS` at most.
Rule 3. What comes of its blocks meanwhile is kept in a file, up to `MAX_KEPT` bytes, and read when the announcement
is whole.
Rule 4. An announcement is whole when its bytes unpack to a document with the hash that packets call the release by.
Where false symbols keep it from that, they are found as in any block.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import numpy as np

from galactica.codes.erasure import is_point
from galactica.spread.packets.announcement import MAX_ANNOUNCEMENT, Announcement, read_announcement
from galactica.spread.packets.carousel import announced_block
from galactica.spread.packets.packet import ANNOUNCEMENT, Packet
from galactica.spread.packets.restoring import MOST_EXTRA, next_try, restored, suspects

MAX_STRANGERS = 8
"""Releases not yet announced that are listened to at once."""

MAX_LENGTHS = 4
"""Lengths of announcements of one release that are told apart."""

MAX_REFUSED = 256
"""Announcements that were refused and are remembered, so that their signatures are not checked again and again."""

Key = TypeVar("Key", bound=Hashable)
Kept = TypeVar("Kept")


class Frequent(Generic[Key, Kept]):
    """Keeps what belongs to the keys that come often; `most` of them.

    Args:
        make: what is kept of a new key.
        dropped: told of what goes.
    """

    def __init__(self, most: int, make: Callable[[Key], Kept], dropped: Callable[[Kept], None]) -> None:
        self._most = most
        self._make = make
        self._dropped = dropped
        self._kept: dict[Key, Kept] = {}
        self._standing: dict[Key, int] = {}

    def get(self, key: Key) -> Kept | None:
        """What is kept of a key that came; None where it has no place."""
        if key not in self._kept:
            if len(self._kept) < self._most:
                self._kept[key] = self._make(key)
                self._standing[key] = 0
            else:
                for each in list(self._standing):
                    self._standing[each] -= 1
                    if self._standing[each] <= 0:
                        self.remove(each)
                return None
        self._standing[key] += 1
        return self._kept[key]

    def peek(self, key: Key) -> Kept | None:
        """What is kept of a key, without a word for it."""
        return self._kept.get(key)

    def remove(self, key: Key) -> None:
        """Let a key go."""
        del self._standing[key]
        self._dropped(self._kept.pop(key))


@dataclass(slots=True)
class AnnouncedSymbols:
    """The symbols of one announcement: few, so that they are held in memory."""

    size: int
    sources: int
    symbols: dict[int, bytes] = field(default_factory=dict)
    need: int = 0


class Stranger:
    """A release that is not announced yet.

    Args:
        release, symbol: what its packets have.
        seed: 16 bytes or more that no sender knows.
    """

    def __init__(self, release: bytes, symbol: int, seed: bytes, *, plainly: bool) -> None:
        self.release = release
        self.symbol = symbol
        self.found = 0  # false symbols of its announcement
        self._seed = seed
        self._plainly = plainly
        self._lengths: Frequent[int, AnnouncedSymbols] = Frequent(MAX_LENGTHS, self._new, lambda kept: None)

    def take(self, packet: Packet, refused: set[bytes]) -> tuple[bytes, Announcement] | None:
        """(bytes, what they say) of the announcement, when this packet of it makes it whole.

        Args:
            refused: hashes of announcements that were refused.
        """
        if packet.kind != ANNOUNCEMENT or not 0 < packet.place <= MAX_ANNOUNCEMENT:
            return None
        if packet.place > self.symbol << 15:
            return None
        kept = self._lengths.get(packet.place)
        if kept is None or not is_point(kept.sources, packet.point) or packet.point in kept.symbols:
            return None
        kept.symbols[packet.point] = packet.symbol
        while len(kept.symbols) >= kept.need:
            packed, again = self._tried(kept, refused)
            if packed is not None or not again:
                return packed
        return None

    def _tried(self, kept: AnnouncedSymbols, refused: set[bytes]) -> tuple[tuple[bytes, Announcement] | None, bool]:
        """(what was found, whether to try once more at once)."""
        points = np.fromiter(kept.symbols, np.int64, len(kept.symbols))
        rows = np.frombuffer(b"".join(kept.symbols.values()), np.uint8).reshape(len(points), self.symbol)
        packed = restored(kept.sources, points, rows, plainly=self._plainly).tobytes()[: kept.size]
        try:
            if hashlib.sha256(packed).digest() in refused:
                raise ValueError("it was refused")
            found = read_announcement(packed)
            if found.release != self.release:
                raise ValueError("it is of another release")
            return (packed, found), False
        except ValueError:
            extra = len(points) - kept.sources
            places = suspects(kept.sources, points, rows, self._seed) if extra >= 2 else None
            if places is not None and len(places):
                for each in places.tolist():
                    del kept.symbols[each]
                self.found += len(places)
                return None, True
            if places is not None or extra >= min(MOST_EXTRA, 2 * kept.sources + 2):  # they agree, and are false
                self._lengths.remove(kept.size)
                return None, False
            kept.need = kept.sources + next_try(extra)
            return None, False

    def _new(self, size: int) -> AnnouncedSymbols:
        sources = announced_block(size, self.symbol).symbols
        return AnnouncedSymbols(size=size, sources=sources, need=sources)
