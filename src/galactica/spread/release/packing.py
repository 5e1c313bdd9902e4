"""Cutting an edition into objects: what goes into which pack, in the order in which it travels.

    sources, works │ leaves │ articles of the first group │ media and where they lie │ pictures of the first group │
    articles of the next group │ their pictures │ … │ all other articles │ statements │ all other media files

Leaf hashes stand in front where they are less than a hundredth of everything, else behind the first tenth, because
there would be little to prove with them yet. A pack ends where it holds enough and the key of its last record says so:
then the packs behind a change are the same as before, and a publication that has them has no new ones to keep.

Packs are made by as many processes as there are; which record goes where is settled before, so that their number
changes nothing.
"""

from __future__ import annotations

import hashlib
import zlib
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TypeVar

import pyarrow as pa

from galactica.building.order.ordering import OrderedArticles
from galactica.codes import merkle
from galactica.edition import Edition, record
from galactica.edition.damage import damaged, readable, verify_it
from galactica.edition.keyed import keyed_records
from galactica.edition.trust import check_media
from galactica.errors import EditionError
from galactica.progress import Report
from galactica.spread.release.document import CONTENT, LEAVES, MAX_OBJECTS, PACK, ReleaseObject
from galactica.spread.release.objects import PacksMade, has_object, keep_object
from galactica.spread.release.pack import LEVEL, MAX_CONTENT, MAX_ENTRIES, MAX_RECORD, PIECE, PackEntry, pack_bytes

LEAST, MOST = 192 * 2**10, 320 * 2**10
"""Bytes of a pack, about: from the first on it may end, at the second it does. Between them one record in `ENDS` ends
it, so that most have 256 KiB."""

ENDS = 8
"""One in so many records may end a pack."""

LEAVES_AT_ONCE = 8_192
"""Leaf hashes of an object: 256 KiB."""

FRONT, BEHIND = 100, 10
"""Leaves are in front where they are less than one part in the first of everything, else behind one in the second."""

SMALL_GAIN = 0.25
"""How large records of small tables are in a pack, of their bytes: about."""

_T = TypeVar("_T")
_Weighed = tuple[int, int, bytes, _T]
"""About how many bytes in a pack; bytes of the record; its key; what it is."""

_ENTRY = 64
"""Bytes of an entry of a pack besides its record, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackTask:
    """A pack to make.

    Attributes:
        edition: its folder.
        folder: of the publication.
        key: digest of what goes into it.
        rows: of the articles in it; or
        media: (source, path, number of the piece) of media files; or
        records: (table, record) of small tables.
    """

    edition: Path
    folder: Path
    key: bytes
    rows: tuple[int, ...] = ()
    media: tuple[tuple[str, str, int], ...] = ()
    records: tuple[tuple[str, bytes], ...] = ()


def make_pack(task: PackTask) -> ReleaseObject:
    """Make a pack, and keep it among the objects of the publication."""
    entries = [PackEntry(table, raw) for table, raw in task.records]
    if task.rows or task.media:
        edition = _opened(task.edition)
        version = edition.statement.format
        for row in task.rows:
            entries.append(PackEntry("articles", record.article_record(edition.article(row), version)))
        entries += _piece_entries(edition, task.media)
    counts: dict[str, int] = {}
    for each in entries:
        counts[each.table] = counts.get(each.table, 0) + 1
    digest, size = keep_object(task.folder, pack_bytes(entries))
    return ReleaseObject(hash=digest, size=size, kind=PACK, records=tuple(sorted(counts.items())))


@lru_cache(maxsize=1)
def _opened(path: Path) -> Edition:
    """The edition that packs are made of, open for as long as they are made: its columns are read once."""
    return Edition.open(path)


def close_edition() -> None:
    """Let go of the edition that packs were made of in this process."""
    if _opened.cache_info().currsize:
        _opened.cache_clear()


def packed_objects(
    edition: Edition,
    articles: OrderedArticles,
    folder: Path,
    made: PacksMade,
    pool: Executor,
    ahead: int,
    report: Report,
) -> Iterator[ReleaseObject]:
    """The objects of an edition, made and kept in the publication `folder`, the most important first.

    Args:
        made: packs that were made before.
        pool: makes packs.
        ahead: packs that are made at a time.
        report: stage "pack" (articles).

    Raises:
        EditionError: the edition is damaged, or larger than a release can name.
    """
    leaves = list(_leaves(articles, folder))
    weight = sum(articles.weights) + sum(size for _, _, size in edition.media.sizes())
    behind = 0 if sum(each.size for each in leaves) * FRONT <= weight else weight // BEHIND
    waiting: deque[tuple[PackTask, ReleaseObject | Future[ReleaseObject]]] = deque()
    done = count = sent = 0
    last: list[PackTask | None] = [None]
    for task in chain(_tasks(edition, articles, folder), last):
        if task is not None:
            found = made.known(task.key)
            there = found is not None and has_object(folder, found.hash, found.size)
            waiting.append((task, found if found is not None and there else pool.submit(make_pack, task)))
        while len(waiting) > (ahead if task is not None else 0):
            first, result = waiting.popleft()
            if isinstance(result, Future):
                result = result.result()
                made.remember(first.key, result)
            if first.rows and sent >= behind:
                yield from leaves
                leaves.clear()
            done, count, sent = done + len(first.rows), count + 1, sent + result.size
            if count > MAX_OBJECTS - 1_000 - len(articles.ids) // LEAVES_AT_ONCE:
                raise EditionError(f"{edition.path} is too large to travel as one release.", "Publish parts of it.")
            report("pack", done, len(edition), "articles")
            yield result
    yield from leaves


def _leaves(articles: OrderedArticles, folder: Path) -> Iterator[ReleaseObject]:
    """The objects of all leaf hashes of articles, in the order of the table."""
    several: list[bytes] = []
    first = 0
    for leaf in (*articles.table_order(), None):
        if leaf is not None:
            several.append(leaf)
        if several and (leaf is None or len(several) == LEAVES_AT_ONCE):
            digest, size = keep_object(folder, b"".join(several))
            yield ReleaseObject(
                hash=digest, size=size, kind=LEAVES, table="articles", first=first, count=size // merkle.HASH_BYTES
            )
            first, several = first + len(several), []


def _tasks(edition: Edition, articles: OrderedArticles, folder: Path) -> Iterator[PackTask]:
    """All packs, in the order in which they travel."""

    def records(*tables: str) -> Iterator[PackTask]:
        for name in tables:
            if edition.statement.count(name):
                weighed = ((_light(raw), len(raw), key, raw) for key, raw in keyed_records(edition, name))
                for several in _cut(weighed):
                    yield PackTask(
                        edition=edition.path,
                        folder=folder,
                        key=_key(name.encode(), several),
                        records=tuple((name, raw) for raw in several),
                    )

    def media(files: Iterable[tuple[bytes, tuple[str, str], int]]) -> Iterator[PackTask]:
        for several in _cut(_pieces(files)):
            names = (digest + number.to_bytes(8, "big") for digest, _, number in several)
            yield PackTask(
                edition=edition.path,
                folder=folder,
                key=_key(CONTENT.encode(), names),
                media=tuple((*place, number) for _, place, number in several),
            )

    files = {digest: (digest, place, size) for digest, place, size in edition.media.sizes()}
    if len(files) != edition.statement.count("media"):
        raise damaged(edition.path, "a media file lies at no place of a source, or twice")
    yield from records("sources", "works")
    low = 0
    for number, high in enumerate(articles.ends):
        rows = articles.rows[low:high]
        low = high
        weighed = ((articles.weights[row], articles.sizes[row], articles.ids[row], row) for row in rows)
        for several in _cut(weighed):
            key = _key(b"articles", (articles.leaves[row] for row in several))
            yield PackTask(edition=edition.path, folder=folder, key=key, rows=several)
        if number == len(articles.media):  # the last, of no group
            yield from records("statements")
        if number == 0:
            yield from records("media", "files")
        if number < len(articles.media):
            found = (edition.media.item(*place) for place in articles.media[number])
            shown = dict.fromkeys(item.hash for item in found if item is not None and item.hash in files)
            yield from media(files.pop(digest) for digest in shown)
    yield from media(files[digest] for digest in sorted(files))


def _light(raw: bytes) -> int:
    return 1 + int(SMALL_GAIN * len(raw))


def _cut(items: Iterable[_Weighed[_T]]) -> Iterator[tuple[_T, ...]]:
    """Cut what is in order into packs."""
    several: list[_T] = []
    weight = size = 0
    for light, heavy, key, item in items:
        if heavy > MAX_RECORD:
            raise EditionError(f"A record has {heavy:,} bytes; {MAX_RECORD:,} are the most.", "Build without it.")
        heavy += _ENTRY
        if several and (size + heavy > MAX_CONTENT or len(several) == MAX_ENTRIES):
            yield tuple(several)
            several, weight, size = [], 0, 0
        several.append(item)
        weight, size = weight + light, size + heavy
        if weight >= MOST or (weight >= LEAST and zlib.crc32(key) % ENDS == 0):
            yield tuple(several)
            several, weight, size = [], 0, 0
    if several:
        yield tuple(several)


def _key(kind: bytes, names: Iterable[bytes]) -> bytes:
    """What a pack is known by before it is made: a digest of what goes into it, and of what presses it."""
    digest = hashlib.sha256(f"{LEVEL} pyarrow {pa.__version__}\n".encode() + kind)
    for name in names:
        digest.update(hashlib.sha256(name).digest())
    return digest.digest()


def _pieces(
    files: Iterable[tuple[bytes, tuple[str, str], int]],
) -> Iterator[_Weighed[tuple[bytes, tuple[str, str], int]]]:
    """The pieces of media files, one after another; an empty file is one piece."""
    for digest, place, size in files:
        for number in range(max(1, -(-size // PIECE))):
            length = min(PIECE, size - number * PIECE)
            yield length + _ENTRY, length, digest, (digest, place, number)


def _piece_entries(edition: Edition, media: Iterable[tuple[str, str, int]]) -> Iterator[PackEntry]:
    """The entries of pieces of media files, each of which is read once where its pieces stand together."""
    last: tuple[str, str] | None = None
    digest, content = b"", b""
    for source, path, number in media:
        if (source, path) != last:
            found = edition.media.read(source, path)
            if found is None:
                raise EditionError(f"{edition.path} has lost the file {path}.", verify_it(edition.path))
            last, digest, content = (source, path), found[0].hash, found[1]
            with readable(edition.path):
                check_media(digest, content, path)
        data = content[number * PIECE : (number + 1) * PIECE]
        yield PackEntry(CONTENT, data, digest, number * PIECE, len(content))
