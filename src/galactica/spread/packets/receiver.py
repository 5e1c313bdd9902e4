"""The receiving side: packets in, in any order, repeated or damaged; events out. No socket, no clock.

Rule 1. What is no packet, or not of a release that is listened to, is dropped.
Rule 2. A release is listened to once its announcement is whole and `judge` took it: there the document is read and
its signatures are checked. Until then what comes of it is kept within bounds (`strangers`).
Rule 3. At most `MAX_CHANNELS` releases (or lengths of packets of one) are received at once. For a further one that
goes of which the fewest packets came: a true release can be announced by anybody, in packets of any length.
Rule 4. All that was received is on disk after `flush`; a receiver in the same folder goes on from there.

Bounded are: memory, by the largest block (some five times 32 MiB, while one is restored), 4 MiB of symbols not yet
written and 8 kB for each block; disk, by the objects of the releases that were taken, their symbols, and
`MAX_STRANGERS` files of `MAX_KEPT`.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from galactica.codes.files import whole
from galactica.errors import GalacticaError, LimitError
from galactica.spread.packets.announcement import MAX_ANNOUNCEMENT, Announcement, read_announcement
from galactica.spread.packets.channel import Channel
from galactica.spread.packets.container import PacketFile, packets_in
from galactica.spread.packets.events import AllArrived, Announced, FalseSymbols, ReceiverEvent, Refused
from galactica.spread.packets.layout import SentObject, lay_out
from galactica.spread.packets.objects import ObjectFolder
from galactica.spread.packets.packet import Packet, read_packet
from galactica.spread.packets.strangers import MAX_REFUSED, MAX_STRANGERS, Frequent, Stranger

MAX_CHANNELS = 4
"""Releases that are received at once."""

MAX_KEPT = 64 * 2**20
"""Bytes of packets that are kept of a release before it is announced."""

HEAD = "announcement"
"""The file in a channel's folder that holds the announcement as it travelled."""

Judge = Callable[[Announcement], Sequence[SentObject]]
"""Says what objects a release has, in order; raises an error of ours where it is not trusted, or no release."""

_Key = tuple[bytes, int]


class Receiver:
    """Receives releases into a folder.

    Args:
        folder: made if missing; `objects/` in it holds what arrived.
        judge: reads and checks what is announced.
        seed: 16 bytes or more that no sender knows.
        plainly: whether numpy alone restores blocks.

    Attributes:
        objects: what arrived.
        dropped: packets that were damaged or none.
    """

    def __init__(self, folder: Path, judge: Judge, seed: bytes, *, plainly: bool = False) -> None:
        self._folder = folder
        self._judge = judge
        self._seed = seed
        self._plainly = plainly
        self.objects = ObjectFolder(folder / "objects")
        self.dropped = 0
        self.channels: dict[_Key, Channel] = {}
        self._refused: dict[bytes, None] = {}
        self._strangers: Frequent[_Key, tuple[Stranger, PacketFile]] = Frequent(
            MAX_STRANGERS, self._listen, lambda kept: kept[1].remove()
        )
        for name in ("channels", "strangers"):
            (folder / name).mkdir(exist_ok=True)

    def resume(self) -> Iterator[ReceiverEvent]:
        """Take up what an earlier run left in the folder. Called once, before the first packet."""
        for place in sorted((self._folder / "channels").iterdir()):
            try:
                packed = read_head(place / HEAD)
                announcement = read_announcement(packed)
                symbol = int(place.name.partition("-")[2])
                if place.name != _name((announcement.release, symbol)):
                    raise ValueError("it is of another release")
            except (OSError, ValueError):
                shutil.rmtree(place, ignore_errors=True)
                continue
            yield from self._announced((announcement.release, symbol), packed, announcement)
        for place in sorted((self._folder / "strangers").iterdir()):
            kept = place.with_name("again")
            place.replace(kept)
            for raw in packets_in(kept, MAX_KEPT):
                yield from self.receive(raw)
            kept.unlink()

    def receive(self, raw: bytes) -> Iterator[ReceiverEvent]:
        """Take in what may be a packet; what came of it, as it comes: the iterator must be read to its end."""
        packet = read_packet(raw)
        if packet is None:
            self.dropped += 1
            return
        key = (packet.release, len(packet.symbol))
        channel = self.channels.get(key)
        if channel is not None:
            yield from self._took(channel, packet)
            return
        stranger = self._strangers.get(key)
        if stranger is None:
            self.dropped += 1
            return
        stranger[1].append(raw, MAX_KEPT)
        found = stranger[0].take(packet, set(self._refused))
        if found is not None:
            if stranger[0].found:
                yield FalseSymbols(release=packet.release, block=-1, count=stranger[0].found)
            yield from self._announced(key, *found)

    def flush(self) -> None:
        """Write everything that is held back."""
        for channel in self.channels.values():
            channel.flush()

    def _announced(self, key: _Key, packed: bytes, announcement: Announcement) -> Iterator[ReceiverEvent]:
        """Take up a release, if it is trusted, with what came of it before."""
        try:
            objects = self._judge(announcement)
            try:
                layout = lay_out(objects, key[1])
            except ValueError as error:
                raise LimitError(f"The release cannot be received: {error}.", "Ask for another release.") from error
        except GalacticaError as error:
            if len(self._refused) >= MAX_REFUSED:
                del self._refused[next(iter(self._refused))]
            self._refused[hashlib.sha256(packed).digest()] = None
            yield Refused(release=key[0], why=error)
            return
        if len(self.channels) >= MAX_CHANNELS:
            least = min(self.channels, key=lambda each: self.channels[each].taken)
            del self.channels[least]
            shutil.rmtree(self._folder / "channels" / _name(least))
        folder = self._folder / "channels" / _name(key)
        folder.mkdir(exist_ok=True)
        with whole(folder / HEAD, durable=True) as part:
            part.write_bytes(packed)
        channel = Channel(key[0], layout, folder, self.objects, self._seed, plainly=self._plainly)
        self.channels[key] = channel
        yield Announced(release=key[0], symbol=key[1], announcement=announcement)
        yield from channel.resume()
        if not channel.left:
            yield AllArrived(release=key[0])
        kept = self._strangers.peek(key)
        if kept is not None:
            for raw in kept[1].packets():
                packet = read_packet(raw)
                if packet is not None:
                    yield from self._took(channel, packet)
            self._strangers.remove(key)

    def _took(self, channel: Channel, packet: Packet) -> Iterator[ReceiverEvent]:
        if channel.left:
            yield from channel.take(packet)
            if not channel.left:
                yield AllArrived(release=channel.release)

    def _listen(self, key: _Key) -> tuple[Stranger, PacketFile]:
        path = self._folder / "strangers" / _name(key)
        return Stranger(*key, self._seed, plainly=self._plainly), PacketFile(path)


def read_head(path: Path) -> bytes:
    """The bytes of an announcement that was kept.

    Raises:
        OSError, ValueError: it is not there, or too large.
    """
    with path.open("rb") as file:
        packed = file.read(MAX_ANNOUNCEMENT + 1)
    if len(packed) > MAX_ANNOUNCEMENT:
        raise ValueError("it is too large")
    return packed


def _name(key: _Key) -> str:
    return f"{key[0].hex()}-{key[1]}"
