"""The files of articles of a new edition, made of those of the old one: what holds nothing new is linked, the rest
written again with the same row groups.

On the way every old article is read and hashed, so that what was damaged on disk is found before anything is said to be
whole. Memory: a row group with its bodies, 32 bytes an article, and what `LinkCounter` holds.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import accumulate, islice, pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from galactica.codes import merkle
from galactica.codes.files import whole
from galactica.codes.segment import passages
from galactica.edition import Edition, layout
from galactica.edition.carried import OF_SHARD
from galactica.edition.damage import readable
from galactica.edition.decode import article_of, fields_of
from galactica.edition.parquet import GROUP_BYTES, GROUP_ROWS, TableFile
from galactica.edition.record import article_record
from galactica.edition.table import row_of
from galactica.edition.write import write_passages, write_signals
from galactica.model import Article
from galactica.model.identity import INPUT_BYTES
from galactica.model.projection import outline
from galactica.progress import Report
from galactica.search.prominence import LinkCounter
from galactica.spread.delta.changes import Changes
from galactica.spread.delta.document import refused
from galactica.spread.delta.layouts import columns_of_version
from galactica.spread.delta.numbered import ARTICLES, EditionRecords
from galactica.spread.delta.rows import RowPlan
from galactica.spread.delta.scanning import scan_shard

NO_INPUT = bytes(INPUT_BYTES)
"""Of an article that came by a delta nobody knows what it was made from: a build upon the edition makes it anew."""


@dataclass(slots=True)
class ArticlesWritten:
    """What writing the articles gave.

    Attributes:
        leaves: of the old articles by number; those of changed ones are the new ones.
        new_leaves: number of the new record → leaf hash.
        shards: articles in each shard.
        languages: tag → articles; aliases, passages: how many all have.
        links: the links of all articles, counted.
        lengths: characters of the text of the articles that are new in their row, by row.
    """

    leaves: bytearray
    new_leaves: dict[int, bytes] = field(default_factory=dict)
    shards: list[int] = field(default_factory=list)
    languages: Counter[str] = field(default_factory=Counter)
    aliases: int = 0
    passages: int = 0
    links: LinkCounter = field(default_factory=LinkCounter)
    lengths: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Standing:
    """What stands in a row: its article, the passages of that, the digest of what it was made from, its leaf hash."""

    article: Article
    spans: tuple[list[int], list[int]]
    input: bytes
    leaf: bytes


class ShardsWriter:
    """Writes the shards of the edition that `changes` make of the edition of `records`, into the folder `data`."""

    def __init__(self, records: EditionRecords, changes: Changes, plan: RowPlan, data: Path) -> None:
        self._edition: Edition = records.edition
        self._records, self._changes, self._plan, self._data = records, changes, plan, data
        self._numbers = records.numbers()
        self._table = columns_of_version(ARTICLES, changes.version)
        self._same_format = records.version == changes.version
        self._made = ArticlesWritten(leaves=bytearray(merkle.HASH_BYTES * len(records.rows)))

    def run(self, report: Report) -> ArticlesWritten:
        """Write them all.

        Args:
            report: stage "write", in articles.

        Raises:
            EditionError: the old edition is damaged.
            ProofError: an article is none that can be written.
        """
        plan, made = self._plan, self._made
        shards = self._edition.shard_rows()
        ending = [number for number, (first, _) in enumerate(shards) if first < plan.after]
        appended = self._lots(range(plan.before, plan.after))
        for number, (first, count) in enumerate(shards):
            groups = self._groups(number, first)
            kept = [range(group.start, min(group.stop, plan.after)) for group in groups if group.start < plan.after]
            if appended and ending[-1:] == [number] and self._bytes(number) < GROUP_BYTES:
                kept += _cut(appended.pop(0))
            if kept == groups and self._same_format and not plan.in_shard(first, count):
                for _ in self._read(number):
                    pass
                self._link(number, count)
            else:
                self._write(number, groups, kept)
            report("write", min(first + count, plan.after), plan.after, "articles")
        for rows in appended:
            self._write(len(made.shards), [], _cut(rows))
        self._records.check_leaves(made.leaves)
        for old, new in self._changes.of(ARTICLES).changed:
            at = merkle.HASH_BYTES * old
            made.leaves[at : at + merkle.HASH_BYTES] = made.new_leaves[new]
        return made

    def _read(self, number: int) -> Iterator[tuple[int, Article, bytes]]:
        """(row, article, leaf hash) of an old shard. What stays is counted."""
        edition, size = self._edition, merkle.HASH_BYTES
        for row, article in scan_shard(edition, number):
            leaf = merkle.leaf_hash(article_record(article, edition.statement.format))
            at = size * int(self._numbers[row])
            self._made.leaves[at : at + size] = leaf
            if row < self._plan.after and row not in self._plan.new and row not in self._plan.moved:
                self._count(row, article)
            yield row, article, leaf

    def _count(self, row: int, article: Article) -> None:
        made = self._made
        made.languages[article.language] += 1
        made.aliases += len(article.aliases)
        made.links.add(row, article, made.lengths.get(row, 0))

    def _write(self, number: int, groups: list[range], kept: list[range]) -> None:
        """Write a shard of old rows, with what now stands in them.

        Args:
            groups: rows of the row groups of the old shard; kept: those of the new one, which may have more.
        """
        rows: list[_Standing] = []
        sizes: list[int] = []
        name = layout.shard_name(number)
        articles = self._read(number) if groups else iter(())
        if not kept:
            for _ in articles:
                pass
            return
        schema = self._table.schema
        with (
            whole(self._data / ARTICLES / name) as target,
            TableFile(target, self._table, typical=self._typical) as file,
        ):
            for at, group in enumerate(kept):
                old = islice(articles, len(groups[at]) if at < len(groups) else 0)
                standing = list(self._standing(old, group))
                try:
                    table = pa.Table.from_pylist([row_of(each.article, schema) for each in standing], schema=schema)
                except (pa.ArrowException, OverflowError, TypeError, ValueError):
                    raise refused("an article in it is none that can be written") from None
                file.write(table)
                sizes.append(len(standing))
                rows += [replace(each, article=_NOTHING) for each in standing]
            for _ in articles:
                pass
        borders = list(accumulate(sizes, initial=0))
        spans = (_lists([each.spans for each in rows[low:high]]) for low, high in pairwise(borders))
        self._made.passages += write_passages(self._data / "passages" / name, spans, first=kept[0].start)
        write_signals(self._data / "signals" / name, [each.leaf for each in rows], [each.input for each in rows])
        self._made.shards.append(len(rows))

    def _standing(self, old: Iterator[tuple[int, Article, bytes]], kept: range) -> Iterator[_Standing]:
        """What stands in the rows of a group now."""
        plan, edition = self._plan, self._edition
        for row, article, leaf in old:
            if row >= kept.stop:
                continue
            if row in plan.new or row in plan.moved:
                yield self._other(row)
            else:
                yield _Standing(article, edition.spans(row), edition.inputs(row), leaf)
        for row in range(max(kept.start, plan.before), kept.stop):
            yield self._other(row)

    def _other(self, row: int) -> _Standing:
        """What stands in a row that held something else, or nothing."""
        if row in self._plan.moved:
            old = self._plan.moved[row]
            article = self._edition.article(old)
            leaf = merkle.leaf_hash(article_record(article, self._edition.statement.format))
            text = outline(article.body).text
            found = _Standing(article, self._edition.spans(old), self._edition.inputs(old), leaf)
        else:
            number = self._plan.new[row]
            record = self._changes.records.get(number)
            article = article_of(fields_of(record, ARTICLES, self._changes.version))
            if article_record(article, self._changes.version) != record:
                raise refused("an article in it has not the one form that a record has")
            leaf = self._made.new_leaves[number] = merkle.leaf_hash(record)
            outlined = outline(article.body)
            text = outlined.text
            spans = passages(text, outlined.headings)
            found = _Standing(article, ([s for s, _ in spans], [e for _, e in spans]), NO_INPUT, leaf)
        self._made.lengths[row] = len(text)
        self._count(row, article)
        return found

    def _lots(self, rows: range) -> list[range]:
        """Rows at the end, as many together as one row group has bytes at the most."""
        found, low, size = [], rows.start, 0
        for row in rows:
            size += self._changes.records.size(self._plan.new[row])
            if size >= GROUP_BYTES:
                found.append(range(low, row + 1))
                low, size = row + 1, 0
        return [*found, range(low, rows.stop)] if low < rows.stop else found

    def _groups(self, number: int, first: int) -> list[range]:
        """Rows of the row groups of an old shard."""
        found = []
        with readable(self._edition.path), pq.ParquetFile(self._file(number)) as parquet:
            for group in range(parquet.num_row_groups):
                count = int(parquet.metadata.row_group(group).num_rows)
                found.append(range(first, first + count))
                first += count
        return found

    def _bytes(self, number: int) -> int:
        """About how many bytes the articles of an old shard have."""
        with readable(self._edition.path), pq.ParquetFile(self._file(number)) as parquet:
            return sum(parquet.metadata.row_group(i).total_byte_size for i in range(parquet.num_row_groups))

    @property
    def _typical(self) -> int:
        rows = sum(self._made.shards) + 1
        return self._bytes(0) // max(1, self._edition.shard_rows()[0][1]) if rows else 0

    def _file(self, number: int) -> Path:
        return self._edition.path / "data" / ARTICLES / layout.shard_name(number)

    def _link(self, number: int, count: int) -> None:
        """Take the files of an old shard over as they are."""
        name = layout.shard_name(number)
        for table in OF_SHARD:
            link_or_copy(self._edition.path / "data" / table / name, self._data / table / name)
        self._made.passages += int(self._edition.passage_counts(number).sum())
        self._made.shards.append(count)


def link_or_copy(old: Path, new: Path) -> None:
    """Give a file that stays as it is a second name, or copy it where the system has no such thing."""
    try:
        os.link(old, new)
    except OSError:
        with whole(new) as target:
            shutil.copyfile(old, target)


_NOTHING = Article(
    id=b"",
    title="",
    language="",
    aliases=(),
    body="",
    categories=(),
    source="",
    path="",
    url="",
    revision="",
    modified="",
    licence="",
)


def _cut(rows: range) -> list[range]:
    """Rows of a shard that is written anew, by row group."""
    return [rows[at : at + GROUP_ROWS] for at in range(0, len(rows), GROUP_ROWS)]


def _lists(spans: list[tuple[list[int], list[int]]]) -> tuple[pa.ListArray, pa.ListArray]:
    kind = pa.list_(pa.int32())
    return pa.array([starts for starts, _ in spans], type=kind), pa.array([ends for _, ends in spans], type=kind)
