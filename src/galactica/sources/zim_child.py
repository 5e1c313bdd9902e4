"""The process that opens a ZIM file and tells what it finds, so that nothing the file does can hurt its reader.

Run by `zim_guard`: `python -P -m galactica.sources.zim_child PATH START`. It tells what it finds on its standard output
(`child_message`) and uses the standard library, numpy and libzim only, so that it starts fast.

Rules:
1. The file is hostile. Memory is bounded by `DATA_LIMIT`; a crash or a hang of libzim ends this process and no other.
2. Order: content in the order of its clusters (each cluster is unpacked once), then redirects in path order. The place
   in this order is the sequence number of a frame; the same file always gives the same numbers, so that `zim_guard`
   can start again behind an entry that killed this process.
3. Every entry gives exactly one frame, except metadata, which is told first.

Layout of a ZIM: https://wiki.openzim.org/wiki/ZIM_file_format (header, dirents).
"""

from __future__ import annotations

import contextlib
import hashlib
import struct
import threading
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from galactica.sources.child_frame import tell_to_pipe
from galactica.sources.child_message import MAX_CONTENT, ChildMessage, Teller
from galactica.sources.zim_kinds import zim_kind
from galactica.sources.zim_parts import SplitFile, parts_of

MAX_METADATA = 2**16
"""Bytes of one metadata value that are told; titles and licences are far shorter."""

DATA_LIMIT = 3 * 2**30
"""Bytes of memory this process may take for itself (files it maps not counted), against clusters that unpack to more
than a machine has. libzim keeps 512 MiB of clusters at most."""

MAX_HOPS = 32
"""How many redirects are followed to learn what kind of thing a redirect ends at."""

_HEADER = struct.Struct("<IHH16sIIQQQQIIQ")
_DIRENT = struct.Struct("<HBcIII")
_MAGIC = 72173914
_REDIRECT = 0xFFFF
_CONTENT_SPACES = frozenset(b"ABCIJ-")


class Item(Protocol):
    """What this module uses of libzim.reader.Item."""

    path: str
    mimetype: str
    size: int
    content: memoryview


class ZimEntry(Protocol):
    """What this module uses of libzim.reader.Entry."""

    path: str
    title: str
    is_redirect: bool
    _index: int

    def get_item(self) -> Item:
        """Its content; raises for a redirect."""

    def get_redirect_entry(self) -> ZimEntry:
        """Where it leads, one step."""


class Archive(Protocol):
    """What this module uses of libzim.reader.Archive."""

    metadata_keys: list[str]
    filesize: int

    def get_metadata_item(self, name: str) -> Item:
        """One metadata value."""

    def _get_entry_by_id(self, entry_id: int) -> ZimEntry:
        """An entry by its place in the path table."""


class Checksum(threading.Thread):
    """Compares the MD5 at the end of a ZIM with its bytes, beside the reading."""

    def __init__(self, paths: list[Path]) -> None:
        super().__init__(daemon=True)
        self._paths = paths
        self.fits = True

    def run(self) -> None:
        """Read the file once from end to end."""
        pieces = SplitFile(self._paths)
        position = _HEADER.unpack(pieces.read(0, _HEADER.size))[12]
        if not _HEADER.size <= position <= pieces.size - 16:
            return  # it has none: nothing to hold it against
        digest = hashlib.md5(usedforsecurity=False)
        for offset in range(0, position, 2**20):
            digest.update(pieces.read(offset, min(2**20, position - offset)))
        self.fits = digest.digest() == pieces.read(position, 16)
        pieces.close()


def entries_in_order(pieces: SplitFile, teller: Teller) -> tuple[Sequence[int], array[int]]:
    """The entries in reading order and the namespace letter of each entry.

    Returns:
        (entry numbers [n], namespace letters [entries]); metadata entries are not among the first.
    """
    import numpy as np

    header = _HEADER.unpack(pieces.read(0, _HEADER.size))
    count, table = header[4], header[6]
    keys = np.zeros(count, dtype=np.uint64)
    spaces = array("B", bytes(count))
    for block in range(0, count, 4096):
        if block % 2**20 == 0:
            teller.tell(ChildMessage(kind="alive"))
        pointers = pieces.read(table + 8 * block, 8 * min(4096, count - block))
        for entry, (pointer,) in enumerate(struct.iter_unpack("<Q", pointers), block):
            dirent = pieces.read(pointer, _DIRENT.size)
            if len(dirent) < _DIRENT.size:
                continue  # libzim will say the same when asked for it
            mime, _, space, _, cluster, blob = _DIRENT.unpack(dirent)
            spaces[entry] = space[0]
            keys[entry] = (0xFFFFFFFF << 32 | entry) if mime == _REDIRECT else cluster << 32 | blob
    order = np.argsort(keys, kind="stable").astype(np.uint32)
    order = order[np.frombuffer(spaces, dtype=np.uint8)[order] != ord("M")]
    return array("I", order.tobytes()), spaces


class ArchivePass:
    """One pass over an opened archive."""

    def __init__(self, archive: Archive, spaces: array[int]) -> None:
        self._archive = archive
        self._spaces = spaces

    def frame(self, number: int, entry_number: int) -> ChildMessage:
        """What there is to say about one entry; never raises."""
        where = f"entry {entry_number}"
        try:
            entry = self._archive._get_entry_by_id(entry_number)
            where = entry.path
            if self._spaces[entry_number] not in _CONTENT_SPACES:
                detail = "the ZIM's own index or list; an edition makes its own"
                return _bad(number, where, "not-an-article", detail)
            if entry.is_redirect:
                return self._redirect(number, entry)
            return _content(number, entry.path, entry.title, entry.get_item())
        except UnicodeDecodeError as error:
            return _bad(number, where, "bad-encoding", f"its name is not UTF-8: {error.reason}")
        except (Exception, MemoryError) as error:  # whatever libzim makes of broken bytes
            return _bad(number, where, "unreadable", f"{type(error).__name__}: {error}")

    def _redirect(self, number: int, entry: ZimEntry) -> ChildMessage:
        """A redirect to an article, or a second name of a picture, which is told as the picture itself."""
        target = following = entry.get_redirect_entry()
        for _ in range(MAX_HOPS):
            if not following.is_redirect:
                kind, mime = zim_kind(following.get_item().mimetype, following.path)
                if kind == "media" and self._spaces[entry._index] != ord("-"):
                    return _content(number, entry.path, entry.title, following.get_item())
                if kind in ("media", "other"):
                    return _bad(number, entry.path, "not-an-article", f"leads to {following.path} ({mime})")
                break
            following = following.get_redirect_entry()
        return ChildMessage(kind="redirect", number=number, path=entry.path, title=entry.title, target=target.path)


def _content(number: int, path: str, title: str, item: Item) -> ChildMessage:
    kind, mime = zim_kind(item.mimetype, item.path)
    if kind == "other":
        return _bad(number, path, "not-an-article", mime)
    if item.size > MAX_CONTENT:
        return _bad(number, path, "too-large", f"{item.size} bytes of {mime}")
    charset = item.mimetype.lower().partition("charset=")[2].strip(" \"';")[:40]
    content = bytes(item.content)
    return ChildMessage(kind=kind, number=number, path=path, title=title, mime=mime, detail=charset, content=content)


def _bad(number: int, where: str, reason: str, detail: str) -> ChildMessage:
    return ChildMessage(kind="bad", number=number, path=where, reason=reason, detail=detail)


def text_metadata(archive: Archive) -> Iterator[ChildMessage]:
    """What the ZIM says about itself, text values only, those that can be read."""
    for name in archive.metadata_keys:
        with contextlib.suppress(Exception):  # a missing value is the same as an unreadable one
            item = archive.get_metadata_item(name)
            if item.mimetype.startswith("text/plain") and item.size <= MAX_METADATA:
                yield ChildMessage(kind="metadata", path=name, content=bytes(item.content))


def tell_all(path: Path, start: int, teller: Teller) -> None:
    """Open the ZIM and tell everything from sequence number `start` on."""
    from libzim.reader import Archive as LibzimArchive

    try:
        archive: Archive = LibzimArchive(path)
        parts = parts_of(path)
        pieces = SplitFile(parts)
        magic = _HEADER.unpack(pieces.read(0, _HEADER.size))[0]
        if magic != _MAGIC:
            raise ValueError("no ZIM header")
        for frame in text_metadata(archive):
            teller.tell(frame)
        order, spaces = entries_in_order(pieces, teller)
    except Exception as error:
        teller.tell(ChildMessage(kind="failed", detail=str(error) or type(error).__name__))
        return
    pieces.close()
    teller.tell(ChildMessage(kind="ready", number=len(order), size=archive.filesize))
    checksum = Checksum(parts)
    checksum.start()
    reading = ArchivePass(archive, spaces)
    for number in range(start, len(order)):
        teller.tell(reading.frame(number, order[number]))
    while checksum.is_alive():
        checksum.join(5)
        teller.tell(ChildMessage(kind="alive"))
    if not checksum.fits:
        teller.tell(ChildMessage(kind="checksum"))
    teller.tell(ChildMessage(kind="end"))


if __name__ == "__main__":
    tell_to_pipe(tell_all, DATA_LIMIT)
