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
from datetime import timedelta
from pathlib import Path
from typing import Any

from galactica.errors import MissingError

try:
    from cfdppy.defs import CfdpState
    from cfdppy.filestore import NativeFilestore
    from cfdppy.handler import dest
    from cfdppy.handler.dest import DestHandler, LostSegmentTracker
    from cfdppy.handler.source import SourceHandler
    from cfdppy.mib import (
        CheckTimerProvider,
        DefaultFaultHandlerBase,
        IndicationConfig,
        LocalEntityConfig,
        RemoteEntityConfig,
        RemoteEntityConfigTable,
    )
    from cfdppy.request import PutRequest
    from cfdppy.user import CfdpUserBase
    from spacepackets.cfdp import ChecksumType, TransmissionMode
    from spacepackets.cfdp.pdu import MetadataPdu
    from spacepackets.cfdp.pdu.helper import PduFactory
    from spacepackets.countdown import Countdown
    from spacepackets.seqcount import SeqCountProvider
    from spacepackets.util import ByteFieldU16
except ImportError as error:  # pragma: no cover - said where it is absent
    raise MissingError(
        "CFDP needs the packages cfdp-py and spacepackets.", "Install them: pip install 'galactica[cfdp]'."
    ) from error

PDU_BYTES = 1400
"""Bytes of a PDU, at the most."""
MOST_TRANSACTIONS = 1024
"""Files that are received at once."""
LARGEST_FILE = 1 << 30
"""Bytes of a file."""
LONGEST_PDU = 65_536
MOST_WAITING = 4096
"""PDUs from the other end that wait for the machine."""
_NAME = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CfdpTimes:
    """How long is waited before something is sent again, class 2.

    Attributes:
        answer: seconds after which an acknowledgement, or missing data, is asked for again: above twice the light time.
        tries: how often, before the transfer is given up.
    """

    answer: float = 10.0
    tries: int = 8


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


_AckedParams = dest._AckedModeParams
dest._AckedModeParams = lambda: _AckedParams(lost_seg_tracker=LostSegmentTracker())
"""cfdp-py 0.7.0 has one list of lost segments for all transfers of a process, a default that they share; so each gets
its own, as meant."""


class _Nobody(DefaultFaultHandlerBase):  # type: ignore[misc]
    """Faults are told by what the user is told."""

    def notice_of_suspension_cb(self, *said: object) -> None: ...

    def notice_of_cancellation_cb(self, *said: object) -> None: ...

    def abandoned_cb(self, *said: object) -> None: ...

    def ignore_cb(self, *said: object) -> None: ...


class _User(CfdpUserBase):  # type: ignore[misc]
    """Is told when a transfer has ended; all else that it is told is of no use here."""

    def __init__(self, ended: Callable[[], None], store: NativeFilestore | None = None) -> None:
        super().__init__(vfs=store or NativeFilestore())
        self._ended = ended

    def transaction_finished_indication(self, *said: object, **more: object) -> None:
        self._ended()

    def _unheard(self, *said: object, **more: object) -> None: ...

    transaction_indication = eof_sent_indication = metadata_recv_indication = file_segment_recv_indication = _unheard
    report_indication = suspended_indication = resumed_indication = fault_indication = _unheard
    abandoned_indication = eof_recv_indication = _unheard


class _Timers(CheckTimerProvider):  # type: ignore[misc]
    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def provide_check_timer(self, *said: object) -> Any:  # noqa: ANN401 - a type of the library
        return Countdown(timedelta(seconds=self._seconds))


def _table(entity: int, times: CfdpTimes, mode: TransmissionMode) -> RemoteEntityConfigTable:
    remote = RemoteEntityConfig(
        entity_id=ByteFieldU16(entity),
        max_file_segment_len=None,
        max_packet_len=PDU_BYTES,
        closure_requested=False,
        crc_on_transmission=True,
        default_transmission_mode=mode,
        crc_type=ChecksumType.CRC_32,
        positive_ack_timer_interval_seconds=times.answer,
        positive_ack_timer_expiration_limit=times.tries,
        check_limit=times.tries,
        nak_timer_interval_seconds=times.answer,
        nak_timer_expiration_limit=times.tries,
    )
    return RemoteEntityConfigTable([remote])


SENDER, RECEIVER = 1, 2
"""Entities."""


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
        mode = TransmissionMode.ACKNOWLEDGED if acknowledged else TransmissionMode.UNACKNOWLEDGED
        local = LocalEntityConfig(ByteFieldU16(SENDER), IndicationConfig(), _Nobody())
        times = times or CfdpTimes()
        numbers = SeqCountProvider(16)
        numbers.count = number
        self._handler = SourceHandler(
            local, _User(self._end), _table(RECEIVER, times, mode), _Timers(times.answer), numbers
        )
        self._handler.put_request(
            PutRequest(
                destination_id=ByteFieldU16(RECEIVER),
                source_file=file,
                dest_file=Path(name),
                trans_mode=mode,
                closure_requested=False,
            )
        )

    def send(self) -> bytes | None:
        """The next PDU; None: nothing is to be sent now."""
        while not self._handler.packets_ready and not self.ended and self._inbox:
            packet = self._inbox.popleft()  # the machine takes one when it has nothing to send
            _safely(lambda: self._handler.state_machine(packet))  # noqa: B023 - called at once
        if not self._handler.packets_ready and not self.ended:
            _safely(self._handler.state_machine)
        return _packed(self._handler)

    def receive(self, raw: bytes) -> None:
        """Take in what may be a PDU from the other end."""
        packet = _pdu(raw)
        if packet is not None and packet.transaction_seq_num.value == self._number and len(self._inbox) < MOST_WAITING:
            self._inbox.append(packet)

    def _end(self) -> None:
        self.ended = True


@dataclass(slots=True)
class _UnderWay:
    """A transfer that is received."""

    handler: DestHandler
    place: Path
    name: str = ""
    over: bool = False


class _OnePlace(NativeFilestore):  # type: ignore[misc]
    """A store of one file, whatever a stranger calls it."""

    def __init__(self, place: Path) -> None:
        super().__init__()
        self._place = place

    def is_directory(self, path: Path) -> bool:
        """It has none."""
        return False

    def file_exists(self, path: Path) -> bool:
        """Whether the file is there."""
        return self._place.exists()

    def truncate_file(self, file: Path) -> None:
        """Make it empty."""
        self._place.write_bytes(b"")

    def create_file(self, file: Path) -> Any:  # noqa: ANN401
        """Make it."""
        return super().create_file(self._place)

    def write_data(self, file: Path, data: bytes, offset: int | None) -> None:
        """Write in it, within `LARGEST_FILE`."""
        if (offset or 0) + len(data) > LARGEST_FILE:
            raise ValueError("it would be too large")
        super().write_data(self._place, data, offset)

    def read_data(self, file: Path, offset: int | None, read_len: int) -> bytes:
        """Read of it."""
        return bytes(super().read_data(self._place, offset, read_len))

    def file_size(self, file: Path) -> int:
        """Its bytes."""
        return int(super().file_size(self._place))

    def delete_file(self, file: Path) -> Any:  # noqa: ANN401
        """Take it away."""
        return super().delete_file(self._place)

    def calculate_checksum(self, checksum_type: object, file_path: Path, size_to_verify: int, *more: int) -> bytes:
        """Of its beginning."""
        return bytes(super().calculate_checksum(checksum_type, self._place, size_to_verify, *more))


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
        packet = _pdu(raw)
        if packet is None:
            self.dropped += 1
            return
        number = int(packet.transaction_seq_num.value)
        handler = self._handler_of(number, packet)
        if handler is None:
            self.dropped += 1
            return
        if not _safely(lambda: handler.state_machine(packet)):
            self.dropped += 1
        self._collect(handler)

    def send(self) -> bytes | None:
        """The next PDU for the other end, class 2; None: nothing is to be sent now."""
        if not self._out:
            for each in list(self._under_way.values()):
                _safely(each.handler.state_machine)
                self._collect(each.handler)
        return self._out.pop(0) if self._out else None

    def _handler_of(self, number: int, packet: Any) -> DestHandler | None:  # noqa: ANN401
        """The transfer of a PDU, begun if need be; None where it is not allowed."""
        known = self._under_way.get(number)
        if known is None:
            if number in self._done or len(self._under_way) >= MOST_TRANSACTIONS:
                return None
            place = self._folder / f"{number:05d}.part"
            place.unlink(missing_ok=True)
            user = _User(lambda: self._end(number), _OnePlace(place))
            local = LocalEntityConfig(ByteFieldU16(RECEIVER), IndicationConfig(), _Nobody())
            mode = packet.pdu_header.pdu_conf.trans_mode
            handler = DestHandler(local, user, _table(SENDER, self._times, mode), _Timers(self._times.answer))
            known = self._under_way[number] = _UnderWay(handler, place)
        if isinstance(packet, MetadataPdu):
            if not _NAME.fullmatch(packet.dest_file_name or "") or packet.params.file_size > LARGEST_FILE:
                return None
            known.name = packet.dest_file_name or ""
        return known.handler

    def _collect(self, handler: DestHandler) -> None:
        while (raw := _packed(handler)) is not None:
            self._out.append(raw)
        for number in [number for number, each in self._under_way.items() if each.over and _is_idle(each.handler)]:
            del self._under_way[number]

    def _end(self, number: int) -> None:
        """A transfer has ended: keep what it brought, if it is what its name says."""
        ended = self._under_way[number]
        ended.over, name, place = True, ended.name, ended.place
        if not place.exists():
            return
        with place.open("rb") as file:
            right = hashlib.file_digest(file, "sha256").hexdigest() == name
        if right:
            self._done[number] = None
            self._arrived(name, place.replace(self._folder / name))
        else:
            place.unlink()
            self.dropped += 1


def _pdu(raw: bytes) -> Any:  # noqa: ANN401 - one of the library's many types
    """The PDU in these bytes, or None."""
    if not 4 < len(raw) <= LONGEST_PDU:
        return None
    try:
        return PduFactory.from_raw(raw)
    except Exception:  # what a hostile PDU makes the library raise is known to nobody
        return None


def _safely(step: Callable[[], object]) -> bool:
    """Whether a step of a state machine went well; what it raises over a PDU ends with that PDU."""
    try:
        step()
    except MemoryError:
        raise
    except Exception:
        return False
    return True


def _is_idle(handler: DestHandler) -> bool:
    return bool(handler.state == CfdpState.IDLE)


def _packed(handler: SourceHandler | DestHandler) -> bytes | None:
    holder = handler.get_next_packet() if handler.packets_ready else None
    return bytes(holder.pdu.pack()) if holder is not None and holder.pdu is not None else None
