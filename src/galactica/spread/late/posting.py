"""Reports on their way: as datagrams, and as files in a folder that somebody carries."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

from galactica.errors import MissingError
from galactica.spread.late.report import MOST_BYTES
from galactica.spread.packets.datagrams import UdpAddress, received_datagrams

ENDING = ".report"
MOST_FILES = 10_000
"""Files of a folder that are looked at."""


def send_report(raw: bytes, address: UdpAddress) -> None:
    """Send a report as a datagram.

    Raises:
        MissingError: the network cannot be reached.
    """
    try:
        with socket.socket(address.family, socket.SOCK_DGRAM) as out:
            out.sendto(raw, address.place)
    except OSError as error:
        raise MissingError(
            f"Nothing can be sent to {address.place[0]}: {error.strerror}.", "Check the network and the address."
        ) from error


class ReportFolder:
    """A folder that reports are put into; each file is read once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: set[tuple[str, int, int]] = set()

    def new(self) -> Iterator[bytes]:
        """What has come since; what is too long to be a report is passed over.

        Raises:
            OSError: the folder cannot be read.
        """
        for number, file in enumerate(sorted(self._folder.iterdir())):
            if number >= MOST_FILES:
                return
            if file.suffix != ENDING or file.is_symlink() or not file.is_file():
                continue
            status = file.stat()
            key = (file.name, status.st_size, status.st_mtime_ns)
            if key not in self._seen and len(self._seen) < 10 * MOST_FILES:
                self._seen.add(key)
                if status.st_size <= MOST_BYTES:
                    yield file.read_bytes()


def heard(address: UdpAddress, *, wait: float) -> Iterator[bytes | None]:
    """Reports that come to an address, without end; None whenever none has come for `wait` seconds.

    Raises:
        MissingError: the address is not one of this machine, or is taken.
    """
    return received_datagrams(address, wait=wait)
