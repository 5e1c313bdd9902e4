"""Finding the claims of an edition and writing them to `joined/claims`, a file for each shard; read by `kept`.

Rule: a file is written whole and under its name, so that a stopped job passes over those that are there; what a file
holds depends on its articles alone. One batch of rows is in memory at a time.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from galactica.claims.kept import (
    ARTICLE_FILES,
    CLAIMS,
    CLAIMS_VERSION,
    GROUP,
    LEFT,
    SCHEMA,
    STATEMENT,
    STATEMENT_FILES,
    Left,
    claims_made_of,
    shard_file,
)
from galactica.claims.reading import article_claims
from galactica.claims.stated import statement_claims
from galactica.claims.tagging.reading import shipped_tagger
from galactica.cluster.crew import Crew, no_crew
from galactica.codes.files import whole
from galactica.edition import Edition
from galactica.edition.carried import ShardWork
from galactica.edition.derived import deriving
from galactica.model import SourceStatement
from galactica.model.claim import Claim
from galactica.progress import Report, silent

STATEMENTS = 250_000
"""Statements that one file is made of."""

_TEXTS = ("source", "path", "subject", "property", "kind", "value", "unit", "time", "origin", "rule")
_NUMBERS = ("start", "end", "value_start", "value_end", "confidence")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimsWork(ShardWork):
    """A shard whose claims are to be found.

    Attributes:
        tagger: digest of the tagger that reads it too; "" for rules alone.
    """

    tagger: str = ""


def keep_claims(edition: Edition, *, crew: Crew | None = None, tagger: str = "", report: Report = silent) -> None:
    """Finds the claims of an edition and keeps them; goes on where a stopped job was.

    Args:
        crew: who reads the articles, a shard at a time; None: this process.
        tagger: digest of the tagger that ships, where it is to read sentences that no rule understands.
        report: stage "claims".

    Raises:
        EditionError: the edition is damaged.
        OSError: the machine's refusals.
        UsageError: another process is at it.
    """
    shards = edition.shard_rows()
    statements = edition.statement.count("statements")
    total = len(edition) + statements
    with deriving(edition, CLAIMS, CLAIMS_VERSION, claims_made_of(tagger)) as folder:
        for name in (ARTICLE_FILES, STATEMENT_FILES):
            (folder / name).mkdir(exist_ok=True)
        missing = [number for number in range(len(shards)) if not shard_file(folder, number).is_file()]
        done = len(edition) - sum(shards[number][1] for number in missing)
        report(CLAIMS, done, total, "articles")
        tasks = (
            ClaimsWork(
                edition=edition.path,
                root=edition.root,
                shard=each,
                folder=folder,
                places=(ARTICLE_FILES,),
                tagger=tagger,
            )
            for each in missing
        )
        for read in (crew or no_crew()).results(claims_of_shard, tasks):
            done += read
            report(CLAIMS, done, total, "articles")
        for read in _write_statements(edition, folder):
            done += read
            report(CLAIMS, done, total, "articles")


class ClaimsFile:
    """A file of claims being written.

    Attributes:
        left: what was not understood, kept beside.
    """

    def __init__(self, writer: pq.ParquetWriter) -> None:
        self._writer = writer
        self._group: list[tuple[int, Claim]] = []
        self.left: Left = Counter()

    def add(self, row: int, claims: Iterable[Claim]) -> None:
        """Claims of the article in a row, in order."""
        for claim in claims:
            self._group.append((row, claim))
            if len(self._group) >= GROUP:
                self.flush()

    def flush(self) -> None:
        """Writes what waits as a row group."""
        if self._group:
            self._writer.write_table(_table(self._group))
            self._group.clear()


@contextmanager
def claims_file(path: Path) -> Iterator[ClaimsFile]:
    """A file that gets its name when the block ends, whole."""
    with (
        whole(path) as part,
        pq.ParquetWriter(part, SCHEMA, compression="zstd", compression_level=7, write_page_checksum=True) as writer,
    ):
        file = ClaimsFile(writer)
        yield file
        file.flush()
        counted = [[*key, count] for key, count in sorted(file.left.items())]
        writer.add_key_value_metadata({LEFT.decode(): json.dumps(counted, ensure_ascii=False)})


def claims_of_shard(work: ClaimsWork) -> int:
    """Writes the file of a shard; returns how many articles it has.

    Raises:
        EditionError: the edition is damaged, or was replaced by another, or this machine has another tagger.
        MissingError: what the tagger needs is not installed.
    """
    left: Left = Counter()
    tagger = shipped_tagger(work.tagger) if work.tagger else None
    with work.opened() as (edition, first, stop), claims_file(shard_file(work.folder, work.shard)) as file:
        for row, article in edition.scan(first, stop):
            found = article_claims(article, tagger)
            left.update(found.left)
            file.add(row, found.claims)
        file.left = left
    return stop - first


def _write_statements(edition: Edition, folder: Path) -> Iterator[int]:
    if not edition.statement.count("statements"):
        return
    stream = edition.statements()
    number = 0
    while batch := list(islice(stream, STATEMENTS)):
        path = folder / STATEMENT_FILES / f"{number:05}.parquet"
        if not path.is_file():
            _statement_file(path, batch)
        number += 1
        yield len(batch)


def _statement_file(path: Path, batch: list[SourceStatement]) -> None:
    with claims_file(path) as file:
        for each in batch:
            file.add(STATEMENT, statement_claims(each, file.left))


def _table(group: list[tuple[int, Claim]]) -> pa.LaidTable:
    columns: dict[str, list[object]] = {
        name: [getattr(claim, name) for _, claim in group] for name in (*_TEXTS, *_NUMBERS)
    }
    columns["row"] = [row for row, _ in group]
    columns["bounds"] = [list(claim.bounds) for _, claim in group]
    columns["qualifiers"] = [
        [{"property": q.property, "kind": q.kind, "value": q.value, "unit": q.unit} for q in claim.qualifiers]
        for _, claim in group
    ]
    return pa.table({field.name: pa.array(columns[field.name], field.type) for field in SCHEMA}, SCHEMA)
