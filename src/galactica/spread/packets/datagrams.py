"""Packets as UDP datagrams: to one machine, to a group of them (multicast), or to all of a network; and back.

One packet is one datagram (RFC 768). Nothing is asked, nothing answered. What is sent is paced: between two packets
passes as much time as the link needs for one, headers included, so that queues on the way stay empty.
"""

from __future__ import annotations

import errno
import ipaddress
import queue
import socket
import struct
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from galactica.errors import MissingError, UsageError
from galactica.spread.packets.carousel import Sent
from galactica.spread.packets.packet import MAX_PACKET

HEADERS = {socket.AF_INET: 28, socket.AF_INET6: 48}
"""Bytes that IP and UDP put before a packet."""

BUFFER = 8 * 2**20
"""Bytes that the system is asked to hold of what has come and was not read yet."""

MAX_QUEUED = 32_768
"""Packets that are held while a block is restored or an edition is put together; what comes beyond is lost, as on the
way."""

AHEAD = 0.002
"""Seconds that sending may be before its time: shorter sleeps are none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UdpAddress:
    """Where datagrams go, or come from.

    Attributes:
        family: of the address.
        place: as the system takes it.
        group: whether it is a multicast group.
    """

    family: socket.AddressFamily
    place: tuple[str, int]
    group: bool

    @property
    def headers(self) -> int:
        """Bytes that IP and UDP put before a packet."""
        return HEADERS[self.family]


def udp_address(text: str) -> UdpAddress:
    """The address HOST:PORT, where HOST is a name, an IPv4 address, or an IPv6 address in brackets.

    Raises:
        UsageError: it is none.
        MissingError: the name is not known.
    """
    host, _, port = text.rpartition(":")
    host = host[1:-1] if host.startswith("[") and host.endswith("]") else host
    if not port.isascii() or not port.isdigit() or not 0 < int(port) < 1 << 16 or not host or "[" in host:
        raise UsageError(f"{text!r} is no HOST:PORT.", "Write it like 239.1.2.3:4567, or [ff05::7]:4567.")
    try:
        found = socket.getaddrinfo(host, int(port), type=socket.SOCK_DGRAM)
    except (OSError, UnicodeError) as error:
        raise MissingError(f"The name {host} is not known here.", "Write the address in numbers.") from error
    family, _, _, _, place = next((each for each in found if each[0] in HEADERS), found[0])
    number = str(place[0])
    return UdpAddress(
        family=family,
        place=(number, int(port)),
        group=ipaddress.ip_address(number.partition("%")[0]).is_multicast,
    )


def send_datagrams(
    packets: Iterable[Sent],
    address: UdpAddress,
    *,
    rate: int,
    hops: int,
    clock: Callable[[], float],
    sleep: Callable[[float], None],
    sent: Callable[[Sent], None],
) -> None:
    """Send packets at a rate, until there are no more.

    Args:
        rate: bits a second, headers of IP and UDP among them.
        hops: routers that a packet to a group may pass (TTL).
        clock, sleep: of the machine, in seconds.
        sent: told of each packet that is on its way.

    Raises:
        UsageError: packets are too long for the link.
        MissingError: the network cannot be reached.
    """
    due = clock()
    with socket.socket(address.family, socket.SOCK_DGRAM) as out:
        if address.family == socket.AF_INET:
            out.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, hops)
            out.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        else:
            out.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_HOPS, hops)
        for each in packets:
            now = clock()
            if due - now > AHEAD:
                sleep(due - now)
            due = max(due, now - AHEAD) + 8 * (len(each.packet) + address.headers) / rate
            _send(out, each.packet, address, sleep)
            sent(each)


def _send(out: socket.socket, packet: bytes, address: UdpAddress, sleep: Callable[[float], None]) -> None:
    while True:
        try:
            out.sendto(packet, address.place)
            return
        except OSError as error:
            if error.errno in (errno.ENOBUFS, errno.EAGAIN):  # the machine's own queue is full: a packet's time later
                sleep(AHEAD)
            elif error.errno == errno.ECONNREFUSED:  # nobody listens there yet; somebody may
                return
            elif error.errno == errno.EMSGSIZE:
                raise UsageError(
                    f"A packet of {len(packet)} bytes is too long for the link.", "Choose a smaller --packet."
                ) from error
            else:
                raise MissingError(
                    f"Nothing can be sent to {address.place[0]}: {error.strerror}.",
                    "Check the network and the address.",
                ) from error


def received_datagrams(address: UdpAddress, *, wait: float) -> Iterator[bytes | None]:
    """What comes to an address, without end; None whenever nothing has come for `wait` seconds.

    A thread reads meanwhile, so that little is lost while whoever asks is busy.

    Raises:
        MissingError: the address is not one of this machine, or is taken.
    """
    waiting: queue.Queue[bytes] = queue.Queue(MAX_QUEUED)
    ended = threading.Event()
    with socket.socket(address.family, socket.SOCK_DGRAM) as into:
        _listen(into, address)
        into.settimeout(0.2)

        def read() -> None:
            while not ended.is_set():
                try:
                    waiting.put_nowait(into.recv(MAX_PACKET + 1))
                except (queue.Full, TimeoutError):
                    continue
                except OSError:
                    return

        reader = threading.Thread(target=read, daemon=True)
        reader.start()
        try:
            while True:
                try:
                    yield waiting.get(timeout=wait)
                except queue.Empty:
                    yield None
        finally:
            ended.set()
            reader.join()


def _listen(into: socket.socket, address: UdpAddress) -> None:
    into.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    into.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
    host, port = address.place
    try:
        into.bind((host, port))
        if address.group and address.family == socket.AF_INET:
            member = socket.inet_aton(host) + struct.pack("=I", socket.INADDR_ANY)
            into.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, member)
        elif address.group:
            member = socket.inet_pton(socket.AF_INET6, host.partition("%")[0]) + struct.pack("@I", 0)
            into.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP, member)
    except OSError as error:
        raise MissingError(
            f"Nothing can be received at {host}:{port}: {error.strerror}.",
            "Name an address of this machine (0.0.0.0 for all) or of a group, and a port that is free.",
        ) from error
