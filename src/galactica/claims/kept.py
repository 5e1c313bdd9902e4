"""The claims of an edition as they are kept: `joined/claims` (docs/formats/joined.md), a file for each shard of
articles, then files of statements.

Rule: a file is written whole and under its name, so that a stopped job passes over those that are there; what a file
holds depends on its articles alone. One batch of rows is in memory at a time.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from galactica.claims.stated import statement_claims
from galactica.codes.cache import Cache, one
from galactica.edition import Edition
from galactica.edition.derived import derived
from galactica.model.claim import Claim
from galactica.model.document import Qualifier

CLAIMS = "claims"
"""Name of the folder in `joined/`."""

CLAIMS_VERSION = 26
"""Of what is found and how it is kept: raised when the same edition must give other claims."""

STATEMENT = -1
"""The row of a claim that a statement makes, which stands in no article."""

GROUP = 20_000
"""Claims of a row group: about 2 MB."""

MOST_GROUPS = 8
"""Row groups, and files' lists of them, that are kept while articles are read one after the other."""

ARTICLE_FILES, STATEMENT_FILES = "articles", "statements"

LEFT = b"left"
"""Key of a file's metadata that says what was not understood."""

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

Left = Counter[tuple[str, str, str]]
"""(origin, property, reason) → how often something was not understood."""


def claims_kept(edition: Edition, tagger: str | None = None) -> Path | None:
    """The folder of the claims, where they are whole and of this version; else None.

    Args:
        tagger: digest of the tagger that they must have been read with, "" for rules alone; None: either.
    """
    return derived(edition, CLAIMS, CLAIMS_VERSION, None if tagger is None else claims_made_of(tagger))


def claims_made_of(tagger: str) -> dict[str, str]:
    """What claims depend on beside the edition: the tagger, where there is one."""
    return {"tagger": tagger} if tagger else {}


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


class KeptClaims:
    """The claims of articles, one article after the other; the last row groups that were read are kept.

    Args:
        folder: of the claims; edition: that they are of.
    """

    def __init__(self, folder: Path, edition: Edition) -> None:
        self._folder = folder
        self._firsts = [first for first, _ in edition.shard_rows()]
        self._groups: Cache = Cache(MOST_GROUPS)

    def of_row(self, row: int) -> list[Claim]:
        """What the article in a row claims, in the order of its text."""
        path = shard_file(self._folder, bisect_right(self._firsts, row) - 1)
        found: list[Claim] = []
        for group, low, high in self._bounds(path):
            if low <= row <= high:
                rows, table = self._group(path, group)
                begin, end = np.searchsorted(rows, [row, row + 1]).tolist()
                if begin < end:
                    found += [claim for _, claim in _claims(table.slice(begin, end - begin))]
        return found

    def _group(self, path: Path, number: int) -> tuple[npt.NDArray[np.int32], pa.Table]:
        """The rows of a row group's claims, ascending, and the claims."""

        def read() -> tuple[npt.NDArray[np.int32], pa.Table]:
            table = pq.ParquetFile(path).read_row_group(number)
            return table["row"].to_numpy(), table

        return self._groups.get((path, number), read, one)

    def _bounds(self, path: Path) -> list[tuple[int, int, int]]:
        """(group, first row, last row) of a file's row groups."""
        bounds: list[tuple[int, int, int]] = self._groups.get((path, -1), lambda: _row_bounds(path), one)
        return bounds


def _row_bounds(path: Path) -> list[tuple[int, int, int]]:
    told = pq.read_metadata(path)
    columns = (told.row_group(group).column(0).statistics for group in range(told.num_row_groups))
    return [(group, column.min, column.max) for group, column in enumerate(columns)]


def claims_of_article(folder: Path, edition: Edition, row: int) -> list[Claim]:
    """What the article in a row claims, in the order of its text."""
    return KeptClaims(folder, edition).of_row(row)


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
        told = json.loads((pq.read_metadata(file).metadata or {}).get(LEFT, b"[]"))
        for origin, name, reason, count in told:
            found[origin, name, reason] += count
    return found


def shard_file(folder: Path, number: int) -> Path:
    """The file of a shard of articles."""
    return folder / ARTICLE_FILES / f"{number:05}.parquet"


def _files(folder: Path) -> list[Path]:
    return [path for name in (ARTICLE_FILES, STATEMENT_FILES) for path in sorted((folder / name).glob("*.parquet"))]


def _claims(batch: pa.RecordBatch | pa.LaidTable) -> Iterator[tuple[int, Claim]]:
    for fields in batch.to_pylist():
        row = fields.pop("row")
        bounds = tuple(fields.pop("bounds"))
        qualifiers = tuple(Qualifier(**each) for each in fields.pop("qualifiers"))
        yield row, Claim(bounds=bounds, qualifiers=qualifiers, **fields)
