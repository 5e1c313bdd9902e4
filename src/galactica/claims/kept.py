"""The claims of an edition as they are kept: `joined/claims` (docs/formats/joined.md), a file for each shard of
articles, then files of statements.

Rule: a file is written whole and under its name, so that a stopped job passes over those that are there; what a file
holds depends on its articles alone. One batch of rows is in memory at a time.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from galactica.claims.reading import article_claims
from galactica.claims.stated import statement_claims
from galactica.codes.files import whole
from galactica.edition import Edition
from galactica.edition.derived import derived, deriving
from galactica.model import SourceStatement
from galactica.model.claim import Claim
from galactica.model.document import Qualifier
from galactica.progress import Report, silent

CLAIMS = "claims"
"""Name of the folder in `joined/`."""

CLAIMS_VERSION = 1
"""Of what is found and how it is kept: raised when the same edition must give other claims."""

STATEMENT = -1
"""The row of a claim that a statement makes, which stands in no article."""

EVERY = 200
"""Articles after which it is told how far the work is."""

GROUP = 20_000
"""Claims of a row group: about 2 MB."""

STATEMENTS = 250_000
"""Statements that one file is made of."""

ARTICLE_FILES, STATEMENT_FILES = "articles", "statements"

_LEFT = b"left"
_QUALIFIER = pa.struct([(name, pa.string()) for name in ("property", "kind", "value", "unit")])
SCHEMA = pa.schema(
    [
        ("row", pa.int32()),
        *((name, pa.string()) for name in ("source", "path", "subject", "property", "kind", "value", "unit")),
        ("bounds", pa.list_(pa.string())),
        ("time", pa.string()),
        ("qualifiers", pa.list_(_QUALIFIER)),
        *((name, pa.int32()) for name in ("start", "end", "value_start", "value_end")),
        *((name, pa.string()) for name in ("origin", "rule")),
        ("confidence", pa.float64()),
    ]
)
"""Columns of a file; the format's document says what they hold."""

_TEXTS = ("source", "path", "subject", "property", "kind", "value", "unit", "time", "origin", "rule")
_NUMBERS = ("start", "end", "value_start", "value_end", "confidence")

Left = Counter[tuple[str, str, str]]
"""(origin, property, reason) → how often something was not understood."""


def keep_claims(edition: Edition, *, workers: int = 1, report: Report = silent) -> None:
    """Finds the claims of an edition and keeps them; goes on where a stopped job was.

    Args:
        workers: processes that read articles.
        report: stage "claims".

    Raises:
        EditionError: the edition is damaged.
        OSError: the machine's refusals.
        UsageError: another process is at it.
    """
    shards = edition.shard_rows()
    statements = edition.statement.count("statements")
    total = len(edition) + statements
    with deriving(edition, CLAIMS, CLAIMS_VERSION) as folder:
        for name in (ARTICLE_FILES, STATEMENT_FILES):
            (folder / name).mkdir(exist_ok=True)
        missing = [number for number in range(len(shards)) if not _shard(folder, number).is_file()]
        done = sum(count for number, (_, count) in enumerate(shards) if number not in missing)
        report(CLAIMS, done, total, "articles")
        for read in _write_shards(edition, folder, missing, workers):
            done += read
            report(CLAIMS, done, total, "articles")
        for read in _write_statements(edition, folder):
            done += read
            report(CLAIMS, done, total, "articles")


def claims_kept(edition: Edition) -> Path | None:
    """The folder of the claims, where they are whole and of this version; else None."""
    return derived(edition, CLAIMS, CLAIMS_VERSION)


def every_claim(folder: Path) -> Iterator[tuple[int, Claim]]:
    """(row, claim) of all claims in their order: of the articles by row, then of the statements, whose row is
    `STATEMENT`."""
    for file in _files(folder):
        with pq.ParquetFile(file) as opened:
            for batch in opened.iter_batches(batch_size=GROUP):
                yield from _claims(batch)


def claims_counted(folder: Path) -> int:
    """How many there are."""
    return sum(pq.read_metadata(file).num_rows for file in _files(folder))


def claims_of_article(folder: Path, edition: Edition, row: int) -> list[Claim]:
    """What the article in a row claims, in the order of its text."""
    shards = edition.shard_rows()
    number = next(at for at, (first, count) in enumerate(shards) if first <= row < first + count)
    with pq.ParquetFile(_shard(folder, number)) as opened:
        rows = opened.schema_arrow.get_field_index("row")
        found: list[Claim] = []
        for group in range(opened.num_row_groups):
            told = opened.metadata.row_group(group).column(rows).statistics
            if told is None or told.min <= row <= told.max:
                found += [claim for at, claim in _claims(opened.read_row_group(group)) if at == row]
        return found


def claims_of_property(folder: Path, name: str) -> Iterator[tuple[int, Claim]]:
    """(row, claim) of all claims of a property, in their order."""
    for file in _files(folder):
        with pq.ParquetFile(file) as opened:
            at = opened.schema_arrow.get_field_index("property")
            for group in range(opened.num_row_groups):
                told = opened.metadata.row_group(group).column(at).statistics
                if told is None or told.min <= name <= told.max:
                    table = opened.read_row_group(group)
                    yield from _claims(table.filter(pa.compute.equal(table["property"], name)))


def stated_claims(edition: Edition, subject: str) -> list[Claim]:
    """The claims of the statements about a subject ("wikidata:Q42", "path:Warsaw"), in the order of the table."""
    left: Left = Counter()
    return [claim for each in edition.statements_about(subject) for claim in statement_claims(each, left)]


def not_understood(folder: Path) -> Left:
    """What was not understood, and how often, over all files."""
    found: Left = Counter()
    for file in _files(folder):
        told = json.loads((pq.read_metadata(file).metadata or {}).get(_LEFT, b"[]"))
        for origin, name, reason, count in told:
            found[origin, name, reason] += count
    return found


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
        writer.add_key_value_metadata({_LEFT.decode(): json.dumps(counted, ensure_ascii=False)})


def _write_shards(edition: Edition, folder: Path, missing: list[int], workers: int) -> Iterator[int]:
    """Writes the files of shards, and yields how many articles were read since."""
    if workers <= 1 or len(missing) <= 1:
        for number in missing:
            yield from _write_shard(edition, folder, number)
        return
    given = [(str(edition.path), str(folder), number) for number in missing]
    with ProcessPoolExecutor(min(workers, len(missing)), mp_context=get_context("spawn")) as pool:
        yield from pool.map(_shard_alone, given)


def _shard_alone(given: tuple[str, str, int]) -> int:
    """The same in a process of its own."""
    path, folder, number = given
    with Edition.open(path) as edition:
        return sum(_write_shard(edition, Path(folder), number))


def _write_shard(edition: Edition, folder: Path, number: int) -> Iterator[int]:
    first, count = edition.shard_rows()[number]
    left: Left = Counter()
    with claims_file(_shard(folder, number)) as file:
        for row, article in edition.scan(first, first + count):
            found = article_claims(article)
            left.update(found.left)
            file.add(row, found.claims)
            if (row - first) % EVERY == EVERY - 1:
                yield EVERY
        file.left = left
    yield count % EVERY


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


def _shard(folder: Path, number: int) -> Path:
    return folder / ARTICLE_FILES / f"{number:05}.parquet"


def _files(folder: Path) -> list[Path]:
    return [path for name in (ARTICLE_FILES, STATEMENT_FILES) for path in sorted((folder / name).glob("*.parquet"))]


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


def _claims(batch: pa.RecordBatch | pa.LaidTable) -> Iterator[tuple[int, Claim]]:
    for fields in batch.to_pylist():
        row = fields.pop("row")
        bounds = tuple(fields.pop("bounds"))
        qualifiers = tuple(Qualifier(**each) for each in fields.pop("qualifiers"))
        yield row, Claim(bounds=bounds, qualifiers=qualifiers, **fields)
