"""The announcement: what a receiver must know before blocks mean anything to it, sent again and again.

It holds the release document, its signatures and the chain of root documents, as files by name, and is itself a block
that any k of its symbols restore. Its bytes: zlib (RFC 1950) of, for each file, the length of its name (1 byte), the
name, the length of the file (4 bytes, big-endian) and the file. The release document comes first. Nothing is trusted
here: the caller checks the document by its signatures.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from dataclasses import dataclass

from galactica.spread.packets.packet import RELEASE_BYTES

MAX_ANNOUNCEMENT = 2 * 2**20
"""Bytes of an announcement as it travels: as many as 32,768 of the shortest symbols hold."""

MAX_UNPACKED = 32 * 2**20
"""Bytes of its files together: the document of an edition of 10 GB has some 8 MB."""

MAX_FILES = 255
"""Files: signatures are few, and so are changes of roots."""

_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,99}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What is announced.

    Attributes:
        document: the bytes of the release document.
        files: (name, bytes) of what proves it: signatures and root documents, in the order in which they are sent.
    """

    document: bytes
    files: tuple[tuple[str, bytes], ...] = ()

    @property
    def release(self) -> bytes:
        """What packets call the release."""
        return hashlib.sha256(self.document).digest()[:RELEASE_BYTES]

    def to_bytes(self) -> bytes:
        """As it travels.

        Raises:
            ValueError: it has too many files or bytes, or a name that a file must not have.
        """
        parts = [_file("release.json", self.document)]
        parts += [_file(name, content) for name, content in self.files]
        if len(parts) > MAX_FILES or sum(map(len, parts)) > MAX_UNPACKED:
            raise ValueError("the announcement has too many files, or they are too large")
        packed = zlib.compress(b"".join(parts), 9)
        if len(packed) > MAX_ANNOUNCEMENT:
            raise ValueError(f"the announcement has {len(packed):,} bytes; at most {MAX_ANNOUNCEMENT:,} can be sent")
        return packed


def read_announcement(packed: bytes) -> Announcement:
    """The announcement in these bytes.

    Raises:
        ValueError: they are none, or it is larger than one may be.
    """
    unpacker = zlib.decompressobj()
    try:
        raw = unpacker.decompress(packed, MAX_UNPACKED + 1)
    except zlib.error as error:
        raise ValueError("its compression is damaged") from error
    if len(raw) > MAX_UNPACKED or not unpacker.eof or unpacker.unused_data:
        raise ValueError("it is too large, or ends too early or too late")
    files: list[tuple[str, bytes]] = []
    at = 0
    while at < len(raw):
        name, at = _taken(raw, at, 1)
        content, at = _taken(raw, at, 4)
        text = name.decode("ascii", "replace")
        if not _NAME.fullmatch(text) or len(files) == MAX_FILES:
            raise ValueError("it has a file with no name of a file, or too many")
        files.append((text, content))
    if not files or files[0][0] != "release.json" or len({name for name, _ in files}) != len(files):
        raise ValueError("it has no release document, or two files of one name")
    return Announcement(document=files[0][1], files=tuple(files[1:]))


def _file(name: str, content: bytes) -> bytes:
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name for a file of an announcement")
    return bytes([len(name)]) + name.encode() + len(content).to_bytes(4, "big") + content


def _taken(raw: bytes, at: int, width: int) -> tuple[bytes, int]:
    """What stands behind its own length at `at`, and where it ends."""
    start = at + width
    end = start + int.from_bytes(raw[at:start], "big")
    if end > len(raw) or start > len(raw):
        raise ValueError("it ends too early")
    return raw[start:end], end
