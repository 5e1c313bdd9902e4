"""Objects as CCSDS file transfers (CFDP, CCSDS 727.0-B-5), class 1 and 2, by the state machines of `cfdp-py`.

For links whose ground stations speak CFDP and nothing else. An object is a file that is called by its SHA-256; each is
a transaction, and what arrives is kept only where its bytes have that hash. No socket: PDUs are bytes, in and out. The
machines read the clock of `spacepackets.countdown.time_ms`; a simulator puts its own time there.

What a stranger can do with PDUs is bounded: names are hashes and no paths, sizes and transactions have bounds, and what
the library raises over a PDU is that PDU's end.
"""

from __future__ import annotations

import hashlib
import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from galactica.spread.late.cfdp_machines import (
    LARGEST_FILE,
    CfdpTimes,
    OnePlace,
    dest_machine,
    file_announced,
    is_idle,
    packed,
    read_pdu,
    safely,
    source_machine,
)

MOST_TRANSACTIONS = 1024
"""Files that are received at once."""
MOST_WAITING = 4096
"""PDUs from the other end that wait for the machine."""
_NAME = re.compile(r"[0-9a-f]{64}")

__all__ = ["CfdpReceiving", "CfdpSending", "CfdpTimes", "pdus"]


def pdus(raw: bytes) -> Iterator[bytes]:
    """The PDUs of a file in which they stand one behind another; what is behind a damaged one is left out.

    Source: CCSDS 727.0-B-5, 5.1: bytes 1 and 2 are the length of the data field, byte 3 the lengths of the identifiers.
    """
    at = 0
    while at + 4 <= len(raw):
        length = int.from_bytes(raw[at + 1 : at + 3], "big")
        numbers = 2 * ((raw[at + 3] >> 4 & 7) + 1) + (raw[at + 3] & 7) + 1
        end = at + 4 + numbers + length
        if end > len(raw):
            return
        yield raw[at:end]
        at = end


class CfdpSending:
    """Sends one object as a file.

    Args:
        file: its bytes.
        name: its SHA-256 in hex digits: what the file is called at the other end.
        number: of the transaction, 0 to 65,535; no two that are under way have the same.
        acknowledged: class 2.
        times: how long is waited.

    Attributes:
        ended: whether there is nothing more to do; class 2: the other end has it, or it was given up.
    """

    def __init__(
        self, file: Path, name: str, number: int, *, acknowledged: bool, times: CfdpTimes | None = None
    ) -> None:
        self.ended = False
        self._number = number
        self._inbox: deque[Any] = deque()
        self._machine = source_machine(
            file, name, number, acknowledged=acknowledged, times=times or CfdpTimes(), ended=self._end
        )

    def send(self) -> bytes | None:
        """The next PDU; None: nothing is to be sent now."""
        while not self._machine.packets_ready and not self.ended and self._inbox:
            packet = self._inbox.popleft()  # the machine takes one when it has nothing to send
            safely(lambda: self._machine.state_machine(packet))  # noqa: B023 - called at once
        if not self._machine.packets_ready and not self.ended:
            safely(self._machine.state_machine)
        return packed(self._machine)

    def receive(self, raw: bytes) -> None:
        """Take in what may be a PDU from the other end."""
        packet = read_pdu(raw)
        if packet is not None and packet.transaction_seq_num.value == self._number and len(self._inbox) < MOST_WAITING:
            self._inbox.append(packet)

    def _end(self) -> None:
        self.ended = True


@dataclass(slots=True)
class _UnderWay:
    """A transfer that is received."""

    handler: Any
    place: Path
    store: OnePlace
    name: str = ""
    over: bool = False


class CfdpReceiving:
    """Receives objects as files.

    Args:
        folder: for files that are under way, and the objects; made if missing.
        arrived: told the hash of each object that arrived whole, and where it lies.
        times: how long is waited, class 2.

    Attributes:
        dropped: PDUs that were damaged, of no transfer, or asked for what is not allowed.
    """

    def __init__(self, folder: Path, arrived: Callable[[str, Path], None], times: CfdpTimes | None = None) -> None:
        self._folder, self._arrived, self._times = folder, arrived, times or CfdpTimes()
        folder.mkdir(parents=True, exist_ok=True)
        self._under_way: dict[int, _UnderWay] = {}
        self._done: dict[int, None] = {}
        self._out: list[bytes] = []
        self.dropped = 0

    def receive(self, raw: bytes) -> None:
        """Take in what may be a PDU."""
        packet = read_pdu(raw)
        if packet is None:
            self.dropped += 1
            return
        number = int(packet.transaction_seq_num.value)
        handler = self._handler_of(number, packet)
        if handler is None:
            self.dropped += 1
            return
        if not safely(lambda: handler.state_machine(packet)):
            self.dropped += 1
        self._collect(handler)

    def send(self) -> bytes | None:
        """The next PDU for the other end, class 2; None: nothing is to be sent now."""
        if not self._out:
            for each in list(self._under_way.values()):
                safely(each.handler.state_machine)
                self._collect(each.handler)
        return self._out.pop(0) if self._out else None

    def _handler_of(self, number: int, packet: Any) -> Any:  # noqa: ANN401
        """The transfer of a PDU, begun if need be; None where it is not allowed."""
        known = self._under_way.get(number)
        if known is None:
            if number in self._done or len(self._under_way) >= MOST_TRANSACTIONS:
                return None
            place = self._folder / f"{number:05d}.part"
            place.unlink(missing_ok=True)
            store = OnePlace(place)
            handler = dest_machine(packet, store, self._times, lambda: self._end(number))
            known = self._under_way[number] = _UnderWay(handler, place, store)
        named = file_announced(packet)
        if named is not None:
            if not _NAME.fullmatch(named[0]) or named[1] > LARGEST_FILE:
                return None
            known.name = named[0]
        return known.handler

    def _collect(self, handler: Any) -> None:  # noqa: ANN401
        while (raw := packed(handler)) is not None:
            self._out.append(raw)
        for number in [number for number, each in self._under_way.items() if each.over and is_idle(each.handler)]:
            del self._under_way[number]

    def _end(self, number: int) -> None:
        """A transfer has ended: keep what it brought, if it is what its name says."""
        ended = self._under_way[number]
        ended.over, name, place = True, ended.name, ended.place
        if not place.exists():
            return
        right = False
        if ended.store.is_all_written():
            with place.open("rb") as file:
                right = hashlib.file_digest(file, "sha256").hexdigest() == name
        if right:
            self._done[number] = None
            self._arrived(name, place.replace(self._folder / name))
        else:
            place.unlink()
            self.dropped += 1
