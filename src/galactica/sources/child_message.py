"""What a process that reads a hostile file says to its guard, and how it goes through the pipe between them.

A frame: two little-endian u32 (length of the header, length of the content), the header (a JSON array of the fields of
`ChildMessage` but the last), the content. What comes out of the pipe is not trusted: who wrote the file may speak.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

MAX_CONTENT = 64 * 2**20
"""Bytes of one entry above which its content is not read. Equals `contract.MAX_DOCUMENT` (a test holds them equal)."""

MAX_HEADER = 2**20
"""Bytes of a frame's header; paths and titles of a ZIM, the longest that there are, have at most 64 KiB each."""

_FRAME = struct.Struct("<II")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildMessage:
    """One thing the child says.

    Attributes:
        kind: "metadata" (path = name, content = value), "ready" (number = how many frames with a sequence number will
            follow, size = bytes of the file), "page", "text", "media", "redirect" (target), "bad" (reason, detail),
            "alive" (nothing new), "checksum" (it does not fit), "failed" (reason, detail: cannot be opened), "end".
        number: sequence number, from 0.
        mime: bare media type, lower-case; its parameters are dropped, a declared charset is in `detail`.
    """

    kind: str
    number: int = -1
    path: str = ""
    title: str = ""
    mime: str = ""
    target: str = ""
    reason: str = ""
    detail: str = ""
    size: int = 0
    content: bytes = b""


def _encode(frame: ChildMessage) -> bytes:
    """A frame as it goes through the pipe, without its content."""
    fields = [frame.kind, frame.number, frame.path, frame.title, frame.mime, frame.target]
    header = json.dumps([*fields, frame.reason, frame.detail[:500], frame.size]).encode()
    return _FRAME.pack(len(header), len(frame.content)) + header


class Teller:
    """Writes frames to the pipe, each at once: what was told before a crash counts."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out

    def tell(self, frame: ChildMessage) -> None:
        """Send one frame off."""
        self._out.write(_encode(frame) + frame.content)
        self._out.flush()


def message_from(read: Callable[[int], bytes]) -> ChildMessage | None:
    """The next frame; None where there is no whole one, because the child has ended, however it did.

    Args:
        read: gives as many bytes of the pipe as it is asked for, fewer at the end.

    Raises:
        ValueError: a frame larger than a child may send.
    """
    head = read(_FRAME.size)
    if len(head) < _FRAME.size:
        return None
    header_length, content_length = _FRAME.unpack(head)
    if header_length > MAX_HEADER or content_length > MAX_CONTENT:
        raise ValueError("a frame larger than may be sent")
    header, content = read(header_length), read(content_length)
    if len(header) < header_length or len(content) < content_length:
        return None
    kind, number, path, title, mime, target, reason, detail, size = json.loads(header)
    return ChildMessage(
        kind=kind, number=number, path=path, title=title, mime=mime, target=target, reason=reason,
        detail=detail, size=size, content=content,
    )  # fmt: skip
