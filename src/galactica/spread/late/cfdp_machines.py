"""What is taken of `cfdp-py`, and how: its state machines, with a store and times of ours; nothing else imports it."""

from __future__ import annotations

from collections.abc import Callable
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
LARGEST_FILE = 1 << 30
"""Bytes of a file."""
LONGEST_PDU = 65_536
SENDER, RECEIVER = 1, 2
"""Entities."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CfdpTimes:
    """How long is waited before something is sent again, class 2.

    Attributes:
        answer: seconds after which an acknowledgement, or missing data, is asked for again: above twice the light time.
        tries: how often, before the transfer is given up.
    """

    answer: float = 10.0
    tries: int = 8


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


class OnePlace(NativeFilestore):  # type: ignore[misc]
    """A store of one file, whatever a stranger calls it.

    A byte far behind the others makes a file of any size out of a few hundred bytes of PDUs, so that a file with holes
    is not read: neither for its checksum nor for its hash.
    """

    def __init__(self, place: Path) -> None:
        super().__init__()
        self._place = place
        self._written = 0

    def is_all_written(self) -> bool:
        """Whether as many bytes were written as the file has; false where it has holes."""
        return self._place.exists() and self._place.stat().st_size <= self._written

    def is_directory(self, path: Path) -> bool:
        """It has none."""
        return False

    def file_exists(self, path: Path) -> bool:
        """Whether the file is there."""
        return self._place.exists()

    def truncate_file(self, file: Path) -> None:
        """Make it empty."""
        self._written = 0
        self._place.write_bytes(b"")

    def create_file(self, file: Path) -> Any:  # noqa: ANN401
        """Make it."""
        return super().create_file(self._place)

    def write_data(self, file: Path, data: bytes, offset: int | None) -> None:
        """Write in it, within `LARGEST_FILE`."""
        if (offset or 0) + len(data) > LARGEST_FILE:
            raise ValueError("it would be too large")
        super().write_data(self._place, data, offset)
        self._written += len(data)

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
        """Of its beginning; b"", which is none, of a file with holes."""
        if not self.is_all_written():
            return b""
        return bytes(super().calculate_checksum(checksum_type, self._place, size_to_verify, *more))


def source_machine(
    file: Path, name: str, number: int, *, acknowledged: bool, times: CfdpTimes, ended: Callable[[], None]
) -> SourceHandler:
    """The machine that sends a file under a name as the transaction of that number."""
    mode = TransmissionMode.ACKNOWLEDGED if acknowledged else TransmissionMode.UNACKNOWLEDGED
    local = LocalEntityConfig(ByteFieldU16(SENDER), IndicationConfig(), _Nobody())
    numbers = SeqCountProvider(16)
    numbers.count = number
    machine = SourceHandler(local, _User(ended), _table(RECEIVER, times, mode), _Timers(times.answer), numbers)
    machine.put_request(
        PutRequest(
            destination_id=ByteFieldU16(RECEIVER),
            source_file=file,
            dest_file=Path(name),
            trans_mode=mode,
            closure_requested=False,
        )
    )
    return machine


def dest_machine(first: Any, store: OnePlace, times: CfdpTimes, ended: Callable[[], None]) -> DestHandler:  # noqa: ANN401
    """The machine that receives the transfer to which this PDU belongs into a store."""
    local = LocalEntityConfig(ByteFieldU16(RECEIVER), IndicationConfig(), _Nobody())
    mode = first.pdu_header.pdu_conf.trans_mode
    return DestHandler(local, _User(ended, store), _table(SENDER, times, mode), _Timers(times.answer))


def read_pdu(raw: bytes) -> Any:  # noqa: ANN401 - one of the library's many types
    """The PDU in these bytes, or None."""
    if not 4 < len(raw) <= LONGEST_PDU:
        return None
    try:
        return PduFactory.from_raw(raw)
    except Exception:  # what a hostile PDU makes the library raise is known to nobody
        return None


def file_announced(packet: Any) -> tuple[str, int] | None:  # noqa: ANN401
    """(name, bytes) of the file that a PDU of metadata announces; None where it is another PDU."""
    if not isinstance(packet, MetadataPdu):
        return None
    return packet.dest_file_name or "", int(packet.params.file_size)


def safely(step: Callable[[], object]) -> bool:
    """Whether a step of a machine went well; what it raises over a PDU ends with that PDU."""
    try:
        step()
    except MemoryError:
        raise
    except Exception:
        return False
    return True


def is_idle(machine: Any) -> bool:  # noqa: ANN401 - a type of the library
    """Whether a machine has nothing more to do."""
    return bool(machine.state == CfdpState.IDLE)


def packed(machine: Any) -> bytes | None:  # noqa: ANN401
    """The next PDU that stands ready; None: none does."""
    holder = machine.get_next_packet() if machine.packets_ready else None
    return bytes(holder.pdu.pack()) if holder is not None and holder.pdu is not None else None
