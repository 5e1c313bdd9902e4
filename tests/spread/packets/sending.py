"""A small release of made-up objects, a sender of it, and links that lose, repeat, mix and damage."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from typing import TypeVar

from galactica.errors import ProofError
from galactica.spread.packets.announcement import Announcement
from galactica.spread.packets.carousel import Carousel, announced_block, symbols_in
from galactica.spread.packets.events import ReceiverEvent
from galactica.spread.packets.layout import SentObject
from galactica.spread.packets.packet import ANNOUNCEMENT, Packet, read_packet
from galactica.spread.packets.receiver import Receiver
from galactica.spread.packets.schedule import CarouselPlan

Kind = TypeVar("Kind")
SEED = b"nobody knows it."
SIGNED = b"signed by a friend"


def some_bytes(name: str, size: int) -> bytes:
    return hashlib.shake_128(name.encode()).digest(size)


@dataclass(frozen=True)
class Release:
    """Objects, and what announces them: a document that lists them, "signed" by a text of its own."""

    name: str
    contents: tuple[bytes, ...]
    signature: bytes = SIGNED

    @property
    def objects(self) -> tuple[SentObject, ...]:
        return tuple(SentObject(hash=hashlib.sha256(each).digest(), size=len(each)) for each in self.contents)

    @property
    def announcement(self) -> Announcement:
        listed = [[each.hash.hex(), each.size] for each in self.objects]
        document = json.dumps({"name": self.name, "objects": listed}).encode()
        return Announcement(document=document, files=(("release.json.minisig", self.signature),))

    def carousel(self, packet_bytes: int = 400, **plan: int) -> Carousel:
        return Carousel(
            self.announcement,
            self.objects,
            lambda place, start, size: self.contents[place][start : start + size],
            packet_bytes=packet_bytes,
            plan=CarouselPlan(**plan),
        )


def release(name: str = "a", count: int = 20, size: int = 3000) -> Release:
    random = Random(name)
    return Release(name, tuple(some_bytes(f"{name}{i}", random.randint(size // 2, size)) for i in range(count)))


def judged(announcement: Announcement) -> Sequence[SentObject]:
    """What a receiver of these tests trusts: what bears the friend's signature."""
    if dict(announcement.files).get("release.json.minisig") != SIGNED:
        raise ProofError("Nobody you trust has signed it.", "Ask for a signed one.")
    listed = json.loads(announcement.document)["objects"]
    return tuple(SentObject(hash=bytes.fromhex(digest), size=size) for digest, size in listed)


def receiver(folder: Path, **more: bool) -> Receiver:
    return Receiver(folder, judged, SEED, **more)


def packets(carousel: Carousel, cycles: float = 1, cycle: int = 0, index: int = 0) -> Iterator[bytes]:
    for sent in islice(carousel.packets(cycle, index), int(cycles * carousel.schedule.packets)):
        yield sent.packet


def lossy(sent: Iterable[bytes], loss: float, seed: int = 1) -> Iterator[bytes]:
    random = Random(seed)
    return (each for each in sent if random.random() >= loss)


def taken(into: Receiver, sent: Iterable[bytes]) -> list[ReceiverEvent]:
    events = [event for each in sent for event in into.receive(each)]
    into.flush()
    return events


def of_kind(events: Iterable[ReceiverEvent], kind: type[Kind]) -> list[Kind]:
    return [each for each in events if isinstance(each, kind)]


def arrived(into: Receiver, what: Release) -> bool:
    """Whether every object of a release is there, to the byte."""
    return all(
        into.objects.has(sent) and into.objects.path(sent.hash).read_bytes() == content
        for sent, content in zip(what.objects, what.contents, strict=True)
    )


def forged(raw: bytes, salt: str = "") -> bytes:
    """A packet like this one whose symbol is made up, and whose check fits."""
    true = read_packet(raw)
    assert true is not None
    symbol = some_bytes(salt + raw.hex(), len(true.symbol))
    return Packet(kind=true.kind, release=true.release, place=true.place, point=true.point, symbol=symbol).to_bytes()


def kind_of(raw: bytes) -> int:
    return raw[0]


def with_false(sent: Iterable[bytes], share: float, kind: int, seed: int = 1) -> Iterator[bytes]:
    """What is sent, and before a share of its packets of a kind a forged one at the same point."""
    random = Random(seed)
    for each in sent:
        if kind_of(each) == kind and random.random() < share:
            yield forged(each)
        yield each


def announcement_packets(packed: bytes, named: bytes, symbol: int = 384) -> list[bytes]:
    """The source symbols of an announcement of these bytes, under a release's name."""
    block = announced_block(len(packed), symbol)
    return [
        Packet(kind=ANNOUNCEMENT, release=named, place=len(packed), point=point, symbol=row.tobytes()).to_bytes()
        for point, row in enumerate(symbols_in(packed, block.symbols, symbol))
    ]
