"""Is an edition what its name says? Every byte, every record, and which article is damaged if one is.

Three things are checked, from the outside in: the bag's manifests (every file is there and unchanged), the tables
(every record is read, hashed again and put into its Merkle tree; the heads must give the root), and what is made of
them, by its own manifests: the index, and what of the index of meaning and of `joined/` is finished. A bag whose
manifests were forged still fails the second, because the root is the name that the person knows. Of articles,
`article_checks` says which are damaged.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from galactica.codes import merkle
from galactica.edition import bag, record
from galactica.edition.article_checks import check_articles
from galactica.edition.damage import DamageError
from galactica.edition.derived import derived_folders
from galactica.edition.info import EditionHeader, read_statement
from galactica.edition.problem import BROKEN, MAX_PROBLEMS, Problem, pass_on, unread
from galactica.edition.table import TABLES, Row, Table, table, truths
from galactica.progress import Report, silent


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What `verify_edition` found.

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


def verify_edition(path: Path, *, report: Report = silent) -> Verification:
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
    note(Problem(where=d.where, what=d.what) for d in _derived(path, statement.root))
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


def _derived(path: Path, root: str) -> Iterator[bag.Damage]:
    """What is wrong with the indexes and what is joined."""
    for name in derived_folders(path, root):
        yield from bag.check_index(path / name, root, called=name)


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
    leaves, found = check_articles(path, statement, report)
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
        except BROKEN as error:
            pass_on(error)
            problems.append(Problem(where=f"data/{name}", what=unread(error)))
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
