"""A folder, or a tar or zip archive that stands for one: each file by its own kind.

Rules: a document's path is its path in the folder, without the ending that packing added; pictures, sounds and films
are `MediaFile`; an archive in a folder is read as the folder that it holds (one level); everything else is `Rejected`
with a reason. Where the first documents are WikiExtractor's, the source is the wiki that they come from.
"""

from __future__ import annotations

import io
from collections.abc import Generator, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO, cast

from galactica.errors import InputError
from galactica.model import MediaFile, Redirect, Rejected, Source
from galactica.sources import (
    csv,
    html,
    jsonl,
    leaf,
    markdown,
    packed,
    parquet,
    signatures,
    text,
    trees,
    wikiextractor,
)
from galactica.sources.contract import HEAD_BYTES, Format, Item, SourceOptions
from galactica.sources.leaf import Leaf
from galactica.sources.trees import Entry, Step, rejected

LEAVES: tuple[Leaf, ...] = (
    wikiextractor.LEAF,
    html.LEAF,
    markdown.LEAF,
    jsonl.LEAF,
    csv.LEAF,
    parquet.LEAF,
    text.LEAF,
)
"""The kinds of files that are read in a folder; ties go to the earlier."""

_NAMES = {"wikiextractor": "wikiextractor"}
"""Kinds that name the whole source after themselves, because they are written as folders of many files."""

LOOKED_AT = 2000
"""Files that are looked at, at most, for the first document: what the source is called depends on it."""

SIZED = 20_000
"""Files whose sizes are added up for the progress bar; beyond it the size is not known."""

OWN_SOURCES = ((b"ZIM\x04", "a ZIM"), (b"<mediawiki", "a MediaWiki dump"))
"""What is a source of its own and is not read as a part of a folder."""


def leaf_for(name: str, head: bytes, options: SourceOptions) -> Leaf | None:
    """The kind of a file by its name and first unpacked bytes; None where no kind fits."""
    name = packed.unpacked_name(name)
    best = max(LEAVES, key=lambda kind: kind.recognise(name, head))
    if best.recognise(name, head):
        return best
    if options.markup and leaf.text_head(head):
        return next((kind for kind in LEAVES if kind.name == options.markup), None)
    return None


class TreeSource:
    """A folder or archive as an open source."""

    def __init__(self, path: Path, options: SourceOptions) -> None:
        self._path = path
        self._options = options
        self._taken = 0
        self._archive: leaf.Counted | None = None
        self._size = _size(path)
        self._source = leaf.stated(self._described(), options)

    @property
    def source(self) -> Source:
        """Who and what it is."""
        return self._source

    @property
    def size(self) -> int | None:
        """Bytes of the archive, or of all files; None for very many files."""
        return self._size

    @property
    def position(self) -> int:
        """Bytes that have been read."""
        taken = self._archive.taken if self._archive else self._taken
        return taken if self._size is None else min(taken, self._size)

    def __enter__(self) -> TreeSource:
        return self

    def __exit__(self, *exc: object) -> None:
        if self._archive:
            self._archive.close()

    def read(self) -> Iterator[Item]:
        """Yield what is in the files, one after the other."""
        key = self._source.key
        for step in self._steps(key):
            if isinstance(step, Entry):
                yield from self._items(step, key)
            else:
                yield step

    def _described(self) -> Source:
        """The source, by the first document that is found.

        Raises:
            InputError: nothing in it can be read.
        """
        source = leaf.own_source(self._path, self._options, "folder")
        kinds: dict[str, int] = {}
        complete = True
        steps = self._steps(source.key)
        for number, step in enumerate(islice(steps, LOOKED_AT + 1)):
            if number == LOOKED_AT:
                complete = False
            elif isinstance(step, Entry):
                head = _head(step)
                kind = leaf_for(step.path, head, self._options)
                if kind:
                    steps.close()
                    self._restart()
                    return replace(kind.describe(head, source), format=_NAMES.get(kind.name, "folder"))
                _count(kinds, signatures.unread_kind(head) or "of no known kind")
            else:
                _count(kinds, step.reason if isinstance(step, Rejected) else "a link")
        self._restart()
        if complete:
            held = ", ".join(f"{count} × {kind}" for kind, count in kinds.items()) or "nothing"
            raise InputError(
                f"{self._path} holds no file that can be read ({held})"[:600],
                "Files that are read in a folder: " + ", ".join(kind.name for kind in LEAVES) + ".",
            )
        return source

    def _restart(self) -> None:
        self._taken = 0
        if self._archive:
            self._archive.close()
            self._archive = None

    def _steps(self, key: str) -> Generator[Step, None, None]:
        if self._path.is_dir():
            for step in trees.walk_folder(self._path, key):
                yield from self._inside(step, key)
        else:
            yield from self._walk_archive(self._path, key)

    def _inside(self, step: Step, key: str) -> Iterator[Step]:
        """The step itself, or what is in it where it is an archive."""
        if not isinstance(step, Entry) or step.local is None:
            yield step
            return
        head = _head(step)
        if trees.is_tar(head) or (trees.is_zip(head) and not signatures.unread_kind(head)):
            prefix = packed.unpacked_name(step.path)
            yield from self._walk_archive(step.local, key, f"{prefix.rpartition('.')[0] or prefix}/")
            self._taken += step.local.stat().st_size
        else:
            yield step

    def _walk_archive(self, path: Path, key: str, prefix: str = "") -> Iterator[Step]:
        try:
            with path.open("rb", buffering=0) as raw:
                head = raw.read(HEAD_BYTES)
                raw.seek(0)
                if trees.is_zip(head):
                    yield from trees.walk_zip(path, key, prefix)
                    return
                counted = leaf.Counted(cast(BinaryIO, raw))
                if not prefix:
                    self._archive = counted
                stream = cast(BinaryIO, io.BufferedReader(counted, 2**18))
                yield from trees.walk_tar(packed.unpack(stream) if packed.packing(head) else stream, key, prefix)
        except OSError as error:
            yield rejected(key, prefix or path.name, "unreadable", error.strerror or "cannot be read")

    def _items(self, entry: Entry, key: str) -> Iterator[Item]:
        """What one file holds."""
        stream = _Kept(entry)
        head = stream.head
        name = packed.unpacked_name(entry.path) if stream.packing else entry.path
        kind = leaf_for(name, head, self._options)
        if entry.local:
            self._taken += entry.local.stat().st_size if entry.local.exists() else 0
        if stream.fault:
            yield rejected(key, entry.path, stream.fault.reason, str(stream.fault))
        elif kind is None:
            yield _other(stream, entry, key)
        elif kind.jumps and (stream.packing or entry.local is None):
            yield rejected(key, entry.path, "unsupported", f"unpack it: {kind.name} cannot be read as a stream")
        else:
            inner = Entry(path=name, open=stream.open, local=entry.local)
            try:
                yield from leaf.guarded_items(kind, inner, key, self._options)
            except InputError as error:
                yield rejected(key, entry.path, "unsupported", f"{error.problem}. {error.remedy}")
        stream.close()


class _Kept:
    """A file of the tree that has been opened once: its first bytes, and the stream from its beginning.

    Attributes:
        head: first unpacked bytes.
        packing: how it is packed, "" for not.
        fault: what is wrong with its very first bytes, or None.
    """

    def __init__(self, entry: Entry) -> None:
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

    def open(self) -> BinaryIO:
        """The stream; once."""
        assert self._stream is not None
        return self._stream

    def close(self) -> None:
        if self._stream:
            self._stream.close()


def _head(entry: Entry) -> bytes:
    kept = _Kept(entry)
    kept.close()
    return kept.head


def _other(stream: _Kept, entry: Entry, key: str) -> MediaFile | Rejected:
    """A file that holds no document: a picture or the like, or something that is not read."""
    head = stream.head
    mime = signatures.media_type(entry.path, head)
    if mime:
        content = leaf.whole(Entry(path=entry.path, open=stream.open), key)
        if isinstance(content, Rejected):
            return content
        return MediaFile(source=key, path=entry.path, mime=mime, content=content)
    if not head:
        return rejected(key, entry.path, "empty")
    for magic, name in OWN_SOURCES:
        if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(magic):
            return rejected(key, entry.path, "unsupported", f"{name} is a source of its own: build it by its name")
    kind = signatures.unread_kind(head)
    return rejected(key, entry.path, "unsupported", f"{kind} is not read" if kind else "no kind of file that is known")


def _size(path: Path) -> int | None:
    if not path.is_dir():
        return path.stat().st_size
    total = 0
    for number, step in enumerate(trees.walk_folder(path, "")):
        if number >= SIZED:
            return None
        if isinstance(step, Entry) and step.local:
            total += step.local.stat().st_size
    return total


def _count(kinds: dict[str, int], kind: str) -> None:
    kinds[kind] = kinds.get(kind, 0) + 1


def recognise(path: Path, head: bytes) -> int:
    """90 for a folder, tar or zip; formats that are zips of another kind (EPUB, Office) are not folders."""
    if not head:
        return 90 if path.is_dir() else 0
    start = leaf.head_of(path, head)
    if trees.is_tar(start):
        return 93
    return 91 if trees.is_zip(start) and start is head and not signatures.unread_kind(head) else 0


FORMAT = Format(name="folder", suffixes=(".tar", ".zip"), recognise=recognise, open=TreeSource)

__all__ = ["FORMAT", "LEAVES", "Redirect", "TreeSource", "leaf_for"]
