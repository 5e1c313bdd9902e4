"""Are the articles of an edition what they were, and which are not? Shard by shard, with the passages of each.

Where a file is damaged, the checksums that Parquet keeps of each page, and the first bytes of each article's leaf
hash in the `signals` table, say which articles are concerned. Passages must be spans of the text of the article they
name.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from galactica.codes import merkle
from galactica.codes.cache import Cache
from galactica.edition import layout, record
from galactica.edition.damage import DamageError
from galactica.edition.info import EditionHeader
from galactica.edition.problem import BROKEN, MAX_PROBLEMS, Problem, pass_on, unread
from galactica.edition.shard import Shard
from galactica.edition.table import article_of
from galactica.errors import EditionError
from galactica.model import Article
from galactica.model.projection import project
from galactica.progress import Report

MOST_TITLES = 20
"""Of damaged articles that are named in one problem."""

_KEPT_BYTES = 32 * 2**20
"""Of columns without bodies, while lost articles are looked for."""


def check_articles(
    path: Path, statement: EditionHeader, report: Report
) -> tuple[list[tuple[bytes, bytes]] | None, list[Problem]]:
    """(id, leaf hash) of every article, by id, and what is wrong with them."""
    leaves: list[tuple[bytes, bytes]] = []
    problems: list[Problem] = []
    whole = True
    done = first = 0
    total = statement.count("articles")
    for number, count in enumerate(statement.shards):
        name = layout.shard_name(number)
        where = f"data/articles/{name}"
        lengths: list[int] = []
        expected = _expected(path, name, count)
        if expected is None:
            problems.append(Problem(where=f"data/signals/{name}", what="missing, cannot be read, or of another length"))
        try:
            for inside, article in _shard(path / where):
                lengths.append(len(project(article.body)))
                leaf = merkle.leaf_hash(record.article_record(article, statement.format))
                leaves.append((article.id, leaf))
                problems += _about(article, leaf, expected, inside, where)
                if len(lengths) > count:
                    raise EditionError(f"more than the {count} articles that are stated", "")
                done += 1
                if done % 500 == 0:
                    report("records", done, total, "articles")
        except BROKEN as error:
            pass_on(error)
            whole = False
            problems.append(
                Problem(
                    where=where,
                    what=unread(error),
                    article=_lost(path, statement.format, number, expected),
                )
            )
        else:
            if len(lengths) != count:
                problems.append(Problem(where=where, what=f"holds {len(lengths)} articles where {count} are stated"))
        problems += _spans(path, name, first, count, lengths)
        first += count
        del problems[MAX_PROBLEMS:]
    report("records", total, total, "articles")
    problems += _unstated(path, len(statement.shards))
    leaves.sort()
    for (a, _), (b, _) in itertools.pairwise(leaves):
        if a == b:
            problems.append(Problem(where="data/articles", what="two articles have the same id", article=a.hex()))
    return (leaves if whole else None), problems


def _unstated(path: Path, shards: int) -> Iterator[Problem]:
    """Tables that edition.json does not count: no reader of articles sees them, one of the tables would."""
    names = {layout.shard_name(number) for number in range(shards)}
    for folder in ("articles", "passages", "signals"):
        for file in sorted((path / "data" / folder).glob("*.parquet")):
            if file.name not in names:
                yield Problem(where=f"data/{folder}/{file.name}", what="not one of the shards that are stated")


def _expected(path: Path, name: str, count: int) -> list[bytes] | None:
    """First bytes of the leaf hashes as the signals table has them; None where it does not say."""
    try:
        with pq.ParquetFile(path / "data" / "signals" / name, page_checksum_verification=True) as parquet:
            if parquet.metadata.num_rows != count:
                return None
            found = parquet.read(columns=["leaf"])["leaf"].cast(pa.binary(layout.LEAF_BYTES))
            return None if found.null_count else found.to_pylist()
    except BROKEN as error:
        pass_on(error)
        return None


def _shard(file: Path) -> Iterator[tuple[int, Article]]:
    inside = 0
    with pq.ParquetFile(file, page_checksum_verification=True) as parquet:
        for group in range(parquet.num_row_groups):
            for fields in parquet.read_row_group(group).to_pylist():
                yield inside, article_of(fields, fields["body"])
                inside += 1


def _about(article: Article, leaf: bytes, expected: list[bytes] | None, inside: int, where: str) -> Iterator[Problem]:
    if expected and not leaf.startswith(expected[inside]):
        yield Problem(
            where=where, what="its content is not what it was when the edition was made", article=article.title
        )


def _lost(path: Path, version: int, number: int, expected: list[bytes] | None) -> str:
    """Titles of the articles of a shard that cannot be read any more, or are not what they were.

    Where the shard's own form allows it, each article is read by itself, so that a damaged page names only what lies in
    it; where not even the columns of titles can be read, rows are named.
    """
    lost: list[str] = []
    name = layout.shard_name(number)
    groups, pages = Cache(_KEPT_BYTES), Cache(1)
    try:
        with pq.ParquetFile(path / "data" / "articles" / name) as parquet:
            counts = [parquet.metadata.row_group(group).num_rows for group in range(parquet.num_row_groups)]
        shard = Shard(path / "data", name, number, sum(counts))
    except BROKEN as error:
        pass_on(error)
        return "all articles of this shard"
    first = 0
    for group, count in enumerate(counts):
        lost += _lost_of(shard, group, version, (expected or [])[first : first + count], groups, pages)
        first += count
    shard.close()
    more = f" and {len(lost) - MOST_TITLES:,} more" if len(lost) > MOST_TITLES else ""
    return ", ".join(lost[:MOST_TITLES]) + more


def _lost_of(shard: Shard, group: int, version: int, expected: list[bytes], groups: Cache, pages: Cache) -> list[str]:
    """As `_lost`, of one row group."""
    count = shard.rows_in(group)
    try:
        heads = shard.heads(group, groups)
        titles = [str(heads.fields(inside, ("title",))["title"]) for inside in range(count)]
    except BROKEN as error:
        pass_on(error)
        return [f"all {count:,} of row group {group}"]
    lost: list[str] = []
    for inside, title in enumerate(titles):
        try:
            article = article_of(heads.fields(inside, heads.names), shard.body(group, inside, groups, pages))
            leaf = merkle.leaf_hash(record.article_record(article, version))
        except BROKEN as error:
            pass_on(error)
            lost.append(title)
        else:
            if len(expected) == count and not leaf.startswith(expected[inside]):
                lost.append(title)
    return lost


def _spans(path: Path, name: str, first: int, count: int, lengths: list[int]) -> Iterator[Problem]:
    """Passages that are no spans of their article's text."""
    where = f"data/passages/{name}"
    try:
        with pq.ParquetFile(path / where, page_checksum_verification=True) as parquet:
            table = parquet.read(columns=["article", "start", "end"])
        if any(column.null_count for column in table.columns):
            raise DamageError("a number is missing")
        owner, start, end = (table[c].cast(pa.int64()).to_numpy() for c in ("article", "start", "end"))
    except BROKEN as error:
        pass_on(error)
        yield Problem(where=where, what=unread(error))
        return
    if len(owner) and (owner.min() < first or owner.max() >= first + count or (np.diff(owner) < 0).any()):
        yield Problem(where=where, what="names articles that are not in its shard, or out of order")
        return
    same = np.diff(owner) == 0
    if (start < 0).any() or (start >= end).any() or (start[1:][same] < end[:-1][same]).any():
        yield Problem(where=where, what="holds spans that are empty, overlap or are out of order")
        return
    if len(lengths) == count and len(owner):
        beyond = end > np.array(lengths)[owner - first]
        for row in sorted(set(owner[beyond].tolist()))[:MAX_PROBLEMS]:
            yield Problem(where=where, what="a passage reaches beyond its article", article=f"row {row}")
