"""Is an edition what its name says? Every byte, every record, and which article is damaged if one is.

Three things are checked, from the outside in: the bag's manifests (every file is there and unchanged), the tables
(every record is read, hashed again and put into its Merkle tree; the heads must give the root), and the index by its
own manifest, as is the index of meaning where there is a finished one. A bag whose manifests were forged still fails
the second, because the root is the name that the person knows. Passages must be spans of the text of the article they
name.

Where a file is damaged, the checksums that Parquet keeps of each page, and the first bytes of each article's leaf
hash in the `signals` table, say which articles are concerned.
"""

from __future__ import annotations

import hashlib
import itertools
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from galactica.codes import merkle
from galactica.codes.cache import Cache
from galactica.edition import bag, layout, record
from galactica.edition.damage import DamageError
from galactica.edition.info import EditionHeader, read_statement
from galactica.edition.shard import Shard
from galactica.edition.table import TABLES, Row, Table, article_of, table, truths
from galactica.errors import EditionError
from galactica.faults import is_machines
from galactica.model import Article
from galactica.model.projection import project
from galactica.progress import Report, silent

MAX_PROBLEMS = 1000
"""Problems that are listed; a wholly broken edition needs no longer list."""

MOST_TITLES = 20
"""Of damaged articles that are named in one problem."""

_KEPT_BYTES = 32 * 2**20

_BROKEN = (
    *(OSError, pa.ArrowException, EditionError, LookupError, TypeError, ValueError),
    *(AttributeError, ArithmeticError),  # columns of other kinds than they should be
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong: `where` (a file of the edition), `what` (for a person), `article` (title or row, or "")."""

    where: str
    what: str
    article: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What `verify` found.

    Attributes:
        ok: nothing is wrong.
        root: the root that the tables give (equal to the stated one where ok), or "" where they cannot be read.
        stated: the root that edition.json states.
        articles, files: how many were checked.
        problems: what is wrong, at most `MAX_PROBLEMS`.
    """

    ok: bool
    root: str
    stated: str
    articles: int
    files: int
    problems: tuple[Problem, ...]


def verify(path: Path, *, report: Report = silent) -> Verification:
    """Check an edition, byte for byte and record for record.

    Args:
        path: the edition's folder.
        report: stages "checksums" (bytes) and "records" (articles).

    Raises:
        EditionError: there is no edition at `path`, or it is of a version that this program does not know.
    """
    statement = read_statement(path)
    problems: list[Problem] = []

    def note(found: Iterator[Problem]) -> None:
        for problem in found:
            if len(problems) < MAX_PROBLEMS:
                problems.append(problem)

    note(Problem(where=d.where, what=d.what) for d in bag.check_bag(path, report))
    note(Problem(where=d.where, what=d.what) for d in _indexes(path, statement.root))
    heads, found = _tables(path, statement, report)
    note(iter(found))
    root = record.root_of(heads, statement.format).hex() if heads is not None else ""
    if heads is not None and root != statement.root:
        problems.append(
            Problem(where="data", what=f"its records give the root {root}, not the stated {statement.root}")
        )
    if heads is not None:
        note(_stated_wrong(statement, heads))
    return Verification(
        ok=not problems,
        root=root,
        stated=statement.root,
        articles=statement.count("articles"),
        files=sum(1 for f in path.rglob("*") if f.is_file()),
        problems=tuple(problems),
    )


def _indexes(path: Path, root: str) -> Iterator[bag.Damage]:
    """What is wrong with the indexes; one of meaning may be absent, or still being made."""
    yield from bag.check_index(path / "index", root)
    meaning = path / "index" / bag.MEANING
    if os.path.lexists(meaning / bag.INDEX_MANIFEST):
        yield from bag.check_index(meaning, root, called=f"index/{bag.MEANING}")


Heads = list[tuple[str, int, bytes]]


def _stated_wrong(statement: EditionHeader, heads: Heads) -> Iterator[Problem]:
    """What edition.json says of the tables and is not so; its title, languages and licences are in the root."""
    made = {name: (count, head.hex()) for name, count, head in heads}
    if {name: (count, head) for name, count, head in statement.tables} != made:
        yield Problem(where="data/edition.json", what="states other tables than there are")
    if sum(statement.shards) != made["articles"][0]:
        yield Problem(where="data/edition.json", what="states other shards than there are")


def _tables(path: Path, statement: EditionHeader, report: Report) -> tuple[Heads | None, list[Problem]]:
    """Tree heads of the tables that are truth (None where one cannot be read), and what is wrong in them."""
    problems: list[Problem] = []
    heads: Heads = []
    whole = True
    leaves, found = _articles(path, statement, report)
    problems += found
    if leaves is None:
        whole = False
    else:
        heads.append(("articles", len(leaves), merkle.tree_head(leaf for _, leaf in leaves)))
    about = record.edition_record(
        version=statement.format,
        number=statement.number,
        title=statement.title,
        languages=[tag for tag, _ in statement.languages],
        licences=statement.licences,
        parent=statement.parent,
    )
    heads.append(("edition", 1, merkle.tree_head([merkle.leaf_hash(about)])))
    for name in truths(statement.format):
        if name in ("articles", "edition"):
            continue
        try:
            records = sorted(_records(path, table(name), statement.format))
            heads.append((name, len(records), merkle.tree_head(leaf for _, leaf in records)))
        except _BROKEN as error:
            _pass_on(error)
            problems.append(Problem(where=f"data/{name}", what=_unread(error)))
            whole = False
    problems += _unknown(path, statement.format)
    return (heads if whole else None), problems


def _records(path: Path, table: Table, version: int) -> Iterator[tuple[object, bytes]]:
    """(order, leaf hash) of the records of a small table; media are hashed from their bytes."""
    assert table.record is not None
    assert table.order is not None
    for file in sorted((path / "data" / table.name).glob("*.parquet")):
        with pq.ParquetFile(file, page_checksum_verification=True) as parquet:
            for batch in parquet.iter_batches(256):
                for row in batch.to_pylist():
                    if table.name == "media":
                        _check_media(row)
                    yield table.order(row), merkle.leaf_hash(table.record(row, version))


def _check_media(row: Row) -> None:
    """Raise ValueError where a file is not what its row says: readers find it by that."""
    content: bytes = row["content"]
    if (row["hash"], row["size"]) != (hashlib.sha256(content).digest(), len(content)):
        raise DamageError("a file is not what its hash or size says")


def _unknown(path: Path, version: int) -> Iterator[Problem]:
    """Tables that would be truth in another version: no reader of this edition sees them, one of the tables would."""
    for each in TABLES:
        if each.truth and each.since > version and (path / "data" / each.name).exists():
            yield Problem(where=f"data/{each.name}", what=f"no table of format {version}")


def _articles(
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
        except _BROKEN as error:
            _pass_on(error)
            whole = False
            problems.append(
                Problem(
                    where=where,
                    what=_unread(error),
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
    except _BROKEN as error:
        _pass_on(error)
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
    except _BROKEN as error:
        _pass_on(error)
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
    except _BROKEN as error:
        _pass_on(error)
        return [f"all {count:,} of row group {group}"]
    lost: list[str] = []
    for inside, title in enumerate(titles):
        try:
            article = article_of(heads.fields(inside, heads.names), shard.body(group, inside, groups, pages))
            leaf = merkle.leaf_hash(record.article_record(article, version))
        except _BROKEN as error:
            _pass_on(error)
            lost.append(title)
        else:
            if len(expected) == count and not leaf.startswith(expected[inside]):
                lost.append(title)
    return lost


def _unread(error: Exception) -> str:
    """What is said of a table that reading ended in `error`: our own words, never a library's."""
    return f"cannot be read ({error.what})" if isinstance(error, DamageError) else "cannot be read"


def _pass_on(error: BaseException) -> None:
    """Raise what says that the machine is short of something: it says nothing of the edition."""
    if is_machines(error):
        raise error


def _spans(path: Path, name: str, first: int, count: int, lengths: list[int]) -> Iterator[Problem]:
    """Passages that are no spans of their article's text."""
    where = f"data/passages/{name}"
    try:
        with pq.ParquetFile(path / where, page_checksum_verification=True) as parquet:
            table = parquet.read(columns=["article", "start", "end"])
        if any(column.null_count for column in table.columns):
            raise DamageError("a number is missing")
        owner, start, end = (table[c].cast(pa.int64()).to_numpy() for c in ("article", "start", "end"))
    except _BROKEN as error:
        _pass_on(error)
        yield Problem(where=where, what=_unread(error))
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
