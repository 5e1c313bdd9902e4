"""The one place where editions are written: shards first, by as many processes as there are, then `finish`.

A shard is a file of articles with its passages and signals; media come in shards of their own. Whoever writes shards
keeps the leaf hashes of their articles: `EditionWriter` takes them by id, streams the small tables, and makes
`edition.json` with the root; the bag's manifests are written last (`bag.write_bag`). Nothing is held whole, and nothing
is asked of the clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from galactica.codes import merkle
from galactica.codes.files import whole
from galactica.edition import layout, record
from galactica.edition.info import EditionHeader, LeftOut
from galactica.edition.parquet import GROUP_BYTES, GROUP_ROWS, TableFile, write_rows
from galactica.edition.table import TABLES, Table, of_version, row_of, table, truths
from galactica.model import Article, FilesOfKind, Rejected, Source, SourceStatement, Work

MEDIA_GROUP_BYTES = 4 * 2**20
"""Media are unpacked by row group: a group is closed when it holds this much."""


def make_folders(data: Path) -> None:
    """Make the folders of all tables in the folder `data`; `EditionWriter.finish` removes those that stay empty."""
    for each in TABLES:
        (data / each.name).mkdir(parents=True, exist_ok=True)


def row_groups(sizes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """(first, behind last) rows of the row groups that articles with bodies of these sizes are cut into: a group is
    closed when it holds `GROUP_BYTES` of bodies, or `GROUP_ROWS` articles."""
    low = size = 0
    for i, more in enumerate(sizes):
        size += more
        if size >= GROUP_BYTES or i + 1 - low >= GROUP_ROWS:
            yield low, i + 1
            low, size = i + 1, 0
    if low < len(sizes):
        yield low, len(sizes)


def write_articles(
    path: Path, groups: Iterable[Sequence[Article]], *, typical: int, version: int = record.FORMAT_VERSION
) -> list[bytes]:
    """Write a file of articles, a row group each; returns their leaf hashes, in row order.

    Args:
        typical: about how many bytes a body has.
        version: of the edition's format.
    """
    leaves: list[bytes] = []
    own = of_version(table("articles"), version)
    schema = own.schema
    with whole(path) as target, TableFile(target, own, typical=typical) as file:
        for articles in groups:
            leaves += [merkle.leaf_hash(record.article_record(each, version)) for each in articles]
            file.write(pa.Table.from_pylist([row_of(each, schema) for each in articles], schema=schema))
    return leaves


def write_signals(path: Path, leaves: Sequence[bytes], inputs: Sequence[bytes]) -> None:
    """Write what is known of each article of a shard: the start of its leaf hash, and of what it was made."""
    columns = {"leaf": [leaf[: layout.LEAF_BYTES] for leaf in leaves], "input": list(inputs)}
    with whole(path) as target, TableFile(target, table("signals")) as file:
        file.write(pa.table(columns, schema=layout.SIGNALS))


def write_passages(path: Path, groups: Iterable[tuple[pa.ListArray, pa.ListArray]], *, first: int) -> int:
    """Write a file of passages, row groups as those of its articles; returns how many there are.

    Args:
        groups: starts and ends of the passages, a list for each article.
        first: row, in the edition, of the first article.
    """
    total = 0
    with whole(path) as target, TableFile(target, table("passages")) as file:
        for starts, ends in groups:
            lengths = starts.value_lengths().to_numpy(zero_copy_only=False)
            columns = {
                "article": np.repeat(np.arange(first, first + len(lengths)), lengths),
                "start": starts.flatten(),
                "end": ends.flatten(),
            }
            file.write(pa.table(columns, schema=layout.PASSAGES))
            first += len(lengths)
            total += int(lengths.sum())
    return total


def write_media(path: Path, files: Iterable[Mapping[str, Any]]) -> None:
    """Write a file of media: rows with hash, mime and content."""
    with whole(path) as target, TableFile(target, table("media"), typical=1 << 16) as file:
        group: list[dict[str, object]] = []
        size = 0
        for each in files:
            group.append({**each, "size": len(each["content"])})
            size += len(each["content"])
            if size >= MEDIA_GROUP_BYTES:
                file.write(pa.Table.from_pylist(group, schema=layout.MEDIA))
                group, size = [], 0
        if group:
            file.write(pa.Table.from_pylist(group, schema=layout.MEDIA))


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What an edition says of itself, besides its tables; the fields are those of `info.Statement`."""

    title: str
    languages: Sequence[tuple[str, int]]
    licences: Sequence[str]
    parent: str
    number: int
    shards: Sequence[int]
    counts: Sequence[tuple[str, int]]
    left_out: Sequence[LeftOut]
    program: str
    files: Sequence[FilesOfKind] = ()


class EditionWriter:
    """Makes an edition of shards that lie in `folder`/data already, and of what is streamed into its small tables.

    Args:
        folder: of the edition in the making; whoever calls gives it its final name.
        version: of the edition's format; an older one is written again where an edition of it travelled.
    """

    def __init__(self, folder: Path, version: int = record.FORMAT_VERSION) -> None:
        self._folder = folder
        self._version = version
        self._data = folder / "data"
        self._heads: dict[str, tuple[int, bytes]] = {}

    def sources(self, sources: Iterable[Source]) -> None:
        """Write the sources, sorted by key."""
        self._small("sources", (row_of(each, layout.SOURCES) for each in sources))

    def works(self, works: Iterable[Work]) -> None:
        """Write the works, sorted by source and path."""
        self._small("works", (row_of(each, layout.WORKS) for each in works))

    def statements(self, statements: Iterable[SourceStatement]) -> None:
        """Write what sources state, sorted by source and path."""
        self._small("statements", (row_of(each, layout.STATEMENTS) for each in statements))

    def files(self, files: Iterable[tuple[str, str, bytes]]) -> None:
        """Write (source, path, hash) of the places of media, sorted by source and path."""
        self._small("files", ({"source": s, "path": p, "hash": digest} for s, p, digest in files))

    def rejected(self, rejected: Iterable[Rejected]) -> None:
        """Write what was left out, in any order."""
        self._small("rejected", (row_of(each, layout.REJECTED) for each in rejected))

    def dropped(self, dropped: Iterable[tuple[str, str, int]]) -> None:
        """Write (source, rule, count) of what cleaning left out, in any order."""
        self._small("dropped", ({"source": s, "rule": rule, "count": count} for s, rule, count in dropped))

    def media(self, media: Iterable[tuple[bytes, str, int]]) -> None:
        """Take in (hash, mime, size) of all media files, sorted by hash; their shards are written already."""
        self._heads["media"] = _head(record.media_record(*each) for each in media)

    def articles(self, leaves: Iterable[bytes]) -> None:
        """Take in the leaf hashes of all articles, sorted by id; their shards are written already."""
        self._heads["articles"] = counted_head(leaves)

    def finish(self, about: About) -> str:
        """Write `edition.json`; returns the root.

        Tables that nothing was written of are empty, and their folders removed.
        """
        for each in TABLES:
            folder = self._data / each.name
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
        version = self._version
        edition = record.edition_record(
            version=version,
            number=about.number,
            title=about.title,
            languages=[tag for tag, _ in about.languages],
            licences=about.licences,
            parent=about.parent,
        )
        self._heads["edition"] = _head([edition])
        heads = [(name, *self._heads.get(name, _EMPTY)) for name in truths(version)]
        root = record.root_of(heads, version).hex()
        statement = EditionHeader(
            format=version,
            number=about.number,
            title=about.title,
            languages=tuple(about.languages),
            licences=tuple(about.licences),
            parent=about.parent,
            root=root,
            tables=tuple((name, count, head.hex()) for name, count, head in heads),
            shards=tuple(about.shards),
            counts=tuple(about.counts),
            program=about.program,
            left_out=tuple(about.left_out),
            files=tuple(about.files),
        )
        (self._data / "edition.json").write_text(statement.to_json(), encoding="utf-8", newline="\n")
        return root

    def _small(self, name: str, rows: Iterable[Mapping[str, object]]) -> None:
        """Write a table of one file, and take its head on the way where it is truth."""
        own = of_version(table(name), self._version)
        if not own.truth:
            write_rows(self._data / name / layout.shard_name(0), own, rows)
            return
        tree = merkle.Tree()
        write_rows(self._data / name / layout.shard_name(0), own, _passing(rows, own, tree, self._version))
        self._heads[name] = (tree.size, tree.head())


_EMPTY = (0, merkle.tree_head([]))


def _passing(
    rows: Iterable[Mapping[str, object]], own: Table, tree: merkle.Tree, version: int
) -> Iterator[Mapping[str, object]]:
    """The rows, each put into the tree on its way."""
    assert own.record is not None
    for row in rows:
        tree.add(merkle.leaf_hash(own.record(row, version)))
        yield {name: row.get(name) for name in own.schema.names}


def _head(records: Iterable[bytes]) -> tuple[int, bytes]:
    return counted_head(merkle.leaf_hash(each) for each in records)


def counted_head(leaves: Iterable[bytes]) -> tuple[int, bytes]:
    """(number of leaves, head of their tree)."""
    tree = merkle.Tree()
    for leaf in leaves:
        tree.add(leaf)
    return tree.size, tree.head()
