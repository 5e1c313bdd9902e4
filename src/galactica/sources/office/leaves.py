"""Office files as sources: which reader reads which, and what is said where none can.

In a folder a file is a page of it, or a work of it where it has parts: what a person sees in the folder. What is under
a password, of an old format, or not what its name says is refused in words.
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import BinaryIO, cast

from galactica.errors import InputError
from galactica.model import Document
from galactica.sources import encoding, leaf, packed
from galactica.sources.contract import HEAD_BYTES, Format, Item, SourceOptions
from galactica.sources.leaf import Leaf, file_format
from galactica.sources.nested import Scratch
from galactica.sources.office import kinds
from galactica.sources.office.compound import CompoundFile
from galactica.sources.office.faults import PartError
from galactica.sources.paths import stem
from galactica.sources.trees import TreeFile, rejected
from galactica.sources.zipped import Zipped

MAX_PLAIN_FILE = 128 * 2**20
"""Bytes of an office file that is no archive. It is held in memory; the largest RTF known here has 30 MB, of
pictures."""

_READERS = {
    "docx": "office_open",
    "pptx": "office_open",
    "xlsx": "office_open",
    "odt": "open_document",
    "odp": "open_document",
    "ods": "open_document",
    "rtf": "rich_text",
    "xls": "xls",
    "xls in XML": "xls_xml",
    "doc": "doc",
    "ppt": "ppt",
    "msg": "outlook",
}
"""Format → the module that reads it, loaded when the first such file is read."""

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STREAMS = (
    ("PowerPoint Document", "ppt"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("__properties_version1.0", "msg"),
)
"""Stream of a compound file → the format that it says the file is of; the document first in which others lie."""

_OLDER = (
    *((magic, "Word 2 or older") for magic in (b"\xdb\xa5", b"\x9b\xa5", b"\x31\xbe\0\0", b"\xfe\x37\0")),
    (b"\xffWPC", "WordPerfect"),
)
"""First bytes of documents that are no compound files yet, and what wrote them."""

ReadZipped = Callable[[Zipped, str, str], Iterator[Item]]
ReadCompound = Callable[[CompoundFile, str, str], Iterator[Item]]
ReadPlain = Callable[[bytes, str, str], Iterator[Item]]


def read_office(name: str, entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item]:
    """Yield what is in an office file of a format, or why there is nothing."""
    with entry.open() as stream:
        head = leaf.head_bytes(stream)
        try:
            if head.startswith(kinds.OLE):
                yield from _compound(stream.read(MAX_PLAIN_FILE + 1), entry, key)
            elif not head.startswith(kinds.ZIP):
                yield from _plain(name, stream, entry, key)
            elif entry.local and _begins_so(entry.local):
                yield from _zipped(name, entry.local, entry, key)
            else:  # inside of an archive, or packed
                with Scratch(options.scratch).file(stream, entry.path) as place:
                    yield from _zipped(name, place, entry, key)
        except PartError as error:
            yield rejected(key, entry.path, error.reason, str(error))
        except packed.PackedError as error:
            yield rejected(key, entry.path, error.reason, str(error))


def _begins_so(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(4) == kinds.ZIP


def _zipped(name: str, place: Path, entry: TreeFile, key: str) -> Iterator[Item]:
    try:
        archive = Zipped(place)
    except InputError as error:
        reason = "encrypted" if "password" in error.problem else "truncated"
        yield rejected(key, entry.path, reason, error.problem.replace(str(place), "it"))
        return
    with archive:
        yield from cast(ReadZipped, _module(kinds.NEWER.get(name, name)).read)(archive, entry.path, key)


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"galactica.sources.office.{_READERS[name]}")


def _plain(name: str, stream: BinaryIO, entry: TreeFile, key: str) -> Iterator[Item]:
    """A file that is no archive: RTF, OpenDocument or a workbook in one piece, or not what its name says."""
    raw = stream.read(MAX_PLAIN_FILE + 1)
    if not raw.strip():
        yield rejected(key, entry.path, "empty")
    elif len(raw) > MAX_PLAIN_FILE:
        yield rejected(key, entry.path, "too-large", f"more than {MAX_PLAIN_FILE:,} bytes")
    elif raw.startswith(b"{\\rtf"):
        yield from cast(ReadPlain, _module("rtf").read)(raw, entry.path, key)
    elif b"office:document" in raw[:HEAD_BYTES]:
        yield from cast(ReadPlain, _module("odt").read_flat)(raw, entry.path, key)
    elif kinds.is_xml_workbook(raw[:HEAD_BYTES]):
        yield from cast(ReadPlain, _module("xls in XML").read)(raw, entry.path, key)
    elif older := next((called for magic, called in _OLDER if raw.startswith(magic)), ""):
        detail = f"it is of {older}, which is not read: open it with LibreOffice and save it as .docx"
        yield rejected(key, entry.path, "unsupported", detail)
    elif name == "doc" and (text := encoding.decode(raw)):
        yield _as_text(text, entry, key)
    elif name in ("xls", "xlsx", "ods"):
        yield from cast(ReadPlain, importlib.import_module("galactica.sources.office.delimited").read)(
            raw, entry.path, key
        )
    else:
        called = next(kind.called for kind in kinds.KINDS if kind.name == name)
        yield rejected(key, entry.path, "unsupported", f"it is named like {called} and is none")


def _as_text(text: str, entry: TreeFile, key: str) -> Document:
    """Plain text that is called a Word document: Word shows it so."""
    return Document(
        source=key, path=entry.path, title=stem(entry.path), markup="text", content=text,
        dropped=(("office:not-what-its-name-says", 1),),
    )  # fmt: skip


def _compound(raw: bytes, entry: TreeFile, key: str) -> Iterator[Item]:
    """A compound file: an old Office document by what is in it, whatever its name says; or a new one under a
    password [MS-OFFCRYPTO]."""
    if _ENCRYPTED in raw:
        yield rejected(key, entry.path, "encrypted", "it is under a password")
        return
    if len(raw) > MAX_PLAIN_FILE:
        yield rejected(key, entry.path, "too-large", f"more than {MAX_PLAIN_FILE:,} bytes")
        return
    file = CompoundFile(raw)
    name = next((kind for stream, kind in _STREAMS if file.find(stream)), "")
    if not name:
        yield rejected(key, entry.path, "unsupported", "it is a compound file of another kind than those that are read")
    elif name == "xls":
        yield from cast(ReadPlain, _module(name).read)(raw, entry.path, key)
    else:
        yield from cast(ReadCompound, _module(name).read)(file, entry.path, key)


def _leaf(kind: kinds.OfficeKind) -> Leaf:
    def recognise(name: str, head: bytes) -> int:
        found, sure = kinds.office_kind(name, head)
        return sure if found == kind.name else 0

    return Leaf(
        name=kind.name,
        suffixes=kind.suffixes,
        recognise=recognise,
        read=functools.partial(read_office, kind.name),
        whole=True,
        shown=True,
    )


FORMATS: tuple[Format, ...] = tuple(file_format(_leaf(kind)) for kind in kinds.KINDS)
"""An entry of the table of formats for each."""
