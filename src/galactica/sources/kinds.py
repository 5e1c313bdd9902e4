"""What kinds of files a library is made of, in words that a person knows, and what became of the files of a folder.

A file is called by its ending ("PDF document", "Markdown page"), what a source of its own gave by its format ("wiki
dump"). Something inside a file that has parts ("book.epub/chapter-3") is of that file's kind. Every file that is met in
a folder is counted once: as read, where anything came out of it, or as not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from galactica.model import (
    Attachment,
    Document,
    FilesOfKind,
    MediaFile,
    Redirect,
    Rejected,
    Source,
    SourceStatement,
    Work,
)
from galactica.sources import signatures
from galactica.sources.contract import HEAD_BYTES
from galactica.sources.trees import rejected

if TYPE_CHECKING:
    from galactica.sources.contract import Format, Item
    from galactica.sources.nested import File

MAX_KINDS = 200
"""Kinds that are counted apart; the endings of files are anybody's."""

OTHER = ""
"""What is of no kind of its own: names that are no files, and whatever comes after `MAX_KINDS`."""

UNKNOWN_KIND = "file of no known kind"

_FORMATS = {
    "mediawiki": "wiki dump",
    "wikiextractor": "wiki text",
    "zim": "ZIM file",
    "csv": "table",
    "parquet": "table",
    "jsonl": "JSON file",
    "warc": "web archive",
    "fictionbook": "FictionBook",
    "jats": "journal article",
    "tei": "TEI text",
    "docbook": "DocBook document",
    "xml": "XML file",
    "feed": "feed",
    "rdf": "RDF file",
    "markdown": "Markdown page",
    "subtitles": "subtitle file",
    "settings": "settings file",
    "icalendar": "calendar",
    "references": "list of references",
    "manual": "manual page",
    "latex": "TeX document",
    "vcard": "address card",
    "outline": "outline",
    "translations": "list of translations",
    "wikidata": "Wikidata entities",
    "factbook": "World Factbook",
    "folder": "folder",
}
_HOLDERS = frozenset(("zip archive", "tar archive", "packed file"))
_SAID = (" is not read", "; no page that was read")

READ = (Document, Redirect, MediaFile, Work, SourceStatement)
"""What says that something was read out of a file."""


def kind_of_format(name: str) -> str:
    """What a source of its own is called by its format, by the ending that is called so, else by its own name."""
    ending = _named(f"x.{name}")
    return _FORMATS.get(name) or (name if ending.startswith(".") else ending)


def kind_of_path(path: str) -> str:
    """What the file is called that a path in a folder names, or that what is at the path is a part of."""
    steps = path.partition("#")[0].split("/")
    for step in steps[:-1]:
        called = _named(step)
        if called != UNKNOWN_KIND and called not in _HOLDERS and not called.startswith("."):
            return called
    return _named(steps[-1])


def file_kind(path: str, detail: str) -> str:
    """What a file that was left out is called: as its detail says ("a PDF document is not read"), else by its path."""
    for mark in _SAID:
        called, found, _ = detail.partition(mark)
        if found and called.startswith(("a ", "an ")):
            return called.partition(" ")[2]
    return kind_of_path(path.partition(":")[0])


class FileTally:
    """Counts the files of a folder while they are read."""

    def __init__(self) -> None:
        self._counts: dict[str, list[int]] = {}

    def add(self, kind: str, read: bool) -> None:
        """Count a file."""
        if kind not in self._counts and len(self._counts) >= MAX_KINDS:
            kind = OTHER
        count = self._counts.setdefault(kind, [0, 0])
        count[0] += 1
        count[1] += read

    def watched(
        self, items: Iterable[Item], file: File, kind: Format | None, key: str, *, part: bool
    ) -> Iterator[Item]:
        """What one file of a folder holds, and never nothing; the file is counted.

        Args:
            kind: the format that reads it; None for an archive, and where no format does.
            key: of the folder.
            part: whether it is read together with another one.
        """
        silent, read, left = True, False, None
        for item in items:
            silent = silent and (isinstance(item, Source) or (isinstance(item, Attachment) and not item.reason))
            read = read or tells(item)
            if left is None and isinstance(item, Rejected) and item.source == key:
                left = item
            yield item
        if silent and not file.archive and not part:
            yield rejected(key, file.entry.path, "empty", "nothing in it that could be read")
        if left and not read:
            called = file_kind(left.where, left.detail)  # as it is called among what was left out
        elif kind and kind.own:
            called = kind_of_format(kind.name)
        else:
            called = kind_of_path(file.name) if read else signatures.called(file.name, file.head).partition(" ")[2]
        self.add(called, read or bool(file.archive) or (part and silent))

    def found(self) -> tuple[FilesOfKind, ...]:
        """What was counted, by kind."""
        return tuple(FilesOfKind(kind=kind, count=n, read=read) for kind, (n, read) in sorted(self._counts.items()))


def files_together(tallies: Iterable[Iterable[FilesOfKind]]) -> tuple[FilesOfKind, ...]:
    """The files of several folders, by kind."""
    sums: dict[str, tuple[int, int]] = {}
    for tally in tallies:
        for each in tally:
            count, read = sums.get(each.kind, (0, 0))
            sums[each.kind] = (count + each.count, read + each.read)
    return tuple(FilesOfKind(kind=kind, count=n, read=read) for kind, (n, read) in sorted(sums.items()))


def tells(item: Item) -> bool:
    """Whether an item says that something was read, not that something was left out or might be kept."""
    return isinstance(item, READ)


def unread_file(file: File, attached: Attachment) -> Attachment | Rejected:
    """A file that holds no document: a picture or the like, or something that is not read."""
    if not file.head.strip() and len(file.head) < HEAD_BYTES:  # nothing, or white space alone
        return rejected(attached.source, attached.path, "empty")
    kind = signatures.called(file.entry.path, file.head)
    if attached.mime.startswith(("image/", "audio/", "video/")) or attached.mime == "text/vtt":
        return replace(attached, reason="not-linked", detail=f"{kind}; no page that was read shows it or links to it")
    return replace(attached, reason="unsupported", detail=f"{kind} is not read")


def _named(name: str) -> str:
    return signatures.called(name, b"").partition(" ")[2]
