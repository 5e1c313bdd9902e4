"""The process that opens a ZIM file and tells what it finds, so that nothing the file does can hurt its reader.

Run as a script by `zim_guard`: `python -P zim_child.py PATH START`. It talks through its standard output in frames and
uses the standard library, numpy and libzim only, so that it starts fast and needs no package path.

Rules:
1. The file is hostile. Memory is bounded by `DATA_LIMIT`; a crash or a hang of libzim ends this process and no other.
2. Order: content in the order of its clusters (each cluster is unpacked once), then redirects in path order. The place
   in this order is the sequence number of a frame; the same file always gives the same numbers, so that `zim_guard`
   can start again behind an entry that killed this process.
3. Every entry gives exactly one frame, except metadata, which is told first.

Message: two little-endian u32 (length of the header, length of the content), the header (a JSON array of the fields of
`ChildMessage` but the last), the content. Layout of a ZIM: https://wiki.openzim.org/wiki/ZIM_file_format (header,
dirents).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import struct
import sys
import threading
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

MAX_CONTENT = 64 * 2**20
"""Bytes of one entry above which its content is not read. Equals `contract.MAX_DOCUMENT` (a test holds them equal)."""

MAX_METADATA = 2**16
"""Bytes of one metadata value that are told; titles and licences are far shorter."""

DATA_LIMIT = 3 * 2**30
"""Bytes of memory this process may take for itself (files it maps not counted), against clusters that unpack to more
than a machine has. libzim keeps 512 MiB of clusters at most."""

MAX_HOPS = 32
"""How many redirects are followed to learn what kind of thing a redirect ends at."""

_HEADER = struct.Struct("<IHH16sIIQQQQIIQ")
_DIRENT = struct.Struct("<HBcIII")
_FRAME = struct.Struct("<II")
_MAGIC = 72173914
_REDIRECT = 0xFFFF
_CONTENT_SPACES = frozenset(b"ABCIJ-")
_MEDIA_MIMES = frozenset(
    "application/pdf application/ogg application/epub+zip application/zip application/x-zip-compressed "
    "application/msword application/rtf text/rtf text/csv text/tab-separated-values text/calendar "
    "application/x-subrip application/gzip application/x-gzip application/x-bzip2 application/x-xz application/x-tar "
    "application/x-7z-compressed application/vnd.rar application/postscript application/x-bittorrent "
    "application/x-mobipocket-ebook application/x-ipynb+json application/geo+json model/stl".split()
)
"""Files that pages link to, to be read by another program."""
_OFFICE = ("application/vnd.openxmlformats", "application/vnd.oasis.", "application/vnd.ms-", "image/vnd.djvu")
_FONTS = "application/vnd.ms-fontobject"
_CODE = (".php", ".js", ".mjs", ".json", ".css", ".xml", ".map", ".asp", ".aspx", ".cgi", "robots.txt")
_NO_MIME = frozenset({"", "undefined", "application/octet-stream", "binary/octet-stream", "inode/x-empty"})
_BY_SUFFIX = {
    "html": "text/html", "htm": "text/html", "xhtml": "application/xhtml+xml", "txt": "text/plain",
    "md": "text/markdown", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif",
    "svg": "image/svg+xml", "webp": "image/webp", "avif": "image/avif", "mp3": "audio/mpeg", "ogg": "audio/ogg",
    "oga": "audio/ogg", "opus": "audio/ogg", "wav": "audio/wav", "ogv": "video/ogg", "webm": "video/webm",
    "mp4": "video/mp4", "vtt": "text/vtt", "pdf": "application/pdf", "epub": "application/epub+zip",
    "zip": "application/zip", "csv": "text/csv", "srt": "application/x-subrip", "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text", "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint", "rtf": "application/rtf", "7z": "application/x-7z-compressed",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildMessage:
    """One thing the child says.

    Attributes:
        kind: "metadata" (path = name, content = value), "ready" (number = how many frames with a sequence number will
            follow, size = bytes of the file), "page", "text", "media", "redirect" (target), "bad" (reason, detail),
            "alive" (nothing new), "checksum" (it does not fit), "failed" (detail: cannot be opened), "end".
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


def parts_of(path: Path) -> list[Path]:
    """The files that make up a ZIM: itself, or `.zimaa`, `.zimab` … as far as they go without a gap."""
    name = path.name
    stem = name[:-2] if name.endswith(".zimaa") else name
    if path.is_file() and stem == name:
        return [path]
    found = []
    for number in range(26 * 26):
        part = path.with_name(f"{stem}{chr(97 + number // 26)}{chr(97 + number % 26)}")
        if not part.is_file():
            break
        found.append(part)
    return found


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


class SplitFile:
    """A ZIM file, split or not, as one row of bytes."""

    def __init__(self, paths: list[Path]) -> None:
        self._files: list[BinaryIO] = [path.open("rb", buffering=0) for path in paths]
        self._starts = [0]
        for file in self._files:
            self._starts.append(self._starts[-1] + os.fstat(file.fileno()).st_size)
        self.size = self._starts[-1]

    def read(self, offset: int, length: int) -> bytes:
        """Bytes [offset, offset + length); fewer at the end. Not for use by two threads at once."""
        found = b""
        while length > 0 and 0 <= offset < self.size:
            part = bisect_right(self._starts, offset) - 1
            self._files[part].seek(offset - self._starts[part])
            got = self._files[part].read(min(length, self._starts[part + 1] - offset))
            if not got:
                break
            found, offset, length = found + got, offset + len(got), length - len(got)
        return found

    def close(self) -> None:
        """Let go of the files."""
        for file in self._files:
            file.close()


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


def kind_of(mime: str, path: str) -> tuple[str, str]:
    """What an entry is to an encyclopedia: ("page" | "text" | "media" | "other", its bare media type)."""
    mime = mime.partition(";")[0].strip().lower()
    if mime in _NO_MIME:
        mime = _BY_SUFFIX.get(path.rpartition(".")[2].lower(), mime)
    if mime in ("text/html", "application/xhtml+xml"):
        return "page", mime
    if mime in ("text/plain", "text/markdown") and not path.lower().endswith(_CODE):
        return "text", mime
    if mime.startswith(("image/", "audio/", "video/")) or mime in _MEDIA_MIMES or mime == "text/vtt":
        return "media", mime
    if mime.startswith(_OFFICE) and mime != _FONTS:
        return "media", mime
    return "other", mime


def encode(frame: ChildMessage) -> bytes:
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
        self._out.write(encode(frame) + frame.content)
        self._out.flush()


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
                kind, mime = kind_of(following.get_item().mimetype, following.path)
                if kind == "media" and self._spaces[entry._index] != ord("-"):
                    return _content(number, entry.path, entry.title, following.get_item())
                if kind in ("media", "other"):
                    return _bad(number, entry.path, "not-an-article", f"leads to {following.path} ({mime})")
                break
            following = following.get_redirect_entry()
        return ChildMessage(kind="redirect", number=number, path=entry.path, title=entry.title, target=target.path)


def _content(number: int, path: str, title: str, item: Item) -> ChildMessage:
    kind, mime = kind_of(item.mimetype, item.path)
    if kind == "other":
        return _bad(number, path, "not-an-article", mime)
    if item.size > MAX_CONTENT:
        return _bad(number, path, "too-large", f"{item.size} bytes of {mime}")
    charset = item.mimetype.lower().partition("charset=")[2].strip(" \"';")[:40]
    content = bytes(item.content)
    return ChildMessage(kind=kind, number=number, path=path, title=title, mime=mime, detail=charset, content=content)


def _bad(number: int, where: str, reason: str, detail: str) -> ChildMessage:
    return ChildMessage(kind="bad", number=number, path=where, reason=reason, detail=detail)


def metadata(archive: Archive) -> Iterator[ChildMessage]:
    """What the ZIM says about itself, text values only, those that can be read."""
    for name in archive.metadata_keys:
        with contextlib.suppress(Exception):  # a missing value is the same as an unreadable one
            item = archive.get_metadata_item(name)
            if item.mimetype.startswith("text/plain") and item.size <= MAX_METADATA:
                yield ChildMessage(kind="metadata", path=name, content=bytes(item.content))


def read(path: Path, start: int, teller: Teller) -> None:
    """Open the ZIM and tell everything from sequence number `start` on."""
    from libzim.reader import Archive as LibzimArchive

    try:
        archive: Archive = LibzimArchive(path)
        parts = parts_of(path)
        pieces = SplitFile(parts)
        magic = _HEADER.unpack(pieces.read(0, _HEADER.size))[0]
        if magic != _MAGIC:
            raise ValueError("no ZIM header")
        for frame in metadata(archive):
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


def _bound_memory() -> None:
    """Where the system can: Linux counts private memory against RLIMIT_DATA since 4.7 (getrlimit(2))."""
    try:
        import resource
    except ImportError:
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (DATA_LIMIT, DATA_LIMIT))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Keep the pipe for frames only: libzim and Xapian write notes of their own to standard output."""
    out = os.fdopen(os.dup(1), "wb", buffering=2**16)
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    _bound_memory()
    with contextlib.suppress(BrokenPipeError, KeyboardInterrupt):  # nobody listens any more
        read(Path(sys.argv[1]), int(sys.argv[2]), Teller(out))
        return
    os._exit(0)


if __name__ == "__main__":
    main()
