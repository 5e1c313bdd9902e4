"""A release that is being received: its blocks as they fill, restored when they can be, kept on disk.

Rule 1. A symbol is kept in its block's file; a block is tried when it has as many as it needs.
Rule 2. An object is kept when its bytes have the hash that the release names, and never otherwise.
Rule 3. A block is done when each object that lies in it, also in part, is kept. Then its symbols go.
Rule 4. A block whose bytes are false waits for more symbols (`restoring`). Where those agree and are false all the
same, or are too many, it begins anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from galactica.codes.files import whole
from galactica.spread.packets.events import BlockSpoiled, FalseSymbols, ObjectArrived, ReceiverEvent
from galactica.spread.packets.layout import LaidBlock, Layout
from galactica.spread.packets.objects import ObjectFolder
from galactica.spread.packets.packet import BLOCK, Packet
from galactica.spread.packets.restoring import MOST_EXTRA, next_try, restored, suspects
from galactica.spread.packets.symbols import SymbolFile

MAX_WAITING = 4 * 2**20
"""Bytes of symbols that are held back before they are written."""


class Channel:
    """What comes of a release in symbols of one length.

    Args:
        release: its 6 bytes in packets.
        layout: of its blocks.
        folder: for symbols; made if missing.
        objects: where whole objects are kept.
        seed: 16 bytes or more that no sender knows.

    Attributes:
        left: blocks that are not done.
        taken: packets that came.
    """

    def __init__(
        self, release: bytes, layout: Layout, folder: Path, objects: ObjectFolder, seed: bytes, *, plainly: bool
    ) -> None:
        self.release = release
        self.layout = layout
        self._folder = folder
        self._objects = objects
        self._seed = seed
        self._plainly = plainly
        self._waiting = 0
        self.taken = 0
        self._files: dict[int, SymbolFile] = {}
        self._need: dict[int, int] = {}  # of blocks that were false: symbols to try them with
        self._agreed: set[int] = set()  # blocks that were false, and whose symbols agree now
        folder.mkdir(parents=True, exist_ok=True)
        self.left = {block.number for block in layout.blocks}
        for block in layout.blocks:
            if not self._finish(block) and self._path(block, "symbols").exists():
                self._file(block)

    @property
    def held(self) -> int:
        """Symbols of blocks that are not done."""
        return sum(each.count for each in self._files.values())

    def counts(self) -> dict[int, int]:
        """Block → symbols held, of blocks that are not done."""
        return {number: each.count for number, each in self._files.items() if number in self.left}

    def take(self, packet: Packet) -> Iterator[ReceiverEvent]:
        """Take in a packet; what came of it."""
        self.taken += 1
        if packet.kind != BLOCK or packet.place not in self.left:
            return
        block = self.layout.blocks[packet.place]
        file = self._file(block)
        need = self._need.get(block.number, block.symbols)
        if file.count >= need or not file.take(packet):
            return  # enough of it is here; it waits for another block
        self._waiting += file.record
        if file.count >= need:
            yield from self._try(block)
        elif self._waiting > MAX_WAITING:
            self.flush()

    def resume(self) -> Iterator[ReceiverEvent]:
        """Try every block that has enough symbols: what an earlier run left before it came to that."""
        for number in sorted(self.left):
            file = self._files.get(number)
            if number in self.left and file is not None and file.count >= self.layout.blocks[number].symbols:
                yield from self._try(self.layout.blocks[number])

    def flush(self) -> None:
        """Write what is held back."""
        for each in self._files.values():
            each.flush()
        self._waiting = 0

    def _try(self, block: LaidBlock) -> Iterator[ReceiverEvent]:
        """Restore a block; where it was false before, without the symbols that make it so."""
        file = self._file(block)
        points, symbols = file.read()
        extra = len(points) - block.symbols
        if extra < 0:
            return  # the disk lost some
        if block.number in self._need:
            places = suspects(block.symbols, points, symbols, self._seed) if extra >= 2 else None
            if places is None:
                if extra >= min(MOST_EXTRA, 2 * block.symbols + 2):
                    yield self._spoiled(block)
                else:
                    self._need[block.number] = block.symbols + next_try(extra)
                return
            if len(places):
                file.drop(places.tolist())
                true = ~np.isin(points, places)
                points, symbols = points[true], symbols[true]
                yield FalseSymbols(release=self.release, block=block.number, count=len(places))
            self._agreed.add(block.number)
        data = restored(block.symbols, points, symbols, plainly=self._plainly).reshape(-1).data
        del symbols
        yield from self._keep(block, data)

    def _keep(self, block: LaidBlock, data: memoryview) -> Iterator[ReceiverEvent]:
        """Keep the objects that are right; where one is wrong, the block waits for more symbols, or begins anew."""
        wrong, cut = False, []
        for piece in block.pieces:
            sent = self.layout.objects[piece.object]
            if self._objects.has(sent):
                continue
            if piece.size < sent.size:
                cut.append(piece.object)
            elif self._objects.put(sent, (data[piece.offset : piece.offset + piece.size],)):
                yield self._arrived(piece.object)
            else:
                wrong = True
        if wrong:
            yield from self._doubt([block])
        elif cut:
            with whole(self._path(block, "data")) as part, part.open("wb") as file:
                file.write(data)
            for place in cut:
                yield from self._join(place)
        self._finish(block)

    def _join(self, place: int) -> Iterator[ReceiverEvent]:
        """Keep an object that lies in several blocks, when all of them are restored."""
        blocks = [self.layout.blocks[number] for number in self.layout.blocks_of(place)]
        if not all(self._path(block, "data").exists() for block in blocks):
            return
        if self._objects.put(self.layout.objects[place], self._pieces(place, blocks)):
            yield self._arrived(place)
            for block in blocks:
                self._finish(block)
        else:
            yield from self._doubt(blocks)

    def _pieces(self, place: int, blocks: list[LaidBlock]) -> Iterator[bytes]:
        """The bytes of an object, block by block."""
        for block in blocks:
            for piece in block.pieces:
                if piece.object == place:
                    with self._path(block, "data").open("rb") as file:
                        file.seek(piece.offset)
                        yield file.read(piece.size)

    def _doubt(self, blocks: list[LaidBlock]) -> Iterator[ReceiverEvent]:
        """Something in these blocks is false: those whose symbols are not known to agree wait for more; where all
        agree, they agree in what is false."""
        doubted = [block for block in blocks if block.number not in self._agreed]
        for block in doubted:
            self._path(block, "data").unlink(missing_ok=True)
            extra = self._file(block).count - block.symbols
            self._need[block.number] = block.symbols + next_try(extra)
        if not doubted:
            for block in blocks:
                yield self._spoiled(block)

    def _spoiled(self, block: LaidBlock) -> BlockSpoiled:
        """Begin a block anew."""
        self._forget(block)
        return BlockSpoiled(release=self.release, block=block.number)

    def _arrived(self, place: int) -> ObjectArrived:
        return ObjectArrived(release=self.release, place=place, object=self.layout.objects[place])

    def _finish(self, block: LaidBlock) -> bool:
        """Let a block go whose objects are all kept; whether it is one."""
        if not all(self._objects.has(self.layout.objects[piece.object]) for piece in block.pieces):
            return False
        self._forget(block)
        self.left.discard(block.number)
        return True

    def _forget(self, block: LaidBlock) -> None:
        self._files.pop(block.number, None)
        self._need.pop(block.number, None)
        self._agreed.discard(block.number)
        for ending in ("symbols", "data"):
            self._path(block, ending).unlink(missing_ok=True)

    def _file(self, block: LaidBlock) -> SymbolFile:
        if block.number not in self._files:
            path = self._path(block, "symbols")
            self._files[block.number] = SymbolFile(path, block.symbols, self.layout.symbol)
        return self._files[block.number]

    def _path(self, block: LaidBlock, ending: str) -> Path:
        return self._folder / f"{block.number:05d}.{ending}"
