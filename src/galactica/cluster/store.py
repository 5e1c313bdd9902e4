"""The store: bytes under their SHA-256 in a folder that all machines reach, through fsspec.

What is there, of the right size, is not sent again; what is taken out is compared with its address before anybody uses
it. A build has a folder of its own in the store, and removes that and nothing else. The store's keys and passwords come
from each machine's own surroundings (its environment, its files of settings), never from an address.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, TypeVar

from galactica.cluster.contract import Blob
from galactica.codes.files import PART, whole
from galactica.errors import MissingError, UsageError

_T = TypeVar("_T")

PAUSES = (0.5, 2.0)
"""Seconds before a store that failed is asked again: what a network needs to find itself; fsspec's own clients of
stores on the web try several times before that."""

CHUNK = 8 * 2**20
"""Bytes that are read at a time of what is larger than `AT_ONCE`."""

AT_ONCE = 64 * 2**20
"""Bytes that are taken in one request: eight batches as they are sent."""

SAID = 300
"""Characters of what a store's client says that are told."""

_FOLDERS = frozenset(("ftp", "hdfs", "arrow_hdfs", "sftp", "smb", "ssh", "webdav", "webhdfs"))
"""Stores in which a file needs its folder. Elsewhere to make one is nothing, or makes a bucket nobody asked for."""

_ADDRESS = re.compile(r"[0-9a-f]{64}")
_FOLDER = re.compile(r"galactica-[0-9a-f]{32}")


class StoreError(Exception):
    """The store does not do what it is asked; told is in `args`."""


class WrongBytesError(Exception):
    """What lies at an address is not there, or not what the address says; the address is in `args`."""


def check_store(url: str) -> None:
    """Look at the address of a store before it is used.

    Raises:
        UsageError: it is no address of a folder, or holds a name and password.
    """
    protocol, separator, rest = url.partition("://")
    if not separator or not re.fullmatch(r"[a-z][a-z0-9+.-]*", protocol) or not rest.strip("/"):
        raise UsageError(
            f"--store {_without_password(url)} is not the address of a folder.",
            "Write file:///FOLDER for one that all machines mount, or s3://BUCKET/FOLDER.",
        )
    if "@" in rest.partition("/")[0]:
        raise UsageError(
            f"--store {_without_password(url)} holds a name or password.",
            "Leave it out: each machine takes it from its own environment or files of settings.",
        )
    if "::" in url:
        raise UsageError(f"--store {url} names several places.", "Name the one that all machines reach.")


def check_folder(folder: str) -> None:
    """Raise ValueError where `folder` is not what a build calls its own."""
    if not _FOLDER.fullmatch(folder):
        raise ValueError(folder)


def _without_password(url: str) -> str:
    return re.sub(r"//[^/]*@", "//…@", url)


class Store:
    """The folder `folder` of one build in the store at `url`. Several threads may use it at once.

    Attributes:
        sent, spared, fetched: bytes that were put into it, that were there already, that were taken out.

    Raises:
        MissingError: what speaks to such a store is not installed.
        StoreError: it cannot be opened.
    """

    def __init__(self, url: str, folder: str) -> None:
        check_folder(folder)
        self.url = url
        self._files, root = _opened(url)
        self._folder = f"{root.rstrip('/')}/{folder}"
        protocol = url.partition(":")[0]
        self._local, self._folders = protocol in ("file", "local"), protocol in _FOLDERS
        self._lock = threading.Lock()
        self.sent = self.spared = self.fetched = 0

    def put(self, content: bytes, *, anew: bool = False) -> Blob:
        """Put bytes there; `anew`: also where bytes of that size lie at their address."""
        blob = Blob(address=hashlib.sha256(content).hexdigest(), size=len(content))
        return self._put(blob, anew, lambda: io.BytesIO(content))

    def put_file(self, path: Path, *, anew: bool = False) -> Blob:
        """Put a file there, which is read once if it is small, else twice."""
        size = path.stat().st_size
        if size <= AT_ONCE:
            return self.put(path.read_bytes(), anew=anew)
        with path.open("rb") as file:
            blob = Blob(address=hashlib.file_digest(file, "sha256").hexdigest(), size=size)
        return self._put(blob, anew, lambda: path.open("rb"))

    def get(self, blob: Blob) -> bytes:
        """Bytes out of it; raises WrongBytesError where they are not what their address says."""
        return b"".join(self._read(blob))

    def fetch(self, blob: Blob, path: Path) -> None:
        """A file out of it, which gets its name when it is whole and compared; raises as `get`."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole(path) as part, part.open("wb") as file:
            for chunk in self._read(blob):
                file.write(chunk)

    def remove(self, blob: Blob) -> None:
        """Take bytes away that nobody needs any more; that they are gone already, or stay, harms nobody."""
        with contextlib.suppress(Exception):
            self._files.rm_file(self._place(blob))

    def clear(self) -> None:
        """Remove the folder with all that was put into it; files that are not called like an address stay."""
        self._try(self._clear)

    def _clear(self) -> None:
        if not self._files.exists(self._folder):
            return
        found = [name for name in self._files.find(self._folder) if _is_own(name)]
        if found:
            self._files.rm(found)
        for folder in sorted(self._files.find(self._folder, withdirs=True), key=len, reverse=True):
            with contextlib.suppress(Exception):  # a folder that is not empty, or none that this store knows
                self._files.rmdir(folder)
        with contextlib.suppress(Exception):
            self._files.rmdir(self._folder)

    def _place(self, blob: Blob) -> str:
        if not _ADDRESS.fullmatch(blob.address):
            raise WrongBytesError(blob.address)
        return f"{self._folder}/{blob.address[:2]}/{blob.address}"

    def _put(self, blob: Blob, anew: bool, opened: Callable[[], IO[bytes]]) -> Blob:
        place = self._place(blob)
        if not anew and self._try(lambda: self._size(place)) == blob.size:
            self._count(spared=blob.size)
        else:
            self._try(lambda: self._write(place, opened))
            self._count(sent=blob.size)
        return blob

    def _size(self, place: str) -> int | None:
        try:
            return int(self._files.info(place)["size"])
        except FileNotFoundError:
            return None

    def _write(self, place: str, opened: Callable[[], IO[bytes]]) -> None:
        """Put a file whole or not at all, where the store does not do so by itself: a worker may be killed here."""
        if self._local:
            part = Path(f"{place}.{os.getpid()}-{threading.get_ident()}{PART}")
            part.parent.mkdir(parents=True, exist_ok=True)
            try:
                with opened() as source, part.open("wb") as target:
                    shutil.copyfileobj(source, target, CHUNK)
                part.replace(place)
            finally:
                part.unlink(missing_ok=True)
            return
        if self._folders:
            self._files.makedirs(place.rpartition("/")[0], exist_ok=True)
        with opened() as source:
            if isinstance(source, io.BytesIO):
                self._files.pipe_file(place, source.getvalue())
            else:
                with self._files.open(place, "wb") as target:
                    shutil.copyfileobj(source, target, CHUNK)

    def _read(self, blob: Blob) -> Iterator[bytes]:
        """The bytes, compared: the last piece comes only when all of them are right."""
        place, digest = self._place(blob), hashlib.sha256()
        last = b""
        for start in range(0, blob.size, AT_ONCE):
            piece = self._try(lambda: self._piece(place, start, min(AT_ONCE, blob.size - start)))  # noqa: B023 - at once
            if last:
                yield last
            digest.update(piece)
            last = piece
        self._count(fetched=blob.size)
        if digest.hexdigest() != blob.address:
            raise WrongBytesError(blob.address)
        yield last

    def _piece(self, place: str, start: int, size: int) -> bytes:
        try:
            return bytes(self._files.cat_file(place, start=start, end=start + size))
        except FileNotFoundError:
            return b""

    def _count(self, *, sent: int = 0, spared: int = 0, fetched: int = 0) -> None:
        with self._lock:
            self.sent, self.spared, self.fetched = self.sent + sent, self.spared + spared, self.fetched + fetched

    def _try(self, asked: Callable[[], _T]) -> _T:
        for pause in (*PAUSES, None):
            try:
                return asked()
            except Exception as error:  # clients of stores raise what they like
                if pause is None:
                    raise StoreError(_told(error)) from error
                time.sleep(pause)
        raise AssertionError


def _opened(url: str) -> tuple[Any, str]:
    """fsspec's file system at an address, and the path in it."""
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise MissingError(
            "Shared storage needs the package fsspec, which is not installed.", "pip install 'galactica[cluster]'"
        ) from error
    try:
        files, root = url_to_fs(url)
    except ImportError as error:  # fsspec says which package speaks to such a store
        raise MissingError(f"The store {url} cannot be opened: {_told(error)}", "Install that package.") from error
    except ValueError as error:
        raise UsageError(f"The store {url} is of no kind that fsspec knows: {_told(error)}", "See its list.") from error
    except Exception as error:
        raise StoreError(_told(error)) from error
    return files, str(root)


def _is_own(name: str) -> bool:
    """Whether a file is called like an address, or like the part of one."""
    last = name.rpartition("/")[2]
    return bool(_ADDRESS.fullmatch(last[:64])) and (len(last) == 64 or last.endswith(PART))


def _told(error: BaseException) -> str:
    """What a client says, in one line of bounded length."""
    said = " ".join(str(error).split()) or type(error).__name__
    return said[:SAID] + ("…" if len(said) > SAID else "")
