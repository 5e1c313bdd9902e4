"""An edition out of records: shards by as many processes as there are, small tables, indexes, the bag.

The same for a whole edition and for one of what is there so far, which differ in what they take (`Taken`). Articles
stand by source, work, part and path: neighbours have much in common, and the order is the same wherever records came
from and in whatever order. Killed at any moment, it begins anew: what arrived is in the store.
"""

from __future__ import annotations

import shutil
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from pathlib import Path

from galactica import __version__
from galactica.building.batches import gathered_path
from galactica.building.indexing import Indexer
from galactica.building.workers import pool
from galactica.edition import bag, decode
from galactica.edition.record import Value
from galactica.edition.write import About, EditionWriter, make_folders
from galactica.errors import EditionError
from galactica.progress import Report
from galactica.spread.assembly.shards import AssemblyDone, AssemblyTask, write_shard
from galactica.spread.assembly.store import RecordStore

SHARD_BYTES = 8 * 2**20
"""Bytes of records in a shard, as a build cuts it: what a worker holds at a time, a few times over."""

MEDIA_SHARD_BYTES = 64 * 2**20
"""Bytes of media files in a shard."""

PROGRAM = f"galactica {__version__}"

BAG, GATHERED = "edition", "gathered"
"""In the folder of the work: the edition in the making; texts for the index."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What of a store an edition is made of.

    Attributes:
        title, number, parent, licences: of the edition.
        articles: how many.
        takes: whether a record of a table is taken, by its key and the record (which is not read for articles: b"").
    """

    title: str
    number: int
    parent: str
    licences: tuple[str, ...]
    articles: int
    takes: Callable[[str, bytes, bytes], bool]


def write_edition(store: RecordStore, taken: Taken, work: Path, *, workers: int, report: Report) -> tuple[Path, str]:
    """Write an edition into the folder `work`; whoever calls gives it its name, or takes it away.

    Args:
        workers: processes that write shards, and threads that index words; 0: this one does it all.
        report: stages "write" and "index" (articles).

    Returns:
        (its folder, its root).

    Raises:
        EditionError: a record is not what it should be.
        LimitError: a worker died.
    """
    store.commit()  # workers read what is committed
    made = work / BAG
    for folder in (made, work / GATHERED):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    make_folders(made / "data")
    counts: dict[str, int] = {}
    languages: dict[str, int] = {}
    with pool(workers) as workshop, Indexer(made, report) as indexer:
        shards = _write_articles(store, taken, made, workshop, indexer, counts, languages, report)
        indexer.complete(taken.articles)
        writer = EditionWriter(made, store.version)
        writer.sources(decode.source_of(_fields(store, "sources", raw)) for raw in _records(store, taken, "sources"))
        if store.version >= 2:
            fields = (_fields(store, "works", raw) for raw in _records(store, taken, "works"))
            writer.works(map(decode.work_of_fields, fields))
            fields = (_fields(store, "statements", raw) for raw in _records(store, taken, "statements"))
            writer.statements(map(decode.statement_of_fields, fields))
        writer.files(_places(store, taken))
        writer.media(_write_media(store, taken, made, workshop))
        writer.articles(leaf for key, leaf in store.keyed_leaves("articles") if taken.takes("articles", key, b""))
        root = writer.finish(
            About(
                title=taken.title,
                languages=sorted(languages.items(), key=lambda each: (-each[1], each[0])),
                licences=taken.licences,
                parent=taken.parent,
                number=taken.number,
                shards=shards,
                counts=sorted(counts.items()),
                left_out=(),
                program=PROGRAM,
            )
        )
        indexer.finish(pair for pair in store.keyed_leaves("articles") if taken.takes("articles", pair[0], b""))
    shutil.rmtree(work / GATHERED, ignore_errors=True)
    bag.write_bag(made, title=taken.title, root=root)
    return made, root


def _write_articles(
    store: RecordStore,
    taken: Taken,
    made: Path,
    workshop: Executor,
    indexer: Indexer,
    counts: dict[str, int],
    languages: dict[str, int],
    report: Report,
) -> list[int]:
    """Write all shards of articles and index them; returns how many each has."""
    waiting: deque[tuple[AssemblyTask, Future[AssemblyDone]]] = deque()
    shards: list[int] = []
    counts |= {"passages": 0, "aliases": 0, "rejected": 0, "bycatch": 0}

    def enter(limit: int) -> None:
        while len(waiting) > limit:
            task, future = waiting.popleft()
            written = future.result()
            rows = range(len(task.keys))
            indexer.add(task.gathered, task.shard, rows, task.first, dict(zip(rows, written.aliases, strict=True)))
            gathered_path(task.gathered, task.shard).unlink()
            counts["passages"] += written.passages
            counts["aliases"] += sum(map(len, written.aliases))
            report("write", task.first + len(task.keys), taken.articles, "articles")

    for task in _article_tasks(store, taken, made, languages):
        waiting.append((task, workshop.submit(write_shard, task)))
        shards.append(len(task.keys))
        enter(AHEAD)
    enter(0)
    return shards


AHEAD = 4
"""Shards that are written at a time: their articles are held in the workers, and nothing of them here."""


def _article_tasks(store: RecordStore, taken: Taken, made: Path, languages: dict[str, int]) -> Iterator[AssemblyTask]:
    keys: list[bytes] = []
    sizes: list[int] = []
    first = shard = held = 0

    def task() -> AssemblyTask:
        return AssemblyTask(
            store=store.folder,
            root=store.root,
            version=store.version,
            data=made / "data",
            gathered=made.with_name(GATHERED),
            shard=shard,
            first=first,
            keys=tuple(keys),
            sizes=tuple(sizes),
        )

    for key, size, language in store.articles_in_order():
        if not taken.takes("articles", key, b""):
            continue
        keys.append(key)
        sizes.append(size)
        languages[language] = languages.get(language, 0) + 1
        held += size
        if held >= SHARD_BYTES:
            yield task()
            first, shard, held = first + len(keys), shard + 1, 0
            keys, sizes = [], []
    if keys:
        yield task()


def _write_media(store: RecordStore, taken: Taken, made: Path, workshop: Executor) -> Iterator[tuple[bytes, str, int]]:
    """Write the shards of media files; yields (hash, mime, size) of all of them, sorted by hash."""
    several: list[tuple[bytes, str]] = []
    waiting: list[Future[AssemblyDone]] = []
    held = shard = 0

    def write() -> None:
        waiting.append(
            workshop.submit(
                write_shard,
                AssemblyTask(
                    store=store.folder,
                    root=store.root,
                    version=store.version,
                    data=made / "data",
                    gathered=made.with_name(GATHERED),
                    shard=shard,
                    media=tuple(several),
                ),
            )
        )

    for raw in _records(store, taken, "media"):
        fields = _fields(store, "media", raw)
        digest, size = _hash_in(fields), fields.get("size", 0)
        assert isinstance(size, int)  # `fields_of` saw to it
        several.append((digest, str(fields.get("mime", ""))))
        held += size
        yield digest, several[-1][1], size
        if held >= MEDIA_SHARD_BYTES:
            write()
            several, held, shard = [], 0, shard + 1
    if several:
        write()
    for future in waiting:
        future.result()


def _places(store: RecordStore, taken: Taken) -> Iterator[tuple[str, str, bytes]]:
    for raw in _records(store, taken, "files"):
        fields = _fields(store, "files", raw)
        yield str(fields.get("source", "")), str(fields.get("path", "")), _hash_in(fields)


def _records(store: RecordStore, taken: Taken, table: str) -> Iterable[bytes]:
    return (raw for key, raw in store.records(table) if taken.takes(table, key, raw))


def _hash_in(fields: dict[str, Value]) -> bytes:
    found = fields.get("hash")
    if not isinstance(found, bytes):
        raise EditionError("A media file that arrived has no hash.", "Ask whoever published it to publish it again.")
    return found


def _fields(store: RecordStore, table: str, raw: bytes) -> dict[str, Value]:
    return decode.fields_of(raw, table, store.version)
