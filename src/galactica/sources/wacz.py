"""Web archives with what was made of them, in one zip (WACZ 1.1.1): the archives in it are one source.

The archives (`archive/`) are unpacked to the work folder while they are read, because they are read more than once.
Lists of pages, indexes and logs are told as records about the crawl. Title, description and day come from
`datapackage.json`. Source: specs.webrecorder.net/wacz.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from galactica.errors import BrokenInputError, InputError
from galactica.model import Rejected
from galactica.sources import leaf, packed, trees
from galactica.sources.contract import Format, Item, SourceOptions
from galactica.sources.leaf import Leaf, own_source, stated_source
from galactica.sources.nested import Scratch
from galactica.sources.trees import MAX_FILES, TreeFile, rejected
from galactica.sources.warc import WarcSource
from galactica.sources.warc_capture import Readers
from galactica.values.moments import iso_stamp

MAX_ARCHIVES = 10_000
"""Archives in one file; crawlers write a gigabyte to each."""

MAX_ABOUT = 2**20
"""Bytes of `datapackage.json`."""

_ARCHIVE = re.compile(r"(?:.*/)?archive/[^/]+\.w?arc(?:\.gz|\.zst)?", re.IGNORECASE | re.DOTALL)


class WaczSource(WarcSource):
    """An open WACZ; see `WarcSource`."""

    def __init__(self, path: Path, options: SourceOptions, readers: Readers = ()) -> None:
        self._stack = contextlib.ExitStack()
        found = own_source(path, options, "wacz")
        self._besides: list[Rejected] = []
        self._about: dict[str, str] = {}
        try:
            folder = self._stack.enter_context(Scratch(options.scratch).folder())
            places = self._unpacked(path, found.key, folder, Scratch(options.scratch))
            if not places:
                raise BrokenInputError(f"{path} holds no web archive", "Check that the file is whole.")
            super().__init__(places[0], replace(options, beside=tuple(places[1:])), readers)
        except BaseException:
            self._stack.close()
            raise
        day = iso_stamp(self._about.get("created", ""))[:10]
        title = options.title or leaf.title_line(self._about.get("title", ""))
        found = replace(found, title=title or found.title, date=day or self._source.date)
        self._source = stated_source(found, options)

    def __exit__(self, *exc: object) -> None:
        super().__exit__(*exc)
        self._stack.close()

    def read(self) -> Iterator[Item]:
        """Yield what the archives hold, then what lies besides them."""
        yield from super().read()
        for each in self._besides:
            yield replace(each, source=self._source.key)

    def _unpacked(self, path: Path, key: str, folder: Path, scratch: Scratch) -> list[Path]:
        """The archives, unpacked, in the order of their names."""
        found: list[tuple[str, Path]] = []
        budget = packed.Budget(path.stat().st_size, MAX_FILES)
        for number, step in enumerate(trees.walk_zip(path, key, "", budget)):
            if isinstance(step, Rejected):
                self._besides.append(step)
            elif not isinstance(step, TreeFile):
                continue
            elif not _ARCHIVE.fullmatch(step.path) or len(found) >= MAX_ARCHIVES:
                self._besides.append(self._beside(step, key))
            else:
                place = folder / str(number)
                place.mkdir()
                try:
                    scratch.put(step.open(), place, step.path)
                except packed.PackedError as error:  # what could be unpacked is read
                    self._besides.append(rejected(key, step.path, error.reason, str(error)))
                found += [(step.path, each) for each in place.iterdir() if each.stat().st_size]
        return [place for _, place in sorted(found)]

    def _beside(self, entry: TreeFile, key: str) -> Rejected:
        if entry.path.rpartition("/")[2] == "datapackage.json":
            with contextlib.suppress(ValueError, RecursionError, OSError, packed.PackedError), entry.open() as stream:
                about = json.loads(stream.read(MAX_ABOUT))
                if isinstance(about, dict):
                    self._about = {str(name): value for name, value in about.items() if isinstance(value, str)}
        if _ARCHIVE.fullmatch(entry.path):
            return rejected(key, entry.path, "too-many", f"more than {MAX_ARCHIVES:,} archives in one file")
        return rejected(key, entry.path, "archive-record", "a list, an index or a log of a web archive")


def sniff(name: str, head: bytes) -> int:
    """97 for a zip that is called so."""
    return 97 if trees.is_zip(head) and leaf.suffix_of(name) == ".wacz" else 0


def _read_wacz(entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item]:
    """One file that lies on disk, as `Leaf.read`."""
    if entry.local is None:
        raise InputError(f"{entry.path} is a web archive in a place that cannot be read twice", "Unpack it first.")
    with WaczSource(entry.local, replace(options, key=key)) as source:
        yield from source.read()


def over(readers: Readers) -> Format:
    """The format of WACZ files whose files may be documents of these formats."""
    return Format(
        name="wacz",
        suffixes=(".wacz",),
        recognise=lambda path, head: sniff(path.name, head),
        open=lambda path, options: WaczSource(path, options, readers),
        sniff=sniff,
        leaf=Leaf(name="wacz", suffixes=(".wacz",), recognise=sniff, read=_read_wacz, own=True),
        own=True,
        redirects=True,
    )
