"""A folder, or a tar or zip archive that stands for one: each file by its own kind.

Rules: pages (HTML, Markdown, text) belong to the folder, their path is their path in it without the ending that packing
added. A dump, a ZIM, a table, WikiExtractor's output is a source of its own, opened as if it had been named alone: its
`Source` comes in the stream before what is in it. An archive is read as the folder that it holds (`nested`). Every
other file is an `Attachment`: kept where a page links to it, else rejected with what it is called. Where the first
documents are WikiExtractor's, the source is the wiki that they come from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from galactica.errors import InputError
from galactica.model import Attachment, Document, FilesOfKind, MediaFile, Redirect, Rejected, Source
from galactica.sources import kinds, leaf, signatures, trees
from galactica.sources.beside import Surroundings
from galactica.sources.contract import Format, Item, OpenSource, SourceOptions
from galactica.sources.inside import Inside
from galactica.sources.leaf import Leaf
from galactica.sources.nested import File, Scratch, Walk
from galactica.sources.trees import TreeFile, rejected

LOOKED_AT = 2000
"""Files that are looked at, at most, for the first document: what the source is called depends on it."""

SIZED = 20_000
"""Files whose sizes are added up for the progress bar; beyond it the size is not known."""


class TreeSource:
    """A folder or archive as an open source.

    Args:
        readers: the formats that its files may have; ties go to the earlier.
    """

    def __init__(self, path: Path, options: SourceOptions, readers: Sequence[Format]) -> None:
        self._path = path
        self._options = options
        self._readers = readers
        self._scratch = Scratch(options.scratch)
        self._walk: Walk | None = None
        self._tally = kinds.FileTally()
        self._surroundings = Surroundings(path)
        self._size = _size(path)
        self._folder = leaf.own_source(path, options, "folder")
        self._wiki = ""
        self._source = leaf.stated_source(self._described(), options)
        self._pages = self._folder if self._wiki else self._source
        taken = {self._source.key: self._source.format, self._pages.key: "folder"}
        self._inside = Inside(options, taken, self._folder.date)

    @property
    def source(self) -> Source:
        """Who and what it is: the folder, or the wiki whose extracted articles it holds."""
        return self._source

    @property
    def size(self) -> int | None:
        """Bytes of the archive, or of all files; None for very many files."""
        return self._size

    @property
    def position(self) -> int:
        """Bytes that have been read."""
        taken = (self._walk.position if self._walk else 0) + self._inside.position
        return taken if self._size is None else min(taken, self._size)

    @property
    def inside(self) -> dict[str, str]:
        """Key of each source that was found inside → the folder it lay in."""
        return self._inside.places

    @property
    def files(self) -> tuple[FilesOfKind, ...]:
        """How many files of each kind it holds, and of how many something was read; complete after `read`."""
        return self._tally.found()

    def __enter__(self) -> TreeSource:
        return self

    def __exit__(self, *exc: object) -> None:
        self._inside.close()

    def read(self) -> Iterator[Item]:
        """Yield what is in the files, one after the other."""
        key = self._pages.key
        self._walk = Walk(self._path, self._source.key, self._scratch)
        told = self._pages is self._source
        for file in self._walk.files():
            if not isinstance(file, File):
                if not isinstance(file, TreeFile):
                    self._tally.add(kinds.OTHER, kinds.tells(file))
                    yield file
                continue
            kind = None if file.archive else self._kind(file.name, file.head)
            part = self._inside.is_part(file.entry) or self._inside.is_later(file.entry)
            for item in self._tally.watched(self._items(file, kind, key), file, kind, key, part=part):
                if not told and isinstance(item, Document | Redirect) and item.source == key:
                    told = True
                    yield self._pages
                yield item
        yield from self._inside.finish(self._format("zim"), self._source.key)

    @property
    def pages(self) -> Source:
        """The folder itself."""
        return self._pages

    def fetch(
        self, wanted: Callable[[str], bool], below: Callable[[str], bool], limit: int
    ) -> Iterator[MediaFile | Rejected]:
        """Yield the files at the paths that are wanted; see `contract.Holding`."""
        for file in Walk(self._path, self._source.key, self._scratch, into=below, plain=wanted).files():
            if isinstance(file, TreeFile):
                yield _media(file, self._pages.key, limit)

    def fetch_inside(self, key: str, wanted: Callable[[str], bool], limit: int) -> Iterator[MediaFile | Rejected]:
        """Yield the files of a source inside at the paths that are wanted; see `contract.Holding`."""
        yield from self._inside.fetch(key, self._path, self._scratch, wanted, limit)

    @property
    def mixed(self) -> bool:
        """It is."""
        return True

    def _described(self) -> Source:
        """The source, by the first document that is found.

        Raises:
            InputError: nothing in it can be read.
        """
        source = self._folder
        seen: Counter[str] = Counter()
        complete, fault = True, None
        walk = Walk(self._path, source.key, self._scratch)
        for number, file in enumerate(islice(walk.files(), LOOKED_AT + 1)):
            if number == LOOKED_AT:
                complete = False
            elif isinstance(file, File):
                kind = self._kind(file.name, file.head)
                if kind and not file.archive:
                    if kind.leaf and kind.leaf.names_itself:
                        return self._wiki_or_folder(kind, file.head)
                    return source
                seen[signatures.called(file.name, file.head)] += 1
            else:
                seen[file.reason if isinstance(file, Rejected) else "a link"] += 1
                fault = file if isinstance(file, Rejected) and file.where == trees.ARCHIVE else None
        if fault and len(seen) == 1:
            raise _unpackable(self._path, fault)
        if complete:
            held = ", ".join(f"{count} × {kind}" for kind, count in seen.items()) or "nothing"
            raise InputError(
                f"{self._path} holds no file that can be read ({held})"[:600],
                "Files that are read in a folder: " + ", ".join(kind.name for kind in self._readers) + ".",
            )
        return source

    def _wiki_or_folder(self, kind: Format, head: bytes) -> Source:
        """The wiki that the first file names, and the folder beside it under its own name; else the folder."""
        assert kind.leaf is not None
        named = _named(kind.leaf, head, self._folder)
        if named is None:
            return replace(self._folder, format=kind.name)
        self._wiki = named.key
        folder = leaf.own_source(self._path, replace(self._options, key="", title=""), "folder")
        taken = folder.key in (named.key, self._options.key)
        self._folder = replace(folder, key=f"{folder.key}-folder") if taken else folder
        return replace(named, format=kind.name)

    def _kind(self, name: str, head: bytes) -> Format | None:
        """The kind of a file by its name and first unpacked bytes; None where no kind fits."""
        sure = [kind.sniff(name, head) for kind in self._readers]
        if best := max(sure):
            return self._readers[sure.index(best)]
        if self._options.markup and leaf.text_head(head):
            return next((kind for kind in self._readers if kind.leaf and kind.name == self._options.markup), None)
        return None

    def _format(self, name: str) -> Format:
        return next(kind for kind in self._readers if kind.name == name)

    def _items(self, file: File, kind: Format | None, key: str) -> Iterator[Item]:
        """What one file holds."""
        entry, size = file.entry, _bytes(file.entry)
        attached = Attachment(
            source=key,
            path=entry.path,
            mime=signatures.served_as(entry.path, b"" if file.packing else file.head),
            size=size,
        )
        if file.fault:
            yield rejected(key, entry.path, file.fault.reason, str(file.fault))
        elif file.archive:
            yield attached
        elif self._inside.is_part(entry):
            yield from self._inside.part(file, self._scratch, key)
        elif kind is None:
            yield kinds.unread_file(file, attached)
        elif not kind.own:
            if kind.leaf and kind.leaf.shown:
                yield attached
            yield from self._page(kind, file, key)
        elif kind.leaf and kind.leaf.names_itself:
            yield from self._extracted(kind.leaf, file, key)
        else:
            yield attached
            yield from self._inside.read(kind, file, self._scratch, key)

    def _page(self, kind: Format, file: File, key: str) -> Iterator[Item]:
        assert kind.leaf is not None
        inner = TreeFile(
            path=file.name,
            open=file.open,
            local=file.entry.local,
            folder=self._surroundings if file.entry.local else None,
        )
        try:
            yield from leaf.guarded_items(kind.leaf, inner, key, self._options)
        except InputError as error:
            yield rejected(key, file.entry.path, "unsupported", error.told)

    def _extracted(self, kind: Leaf, file: File, key: str) -> Iterator[Item]:
        """WikiExtractor's output: of the wiki that it names; pages of the folder where it names none."""
        found = _named(kind, file.head, self._folder)
        if found is None:
            source = self._pages
        elif found.key == self._wiki:
            source = self._source
        else:
            source = self._inside.enter(replace(found, format=kind.name), trees.parent(file.entry.path))
            yield source
        inner = TreeFile(path=file.name, open=file.open, local=file.entry.local)
        yield from leaf.guarded_items(kind, inner, source.key, self._options)


def _unpackable(path: Path, fault: Rejected) -> InputError:
    """An archive that was named and of which nothing could be taken out."""
    if fault.reason == "encrypted":
        return InputError(f"{path} is under a password", "Unpack it first, and name the folder.")
    return InputError(f"{path} cannot be unpacked: {fault.detail}"[:600], "Fetch it again, or copy it whole.")


def _named(kind: Leaf, head: bytes, folder: Source) -> Source | None:
    """The source that the first bytes of a file name; None where they name none."""
    found = kind.describe(head, replace(folder, key=""))
    return found if found.key else None


def _media(entry: TreeFile, key: str, limit: int) -> MediaFile | Rejected:
    """A file that a page links to, as it is."""
    content = leaf.whole_file(entry, key, limit)
    if isinstance(content, Rejected):
        return content
    mime = signatures.served_as(entry.path, content[: signatures.LOOKED_AT])
    return MediaFile(source=key, path=entry.path, mime=mime, content=content)


def _bytes(entry: TreeFile) -> int:
    try:
        return entry.local.stat().st_size if entry.local else entry.size
    except OSError:
        return -1


def _size(path: Path) -> int | None:
    if not path.is_dir():
        return path.stat().st_size
    total = 0
    for number, step in enumerate(trees.walk_folder(path, "")):
        if number >= SIZED:
            return None
        if isinstance(step, TreeFile):
            total += max(0, _bytes(step))
    return total


def recognise(path: Path, head: bytes) -> int:
    """90 for a folder, tar or zip; formats that are zips of another kind (EPUB, Office) are not folders."""
    if not head:
        return 90 if path.is_dir() else 0
    start = leaf.head_of(path, head)
    if trees.is_tar(start):
        return 93
    return 91 if trees.is_zip(head) and not signatures.unread_kind(head, path.name) else 0


def over(readers: Sequence[Format]) -> Format:
    """The format of folders whose files have one of these formats."""

    def open_tree(path: Path, options: SourceOptions) -> OpenSource:
        return TreeSource(path, options, readers)

    return Format(name="folder", suffixes=(".tar", ".zip"), recognise=recognise, open=open_tree, container=True)
