"""The sources that are found in a folder or archive: each opened as if it had been named alone, with a key of its own.

Keys: a source that names itself (a dump, a ZIM) keeps its name; dumps of the same name that lie side by side are one
source, its parts; of a kind whose files lie in several folders (`Format.across`), those below one folder. A table is
named after its file. Where a key is taken by another source, the place in the folder is the key ("2019/prices"), never
a place on the machine.
"""

from __future__ import annotations

import contextlib
import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from galactica.errors import BrokenInputError, GalacticaError, InputError
from galactica.model import MediaFile, Rejected, Source
from galactica.sources import leaf, packed, trees
from galactica.sources.contract import Format, Holding, Item, OpenSource, SourceOptions
from galactica.sources.nested import File, Scratch, Walk
from galactica.sources.paths import day_called
from galactica.sources.series import Series
from galactica.sources.trees import TreeFile, rejected

_ZIM_PART = re.compile(r"(.+\.zim)([a-z]{2})\Z", re.I | re.S)


class Inside:
    """What was found, and its keys.

    Args:
        options: what the person said of the folder; language, licence, columns and markup hold for what is in it.
        taken: key → format of the sources that have one.
        day: that the folder is called by, and with it the sources in it that tell none of their own; else "".

    Attributes:
        places: key of each source → the folder that it lay in, "" or "a/b/".
    """

    def __init__(self, options: SourceOptions, taken: dict[str, str], day: str = "") -> None:
        self._options = replace(options, key="", title="", taken=())
        self._taken = dict(options.taken) | taken
        self._day = day
        self.places: dict[str, str] = {}
        self._gathered: dict[tuple[str, str, str], str] = {}  # kind, key, folder → key of what lies in several files
        self._holding: dict[str, tuple[Format, TreeFile, tuple[Path, ...]]] = {}  # by key: sources with files
        self._series = Series()
        self._live: OpenSource | None = None
        self._local = False
        self._stack = contextlib.ExitStack()
        self._parts: dict[str, Path] = {}

    @property
    def position(self) -> int:
        """Bytes on disk of the source that is being read which have been read."""
        return self._live.position if self._live and self._local else 0

    def close(self) -> None:
        """Let go of what was unpacked."""
        self._stack.close()

    def enter(self, source: Source, place: str) -> Source:
        """Take in a source that names itself, under a key that no other kind of source has."""
        key = source.key
        if self._taken.get(key, source.format) != source.format:
            key = self._free(f"{place}{key}")
        self._taken[key] = source.format
        self.places.setdefault(key, place)
        return replace(
            source,
            key=key,
            language=self._options.language or source.language,
            licence=self._options.licence or source.licence,
        )

    def read(self, kind: Format, file: File, scratch: Scratch, key: str) -> Iterator[Item]:
        """Yield the source that a file is, and what is in it; `key` is that of the folder."""
        entry = file.entry
        jumps = kind.leaf is None or kind.leaf.jumps
        try:
            if entry.local and not (file.packing and jumps and kind.name != "mediawiki"):
                yield from self._page_or_source(kind, entry.local, file, key)
            else:
                with scratch.file(file.open(), file.name) as place:
                    yield from self._page_or_source(kind, place, file, key)
        except packed.PackedError as error:
            yield rejected(key, entry.path, error.reason, str(error))
        except OSError as error:
            yield rejected(key, entry.path, "unreadable", error.strerror or "cannot be unpacked")

    def _page_or_source(self, kind: Format, place: Path, file: File, key: str) -> Iterator[Item]:
        """What is in a file on disk: one page of the folder, or a source of its own. What was read with an earlier file
        of a series is told there."""
        if self.is_later(file.entry):
            return
        found = None
        if kind.leaf:
            unpacked = functools.partial(_open_unpacked, place)
            inner = TreeFile(path=file.name, open=unpacked, local=place)
            found = kind.leaf.page(inner, key, self._options)
        if found is None:
            yield from self._opened(kind, place, file.entry, key, self._series.after(kind, file.entry))
            return
        try:
            yield from found
        except InputError as error:
            yield rejected(key, file.entry.path, "unsupported", error.told)

    def _opened(
        self, kind: Format, place: Path, entry: TreeFile, key: str, beside: tuple[Path, ...] = ()
    ) -> Iterator[Item]:
        options = replace(self._options, beside=beside)
        try:
            opened = kind.open(place, options)
            home = _home(kind, entry.path)
            wanted = self._key(kind, opened.source, entry.path)
            if wanted != opened.source.key:
                with opened:
                    pass
                opened = kind.open(place, replace(options, key=wanted))
            with opened:
                self._live, self._local = opened, entry.local is not None
                items = opened.read()
                first = next(items, None)  # what cannot be read at all is no source: it is told by the folder
                self._taken[wanted] = opened.source.format
                self.places.setdefault(wanted, home)
                if isinstance(opened, Holding):
                    self._holding[wanted] = (kind, entry, beside)
                yield replace(opened.source, date=opened.source.date or self._called(entry.path))
                if first is not None:
                    yield first
                yield from items
        except GalacticaError as error:
            said = error.told.replace(str(place), entry.path)
            why = "malformed" if isinstance(error, BrokenInputError) else "unsupported"
            for name in (entry.path, *(trees.parent(entry.path) + other.name for other in beside)):
                yield rejected(key, name, why, said)
        finally:
            self._live = None

    def fetch(
        self, key: str, path: Path, scratch: Scratch, wanted: Callable[[str], bool], limit: int
    ) -> Iterator[MediaFile | Rejected]:
        """Yield the files that are wanted of a source that holds files of its own; `path` is the folder or archive."""
        kind, found, beside = self._holding[key]
        at, options = found.path, replace(self._options, key=key)
        if found.local:
            yield from self._fetched(kind, found, replace(options, beside=beside), scratch, wanted, limit)
            return
        for file in Walk(path, key, scratch, into=at.startswith, plain=at.__eq__).files():
            if isinstance(file, TreeFile):
                yield from self._fetched(kind, file, options, scratch, wanted, limit)

    def _fetched(
        self,
        kind: Format,
        entry: TreeFile,
        options: SourceOptions,
        scratch: Scratch,
        wanted: Callable[[str], bool],
        limit: int,
    ) -> Iterator[MediaFile | Rejected]:
        key = options.key
        try:
            with contextlib.ExitStack() as stack:
                place = entry.local or stack.enter_context(scratch.file(entry.open(), entry.path))
                opened = stack.enter_context(kind.open(place, options))
                if isinstance(opened, Holding):
                    yield from opened.fetch(wanted, lambda prefix: True, limit)
        except packed.PackedError as error:
            yield rejected(key, entry.path, error.reason, str(error))
        except OSError as error:
            yield rejected(key, entry.path, "unreadable", error.strerror or "cannot be unpacked")
        except GalacticaError as error:
            yield rejected(key, entry.path, "unsupported", error.told)

    def _key(self, kind: Format, source: Source, path: str) -> str:
        """The key of a source; its place in the folder, or its day, where its own is taken."""
        home = _home(kind, path)
        if kind.parts and kind.leaf:
            found = self._gathered.setdefault((kind.name, source.key, home), "")
            if not found:
                named = (source.key, f"{home}{source.key}", f"{home}{source.key} {self._called(path)}".rstrip())
                free = (key for key in named if key not in self._taken)
                found = self._gathered[kind.name, source.key, home] = next(free, "") or self._free(
                    f"{home}{source.key}"
                )
            return found
        beside = self.places.get(source.key) == home
        if source.key not in self._taken or (kind.parts and beside and self._taken[source.key] == source.format):
            return source.key
        name = packed.unpacked_name(path)
        base = name.rpartition(".")[0] or name
        return next((each for each in (base, name) if each not in self._taken), "") or self._free(name)

    def _called(self, path: str) -> str:
        """The day that the innermost folder is called by which is called by one."""
        *folders, _ = path.split("/")
        return next(filter(None, map(day_called, reversed(folders))), self._day)

    def _free(self, key: str) -> str:
        number, found = 2, key
        while found in self._taken:
            found = f"{key} ({number})"
            number += 1
        return found

    def is_part(self, entry: TreeFile) -> bool:
        """Whether a file is a part of a split ZIM that is not read by itself: a later one, or one in an archive."""
        found = _ZIM_PART.match(entry.path)
        return found is not None and (entry.local is None or found[2].lower() != "aa")

    def is_later(self, entry: TreeFile) -> bool:
        """Whether a file is a later one of a series, which was read with the first."""
        return self._series.is_read(entry)

    def part(self, file: File, scratch: Scratch, key: str) -> Iterator[Rejected]:
        """Take in a part of a split ZIM; where its first part is missing, that is said."""
        found = _ZIM_PART.match(file.entry.path)
        assert found is not None
        local = file.entry.local
        if local is not None:
            if not local.with_name(local.name[:-2] + "aa").is_file():
                yield rejected(
                    key, file.entry.path, "unsupported", "a part of a split ZIM whose first part is not there"
                )
            return
        try:
            if found[1] not in self._parts:
                self._parts[found[1]] = self._stack.enter_context(scratch.folder())
            scratch.put(file.open(), self._parts[found[1]], file.entry.path)
        except packed.PackedError as error:
            yield rejected(key, file.entry.path, error.reason, str(error))
        except OSError as error:
            yield rejected(key, file.entry.path, "unreadable", error.strerror or "cannot be unpacked")

    def finish(self, zim: Format, key: str) -> Iterator[Item]:
        """Yield the split ZIMs whose parts came out of archives; last, because their parts come in any order."""
        for name in sorted(self._parts):
            for first in sorted(self._parts[name].iterdir())[:1]:
                entry = TreeFile(path=f"{name}aa", open=trees.opener(first))
                yield from self._opened(zim, first, entry, key)


def _open_unpacked(path: Path) -> BinaryIO:
    stream = path.open("rb")
    return packed.unpack(stream) if packed.packing(leaf.head_bytes(stream)) else stream


def _home(kind: Format, path: str) -> str:
    """The folder below which files of a kind that name themselves alike are one source."""
    found = trees.parent(path)
    for _ in range(kind.across):
        found = trees.parent(found.rstrip("/"))
    return found
