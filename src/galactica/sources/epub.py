"""Books in EPUB (2 and 3): each a source of its own, a `Work` whose chapters are its parts.

The way: the archive is opened part by part (`zipped`), its container leads to packages (`epub_package`), these to what
the book says of itself (`epub_about`), to its contents (`epub_contents`) and with them to how its pages are cut
(`epub_plan`); each page is told tag by tag (`xml_stream`, `epub_text`). Where the package is missing, pages are read in
the order of their names. What is locked is refused by the name of its protection; what the archive holds besides is
told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from galactica.errors import BrokenInputError, InputError
from galactica.model import Rejected, Source, Work
from galactica.sources import leaf, signatures
from galactica.sources.contract import Format, Item, OpenSource, SourceOptions
from galactica.sources.epub_about import modified, work_of
from galactica.sources.epub_book import Rendition
from galactica.sources.epub_locks import locks_of
from galactica.sources.epub_package import ManifestItem, Package, packages
from galactica.sources.trees import is_hidden, is_zip, rejected
from galactica.sources.xml_tree import XmlNode
from galactica.sources.zipped import Zipped

MIMETYPE = b"mimetypeapplication/epub+zip"

_PAGE = re.compile(r"\.x?html?\Z|\.xht\Z", re.I)
_DIGITS = re.compile(r"(\d+)")
_FURNITURE = ("mimetype", "META-INF/")


def recognise(name: str, head: bytes) -> int:
    """95 for what says that it is a book, 92 for a zip with a book's container or name, 40 with bytes before it."""
    named = leaf.suffix_of(name) == ".epub"
    if not head:
        return 0
    if is_zip(head):
        if MIMETYPE in head[:120]:
            return 95
        return 92 if b"META-INF/container.xml" in head or named else 0
    return 40 if named and b"PK\x03\x04" in head else 0


class EpubSource:
    """A book as an open source."""

    def __init__(self, path: Path, options: SourceOptions) -> None:
        self._archive = Zipped(path)
        try:
            self._size = path.stat().st_size
            self._given: set[str] = set()
            self._locks = locks_of(self._archive)
            self._packages = packages(self._archive) or [_without_package(self._archive)]
            own = leaf.own_source(path, options, "epub")
            own = replace(own, key=_free(own.key, options))
            self._works = [self._work(package, own, options) for package in self._packages]
            self._source = _described(own, self._works[0], modified(self._packages[0]), options)
            self._refuse(path)
        except BaseException:
            self._archive.__exit__(None, None, None)
            raise

    @property
    def source(self) -> Source:
        """Who and what it is."""
        return self._source

    @property
    def size(self) -> int | None:
        """Bytes of the archive."""
        return self._size

    @property
    def position(self) -> int:
        """About how many of them have been read."""
        return self._size * min(len(self._given), len(self._archive.names)) // max(1, len(self._archive.names))

    def __enter__(self) -> EpubSource:
        return self

    def __exit__(self, *exc: object) -> None:
        self._archive.__exit__(None, None, None)

    def read(self) -> Iterator[Item]:
        """Yield the book, its parts, the files that they show, and what was left out."""
        key = self._source.key
        yield from self._archive.rejections(key)
        for package, work in zip(self._packages, self._works, strict=True):
            yield from Rendition(self._archive, package, work, self._locks, self._given).read()
        for name in self._archive.names:
            if name in self._given or name.startswith(_FURNITURE) or name.lower().endswith(".opf"):
                continue
            if is_hidden(name):
                yield rejected(key, name, "hidden")
            elif name in self._locks.paths:
                yield rejected(key, name, "encrypted", self._locks.detail)
            else:
                yield self._left(name)

    def _left(self, name: str) -> Rejected:
        """A part of the archive that no part of the book leads to."""
        start = self._archive.start(name)
        kind = signatures.served_as(name, start)
        called = signatures.called(name, start)
        if kind.startswith(("image/", "audio/", "video/")) or _PAGE.search(name):
            detail = f"{called}; no part of the book shows it or leads to it"
            return rejected(self._source.key, name, "not-linked", detail)
        return rejected(self._source.key, name, "unsupported", f"{called} is not read")

    def _work(self, package: Package, own: Source, options: SourceOptions) -> Work:
        work = work_of(package, own.key, own.title)
        return replace(
            work, language=options.language or work.language, licence="" if options.licence else work.licence
        )

    def _refuse(self, path: Path) -> None:
        """Refuse a book of which no page can be read.

        Raises:
            InputError: there is none, or all are locked.
        """
        pages = [item.path for package in self._packages for item in package.spine]
        listed = (item for package in self._packages for item in package.items.values())
        pages = pages or [item.path for item in listed if item.is_page and item.path]
        if not pages:
            raise BrokenInputError(
                f"{path} is no book that can be read: it holds no page", "Check that the file is whole."
            )
        if all(page in self._locks.paths for page in pages):
            detail = self._locks.detail
            raise InputError(f"{path} is {detail}", "Ask whoever sold it for a copy that any program can read.")


def _without_package(archive: Zipped) -> Package:
    """A book whose package is missing: its pages in the order of their names, numbers in them as numbers."""
    named = [name for name in archive.names if _PAGE.search(name) and not is_hidden(name)]
    named.sort(key=lambda name: [(int(part) if part.isdecimal() else 0, part) for part in _DIGITS.split(name)])
    items = {name: ManifestItem(id=name, href=name, path=name, mime="application/xhtml+xml") for name in named}
    lost = (("META-INF/container.xml", "it leads to no package; pages are in the order of their names"),)
    root = XmlNode("", {})
    return Package(path="book", root=root, items=items, spine=tuple(items.values()), lost=lost, ncx="", cover="")


def _free(key: str, options: SourceOptions) -> str:
    """A key that no source before has, unless the person gave it."""
    taken, number, found = dict(options.taken), 2, key
    while found in taken and not options.key:
        found = f"{key} ({number})"
        number += 1
    return found


def _described(own: Source, work: Work, date: str, options: SourceOptions) -> Source:
    source = replace(
        own,
        title=work.title,
        language=work.language,
        licence=work.licence,
        publisher=work.publisher,
        creators=work.creators,
        date=date,
        url=work.url,
    )
    return leaf.stated_source(source, options)


def open_epub(path: Path, options: SourceOptions) -> OpenSource:
    """Open a book.

    Raises:
        InputError: it is no zip archive, has no page, or all its pages are locked.
    """
    return EpubSource(path, options)


FORMAT = Format(
    name="epub",
    suffixes=(".epub",),
    recognise=lambda path, head: recognise(path.name, head),
    open=open_epub,
    sniff=recognise,
    own=True,
)
