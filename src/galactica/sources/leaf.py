"""What the readers of single files have in common: one leaf of a folder or archive, or a source of its own.

A `Leaf` recognises a file by its name and first unpacked bytes and yields what is in it. `file_format` makes a
`Format` of it, so that the same few lines read `notes.md`, `notes.md.gz`, and `notes.md` inside a folder or a tar.
"""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, cast

from galactica.errors import InputError
from galactica.model import Rejected, Source
from galactica.sources import encoding, packed
from galactica.sources.contract import HEAD_BYTES, MAX_DOCUMENT, Format, Item, SourceOptions
from galactica.sources.paths import clean_path, day_called, printable, stem
from galactica.sources.trees import TreeFile, rejected

MAX_TITLE = 500
"""Longest title in characters; longer ones are cut."""

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A kind of file.

    Attributes:
        name: name of the format.
        suffixes: usual endings.
        recognise: (file name, first unpacked bytes) → confidence, as in `Format.recognise`.
        read: (file, key of the source, options) → what is in it. May raise `InputError` before the first item, and
            `packed.PackedError` or `OSError` wherever the bytes give out.
        describe: fills in what the first bytes tell of the source ("" and "und" are what to fill).
        whole: True where the file is one document, so that its rejection is the end of a single-file source.
        jumps: True where it has to jump about in the file, so that it cannot be read from an archive or packed.
        own: in a folder, each such file is a source of its own and not a page of the folder.
        page: (file, key, options) → what is in this file of an `own` kind if it is one page of the folder, else None.
        shown: in a folder, the file itself may be wanted too: it is kept besides where a page links to it.
        names_itself: True where the first bytes name the source (`describe`), whatever the file is called.
    """

    name: str
    suffixes: tuple[str, ...]
    recognise: Callable[[str, bytes], int]
    read: Callable[[TreeFile, str, SourceOptions], Iterator[Item]]
    describe: Callable[[bytes, Source], Source] = lambda head, source: source
    whole: bool = False
    jumps: bool = False
    own: bool = False
    names_itself: bool = False
    shown: bool = False
    page: Callable[[TreeFile, str, SourceOptions], Iterator[Item] | None] = lambda entry, key, options: None


def file_format(leaf: Leaf) -> Format:
    """The entry of the table of formats for single files of this kind."""
    return Format(
        name=leaf.name,
        suffixes=leaf.suffixes,
        recognise=lambda path, head: (
            leaf.recognise(packed.unpacked_name(path.name), head_of(path, head)) if head else 0
        ),
        open=lambda path, options: FileSource(path, leaf, options),
        sniff=leaf.recognise,
        leaf=leaf,
        own=leaf.own,
    )


@functools.lru_cache(maxsize=1)  # the formats are asked one after the other about the same file
def head_of(path: Path, head: bytes) -> bytes:
    """The first unpacked bytes of a file that starts with `head`."""
    if not packed.packing(head):
        return head
    try:
        with path.open("rb") as stream:
            return packed.peek(stream, head)
    except OSError:
        return b""


def whole_file(entry: TreeFile, key: str, limit: int | None = None) -> bytes | Rejected:
    """All bytes of a file that is one document, or why not: "empty", "too-large", or what is wrong with the bytes."""
    limit = MAX_DOCUMENT if limit is None else limit
    try:
        with entry.open() as stream:
            raw = stream.read(limit + 1)
    except packed.PackedError as error:
        return rejected(key, entry.path, error.reason, str(error))
    except OSError as error:
        return rejected(key, entry.path, "unreadable", error.strerror or "cannot be read")
    if len(raw) > limit:
        return rejected(key, entry.path, "too-large", f"more than {limit:,} bytes")
    return raw if raw.strip() else rejected(key, entry.path, "empty")


def decoded(entry: TreeFile, key: str, declared: Callable[[bytes], str] = lambda raw: "") -> str | Rejected:
    """The text of a file that is one document, or why not.

    Args:
        declared: finds what the document says of its own encoding.
    """
    raw = whole_file(entry, key)
    if isinstance(raw, Rejected):
        return raw
    text = encoding.decode(raw, declared(raw))
    if text is None:
        return rejected(key, entry.path, "bad-encoding", "no text in UTF-8, UTF-16 or a declared encoding")
    return text if text.strip() else rejected(key, entry.path, "empty")


@functools.lru_cache(maxsize=1)  # the formats ask one after the other about the same file
def text_head(head: bytes) -> str:
    """The first bytes of a file as text without leading white space; "" where they are none."""
    name = encoding.guess_encoding(head)
    return head.decode(name, "replace").lstrip("\ufeff \t\r\n") if name else ""


def head_bytes(stream: BinaryIO) -> bytes:
    """The next bytes of a buffered stream, which stay where they are."""
    return cast(io.BufferedReader, stream).peek(HEAD_BYTES)[:HEAD_BYTES]


def encoding_of(stream: BinaryIO, where: str) -> str:
    """The encoding of a text that is about to be read line by line.

    Raises:
        InputError: it is no text.
    """
    name = encoding.guess_encoding(head_bytes(stream))
    if not name:
        raise InputError(f"{where} is not text in an encoding known here", "Save it as UTF-8.")
    return name


def suffix_of(name: str) -> str:
    """The ending of a file name in lower case, with its dot."""
    base, dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if dot and base else ""


def title_line(text: str) -> str:
    """A title: white space collapsed, cut at `MAX_TITLE`."""
    return _SPACE.sub(" ", text[: 4 * MAX_TITLE]).strip()[:MAX_TITLE].strip()


def own_source(path: Path, options: SourceOptions, format_name: str) -> Source:
    """The `Source` of a file or folder that says nothing of itself: its name, the day in that, what the person said."""
    name = path.name or path.resolve().name
    key = options.key or (packed.unpacked_name(name) if path.is_file() else name)
    if not options.key and path.is_file():
        key = key.rpartition(".")[0] or key
    called = packed.unpacked_name(name).partition(".")[0] if path.is_file() else name
    key = printable(key).strip() or "source"
    return Source(
        key=key,
        title=options.title or stem(f"{key}."),
        format=format_name,
        language=options.language or "und",
        licence=options.licence,
        date=day_called(called),
    )


class Counted(io.RawIOBase):
    """A file whose bytes are counted as they are read: what progress bars show."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.taken = 0

    def readable(self) -> bool:
        """It is; this is how `io.BufferedReader` asks."""
        return True

    def readinto(self, buffer: object) -> int:
        """Read into a buffer; returns how many bytes."""
        view = memoryview(cast(bytearray, buffer)).cast("B")
        data = self._stream.read(len(view))
        view[: len(data)] = data
        self.taken += len(data)
        return len(data)

    def close(self) -> None:
        """Close the file too."""
        self._stream.close()
        super().close()


class FileSource:
    """A single file of one kind, packed or not, as an open source."""

    def __init__(self, path: Path, leaf: Leaf, options: SourceOptions) -> None:
        try:
            raw = path.open("rb", buffering=0)
            head = raw.read(HEAD_BYTES)
            raw.seek(0)
            self._size = path.stat().st_size
        except OSError as error:
            raise InputError(f"{path} cannot be read: {error.strerror}", "Check its permissions.") from error
        self._file = Counted(cast(BinaryIO, raw))
        self._path = path
        self._leaf = leaf
        self._options = options
        self._packing = packed.packing(head)
        if leaf.jumps and self._packing:
            raise InputError(f"{path} is a {leaf.name} file packed with {self._packing}", "Unpack it first.")
        source = leaf.describe(head_of(path, head), own_source(path, options, leaf.name))
        self._source = stated_source(source, options)

    @property
    def source(self) -> Source:
        """Who and what it is."""
        return self._source

    @property
    def size(self) -> int | None:
        """Bytes of the file as it lies."""
        return self._size

    @property
    def position(self) -> int:
        """Bytes of it that have been read."""
        return min(self._file.taken, self._size)

    def read(self) -> Iterator[Item]:
        """Yield what is in the file."""
        name = clean_path(printable(packed.unpacked_name(self._path.name))) or "document"
        entry = TreeFile(path=name, open=self._open, local=None if self._packing else self._path)
        items = guarded_items(self._leaf, entry, self._source.key, self._options)
        first = next(items, None)
        if self._leaf.whole and isinstance(first, Rejected):
            why = f"{first.reason} ({first.detail})" if first.detail else first.reason
            raise InputError(
                f"{self._path} cannot be read as {self._leaf.name}: {why}",
                "Check that the file is whole, and that it is what its name says.",
            )
        if first is not None:
            yield first
        yield from items

    def _open(self) -> BinaryIO:
        if self._file.closed:  # some look at a file once to tell what it is, and once to read it
            self._file = Counted(cast(BinaryIO, self._path.open("rb", buffering=0)))
        buffered = cast(BinaryIO, io.BufferedReader(self._file, 2**18))
        return packed.unpack(buffered) if self._packing else buffered

    def __enter__(self) -> FileSource:
        return self

    def __exit__(self, *exc: object) -> None:
        self._file.close()


def guarded_items(leaf: Leaf, entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item]:
    """Yield what a leaf reads; where the bytes give out, one `Rejected` ends it.

    Raises:
        InputError: before the first item, where the file as a whole makes no sense.
    """
    try:
        yield from leaf.read(entry, key, options)
    except packed.PackedError as error:
        yield rejected(key, entry.path, error.reason, str(error))
    except OSError as error:
        yield rejected(key, entry.path, "unreadable", error.strerror or str(error))


def stated_source(source: Source, options: SourceOptions) -> Source:
    """A source with what the person said about it: that wins over what the source says itself."""
    return replace(
        source,
        key=options.key or source.key,
        title=options.title or source.title,
        language=options.language or source.language,
        licence=options.licence or source.licence,
    )
