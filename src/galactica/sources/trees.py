"""Folders, tar and zip archives as one thing: a stream of named files, none of them unpacked to disk.

Rules: folders are walked in sorted order, archives in their own; hidden files, links and devices are not followed but
told as `Rejected` (a link to a file of the same folder is another name of it); no name leads outside
(`paths.clean_path`); depth, number of files and sizes are bounded; whatever is wrong with an archive's bytes ends its
walk with one `Rejected`, and what came before it stays.
Standards: POSIX.1-2017 pax and ustar, GNU tar long names; APPNOTE.TXT 6.3 (zip).
"""

from __future__ import annotations

import io
import os
import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from galactica.model import Redirect, Rejected
from galactica.sources import packed
from galactica.sources.beside import Surroundings
from galactica.sources.contract import HEAD_BYTES
from galactica.sources.paths import clean_path, is_file, printable, stem
from galactica.sources.zip_headers import zip_name

MAX_DEPTH = 64
"""Deepest folder in a folder."""

MAX_FILES = 2_000_000
"""Most files of one folder or archive; the rest is rejected with one entry."""

EDITION = "an edition is not read: name it with -e beside the new one, or build on it with --parent"

ARCHIVE = "archive"
"""Stands for the path of an archive that was named itself."""

MAX_TAR_HEADER = 2**20
"""Bytes of one tar extension header (a long name, pax attributes); real ones are below 10 kB."""

ZIP_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeFile:
    """A file of a tree.

    Attributes:
        path: clean, relative, forward slashes.
        open: a reader of its bytes; its `read` raises `packed.PackedError` or `OSError` where they are damaged. In a
            tar it can be called once, before the next entry is asked for.
        local: where it lies on disk, for readers that have to jump about in it; None inside an archive.
        size: bytes, as the archive states them; -1 for a file on disk.
        folder: the folder on disk that it is read as a part of; None for a file that is read alone, or in an archive.
    """

    path: str
    open: Callable[[], BinaryIO]
    local: Path | None = None
    size: int = -1
    folder: Surroundings | None = None


Step = TreeFile | Redirect | Rejected
"""What a walk yields."""


def rejected(key: str, where: str, reason: str, detail: str = "") -> Rejected:
    """A `Rejected` of the reading stage, its texts made printable and cut to size."""
    return Rejected(source=key, where=printable(where), stage="read", reason=reason, detail=printable(detail, 500))


def parent(path: str) -> str:
    """The folder that a path lies in: "a/b/c" → "a/b/", "c" → ""."""
    return path[: path.rfind("/") + 1]


def is_tar(head: bytes) -> bool:
    """Whether these first bytes are a tar header: its checksum decides, so every generation of tar is known."""
    if len(head) < 512 or not head[0]:
        return False
    try:
        stated = int(head[148:156].strip(b" \0") or b"x", 8)
    except ValueError:
        return False
    return stated == sum(head[:148]) + 8 * 32 + sum(head[156:512])


def is_zip(head: bytes) -> bool:
    """Whether these first bytes start a zip archive: one with files, an empty one, or part of a split one."""
    return head[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


def walk_folder(root: Path, key: str) -> Iterator[Step]:
    """Yield the files below `root`, names sorted by code point, folders in their place among them."""
    for count, step in enumerate(_walk(root, root.resolve(), "", key, 0)):
        if count >= MAX_FILES:
            yield rejected(key, "", "too-many", f"more than {MAX_FILES:,} files; the rest was left out")
            return
        yield step


def _walk(folder: Path, root: Path, prefix: str, key: str, depth: int) -> Iterator[Step]:
    try:
        with os.scandir(folder) as listing:
            found = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        yield rejected(key, prefix or ".", "unreadable", error.strerror or "cannot be listed")
        return
    for entry in found:
        name = prefix + entry.name
        path = clean_path(name)
        if path is None:
            yield rejected(key, name, "bad-path")
        elif entry.name.startswith("."):
            yield rejected(key, name, "hidden")
        elif entry.is_symlink():
            yield _link(Path(entry.path), path, root, key)
        elif entry.is_dir(follow_symlinks=False):
            if is_file(Path(entry.path) / "data" / "edition.json"):
                yield rejected(key, name, "unsupported", EDITION)
            elif depth >= MAX_DEPTH:
                yield rejected(key, name, "too-deep", f"deeper than {MAX_DEPTH} folders")
            else:
                yield from _walk(Path(entry.path), root, f"{name}/", key, depth + 1)
        elif entry.is_file(follow_symlinks=False):
            yield TreeFile(path=path, open=opener(Path(entry.path)), local=Path(entry.path))
        else:
            yield rejected(key, name, "no-file", "a pipe, a socket or a device")


def opener(path: Path) -> Callable[[], BinaryIO]:
    """What opens a file on disk; as often as it is asked to."""
    return lambda: path.open("rb", buffering=HEAD_BYTES)  # told by as many bytes as a file that is named by itself


def _link(link: Path, path: str, root: Path, key: str) -> Redirect | Rejected:
    """A symbolic link: to a file of the same folder it is another name of it, anything else is left out."""
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):
        return rejected(key, path, "broken-link")
    inside = clean_path(target.relative_to(root).as_posix()) if target.is_relative_to(root) else None
    if inside is None:
        return rejected(key, path, "outside", "a link that leads out of the folder")
    if not is_file(target):
        return rejected(key, path, "no-file", "a link to a folder; what is in it is read where it lies")
    return Redirect(source=key, path=path, title=stem(path), target=inside)


def walk_tar(stream: BinaryIO, key: str, prefix: str, budget: packed.Budget, name: str = ARCHIVE) -> Iterator[Step]:
    """Yield the files of a tar archive, unpacked or being unpacked, in its own order.

    Args:
        prefix: what the paths of its files begin with.
        name: its own path, for what is wrong with it as a whole.
    """
    try:
        with tarfile.open(fileobj=stream, mode="r|", tarinfo=_Header) as tar:
            for count, member in enumerate(tar):
                tar.members = []  # type: ignore[attr-defined]  # it remembers every header; nobody asks for them again
                if count >= MAX_FILES:
                    yield rejected(key, name, "too-many", f"more than {MAX_FILES:,} files; the rest was left out")
                    return
                step = _tar_step(tar, member, key, prefix, budget)
                if step:
                    budget.file()
                    yield step
    except packed.PackedError as error:
        yield rejected(key, name, error.reason, str(error))
    except Exception as error:  # tarfile has errors of its own, and lets some of others' through on hostile headers
        yield rejected(key, name, "truncated", f"the tar archive is damaged: {error}")


def _tar_step(
    tar: tarfile.TarFile, member: tarfile.TarInfo, key: str, prefix: str, budget: packed.Budget
) -> Step | None:
    path = clean_path(member.name)
    if member.isdir():
        return None
    if path is None:
        return rejected(key, prefix + member.name, "bad-path")
    if is_hidden(path):
        return rejected(key, prefix + path, "hidden")
    if not member.isfile() or member.issparse():
        return rejected(key, prefix + path, "no-file", "a link, a device or a file with holes in it")
    return TreeFile(path=prefix + path, open=lambda: guarded(lambda: tar.extractfile(member), budget), size=member.size)


class _Header(tarfile.TarInfo):
    """A tar header that refuses what `tarfile` takes in silence: a damaged header in mid-archive, an endless name."""

    @classmethod
    def fromtarfile(cls, tar: tarfile.TarFile) -> _Header:
        try:
            return super().fromtarfile(tar)
        except (tarfile.InvalidHeaderError, tarfile.TruncatedHeaderError) as error:  # type: ignore[attr-defined]
            if tar.offset:  # at offset 0 tarfile raises on its own; later it would call this the end
                raise tarfile.ReadError(str(error)) from error
            raise

    def _proc_member(self, tar: tarfile.TarFile) -> tarfile.TarInfo:
        if self.type not in tarfile.SUPPORTED_TYPES or self.type in tarfile.REGULAR_TYPES:
            pass
        elif self.size > MAX_TAR_HEADER and not self.isdir():
            raise tarfile.ReadError(f"a header of {self.size} bytes")
        return cast(tarfile.TarInfo, super()._proc_member(tar))  # type: ignore[misc]


def walk_zip(path: Path, key: str, prefix: str, budget: packed.Budget, name: str = ARCHIVE) -> Iterator[Step]:
    """Yield the files of a zip archive, in the order of its directory; arguments as for `walk_tar`."""
    try:
        with zipfile.ZipFile(path) as archive:
            found = [info for info in archive.infolist() if not info.filename.endswith("/")]
            if found and all(info.flag_bits & 1 for info in found):
                yield rejected(key, name, "encrypted", f"a zip archive of {len(found):,} files")
                return
            for info in found[:MAX_FILES]:
                budget.file()
                yield _zip_step(archive, info, key, prefix, budget)
            if len(found) > MAX_FILES:
                yield rejected(key, name, "too-many", f"more than {MAX_FILES:,} files; the rest was left out")
    except packed.PackedError as error:
        yield rejected(key, name, error.reason, str(error))
    except Exception as error:  # hostile directories raise struct.error, ValueError, OverflowError … through zipfile
        yield rejected(key, name, "truncated", f"the zip archive is damaged: {error}")


def _zip_step(archive: zipfile.ZipFile, info: zipfile.ZipInfo, key: str, prefix: str, budget: packed.Budget) -> Step:
    name = zip_name(info)
    path = clean_path(name)
    if path is None:
        return rejected(key, prefix + name, "bad-path")
    where = prefix + path
    if is_hidden(path):
        return rejected(key, where, "hidden")
    if info.flag_bits & 1:
        return rejected(key, where, "encrypted")
    if info.compress_type not in ZIP_METHODS:
        return rejected(key, where, "unsupported", f"packed by zip method {info.compress_type}")
    if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
        return rejected(key, where, "no-file", "a link or a device")
    if info.file_size > packed.FREE_BYTES and info.file_size > packed.MAX_RATIO * info.compress_size:
        return rejected(key, where, "too-large", f"unpacks to more than {packed.MAX_RATIO} times its size")
    return TreeFile(path=where, open=lambda: guarded(lambda: archive.open(info), budget), size=info.file_size)


def is_hidden(path: str) -> bool:
    """Whether a file of an archive is one that systems keep for themselves."""
    return path.startswith((".", "__MACOSX/")) or "/." in path


def guarded(opener: Callable[[], object], budget: packed.Budget) -> BinaryIO:
    """A reader of a file in an archive whose every failure is a `PackedError`, that of opening it among them."""
    return cast(BinaryIO, io.BufferedReader(_Guarded(opener, budget), 2**18))


class _Guarded(io.RawIOBase):
    def __init__(self, opener: Callable[[], object], budget: packed.Budget) -> None:
        self._opener = opener
        self._budget = budget
        self._stream: BinaryIO | None = None

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        if self._stream is not None:
            self._stream.close()
        super().close()

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast(bytearray, buffer)).cast("B")
        try:
            if self._stream is None:
                self._stream = cast(BinaryIO, self._opener())
            data = self._stream.read(len(view))
            self._budget.take(len(data))
        except packed.PackedError:
            raise
        except (EOFError, tarfile.ReadError) as error:
            raise packed.PackedError("truncated", str(error) or "breaks off") from error
        except Exception as error:  # zlib, bz2, lzma, zipfile: all of them mean that the bytes are damaged
            raise packed.PackedError("checksum", f"damaged: {error}") from error
        view[: len(data)] = data
        return len(data)
