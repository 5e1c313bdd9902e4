"""Where a publication lies: an address on the net, or a folder on a disc or stick. Neither is believed anything.

A mirror gives bytes by path, as a stream from a place in it on. Redirects are followed as `follow` does: at most
`HOPS`, none in a circle, none from https to http, and from what is on the public net none to what is not. An address
that says by itself that it is of this machine or its network is asked where a person named it, and sends on to no other
of these unless they are allowed. Every wait is bounded (`network.connection`), and so is the slowest rate.
Standards: RFC 9110 §14 (range requests), §15.4 (redirects).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from galactica import __version__
from galactica.errors import UsageError
from galactica.network.addresses import AddressError, checked_address, is_named_local, redirected, server_of
from galactica.network.connection import PIECE, FetchError, Opener, ServerReply

HOPS = 5
"""Redirects that are followed."""

GRACE, SLOWEST = 30.0, 256
"""Seconds until a file must have begun to come at a rate that is not there to hold anybody up, and that rate in bytes a
second: slower than a modem of 1980."""

__all__ = ["FolderMirror", "HttpMirror", "Mirror", "Opener", "leaving", "mirror_of", "read_file"]

AGENT = f"galactica/{__version__}"
"""What servers are told of who asks."""

_MOVED = frozenset((301, 302, 303, 307, 308))
_ABSENT = frozenset((403, 404, 410))
"""A bucket whose names may not be listed says 403 of what it does not have."""

_BUSY = frozenset((429, 500, 502, 503, 504))
_RANGE = re.compile(r"bytes (\d{1,15})-\d{1,15}/(?:\d{1,15}|\*)")
_LONGEST_WAIT = 60.0
"""Seconds that a server may ask to wait."""


class Mirror(Protocol):
    """Somewhere that a publication lies."""

    name: str
    """As the person named it."""

    online: bool
    """Whether it is asked over the net, where what it says of what is newest must not be old."""

    def opened(self, path: str, start: int, most: int) -> Iterator[bytes] | None:
        """The bytes of a file of the publication from `start` on, as they come; None where there is no such file.

        Args:
            path: of letters, digits and `/ . -`, made of numbers and hashes alone.
            most: bytes that are wanted at the most: sets how long it may take, and no more is given than one beyond.

        Raises:
            FetchError: they do not come.
        """


class FolderMirror:
    """A publication in a folder."""

    online = False

    def __init__(self, folder: Path) -> None:
        self.folder, self.name = folder, str(folder)

    def opened(self, path: str, start: int, most: int) -> Iterator[bytes] | None:
        """See `Mirror`; links are not followed out of the folder."""
        place = self.folder / path
        if not place.is_file() or not place.resolve().is_relative_to(self.folder.resolve()):
            return None
        return self._pieces(place, start, most)

    def _pieces(self, place: Path, start: int, most: int) -> Iterator[bytes]:
        given = start
        try:
            with place.open("rb") as file:
                file.seek(start)
                while given <= most and (piece := file.read(PIECE)):
                    given += len(piece)
                    yield piece
        except OSError as error:
            raise FetchError("broken", f"{place.name} cannot be read: {error.strerror}") from error


class HttpMirror:
    """A publication at an address.

    Args:
        address: of its folder, as the person named it.
        opener: sends requests.
        agent: what the server is told of who asks.
        clock: seconds from anywhere, never backwards.
        allow_local: whether it may be on this machine or its network though it does not say so, and send on there.

    Raises:
        UsageError: it is no address that is fetched.
    """

    online = True

    def __init__(
        self, address: str, opener: Opener, *, agent: str, clock: Callable[[], float], allow_local: bool
    ) -> None:
        try:
            self._base = checked_address(address)
        except AddressError as error:
            raise UsageError(
                f"{address[:200]!r} is not fetched: {error}.", "Name an address of http or https."
            ) from None
        self._base += "" if self._base.endswith("/") else "/"
        self._open, self._agent, self._clock, self._local = opener, agent, clock, allow_local
        self._own = server_of(self._base) if is_named_local(self._base) else ""
        self.name = address

    def opened(self, path: str, start: int, most: int) -> Iterator[bytes] | None:
        """See `Mirror`."""
        seconds = GRACE + max(0, most - start) / SLOWEST
        headers = {"User-Agent": self._agent, "Accept": "*/*", "Accept-Encoding": "identity"}
        if start:
            headers["Range"] = f"bytes={start}-"
        reply = self._arrived(self._base + path, headers, seconds)
        try:
            if reply.status in _ABSENT:
                reply.__exit__(None, None, None)
                return None
            skip = _skipped(reply, start)
        except BaseException:
            reply.__exit__(None, None, None)
            raise
        return self._pieces(reply, start, skip, most)

    def _pieces(self, reply: ServerReply, start: int, skip: int, most: int) -> Iterator[bytes]:
        begun, came, given = self._clock(), 0, start
        with reply:
            while given <= most and (piece := reply.read()):
                came += len(piece)
                late = self._clock() - begun - GRACE
                if late > 0 and came < SLOWEST * late:
                    raise FetchError("timeout", f"it sends fewer than {SLOWEST} bytes a second")
                piece, skip = piece[skip:], max(0, skip - len(piece))
                given += len(piece)
                if piece:
                    yield piece

    def _arrived(self, address: str, headers: dict[str, str], seconds: float) -> ServerReply:
        """The reply at the end of all redirects."""
        seen = {address}
        local, first, own = self._local, True, self._own
        while True:
            meant = local or (own != "" and server_of(address) == own)
            reply = self._open(address, headers, local=meant, seconds=seconds)
            if first:
                local, first = local and reply.local, False
            if not reply.local:
                own = ""
            if reply.status not in _MOVED or "location" not in reply.headers:
                return reply
            with reply:
                try:
                    address = redirected(address, reply.headers["location"])
                except AddressError as error:
                    raise FetchError(
                        "redirects", f"it sends on to where nothing is fetched: {error}", lasting=True
                    ) from None
            if address in seen or len(seen) > HOPS:
                raise FetchError("redirects", "it sends on in a circle, or too often", lasting=True)
            seen.add(address)


def mirror_of(
    named: str, opener: Opener, *, clock: Callable[[], float], allow_local: bool, agent: str = AGENT
) -> Mirror:
    """The mirror that a person named: an address of http or https, or a folder.

    Raises:
        UsageError: it is neither.
    """
    if "://" in named:
        return HttpMirror(named, opener, agent=agent, clock=clock, allow_local=allow_local)
    folder = Path(named)
    if not folder.is_dir():
        raise UsageError(f"{named} is no folder, and no address.", "Name a publication: https://… or a folder.")
    return FolderMirror(folder)


def _skipped(reply: ServerReply, start: int) -> int:
    """How many bytes of a reply stand before those that were asked for; FetchError where it is no answer to that."""
    status = reply.status
    if status in _BUSY:
        said = reply.headers.get("retry-after", "").strip()
        again = min(float(said[:9]), _LONGEST_WAIT) if said.isascii() and said.isdigit() else None
        raise FetchError("busy", f"the server is busy (HTTP {status})", status=status, again=again)
    if status not in (200, 206):
        raise FetchError("status", f"the server answers HTTP {status}", status=status, lasting=status != 416)
    if reply.headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
        raise FetchError("encoding", "it sends packed what was asked for as it is", lasting=True)
    if status == 200:
        return start
    found = _RANGE.fullmatch(reply.headers.get("content-range", "").strip())
    if found is None or int(found[1]) != start:
        raise FetchError("broken", "it sends another part than was asked for", lasting=True)
    return 0


def read_file(mirror: Mirror, path: str, most: int) -> bytes | None:
    """A small file of a publication whole; None where there is none.

    Raises:
        FetchError: it does not come, or has more than `most` bytes.
    """
    pieces = mirror.opened(path, 0, most)
    if pieces is None:
        return None
    raw = bytearray()
    for piece in pieces:
        raw += piece
        if len(raw) > most:
            raise FetchError("too-large", f"{path} has more than {most:,} bytes", lasting=True)
    return bytes(raw)


@contextmanager
def leaving(pieces: Iterator[bytes]) -> Iterator[Iterator[bytes]]:
    """Close the stream when the block ends, wherever in it that is."""
    try:
        yield pieces
    finally:
        close = getattr(pieces, "close", None)
        if close is not None:
            close()
