"""PDF files: a page of a folder, or a work with parts where a file is long; every page an anchor by its label.

Rules:
1. PDFium reads the file in a process of its own (`child`); a page that kills it is rejected, the rest is read.
2. Pages without text, pages whose text has no letters, and files that are attached are told, with their pages.
3. The file is read twice: once for what comes again on its pages, once for its text. Pages are kept packed between.
4. A file under a password that is not empty is refused in words, and so is one of which no page has text.
"""

from __future__ import annotations

import contextlib
import importlib.util
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from galactica.codes.child import child_command
from galactica.errors import MissingError
from galactica.model import Rejected
from galactica.sources import leaf, packed
from galactica.sources.child_guard import ChildFailedError, ChildTerms, GuardedReading
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.leaf import Leaf, file_format
from galactica.sources.nested import Scratch
from galactica.sources.pdf.documents import ReadPages, documents_of
from galactica.sources.pdf.page import PdfFacts, PdfPage, facts_from, page_from
from galactica.sources.trees import TreeFile, rejected

SILENCE_SECONDS = 60.0
"""How long the child may work on one page. The slowest real one takes some five seconds."""

MAX_CRASHES = 8
"""How many pages of one file may kill their child before the rest is given up."""

MAX_KEPT = 256 * 2**20
"""Bytes of packed pages that are kept of one file: some 80,000 full pages."""

COMMAND = child_command("galactica.sources.pdf.child")
"""What a child is started with, before the file and the number of its first page."""


def recognise(name: str, head: bytes) -> int:
    """95 where the mark stands at the beginning, 70 in the first kilobyte (readers take that too), 30 for a name."""
    at = head[:1024].find(b"%PDF-")
    if at == 0:
        return 95
    return 70 if at > 0 and b"\0" not in head[:at] else 30 if leaf.suffix_of(name) == ".pdf" and head else 0


def read_pdf(entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item]:
    """Yield the work and its documents, and what could not be taken in.

    Raises:
        MissingError: pypdfium2 is not installed.
    """
    if importlib.util.find_spec("pypdfium2") is None:
        raise MissingError(
            "Reading PDF files needs the package pypdfium2, which is not installed.",
            "Install it with: pip install 'galactica[build]'",
        )
    with contextlib.ExitStack() as stack:
        if entry.local is not None and not _packed(entry.local):
            place = entry.local
        else:
            place = stack.enter_context(Scratch(options.scratch).file(entry.open(), "file.pdf"))
        yield from _items(place, entry, key, options)


def _packed(path: Path) -> bool:
    with path.open("rb") as stream:
        return bool(packed.packing(stream.read(8)))


def _items(place: Path, entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item]:
    terms = ChildTerms(
        command=COMMAND, called="PDFium", part=("page", ""), silence=SILENCE_SECONDS, crashes=MAX_CRASHES
    )  # fmt: skip
    try:
        reading = GuardedReading(terms, str(place.absolute()))
    except ChildFailedError as error:
        detail = "it is under a password" if error.reason == "encrypted" else f"PDFium says: {error}"
        yield rejected(key, entry.path, error.reason or "malformed", detail)
        return
    try:
        facts = next((facts_from(each.content) for each in reading.told if each.path == "facts"), PdfFacts())
        kept = _Kept()
        problems = list(kept.take(reading, entry, key))
    except ValueError:
        yield rejected(key, entry.path, "malformed", "what PDFium says of it makes no sense")
        return
    finally:
        reading.close()
    read = ReadPages(facts=facts, count=reading.ready.number, pages=kept.pages)
    yield from documents_of(read, place, entry, key, options)
    yield from problems


@dataclass(slots=True)
class _Kept:
    """Pages of a file, packed."""

    packed: list[tuple[int, bytes]] = field(default_factory=list)
    size: int = 0

    def take(self, reading: GuardedReading, entry: TreeFile, key: str) -> Iterator[Rejected]:
        """Take in all pages; yields what is wrong with some."""
        for message in reading.messages():
            if message.kind == "page":
                page_from(message.content)  # refused here, where it comes from
                raw = zlib.compress(message.content, 1)
                self.size += len(raw)
                if self.size > MAX_KEPT:
                    yield rejected(key, f"{entry.path}: the rest", "too-large", "more text than one file can have")
                    return
                self.packed.append((message.number, raw))
            elif message.kind == "bad":
                where = f"page {message.number + 1}" if message.number >= 0 else message.path
                yield rejected(key, f"{entry.path}: {where}", message.reason, message.detail)

    def pages(self) -> Iterator[tuple[int, PdfPage]]:
        """(number from 0, page) in their order; may be asked for again."""
        for number, raw in self.packed:
            yield number, page_from(zlib.decompress(raw))


LEAF = Leaf(name="pdf", suffixes=(".pdf",), recognise=recognise, read=read_pdf, whole=True, shown=True)
FORMAT = file_format(LEAF)
