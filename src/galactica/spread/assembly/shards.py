"""What workers do when an edition is put together: a shard of articles with its passages, or one of media files.

Beside each shard its articles and their texts are left in the form in which a build keeps them (`building.batches`), so
that the index of words is made of them without their being read and cut again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from galactica.building.batches import GATHERED, gathered_path, write_arrow
from galactica.codes.merkle import leaf_hash
from galactica.codes.segment import passages
from galactica.edition import decode, layout
from galactica.edition.write import row_groups, write_articles, write_media, write_passages, write_signals
from galactica.errors import EditionError
from galactica.model import Article
from galactica.model.identity import INPUT_BYTES
from galactica.model.projection import outline
from galactica.spread.assembly.store import RecordStore

_AGAIN = "Ask whoever published it to publish the edition again."


@dataclass(frozen=True, slots=True, kw_only=True)
class AssemblyTask:
    """A shard to write.

    Attributes:
        store: folder of the records; root, version: of the release that they are of.
        data: folder of the edition's tables; gathered: where texts are left for the index.
        shard: its number; first: row, in the edition, of its first article.
        keys, sizes: of its articles, in order: ids, and bytes of their records; or
        media: (hash, mime) of its media files, sorted.
    """

    store: Path
    root: str
    version: int
    data: Path
    gathered: Path
    shard: int
    first: int = 0
    keys: tuple[bytes, ...] = ()
    sizes: tuple[int, ...] = ()
    media: tuple[tuple[bytes, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AssemblyDone:
    """What writing a shard gave: how many passages, and the names of each article in it, in row order."""

    passages: int
    aliases: tuple[tuple[tuple[str, str], ...], ...]


def write_shard(task: AssemblyTask) -> AssemblyDone:
    """Write a shard of articles with its passages, or one of media files.

    Raises:
        EditionError: a record is not what it should be.
    """
    with RecordStore(task.store, task.root, task.version, readonly=True) as store:
        if task.media:
            write_media(task.data / "media" / layout.shard_name(task.shard), _media(store, task))
            return AssemblyDone(passages=0, aliases=())
        return _write_articles(store, task)


def _write_articles(store: RecordStore, task: AssemblyTask) -> AssemblyDone:
    name = layout.shard_name(task.shard)
    rows: dict[str, list[object]] = {each: [] for each in GATHERED.names}
    aliases: list[tuple[tuple[str, str], ...]] = []
    expected: list[bytes] = []
    borders = list(row_groups(task.sizes))

    def groups() -> Iterator[list[Article]]:
        for low, high in borders:
            articles = [_article(store, task, key, expected) for key in task.keys[low:high]]
            for article in articles:
                _gather(article, rows)
                aliases.append(tuple((alias.title, alias.path) for alias in article.aliases))
            yield articles

    path = task.data / "articles" / name
    leaves = write_articles(path, groups(), typical=sum(task.sizes) // len(task.sizes), version=task.version)
    if leaves != expected:
        raise EditionError("An article that arrived is not in the one form that articles have.", _AGAIN)
    count = write_passages(
        task.data / "passages" / name,
        ((pa.array(rows["starts"][low:high], _SPAN), pa.array(rows["ends"][low:high], _SPAN)) for low, high in borders),
        first=task.first,
    )
    write_signals(task.data / "signals" / name, leaves, [bytes(INPUT_BYTES)] * len(leaves))
    write_arrow(gathered_path(task.gathered, task.shard), GATHERED, rows)
    return AssemblyDone(passages=count, aliases=tuple(aliases))


_SPAN = pa.list_(pa.int32())


def _article(store: RecordStore, task: AssemblyTask, key: bytes, leaves: list[bytes]) -> Article:
    raw = store.record("articles", key)
    if raw is None:
        raise EditionError("An article that was there a moment ago is no more.", "Run the same command again.")
    leaves.append(leaf_hash(raw))
    return decode.article_of(decode.fields_of(raw, "articles", task.version))


def _gather(article: Article, rows: dict[str, list[object]]) -> None:
    """Put an article and its text behind the others; its names are handed over apart."""
    try:
        seen = outline(article.body)
        spans = passages(seen.text, seen.headings)
    except (ValueError, LookupError, RecursionError) as error:
        raise EditionError(f"The body of the article {article.title!r} is none: {error}.", _AGAIN) from error
    derived: dict[str, object] = {
        "text": seen.text,
        "linked": 'href="./' in article.body,
        "starts": [start for start, _ in spans],
        "ends": [end for _, end in spans],
        "input": bytes(INPUT_BYTES),
        "aliases": [],
    }
    for name, column in rows.items():
        value = derived[name] if name in derived else getattr(article, name)
        column.append(list(value) if isinstance(value, tuple) else value)


def _media(store: RecordStore, task: AssemblyTask) -> Iterator[dict[str, object]]:
    for digest, mime in task.media:
        content = store.content(digest)
        if hashlib.sha256(content).digest() != digest:
            raise EditionError(f"The media file {digest.hex()[:16]}… is not what its hash says.", _AGAIN)
        yield {"hash": digest, "mime": mime, "content": content}
