"""What a receiver holds of a release: from the receiver itself, or from its folder while it runs or is off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from galactica.spread.packets.announcement import read_announcement
from galactica.spread.packets.channel import Channel
from galactica.spread.packets.layout import Layout, lay_out
from galactica.spread.packets.objects import ObjectFolder
from galactica.spread.packets.packet import OVERHEAD, read_packet
from galactica.spread.packets.receiver import HEAD, Judge, read_head


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBlocks:
    """What is held.

    Attributes:
        release: 6 bytes, as in packets.
        symbols: of each block, how many are held; None where it is done.
        newest: (block, point) of the newest packet that is known; None: none is.
    """

    release: bytes
    symbols: tuple[int | None, ...]
    newest: tuple[int, int] | None = None

    @property
    def whole(self) -> bool:
        """Whether all blocks are done."""
        return all(each is None for each in self.symbols)


def held_by(channel: Channel, newest: tuple[int, int] | None) -> HeldBlocks:
    """What a channel of a receiver holds.

    Args:
        newest: (block, point) of the newest packet that it took.
    """
    counts = channel.counts()
    symbols = tuple(
        counts.get(block.number, 0) if block.number in channel.left else None for block in channel.layout.blocks
    )
    return HeldBlocks(release=channel.release, symbols=symbols, newest=newest)


def held_in(folder: Path, judge: Judge) -> Sequence[HeldBlocks]:
    """What the folder of a receiver holds, release by release; nothing is changed in it.

    Args:
        folder: as a `Receiver` has it.
        judge: says what objects an announced release has; what it refuses is left out.

    Raises:
        OSError: it cannot be read.
        GalacticaError: as `judge` raises.
    """
    found = []
    channels = folder / "channels"
    for place in sorted(channels.iterdir()) if channels.is_dir() else ():
        try:
            announcement = read_announcement(read_head(place / HEAD))
            layout = lay_out(judge(announcement), int(place.name.partition("-")[2]))
        except (OSError, ValueError):
            continue
        found.append(_held(place, announcement.release, layout, ObjectFolder(folder / "objects")))
    return found


def _held(place: Path, release: bytes, layout: Layout, objects: ObjectFolder) -> HeldBlocks:
    record = layout.symbol + OVERHEAD
    symbols: list[int | None] = []
    newest: tuple[float, Path] | None = None
    for block in layout.blocks:
        if all(objects.has(layout.objects[piece.object]) for piece in block.pieces):
            symbols.append(None)
            continue
        file = place / f"{block.number:05d}.symbols"
        try:
            status = file.stat()
        except OSError:
            symbols.append(0)
            continue
        symbols.append(min(block.symbols, status.st_size // record))
        if status.st_size >= record and (newest is None or status.st_mtime_ns > newest[0]):
            newest = status.st_mtime_ns, file
    return HeldBlocks(
        release=release, symbols=tuple(symbols), newest=_last(newest[1], record) if newest is not None else None
    )


def _last(file: Path, record: int) -> tuple[int, int] | None:
    """(block, point) of the last record of a file of symbols."""
    try:
        with file.open("rb") as opened:
            opened.seek(file.stat().st_size // record * record - record)
            packet = read_packet(opened.read(record))
    except OSError:
        return None
    return (packet.place, packet.point) if packet is not None else None
