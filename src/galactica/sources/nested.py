"""What lies in a folder or archive, archives inside it opened in turn: a stream of files, each with its first bytes.

Rules: an archive in an archive is read as the folder that it holds, `MAX_NESTED` levels deep; what an archive unpacks
to, all levels together, is bounded by its size on disk (`Budget`); what has to lie on disk to be read is unpacked into
a scratch folder for as long as it is read, if there is room. A file must be done with before the next one is asked for.
"""

from __future__ import annotations

import contextlib
import io
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, cast

from galactica.model import Redirect, Rejected
from galactica.sources import leaf, packed, signatures, trees
from galactica.sources.office import kinds
from galactica.sources.packed import Budget
from galactica.sources.trees import MAX_FILES, Step, TreeFile, rejected
from galactica.sources.zip_cut import walk_zip_files

MAX_NESTED = 4
"""Archives inside each other: a release that holds a package that holds a site needs three."""

MAX_UNPACKED = 64 * 2**30
"""Bytes of one file of an archive that is unpacked to disk because its reader jumps about in it (a ZIM, a dump)."""

FREE_DISK = 2**30
"""Bytes that stay free on the disk that is unpacked to."""

PIECE = 2**22
"""Bytes that are copied at a time."""


class File:
    """A file that has been opened once: its first bytes, and the stream from its beginning.

    Attributes:
        entry: where it is.
        head: first unpacked bytes.
        packing: how it is packed, "" for not.
        fault: what is wrong with its very first bytes, or None.
        archive: "zip" or "tar" where it holds files, else "".
    """

    def __init__(self, entry: TreeFile) -> None:
        self.entry = entry
        self.head = b""
        self.packing = ""
        self.fault: packed.PackedError | None = None
        self._stream: BinaryIO | None = None
        try:
            self._stream = entry.open()
            self.packing = packed.packing(leaf.head_bytes(self._stream))
            if self.packing:
                self._stream = packed.unpack(self._stream)
            self.head = leaf.head_bytes(self._stream)
        except packed.PackedError as error:
            self.fault = error
        except OSError as error:
            self.fault = packed.PackedError("unreadable", error.strerror or "cannot be read")
        self.archive = "" if self.fault else _archive(entry.path, self.head)

    @property
    def name(self) -> str:
        """Its path without the ending that packing added."""
        return packed.unpacked_name(self.entry.path) if self.packing else self.entry.path

    def open(self) -> BinaryIO:
        """The unpacked stream; once."""
        assert self._stream is not None
        return self._stream

    def close(self) -> None:
        """Let go of it."""
        if self._stream:
            self._stream.close()


def _prefix(path: str) -> str:
    """What the paths of the files in an archive begin with: "a/b.tar.gz" → "a/b/"."""
    name = packed.unpacked_name(path)
    return f"{name.rpartition('.')[0] or name}/"


def _archive(path: str, head: bytes) -> str:
    if trees.is_tar(head):
        return "tar"
    whole = signatures.unread_kind(head, path) or kinds.office_kind(path, head)[0]
    return "zip" if trees.is_zip(head) and not whole else ""


class Scratch:
    """A place for files that have to be unpacked to be read.

    Args:
        place: the folder; None: the system's place for temporary files.
    """

    def __init__(self, place: Path | None) -> None:
        self._place = place

    @contextlib.contextmanager
    def folder(self) -> Iterator[Path]:
        """A new folder that goes when it is done with."""
        if self._place:
            self._place.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix="galactica-", dir=self._place))
        try:
            yield made
        finally:
            shutil.rmtree(made, ignore_errors=True)

    @contextlib.contextmanager
    def file(self, stream: BinaryIO, name: str) -> Iterator[Path]:
        """A stream's bytes as a file with the last segment of `name`, which goes when it is done with.

        Raises:
            PackedError: it is damaged, or larger than the bound or than the disk has room for.
            OSError: it cannot be written.
        """
        with self.folder() as folder:
            yield self.put(stream, folder, name)

    def put(self, stream: BinaryIO, folder: Path, name: str) -> Path:
        """Copy a stream into a folder; as `file`."""
        place = folder / (name.rpartition("/")[2] or "file")
        size = 0
        with place.open("wb") as target:
            while piece := stream.read(PIECE):
                size += len(piece)
                if size > MAX_UNPACKED or shutil.disk_usage(folder).free < FREE_DISK + len(piece):
                    raise packed.PackedError(
                        "too-large", "there is no room to unpack it to; unpack the archive and name what is in it"
                    )
                target.write(piece)
        return place


class Walk:
    """One walk through a folder or archive.

    Args:
        path: of the folder or archive.
        key: of the source, for what is rejected.
        scratch: where nested archives are unpacked.
        into: whether an archive whose files would have paths that begin so is opened.
        plain: whether the file at a path is yielded as it is, an `TreeFile`, and nothing of it looked at.
    """

    def __init__(
        self,
        path: Path,
        key: str,
        scratch: Scratch,
        *,
        into: Callable[[str], bool] = lambda prefix: True,
        plain: Callable[[str], bool] = lambda path: False,
    ) -> None:
        self._path = path
        self._key = key
        self._scratch = scratch
        self._into = into
        self._plain = plain
        self._counted: leaf.Counted | None = None
        self._done = 0

    @property
    def position(self) -> int:
        """Bytes on disk that have been read."""
        return self._counted.taken if self._counted else self._done

    def files(self) -> Iterator[File | TreeFile | Redirect | Rejected]:
        """Yield every file, in order. An archive comes before what is in it."""
        if self._path.is_dir():
            for step in trees.walk_folder(self._path, self._key):
                yield from self._inside(step, 0, None)
                if isinstance(step, TreeFile) and step.local:
                    self._done += _size(step.local)
            return
        budget = Budget(_size(self._path), MAX_FILES)
        with contextlib.closing(self._open_top()) as stream:
            head = leaf.head_bytes(stream)
            if trees.is_zip(head):
                steps = walk_zip_files(self._path, self._key, "", budget)
            else:
                steps = trees.walk_tar(packed.unpack(stream) if packed.packing(head) else stream, self._key, "", budget)
            yield from self._walked(steps, 1, budget)
            self._done = _size(self._path)

    def _open_top(self) -> BinaryIO:
        self._counted = leaf.Counted(cast(BinaryIO, self._path.open("rb", buffering=0)))
        return cast(BinaryIO, io.BufferedReader(self._counted, 2**18))

    def _walked(
        self, steps: Iterator[Step], depth: int, budget: Budget
    ) -> Iterator[File | TreeFile | Redirect | Rejected]:
        for step in steps:
            if budget.spent:
                detail = f"unpacks to more than {packed.MAX_RATIO} times its size; the rest was left out"
                yield rejected(self._key, step.where if isinstance(step, Rejected) else step.path, "too-large", detail)
                return
            yield from self._inside(step, depth, budget)

    def _inside(self, step: Step, depth: int, budget: Budget | None) -> Iterator[File | TreeFile | Redirect | Rejected]:
        """The file itself, and what is in it where it is an archive."""
        if not isinstance(step, TreeFile):
            yield step
            return
        plain = self._plain(step.path)
        if plain and step.local is None:
            yield from self._wanted(step, depth, budget)
            return
        if plain:
            yield step
        file = File(step)
        try:
            if not plain:
                yield file
            if file.archive:
                yield from self._opened(file, depth, budget)
        finally:
            file.close()

    def _wanted(
        self, entry: TreeFile, depth: int, budget: Budget | None
    ) -> Iterator[File | TreeFile | Redirect | Rejected]:
        """A file in an archive that is yielded as it is, and what is in it, should that be wanted too.

        What lies in a tar can be read once: then it has to lie on disk.
        """
        if not self._into(_prefix(entry.path)):
            yield entry
            return
        try:
            with self._scratch.file(entry.open(), entry.path) as place:
                entry = replace(entry, open=trees.opener(place), local=place)
                yield entry
                with contextlib.closing(File(entry)) as file:
                    if file.archive:
                        yield from self._opened(file, depth, budget)
        except packed.PackedError as error:
            yield rejected(self._key, entry.path, error.reason, str(error))
        except OSError as error:
            yield rejected(self._key, entry.path, "unreadable", error.strerror or "cannot be unpacked")

    def _opened(self, file: File, depth: int, budget: Budget | None) -> Iterator[File | TreeFile | Redirect | Rejected]:
        prefix = _prefix(file.entry.path)
        if not self._into(prefix):
            return
        if depth >= MAX_NESTED:
            yield rejected(self._key, file.entry.path, "too-deep", f"an archive inside of {MAX_NESTED} archives")
            return
        local, own = file.entry.local, file.entry.path
        budget = budget or Budget(_size(local) if local else 0, MAX_FILES)
        try:
            if file.archive == "tar":
                yield from self._walked(trees.walk_tar(file.open(), self._key, prefix, budget, own), depth + 1, budget)
            elif local and not file.packing:
                yield from self._walked(walk_zip_files(local, self._key, prefix, budget, own), depth + 1, budget)
            else:
                with self._scratch.file(file.open(), "archive.zip") as place:
                    yield from self._walked(walk_zip_files(place, self._key, prefix, budget, own), depth + 1, budget)
        except packed.PackedError as error:
            yield rejected(self._key, file.entry.path, error.reason, str(error))
        except OSError as error:
            yield rejected(self._key, file.entry.path, "unreadable", error.strerror or "cannot be unpacked")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
