"""The first half of a build: sources are read in order, cut into batches, and gathered by workers into the ledger.

Batches are cut by content alone, so the number of workers, and whether a build was interrupted, change nothing. When a
folder has been read, the links of its pages are followed, and the files that they lead to are read as further batches.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path

from galactica.building import indexing
from galactica.building.batches import Item
from galactica.building.gathered import Gathered
from galactica.building.ledger import Ledger
from galactica.building.links import Bounds
from galactica.building.refining import GatherTask, gather
from galactica.errors import UsageError
from galactica.model import Attachment, Document, FilesOfKind, MediaFile, Redirect, Rejected, Source
from galactica.progress import Report
from galactica.sources.contract import Holding, HoldingFiles, NamingEdition, OpenSource, SourceOptions
from galactica.sources.formats import open_source, redirects
from galactica.sources.kinds import files_together
from galactica.sources.trees import rejected

BATCH_BYTES = 8 * 2**20
BATCH_ITEMS = 20_000
SMALL_BATCHES = 3
"""The first batches are smaller, each twice the one before, so that workers and index have something to do at once."""

MENDED = {
    "form": "the one that is written in another form of Unicode",
    "case": "the one that differs in upper and lower case alone",
    "root": "the one from the root of its own site",
}
"""What a link that names no file exactly was taken for, for people. A folder's index page goes without saying."""


def batch_bytes(number: int) -> int:
    """Bytes of content at which batch `number` is full."""
    return BATCH_BYTES >> max(0, SMALL_BATCHES - number)


@dataclass(slots=True, kw_only=True)
class Gathering:
    """One run of it.

    Attributes:
        folder: where the batches are put.
        options: what the person said about sources.
        bounds: of the files that pages link to.
        parent: an edition whose work is used again.
        ahead: batches that may be out at a time.
        note: told what a person should know.
    """

    ledger: Ledger
    pool: Executor
    indexer: indexing.Indexer
    report: Report
    folder: Path
    options: SourceOptions
    bounds: Bounds
    parent: Path | None
    ahead: int
    note: Callable[[str], None]
    _keys: dict[str, str] = field(default_factory=dict)
    _languages: dict[str, str] = field(default_factory=dict)
    _linking: set[str] = field(default_factory=set)
    _folders: set[str] = field(default_factory=set)
    _waiting: deque[tuple[int, Future[Gathered] | None]] = field(default_factory=deque)
    _done: set[int] = field(default_factory=set)
    _files: tuple[FilesOfKind, ...] = ()
    _number: int = 0
    _first: int = 0

    def run(self, sources: list[str]) -> None:
        """Gather every batch; where no redirect can add names later, the index is fed at once (see `indexing`)."""
        self._done = self.ledger.batches()
        for where in sources:
            options = replace(self.options, taken=tuple(self._keys.items()))
            with open_source(where, options) as source:
                holding = source if isinstance(source, Holding) else None
                self._add(source.source, where, enter=holding is None)
                if holding:
                    self._linking.add(holding.pages.key)
                    if holding.mixed:
                        self._folders.add(holding.pages.key)
                    self._languages.setdefault(holding.pages.key, holding.pages.language)
                for items in self._batches(source, where):
                    self._gather(items)
                if holding:
                    self._fetch(holding)
                if isinstance(source, HoldingFiles):
                    self._files = files_together((self._files, source.files))
                if where == sources[0]:
                    known = self.ledger.sources()
                    own = (known[0] if len(known) == 1 else source.source).title
                    was = source.edition_title if isinstance(source, NamingEdition) else ""
                    self.ledger.set_meta("title", was or own)
        self._enter(0)
        self.ledger.set_meta("folders", json.dumps(sorted(self._folders)))
        self.ledger.set_meta("files", json.dumps([asdict(each) for each in self._files]))
        self.ledger.set_meta("gathered", "1")

    def _fetch(self, holding: Holding) -> None:
        """Follow the links of a folder's pages, and gather the files that they lead to."""
        self._enter(0)
        key = holding.pages.key
        settled = self.ledger.settle_links(self._number, key, dict(holding.inside), self.bounds)
        for how, count in settled.mended:
            self.indexer.early = False  # pages got further names
            if how in MENDED:
                said = "1 link" if count == 1 else f"{count:,} links"
                self.note(f"{holding.pages.title}: {said} to no file at just that path, taken for {MENDED[how]}.")
        links, limit = self.ledger.links, self.bounds.each
        if links.any(key):
            self.ledger.add_source(holding.pages)
            self._kept(holding.fetch(partial(links.wanted, key), partial(links.below, key), limit))
        for inner in sorted(holding.inside):
            if links.any(inner):
                self._kept(holding.fetch_inside(inner, partial(links.wanted, inner), limit))

    def _kept(self, found: Iterator[MediaFile | Rejected]) -> None:
        """Gather the files of one source that are wanted."""
        batch, total = _Batch(), 0
        for item in found:
            if isinstance(item, MediaFile):
                total += len(item.content)
                if total > self.bounds.total:  # an archive that lies about sizes
                    detail = f"{self.bounds.total:,} bytes are kept already"
                    item = rejected(item.source, item.path, "too-large", detail)
            if batch.add(item, self._number):
                self._gather(batch.take())
        if batch.items:
            self._gather(batch.take())

    def _gather(self, items: tuple[Item, ...]) -> None:
        """Give a batch to a worker, unless an earlier run of this build has it already."""
        number = self._number
        if self.indexer.early and any(isinstance(item, Redirect) for item in items):
            self.indexer.early = False
        if number in self._done:
            self._waiting.append((number, None))
        else:
            here = {item.source for item in items}
            task = GatherTask(
                number=number,
                items=items,
                languages=tuple((key, tag) for key, tag in self._languages.items() if key in here),
                folder=self.folder,
                parent=self.parent,
                draft=self.indexer.early,
                linking=frozenset(self._linking & here),
                folders=frozenset(self._folders & here),
            )
            self._waiting.append((number, self.pool.submit(gather, task)))
        self._number += 1
        self._enter(self.ahead)

    def _enter(self, limit: int) -> None:
        """Take results into the ledger, in order, until at most `limit` are waited for."""
        while len(self._waiting) > limit:
            number, future = self._waiting.popleft()
            if future is not None:
                self.ledger.enter(number, future.result())
            rows = self.ledger.kept_rows(number) if self.indexer.early else []
            self.indexer.add(self.folder, number, rows, self._first)
            self._first += len(rows)

    def _add(self, source: Source, where: str, *, enter: bool = True) -> None:
        """Take in a source; a folder's own only when something of it comes."""
        earlier = self._keys.get(source.key)
        if earlier is not None and earlier != source.format:
            raise UsageError(
                f"{where} calls itself {source.key!r}, and so does another source of another kind.",
                "Build them into two editions, or give one a name of its own with --key.",
            )
        self.indexer.early = self.indexer.early and not redirects(source.format)
        self._keys[source.key] = source.format
        self._languages[source.key] = source.language
        if enter:
            self.ledger.add_source(source)

    def _batches(self, source: OpenSource, where: str) -> Iterator[tuple[Item, ...]]:
        batch = _Batch()
        own = source.source if isinstance(source, Holding) else None
        for item in source.read():
            if isinstance(item, Source):
                self._found(item, where)
                continue
            if own and item.source == own.key and not isinstance(item, Rejected | Attachment):
                self.ledger.add_source(own)
                own = None
            if batch.add(item, self._number):
                self.report("read", source.position, source.size, "B")
                yield batch.take()
        if batch.items:
            yield batch.take()
        self.report("read", source.position, source.size, "B")

    def _found(self, source: Source, where: str) -> None:
        """Take in a source that was found in a folder."""
        if self._keys.get(source.key) != source.format:
            self._add(source, where)
        self.ledger.add_source(source)
        self._linking.add(source.key)


@dataclass(slots=True, kw_only=True)
class _Batch:
    """Items that are being put together."""

    items: list[Item] = field(default_factory=list)
    size: int = 0

    def add(self, item: Item, number: int) -> bool:
        """Add one; returns whether batch `number` is full."""
        self.items.append(item)
        if isinstance(item, Document | MediaFile):
            self.size += len(item.content)
        return self.size >= batch_bytes(number) or len(self.items) >= BATCH_ITEMS

    def take(self) -> tuple[Item, ...]:
        """What was put together; begins anew."""
        taken = tuple(self.items)
        self.items, self.size = [], 0
        return taken
