"""Where everything in an edition comes from, table by table: source and path, without what is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from galactica.edition.damage import readable, reading

_BATCH = 8192
"""Rows that are in memory at a time."""


def article_places(edition: Path) -> Iterator[tuple[str, str, int]]:
    """(source, path, number of other titles) of each article of the edition in a folder, in the order of the rows.

    Raises:
        EditionError: the table is missing or damaged.
    """
    for row in _rows(edition, "articles", ["source", "path", "aliases"]):
        yield row["source"], row["path"], len(row["aliases"] or ())


def media_places(edition: Path) -> Iterator[tuple[str, str]]:
    """(source, path) of each media file; raises as `article_places` does."""
    for row in _rows(edition, "files", ["source", "path"]):
        yield row["source"], row["path"]


def statement_places(edition: Path) -> Iterator[tuple[str, str]]:
    """(source, path) of each statement; raises as `article_places` does."""
    for row in _rows(edition, "statements", ["source", "path"]):
        yield row["source"], row["path"]


def _rows(edition: Path, table: str, columns: list[str]) -> Iterator[dict[str, Any]]:
    for file in sorted((edition / "data" / table).glob("*.parquet")):
        with readable(edition), reading(f"data/{table}/{file.name}"), pq.ParquetFile(file) as parquet:
            for batch in parquet.iter_batches(_BATCH, columns=columns):
                yield from batch.to_pylist()
