"""A zip archive whose parts are asked for by name: what books and office files lie in (`Zipped`).

Folders are walked file by file (`trees.walk_zip`); here one part leads to the next. Rules: nothing is unpacked to disk;
a part is read up to a limit, all of them together up to what an archive of this size may hold (`packed.Budget`), so
that no part is a bomb and parts that share their bytes are none either. As much is read as can be told for certain:
bytes before and after the archive, a missing or wrong directory (then the parts' own headers are looked for), headers
that differ, sizes that stand behind the data. What is damaged is given with its fault (`ZipPart`), what cannot be
given at all is in `faults` with its reason. Names: "\\\\" is "/", a "/" at the start goes; of two parts of one name the
later counts, as unpackers do. Standard: APPNOTE.TXT 6.3.10; ISO/IEC 21320-1 (only stored and deflated).
"""

from __future__ import annotations

import contextlib
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import BinaryIO
from urllib.parse import unquote

from galactica.errors import BrokenInputError, InputError
from galactica.model import Rejected
from galactica.sources import packed, zip_headers
from galactica.sources.contract import MAX_DOCUMENT
from galactica.sources.paths import clean_path, printable
from galactica.sources.trees import rejected

MAX_PARTS = 100_000
"""Parts of one archive; the rest is told as "too-many". The largest book known here has 3,000, one picture a page."""

MAX_DIRECTORY = 32 * 2**20
"""Bytes of an archive's directory, of which every entry costs some 600 in memory; `MAX_PARTS` names need half."""

PIECE = 2**20
"""Packed bytes that are read at a time."""

_STORED, _DEFLATED = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED


@dataclass(frozen=True, slots=True, kw_only=True)
class ZipFault:
    """Why a part cannot be given: its name as the archive has it, a word for `Rejected.reason`, and for a person."""

    where: str
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ZipPart:
    """A part that was read.

    Attributes:
        content: all of it, or as much as could be unpacked.
        fault: None, or what is wrong: "checksum" (all is there but not as it was packed), "truncated" (the end is
            missing).
    """

    content: bytes = field(repr=False)
    fault: packed.PackedError | None = None


class Zipped:
    """An open archive; close it by leaving its `with` block.

    Args:
        path: where it lies.

    Attributes:
        names: clean paths of the parts that can be asked for, in the archive's order.
        faults: what it holds besides, and what is wrong with it as a whole (`where` "").
        sizes: name → bytes as the archive states them; -1 where it does not.

    Raises:
        InputError: it is no zip archive, cannot be read, or everything in it is under a password.
    """

    def __init__(self, path: Path) -> None:
        self.names: tuple[str, ...] = ()
        self.faults: tuple[ZipFault, ...] = ()
        self.sizes: dict[str, int] = {}
        self._entries: dict[str, zip_headers.ZipEntry] = {}
        self._folded: dict[str, str] | None = None
        self._faulty: dict[str, ZipFault] | None = None
        self._path = path
        try:
            self._stream: BinaryIO = path.open("rb")
        except OSError as error:
            raise InputError(f"{path} cannot be read: {error.strerror}", "Check its permissions.") from error
        try:
            self._size = self._stream.seek(0, 2)
            self._budget = packed.Budget(self._size, MAX_PARTS)
            self._take_in(*self._directory())
        except BaseException:
            self._stream.close()
            raise

    def __enter__(self) -> Zipped:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stream.close()

    def find(self, name: str) -> str:
        """The part that a name means which another part gave; "" where there is none.

        Exactly, else percent-decoded, else by other case or another form of Unicode, as file systems take it that
        books and documents were made on. The name is one from the archive's root.
        """
        for form in dict.fromkeys((name, unquote(name))):
            path = clean_path(form.replace("\\", "/").lstrip("/"))
            if path in self._entries:
                return path
        if self._folded is None:
            self._folded = {}
            for path in self.names:
                self._folded.setdefault(_folded(path), path)
        found = (self._folded.get(_folded(form.lstrip("/"))) for form in (name, unquote(name)))
        return next((path for path in found if path), "")

    def fault_of(self, name: str) -> ZipFault | None:
        """Why a part of this name cannot be given, where the archive has one that cannot."""
        if self._faulty is None:
            self._faulty = {_folded(fault.where): fault for fault in reversed(self.faults) if fault.where}
        return self._faulty.get(_folded(unquote(name).lstrip("/")))

    def read(self, name: str, limit: int = MAX_DOCUMENT) -> ZipPart:
        """A part by one of `names`; as often as it is asked for.

        Raises:
            PackedError: it has more than `limit` bytes ("too-large"), the archive unpacks to more than its size
                allows, or nothing of it can be read.
            KeyError: there is none of this name.
        """
        entry = self._entries[name]
        try:
            content, fault = self._unpacked(entry, limit)
        except OSError as error:
            raise packed.PackedError("unreadable", error.strerror or "cannot be read") from error
        self._budget.take(len(content))
        if fault and not content:
            raise fault
        return ZipPart(content=content, fault=fault)

    def start(self, name: str, size: int = 4096) -> bytes:
        """The first bytes of a part, b"" where they cannot be had: what its kind is told by.

        Raises:
            KeyError: there is none of this name.
        """
        out = bytearray()
        with contextlib.suppress(packed.PackedError, OSError, zlib.error):
            for piece in self._pieces(self._entries[name], size):
                out += piece
                self._budget.take(len(piece))
                if len(out) >= size:
                    break
        return bytes(out[:size])

    def rejections(self, key: str) -> Iterator[Rejected]:
        """What could not be given, as a source yields it."""
        for fault in self.faults:
            yield rejected(key, printable(fault.where) or printable(self._path.name), fault.reason, fault.detail)

    def _directory(self) -> tuple[list[zip_headers.ZipEntry], str]:
        """The entries, and what is wrong with the archive's directory ("" for nothing)."""
        try:
            if zip_headers.directory_size(self._stream, self._size) > MAX_DIRECTORY:
                raise InputError(f"{self._path} is a zip archive of too many files", "Unpack it, and name the folder.")
            found = zip_headers.from_directory(self._stream)
        except zipfile.BadZipFile as error:
            return zip_headers.from_parts(self._stream, self._size, MAX_PARTS + 1), f"no directory ({error})"
        if all(zip_headers.data_start(self._stream, entry) >= 0 for entry in found[:MAX_PARTS]):
            return found, ""
        scanned = zip_headers.from_parts(self._stream, self._size, MAX_PARTS + 1)
        named = {entry.name: entry for entry in scanned}
        mended = [
            entry if zip_headers.data_start(self._stream, entry) >= 0 else named.get(entry.name, entry)
            for entry in found[:MAX_PARTS]
        ]
        return mended, "" if len(scanned) >= len(found) else "its directory names parts that are not there"

    def _take_in(self, found: list[zip_headers.ZipEntry], fault: str) -> None:
        faults = (
            [ZipFault(where="", reason="truncated", detail=f"the zip archive is damaged: {fault}")] if fault else []
        )
        if not found:
            raise BrokenInputError(f"{self._path} holds nothing that can be read", "Check that the file is whole.")
        if all(entry.encrypted for entry in found):
            raise InputError(f"{self._path} is under a password", "Take the password off, and name it again.")
        if len(found) > MAX_PARTS:
            faults.append(ZipFault(where="", reason="too-many", detail=f"more than {MAX_PARTS:,} parts"))
        for entry in found[:MAX_PARTS]:
            path = clean_path(entry.name.replace("\\", "/").lstrip("/"))
            reason, detail = _why_not(entry)
            if path is None:
                faults.append(ZipFault(where=entry.name, reason="bad-path"))
            elif reason:
                faults.append(ZipFault(where=path, reason=reason, detail=detail))
            else:
                if path in self._entries:
                    faults.append(ZipFault(where=path, reason="duplicate", detail="a later part has the same name"))
                self._entries[path] = entry
                self.sizes[path] = entry.size
        self.names = tuple(self._entries)
        self.faults = tuple(faults)

    def _unpacked(self, entry: zip_headers.ZipEntry, limit: int) -> tuple[bytes, packed.PackedError | None]:
        out = bytearray()
        fault: packed.PackedError | None = None
        try:
            for piece in self._pieces(entry, limit + 1):
                out += piece
        except packed.PackedError as error:
            fault = error
        except zlib.error as error:
            fault = packed.PackedError("truncated", f"damaged: {error}")
        if len(out) > limit:
            raise packed.PackedError("too-large", f"more than {limit:,} bytes")
        if fault is None and entry.checked and zlib.crc32(out) != entry.checksum:
            short = len(out) < entry.size
            fault = packed.PackedError("truncated" if short else "checksum", "its checksum is another than is stated")
        return bytes(out), fault

    def _pieces(self, entry: zip_headers.ZipEntry, most: int) -> Iterator[bytes]:
        """The unpacked bytes of a part, `most` or a little more of them.

        Raises:
            PackedError: they break off.
            zlib.error: they are damaged.
        """
        start = zip_headers.data_start(self._stream, entry)
        if start < 0:
            raise packed.PackedError("truncated", "its bytes are not where the archive says")
        left = available = min(entry.packed, self._size - start)
        inflater = zlib.decompressobj(-15) if entry.method == _DEFLATED else None
        while left > 0 and most > 0:
            self._stream.seek(start)
            raw = self._stream.read(min(PIECE, left, most if inflater is None else PIECE))
            start, left = start + len(raw), left - len(raw)
            piece = inflater.decompress(raw, most) if inflater else raw
            most -= len(piece)
            if piece:
                yield piece
            if not raw or (inflater and inflater.eof):
                break
        short = not inflater.eof if inflater else left > 0 or available < entry.packed
        if short and most > 0:
            raise packed.PackedError("truncated", "the data breaks off")


def _why_not(entry: zip_headers.ZipEntry) -> tuple[str, str]:
    """The word and the detail for a part that is not read; ("", "") for one that is."""
    if entry.encrypted:
        return "encrypted", "a part of the archive that is under a password"
    if entry.method not in (_STORED, _DEFLATED):
        return "unsupported", f"packed by zip method {entry.method}"
    return "", ""


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name.replace("\\", "/")).casefold()
