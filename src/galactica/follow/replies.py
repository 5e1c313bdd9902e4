"""What is taken of a reply: when it asks to come again, and its body, unpacked within a bound.

Of a packed body no more is unpacked than the bound and one byte, whatever it would become.
Standards: RFC 9110 §8.4.1.3 (gzip), §10.2.3 (Retry-After); RFC 1952.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from galactica.network.connection import FetchError, ServerReply
from galactica.values.moments import mail_moment

LONGEST_WAIT = 7 * 24 * 3600.0
"""Seconds that a server may keep us away."""

FED = 8192
"""Packed bytes that are unpacked at a time: what follows a stream is copied, and a stream may have 20 bytes."""


def retry_after(written: str, now: float) -> float | None:
    """Seconds that a server asks to wait, 0 to `LONGEST_WAIT`; None where it says nothing that can be read."""
    text = written.strip()
    if text.isascii() and text.isdigit():
        return float(min(int(text[:12]), LONGEST_WAIT))
    moment = mail_moment(text)
    return None if moment is None else min(max(0.0, moment.timestamp() - now), LONGEST_WAIT)


def unzipped(body: bytes, limit: int) -> bytes:
    """A body that is packed by gzip, without that; any other as it is.

    Raises:
        FetchError: "too-large", "broken".
    """
    return b"".join(_inflated(iter((body,)), limit)) if body[:2] == b"\x1f\x8b" else body


def body_of(reply: ServerReply, limit: int) -> bytes:
    """The body of a reply, unpacked.

    Raises:
        FetchError: "too-large", "broken", "encoding".
    """
    coding = reply.headers.get("content-encoding", "").strip().lower()
    if coding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise FetchError(
            "encoding", f"the reply is packed in a way that was not asked for ({coding[:40]})", lasting=True
        )
    pieces = _pieces(reply, limit)
    return b"".join(pieces if coding in ("", "identity") else _inflated(pieces, limit))


def _pieces(reply: ServerReply, limit: int) -> Iterator[bytes]:
    size = 0
    while piece := reply.read():
        size += len(piece)
        if size > limit:
            raise FetchError("too-large", f"the reply has more than {limit:,} bytes", lasting=True)
        yield piece


def _inflated(pieces: Iterator[bytes], limit: int) -> Iterator[bytes]:
    """What packed pieces hold, however many streams one behind the other, wherever a piece ends."""
    worker = zlib.decompressobj(wbits=47)  # gzip or zlib, as its first bytes say
    size, within = 0, False
    for piece in _cut(pieces):
        while piece:
            if worker.eof:  # between two streams
                piece = piece.lstrip(b"\0")
                worker = zlib.decompressobj(wbits=47) if piece else worker
                continue
            try:
                got = worker.decompress(piece, limit - size + 1)
            except zlib.error as error:
                raise FetchError("broken", f"the reply cannot be unpacked: {error}") from None
            size += len(got)
            if size > limit:
                raise FetchError("too-large", f"the reply unpacks to more than {limit:,} bytes", lasting=True)
            yield got
            within = not worker.eof
            piece = worker.unconsumed_tail if within else worker.unused_data
    if within:
        raise FetchError("broken", "the reply breaks off inside what is packed")


def _cut(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes, `FED` at a time at most."""
    for piece in pieces:
        for start in range(0, len(piece), FED):
            yield piece[start : start + FED]
