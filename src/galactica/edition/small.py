"""The small tables of an open edition: works, what its sources state, what was left out, what cleaning dropped.

Works are read when the first is asked for, compared with their tree head, and kept; the others are streamed and taken
as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq

from galactica.codes import merkle
from galactica.edition import layout, record, subjects
from galactica.edition.damage import readable, reading
from galactica.edition.info import EditionHeader
from galactica.edition.table import Row, source_of, statement_of, work_of_row
from galactica.edition.trust import check_head
from galactica.model import Rejected, Source, SourceStatement, Work

_BATCH = 4096
"""Rows of a table that are in memory at a time."""


class SmallTables:
    """The small tables of the edition in the folder `path`. Every method raises EditionError where one is damaged."""

    def __init__(self, path: Path, header: EditionHeader) -> None:
        self._path = path
        self._header = header
        self._works: dict[tuple[str, str], Work] | None = None

    def works(self) -> tuple[Work, ...]:
        """By source and path."""
        with readable(self._path):
            return tuple(self._all_works().values())

    def work(self, source: str, path: str) -> Work | None:
        """The work at `path` of `source`; None where there is none."""
        with readable(self._path):
            return self._all_works().get((source, path))

    def statements(self) -> Iterator[SourceStatement]:
        """In the order of the table."""
        for row in self._rows("statements"):
            with readable(self._path):
                yield statement_of(row)

    def statements_about(self, subject: str) -> list[SourceStatement]:
        """What sources state about a subject, in the order of the table, at most `subjects.MOST_ROWS`; nothing where
        the index has no list of subjects."""
        file = self._path / "data" / "statements" / layout.shard_name(0)
        with readable(self._path), reading("data/statements"):
            rows = subjects.rows_about(self._path / "index", subject)
            found = map(statement_of, subjects.read_rows(file, rows)) if rows else iter(())
            return [each for each in found if each.subject == subject]

    def rejected(self) -> Iterator[Rejected]:
        """In the order of the table."""
        for row in self._rows("rejected"):
            yield Rejected(**row)

    def dropped(self) -> Iterator[tuple[str, str, int]]:
        """(source, rule, count)."""
        for row in self._rows("dropped"):
            yield row["source"], row["rule"], row["count"]

    def _rows(self, table: str) -> Iterator[Row]:
        for file in sorted((self._path / "data" / table).glob("*.parquet")):
            with readable(self._path), reading(f"data/{table}/{file.name}"), pq.ParquetFile(file) as parquet:
                for batch in parquet.iter_batches(_BATCH):
                    yield from batch.to_pylist()

    def _all_works(self) -> dict[tuple[str, str], Work]:
        if self._works is None:
            if not self._header.count("works"):
                self._works = {}
                return self._works
            works = {(work.source, work.path): work for work in map(work_of_row, self._rows("works"))}
            leaves = (merkle.leaf_hash(record.work_record(works[place])) for place in sorted(works))
            check_head(self._header, "works", leaves)
            self._works = dict(sorted(works.items()))
        return self._works


def read_sources(path: Path) -> list[Source]:
    """The sources of the edition in the folder `path`, as they are written there.

    Raises:
        DamageError: the table is missing or broken.
    """
    name = layout.shard_name(0)
    with reading(f"data/sources/{name}"):
        rows = pq.read_table(path / "data" / "sources" / name).to_pylist()
        return [source_of(row) for row in rows]
