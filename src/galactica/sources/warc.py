"""Web archives (WARC 0.17 to 1.1, ARC), packed or not: the pages of sites as they were captured.

Pages and texts → `Document` (of several captures of an address the newest; each day of capture is a statement),
redirects, by status or in a page → `Redirect`, pictures and other files → `Attachment`, kept where a page shows them or
links to them. Every other record is a `Rejected` with its reason: superseded captures, revisits, answers that hold
nothing ("not-found", "robots-txt", "login-page" …), requests, metadata, what is damaged. So records in = documents +
redirects + files + rejected. A host with several pages is a work of the kind "site".

The archive is read twice, and its captures lie in a temporary database between (`warc_index`); its files are taken out
in a third reading, when it is known which are wanted. One record at a time is held.
"""

from __future__ import annotations

import contextlib
import re
from bisect import bisect_right
from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from pathlib import Path

from galactica.errors import BrokenInputError, InputError
from galactica.model import MediaFile, Rejected, Source, Work
from galactica.sources import leaf, packed
from galactica.sources.contract import MAX_DOCUMENT, Format, Item, SourceOptions
from galactica.sources.leaf import Leaf, own_source, stated_source
from galactica.sources.nested import Scratch
from galactica.sources.trees import TreeFile
from galactica.sources.warc_capture import Readers, capture_of, moment
from galactica.sources.warc_flow import Flow
from galactica.sources.warc_index import CaptureIndex, Shown
from galactica.sources.warc_items import WarcItems
from galactica.sources.warc_marks import begins_record
from galactica.sources.warc_packings import DICTIONARY, LZ4, unpacked_start
from galactica.sources.warc_payload import HEAD_ROOM, HELD
from galactica.sources.warc_records import HeldBytes, Records, WarcRecord

_LOOKED_AT = {"warcinfo": 0, "metadata": 0, "continuation": 0, "request": 16}
"""Bytes of a block that are looked at, by type; of a request its method."""

_SERIAL = re.compile(r"\d{4,}")
"""A number that counts the files of a crawl, or tells its day or second."""

_SUFFIXES = (".warc", ".arc", ".wet", ".wat")


class WarcSource:
    """An open web archive; see `contract.OpenSource` and `contract.Holding`.

    Args:
        readers: formats of documents that a site may hold as files; they are read, and no sources of their own.
    """

    def __init__(self, path: Path, options: SourceOptions, readers: Readers = ()) -> None:
        self._readers = readers
        self._paths = (path, *options.beside)
        self._options = options
        self._size = sum(each.stat().st_size for each in self._paths)
        self._read = 0
        self._live: Flow | None = None
        self._index: CaptureIndex | None = None
        self._scratch = contextlib.ExitStack()
        self._starts: list[int] = []  # number of the first record of each file
        first = next(self._records(lambda number, fields: 0), None)
        if first is None:
            raise BrokenInputError(
                f"{path} holds no record that can be read", "Check that it is whole, and a web archive."
            )
        self._read = 0
        day = moment(first.fields.get("warc-date", ""))[:8]
        date = "-".join(part for part in (day[:4], day[4:6], day[6:8]) if part)
        found = own_source(path, options, "warc")
        bare = next((found.key.removesuffix(end) for end in _SUFFIXES if found.key.endswith(end)), "")
        if options.beside:
            bare = _SERIAL.split(path.name)[0].rstrip("-_. ") or bare
        if bare and not options.key:  # of a series, or packed as is seldom done: "crawl.warc.lz4"
            found = replace(found, key=bare, title=bare)
        self._source = replace(stated_source(found, options), date=date)

    @property
    def source(self) -> Source:
        """Called like the file; its date is that of the first record."""
        return self._source

    @property
    def pages(self) -> Source:
        """The same."""
        return self._source

    @property
    def inside(self) -> dict[str, str]:
        """None."""
        return {}

    @property
    def mixed(self) -> bool:
        """No: whatever is in it was captured."""
        return False

    @property
    def size(self) -> int | None:
        """Bytes of the file."""
        return self._size

    @property
    def position(self) -> int:
        """Bytes that have been read, of two readings."""
        return min(self._size, (self._read + (self._live.taken if self._live else 0)) // 2)

    def __enter__(self) -> WarcSource:
        return self

    def __exit__(self, *exc: object) -> None:
        if self._index:
            self._index.close()
            self._index = None
        self._scratch.close()

    def read(self) -> Iterator[Item]:
        """Yield works, then what each record is, in the order of the file."""
        key = self._source.key
        index = self._settled()
        items = WarcItems(key, self._options, index, self._readers, self._place)
        for host, address in index.sites():
            yield Work(source=key, path=host, title=host, kind="site", url=address)
        for record in self._records(lambda number, fields: HELD if items.wants(number) else 0):
            yield from items.of(record)

    def fetch(
        self, wanted: Callable[[str], bool], below: Callable[[str], bool], limit: int
    ) -> Iterator[MediaFile | Rejected]:
        """Yield the files at the paths that are wanted; see `contract.Holding`."""
        index = self._settled()

        items = WarcItems(self._source.key, self._options, index)

        def files(number: int) -> list[Shown]:
            return [at for at in index.shown_by(number) if at.kind == "file" and wanted(at.path)]

        for record in self._records(lambda number, fields: limit + HEAD_ROOM if files(number) else 0):
            for at in files(record.number):
                yield items.file(at, record, limit)

    def fetch_inside(self, key: str, wanted: Callable[[str], bool], limit: int) -> Iterator[MediaFile | Rejected]:
        """None."""
        yield from ()

    # -- reading ------------------------------------------------------------------------------------------------------

    def _records(self, held: HeldBytes) -> Generator[WarcRecord]:
        number = 0
        self._starts = []
        for path in self._paths:
            self._starts.append(number)
            flow = self._live = Flow(path)
            try:
                records = Records(flow, held, number)
                yield from records.read()
                if records.number == number and self._options.beside:  # one of several may not vanish
                    yield WarcRecord(number=number, form="gap", fields={}, block=b"", length=0, fault="empty")
                    records.number += 1
                number = records.number
            finally:
                self._read += flow.taken
                self._live = None
                flow.close()

    def _place(self, number: int) -> str:
        """What a record without an address is called."""
        if not self._options.beside:
            return f"record {number + 1}"
        at = bisect_right(self._starts, number) - 1
        return f"{self._paths[at].name}: record {number - self._starts[at] + 1}"

    def _settled(self) -> CaptureIndex:
        """The index, made by the first reading."""
        if self._index is None:
            scratch = self._options.scratch
            folder = self._scratch.enter_context(Scratch(scratch).folder()) if scratch else None
            index = CaptureIndex(folder)
            with contextlib.closing(self._records(_first_held)) as records:
                left = packed.FREE_UNPACKED + packed.MAX_RATIO * self._size
                for record in records:
                    index.enter(record.number, found := capture_of(record, min(MAX_DOCUMENT, left), self._readers))
                    left = max(0, left - max(0, found.size - record.length))
                    index.enter_asked(record)
            index.settle()
            self._index = index
        return self._index


def _first_held(number: int, fields: dict[str, str]) -> int:
    """How much of a record is looked at in the first reading."""
    return _LOOKED_AT.get(fields.get("warc-type", "").lower(), HELD)


def series(name: str) -> str:
    """What the archives of one crawl are called alike: serial numbers and dates do not count; "" without them."""
    bare = packed.unpacked_name(name)
    found = _SERIAL.sub("#", bare)
    return found if found != bare and leaf.suffix_of(bare) in _SUFFIXES else ""


def sniff(name: str, head: bytes) -> int:
    """97 for what begins as a record of either form does, 90 for a packed one that its name tells, 38 for a name."""
    bare = packed.unpacked_name(name).removesuffix(".lz4")
    if head.startswith(DICTIONARY):
        return 90 if leaf.suffix_of(bare) in _SUFFIXES else 0
    start = unpacked_start(head) if head.startswith(LZ4) else head
    if begins_record(start):
        return 97
    return 38 if leaf.suffix_of(bare) in _SUFFIXES and start else 0


def _recognise(path: Path, head: bytes) -> int:
    return sniff(path.name, leaf.head_of(path, head)) if head else 0


def _read_warc(entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item]:
    """One archive that lies on disk, as `Leaf.read`."""
    if entry.local is None:
        raise InputError(f"{entry.path} is a web archive in a place that cannot be read twice", "Unpack it first.")
    with WarcSource(entry.local, replace(options, key=key)) as source:
        yield from source.read()


LEAF = Leaf(name="warc", suffixes=_SUFFIXES, recognise=sniff, read=_read_warc, own=True)


def over(readers: Readers) -> Format:
    """The format of web archives whose files may be documents of these formats."""
    return Format(
        name="warc",
        suffixes=_SUFFIXES,
        recognise=_recognise,
        open=lambda path, options: WarcSource(path, options, readers),
        sniff=sniff,
        leaf=LEAF,
        own=True,
        series=series,
        redirects=True,
    )
